"""All that talks to Microsoft, with one set of tokens and one gate."""

from functools import cached_property

from companion.attendance.availability import Schedules
from companion.attendance.report import ReportSource
from companion.basics.clock import Clock
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Account, CalendarSource, Window
from companion.calendars.signin import Registration
from companion.connectors.microsoft.graph.gate import Gate
from companion.connectors.microsoft.graph.line import GraphLine
from companion.connectors.microsoft.signin.identity import MicrosoftIdentity
from companion.people.addresses import normal
from companion.programme.channels import elsewhere
from companion.programme.model import Begin, DeviceTx, Secrets
from companion.takeaways.inbox import Inbox
from companion.takeaways.model import Channel


class Microsoft:
    """One for each profile that is open; its parts are made when first asked for."""

    def __init__(self, registration: Registration, secrets: Secrets, begin: Begin[DeviceTx], clock: Clock) -> None:
        self._registration, self._secrets, self._begin, self._clock = registration, secrets, begin, clock

    @cached_property
    def identity(self) -> MicrosoftIdentity:
        """Who signed in, and their tokens."""
        return MicrosoftIdentity(self._registration, self._secrets, self._clock)

    @cached_property
    def gate(self) -> Gate:
        """What holds every request back while the server wants it so."""
        return Gate(self._registration, self._begin, self._clock)

    def open_calendar(self, account: Account, window: Window) -> CalendarSource:
        """The source of an account's calendars within a window."""
        from companion.connectors.microsoft.graph.source import GraphSource

        return GraphSource(account, window, self._line(account))

    def calendar_names(self, account: Account) -> list[str]:
        """The names of the calendars an account can read, asked now."""
        from companion.connectors.microsoft.graph.calendars import calendar_names

        return calendar_names(account, self._line(account), Ticket())

    def open_reports(self, account: Account) -> ReportSource:
        """Reports of the meetings that the account's owner organised."""
        from companion.connectors.microsoft.graph.reports import GraphReports

        return GraphReports(account, self._line(account))

    def open_schedules(self, account: Account) -> Schedules:
        """Free and busy of our people, as far as the account may see it."""
        from companion.connectors.microsoft.graph.schedules import GraphSchedules

        return GraphSchedules(account, self._line(account))

    def open_sender(self, channel: Channel) -> GraphLine:
        """The line of whoever a channel goes out as; Problem `channel_elsewhere` where they are not signed in here."""
        return self._line(self._sender(channel))

    def open_mailbox(self, inbox: Inbox) -> GraphLine:
        """The line to a mailbox for answers; Problem `inbox_elsewhere` where its reader is not signed in here."""
        user, mailbox = normal(inbox.config.get("user", "")), normal(inbox.config.get("mailbox", ""))
        account = self._as(user, inbox.id, mailbox if mailbox != user else "")
        if account is None:
            raise Problem("inbox_elsewhere", inbox=inbox.name, user=user)
        return self._line(account)

    def _sender(self, channel: Channel) -> Account:
        account = self._as(normal(channel.config.get("user", "")), channel.id)
        if account is None:
            raise elsewhere(channel)
        return account

    def _as(self, user: str, account_id: str, mailbox: str = "") -> Account | None:
        """Whoever signed in under that address, at their own mailbox or at another."""
        for person in self.identity.people():
            if user and normal(person.address) == user:
                place = f"users/{mailbox}" if mailbox else "me"
                url = f"{self._registration.graph_url.rstrip('/')}/v1.0/{place}"
                return Account(account_id, user, "microsoft365", url, person.id, user, False, self._clock())
        return None

    def _line(self, account: Account) -> GraphLine:
        return GraphLine(account, self._registration, self.identity, self.gate)


def open_microsoft(registration: Registration, secrets: Secrets, begin: Begin[DeviceTx], clock: Clock) -> Microsoft:
    """The Microsoft of a profile."""
    return Microsoft(registration, secrets, begin, clock)
