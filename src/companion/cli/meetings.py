"""meetings."""

import argparse
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from companion.attendance.model import Evidence
from companion.basics.clock import day_of, start_of
from companion.calendars.model import Window
from companion.cli.asking import Commands, add_days, days_of, house_of, verb
from companion.cli.out import problem_json, say, say_json, table, tell_all
from companion.meetings.form import Form, form_of
from companion.meetings.model import Meeting
from companion.programme.model import House
from companion.programme.views.meetings import MeetingRow, meetings
from companion.words.attendance import seat_word
from companion.words.dates import short_day
from companion.words.language import t, tn
from companion.words.meetings import not_named
from companion.words.recognition import reasons


def add(commands: Commands) -> None:
    """The commands of this file."""
    noun: argparse.ArgumentParser = commands.add_parser("meetings", help=t("customer meetings"))
    noun.set_defaults(run=_list)
    noun.add_argument("--json", action="store_true", help=t("answer in JSON"))
    noun.add_argument("--all", action="store_true", help=t("dismissed ones too"))
    add_days(noun)
    kinds = noun.add_subparsers(dest="verb", metavar="VERB")
    table_in = verb(kinds, "import", _import, t("reviews from a CRM's table"))
    table_in.add_argument("file", metavar="F.csv")
    table_in.add_argument("--dry-run", action="store_true", help=t("say what would come in, take nothing"))
    for name, run, text in (
        ("confirm", _confirm, t("these are customer meetings")),
        ("dismiss", _dismiss, t("these are none; no sync brings them back")),
        ("forget", _forget, t("remove these everywhere; only a fingerprint stays")),
    ):
        parser = verb(kinds, name, run, text)
        parser.add_argument("ids", nargs="+", metavar="ID")
        if name == "confirm":
            parser.add_argument("--customer", default="", metavar="NAME")


def _window(options: argparse.Namespace, house: House, zone: str) -> Window:
    today = day_of(house.clock(), zone)
    return days_of(options, Window(today - timedelta(days=400), today + timedelta(days=400)))


def _list(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        with house.workspace(write=False) as tx:
            zone = tx.programme.get().zone
        days = _window(options, house, zone)
        view = meetings(
            house, start_of(days.first, zone), start_of(days.last + timedelta(days=1), zone), everything=options.all
        )
        with house.device(write=False) as device:
            forms = device.time.forms()
    if options.json:
        say_json([meeting_json(row, view.zone, forms.get(row.meeting.id, "")) for row in view.rows])
        return 0
    rows = [
        (row.meeting.id[:8], _when(row.meeting, view.zone), row.customer.name, row.meeting.title, _who(row))
        for row in view.rows
    ]
    table(rows, (t("Id"), t("When"), t("Customer"), t("Title"), t("Seats")))
    return 0


def _when(meeting: Meeting, zone: str) -> str:
    if meeting.all_day:
        return f"{meeting.start:%Y-%m-%d}"
    return f"{meeting.start.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _who(row: MeetingRow) -> str:
    if row.meeting.verdict == "no":
        return t("dismissed")
    if row.meeting.status in ("cancelled", "gone"):
        return t("cancelled") if row.meeting.status == "cancelled" else t("gone from the calendars")
    seats = [f"{seat.name} ({seat_word(seat.word)})" for seat in row.seats]
    seats += [not_named(row.others, past=row.past)] if row.others else []
    return ", ".join(seats) or seat_word("open")


def meeting_json(row: MeetingRow, zone: str, form: Form = "") -> dict[str, Any]:
    """One meeting as the command answers it; times in the programme's zone. `form`: as who works here said it is."""
    meeting = row.meeting
    place = ZoneInfo(zone)
    start, end = (meeting.start, meeting.end) if meeting.all_day else (
        meeting.start.astimezone(place), meeting.end.astimezone(place))  # fmt: skip
    return {
        "id": meeting.id, "uid": meeting.uid, "recurrence_id": recurrence_id(meeting.rec_key), "title": meeting.title,
        "start": start, "end": end, "all_day": meeting.all_day, "status": meeting.status,
        "customer": row.customer.name, "why": reasons(row.why), "host": row.host, "link": meeting.link,
        "place": meeting.place, "form": form or form_of(meeting.link, meeting.place),
        "verdict": meeting.verdict, "source": meeting.source,
        "seats": [
            {
                "person": seat.name, "email": seat.email, "state": seat.state,
                "evidence": [evidence_json(item) for item in seat.evidence],
            }
            for seat in row.seats
        ],
        "others": row.others,
    }  # fmt: skip


def recurrence_id(rec_key: str) -> str | None:
    """A recurrence key as ISO 8601; None for a single meeting."""
    kind, _, value = rec_key.partition(":")
    if kind == "U":
        return datetime.fromtimestamp(int(value), UTC).isoformat()
    if kind == "D":
        return f"{value[:4]}-{value[4:6]}-{value[6:8]}"
    if kind == "F":
        return datetime.strptime(value, "%Y%m%dT%H%M%S").isoformat()  # noqa: DTZ007 - floating by nature
    return None


def evidence_json(item: Evidence) -> dict[str, Any]:
    """One statement as the command answers it."""
    return {"source": item.source, "says": item.says, "by": item.by, "at": item.at, "reason": item.reason}


def _import(options: argparse.Namespace) -> int:
    # Listing, which is asked for most, needs none of what merging does: each verb brings its own.
    from companion.programme.meetings import import_table

    with house_of(options) as house:
        found, problems = import_table(house, house.read_table(Path(options.file)), dry_run=options.dry_run)
    tell_all(problems)
    if options.json:
        ids = [meeting.id for meeting in found]
        say_json({"id": ids, "problems": [problem_json(item) for item in problems], "dry_run": options.dry_run})
    else:
        for meeting in found:
            say(f"{short_day(meeting.start.date())} {meeting.title}")
        say(tn("{count} review", "{count} reviews", len(found)))
    return 1 if problems and not found else 0


def _confirm(options: argparse.Namespace) -> int:
    from companion.programme.meetings import confirm

    with house_of(options) as house:
        done = confirm(house, options.ids, options.customer)
    return _ids(options, done)


def _dismiss(options: argparse.Namespace) -> int:
    from companion.programme.meetings import dismiss

    with house_of(options) as house:
        done = dismiss(house, options.ids)
    return _ids(options, done)


def _forget(options: argparse.Namespace) -> int:
    from companion.programme.meetings import forget

    with house_of(options) as house:
        done = forget(house, options.ids)
    return _ids(options, done)


def _ids(options: argparse.Namespace, ids: list[str]) -> int:
    say_json({"id": ids}) if options.json else say(tn("{count} meeting", "{count} meetings", len(ids)))
    return 0
