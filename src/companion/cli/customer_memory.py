"""customers show, remember, change, end, history, facts: what we remember of a customer."""

import argparse
import sys
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from companion.basics.clock import day_of, read_day
from companion.basics.errors import Problem
from companion.cli.asking import Commands, group, house_of, verb
from companion.cli.imported import add_table, said_imported, write_table
from companion.cli.out import say, say_json
from companion.customers.changing import EVERY_END
from companion.customers.facts_table import FACT_COLUMNS
from companion.customers.memory import KINDS, Fact, FactState
from companion.programme import memory, memory_tables
from companion.programme.apply_memory import find
from companion.programme.model import House
from companion.programme.seats import person_of
from companion.programme.views.customer import CustomerPage, Remembered, customer_page
from companion.takeaways.labels import may_quote
from companion.words import memory as words
from companion.words.brief import due, known_from, line_name, old, unknown
from companion.words.language import t


def add(customers: Commands) -> None:
    """The commands of this file."""
    show = verb(customers, "show", _show, t("all that is remembered of a customer"))
    show.add_argument("name", metavar="NAME")
    remember = verb(customers, "remember", _remember, t("keep something new of a customer"))
    remember.add_argument("name", metavar="NAME")
    remember.add_argument("kind", metavar="KIND", help=", ".join(KINDS))
    remember.add_argument("text", metavar="TEXT", help=t("- reads it from standard input"))
    remember.add_argument("--topic", default="", metavar="T", help=t("one of the five lines, or the team that touches"))
    remember.add_argument("--role", default="", metavar="ROLE", help=t("who said it, never by name"))
    remember.add_argument("--contact", default="", metavar="ADDRESS", help=t("which of their people said it"))
    remember.add_argument("--heard-on", default="", metavar="DAY")
    remember.add_argument("--source", default="", metavar="WORDS", help=t("where it is known from"))
    remember.add_argument("--owner", default="", metavar="EMAIL", help=t("who of ours promised it"))
    remember.add_argument("--due", default="", metavar="DAY")
    remember.add_argument("--may-quote", default="", metavar="yes|ask|no")
    remember.add_argument("--follows", default="", metavar="FACT", help=t("the goal that this one comes in place of"))
    change = verb(customers, "change", _change, t("say a fact anew; what it said stays in its history"))
    change.add_argument("fact", metavar="FACT")
    change.add_argument("text", metavar="TEXT", help=t("- reads it from standard input"))
    change.add_argument("--heard-on", default="", metavar="DAY", help=t("where the day was wrong"))
    end = verb(customers, "end", _end, t("what became of a goal or a promise, or that something holds no more"))
    end.add_argument("fact", metavar="FACT")
    end.add_argument("state", metavar="STATE", help=", ".join(EVERY_END))
    end.add_argument("--result", default="", metavar="TEXT", help=t("what became of it"))
    end.add_argument("--on", default="", metavar="DAY")
    past = verb(customers, "history", _history, t("a fact, and what it said before"))
    past.add_argument("fact", metavar="FACT")
    facts = group(customers, "facts", t("facts as a table"))
    add_table(verb(facts, "import", _facts_import, t("take facts in from a table")))
    write = verb(facts, "export", _facts_export, t("facts as a table, which import reads back"))
    write.add_argument("file", metavar="F.csv")
    write.add_argument("--customer", default="", metavar="C")


def _text(options: argparse.Namespace) -> str:
    return sys.stdin.read() if options.text == "-" else str(options.text)


