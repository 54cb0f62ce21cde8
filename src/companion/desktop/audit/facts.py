"""What the audit's page reads, and which of it is listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.programme import audits
from companion.programme.audits import Audit, Line
from companion.programme.model import House
from companion.words import audit as words
from companion.words.language import mark, t

SPANS: dict[str, str] = {  # days back; "" for all of it
    "30": mark("The last 30 days"),
    "365": mark("The last year"),
    "": mark("Everything"),
}
FAMILIES: dict[str, str] = {  # what a line is about, by the beginning of its code
    "": mark("All of it"),
    "seat": mark("Seats"),
    "target": mark("Targets"),
    "leave": mark("Leave"),
    "person": mark("People"),
    "customer": mark("Customers"),
    "meeting": mark("Meetings"),
    "programme": mark("Settings of the programme"),
    "agreement": mark("Agreement on names"),
    "year": mark("Closed years"),
    "offer": mark("Offers of seats"),
    "plan": mark("Decisions for the planner"),
    "import": mark("Past attendance brought in"),
}


@dataclass(frozen=True)
class Shown:
    """One line in words; `plain` is what a search looks in."""

    line: Line
    when: str
    what: str
    about: str
    change: str
    plain: str

    @property
    def told(self) -> str:
        """The whole line as a sentence."""
        return words.sentence(self.when, self.line.who, self.line.what, self.about, self.change, self.line.why)


@dataclass(frozen=True)
class AuditView:
    """What stands on the page, newest first."""

    lines: tuple[Shown, ...]
    hidden: int
    families: tuple[str, ...]  # that there are lines of
    mine: bool = False  # only those about, or by, who works here


def read_audit(house: House, span: str) -> AuditView | Problem:
    """Read the lines of that many days; Problem `only_ops` for whom nobody knows."""
    try:
        found = audits.entries(house, since(house, span))
    except Problem as problem:
        return problem
    zone = ZoneInfo(found.zone)
    today = day_of(house.clock(), found.zone)
    lines = tuple(_shown(one, zone, today) for one in found.lines)
    there = {family(one.line.what) for one in lines}
    return AuditView(lines, found.hidden, tuple(key for key in FAMILIES if not key or key in there), found.mine)


def since(house: House, span: str) -> date | None:
    """The first day of a span, None for all of it."""
    with house.workspace(write=False) as tx:
        zone = tx.programme.get().zone
    return day_of(house.clock(), zone) - timedelta(days=int(span)) if span else None


def listed(view: AuditView, text: str, chosen: str) -> Sequence[Shown]:
    """The lines of a family in which each of the words stands."""
    wanted = text.casefold().split()
    return [
        one for one in view.lines
        if chosen in ("", family(one.line.what)) and all(word in one.plain for word in wanted)
    ]  # fmt: skip


def export(house: House, lines: Sequence[Shown], path: Path) -> Path:
    """Write what is listed as CSV."""
    head, made = audits.rows(Audit(tuple(one.line for one in lines), 0, "", ()), words.what)
    house.write_csv(path, head, made)
    return path


def family(code: str) -> str:
    """Which of the families a code belongs to; its own first word where it is of none."""
    first = code.partition(".")[0]
    return {"customers": "customer", "contact": "customer", "carried": "target", "digest": "programme"}.get(
        first, first
    )


def _shown(line: Line, zone: ZoneInfo, today: date) -> Shown:
    local = line.at.astimezone(zone)
    when = words.moment(local.date(), f"{local:%H:%M}", today)
    what, about = words.what(line.what), "; ".join(line.about)
    change = words.from_to(line.what, line.old, line.new)
    plain = " ".join((when, line.who, what, line.what, about, change, words.reason(line.why), line.why)).casefold()
    return Shown(line, when, what, about, change, plain)


def family_name(key: str) -> str:
    """What a family is called."""
    return t(FAMILIES[key])
