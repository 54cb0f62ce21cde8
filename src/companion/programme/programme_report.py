"""The programme on one page: a sentence, the look back, teams, what was told, customers, what it does not tell."""

from datetime import date

from companion.attendance.board import Board, Sums
from companion.programme.document import Bar, Chart, Document, Grid, Section
from companion.programme.look_back import look_back
from companion.programme.model import House
from companion.programme.report_rows import Coverage, Visible, coverage, visible
from companion.programme.views.board import board
from companion.programme.views.ground import Ground, ground
from companion.words import report_page as words
from companion.words import reports
from companion.words.attendance import directors, looked_back, standing_word
from companion.words.language import t

MOST_TEAMS, MOST_NAMES, MOST_CUSTOMERS = 12, 24, 12  # one page has room for


def programme_report(house: House, span: str = "", as_of: date | None = None) -> Document:
    """The page of a period, as who works here may see it: by name only where names are shown to them."""
    facts, found = ground(house), board(house, span, as_of)
    seen = visible(house, facts, found)
    customers = coverage(facts, found)
    sections = [_teams(seen, found), _told(found), _heard(customers)]
    if seen.named and 0 < len(seen.rows) <= MOST_NAMES:
        sections.append(_leaders(seen, over=found.facts.over))
    listed = len(seen.rows) <= MOST_NAMES
    limits = words.limits(found.unknown_count, len(found.amendments), named=seen.named, listed=listed)
    sections.append(Section(t("What this does not tell"), items=limits))
    return Document(
        reports.programme_line(facts.programme.name),
        f"{reports.period_line(found.period.first, found.period.last, found.period.label)} "
        f"{reports.as_of_line(found.as_of, facts.zone)}",
        (directors(found.facts), *_back(house, span, as_of)), tuple(sections), _foot(facts),
    )  # fmt: skip


def _back(house: House, span: str, as_of: date | None) -> tuple[str, ...]:
    back = look_back(house, span=span, as_of=as_of)
    return (looked_back(back),) if back.reviews else ()


def _teams(seen: Visible, found: Board) -> Section:
    if not found.rows:
        return Section(t("By team"), (words.no_leaders(),))
    shown = sorted(seen.teams, key=lambda sums: -sums.expected)[:MOST_TEAMS]
    kept = tuple(sums for sums in seen.teams if sums in shown)
    if not kept:
        return Section(t("By team"), (words.too_few(),))
    bars = tuple(_team(sums, seen) for sums in kept)
    notes = (words.left_out(len(seen.teams) - len(kept)),) if len(seen.teams) > len(kept) else ()
    return Section(t("By team"), chart=Chart((t("heard"), t("coming"), t("still needed")), bars, words.by_team()),
                   notes=(*notes, words.bars_of_teams()), key="teams")  # fmt: skip


def _team(sums: Sums, seen: Visible) -> Bar:
    # What somebody hears or will hear beyond their own fills nobody else's place: the three parts are what is expected.
    coming = sums.expected - sums.within - sums.needs
    return Bar(words.team(sums.team, seen.leaders.get(sums.team, 0)), (sums.within, coming, sums.needs),
               words.of_expected(sums.within, sums.expected, sums.coming, sums.heard - sums.within))  # fmt: skip


def _told(found: Board) -> Section:
    heard, completed = found.totals.heard, found.totals.completed
    bars = (
        Bar(t("Was there"), (heard,), str(heard)),
        Bar(t("and told of it in time"), (completed,), words.of(completed, heard)),
    )
    chart = Chart((t("meetings"),), bars, words.loop(completed, heard), heard)
    return Section(t("From hearing to telling"), chart=chart, key="told")


def _heard(customers: list[Coverage]) -> Section:
    every = len(customers)
    heard = sum(bool(one.heard) for one in customers)
    before = sum(one.last is not None and not one.heard for one in customers)
    never = [one for one in customers if one.last is None]
    bars = (
        Bar(t("Heard in the period"), (heard,), words.of(heard, every)),
        Bar(t("Heard before, not in it"), (before,), words.of(before, every)),
        Bar(t("Never heard"), (len(never),), words.of(len(never), every)),
    )
    names = [one.customer.name for one in never if not one.customer.nda]
    return Section(
        t("Customers"), chart=Chart((t("customers"),), bars, words.customers(heard, len(never), every), every),
        notes=(words.never(names[:MOST_CUSTOMERS], len(never)),) if names else (), key="customers",
    )  # fmt: skip


def _leaders(seen: Visible, *, over: bool) -> Section:
    rows = tuple(
        (row.person.name, row.person.team, words.of(row.standing.heard, row.standing.expected),
         str(row.standing.completed), str(row.standing.coming), str(row.standing.needs),
         standing_word(row.standing, over=over))
        for row in seen.rows
    )  # fmt: skip
    return Section(t("Leaders"), grid=Grid(words.leader_head(), rows, frozenset({2, 3, 4, 5})), key="leaders")


def _foot(facts: Ground) -> tuple[str, ...]:
    rules = reports.rules(facts.programme)
    return (*rules[:2], rules[-1])
