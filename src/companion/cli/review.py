"""seats import-report and seats review."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import say, say_json
from companion.programme.model import House
from companion.words import joined as words
from companion.words.dates import clock_time, short_day
from companion.words.language import t, tn
from companion.words.worklist import to_type

if TYPE_CHECKING:  # each verb loads what it needs when it is called
    from companion.programme.joined import Taken
    from companion.programme.views.review import ReviewItem


def add(seats: Commands) -> None:
    """The verbs of this file, below `seats`."""
    told = verb(seats, "import-report", _import, t("who joined, from the report of Teams, Zoom or Google Meet"))
    told.add_argument("meeting", metavar="MEETING")
    told.add_argument("files", nargs="+", metavar="F.csv", help=t("one file a session; all of one meeting together"))
    told.add_argument("--dry-run", action="store_true", help=t("say what would come in, take nothing"))
    gone = verb(seats, "forget-reports", _forget, t("take back what join reports said of a meeting"))
    gone.add_argument("meeting", metavar="MEETING")
    verb(seats, "review", _review, t("seats on which what was told does not agree, and what to type"))


def _import(options: argparse.Namespace) -> int:
    from companion.programme.joined import import_reports

    with house_of(options) as house:
        texts = [house.read_table(Path(name)) for name in options.files]
        try:
            taken = import_reports(house, options.meeting, texts, dry_run=options.dry_run)
        except Problem as problem:
            raise words.in_file(problem, options.files) from problem
        people = _people(house)
    if options.json:
        say_json(taken_json(taken, {key: email for key, (_, email) in people.items()}, options.dry_run))
        return 0
    for line in _lines(taken, people):
        say(line)
    if options.dry_run:
        say(t("This was a try: nothing was stored."))
    elif not taken.fresh:
        say(t("Nothing new: a report said so before."))
    if taken.fresh and not options.dry_run:
        say(t("Not this meeting's report? companion seats forget-reports {meeting} takes it back.",
              meeting=taken.meeting.id[:8]))  # fmt: skip
    return 0


def _forget(options: argparse.Namespace) -> int:
    from companion.programme.joined import forget_reports

    with house_of(options) as house:
        gone = forget_reports(house, options.meeting)
        people = _people(house)
    if options.json:
        say_json({"forgotten": [people[key][1] for key in gone]})
    elif gone:
        say(t("Taken back, what join reports said of {names}. What people said stays.",
              names=", ".join(people[key][0] for key in gone)))  # fmt: skip
    else:
        say(t("No join report has said anything of this meeting."))
    return 0


def _people(house: House) -> dict[str, tuple[str, str]]:
    with house.workspace(write=False) as tx:
        return {person.id: (person.name, person.email) for person in tx.people.all()}


def _lines(taken: "Taken", people: dict[str, tuple[str, str]]) -> list[str]:
    def names(keys: tuple[str, ...]) -> list[str]:
        return [people[key][0] for key in keys]

    said = [t("{title}: the join report of {system}.", title=taken.meeting.title, system=words.system(taken.system))]
    said += words.who(names(taken.met), names(taken.not_met), taken.minutes)
    for item in taken.proposals:
        name, email = people[item.person_id]
        said.append(words.perhaps(name, item.reason))
        said.append(f"  {to_type(taken.meeting.id, email)}")
    said += [words.unclear([f"{people[key][0]} <{people[key][1]}>" for key in some]) for some in taken.unclear]
    said += [words.untold(names(taken.untold))] if taken.untold else []
    said += words.kept(taken.kept, {key: name for key, (name, _) in people.items()})
    said += words.doubts(taken, taken.meeting.title)
    said += [words.numbers(taken.numbers)]
    if taken.conflicts:
        said.append(t("To be decided, see companion seats review: {names}.", names=", ".join(names(taken.conflicts))))
    return [line for line in said if line]


def taken_json(taken: "Taken", emails: dict[str, str], dry_run: bool) -> dict[str, Any]:
    """What came of a report as the command answers it."""
    numbers = taken.numbers
    return {
        "id": [item.id for item in taken.fresh], "meeting": taken.meeting.id, "system": taken.system,
        "met": [emails[key] for key in taken.met], "not_met": [emails[key] for key in taken.not_met],
        "proposals": [{"email": emails[item.person_id], "reason": item.reason} for item in taken.proposals],
        "unclear": [[emails[key] for key in some] for some in taken.unclear],
        "untold": [emails[key] for key in taken.untold], "conflicts": [emails[key] for key in taken.conflicts],
        "kept": [{"email": emails[key], "says": says} for key, says in taken.kept],
        "titles": list(taken.titles), "undated": taken.undated, "partly": taken.partly,
        "counts": {"ours": numbers.ours, "others": numbers.others, "rooms": numbers.rooms, "phones": numbers.phones,
                   "nameless": numbers.nameless},
        "dry_run": dry_run,
    }  # fmt: skip


def _review(options: argparse.Namespace) -> int:
    from companion.programme.views.review import review

    with house_of(options) as house:
        found = review(house)
        mine, decides = _about_me(house)
    if options.json:
        say_json([_item_json(item, found.zone, found.names) for item in found.items])
        return 0
    for item in found.items:
        say("  ".join((short_day(day_of(item.meeting.start, found.zone)), item.customer.name, item.name)))
        for line in _said(item, found.zone, found.names):
            say(f"  {line}")
        if item.person_id != mine or item.kind != "disputed" or decides:
            say(f"  {to_type(item.meeting.id, item.email)}")
        else:
            say("  " + t("This is your own seat: the host, or who runs the programme, says what is true of it."))
    if not found.items:
        say(t("Nothing waits for a decision."))
    if found.hidden:
        say(tn("{count} more seat waits; whose it is shows once the agreement on names is noted.",
               "{count} more seats wait; whose they are shows once the agreement on names is noted.",
               found.hidden))  # fmt: skip
    return 0


def _about_me(house: House) -> tuple[str, bool]:
    """My person id, and whether my word can settle what others do not agree on: in a file of my own, or as ops."""
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
    return (me.id, me.kind == "ops" or not house.workspace_shared) if me else ("", False)


def _said(item: "ReviewItem", zone: str, names: dict[str, str]) -> list[str]:
    return [
        words.statement(
            one.source,
            one.says,
            names.get(one.by, one.by),
            day_of(one.at, zone),
            reason=one.reason,
            time=clock_time(one.at, zone),
        )
        for one in item.said
    ]


def _item_json(item: "ReviewItem", zone: str, names: dict[str, str]) -> dict[str, Any]:
    from companion.cli.meetings import evidence_json

    return {
        "meeting": item.meeting.id, "title": item.meeting.title, "start": item.meeting.start,
        "customer": item.customer.name, "person": item.name, "email": item.email, "kind": item.kind,
        "said": [
            evidence_json(one)
            for one in item.said
        ],
        "sentences": _said(item, zone, names),
    }  # fmt: skip
