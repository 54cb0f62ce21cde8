"""A Microsoft 365 mailbox as a source: calendarView is the truth, delta only says where to look."""

from collections.abc import Iterator

from companion.basics.progress import Ticket
from companion.calendars.model import Account, Known, Page, Window
from companion.connectors.microsoft.graph.cursor import parse_cursor
from companion.connectors.microsoft.graph.line import GraphLine
from companion.connectors.microsoft.graph.mailbox import Mailbox
from companion.connectors.microsoft.graph.steady import changed
from companion.connectors.microsoft.graph.whole import everything
from companion.connectors.microsoft.graph.window import span_of


class GraphSource:
    """The calendars of one mailbox in the months that a window touches.

    A first round, and one whose thread was lost, reads all of these months, the nearest weeks first; a later one
    asks each calendar what changed and reads only that.
    """

    def __init__(self, account: Account, window: Window, line: GraphLine) -> None:
        self._line = line
        self._mailbox = Mailbox(account, line, span_of(window))

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
        """One page with what changed, or one for each run of months; the last one is complete."""
        ticket.step("asking")
        was = parse_cursor(cursor, self._mailbox.place, self._mailbox.span)
        page = None if was.full else changed(self._mailbox, was, known, ticket)
        if page:
            yield page
        else:
            yield from everything(self._mailbox, was, known, ticket)
