"""What the device store keeps of notes: versions, revisions, how the copy stands, and one note for one meeting."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from companion.basics.clock import now
from companion.basics.paths import Paths, open_home
from companion.notes.merge import Kept, Version
from companion.notes.model import Line, Listed, Revision
from companion.notes.shipped_template import shipped
from companion.programme.model import DeviceTx
from companion.storage.copies import backup, restore
from companion.storage.engine import Store, open_device
from storage.made import NOON, note

Device = Store[DeviceTx]
HOUR = timedelta(hours=1)
FIRST = Version("a crew day", (("a", 2),), "q", NOON, 3)
OTHER = Version("the crew", (("b", 1),), "q", NOON, 3)


def test_versions_come_back_the_shown_one_first(device: Device) -> None:
    with device.begin() as tx:
        tx.notes.put(note())
        tx.versions.put("n1", "line:l1", (FIRST, OTHER), NOON)
        tx.versions.put("n1", "answer:said", (Version("We wait.", (("a", 1),)),), NOON)
        tx.versions.put("n1", "expected", (Version("Praise", (("a", 1),)),), NOON)
    with device.begin() as tx:
        assert tx.versions.of("n1", "line:l1") == (FIRST, OTHER)
        found = tx.notes.get("n1")
        assert found
        assert found.lines == (Line("l1", NOON, "q", "a crew day", (("a", 2),)),)
        assert (found.said, found.expected, found.expected_stamps) == ("We wait.", "Praise", (("a", 1),))
        (beside,) = tx.versions.beside()
        assert (beside.unit, beside.version, beside.since) == ("line:l1", OTHER, NOON)
        tx.versions.put("n1", "line:l1", (FIRST, OTHER), NOON + HOUR)
        assert tx.versions.beside() == [beside], "it is known since then, and by the same name"
        tx.versions.put("n1", "line:l1", (replace(FIRST, text="", gone=True),), NOON)
        assert tx.versions.beside() == []
        tx.versions.put("n1", "answer:said", (Version("", (("a", 2),), gone=True),), NOON)
    with device.begin() as tx:
        bare = tx.notes.get("n1")
        assert bare
        assert (bare.lines, dict(bare.answers)) == ((), {})
        assert tx.versions.of("n1", "answer:said")[0].stamps == (("a", 2),), "that it was taken out is known"
        assert tx.notes.next_position("n1") == 4


def test_a_list_of_notes_holds_none_of_their_words(device: Device) -> None:
    with device.begin() as tx:
        tx.notes.put(note(expected=""))
        tx.notes.put(note("n2", meeting_id="m2", changed=NOON + HOUR, expected=""))
        tx.versions.put("n1", "line:l1", (FIRST,), NOON)
        tx.versions.put("n1", "line:l2", (replace(FIRST, text="", gone=True),), NOON)
        tx.versions.put("n1", "answer:said", (Version("We wait."),), NOON)
        assert tx.notes.listed() == [
            Listed("n2", "m2", "c1", "Kestrel, spring", NOON, NOON + HOUR, 0, 0),
            Listed("n1", "m1", "c1", "Kestrel, spring", NOON, NOON, 1, 1),
        ]
        assert (tx.notes.starting("n"), tx.notes.starting("n%")) == (["n1", "n2"], [])


def test_of_one_meeting_there_is_one_note_by_whatever_name(device: Device) -> None:
    with device.begin() as tx:
        tx.notes.put(note("n2"))
        tx.versions.put("n2", "line:l1", (FIRST,), NOON)
        tx.versions.put_revision(Revision("r1", "n2", NOON, "left", note("n2")))
        both = Kept(
            "m1", frozenset({"n1", "n2"}), NOON, NOON, "Kestrel, spring", "c1",
            units={"line:l1": (FIRST,), "line:l9": (replace(OTHER, position=9),)},
        )  # fmt: skip
        tx.versions.put_kept(both, NOON)
        assert tx.versions.kept() == {"m1": both}
        assert [one.id for one in tx.notes.all()] == [one.id for one in tx.notes.listed()] == ["n1"]
        for name in ("n1", "n2"):
            found, head = tx.notes.get(name), tx.notes.head(name)
            assert found
            assert head
            assert (found.id, head.id, len(found.lines)) == ("n1", "n1", 2)
        assert [one.id for one in tx.versions.revisions("n1")] == ["r1"]


def test_a_note_that_was_let_go_of_is_shown_where_somebody_writes_in_it(device: Device) -> None:
    with device.begin() as tx:
        tx.notes.put(note(gone=True, expected=""))
        assert tx.notes.all() == tx.notes.listed() == []
        tx.versions.put("n1", "line:l1", (FIRST,), NOON)
        assert [one.id for one in tx.notes.listed()] == ["n1"]


def test_revisions_of_one_instant_stand_as_they_were_kept(device: Device) -> None:
    whole = note(lines=(Line("l1", NOON, "q", "“Zażółć”\nline two"),), answers={"said": "Đúng"}, template="listening")
    with device.begin() as tx:
        tx.notes.put(note())
        for name in ("zz", "aa", "mm"):
            tx.versions.put_revision(Revision(name, "n1", NOON, "left", whole))
        assert [one.id for one in tx.versions.revisions("n1")] == ["mm", "aa", "zz"]
        newest = tx.versions.newest_revision("n1")
        assert newest == Revision("mm", "n1", NOON, "left", whole)
        tx.versions.drop_revisions(["aa", "mm"])
        assert tx.versions.revisions_kept("n1") == [("zz", NOON, "left")]


def test_every_change_of_a_note_is_seen_by_the_copy(device: Device) -> None:
    with device.begin() as tx:
        marks = [tx.versions.mark()]
        tx.versions.device_id()
        for change in (
            lambda: tx.notes.put(note()),
            lambda: tx.versions.put("n1", "line:l1", (FIRST, OTHER), NOON),
            lambda: tx.versions.put("n1", "line:l1", (FIRST,), NOON),
            lambda: tx.notes.put(note(keep=True)),
            tx.versions.new_device,
        ):
            change()
            marks.append(tx.versions.mark())
        assert len(set(marks)) == len(marks)


def test_templates_and_the_state_of_the_copy_come_back(device: Device) -> None:
    with device.begin() as tx:
        assert (tx.templates.get("listening", 1), tx.templates.newest(), tx.notes_copy.get("state")) == (None, None, {})
        tx.templates.put(shipped())
        assert tx.templates.newest() is None, "what ships with the app is older than any"
        made = replace(shipped(), version=2, made=NOON, by="p1")
        tx.templates.put(made)
        tx.notes_copy.put("state", {"folder": "/x", "counter": 3})
    with device.begin(write=False) as tx:
        assert (tx.templates.get("listening", 1), tx.templates.newest()) == (shipped(), made)
        assert tx.notes_copy.get("state") == {"folder": "/x", "counter": 3}


def test_a_restored_backup_counts_under_another_name(tmp_path: Path) -> None:
    paths = Paths(open_home(tmp_path / "home").home)
    with closing(open_device(paths.device, now)) as store, store.begin() as tx:
        tx.notes.put(note())
        before = tx.versions.device_id()
    backup(paths, tmp_path / "b.zip")
    restore(tmp_path / "b.zip", paths)
    with closing(open_device(paths.device, now)) as store, store.begin() as tx:
        assert tx.versions.device_id() not in ("", before)
        assert tx.notes.get("n1")
    with closing(sqlite3.connect(paths.device)) as connection:
        assert connection.execute("SELECT count(*) FROM this_device").fetchone() == (1,)


def test_only_those_begun_long_ago_that_nobody_said_to_keep(device: Device) -> None:
    with device.begin() as tx:
        tx.notes.put(note())
        tx.notes.put(note("n2", meeting_id="m2", keep=True))
        tx.notes.put(note("n3", meeting_id="m3", made=NOON + HOUR))
        assert [one.id for one in tx.notes.listed(NOON)] == ["n1"]
        assert len(tx.notes.listed()) == 3
