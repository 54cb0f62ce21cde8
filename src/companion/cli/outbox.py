"""outbox."""

import argparse
from dataclasses import replace
from datetime import datetime

from companion.cli.asking import Commands, house_of, verb
from companion.cli.delivered import deliver, delivery_json, delivery_line, failures
from companion.cli.out import say, say_json
from companion.programme import outbox, postbag, publishing
from companion.programme.model import House
from companion.programme.views.outbox import discreet, standing
from companion.takeaways.letters import Letter
from companion.takeaways.model import Takeaway
from companion.words.desk import letter_line, waits
from companion.words.language import t

ARRIVED, AGAIN = "arrived", "again"


def add(commands: Commands) -> None:
    """The commands of this file."""
    box = verb(commands, "outbox", _outbox, t("deliveries and what became of them"))
    box.add_argument("--retry", action="store_true", help=t("try what failed now, whatever its turn"))
    box.add_argument("--letters", action="store_true", help=t("with the programme's own letters"))
    more = box.add_subparsers(dest="verb", metavar="VERB")
    text = t("say what became of a delivery of which nobody knew")
    answer = verb(more, "answer", _answer, text)
    answer.add_argument("takeaway", metavar="TAKEAWAY|LETTER")
    answer.add_argument("to", nargs="?", default="", metavar="RECIPIENT|CHANNEL")
    answer.add_argument("--revision", type=int, metavar="N", help=t("which one, where nobody knows of several"))
    answer.add_argument("word", choices=(ARRIVED, AGAIN), help=t("arrived: it is there; again: send it once more"))


def _outbox(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        tried, channels = deliver(house, retry=options.retry)
        rows = outbox.all_of(house)
        letters = [_shown(one) for one in postbag.all_of(house)] if options.letters else []
        now, zone = house.clock(), _zone(house)
    if options.json:
        found = [
            {**delivery_json(one, channel), "waits": _wait(one.state, takeaway, now, zone)}
            for one, takeaway, channel in rows
        ]
        say_json([*found, *map(_letter_json, letters)])
    else:
        last = standing(delivery for delivery, _, _ in rows)  # of an earlier version only what is not over
        for delivery, takeaway, channel in rows:
            if delivery in last:
                why = _wait(delivery.state, takeaway, now, zone)
                line = delivery_line(delivery, channel) + (f". {why}" if why else "")
                say(f"{takeaway.headline if takeaway else '?'} · {line}")
        for letter in letters:
            say(f"{letter.id[:8]} · {letter_line(letter)}")
        if not rows and not letters:
            say(t("Nothing has been sent yet."))
    return failures(tried, channels)


def _zone(house: House) -> str:
    with house.workspace(write=False) as tx:
        return tx.programme.get().zone


def _wait(state: str, takeaway: Takeaway | None, now: datetime, zone: str) -> str:
    """Why a delivery that could go is still here."""
    return waits(takeaway, now, zone) if takeaway and state == "pending" else ""


def _shown(letter: Letter) -> Letter:
    """As the window shows it: who answered an author is not named here."""
    shown = discreet(letter)
    return shown if shown.recipient else replace(shown, recipient=t("a reader"))


def _letter_json(letter: Letter) -> dict[str, object]:
    return {
        "letter": letter.id, "kind": letter.kind, "takeaway": letter.about, "recipient": letter.recipient,
        "state": letter.state, "since": letter.since or letter.made, "sentence": letter_line(letter),
    }  # fmt: skip


def _answer(options: argparse.Namespace) -> int:
    arrived = options.word == ARRIVED
    with house_of(options) as house:
        if options.to:
            takeaway = publishing.find(house, options.takeaway)
            decide = outbox.it_arrived if arrived else outbox.send_again
            state = decide(house, takeaway.id, options.to, options.revision).state
        else:
            settle = postbag.it_arrived if arrived else postbag.send_again
            state = settle(house, options.takeaway).state
    if options.json:
        say_json({"state": state})
    else:
        say(t("Noted: it arrived.") if arrived else t("It goes out again with the next run of companion outbox."))
    return 0
