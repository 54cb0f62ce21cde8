"""Kill -9 in the middle of reading mailboxes at Microsoft 365, start again: the stores end as if nobody had."""

import random
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from servers.microsoft import Calendar, Microsoft365, running_microsoft
from torture.test_kills import Profile, lay_out, seen, stores

pytestmark = pytest.mark.server
SHORT, KILLS = 2, 50
COUNT, SERIES = 30, 6
KEN = ("ken@kestrel.example", "Ken Abel", "accepted")


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Microsoft365]:
    """Dana's mailbox, and Rosa's, which Dana may read; pages are short, so that there are many requests to die at."""
    with running_microsoft(tmp_path / "microsoft") as ms:
        ms.at_graph.most = 12
        ms.share(ms.user("rosa@ferro.example", "Rosa"), ms.user("dana@ferro.example", "Dana"))
        ms.signin.who = ms.users["dana@ferro.example"]
        yield ms


class Changes:
    """What happens in both mailboxes between two kills."""

    def __init__(self, ms: Microsoft365, dice: random.Random) -> None:
        self.calendars = [user.calendar for user in ms.users.values()]
        self.dice = dice
        self.began = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        for calendar in self.calendars:
            for at in range(COUNT):
                calendar.add(f"Kestrel review {at}", self._time(), guests=[KEN])
            for at in range(SERIES):
                calendar.series(f"Kestrel weekly {at}", self._time(), count=6, guests=[KEN])

    def some(self) -> None:
        """A few events and series change, and one is new."""
        for calendar in self.calendars:
            for key in self.dice.sample(sorted(calendar.entries), 5):
                self._one(calendar, key)
            calendar.add(f"Kestrel review new {self.dice.randrange(10**6)}", self._time(), guests=[KEN])

    def _one(self, calendar: Calendar, key: str) -> None:
        title = f"Kestrel review {self.dice.randrange(10**6)}"
        if not calendar.entries[key].every:
            change = self.dice.choice(("move", "title", "delete", "cancel"))
            if change == "move":
                calendar.move(key, self._time())
            elif change == "title":
                calendar.change(key, title=title)
            else:
                (calendar.delete if change == "delete" else calendar.cancel)(key)
            return
        # Of a deleted occurrence delta says nothing (case 19), killed or not: that is for the machine to try.
        index, change = self.dice.randrange(6), self.dice.choice(("move", "cancel", "all"))
        if change == "move":
            calendar.move_occurrence(key, index, self._time())
        elif change == "all":
            calendar.reschedule(key, self._time())
        else:
            calendar.cancel_occurrence(key, index)

    def _time(self) -> datetime:
        return self.began + timedelta(days=self.dice.randint(3, 90), hours=self.dice.randint(7, 17))


def connected(ms: Microsoft365, tmp_path: Path) -> tuple[Profile, Profile]:
    """Two profiles alike, signed in with both mailboxes, nothing read: one to be killed, one to be left in peace."""
    for name in ("killed", "whole"):
        (tmp_path / name).mkdir()
    killed, whole = (Profile(tmp_path / name / "home") for name in ("killed", "whole"))
    killed.env["BROWSER"] = ms.browser
    lay_out(killed, tmp_path / "killed")
    killed.run(
        "accounts", "add", "microsoft365", "Work", "--client-id", ms.client_id, "--authority", ms.authority,
        "--graph-url", ms.graph, "--ca-bundle", str(ms.ca),
    )  # fmt: skip
    killed.run("accounts", "add", "microsoft365", "Hosts", "--mailbox", "rosa@ferro.example", "--hosts")
    shutil.copytree(killed.home, whole.home)
    return killed, whole


def graph_case(ms: Microsoft365, tmp_path: Path, times: int, seed: int) -> None:
    dice = random.Random(seed)
    killed, whole = connected(ms, tmp_path)
    changes = Changes(ms, dice)
    killed.run("sync")
    changes.some()
    began = time.monotonic()
    killed.run("sync")
    longest = time.monotonic() - began
    at_work = 0
    for _ in range(times):
        changes.some()
        if dice.random() < 0.2:
            ms.at_graph.rounds.forget()  # so that some die in the middle of reading everything
        at_work += killed.kill(dice, longest, "sync")
    assert at_work * 3 > times or times == SHORT, "too few were still at work"
    killed.run("sync", "--accept-fewer")
    whole.run("sync")
    ours, theirs = stores(killed.home), stores(whole.home)
    for table, rows in theirs.items():
        assert ours[table] == rows, table
    assert len(ours["events"]) > COUNT
    assert seen(killed) == seen(whole)
    for account in killed.run("sync")["accounts"]:
        assert (account["added"], account["changed"], account["removed"], account["problems"]) == (0, 0, 0, [])


def test_a_killed_sync_of_a_mailbox_loses_nothing(firm: Microsoft365, tmp_path: Path) -> None:
    graph_case(firm, tmp_path, SHORT, seed=3)


@pytest.mark.torture
def test_fifty_killed_syncs_of_a_mailbox_lose_nothing(firm: Microsoft365, tmp_path: Path) -> None:
    graph_case(firm, tmp_path, KILLS, seed=random.randrange(10**6))
