"""Join reports and words of who is free, as a test writes them by hand."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from companion.attendance.availability import Free
from companion.attendance.report import Joined, Report
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.basics.progress import Ticket
from companion.calendars.model import Account
from companion.calendars.signin import Code, SignedIn
from fakes.house import Made
from fakes.ics import NOW
from fakes.source import FakeSource

ROSA_ID = "rosa-oid.tenant"
TEAMS = "https://teams.microsoft.com/l/meetup-join/19%3a{}%40thread.v2/0?context=%7b%7d"


@dataclass
class FakeReports:
    """Reports by join link, or the code of a refusal; `asked` remembers every question."""

    told: dict[str, list[Report] | str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    opened: str = ""  # the code of what opening ends in
    before: Callable[[], None] = lambda: None

    def open(self, account: Account) -> "FakeReports":
        if self.opened:
            raise Problem(self.opened, account=account.name)
        return self

    def reports(
        self, link: str, organiser: str, ticket: Ticket, during: tuple[datetime, datetime] | None = None
    ) -> list[Report]:
        ticket.step()
        self.asked.append(link)
        self.before()
        told = self.told.get(link, [])
        if isinstance(told, str):
            raise Problem(told, account="Hosts", host="graph.example", status=500, after=60)
        return told

    def close(self) -> None:
        return


@dataclass
class FakeSchedules:
    """Words by address; `asked` remembers who was asked for."""

    told: dict[str, Free] = field(default_factory=dict)
    asked: list[tuple[str, ...]] = field(default_factory=list)
    refusal: str = ""

    def words(self, addresses: Iterable[str], start: datetime, end: datetime, ticket: Ticket) -> Mapping[str, Free]:
        ticket.step()
        self.asked.append(tuple(addresses))
        if self.refusal:
            raise Problem(self.refusal, account="Work")
        return {address: self.told[address] for address in self.asked[-1] if address in self.told}

    def close(self) -> None:
        return


@dataclass
class FakeIdentity:
    """Who signed in; the next sign-in is by `coming`."""

    known: list[SignedIn] = field(default_factory=list)
    coming: SignedIn = field(default_factory=lambda: SignedIn(ROSA_ID, "rosa@ferro.example", "Rosa Vidal"))
    needs: list[tuple[str, ...]] = field(default_factory=list)

    def sign_in(
        self, ticket: Ticket, show: Callable[[str], None], *, hint: str = "", needs: tuple[str, ...] = ()
    ) -> SignedIn:
        self.needs.append(needs)
        self.known.append(self.coming)
        return self.coming

    def sign_in_by_code(self, ticket: Ticket, show: Callable[[Code], None], *, needs: tuple[str, ...] = ()) -> SignedIn:
        raise Problem("ms_code_not_allowed")

    def people(self) -> list[SignedIn]:
        return self.known

    def sign_out(self, person_id: str) -> None:
        self.known = [person for person in self.known if person.id != person_id]


def at_microsoft(
    made: Made, name: str, user: str, owner: str = "", *, hosts: bool = False, mailbox: str = ""
) -> FakeSource:  # fmt: skip
    """An account at Microsoft with a calendar that the test writes by hand."""
    url = "https://graph.example/v1.0/" + (f"users/{mailbox}" if mailbox else "me")
    with made.house.device() as device:
        device.accounts.put(Account(new_id(), name, "microsoft365", url, user, owner, hosts, NOW))
    made.sources[name] = FakeSource({})
    return made.sources[name]


def with_reports(made: Made, reports: FakeReports, identity: FakeIdentity | None = None) -> None:
    """Let the house read these reports."""
    made.house = replace(made.house, open_reports=reports.open, identity=identity or FakeIdentity())


def session(start: datetime, end: datetime, *rows: Joined) -> Report:
    """One session in Teams."""
    return Report("teams", "", start, end, rows)


def row(address: str, name: str, start: datetime, end: datetime) -> Joined:
    """Somebody who was there from then to then."""
    return Joined(address, name, int((end - start).total_seconds()), ((start, end),))
