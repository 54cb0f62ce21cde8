"""calendarView/delta: the signal. What it tells of an event is not believed, only that something changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.connectors.microsoft.graph.calendars import GraphCalendar, path_of
from companion.connectors.microsoft.graph.line import GraphError, GraphLine
from companion.connectors.microsoft.graph.pages import PREFER, prefer_pages
from companion.connectors.microsoft.graph.walk import LoopError
from companion.connectors.microsoft.graph.window import Span

PAGE = 1000  # bare items are small
_CANNOT = frozenset({400, 403, 404, 405, 410, 500, 501, 504})  # to a round that begins: other calendars than the first
_LOST = frozenset({400, 404, 410, 501, 504})  # to a link that was given: the server no longer knows where we stand


@dataclass
class News:
    """What was named since a link, and the link that goes on from here ("" where none was given).

    `singles`: id -> the event as told; `series`: ids of masters; `removed`: ids of whatever it was.
    """

    link: str = field(default="", repr=False)
    series: set[str] = field(default_factory=set)
    singles: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)

    @property
    def any(self) -> bool:
        """Whether anything was named."""
        return bool(self.series or self.singles or self.removed)


def begin(line: GraphLine, calendar: GraphCalendar, span: Span, ticket: Ticket, scopes: tuple[str, ...]) -> str:
    """The link that will tell what changes from now on in these days; "" where Graph gives none for this calendar."""
    whole = f"{line.mailbox}/calendarView/delta"
    path = whole if calendar.default else f"{path_of(calendar, line.mailbox)}/calendarView/delta"
    for _ in (1, 2):  # even a fresh round may be told that its state is gone
        try:
            return _walk(line, path, ticket, scopes, span.params()).link
        except LoopError:
            return ""
        except GraphError as error:
            if error.status not in _CANNOT:
                raise
            if error.status != 410:
                return ""
    return ""


def changes(line: GraphLine, link: str, ticket: Ticket, scopes: tuple[str, ...]) -> News | None:
    """What changed since a link; None where that can no longer be told and everything has to be read."""
    try:
        line.check(link)
    except Problem:  # of another Graph than the one that is asked now: no fault of its answers
        return None
    try:
        news = _walk(line, link, ticket, scopes, None)
    except LoopError:
        return None
    except GraphError as error:
        if error.status not in _LOST:
            raise
        return None
    return news if news.link else None


def _walk(
    line: GraphLine, place: str, ticket: Ticket, scopes: tuple[str, ...], params: Mapping[str, str] | None
) -> News:
    news = News()
    pages = line.pages(
        place, ticket, scopes=scopes, params=params, prefer=(*PREFER, prefer_pages(PAGE)), account_fine=_CANNOT
    )
    for page in pages:
        ticket.step("asking")
        for item in page["value"]:
            if isinstance(item, dict) and isinstance(item.get("id"), str):
                _take(news, item)
        link = page.get("@odata.deltaLink")
        if isinstance(link, str) and link:
            line.check(link)
            news.link = link
    return news


def _take(news: News, item: Mapping[str, Any]) -> None:
    name, master = str(item["id"]), item.get("seriesMasterId")
    if "@removed" in item:
        news.removed.add(name)
    elif item.get("type") == "seriesMaster":
        news.series.add(name)
    elif isinstance(master, str) and master:
        news.series.add(master)
    else:
        news.singles[name] = item
        news.removed.discard(name)
