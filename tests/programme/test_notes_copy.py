"""The encrypted copy: two computers and a folder, with whatever a folder that is synced does to files."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from companion.basics.clock import Clock, now
from companion.basics.errors import Problem
from companion.basics.ids import meeting_id
from companion.bootstrap import build
from companion.connectors.notes_copy import NotesCopyFiles
from companion.notes.copying import Part, Sheet
from companion.notes.merge import Kept, Version
from companion.notes.model import Note
from companion.programme import listening, note_ends, notes_copy
from companion.programme.listening import Edit
from companion.programme.model import House
from companion.programme.sync import sync
from fakes.house import Made
from fakes.ics import NOW, calendar, event

KEY = meeting_id("a", "-")


@dataclass
class Two:
    """Both computers, the folder, and the words that were shown."""

    here: House
    there: House
    folder: Path
    words: str = ""

    def files(self) -> list[Path]:
        """What stands in the folder, hidden files too."""
        return sorted(self.folder.iterdir())


def opened(home: Path, clock: Clock = now) -> House:
    """A profile of Dana's; its recovery words cost little."""
    house = build(home, clock=clock, secrets_mode="session")
    return replace(house, me="dana@ferro.example", notes_copy=NotesCopyFiles({"n": 2**4, "r": 8, "p": 1}))


@pytest.fixture
def two(made: Made, tmp_path: Path) -> Iterator[Two]:
    made.account("Work", "dana@ferro.example").members = {
        "a": calendar(event("a", "20261110T130000Z", answer="ACCEPTED"))
    }
    sync(made.house)
    made.house.close()
    shutil.copytree(made.house.paths.home, tmp_path / "other")
    houses = [opened(tmp_path / name, made.house.clock) for name in ("home", "other")]
    (tmp_path / "synced").mkdir()
    yield Two(houses[0], houses[1], tmp_path / "synced")
    for house in houses:
        house.close()


@pytest.fixture
def joined(two: Two) -> Two:
    _, words = notes_copy.turn_on(two.here, two.folder)
    notes_copy.join(two.there, two.folder, " ".join(words))
    return replace(two, words=" ".join(words))


def write(house: House, line: str, text: str, base: str | None = None) -> Note:
    note = listening.open_note(house, KEY)
    listening.write_lines(house, note.id, [Edit(line, 0, "q", text, NOW, base)])
    return listening.get(house, note.id)


def said(house: House) -> list[str]:
    return [line.text for note in listening.all_of(house) for line in note.lines]


def exchange(two: Two) -> None:
    for house in (two.here, two.there, two.here):
        assert notes_copy.run(house).problems == ()


def test_what_is_written_on_one_is_on_the_other(joined: Two) -> None:
    listening.expect(joined.here, write(joined.here, "l1", "We lose a crew day.").id, "Praise")
    exchange(joined)
    (note,) = listening.all_of(joined.there)
    assert ([line.text for line in note.lines], note.expected) == (["We lose a crew day."], "Praise")
    write(joined.there, "l1", "We lose a crew day each month.", "We lose a crew day.")
    exchange(joined)
    assert said(joined.here) == ["We lose a crew day each month."]
    assert [one.why for one in listening.revisions(joined.here, note.id)] == ["taken_in"]


def test_one_meeting_noted_on_both_is_one_note(joined: Two) -> None:
    first, second = write(joined.here, "l1", "crew"), write(joined.there, "l2", "tide")
    exchange(joined)
    assert sorted(said(joined.here)) == sorted(said(joined.there)) == ["crew", "tide"]
    for house in (joined.here, joined.there):
        (note,) = listening.all_of(house)
        assert note.id == min(first.id, second.id)
        assert listening.open_note(house, KEY) == note
        for known in (first, second):  # a window that was open meanwhile writes on
            listening.write_lines(house, known.id, [Edit(f"of {known.id}", 9, "", "later", NOW, "")])
    exchange(joined)
    assert sorted(said(joined.here)) == sorted(said(joined.there)) == ["crew", "later", "later", "tide"]


def test_two_texts_are_both_kept_on_both_and_settled_once(joined: Two) -> None:
    write(joined.here, "l1", "crew")
    exchange(joined)
    write(joined.here, "l1", "a crew day", "crew")
    write(joined.there, "l1", "the crew", "crew")
    exchange(joined)
    ((here,), (there,)) = (listening.conflicts(house) for house in (joined.here, joined.there))
    assert (here.here, here.other) == (there.other, there.here) == ("a crew day", "the crew")
    assert here.other_from
    exchange(joined)
    listening.settle(joined.there, there.id, "the crew loses a day")
    exchange(joined)
    assert said(joined.here) == said(joined.there) == ["the crew loses a day"]
    assert listening.conflicts(joined.here) == listening.conflicts(joined.there) == []


