"""card."""

import argparse
from pathlib import Path

from companion.basics.errors import Problem
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import say, say_json
from companion.programme.card import Card, card
from companion.words.card import asks, lines, page
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
    story = found.takeaway
    if options.html:
        _write(Path(options.html), page(story, found.about))
    if options.png:
        _picture(found, Path(options.png), dark=options.dark)
    if options.json:
        say_json({
            "takeaway": story.id, "team": found.team, "week": found.week, "headline": story.headline,
            "quote": story.quote, "quote_role": story.quote_role, "customer": story.customer_name,
            "about": found.about, "question": asks(story),
        })  # fmt: skip
    elif not options.html and not options.png:
        say("\n\n".join(lines(story, found.about)))
    return 0


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise Problem("file_not_written", path=str(path), reason=error.strerror or str(error)) from error


def _picture(found: Card, path: Path, *, dark: bool) -> None:
    from companion.desktop.card.picture import write_picture

    if not write_picture(found, path, dark=dark):
        raise Problem("file_not_written", path=str(path), reason=t("the picture could not be saved"))
