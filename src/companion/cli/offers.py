"""seats ask, offer, allow, answer, swap, withdraw, offers, feed: seats on their way."""

import argparse
from dataclasses import asdict
from pathlib import Path

from companion.attendance.offers import REASONS, Offer
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import say, say_json, table
from companion.programme import feed, offers
from companion.programme.meetings import find
from companion.programme.views.offers import OfferView, all_open, at_meeting, texts_for
from companion.words.desk import moment
from companion.words.language import t, tn
from companion.words.offers import burden, no_reason, state_of, why_unsure


def add(seats: Commands) -> None:
    """The commands of this file."""
    asking = verb(seats, "ask", _ask, t("ask for a seat at an open review; the host decides"))
    asking.add_argument("meeting", metavar="MEETING")
    proposing = verb(seats, "offer", _offer, t("have a seat offered to somebody; the host is asked first"))
    proposing.add_argument("meeting", metavar="MEETING")
    proposing.add_argument("person", metavar="PERSON")
    proposing.add_argument("--reason", default="", metavar="TEXT", help=t("why they, in one sentence"))
    for name, run, text in (
        ("allow", _allow, t("whether somebody may sit in: the host's word, or that of ops")),
        ("answer", _answer, t("whether you take the seat that is offered to you")),
    ):
        saying = verb(seats, name, run, text)
        saying.add_argument("offer", metavar="OFFER")
        saying.add_argument("word", choices=("yes", "no"))
        why = t("why not: {known}, or a text", known=", ".join(REASONS)) if name == "answer" else None
        saying.add_argument("--reason", default="", metavar="R", help=why)
    giving = verb(seats, "swap", _swap, t("give your seat to somebody; it stays yours until they take it"))
    giving.add_argument("meeting", metavar="MEETING")
    giving.add_argument("--to", default="", metavar="EMAIL", help=t("to whom; else to who needs one most"))
    ending = verb(seats, "withdraw", _withdraw, t("an offer that is not to be"))
    ending.add_argument("offer", metavar="OFFER")
    ending.add_argument("--reason", default="", metavar="R")
    listing = verb(seats, "offers", _offers, t("the seats on their way, and who is asked"))
    listing.add_argument("--meeting", default="", metavar="MEETING", help=t("of one meeting, settled ones too"))
    feeding = verb(seats, "feed", _feed, t("a calendar file of the seats ahead"))
    feeding.add_argument("file", metavar="F.ics")
    feeding.add_argument("--for", dest="person", default="", metavar="EMAIL", help=t("whose seats; else yours"))
    feeding.add_argument("--keep", action="store_true", help=t("have the desk write it anew at every run"))
    feeding.add_argument("--forget", action="store_true", help=t("no more of that; the file stays as it is"))


def _said(options: argparse.Namespace, made: Offer | None, text: str = "") -> int:
    """What came of a step; None: it waits here, the workspace is away."""
    if options.json:
        say_json({"id": made.id, **asdict(made)} if made else {"id": options.offer, "waits": True})
    elif made is None:
        say(t("Noted here. It goes on as soon as the workspace answers."))
    else:
        say(text or state_of(made.state, made.came))
    return 0


def _ask(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        return _said(options, offers.ask(house, options.meeting), t("Asked. The host decides."))


def _offer(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        borne = offers.burden_at(house, options.meeting)
        made = offers.propose(house, options.meeting, options.person, options.reason)
        told = burden(borne.customer, borne.listeners, borne.bears) if borne and borne.full else ""
        return _said(options, made, " ".join(filter(None, (state_of(made.state, made.came), told))))


def _allow(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        made = offers.allow(house, options.offer, options.word == "yes", options.reason)
        shown = at_meeting(house, made.meeting_id) if made and not options.json else ()
        _said(options, made)
        for view in shown:
            if made and view.offer.id == made.id and made.state in ("offered", "accepted"):
                texts = texts_for(house, view)
                say("")
                say(t("For the invitation: {text}", text=texts.invitation))
                say(t("For the customer: {text}", text=texts.paragraph))
    return 0


def _answer(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        return _said(options, offers.answer(house, options.offer, options.word == "yes", options.reason))


def _swap(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        made = offers.swap(house, options.meeting, options.to)
        with house.workspace(write=False) as tx:
            taker = tx.people.get(made.person_id)
    name = taker.name if taker else ""
    text = t("{name} is to take it, once the host agrees. Until then the seat is yours.", name=name)
    return _said(options, made, text)


def _withdraw(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        return _said(options, offers.withdraw(house, options.offer, options.reason))


def _offers(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        if options.meeting:
            with house.workspace(write=False) as tx:
                key = find(tx, options.meeting).id
            found = at_meeting(house, key)
        else:
            found = all_open(house)
        with house.workspace(write=False) as tx:
            zone = tx.programme.get().zone
    if options.json:
        say_json([_json(one) for one in found])
    elif not found:
        say(t("No seat is on its way."))
    else:
        rows = [(one.offer.id[:8], moment(one.meeting.start, zone), one.customer.name, one.name, _how_far(one))
                for one in found]  # fmt: skip
        table(rows, (t("Offer"), t("When"), t("Customer"), t("Who"), t("How far")))
    return 0


def _how_far(one: OfferView) -> str:
    parts = [state_of(one.offer.state, one.offer.came, host=one.host)]
    if one.offer.reason and one.offer.state in ("declined", "withdrawn"):
        parts.append(t("({reason})", reason=no_reason(one.offer.reason)))
    if one.late:
        parts.append(tn("Waits for {count} working day: ask the host.", "Waits for {count} working days: ask the host.",
                        one.waited))  # fmt: skip
    return " ".join([*parts, *([why_unsure(one.unsure)] if one.unsure else [])])


def _json(one: OfferView) -> dict[str, object]:
    return {
        **asdict(one.offer), "meeting": one.meeting.id, "title": one.meeting.title, "customer": one.customer.name,
        "start": one.meeting.start, "person": one.name, "team": one.team, "host": one.host, "may": list(one.may),
        "until": one.until, "waited": one.waited, "late": one.late, "unsure": one.unsure,
    }  # fmt: skip


def _feed(options: argparse.Namespace) -> int:
    path = Path(options.file)
    with house_of(options) as house:
        if options.forget:
            feed.forget(house, path)
            say_json({"id": str(path)}) if options.json else say(t("The desk leaves {path} as it is.", path=path))
            return 0
        person = feed.whose(house, options.person)
        written = feed.write(house, path, person)
        if options.keep:
            feed.keep(house, path, person)
    say_json({"id": str(written)}) if options.json else say(str(written))
    return 0
