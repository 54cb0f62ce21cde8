"""time."""

import argparse
from typing import Any

from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import say, say_json, table
from companion.meetings.form import FORMS
from companion.programme.time import my_time, say_form
from companion.reflection.time import Month
from companion.words.dates import month_year
from companion.words.language import t
from companion.words.time import remarks, spent


def add(commands: Commands) -> None:
    """The commands of this file."""
    about = t("my hours with customers, beside my busy hours; on this computer, for me alone")
    noun: argparse.ArgumentParser = commands.add_parser("time", help=about, description=about)
    noun.set_defaults(run=_time)
    noun.add_argument("--months", type=int, default=12, metavar="N", help=t("how many months back, 1 to 48 (12)"))
    noun.add_argument("--json", action="store_true", help=t("answer in JSON"))
    kinds = noun.add_subparsers(dest="verb", metavar="VERB")
    form = verb(kinds, "form", _form, t("say how a meeting was held, where the app has it wrong"))
    form.add_argument("meeting", metavar="MEETING")
    form.add_argument("form", choices=[*FORMS, "unsaid"], metavar="|".join([*FORMS, "unsaid"]))


def _time(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found = my_time(house, options.months)
    if options.json:
        total = _json(found.total) | {"month": None}
        months = [_json(month) for month in found.months]
        say_json({"zone": found.zone, "overlaps": found.overlaps, "months": months, "total": total})
        return 0
    head = (t("Month"), t("Meetings"), t("In person"), t("Video"), t("Telephone"), t("Unknown"), t("Busy"), t("Share"))
    rows = [(month_year(month.first), *_cells(month)) for month in found.months]
    table([*rows, (t("Together"), *_cells(found.total))], head)
    for sentence in remarks(found):
        say(sentence)
    return 0


def _cells(month: Month) -> tuple[str, ...]:
    parts = (month.in_person, month.video, month.phone, month.unknown)
    busy = "–" if month.busy is None else spent(month.busy)
    share = "–" if month.share is None else f"{month.share:.0%}"
    return (str(month.meetings), *map(spent, parts), busy, share)


def _json(month: Month) -> dict[str, Any]:
    return {
        "month": f"{month.first:%Y-%m}", "meetings": month.meetings, "in_person": month.in_person,
        "video": month.video, "phone": month.phone, "unknown": month.unknown, "with_customers": month.with_customers,
        "busy": month.busy, "share": month.share,
    }  # fmt: skip


def _form(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        known = say_form(house, options.meeting, "" if options.form == "unsaid" else options.form)
    say_json({"id": known}) if options.json else say(t("Noted, on this computer alone."))
    return 0
