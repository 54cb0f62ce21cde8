"""What reads files and makes pages, each loaded when it is first needed: a short command waits for none of it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from companion.attendance.entry import SeatEntry
from companion.attendance.planner.instance import Solver
from companion.basics.progress import Ticket
from companion.briefs.model import Brief, Page
from companion.calendars.model import Window
from companion.meetings.recognise import Rules
from companion.programme.document import Document
from companion.takeaways.inbox import Reply
from companion.takeaways.letters import LetterParcel
from companion.takeaways.model import Parcel, Shown
from companion.takeaways.slide import Slide


def read_mails(path: Path) -> list[Reply]:
    """See `connectors.mails`."""
    from companion.connectors.mails import read_mails as made

    return made(path)


def read_text(text: str) -> str:
    """See `connectors.markdown.to_read`."""
    from companion.connectors.markdown import to_read as made

    return made(text)


def render_letter(parcel: LetterParcel) -> tuple[str, Shown]:
    """See `connectors.letters`."""
    from companion.connectors.letters import render_letter as made

    return made(parcel)


def render_entry(entries: Iterable[SeatEntry], name: str = "") -> bytes:
    """See `connectors.entry`."""
    from companion.connectors.entry import render_entry as made

    return made(entries, name)


def outside_domains(data: bytes, rules: Rules, window: Window) -> Mapping[str, int]:
    """See `connectors.ics.outside`."""
    from companion.connectors.ics.outside import outside_domains as made

    return made(data, rules, window)


def read_table(path: Path) -> str:
    """See `connectors.spreadsheets.read_text`."""
    from companion.connectors.spreadsheets import read_text as made

    return made(path)


def write_table(kind: str, *content: Any, **more: Any) -> None:
    """A table as a file; `kind`: csv or xlsx, see `connectors.spreadsheets`."""
    from companion.connectors.spreadsheets import write_csv, write_xlsx

    write: Callable[..., None] = write_csv if kind == "csv" else write_xlsx
    write(*content, **more)


def render_copy(parcel: Parcel) -> tuple[str, str]:
    """See `connectors.rendering`."""
    from companion.connectors.rendering import render_copy as made

    return made(parcel)


def render_card(parcel: Parcel, about: str, team: str, week: date) -> Slide:
    """See `connectors.card`."""
    from companion.connectors.card import render_card as made

    return made(parcel, about, team, week)


def render_brief(brief: Brief, language: str) -> Page:
    """See `connectors.brief`."""
    from companion.connectors.brief import render_brief as made

    return made(brief, language)


def render_report(document: Document) -> Page:
    """See `connectors.report`."""
    from companion.connectors.report import render_report as made

    return made(document)


def render_pdf(html: str, size: str = "A4", ticket: Ticket | None = None) -> bytes:
    """See `connectors.paper`."""
    from companion.connectors.paper import render_pdf as made

    return made(html, size, ticket)


def open_solver() -> Solver | None:
    """The planner's solver; None where that extra is not installed, and the planner searches by itself."""
    if find_spec("highspy") is None:
        return None
    from companion.connectors.solver import Highs

    return Highs()
