"""The collector by command: leaders' and hosts' mailboxes, read by the firm's app with its certificate."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.bootstrap import opened
from companion.programme.sync import due, sync
from companion.programme.views.calendars import READ_EVERY
from fakes.commands import Cli
from servers.microsoft import Microsoft365
from servers.microsoft.fixtures import microsoft

__all__ = ["microsoft"]

SOON = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=3)
ANNA = ("anna@kestrel.example", "Anna Kowal", "accepted")
ADDRESSES = ["dana@ferro.example", "lev@ferro.example", "rosa@ferro.example"]  # two leaders and a host


@pytest.fixture
def desk(ferro: Cli, microsoft: Microsoft365, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The machine of ops: the policy file names the collector and its certificate."""
    for number, address in enumerate([*ADDRESSES, "agnes@ferro.example"]):
        calendar = microsoft.user(address).calendar
        calendar.add(f"Kestrel review {number}", SOON + timedelta(hours=number), guests=[ANNA])
    name_it(ferro, microsoft, monkeypatch)
    return ferro


def name_it(
    ferro: Cli, microsoft: Microsoft365, monkeypatch: pytest.MonkeyPatch, mailboxes: list[str] | None = None
) -> None:
    """Write the policy file; the app may read those mailboxes (all)."""
    known = microsoft.collector(mailboxes=mailboxes)
    names = ("client_id", "authority", "graph_url", "ca_bundle", "collector_id", "certificate")
    policy = {name: getattr(known, name) for name in names}
    monkeypatch.setenv("COMPANION_POLICY", ferro.file("policy.json", json.dumps(policy)))


def read(desk: Cli, *more: str, code: int = 0) -> dict[str, int]:
    """What a round of the collector kept, by account."""
    return {item["name"]: item["kept"] for item in desk.json("sync", "--collector", *more, code=code)["accounts"]}


def test_it_reads_leaders_and_hosts_and_nobody_else(desk: Cli, microsoft: Microsoft365) -> None:
    assert read(desk) == dict.fromkeys(ADDRESSES, 1)
    accounts = {item["name"]: item for item in desk.json("accounts", "list")}
    assert [accounts[name]["user"] for name in ADDRESSES] == ["app"] * 3
    assert accounts["rosa@ferro.example"]["hosts"]
    assert accounts["lev@ferro.example"]["owner"] == "lev@ferro.example"
    assert not [asked for asked in microsoft.asked if "agnes" in asked.path or "/me" in asked.path]
    assert len(desk.json("meetings")) == 3
    read(desk)
    assert len(desk.json("accounts", "list")) == 3, "a second round makes no second accounts"


def test_a_mailbox_it_may_not_read_holds_up_no_other(
    desk: Cli, microsoft: Microsoft365, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_it(desk, microsoft, monkeypatch, ["dana@ferro.example", "rosa@ferro.example"])
    assert read(desk) == {"dana@ferro.example": 1, "lev@ferro.example": 0, "rosa@ferro.example": 1}
    assert "The collector may not read lev@ferro.example. Ask IT" in desk.said
    assert "accounts signin" not in desk.said
    states = {item["name"]: item["state"] for item in desk.json("accounts", "status")["accounts"]}
    assert states["lev@ferro.example"] == "failing"
    assert states["dana@ferro.example"] == "in_order"


def test_what_is_wrong_with_the_app_itself_is_told_once(desk: Cli, microsoft: Microsoft365) -> None:
    read(desk)
    microsoft.signin.refuse("AADSTS700016")
    desk("sync", "--collector", code=1)
    assert desk.said.count("knows no app with the id") == 1
    states = [item["state"] for item in desk.json("accounts", "status")["accounts"]]
    assert states == ["in_order"] * 3, "no mailbox rests for it"
    microsoft.signin.allow()
    Path(json.loads(Path(os.environ["COMPANION_POLICY"]).read_text())["certificate"]).chmod(0o644)
    desk("sync", "--collector", code=1)
    assert desk.said.count("rights must be 0600") == 1


def test_somebody_whom_microsoft_does_not_know_is_told(desk: Cli) -> None:
    table = "name,email,role,target\nOla Berg,ola@ferro.example,leader,2\n"
    desk("people", "import", desk.file("people.csv", table))
    assert read(desk) == {**dict.fromkeys(ADDRESSES, 1), "ola@ferro.example": 0}
    assert "knows nobody with the address ola@ferro.example" in desk.said
    assert "at the next companion sync --collector" in desk("accounts", "status", "ola@ferro.example")


def test_where_only_the_collector_reads_sync_says_so(desk: Cli) -> None:
    read(desk)
    assert "3 are read by the collector alone" in desk("sync")
    desk("sync", "--only", "lev@ferro.example", code=2)
    assert "Add --collector" in desk.said


def test_some_alone(desk: Cli) -> None:
    assert read(desk, "--only", "Lev@Ferro.example") == {"lev@ferro.example": 1}
    desk("sync", "--collector", "--only", "agnes@ferro.example", code=1)
    assert "no leader's and no host's address" in desk.said


def test_who_has_left_is_not_read_any_more(desk: Cli, microsoft: Microsoft365) -> None:
    read(desk)
    desk(
        "people",
        "import",
        desk.file("people.csv", "name,email,role,target,end\nLev Brandt,lev@ferro.example,leader,2,2026-01-31\n"),
    )
    asked = len(microsoft.asked)
    assert set(read(desk)) == {"dana@ferro.example", "rosa@ferro.example"}
    assert not [one for one in microsoft.asked[asked:] if "lev" in one.path]


def test_nothing_but_the_collector_reads_its_mailboxes(desk: Cli, microsoft: Microsoft365) -> None:
    read(desk)
    asked = len(microsoft.asked)
    desk("sync")
    desk("sync", "--due")
    desk("sync", "lev@ferro.example", code=1)
    assert "companion sync --collector" in desk.said
    desk("accounts", "signin", "lev@ferro.example", code=1)
    desk("customers", "propose")
    desk("rules", "try", "--hold", "strike")
    with opened(desk.home) as house:
        assert (sync(house), due(house, house.clock(), READ_EVERY)) == ([], [])
    assert microsoft.asked[asked:] == []


def test_a_mailbox_can_be_tried_and_looked_through_by_command(desk: Cli) -> None:
    read(desk)
    assert "1 calendar" in desk("accounts", "test", "lev@ferro.example")
    assert desk.json("inspect", "--account", "lev@ferro.example")["seen"] == 1


def test_without_a_certificate_it_says_how(desk: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_POLICY", str(desk.folder / "none.json"))
    desk("sync", "--collector", code=1)
    assert "--collector-id" in desk.said
    assert desk.json("accounts", "list") == []


def test_it_takes_no_names(desk: Cli) -> None:
    desk("sync", "--collector", "Mine", code=1)
    assert "--only" in desk.said


def test_of_no_firm_it_reads_nothing(desk: Cli, microsoft: Microsoft365) -> None:
    with opened(desk.home) as house, house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), our_domains=("other.example",)))
    desk("sync", "--collector", code=1)
    assert "no mailbox to collect" in desk.said
    assert microsoft.asked == []
