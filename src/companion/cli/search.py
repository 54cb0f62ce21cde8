"""search."""

import argparse
from typing import Any
from zoneinfo import ZoneInfo

from companion.basics.errors import Problem
from companion.basics.query import parse
from companion.cli.asking import Commands, house_of
from companion.cli.out import say, say_json, warn
from companion.programme.search import Hit, search
from companion.words.dates import full_day
from companion.words.language import mark, t

_KINDS = {
    "takeaway": mark("Takeaway"),
    "fact": mark("Customer"),
    "customer": mark("Customer"),
    "contact": mark("Customer's person"),
    "note": mark("My note"),
}


def add(commands: Commands) -> None:
    """The commands of this file."""
    about = t("find it in takeaways, what is remembered of customers, and my own notes")
    verb: argparse.ArgumentParser = commands.add_parser("search", help=about, description=about)
    verb.set_defaults(run=_search)
    verb.add_argument("text", nargs="+", metavar="TEXT", help=t("words that all have to be there; a phrase in quotes"))
    verb.add_argument("--json", action="store_true", help=t("answer in JSON"))
    verb.add_argument("--most", type=int, default=50, metavar="N", help=t("how many at most (50)"))


def _search(options: argparse.Namespace) -> int:
    # A shell takes the quotation marks away: what came as one argument with a space in it is a phrase.
    words = options.text if len(options.text) == 1 else [f'"{one}"' if " " in one else one for one in options.text]
    wanted = " ".join(words)
    if not parse(wanted):
        raise Problem("search_empty")
    if options.most < 1:
        raise Problem("search_most_wrong", value=options.most)
    with house_of(options) as house:
        found = search(house, wanted, most=options.most)
    if found.away:
        warn(t("The workspace did not answer: only your own notes were searched."))
    if options.json:
        say_json({"more": found.more, "away": found.away, "hits": [_json(hit) for hit in found.hits]})
        return 0
    for hit in found.hits:
        say(_line(hit, found.zone))
        if hit.excerpt.text:
            say(f"    {hit.excerpt.text}")
    if not found.hits:
        say(t("Nothing was found."))
    if found.more:
        say(t("There are more; add a word to narrow it."))
    return 0


def _line(hit: Hit, zone: str) -> str:
    """What it is, from which day, of whom."""
    day = full_day(hit.at.astimezone(ZoneInfo(zone)).date()) if hit.at else ""
    parts = (t(_KINDS[hit.kind]), hit.title, hit.customer if hit.customer != hit.title else "", day, hit.id[:8])
    return " · ".join(part for part in parts if part)


def _json(hit: Hit) -> dict[str, Any]:
    return {
        "kind": hit.kind, "id": hit.id, "customer_id": hit.customer_id, "customer": hit.customer, "title": hit.title,
        "excerpt": hit.excerpt.text, "marks": [list(mark) for mark in hit.excerpt.marks], "at": hit.at,
    }  # fmt: skip
