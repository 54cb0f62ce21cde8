"""Bad input: one clear sentence, the good rest taken in (0) or nothing to take (1), never a traceback."""

import sqlite3
from pathlib import Path

import pytest

from fakes.commands import Cli
from fakes.ics import calendar, event

PEOPLE = "name,email,aliases,team,role,target,start,end\n"


def test_a_bad_row_does_not_hide_the_good_ones(ferro: Cli) -> None:
    rows = (
        "Ann,ann@ferro.example,,Legal,leader,2,2026-13-01,\n"
        "Bo,bo@ferro.example,,Legal,leader,2,,\n"
        "Cy,bo@ferro.example,,,,,,\n"
    )
    ferro("people", "import", ferro.file("p.csv", PEOPLE + rows))
    assert "2026-13-01" in ferro.said
    assert "bo@ferro.example" in ferro.said
    assert "Bo" in [person["name"] for person in ferro.json("people", "list")]
    assert "Ann" not in [person["name"] for person in ferro.json("people", "list")]


def test_a_missing_column_takes_nothing(ferro: Cli) -> None:
    ferro("people", "import", ferro.file("p.csv", "name,team\nAnn,Legal\n"), code=1)
    assert "email" in ferro.said
    assert len(ferro.json("people", "list")) == 4


def test_a_dry_run_changes_nothing(ferro: Cli) -> None:
    out = ferro(
        "people", "import", ferro.file("p.csv", PEOPLE + "Ann,ann@ferro.example,,Legal,leader,2,,\n"), "--dry-run"
    )
    assert "+ Ann" in out
    assert len(ferro.json("people", "list")) == 4


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("page.ics", b"<!doctype html><html><body>Sign in</body></html>", "page"),
        ("empty.ics", b"", "empty"),
    ],
)
def test_what_is_no_calendar_deletes_nothing(ferro: Cli, tmp_path: Path, name: str, body: bytes, says: str) -> None:
    path = ferro.file(name, calendar(event("a", "20270110T130000Z")))
    ferro("accounts", "add", "ics", "Work", path)
    ferro("sync")
    before = ferro.json("meetings")
    Path(path).write_bytes(body)
    ferro("sync", code=1)
    assert says in ferro.said.lower()
    assert ferro.json("meetings") == before
    assert len(before) == 1


def test_a_broken_event_among_good_ones_and_a_truncated_file(ferro: Cli) -> None:
    good, other = event("a", "20270110T130000Z"), event("b", "20270111T130000Z")
    broken = event("c", "not-a-date")
    path = ferro.file("w.ics", calendar(good, broken, other))
    ferro("accounts", "add", "ics", "Work", path)
    done = ferro.json("sync")["accounts"][0]
    assert (done["kept"], done["broken"], len(done["problems"])) == (2, 1, 1)
    Path(path).write_bytes(calendar(good, other)[:-150])
    ferro("sync", "--json", code=1)
    assert len(ferro.json("meetings")) == 2, "what is missing from a cut file is not gone"


def test_latin_1_is_read(ferro: Cli) -> None:
    body = calendar(event("a", "20270110T130000Z", title="Kestrel review in Málaga")).decode().encode("latin-1")
    ferro("accounts", "add", "ics", "Work", ferro.file("w.ics", body))
    ferro("sync")
    assert ferro.json("meetings")[0]["title"] == "Kestrel review in Málaga"


@pytest.mark.parametrize(
    "command",
    [
        ("sync", "Nowhere"),
        ("meetings", "dismiss", "nothing-such"),
        ("meetings", "--from", "yesterday"),
        ("meetings", "--from", "2026-05-01", "--to", "2026-04-01"),
        ("inspect", "/nowhere/at/all.ics"),
        ("accounts", "add", "ics", "Work", "/nowhere/at/all.ics"),
        ("accounts", "remove", "Nowhere"),
        ("seats", "set", "nothing-such", "dana@ferro.example", "attended"),
        ("notes", "show", "nothing-such"),
        ("notes", "new", "nothing-such"),
        ("takeaways", "withdraw", "nothing-such"),
        ("channels", "test", "Nowhere"),
        ("channels", "add", "smtp", "Mail", "no-port", "--from", "a@ferro.example"),
        ("people", "leave", "nobody@ferro.example", "--from", "2026-01-01", "--to", "2026-02-01"),
        ("customers", "merge", "Kestrel", "Nobody"),
        ("board", "--period", "soon"),
        ("board", "--as-of", "never"),
        ("restore", "/nowhere.zip"),
        ("people", "import", "/nowhere.csv"),
        ("me", "not-an-address"),
        ("programme", "--zone", "Mars/Olympus"),
    ],
)  # fmt: skip
def test_a_mistake_ends_in_one_sentence(ferro: Cli, command: tuple[str, ...]) -> None:
    ferro(*command, code=1)
    assert ferro.said.strip().endswith((".", "?"))
    assert len(ferro.said.strip().splitlines()) == 1


def test_publishing_needs_a_me(cli: Cli) -> None:
    cli("takeaways", "publish", "x", "--headline", "H", "--audience", "company", code=1)
    assert cli.said.strip()


def test_a_damaged_store_is_refused_and_left_alone(ferro: Cli) -> None:
    path = ferro.home / "device.db"
    path.write_bytes(b"not a database at all" * 500)
    before = path.read_bytes()
    ferro("people", "list", code=1)
    assert "device.db" in ferro.said
    assert path.read_bytes() == before


def test_a_locked_store_says_so(ferro: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from companion.storage import engine

    monkeypatch.setattr(engine, "WAIT", 0.1)
    holder = sqlite3.connect(ferro.home / "workspace.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        monkeypatch.setattr(
            "companion.storage.engine.open_workspace.__kwdefaults__", {"may_migrate": True, "wait": 0.1}
        )
        monkeypatch.setattr("companion.storage.engine.open_device.__kwdefaults__", {"wait": 0.1})
        ferro("people", "import", ferro.file("p.csv", PEOPLE + "Ann,ann@ferro.example,,Legal,leader,2,,\n"), code=1)
    finally:
        holder.close()
    assert "workspace.db" in ferro.said


def test_what_nobody_foresaw_is_told_without_peoples_words(ferro: Cli) -> None:
    with sqlite3.connect(ferro.home / "workspace.db") as store:
        store.execute("CREATE TRIGGER stop BEFORE INSERT ON fact BEGIN SELECT raise(ABORT, 'stopped'); END")
    store.close()
    out = ferro("customers", "remember", "Kestrel", "goal", "Sixteen crews out by six.", code=1)
    assert "Sixteen" not in out + ferro.said
    assert "sqlalchemy.exc.IntegrityError" in ferro.said
    assert "nobody foresaw" in ferro.said