def _remember(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        with house.workspace(write=False) as tx:
            customer = memory.customer_named(tx, options.name)
            contact = memory.contact_named(tx, customer, options.contact).id if options.contact else ""
            owner = person_of(tx, options.owner).id if options.owner else ""
            follows = find(tx, options.follows).id if options.follows else ""
        fact = memory.remember(house, Fact(
            "", customer.id, options.kind, _text(options), options.topic, options.role, contact,
            read_day(options.heard_on, "--heard-on") if options.heard_on else None, options.source,
            may_quote=may_quote(options.may_quote), owner_id=owner,
            due=read_day(options.due, "--due") if options.due else None, follows=follows,
        ))  # fmt: skip
        return _said(options, house, fact)


def _change(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        known = memory.get(house, options.fact)
        day = read_day(options.heard_on, "--heard-on") if options.heard_on else known.heard_on
        fact = memory.change(house, replace(known, text=_text(options), heard_on=day), known.revision)
        return _said(options, house, fact)


def _end(options: argparse.Namespace) -> int:
    on = read_day(options.on, "--on") if options.on else None
    with house_of(options) as house:
        was = _stood(house, options.fact)
        fact = memory.end(house, options.fact, options.state, options.result, on)
        if fact is not None:
            return _said(options, house, fact, was)
    if options.json:
        say_json({"id": options.fact, "waits": True})
    else:
        say(t("The workspace is away; it waits on this computer and crosses by itself."))
    return 0


def _stood(house: House, fact_id: str) -> FactState:
    """How a fact had ended before; "open" where nobody here knows."""
    try:
        return memory.get(house, fact_id).state
    except Problem as problem:
        if problem.code not in memory.AWAY | {"fact_unknown"}:
            raise
        return "open"


def _said(options: argparse.Namespace, house: House, fact: Fact, was: FactState = "open") -> int:
    waits = any(one.id == fact.id for one in memory.waiting(house))
    if options.json:
        say_json({"id": fact.id, "revision": fact.revision, "waits": waits})
    else:
        say(f"{fact.id[:8]}  {words.kind(fact.kind)}, {words.state(fact.state)}")
        if was not in ("open", fact.state):
            say(t("It was {state} until now; companion customers history shows both.", state=words.state(was)))
        if waits:
            say(t("The workspace is away; it waits on this computer and crosses by itself."))
    return 0


def _history(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        fact, versions = memory.history(house, options.fact)
        with house.workspace(write=False) as tx:
            names = {person.id: person.name for person in tx.people.all()}
    every = [*(one.fact for one in versions), fact]
    if options.json:
        say_json([{**asdict(one), "by_name": names.get(one.changed_by, "")} for one in every])
    else:
        for one in every:
            day = one.changed.date().isoformat() if one.changed else "—"
            say(f"{one.revision}  {day}  {names.get(one.changed_by, '—')}  {words.state(one.state)}")
            say(_indented(one.text))
        if fact.unseen:
            say(t("Changed by two people at once: both texts are above."))
    return 0


def _facts_import(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        done = memory_tables.import_facts(house, house.read_table(Path(options.file)), dry_run=options.dry_run)
    return said_imported(options, done)


def _facts_export(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        return write_table(options, house, FACT_COLUMNS, memory_tables.export_facts(house, options.customer))


def _show(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        page = customer_page(house, options.name)
    if options.json:
        say_json(_page_json(page))
    else:
        _say_page(page)
    return 0


def _page_json(page: CustomerPage) -> dict[str, Any]:
    """The page's facts and times; meetings by id."""
    told = asdict(page)
    told["who"] = {topic: asdict(one) if one else None for topic, one in page.who}
    for person in told["people"]:
        person["met"] = [{"id": item["id"], "start": item["start"]} for item in person["met"]]
    for quote in told["quotes"]:
        quote["meeting"] = quote["meeting"]["id"] if quote["meeting"] else None
        quote["takeaway"] = quote["takeaway"]["id"] if quote["takeaway"] else None
    told["takeaways"] = [one.id for one in page.takeaways]
    told["next"] = page.next.id if page.next else None
    return told


def _say_page(page: CustomerPage) -> None:
    one, today = page.customer, day_of(page.now, page.zone)
    marks = [one.segment, one.tier, t("NDA") if one.nda else "", page.host and t("host: {name}", name=page.host)]
    say(" · ".join([one.name, *filter(None, marks)]))
    for topic, line in page.who:
        say(f"{line_name(topic)}: {' '.join(line.fact.text.split()) if line else unknown()}")
    for heading, facts in (
        (t("Their goals"), [goal.now for goal in page.goals]), (t("Promised to them"), page.promises),
        (t("What it changed for them"), page.bought), (t("How we touch them"), page.touches),
        (t("Avoid"), page.avoid), (t("The front line adds"), page.front_line),
    ):  # fmt: skip
        if facts:
            say(f"\n{heading}")
            for fact in facts:
                _say_fact(fact, today)
    if page.quotes:
        say("\n" + t("In their words"))
        for quote in page.quotes:
            known = known_from(quote.source or quote.author, quote.heard_on, today)
            say(_indented(" · ".join(filter(None, (f"“{quote.text}”", quote.role, known)))))
    if page.people:
        say("\n" + t("Their people"))
        for person in page.people:
            who = person.contact
            met = t("met by {names}", names=", ".join(person.met_by)) if person.met_by else ""
            say(_indented(" · ".join(filter(None, (who.name or who.address, who.role, who.line, met)))))
    if page.timeline:
        say("\n" + t("What happened"))
        for moment in page.timeline[:20]:
            told = words.happened(moment.kind, moment.state, moment.text, moment.result)
            say(f"  {moment.on}  {' '.join(told.split())}")


def _say_fact(one: Remembered, today: date) -> None:
    fact = one.fact
    facts = [fact.topic, fact.text, fact.role, known_from(fact.source, fact.heard_on, today), old() if one.old else "",
             t("promised by {name}", name=one.owner) if one.owner else "", due(fact.due, today) if fact.due else "",
             t("changed by two people") if one.others else ""]  # fmt: skip
    say(f"  {fact.id[:8]}  " + " · ".join(" ".join(part.split()) for part in facts if part))


def _indented(text: str) -> str:
    return "\n".join(f"   {line}" for line in text.splitlines())
