"""A profile as a person has it: real stores, real sign-in, real sync, and a firm's calendars at the stand-in."""

import json
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from companion.basics.clock import now
from companion.basics.progress import Ticket
from companion.bootstrap import build
from companion.calendars.model import Account
from companion.connectors.ics.worker import InlineReader
from companion.programme.model import House
from companion.programme.sync import Synced, default_window, sync
from companion.words.problems import sentence
from fakes.ics import NOW
from servers.microsoft import Calendar, Microsoft365, User
from servers.microsoft.entries import Shown, starts

ANNA = ("anna@kestrel.example", "Anna Kowal", "accepted")
SALARY, LUNCH, THEIRS = "Kestrel salary 40417", "Lunch 51973", "Kestrel plan of others"
Held = tuple[str, datetime, bool]  # title, start, whether it is called off


def at(days: float, hour: int = 10) -> datetime:
    """A moment so many days from now."""
    return NOW.replace(hour=hour) + timedelta(days=days)


@dataclass
class Firm:
    """The calendars of one firm: Dana's two and one that she only sees, and Rosa's, which Dana may read."""

    ms: Microsoft365
    dana: User
    rosa: User
    plan: Calendar
    series: str = ""
    single: str = ""
    spare: list[str] = field(default_factory=list)  # singles that may go


def new_firm(ms: Microsoft365) -> Firm:
    """The firm, with something of every kind in its calendars. Pages are short, so that there are several."""
    ms.ahead(int((NOW - now()).total_seconds()))
    ms.at_graph.most = 6
    dana, rosa = ms.user("dana@ferro.example", "Dana Okafor"), ms.user("rosa@ferro.example", "Rosa Vidal")
    ms.share(rosa, dana)
    firm = Firm(ms, dana, rosa, dana.add_calendar("Team plan"))
    dana.add_calendar("Erik", of=("erik@ferro.example", "Erik")).add(THEIRS, at(4), guests=[ANNA])
    mine = dana.calendar
    firm.single = mine.add("Kestrel review one", at(3), guests=[ANNA], online=True)
    firm.spare = [mine.add(f"Kestrel review spare {n}", at(12 + 9 * n), guests=[ANNA]) for n in range(5)]
    mine.add("Kestrel review past", at(-20), guests=[ANNA])
    mine.add("Kestrel review far", at(200), guests=[ANNA])
    mine.add(SALARY, at(5), guests=[ANNA], sensitivity="private")
    mine.add(LUNCH, at(6))
    firm.series = mine.series("Kestrel weekly", at(-8), count=9, guests=[ANNA])
    mine.move_occurrence(firm.series, 4, at(21, 15))
    mine.delete_occurrence(firm.series, 6)
    firm.plan.add("Kestrel kick-off", at(10), guests=[ANNA])
    rosa.calendar.add("Kestrel hosts review", at(9), guests=[ANNA])
    return firm


@dataclass
class Profile:
    """One house, and what the firm's calendars ought to have made of it."""

    firm: Firm
    house: House
    time: list[datetime]

    def sync(self, names: Sequence[str] = (), ticket: Ticket | None = None) -> list[Synced]:
        """A sync of these accounts (all)."""
        return sync(self.house, names, ticket=ticket)

    def settled(self, names: Sequence[str] = ()) -> None:
        """All is well with the network, and nobody wants to be left alone any longer: what is held is the truth."""
        ms = self.firm.ms
        ms.faults.clear()
        with self.house.device(write=False) as device:
            closed = device.gates.until(f"{ms.client_id}@{ms.graph.removeprefix('https://')}")
        self.time[0] = max(self.time[0], closed or NOW) + timedelta(minutes=1)
        assert self.trouble(self.sync(names)) == []
        self.check()

    def check(self) -> None:
        """What is held is what the calendars tell: nothing lost, nothing doubled."""
        assert self.held() == self.truth()
        assert self.met() == self.truth()

    def trouble(self, done: Sequence[Synced]) -> list[str]:
        """All problems, told."""
        return [f"{problem.code}: {sentence(problem)}" for one in done for problem in one.problems]

    def held(self) -> list[Held]:
        """The events on the device."""
        with self.house.device(write=False) as device:
            found = [
                event
                for account in device.accounts.all()
                for events in device.events.of(account.id, device.events.versions(account.id)).values()
                for event in events
            ]
        return sorted((_plain(event.title), event.start, event.status == "cancelled") for event in found)

    def met(self) -> list[Held]:
        """The meetings of the workspace."""
        with self.house.workspace(write=False) as tx:
            there = [meeting for meeting in tx.meetings.everything() if meeting.status != "gone"]
        return sorted((_plain(one.title), one.start, one.status == "cancelled") for one in there)

    def truth(self) -> list[Held]:
        """The customer meetings of the calendars that are read, as the accounts of the profile see them."""
        with self.house.device(write=False) as device:
            names = {account.name for account in device.accounts.all()}
        calendars = [self.firm.dana.calendar, self.firm.plan]
        calendars += [self.firm.rosa.calendar] if "Hosts" in names else []
        days = default_window(self.house, "Europe/Amsterdam")
        first, last = (datetime.combine(day, NOW.time(), UTC) for day in (days.first, days.last))
        shown = [one for calendar in calendars for one in calendar.view(first, last) if _counts(one)]
        return sorted((_plain(one.entry.title), one.entry.start, one.entry.cancelled) for one in shown)


