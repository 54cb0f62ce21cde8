"""From an account to the source that reads it."""

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Account, CalendarSource
from companion.connectors.ics_source import IcsFeed, IcsFile


def open_source(account: Account, password: str | None) -> CalendarSource:
    """The source of an account; `password` None where none is kept. Problem `address_*` for a bad address."""
    if account.kind == "ics" and not _is_address(account.url):
        return IcsFile(account)
    from companion.connectors.caldav.source import CalDavSource
    from companion.connectors.http import Client

    client = Client(account.name, account.url, account.user, password)
    return CalDavSource(account, client) if account.kind == "caldav" else IcsFeed(account, client)


def test_account(account: Account, password: str | None, ticket: Ticket | None = None) -> list[str]:  # noqa: PT028 - no test
    """The names of the calendars an account can read, asked from the server now; Problem where there are none."""
    ticket = ticket or Ticket()
    source = open_source(account, password)
    try:
        if account.kind == "caldav":
            names: list[str] = source.names(ticket)  # type: ignore[attr-defined]
            return names
        names = [
            _name(blob.data) or account.name
            for page in source.pages("", lambda _key: "", ticket)
            for blob in page.blobs
        ]  # fmt: skip
    finally:
        source.close()
    if not names:
        raise Problem("no_calendars", account=account.name, host=account.name)
    return names


def _is_address(url: str) -> bool:
    return url.lower().startswith(("http://", "https://", "webcal://", "webcals://"))


def _name(body: bytes) -> str:
    for line in body[:4096].splitlines():
        if line.upper().startswith((b"X-WR-CALNAME:", b"NAME:")):
            return line.split(b":", 1)[1].decode("utf-8", "replace").strip()
    return ""
