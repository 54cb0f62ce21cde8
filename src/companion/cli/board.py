"""board: who has heard a customer, who is coming, what is needed, and why."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from companion.attendance.board import Board, Row, Sums
from companion.attendance.days import meeting_day
from companion.attendance.explain import CELLS
from companion.attendance.standing import Flag, Standing
from companion.basics.clock import day_of, read_day
from companion.basics.errors import Problem
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import say, say_json, table
from companion.cli.why import tell_why
from companion.meetings.model import Meeting
from companion.programme.model import House
from companion.programme.report_rows import Visible, visible
from companion.programme.reports import Chosen, board_tables, save
from companion.programme.views.board import asked_to, board
from companion.programme.views.ground import my_ground
from companion.words.attendance import directors, flag, standing_word, why
from companion.words.dates import full_day, short_day
from companion.words.language import t, tn
from companion.words.years import amended, period_name

FLAGS: tuple[str, ...] = get_args(Flag)


@dataclass(frozen=True)
class Shown:
    """A board as it may be shown, narrowed as asked."""

    board: Board
    seen: Visible
    rows: tuple[Row, ...]
    customers: dict[str, str]
    zone: str


def add(commands: Commands) -> None:
    """The command of this file."""
    made = verb(commands, "board", _board, t("who has heard a customer, who is coming, what is needed"))
    made.add_argument("--period", default="", metavar="P", help=t("2026, 2026-04..2027-03, fiscal, last or rolling"))
    made.add_argument("--as-of", metavar="DAY", help=t("as it was known on that day"))
    made.add_argument("--live", action="store_true", help=t("of a closed year, as it is counted now"))
    made.add_argument("--team", default="", metavar="T", help=t("only this team"))
    made.add_argument("--flag", default="", metavar="F", help=", ".join(FLAGS))
    made.add_argument("--why", default="", metavar="PERSON", help=t("what a figure of somebody's row rests on"))
    made.add_argument("--cell", default="heard", metavar="C", help=", ".join(CELLS))
    made.add_argument("--csv", default="", metavar="F", help=t("the rows; what they mean is written beside it"))
    made.add_argument("--xlsx", default="", metavar="F", help=t("with teams, customers, and what they mean"))


def _board(options: argparse.Namespace) -> int:
    day = read_day(options.as_of, "--as-of") if options.as_of else None
    if options.flag and options.flag not in FLAGS:
        raise Problem("flag_unknown", value=options.flag, known=", ".join(FLAGS))
    with house_of(options) as house:
        if options.why:
            return tell_why(house, options, day)
        shown = _shown(house, options, day)
        if options.csv or options.xlsx:
            save(house, board_tables(house, options.period, day, _chosen(options, shown)),
                 csv=options.csv, xlsx=options.xlsx)  # fmt: skip
    say_json(board_json(shown)) if options.json else _print(shown)
    return 0


def _shown(house: House, options: argparse.Namespace, day: date | None) -> Shown:
    found = board(house, options.period, day, live=options.live)
    seen = visible(house, my_ground(house), found)
    with house.workspace(write=False) as tx:
        customers = {customer.id: customer.name for customer in tx.customers.all()}
        zone = tx.programme.get().zone
    rows, team = seen.rows, options.team.strip().casefold()
    if team:
        teams = {sums.team.casefold(): sums.team for sums in seen.teams}
        if team not in teams:
            raise Problem("board_team_unknown", value=options.team, known=", ".join(teams.values()))
        rows = tuple(row for row in rows if row.person.team.casefold() == team)
    if options.flag:
        rows = tuple(row for row in rows if row.standing.flag == options.flag)
    return Shown(found, seen, rows, customers, zone)


def _chosen(options: argparse.Namespace, shown: Shown) -> Chosen:
    said = []
    if options.team:
        said.append(t("team {team}", team=options.team))
    if options.flag:
        said.append(flag(options.flag))
    return Chosen(frozenset(row.person.id for row in shown.rows) if said else None, tuple(said))


def board_json(shown: Shown) -> dict[str, Any]:
    """The board as the command answers it."""
    found, closing = shown.board, shown.board.closing
    return {
        "period": {"first": found.period.first, "last": found.period.last, "label": found.period.label},
        "as_of": found.as_of, "target": found.totals.expected, "sentence": directors(found.facts),
        "unknown": found.unknown_count, "open_reviews": [meeting.id for meeting in found.open_reviews],
        "rows": [_row(row, shown.customers) for row in shown.rows], "names": shown.seen.named,
        "teams": [
            {"team": sums.team, "n": sums.leaders, "on_track": sums.on_track, "expected": sums.expected,
             "done": sums.heard, "completed": sums.completed, "coming": sums.coming, "needs": sums.needs}
            for sums in shown.seen.teams
        ],
        "closed": {"at": closing.at, "by": closing.by, "reason": closing.reason} if closing else None,
        "amendments": [
            {"person": row.person.name, "email": row.person.email, "figure": one.cell, "old": one.old, "new": one.new,
             "because": [why(reason.code, reason.facts, shown.customers) for reason in one.because]}
            for row in shown.rows for one in found.amendments if one.person_id == row.person.id
        ],
    }  # fmt: skip


def _row(row: Row, customers: dict[str, str]) -> dict[str, Any]:
    s = row.standing
    return {
        "person": row.person.name, "email": row.person.email, "team": row.person.team, "target": s.target,
        "expected": s.expected, "done": s.heard, "completed": s.completed, "coming": s.coming, "needs": s.needs,
        "flag": s.flag, "why": [why(r.code, r.facts, customers) for r in s.why], "asked": s.offered,
        "unknown": s.unknown, "open": s.open, "seated_by": s.last_feasible, "carried": s.carried,
        "customers": s.customers, "last": s.last.id if s.last else None, "next": s.next.id if s.next else None,
    }  # fmt: skip


def _print(shown: Shown) -> None:
    found = shown.board
    say(t("Board, {period}", period=period_name(found.period.label, found.period.first, found.period.last)))
    if found.closing:
        day = full_day(day_of(found.closing.at, shown.zone))
        say(t("Closed on {day}: {reason}", day=day, reason=found.closing.reason))
    say(directors(found.facts))
    say("")
    if shown.seen.named or shown.rows:
        _print_rows(shown)
    if not shown.seen.named:
        if shown.rows:
            say("")
        _print_teams(shown.seen.teams)
        say(t("Others' figures show by name only to ops, and once the agreement behind it is recorded."))
    if found.unknown_count:
        say("")
        say(tn("{count} past seat has no record and counts for nobody.",
               "{count} past seats have no record and count for nobody.", found.unknown_count))  # fmt: skip


def _print_rows(shown: Shown) -> None:
    rows, found = [], shown.board
    for row in shown.rows:
        s = row.standing
        today, over = day_of(found.as_of, shown.zone), found.facts.over
        last = _met(s.last, shown, today) or t("not yet")
        coming = _met(s.next, shown, today) or ("" if over else _asked(s, shown, today) or t("none"))
        heard = t("{heard} of {expected}", heard=s.heard, expected=s.expected)
        by = t("by {day}", day=short_day(s.last_feasible)) if s.last_feasible and not over else ""
        name = row.person.name or t("somebody who is gone")
        rows.append((row.person.team, name, heard, last, coming, f"{standing_word(s, over=over)} {by}".strip()))
        rows += [("", "", amended(one.cell, one.old, one.new), "", "", "")
                 for one in found.amendments if one.person_id == row.person.id]  # fmt: skip
    table(rows, (t("Team"), t("Leader"), t("Heard"), t("Last heard"), t("Next"), t("What is needed")))


def _print_teams(teams: Sequence[Sums]) -> None:
    rows = [
        (sums.team, t("n = {n}", n=sums.leaders), t("{heard} of {expected}", heard=sums.within, expected=sums.expected),
         str(sums.coming), str(sums.needs))
        for sums in teams
    ]  # fmt: skip
    table(rows, (t("Team"), "", t("Heard"), t("Coming"), t("Needs")))


def _met(meeting: Meeting | None, shown: Shown, today: date) -> str:
    if meeting is None:
        return ""
    return f"{shown.customers.get(meeting.customer_id, '')}, {short_day(meeting_day(meeting, shown.zone), today)}"


def _asked(standing: Standing, shown: Shown, today: date) -> str:
    found = asked_to(standing)
    if found is None:
        return ""
    name = shown.customers.get(found[0]) or t("a customer")
    return t("asked: {customer}, {day}", customer=name, day=short_day(found[1], today))