def _counts(one: Shown) -> bool:
    return one.entry.title != SALARY and "Kestrel" in one.entry.title


def _plain(title: str) -> str:
    return title.removeprefix("Canceled: ")


def sign_in(house: House, ms: Microsoft365, *needs: str) -> str:
    """Sign in by the browser; who it was."""

    def show(url: str) -> None:
        threading.Thread(target=ms.browse, args=(url,), daemon=True).start()

    return house.identity.sign_in(Ticket(), show, needs=needs).id


def open_profile(firm: Firm, home: Path) -> Profile:
    """The profile in a folder, as the app opens it."""
    time = [NOW]
    house = build(home, clock=lambda: time[0], secrets_mode="passphrase", prompt=lambda: "correct horse")
    return Profile(firm, replace(house, me=firm.dana.address, open_reader=InlineReader), time)


def signed_in(firm: Firm, home: Path, laid_out: Path, patch: pytest.MonkeyPatch, **policy: Any) -> Path:
    """A home in which Dana signed in and her mailbox is connected; nothing is read yet."""
    shutil.copytree(laid_out, home)
    write_policy(firm, home.parent / "policy.json", patch, **policy)
    profile = open_profile(firm, home)
    dana = sign_in(profile.house, firm.ms)
    with profile.house.device() as device:
        url = f"{firm.ms.graph}/v1.0/me"
        device.accounts.put(Account("mine", "Work", "microsoft365", url, dana, firm.dana.address, False, NOW))
    profile.house.close()
    return home


def write_policy(firm: Firm, path: Path, patch: pytest.MonkeyPatch, **more: Any) -> None:
    """How IT tells the app of the firm."""
    ms = firm.ms
    told = {"client_id": ms.client_id, "authority": ms.authority, "graph_url": ms.graph, "ca_bundle": str(ms.ca)}
    path.write_text(json.dumps({**told, **more}), "utf-8")
    patch.setenv("COMPANION_POLICY", str(path))


def check_no_secret(ms: Microsoft365, folder: Path, log: str) -> None:
    """No token, code or verifier stands in a file or in the log, and the foreign host was never asked."""
    assert ms.secrets
    assert ms.elsewhere.asked == []
    for path in folder.rglob("*"):
        own = (folder / "microsoft") in path.parents  # the stand-in's own certificates
        data = path.read_bytes() if path.is_file() and not own else b""
        assert not [secret for secret in ms.secrets if secret.encode() in data], path.name
        assert not [word for word in (SALARY, LUNCH) if word.encode() in data], path.name
    assert not [secret for secret in ms.secrets if secret in log]


def move_within(firm: Firm) -> None:
    """A single meeting on another day of its month, or back."""
    far = firm.dana.calendar.entries[firm.single].start == at(3)
    firm.dana.calendar.move(firm.single, at(4) if far else at(3))


def move_across(firm: Firm) -> None:
    """A single meeting in another month."""
    firm.spare.append(firm.spare.pop(0))
    calendar = firm.dana.calendar
    calendar.move(firm.spare[-1], calendar.entries[firm.spare[-1]].start + timedelta(days=40))


def rename(firm: Firm) -> None:
    """Another title."""
    firm.dana.calendar.change(firm.single, title=f"Kestrel review {firm.ms.count.next()}")


def add_and_delete(firm: Firm) -> None:
    """One more meeting, and one less."""
    calendar = firm.dana.calendar
    firm.spare.append(calendar.add(f"Kestrel review spare {firm.ms.count.next()}", at(33), guests=[ANNA]))
    calendar.delete(firm.spare.pop(0))


def cancel(firm: Firm) -> None:
    """A meeting is called off."""
    firm.dana.calendar.cancel(firm.spare.pop(0))
    firm.spare.append(firm.dana.calendar.add("Kestrel review instead", at(36), guests=[ANNA]))


def move_occurrence(firm: Firm) -> None:
    """One occurrence on another day, in another month."""
    firm.dana.calendar.move_occurrence(firm.series, 5, at(45, firm.ms.count.next() % 8 + 8))


def cancel_occurrence(firm: Firm) -> None:
    """One occurrence is called off."""
    firm.dana.calendar.cancel_occurrence(firm.series, 7)


def reschedule(firm: Firm) -> None:
    """A series on another day of the week."""
    calendar = firm.dana.calendar
    calendar.reschedule(firm.series, calendar.entries[firm.series].start + timedelta(days=1))


def split(firm: Firm) -> None:
    """This and all that follow, an hour later."""
    calendar = firm.dana.calendar
    start = starts(calendar.entries[firm.series])[2] + timedelta(hours=1)
    firm.series = calendar.split(firm.series, 2, start=start, count=9)


def in_the_plan(firm: Firm) -> None:
    """A change where there is no delta."""
    firm.plan.add(f"Kestrel plan {firm.ms.count.next()}", at(20), guests=[ANNA])


def delete_occurrence(firm: Firm) -> bool:
    """One occurrence less, of which delta says nothing."""
    firm.dana.calendar.delete_occurrence(firm.series, 3)
    return True


EDITS: tuple[Callable[[Firm], bool | None], ...] = (
    move_within, move_across, rename, add_and_delete, cancel, move_occurrence, cancel_occurrence, reschedule,
    delete_occurrence, in_the_plan, split,
)  # fmt: skip