def test_where_nothing_changed_nothing_is_written(joined: Two) -> None:
    write(joined.here, "l1", "crew")
    exchange(joined)
    exchange(joined)
    before = {path: path.stat().st_mtime_ns for path in joined.files()}
    exchange(joined)
    assert {path: path.stat().st_mtime_ns for path in joined.files()} == before
    assert len(before) == 2


def test_nobody_reads_it_without_the_key(joined: Two) -> None:
    write(joined.here, "l1", "CANARY WORDS")
    exchange(joined)
    every = b"".join(path.read_bytes() for path in joined.files())
    assert b"CANARY" not in every
    assert b"kestrel" not in every.lower()
    stored = joined.here.paths.device.read_bytes() + joined.there.paths.device.read_bytes()
    for word in {word for word in joined.words.split() if len(word) == 8}:
        assert f" {word} ".encode() not in stored


def test_a_half_synced_file_is_read_when_it_is_whole(joined: Two) -> None:
    write(joined.here, "l1", "crew")
    notes_copy.run(joined.here)
    (mine,) = [path for path in joined.files() if listening_device(joined.here) in path.name]
    whole = mine.read_bytes()
    for cut in (0, 10, 200, len(whole) - 1):
        mine.write_bytes(whole[:cut])
        state = notes_copy.run(joined.there)
        assert [problem.code for problem in state.problems] == ["copy_damaged"]
        assert said(joined.there) == []
    mine.write_bytes(bytes([*whole[:-1], whole[-1] ^ 1]))
    assert [problem.code for problem in notes_copy.run(joined.there).problems] == ["copy_damaged"]
    mine.write_bytes(whole)
    assert notes_copy.run(joined.there).taken_in == 1
    assert said(joined.there) == ["crew"]


def listening_device(house: House) -> str:
    with house.device() as device:
        return device.versions.device_id()


def test_other_files_are_left_alone_and_named(joined: Two) -> None:
    other = joined.here.notes_copy
    key = other.new_key()
    other.write(joined.folder, key, other.wrap(key, " ".join(other.new_words()), 1), Sheet("stranger", "x", 1))
    (joined.folder / "companion-new.notes").write_bytes(b"Companion notes 2\n{}\nxx")
    (joined.folder / "companion-odd.notes").write_bytes(b"")
    (joined.folder / "holiday.jpg").write_bytes(b"\xff\xd8")
    before = {path: path.read_bytes() for path in joined.files()}
    write(joined.here, "l1", "crew")
    codes = sorted(problem.code for problem in notes_copy.run(joined.here).problems)
    assert codes == ["copy_damaged", "copy_foreign", "copy_newer"]
    changed = {path.name for path, data in before.items() if path.read_bytes() != data}
    assert changed == {f"companion-{listening_device(joined.here)}.notes"}


def test_a_conflict_copy_of_a_cloud_is_read_as_well(joined: Two) -> None:
    write(joined.here, "l1", "crew")
    notes_copy.run(joined.here)
    mine = joined.folder / f"companion-{listening_device(joined.here)}.notes"
    aside = joined.folder / f"{mine.stem} (conflicted copy).notes"
    mine.rename(aside)
    assert notes_copy.run(joined.there).taken_in == 1
    assert said(joined.there) == ["crew"]
    write(joined.here, "l1", "crew day", "crew")
    notes_copy.run(joined.here)
    assert mine.exists()
    exchange(joined)
    assert said(joined.there) == ["crew day"], "the older one changes nothing"


def test_with_the_folder_away_it_waits_and_says_so(joined: Two) -> None:
    away = joined.folder.with_name("away")
    joined.folder.rename(away)
    write(joined.here, "l1", "crew")
    state = notes_copy.run(joined.here)
    assert (state.away_since, [problem.code for problem in state.problems]) == (NOW, ["copy_away"])
    away.rename(joined.folder)
    state = notes_copy.run(joined.here)
    assert (state.away_since, state.written, state.problems) == (None, NOW, ())
    exchange(joined)
    assert said(joined.there) == ["crew"]


def test_a_new_computer_needs_the_folder_and_the_words(joined: Two, tmp_path: Path) -> None:
    write(joined.here, "l1", "crew")
    exchange(joined)
    third = opened(tmp_path / "third")
    try:
        with pytest.raises(Problem, match="copy_taken"):
            notes_copy.turn_on(third, joined.folder)
        wrong = " ".join(joined.here.notes_copy.new_words())
        with pytest.raises(Problem, match="copy_words_wrong"):
            notes_copy.join(third, joined.folder, wrong)
        with pytest.raises(Problem, match="words_count"):
            notes_copy.join(third, joined.folder, "zoo")
        assert listening.all_of(third) == []
        assert notes_copy.join(third, joined.folder, joined.words).taken_in == 1
        assert said(third) == ["crew"]
    finally:
        third.close()


