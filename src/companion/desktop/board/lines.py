"""Which rows the board lists, in which order, their sums, and what each cell says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from companion.attendance.board import Row, Sums, sums
from companion.attendance.days import meeting_day
from companion.basics.clock import day_of
from companion.basics.folding import fold
from companion.desktop.board.asked import Asked
from companion.desktop.board.columns import COLUMNS, KEYS
from companion.desktop.board.facts import BoardView
from companion.meetings.model import Meeting
from companion.programme.views.board import asked_to
from companion.programme.views.forecast import group_of
from companion.words import board as words
from companion.words.attendance import stood
from companion.words.dates import short_day
from companion.words.language import t, tn
from companion.words.years import amended

TONES = {"done": "good", "needs_seat": "warning", "waiting": "warning", "cannot_reach": "bad"}
Item = Row | Sums | str  # a leader, the sums of a team, or a team's name above its leaders


@dataclass(frozen=True)
class Line:
    """One row as it is shown. `soft`: the columns that say that there is nothing."""

    cells: tuple[str, ...]
    pips: tuple[int, int, int] = (0, 0, 0)
    tone: str = ""  # of what is needed
    beside: str = ""  # what stands beside what is needed
    soft: frozenset[int] = field(default_factory=frozenset)
    heading: bool = False


@dataclass(frozen=True)
class Listing:
    """What is listed, and its sums."""

    items: tuple[Item, ...]
    sums: Sums
    shown: int  # leaders that are listed


def listing(view: BoardView, asked: Asked) -> Listing:
    """The rows that were asked for; where names are not to be shown the own row and the sums of teams."""
    if not view.names:
        return Listing((*view.seen.rows, *view.seen.teams), view.board.totals, len(view.board.rows))
    typed = fold(asked.text).split()
    rows = [row for row in view.board.rows if _holds(row, view, asked, typed)]
    return Listing(_ordered(rows, asked.order), sums("", rows), len(rows))


def told(item: Item, view: BoardView) -> Line:
    """One line as it is shown."""
    if isinstance(item, str):
        return Line((item or t("Without a team"), *[""] * (len(COLUMNS) - 1)), heading=True)
    return _team(item) if isinstance(item, Sums) else _leader(item, view)


def _holds(row: Row, view: BoardView, asked: Asked, typed: Sequence[str]) -> bool:
    if asked.team and row.person.team != asked.team:
        return False
    # Once a period is over nobody waits for anything: there are no states to choose from.
    if asked.state and not view.board.facts.over and group_of(row) != asked.state:
        return False
    if not typed:
        return True
    text = view.texts[row.person.id]
    return all(word in text for word in typed)


def _ordered(rows: Sequence[Row], order: str) -> tuple[Item, ...]:
    """The teams in their order, each with its leaders as asked: nobody stands at the head of the whole house."""
    teams: dict[str, list[Row]] = {}
    for row in rows:
        teams.setdefault(row.person.team, []).append(row)
    items: list[Item] = []
    for team, own in teams.items():
        if order == "needs":  # whom to look after first: the most seats, then the fewest reviews left
            own.sort(key=lambda row: (-row.standing.needs, row.standing.flag != "cannot_reach"))
        elif order == "last":
            own.sort(key=lambda row: row.standing.last.start.timestamp() if row.standing.last else 0.0)
        items += [team, *own]
    return tuple(items)


def _team(team: Sums) -> Line:
    people = tn("{count} leader", "{count} leaders", team.leaders)
    name = team.team or t("Without a team")
    cells = {
        "leader": t("{team} ({people})", team=name, people=people),
        "heard": t("{heard} of {expected}", heard=team.within, expected=team.expected),
        "last": tn("{count} heard beyond", "{count} heard beyond", team.heard - team.within)
        if team.heard > team.within
        else "",
        "next": tn("{count} coming", "{count} coming", team.coming),
        "needed": tn("{count} seat", "{count} seats", team.needs) if team.needs else t("nothing"),
        "completed": str(team.completed),
        "coming": str(team.coming),
        "expected": str(team.expected),
    }
    return Line(tuple(cells.get(key, "") for key in KEYS))


def _leader(row: Row, view: BoardView) -> Line:
    s, today, over = row.standing, day_of(view.board.as_of, view.zone), view.board.facts.over
    untold = sum(reason.code == "tell_by" for reason in s.why)
    cells = {
        "leader": row.person.name,
        "heard": t("{heard} of {expected}", heard=s.heard, expected=s.expected),
        "next": _met(s.next, view, today) or ("" if over else _asked(row, view, today) or t("none")),
        "needed": stood(s.flag, s.heard, s.expected) if over else words.needed(s.flag, s.needs),
        "last": _met(s.last, view, today) or t("not yet"),
        "completed": t("{completed} of {heard}", completed=s.completed, heard=s.heard) if s.heard else "0",
        "coming": str(s.coming),
        "expected": _expected(row),
        "until": short_day(s.last_feasible, today) if s.last_feasible else "",
        "customers": str(s.customers),
    }
    nothing = {"next": not s.next, "last": not s.last, "needed": s.flag in ("on_track", "exempt")}
    return Line(
        tuple(cells[key] for key in KEYS),
        (s.heard, min(s.coming, max(0, s.expected - s.heard)), s.needs),
        TONES.get(s.flag, "") if not over or s.flag == "done" else "",
        _amended(row, view) or words.beside("" if over else s.flag, s.open, view.board.period.last, untold),
        frozenset(KEYS.index(key) for key, soft in nothing.items() if soft),
    )


def _amended(row: Row, view: BoardView) -> str:
    """What is another figure since the year was closed."""
    changed = [one for one in view.board.amendments if one.person_id == row.person.id]
    heard = next((one for one in changed if one.cell == "heard"), None)
    if heard is not None and heard.new:
        return amended("heard", heard.old, heard.new)
    return amended(changed[0].cell, changed[0].old, changed[0].new) if changed else ""


def _asked(row: Row, view: BoardView, today: date) -> str:
    """The first meeting somebody was asked to."""
    found = asked_to(row.standing)
    if found is None:
        return ""
    name = view.customers.get(found[0]) or t("a customer")
    return t("asked: {day} · {customer}", day=short_day(found[1], today), customer=name)


def _expected(row: Row) -> str:
    """What is expected, and why it is not the year's target."""
    s = row.standing
    if s.expected == s.target:
        return str(s.expected)
    joined = next((dict(reason.facts)["day"] for reason in s.why if reason.code == "joined"), "")
    if joined:
        return t("{expected} since {day}", expected=s.expected, day=short_day(date.fromisoformat(joined)))
    return t("{expected} of {target}", expected=s.expected, target=s.target)


def _met(meeting: Meeting | None, view: BoardView, today: date) -> str:
    if meeting is None:
        return ""
    name = view.customers.get(meeting.customer_id) or meeting.title
    # The day comes first: it is seen where the name is cut.
    return t("{day} · {customer}", day=short_day(meeting_day(meeting, view.zone), today), customer=name)
