"""Graph itself: who may ask what, and the pages of calendars, events and instances."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from servers.microsoft.channels import Channels
from servers.microsoft.delta import Rounds
from servers.microsoft.entries import Shown, id_of_day
from servers.microsoft.faults import Faults, challenge, error
from servers.microsoft.mailbox import Calendar, User
from servers.microsoft.meetings import Meetings
from servers.microsoft.messages import Messages
from servers.microsoft.outgoing import Outgoing
from servers.microsoft.serving import Answer, Asked, answer
from servers.microsoft.shapes import calendar_shape, event, immutable_id, read_prefer, selected
from servers.microsoft.tokens import Grant, Ledger

READ = {"Calendars.Read", "Calendars.Read.Shared", "Calendars.ReadBasic"}
NO_MAILBOX = "The mailbox is either inactive, soft-deleted, or is hosted on-premise."


@dataclass
class Graph:
    """The Graph of one firm. `page`: how much a page holds where nothing is preferred."""

    ledger: Ledger
    faults: Faults
    users: dict[str, User]
    meetings: Meetings
    outgoing: Outgoing
    rounds: Rounds = field(default_factory=Rounds)
    channels: Channels = field(default_factory=Channels)
    messages: Messages = field(default_factory=Messages)
    page: int = 10
    most: int = 1000
    app_mailboxes: set[str] | None = None  # what the collector may read; None: all

    def reply(self, asked: Asked) -> Answer:
        """The answer to a request, with the faults that wait for it."""
        grant = self.ledger.access.get(asked.headers.get("authorization", "").removeprefix("Bearer "))
        if grant:
            asked.user = grant.user.address if grant.user else "app"
        instead, over = self.faults.instead(asked)
        return instead or self.faults.over(self._true(asked, grant), asked, over)

    def _true(self, asked: Asked, grant: Grant | None) -> Answer:
        if grant is None or not grant.good:
            return error(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid.")
        if grant.user and grant.user.address in self.ledger.needs_claims and not grant.claims:
            return challenge()
        root, _, rest = asked.path.partition("/v1.0/")
        whose, _, rest = rest.partition("/")
        if whose == "teams" and not root:
            return self.channels.reply(asked, grant, rest)
        if root or whose not in ("me", "users"):
            return error(400, "BadRequest", "Resource not found for the segment.")
        address = grant.user.address if grant.user else ""
        if whose == "users":
            address, _, rest = rest.partition("/")
        mine = grant.user is not None and address.lower() in (grant.user.address, grant.user.oid)
        user = grant.user if mine else self._user(address)
        if user is None:
            return error(404, "Request_ResourceNotFound", f"Resource '{address}' does not exist.")
        return self._of(asked, grant, user, rest)

    def _user(self, address: str) -> User | None:
        return next((one for one in self.users.values() if address.lower() in (one.address, one.oid)), None)

    def _of(self, asked: Asked, grant: Grant, user: User, rest: str) -> Answer:
        if not rest:
            return _profile(user) if grant.user is user or not grant.user else error(403, "Authorization_RequestDenied")
        if rest.startswith("onlineMeetings"):
            return self.meetings.reply(asked, grant, user, rest)
        if not user.mailbox:
            return error(404, "MailboxNotEnabledForRESTAPI", NO_MAILBOX)
        if asked.method == "POST":
            return self.outgoing.reply(asked, grant, user, rest, self.users)
        if rest.startswith(("messages", "mailFolders")):
            return self.messages.reply(asked, grant, user, rest, f"https://{asked.host}")
        refused = self._refused(grant, user)
        return refused or self._calendars(asked, user, rest)

    def _refused(self, grant: Grant, user: User) -> Answer | None:
        if grant.user is None:
            may = "Calendars.Read" in grant.scopes and (
                self.app_mailboxes is None or user.address in self.app_mailboxes
            )
        elif grant.user is user:
            may = bool(grant.scopes & READ)
        else:
            may = "Calendars.Read.Shared" in grant.scopes and grant.user.address in user.shared_with
        return None if may else error(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")

    def _calendars(self, asked: Asked, user: User, rest: str) -> Answer:
        """`rest` begins with calendar, calendars, calendarView or events."""
        own = asked.user == user.address
        head, _, tail = rest.partition("/")
        if head == "calendars" and not tail:
            seen = user.calendars if own or asked.user == "app" else user.calendars[:1]
            return self._pages(asked, [calendar_shape(calendar) for calendar in seen])
        if head == "calendars":
            wanted, _, tail = tail.partition("/")
            found = next((calendar for calendar in user.calendars if calendar.id == wanted), None)
            if found is None:
                return error(404, "ErrorItemNotFound", "The specified object was not found in the store.")
            return self._calendar(asked, found, tail)
        if head == "calendar":
            return self._calendar(asked, user.calendar, tail)
        if head == "events" and tail:
            wanted = immutable_id(tail.partition("/")[0])
            holds = (calendar for calendar in user.calendars if calendar.find(wanted))
            return self._calendar(asked, next(holds, user.calendar), rest)
        return self._calendar(asked, user.calendar, rest)

    def _calendar(self, asked: Asked, calendar: Calendar, rest: str) -> Answer:
        head, _, tail = rest.partition("/")
        if not head:
            return answer(200, selected(calendar_shape(calendar), asked.query.get("$select", "")))
        if head == "events" and tail:
            return self._event(asked, calendar, tail)
        if rest == "calendarView":
            return self._windowed(asked, lambda first, last: self._shown(asked, calendar, calendar.view(first, last)))
        if rest == "calendarView/delta":
            return self._delta(asked, calendar)
        return error(400, "BadRequest", f"Resource not found for the segment '{rest}'.")

    def _event(self, asked: Asked, calendar: Calendar, rest: str) -> Answer:
        wanted, _, tail = rest.partition("/")
        one = calendar.find(immutable_id(wanted))
        hidden = one is not None and one.entry.sensitivity != "normal" and asked.user != calendar.owner.address
        if one is None or hidden:  # a list shows what is private, GET refuses it (microsoft-graph-docs/issues/14494)
            return error(404, "ErrorItemNotFound", "The specified object was not found in the store.")
        if not tail:
            shape = {**event(one, calendar, read_prefer(asked.headers["prefer"])), **_of_series(asked, one, calendar)}
            return answer(200, selected(shape, asked.query.get("$select", "")))
        if tail != "instances" or one.kind != "seriesMaster":
            return error(400, "ErrorInvalidRequest", "Your request can't be completed.")

        def instances(first: datetime, last: datetime) -> Answer:
            of = [each for each in calendar.view(first, last) if each.entry.id == one.entry.id]
            return self._shown(asked, calendar, of)

        return self._windowed(asked, instances)

    def _windowed(self, asked: Asked, pages: Callable[[datetime, datetime], Answer]) -> Answer:
        window = _window(asked)
        return pages(*window) if window else error(400, "ErrorInvalidParameter", "startDateTime and endDateTime.")

    def _shown(self, asked: Asked, calendar: Calendar, found: list[Shown]) -> Answer:
        prefer, select = read_prefer(asked.headers["prefer"]), asked.query.get("$select", "")
        return self._pages(asked, [selected(event(one, calendar, prefer), select) for one in found])

    def _pages(self, asked: Asked, items: list[dict[str, Any]]) -> Answer:
        """One page, and a link to the next one that repeats the whole query."""
        prefer = read_prefer(asked.headers["prefer"])
        size = min(int(asked.query.get("$top", 0)) or self.most, prefer.page or self.most, self.most)
        if "$top" not in asked.query and not prefer.page:
            size = self.page
        skip = int(asked.query.get("$skip", 0))
        page: dict[str, Any] = {"@odata.context": "https://localhost/$metadata", "value": items[skip : skip + size]}
        if skip + size < len(items):
            query = {**{name: value for name, value in asked.query.items() if name != "again"}, "$skip": skip + size}
            page["@odata.nextLink"] = f"https://{asked.host}{quote(asked.path)}?{urlencode(query)}"
        return answer(200, page)

    def _delta(self, asked: Asked, calendar: Calendar) -> Answer:
        if not calendar.delta:
            return error(*calendar.refusal)
        if {"$select", "$filter", "$orderby", "$top", "$expand", "$search"} & asked.query.keys():
            return error(400, "ErrorInvalidUrlQuery", "The query parameter is not supported with change tracking.")
        prefer = read_prefer(asked.headers["prefer"])
        token = asked.query.get("$skiptoken") or asked.query.get("$deltatoken") or ""
        if token:
            known = self.rounds.known.get(token)
            if known is None or known.calendar is not calendar:
                return error(410, "SyncStateNotFound", "The sync state generation is not found; resync.")
            round_ = self.rounds.again(known) if "$deltatoken" in asked.query else known
        else:
            window = _window(asked)
            if window is None:
                return error(400, "ErrorInvalidParameter", "startDateTime and endDateTime.")
            round_ = self.rounds.begin(calendar, *window)
        base = f"https://{asked.host}{quote(asked.path)}"
        return answer(200, self.rounds.page(round_, min(prefer.page or self.page, self.most), prefer, base))


def _profile(user: User) -> Answer:
    told = {"id": user.oid, "displayName": user.name, "mail": user.address, "userPrincipalName": user.address}
    return answer(200, told)


def _window(asked: Asked) -> tuple[datetime, datetime] | None:
    """Start and end of a view; without an offset they are UTC."""
    try:
        first, last = (datetime.fromisoformat(asked.query[name]) for name in ("startDateTime", "endDateTime"))
    except (KeyError, ValueError):
        return None
    return first.replace(tzinfo=first.tzinfo or UTC), last.replace(tzinfo=last.tzinfo or UTC)


def _of_series(asked: Asked, one: Shown, calendar: Calendar) -> dict[str, Any]:
    """What a master tells only where it is asked for by name (v1.0: event.cancelledOccurrences)."""
    if one.kind != "seriesMaster" or "Occurrences" not in asked.query.get("$select", ""):
        return {}
    prefer = read_prefer(asked.headers["prefer"])
    told: dict[str, Any] = {
        "cancelledOccurrences": [f"OID.{prefer.id(one.id)}.{day}" for day in sorted(one.entry.deleted)]
    }
    if "exceptionOccurrences" in asked.query.get("$expand", ""):
        days = (calendar.find(id_of_day(one.id, day)) for day in sorted(one.entry.days))
        told["exceptionOccurrences"] = [event(day, calendar, prefer) for day in days if day]
    return told
