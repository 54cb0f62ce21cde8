"""A start: settings that were damaged are told and kept, and reading waits for nobody."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.commands import Cli
from fakes.ics import calendar, event

SHARED = '{"me": "dana@ferro.example", "workspace_url": "postgresql://db.ferro.example/companion'
PEOPLE = "name,email,aliases,team,role,target,start,end\nAnn,ann@ferro.example,,Legal,leader,2,,\n"


def kept(ferro: Cli) -> list[Path]:
    return list(ferro.home.glob("settings.json.damaged-*"))


@pytest.mark.parametrize("text", ["{bad", SHARED, "\0" * 40, "[]", '{"workspace_url": 3, "me": "dana@ferro.example"}'])
def test_damaged_settings_are_told_and_kept_at_every_start(ferro: Cli, text: str) -> None:
    (ferro.home / "settings.json").write_text(text)
    for _ in range(2):
        assert len(ferro.json("people", "list")) == 4, "reading goes on"
        assert "settings.json was damaged" in ferro.said
    assert [path.read_text() for path in kept(ferro)] == [text]
    found = ferro.json("doctor", code=1)
    assert [problem["code"] for problem in found["problems"]] == ["settings_damaged"]
    assert ferro.said.count("was damaged") == 1


def test_nothing_is_written_to_what_may_be_the_wrong_workspace(ferro: Cli) -> None:
    ferro("accounts", "add", "ics", "Work", ferro.file("w.ics", calendar(event("a"))))
    ferro("sync")
    (ferro.home / "settings.json").write_text(SHARED)
    ferro("people", "import", ferro.file("p.csv", PEOPLE), code=1)
    assert len(ferro.said.strip().splitlines()) == 1
    meeting = ferro.json("meetings")[0]["id"]
    note = ferro.json("notes", "new", meeting, "--file", ferro.file("n.md", "q Heard today."))["id"]
    assert ferro.json("notes", "show", note)["lines"][0]["text"] == "Heard today.", "no word is lost"


def test_saying_who_works_here_mends_damaged_settings(ferro: Cli) -> None:
    (ferro.home / "settings.json").write_text("{bad")
    ferro("me", "dana@ferro.example")
    ferro("people", "import", ferro.file("p.csv", PEOPLE))
    assert "damaged" not in ferro.said
    assert len(kept(ferro)) == 1, "what was damaged stays for who can read it"


def test_an_invitation_keeps_damaged_settings_aside(ferro: Cli) -> None:
    from companion.programme.invitation import Invitation, write_invitation

    (ferro.home / "settings.json").write_text("{bad")
    ferro("me", "--invitation", ferro.file("i.json", write_invitation(Invitation("Ferro", "lev@ferro.example"))))
    assert [path.read_text() for path in kept(ferro)] == ["{bad"]
    assert "damaged" not in ferro.said


def test_a_setting_of_the_wrong_kind_is_told(ferro: Cli) -> None:
    (ferro.home / "settings.json").write_text('{"me": "dana@ferro.example", "look": 3}')
    assert ferro.json("me")["id"] == "dana"
    assert "look" in ferro.said


@pytest.fixture
def busy(ferro: Cli, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cli]:
    """A profile whose stores somebody else is writing to, all the time."""
    ferro("accounts", "add", "ics", "Work", ferro.file("w.ics", calendar(event("a"))))
    ferro("sync")
    ferro("notes", "new", ferro.json("meetings")[0]["id"])
    monkeypatch.setattr("companion.storage.engine.open_workspace.__kwdefaults__", {"may_migrate": True, "wait": 0.1})
    monkeypatch.setattr("companion.storage.engine.open_device.__kwdefaults__", {"wait": 0.1})
    holders = [sqlite3.connect(ferro.home / name, isolation_level=None) for name in ("workspace.db", "device.db")]
    for holder in holders:
        holder.execute("BEGIN IMMEDIATE")
    yield ferro
    for holder in holders:
        holder.close()


@pytest.mark.parametrize(
    "command",
    [
        ("me",), ("board",), ("meetings",), ("people", "list"), ("customers", "list"), ("programme",), ("doctor",),
        ("accounts", "list"), ("accounts", "test", "Work"), ("channels", "list"), ("notes", "list"),
        ("takeaways", "list"), ("answers", "list"), ("customers", "propose"),
    ],
)  # fmt: skip
def test_reading_waits_for_nobody(busy: Cli, command: tuple[str, ...]) -> None:
    busy.json(*command)


def test_inspect_waits_for_nobody(busy: Cli) -> None:
    assert busy.json("inspect", str(busy.folder / "w.ics"))["seen"] == 1
