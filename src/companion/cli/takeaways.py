"""takeaways."""

import argparse
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.paths import write_whole
from companion.cli import publish
from companion.cli.asking import Commands, group, house_of, text_of, verb
from companion.cli.composing import add_text, advice, either, finding_json, look, written
from companion.cli.out import say, say_json, table, warn
from companion.programme import publishing as verbs
from companion.programme.model import House
from companion.programme.parcels import parcel_of
from companion.programme.readers import as_reader
from companion.programme.views.where import Went, where_it_went
from companion.takeaways.audience import parse, team_of
from companion.takeaways.audience import say as say_audience
from companion.takeaways.compose import with_file
from companion.takeaways.model import Takeaway
from companion.takeaways.reading import count_words, seconds
from companion.takeaways.spoken import WORDS_A_MINUTE, spoken
from companion.takeaways.state import state_of
from companion.takeaways.text import to_markdown
from companion.words.gate import in_field, names_known
from companion.words.language import t, tn
from companion.words.releasing import stands
from companion.words.shared import sent_nowhere


def add(commands: Commands) -> None:
    """The commands of this file."""
    takeaways = group(commands, "takeaways", t("what was heard, told"))
    verb(takeaways, "list", _list, t("all takeaways"))
    verb(takeaways, "show", _show, t("one takeaway, as a file")).add_argument("id", metavar="ID")
    checked = verb(takeaways, "check", _check, t("what should perhaps not leave the room; nothing is stored"))
    checked.add_argument("note", nargs="?", default="", metavar="NOTE")
    add_text(checked, headline=False)
    checked.add_argument("--audience", default="company", metavar="A", help="company | team:T | listeners | me")
    seen = verb(takeaways, "preview", _preview, t("a takeaway as a reader would have it"))
    seen.add_argument("id", metavar="NOTE|ID")
    seen.add_argument("--as", dest="team", default="", metavar="TEAM")
    seen.add_argument("--audience", default="", metavar="A", help="company | team:T | listeners | me")
    seen.add_argument("--html", metavar="FILE", help=t("write it as a page too"))
    verb(takeaways, "spoken", _spoken, t("two minutes to say in a team meeting")).add_argument("id", metavar="ID|NOTE")
    verb(takeaways, "where", _where, t("where it went, and what cannot be taken back")).add_argument("id", metavar="ID")
    publish.add(takeaways)


def takeaway_json(takeaway: Takeaway) -> dict[str, Any]:
    """A takeaway as the command answers it."""
    return asdict(takeaway)


def _list(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found = verbs.all_of(house)
        with house.workspace(write=False) as tx:
            zone = tx.programme.get().zone
        now = house.clock()
    if options.json:
        say_json([takeaway_json(item) for item in found])
    else:
        states = [state_of(item, now, day_of(now, zone)) for item in found]
        rows = [
            (t_.id[:8], f"{t_.published:%Y-%m-%d}" if t_.published else "", t_.audience, t_.customer_name,
             t_.headline + ("" if state == "out" else f" ({stands(state)})"))
            for t_, state in zip(found, states, strict=True)
        ]  # fmt: skip
        table(rows, (t("Id"), t("Published"), t("Audience"), t("Customer"), t("Headline")))
    return 0


def _show(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found = verbs.find(house, options.id)
    say_json(takeaway_json(found)) if options.json else say(to_markdown(found, labelled=True))
    return 0


def _check(options: argparse.Namespace) -> int:
    if not options.note and not options.file:
        raise Problem("check_what")
    with house_of(options) as house:
        if options.note:
            options.expires, options.may_quote, options.pillar = None, None, []
            takeaway = written(house, options)
        else:
            blank = Takeaway("", 1, "", "", "", options.audience, options.headline)
            takeaway = with_file(blank, text_of(options.file), Path(options.file).name)
        found = look(house, takeaway, options.note, audience=options.audience)
        hints = advice(house, takeaway)
    if options.json:
        say_json({
            "findings": [finding_json(item) for item in found], "hints": hints, "seconds": seconds(takeaway),
            "blocks": any(item.blocks for item in found),
        })  # fmt: skip
    else:
        for item in found:
            say(("! " if item.blocks else "  ") + in_field(item))
        for hint in hints:
            say("  " + hint)
        if not found:
            say(t("Nothing to look at. It is read in {seconds} seconds.", seconds=seconds(takeaway)))
        say(names_known())
    held = [item for item in found if item.blocks]
    if held:
        warn(tn("{count} finding holds it back.", "{count} findings hold it back.", len(held)))
    return 1 if held else 0


def _preview(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        takeaway, note = either(house, options.id)
        team = _team(house, options.team)
        found = look(house, takeaway, note, audience=options.audience)
        takeaway = replace(takeaway, audience=options.audience or takeaway.audience)
        reader = as_reader(house, takeaway, team)
        rich, plain = house.render_copy(reader.parcel)
    if options.html:
        write_whole(Path(options.html), rich.encode())
    if options.json:
        findings = [finding_json(item) for item in found]
        say_json({"may_read": reader.may_read, "readers": reader.how_many, "text": plain, "findings": findings})
        return 0
    warn(_who_reads(takeaway, team, reader.may_read, reader.how_many))
    for item in found:
        warn(in_field(item))
    say(plain)
    return 0


def _team(house: House, name: str) -> str:
    """A team as the firm writes it. Problem `team_unknown`."""
    if not name.strip():
        return ""
    with house.workspace(write=False) as tx:
        teams = {person.team for person in tx.people.all() if person.team}
    return team_of(parse(f"team:{name}", teams))


def _who_reads(takeaway: Takeaway, team: str, may_read: bool, how_many: int) -> str:
    if not may_read:
        audience = say_audience(takeaway.audience)
        return t("Nobody in {team} would read this: it is {audience}.", team=team or "—", audience=audience)
    count = tn("{count} person would read this", "{count} people would read this", how_many)
    return f"{count}, {say_audience(takeaway.audience)}:"


def _spoken(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        takeaway, _ = either(house, options.id)
        text = spoken(parcel_of(house, takeaway))
    if options.json:
        say_json({"text": text, "seconds": round(count_words(text) * 60 / WORDS_A_MINUTE)})
    else:
        say(text)
    return 0


def _where(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        went = where_it_went(house, options.id)
    if options.json:
        facts = {key: value for key, value in asdict(went).items() if key not in ("takeaway", "zone")}
        standing = {"revision": went.takeaway.revision, "headline": went.takeaway.headline}
        stays = [row.recipient or row.channel for row in went.stays]
        say_json({"id": went.takeaway.id, **standing, **facts, "cannot_be_taken_back": stays})
    else:
        _say_where(went)
    return 0


def _say_where(went: Went) -> None:
    say(f"{went.takeaway.headline} ({stands(went.state)})")
    rows = [
        (row.channel or "—", row.name or row.recipient or "—", str(row.revision or "—"), row.sentence)
        for row in went.rows
    ]
    if rows:
        table(rows, (t("Channel"), t("To"), t("Version"), t("State")))
    else:
        say(sent_nowhere(was_out=went.was_out, stands=went.state == "out"))
    say(tn("{count} answer", "{count} answers", went.answers))
    if went.openings is not None:
        say(t("opened on {count} devices", count=went.openings))
    if went.stays:
        say(tn("{count} of these cannot be taken back.", "{count} of these cannot be taken back.", len(went.stays)))
    say("")
    say(t("For the customer, if they ask:"))
    say(went.customer_text)
