"""A document on its way out of a command: as the files that were asked for, as JSON, or as text."""

import argparse
from dataclasses import asdict
from pathlib import Path

from companion.basics.paths import write_whole
from companion.cli.out import say, say_json
from companion.programme.document import Document
from companion.programme.model import House


def hand_on(house: House, made: Document, options: argparse.Namespace) -> int:
    """Write the forms that were asked for; where none was, say it as text."""
    page = house.render_report(made)
    if options.html:
        write_whole(Path(options.html), page.html.encode())
    if options.md:
        write_whole(Path(options.md), page.markdown.encode())
    if options.pdf:
        write_whole(Path(options.pdf), house.render_pdf(page.paper))
    if options.json:
        say_json(asdict(made))
    elif not (options.html or options.md or options.pdf):
        say(page.markdown.rstrip())
    return 0
