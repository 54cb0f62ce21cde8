"""seats free and seats reports."""

import argparse
from typing import TYPE_CHECKING, Any

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import say, say_json, table, tell
from companion.programme.model import House
from companion.words import joining as words
from companion.words.dates import short_day, span
from companion.words.language import t, tn

if TYPE_CHECKING:  # each verb loads what it needs when it is called
    from companion.programme.views.joining import ReportRow
    from companion.programme.views.meetings import MeetingRow


def add(seats: Commands) -> None:
    """The verbs of this file, below `seats`."""
    free = verb(seats, "free", _free, t("who is free for an open review, as far as Microsoft 365 tells"))
    free.add_argument("meeting", metavar="MEETING")
    past = verb(seats, "reports", _reports, t("how far the join report of each past Teams meeting is"))
    switch = past.add_mutually_exclusive_group()
    switch.add_argument("--on", metavar="ACCOUNT", help=t("collect join reports by this account: signs in once more"))
    switch.add_argument("--off", metavar="ACCOUNT", help=t("collect none by this account any more"))


def _free(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        row, zone = _open_review(house, options.meeting)
    found = row.free
    if options.json:
        say_json(_free_json(row))
        return 0
    meeting = row.meeting
    say(f"{meeting.title} · {span(meeting.start, meeting.end, zone, all_day=meeting.all_day)}")
    if found is None:
        say(t("Nobody has been asked yet. A sync of a Microsoft 365 calendar asks, for leaders who need a seat."))
        return 0
    for line in words.who_is_free(found):
        say(line)
    return 0


def _open_review(house: House, text: str) -> "tuple[MeetingRow, str]":
    from companion.programme.meetings import find
    from companion.programme.views.meetings import meetings

    with house.workspace(write=False) as tx:
        wanted = find(tx, text)
    view = meetings(house)
    row = view.row(wanted.id)
    if row is None or row.past:
        raise Problem("review_over", title=wanted.title)
    return row, view.zone


def _free_json(row: "MeetingRow") -> dict[str, Any]:
    found = row.free
    kinds = ("free", "busy", "away")
    return {
        "meeting": row.meeting.id, "title": row.meeting.title, "start": row.meeting.start, "open": row.open,
        "asked": found.asked if found else None, "you": found.mine or None if found else None,
        **{kind: found.named(kind) if found else [] for kind in kinds},  # type: ignore[arg-type]
        "counts": dict(found.numbers) if found else dict.fromkeys(kinds, 0),
        "unknown": found.unknown if found else None,
    }  # fmt: skip


def _reports(options: argparse.Namespace) -> int:
    if options.on:
        from companion.cli.microsoft import asking_it

        return asking_it(_on)(options)
    from companion.programme.views.joining import past_reports

    with house_of(options) as house:
        if options.off:
            from companion.programme.collecting import turn_off

            turn_off(house, options.off)
            say_json({"account": options.off}) if options.json else say(
                t("{name} collects no join reports any more. What was taken stays.", name=options.off)
            )
            return 0
        found, zone = past_reports(house)
        today = day_of(house.clock(), zone)
    if options.json:
        say_json([_report_json(row) for row in found])
        return 0
    rows = [
        (row.meeting.id[:8], short_day(day_of(row.meeting.start, zone), today), row.customer.name, row.meeting.title,
         words.report(row.state.code, day_of(row.state.at, zone) if row.state.at else None, today))
        for row in found
    ]  # fmt: skip
    if rows:
        table(rows, (t("Id"), t("Day"), t("Customer"), t("Title"), t("Join report")))
    else:
        say(t("No customer meeting of the last year was in Teams."))
    return 0


def _report_json(row: "ReportRow") -> dict[str, Any]:
    state = row.state
    return {
        "meeting": row.meeting.id, "title": row.meeting.title, "start": row.meeting.start,
        "customer": row.customer.name, "report": state.code, "looked": state.at, "again": state.again,
        "sentence": words.report(state.code, state.at.date() if state.at else None),
    }  # fmt: skip


def _on(options: argparse.Namespace) -> int:
    from companion.cli.microsoft import show_address, signing_in
    from companion.programme.collecting import turn_on

    with house_of(options) as house, signing_in() as ticket:
        found = turn_on(house, options.on, ticket, show_address)
    if found.problem:
        tell(found.problem)
    if options.json:
        say_json({"account": options.on, "looked": found.looked, "taken": found.taken})
        return 0
    say(t("{name} collects join reports from now on, after each sync.", name=options.on))
    say(tn("{count} report taken.", "{count} reports taken.", found.taken))
    return 0
