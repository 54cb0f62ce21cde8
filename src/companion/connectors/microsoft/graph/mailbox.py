"""One mailbox and the months of it that are read: what both kinds of round need."""

from dataclasses import dataclass
from typing import Any

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Account
from companion.connectors.microsoft.graph.calendars import GraphCalendar, list_calendars, scopes_of
from companion.connectors.microsoft.graph.cursor import place_of
from companion.connectors.microsoft.graph.line import GraphLine
from companion.connectors.microsoft.graph.pages import Truth
from companion.connectors.microsoft.graph.window import Span, near


@dataclass(frozen=True)
class Mailbox:
    """A mailbox as one account reads it."""

    account: Account
    line: GraphLine
    span: Span

    @property
    def place(self) -> str:
        """What the mailbox is known by in a cursor."""
        return place_of(self.account, self.line.host)

    @property
    def scopes(self) -> tuple[str, ...]:
        """What its calendars are asked with."""
        return scopes_of(self.account, self.line.mailbox)

    @property
    def now(self) -> int:
        """Seconds since 1970."""
        return int(self.line.gate.clock().timestamp())

    @property
    def near(self) -> Span:
        """The months of the nearest weeks."""
        return near(self.span, self.line.gate.clock().date())

    def calendars(self, ticket: Ticket) -> list[GraphCalendar]:
        """The calendars there are now."""
        return list_calendars(self.account, self.line, ticket)

    def truth(self, calendar: GraphCalendar) -> Truth:
        """What reads a calendar."""
        return Truth(self.line, calendar, self.span, self.scopes, calendar.owner or self.account.owner)

    def problem(self, code: str, **facts: Any) -> Problem:
        """A problem of this account."""
        return Problem(code, account=self.account.name, host=self.line.host, **facts)