def test_new_words_take_the_place_of_the_old_on_every_computer(joined: Two, tmp_path: Path) -> None:
    words = " ".join(notes_copy.new_words(joined.here))
    exchange(joined)
    exchange(joined)
    third = opened(tmp_path / "third")
    try:
        with pytest.raises(Problem, match="copy_words_wrong"):
            notes_copy.join(third, joined.folder, joined.words)
        assert notes_copy.join(third, joined.folder, words).on
    finally:
        third.close()


def test_turning_off_takes_away_only_the_own_file(joined: Two) -> None:
    write(joined.here, "l1", "crew")
    exchange(joined)
    notes_copy.turn_off(joined.here)
    assert [path.name for path in joined.files()] == [f"companion-{listening_device(joined.there)}.notes"]
    assert (notes_copy.state_of(joined.here).on, said(joined.here)) == (False, ["crew"])
    assert notes_copy.run(joined.here) == notes_copy.CopyState()
    with pytest.raises(Problem, match="copy_off"):
        notes_copy.new_words(joined.here)


def test_a_copied_profile_counts_under_a_name_of_its_own(joined: Two, tmp_path: Path) -> None:
    write(joined.here, "l1", "crew")
    exchange(joined)
    key = joined.here.secrets.get("notes copy")
    assert key
    with joined.here.device() as device:  # all that is committed is in the one file
        device.notes_copy.get("state")
    shutil.copytree(joined.here.paths.home, tmp_path / "twin")
    twin = opened(tmp_path / "twin")
    try:
        twin.secrets.put("notes copy", key)
        write(twin, "l2", "of the twin")
        notes_copy.run(twin)
        write(joined.here, "l3", "of the first")
        for _ in range(2):
            notes_copy.run(joined.here)
            notes_copy.run(twin)
        assert listening_device(twin) != listening_device(joined.here)
        assert sorted(said(twin)) == sorted(said(joined.here)) == ["crew", "of the first", "of the twin"]
    finally:
        twin.close()


def test_letting_go_empties_the_copy_and_the_other_computer_too(joined: Two) -> None:
    note = write(joined.here, "l1", "crew")
    listening.write_answer(joined.here, note.id, "said", "We wait.")
    exchange(joined)
    listening.mark_revision(joined.there, note.id, "left")
    assert note_ends.let_go(joined.here, [note.id]) == 1
    assert listening.all_of(joined.here) == listening.revisions(joined.here, note.id) == []
    exchange(joined)
    assert listening.all_of(joined.there) == listening.revisions(joined.there, note.id) == []
    for house in (joined.here, joined.there):
        house.close()
        assert b"crew" not in house.paths.device.read_bytes()


def test_what_was_let_go_of_and_changed_elsewhere_is_shown(joined: Two) -> None:
    note = write(joined.here, "l1", "crew")
    exchange(joined)
    write(joined.there, "l1", "a crew day", "crew")
    note_ends.let_go(joined.here, [note.id])
    exchange(joined)
    assert said(joined.here) == said(joined.there) == ["a crew day"]


def test_one_changed_note_is_all_that_is_sealed_and_read(joined: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    write(joined.here, "l1", "crew")
    with joined.here.device() as device:
        for number in range(30):
            device.notes.put(Note(f"n{number}", f"m{number}", "c", "A talk", NOW, NOW))
            device.versions.put(f"n{number}", "line:l1", (Version(f"tide {number}", (("x", 1),), "", NOW),), NOW)
    exchange(joined)
    sealed: list[str] = []
    seal = NotesCopyFiles.seal

    def counted(box: NotesCopyFiles, key: str, kept: Kept, mark: str) -> Part:
        sealed.append(kept.meeting_id)
        return seal(box, key, kept, mark)

    monkeypatch.setattr(NotesCopyFiles, "seal", counted)
    write(joined.here, "l1", "a crew day", "crew")
    notes_copy.run(joined.here)
    assert sealed == [KEY]
    taken: list[str] = []
    take_in = notes_copy.take_in

    def noted(house: House, notes: Mapping[str, Kept]) -> int:
        taken.extend(notes)
        return take_in(house, notes)

    monkeypatch.setattr(notes_copy, "take_in", noted)
    assert notes_copy.run(joined.there).taken_in == 1
    assert taken == [KEY]
    assert sorted(said(joined.there)) == sorted(["a crew day", *(f"tide {number}" for number in range(30))])


def test_words_that_were_taken_out_of_a_note_are_taken_out_of_the_copy(joined: Two) -> None:
    note = write(joined.here, "l1", "Mara waits")
    notes_copy.run(joined.here)
    key = joined.here.secrets.get("notes copy") or ""
    before = joined.here.notes_copy.parts(joined.folder, listening_device(joined.here), key)
    with joined.here.device() as device:
        device.erasing.clean(
            (note.customer_id,), "mara@kestrel.example", lambda text: text.replace("Mara", "Somebody"), notes=True
        )
    notes_copy.run(joined.here)
    after = joined.here.notes_copy.parts(joined.folder, listening_device(joined.here), key)
    assert before[KEY].mark != after[KEY].mark
