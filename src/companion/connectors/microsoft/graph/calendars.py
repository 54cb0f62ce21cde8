"""Which calendars of a mailbox are read: its own, and nobody else's who shared theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Account
from companion.calendars.signin import APP
from companion.connectors.microsoft.graph.line import GraphError, GraphLine
from companion.connectors.microsoft.signin.scopes import OWN_CALENDAR, SHARED_CALENDAR
from companion.people.addresses import normal

_FIELDS = "id,name,isDefaultCalendar,canEdit,owner"
_CLOSED = frozenset({403, 404})  # the list of a mailbox of which only the calendar itself is shared


@dataclass(frozen=True)
class GraphCalendar:
    """One calendar of a mailbox; `owner` is an address, "" where Graph does not tell it."""

    id: str
    name: str
    default: bool = False
    owner: str = ""


def scopes_of(account: Account, mailbox: str) -> tuple[str, ...]:
    """What reading a mailbox's calendars takes."""
    return OWN_CALENDAR if mailbox == "/me" or account.user == APP else SHARED_CALENDAR


def calendar_names(account: Account, line: GraphLine, ticket: Ticket) -> list[str]:
    """The names of the calendars an account can read."""
    try:
        return [calendar.name for calendar in list_calendars(account, line, ticket)]
    finally:
        line.close()


def list_calendars(account: Account, line: GraphLine, ticket: Ticket) -> list[GraphCalendar]:
    """The calendars to read, the default one first; Problem `no_calendars` where there is none."""
    rows = _rows(account, line, ticket)
    default = next((row for row in rows if row.get("isDefaultCalendar") is True), {})
    mine = _owner(default) or normal(unquote(line.mailbox.removeprefix("/users/"))) if rows else ""
    found = [
        GraphCalendar(str(row["id"]), str(row.get("name") or row["id"]), row is default, _owner(row))
        for row in rows
        if isinstance(row.get("id"), str) and (row is default or _is_own(row, mine, line.mailbox))
    ]
    if not found:
        raise Problem("no_calendars", account=account.name, host=line.host)
    return sorted(found, key=lambda calendar: not calendar.default)


def path_of(calendar: GraphCalendar, mailbox: str) -> str:
    """Where a calendar is asked; of a shared mailbox often only the default one can be."""
    return f"{mailbox}/calendar" if calendar.default else f"{mailbox}/calendars/{quote(calendar.id, safe='')}"


def _rows(account: Account, line: GraphLine, ticket: Ticket) -> list[Mapping[str, Any]]:
    scopes, whose = scopes_of(account, line.mailbox), line.mailbox
    rows: list[Mapping[str, Any]] = []
    fine = () if whose == "/me" else _CLOSED
    try:
        pages = line.pages(
            f"{whose}/calendars", ticket, scopes=scopes, params={"$select": _FIELDS, "$top": "100"}, account_fine=fine
        )
        for page in pages:
            rows += [row for row in page["value"] if isinstance(row, dict)]
    except GraphError as error:
        if error.status not in fine or error.error.startswith("MailboxNotEnabled"):
            raise _plain(error, account) from error
        rows = []
    if not rows and whose != "/me":
        rows = [{**line.get(f"{whose}/calendar", ticket, scopes=scopes), "isDefaultCalendar": True}]
    return rows


def _plain(error: GraphError, account: Account) -> Problem:
    if error.error.startswith("MailboxNotEnabled"):
        return Problem("ms_no_mailbox", account=account.name)
    return error


def _is_own(row: Mapping[str, Any], mine: str, mailbox: str) -> bool:
    # What nobody can write to in one's own mailbox is a list of birthdays or holidays.
    return _owner(row) in ("", mine) and (row.get("canEdit") is not False or mailbox != "/me")


def _owner(row: Mapping[str, Any]) -> str:
    owner = row.get("owner")
    address = owner.get("address") if isinstance(owner, dict) else None
    return normal(address) if isinstance(address, str) else ""
