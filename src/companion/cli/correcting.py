"""seats correct, decide, sat and told: what a host says, and what is put right."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict

from companion.basics.clock import day_of
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import say, say_json
from companion.programme.correcting import correct, decide
from companion.programme.presence import SAYABLE, HostAsk, Waiting, ask_host, sat, settle, waiting
from companion.programme.seats import SAYABLE as STATES
from companion.words.dates import short_day
from companion.words.language import t


def add(seats: Commands) -> None:
    """The verbs of this file, below `seats`."""
    putting = verb(seats, "correct", _correct, t("say what is true of a seat after all, with a reason"))
    putting.add_argument("meeting", metavar="MEETING")
    putting.add_argument("person", metavar="PERSON")
    putting.add_argument("state", metavar="STATE", help=", ".join(STATES))
    putting.add_argument("--reason", default="", metavar="R", help=t("why; needed where the seat was settled"))
    putting.add_argument("--went", default="", metavar="EMAIL", help=t("who went instead, with delegated"))
    deciding = verb(seats, "decide", _decide, t("settle what people and reports do not agree on"))
    deciding.add_argument("meeting", metavar="MEETING")
    deciding.add_argument("person", metavar="PERSON")
    deciding.add_argument("there", choices=("there", "not-there"))
    deciding.add_argument("--reason", default="", metavar="R")
    sitting = verb(seats, "sat", _sat, t("as the host, who sat in; without MEETING: what waits for you"))
    sitting.add_argument("meeting", nargs="?", default="", metavar="MEETING")
    sitting.add_argument("said", nargs="*", metavar="PERSON=STATE",
                         help=t("{states}; no person at all: nobody of ours", states=", ".join(SAYABLE)))  # fmt: skip
    told = verb(seats, "told", _told, t("mails about who sat in that nobody could read to their end"))
    told.add_argument("id", nargs="?", default="", metavar="ID")
    told.add_argument("--settled", action="store_true", help=t("you looked, and said what is to be said"))


def _correct(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        made = correct(house, options.meeting, options.person, options.state, options.reason, to=options.went)
    say_json(asdict(made)) if options.json else say(t("Corrected. What was said before stays readable."))
    return 0


def _decide(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        made = decide(house, options.meeting, options.person, there=options.there == "there", reason=options.reason)
    say_json(asdict(made)) if options.json else say(t("Decided. It comes back here if somebody says otherwise later."))
    return 0


def _sat(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        if not options.meeting:
            _asked(ask_host(house), as_json=options.json)
            return 0
        pairs = [pair.partition("=") for pair in options.said]
        made = sat(house, options.meeting, {who: says or "attended" for who, _, says in pairs})
    say_json([asdict(one) for one in made]) if options.json else say(t("Noted."))
    return 0


def _asked(found: Sequence[HostAsk], *, as_json: bool) -> None:
    """The meetings that wait for the host's word."""
    if as_json:
        say_json([
            {"meeting": one.meeting.id, "title": one.meeting.title, "customer": one.customer,
             "start": one.meeting.start, "listeners": [{"person": p.name, "email": p.email} for p in one.listeners]}
            for one in found
        ])  # fmt: skip
        return
    for one in found:
        names = ", ".join(person.name for person in one.listeners) or t("nobody is noted")
        say("  ".join((one.meeting.id[:8], one.meeting.title, names)))
    if not found:
        say(t("No meeting of yours waits for your word."))


def _told(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        if options.settled:
            done = settle(house, options.id)
            say_json({"id": done.id}) if options.json else say(t("Done. The mail itself stays in its mailbox."))
            return 0
        found = [one for one in waiting(house) if one.told.id.startswith(options.id)]
        with house.workspace(write=False) as tx:
            zone = tx.programme.get().zone
    if options.json:
        say_json([_json(one) for one in found])
        return 0
    for one in found:
        day = short_day(day_of(one.told.at, zone))
        by = t("{name}, from {address}, which is not surely theirs", name=one.person, address=one.told.sender)
        say("  ".join((one.told.id[:8], day, one.meeting.title, by if one.told.sender else one.person)))
        for line in one.lines:
            say(f"    {line}")
    if not found:
        say(t("No mail waits for a look."))
    return 0


def _json(one: Waiting) -> dict[str, object]:
    return {
        "id": one.told.id, "meeting": one.meeting.id, "title": one.meeting.title, "person": one.person,
        "act": one.told.act, "at": one.told.at, "sender": one.told.sender, "lines": one.lines,
    }  # fmt: skip
