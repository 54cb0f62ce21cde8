"""seats."""

import argparse
from dataclasses import asdict
from datetime import timedelta

from companion.cli import correcting, joining, offers, past_seats, review
from companion.cli.asking import Commands, group, house_of, verb
from companion.cli.out import say, say_json, table
from companion.programme import assisting
from companion.programme import seats as verbs
from companion.words.attendance import state
from companion.words.desk import moment
from companion.words.language import t

LOOK_BACK = timedelta(days=28)


def add(commands: Commands) -> None:
    """The commands of this file."""
    seats = group(commands, "seats", t("who sat where"))
    setting = verb(seats, "set", _set, t("say what is true of a seat"))
    setting.add_argument("meeting", metavar="MEETING")
    setting.add_argument("person", metavar="PERSON")
    setting.add_argument("state", metavar="STATE", help=", ".join(verbs.SAYABLE))
    setting.add_argument(
        "--by",
        choices=("host", "self", "ops", "assistant"),
        help=t("whose word it is; ops settles a dispute, an assistant speaks for the leader"),
    )
    setting.add_argument("--reason", default="", metavar="R")
    setting.add_argument("--went", default="", metavar="EMAIL", help=t("who went instead, with delegated"))
    listing = verb(seats, "list", _list, t("the seats ahead, and those of the last weeks: yours, or a leader's"))
    listing.add_argument("--for", dest="leader", default="", metavar="LEADER", help=t("whom you act for"))
    past_seats.add(seats)
    offers.add(seats)
    correcting.add(seats)
    review.add(seats)
    joining.add(seats)


def _set(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        made = verbs.set_state(
            house, options.meeting, options.person, options.state, options.by, options.reason, options.went
        )
    say_json({"id": made.id, **asdict(made)}) if options.json else say(t("Noted."))
    return 0


def _list(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found = assisting.seats_of(house, options.leader, since=house.clock() - LOOK_BACK)
        with house.workspace(write=False) as tx:
            zone = tx.programme.get().zone
    if options.json:
        say_json([
            {"meeting": one.meeting.id, "title": one.meeting.title, "customer": one.customer,
             "start": one.meeting.start, "end": one.meeting.end, "state": one.seat.state}
            for one in found
        ])  # fmt: skip
    else:
        rows = [(one.meeting.id[:8], moment(one.meeting.start, zone), one.customer, state(one.seat.state))
                for one in found]  # fmt: skip
        table(rows, (t("Meeting"), t("When"), t("Customer"), t("Seat")))
    return 0
