"""card."""

import argparse
from pathlib import Path

from companion.basics.errors import Problem
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import say, say_json
from companion.programme.card import Card, card, keep_page
from companion.words.language import t


def add(commands: Commands) -> None:
    """The commands of this file."""
    made = verb(commands, "card", _card, t("a team's story of the week, to open a meeting with a customer"))
    made.add_argument("team", metavar="TEAM")
    made.add_argument("--png", metavar="FILE", help=t("write it as a picture of 1920 by 1080"))
    made.add_argument("--html", metavar="FILE", help=t("write it as a page to show or print"))
    made.add_argument("--dark", action="store_true", help=t("the picture on a dark ground"))
    made.add_argument("--next", type=int, default=0, metavar="N", help=t("the Nth story after it"))


def _card(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found = card(house, options.team, options.next)
    if not 0 <= options.next < found.of:
        raise Problem("card_no_more", number=options.next, last=found.of - 1)
    written = []
    if options.html:
        keep_page(found, Path(options.html))
        written.append(options.html)
    if options.png:
        _picture(found, Path(options.png), dark=options.dark)
        written.append(options.png)
    if options.json:
        say_json(_card_json(found))
    elif written:
        for path in written:
            say(t("Written to {path}.", path=path))
    else:
        say(found.slide.text.rstrip())
    return 0


def _card_json(found: Card) -> dict[str, object]:
    story, slide = found.takeaway, found.slide
    return {
        "takeaway": story.id, "team": found.team, "week": found.week, "number": found.number, "of": found.of,
        "headline": slide.headline, "said": slide.said, "role": slide.role, "who": slide.who,
        "customer": story.customer_name, "question": slide.question, "foot": slide.foot, "answer": slide.answer,
    }  # fmt: skip


def _picture(found: Card, path: Path, *, dark: bool) -> None:
    from companion.desktop.card.picture import write_picture  # late: only a picture needs Qt

    write_picture(found.slide, path, dark=dark)
