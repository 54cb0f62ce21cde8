"""A takeaway being written, for several commands: from a note or a file, with what the gate and the hints say."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from companion.basics.clock import read_day
from companion.basics.errors import Problem
from companion.cli.asking import text_of
from companion.cli.out import warn
from companion.programme import publishing as verbs
from companion.programme.checking import findings
from companion.programme.listening import get as get_note
from companion.programme.model import House
from companion.takeaways.audience import parse
from companion.takeaways.compose import with_file
from companion.takeaways.gate import Finding
from companion.takeaways.labels import may_quote
from companion.takeaways.model import Takeaway
from companion.takeaways.pillars import parse_all
from companion.takeaways.reading import hints
from companion.words.gate import in_field
from companion.words.language import t
from companion.words.problems import from_code

SECRET = frozenset({"off_limits", "ops_word", "nda", "feeling"})  # findings whose words are not said again


def add_text(parser: argparse.ArgumentParser, *, headline: bool) -> None:
    """The options that say what a takeaway says."""
    parser.add_argument("--headline", required=headline, default="", metavar="H")
    parser.add_argument("--file", metavar="TEXT.md", help=t("the text to publish in place of the note's lines"))


def add_choices(parser: argparse.ArgumentParser) -> None:
    """The options that stand beside the text."""
    parser.add_argument("--expires", metavar="DAY", help=t("the last day it is shown"))
    parser.add_argument("--may-quote", metavar="yes|ask|no", help=t("what the speaker said about being quoted"))
    parser.add_argument("--pillar", action="append", default=[], metavar="P±", help=t("heard, as integrity+ or time-"))


def written(house: House, options: argparse.Namespace) -> Takeaway:
    """The takeaway that a note and the options make."""
    takeaway = verbs.begin(house, options.note)
    if options.file:
        takeaway = with_file(takeaway, text_of(options.file), _name(options.file), get_note(house, options.note))
    if options.headline.strip():
        takeaway = replace(takeaway, headline=options.headline.strip())
    return replace(takeaway, audience=options.audience or takeaway.audience, **choices(options))


def choices(options: argparse.Namespace) -> dict[str, Any]:
    """What stands beside the text, as far as the options say it."""
    found: dict[str, Any] = {}
    if options.expires:
        found["expires"] = read_day(options.expires, "--expires")
    if options.may_quote:
        found["may_quote"] = may_quote(options.may_quote)
    if options.pillar:
        found["pillars"] = parse_all(options.pillar)
    return found


def corrected(old: Takeaway, options: argparse.Namespace) -> dict[str, Any]:
    """What a whole new text and the options change of a published takeaway."""
    emptied = replace(old, scene="", quote="", quote_role="", goal="", matters="", will_do="", question="")
    new = with_file(emptied, text_of(options.file), _name(options.file)) if options.file else old
    if options.headline.strip():
        new = replace(new, headline=options.headline.strip())
    new = replace(new, **choices(options))
    names = (
        "headline", "scene", "quote", "quote_role", "goal", "matters", "will_do", "question", "expires", "may_quote",
        "pillars", "origins",
    )  # fmt: skip
    return {name: getattr(new, name) for name in names if getattr(new, name) != getattr(old, name)}


def either(house: House, text: str) -> tuple[Takeaway, str]:
    """A published takeaway, or the draft of a note, by id; and the note's id, "" for one that is published."""
    try:
        return verbs.find(house, text), ""
    except Problem as unknown:
        if unknown.code != "takeaway_unknown":
            raise
        try:
            return verbs.begin(house, text), text
        except Problem as problem:
            raise (unknown if problem.code == "note_unknown" else problem) from None


def look(house: House, takeaway: Takeaway, note_id: str = "", *, audience: str = "") -> tuple[Finding, ...]:
    """What the gate finds in it, for its audience in the one form that this firm's teams give it."""
    with house.workspace(write=False) as tx:
        teams = {person.team for person in tx.people.all() if person.team}
    return findings(house, replace(takeaway, audience=parse(audience or takeaway.audience, teams)), note_id)


def advise(house: House, takeaway: Takeaway, found: tuple[Finding, ...] = ()) -> None:
    """Findings and hints on standard error, a line each."""
    for finding in found:
        warn(in_field(finding))
    for hint in advice(house, takeaway):
        warn(hint)


def advice(house: House, takeaway: Takeaway) -> list[str]:
    """What would make it more honest, clear and human."""
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
        ours = [person.name for person in tx.people.all() if person.kind != "group"]
    return [from_code(hint.code, hint.facts) for hint in hints(takeaway, me.language if me else "en", ours)]


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as the command answers it; words that are kept back are not said again."""
    return {
        "code": finding.code, "field": finding.field, "span": list(finding.span), "blocks": finding.blocks,
        "text": None if finding.code in SECRET else finding.text, "offers": list(finding.offers),
        "replacement": finding.replacement or None, "sentence": in_field(finding),
    }  # fmt: skip


def _name(path: str) -> str:
    return "-" if path == "-" else Path(path).name
