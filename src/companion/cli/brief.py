"""brief."""

import argparse
from pathlib import Path

from companion.basics.paths import write_whole
from companion.briefs.codec import brief_to_json
from companion.briefs.model import Page
from companion.briefs.outline import words_on
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import progress, say, say_json
from companion.programme import preparing
from companion.programme.model import House
from companion.words.language import LANGUAGES, t

SIZES = {"a4": "A4", "letter": "Letter"}


def add(commands: Commands) -> None:
    """The commands of this file."""
    made = verb(commands, "brief", _brief, t("one page before a customer meeting: of your next one, or of MEETING"))
    made.add_argument("meeting", nargs="?", default="", metavar="MEETING")
    made.add_argument("--for", dest="leader", metavar="LEADER", help=t("of somebody you assist, by address"))
    made.add_argument("--expect", metavar="TEXT", help=t("keep what you expect to hear; it stays on this computer"))
    made.add_argument("--language", choices=LANGUAGES, help=t("the language of the page, else that of whom it is for"))
    made.add_argument("--md", metavar="FILE", help=t("write it as Markdown"))
    made.add_argument("--html", metavar="FILE", help=t("write it as a page for a browser"))
    made.add_argument("--pdf", metavar="FILE", help=t("write it to print: a page and its ruled back"))
    made.add_argument("--paper", choices=tuple(SIZES), default="a4", help=t("the size of the paper"))


def _brief(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        meeting = options.meeting or preparing.mine_next(house)
        if options.expect is not None:
            preparing.expect(house, meeting, options.expect)
        if options.leader:
            brief = preparing.for_somebody(house, meeting, options.leader)
        else:
            brief = preparing.brief_for(house, meeting)
        language = options.language or brief.language
        page = house.render_brief(brief, language)
        written = _write(house, page, options)
    if options.json:
        say_json({**brief_to_json(brief), "text": page.text, "words": words_on(brief, language)})
    elif written:
        for path in written:
            say(t("Written to {path}.", path=path))
    else:
        say(page.text.rstrip())
    return 0


def _write(house: House, page: Page, options: argparse.Namespace) -> list[str]:
    """Each form asked for, whole or not at all: all of them are made before the first is written."""
    asked = [
        (options.md, page.markdown.encode()),
        (options.html, page.html.encode()),
        (options.pdf, house.render_pdf(page.paper, SIZES[options.paper], progress()) if options.pdf else b""),
    ]
    for path, data in asked:
        if path:
            write_whole(Path(path), data)
    return [path for path, _ in asked if path]
