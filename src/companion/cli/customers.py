"""customers: who buys from us, what we remember of them, and their people."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from companion.basics.errors import Problem
from companion.cli import customer_memory, customer_people
from companion.cli.asking import Commands, group, house_of, verb
from companion.cli.imported import add_table, said_imported, write_table
from companion.cli.out import end_progress, progress, say, say_json, table
from companion.cli.passwords import give_missing
from companion.people.addresses import normal
from companion.programme import memory_tables, start
from companion.programme import people as verbs
from companion.programme.merging import Merged, merge
from companion.takeaways.labels import may_quote
from companion.words.language import t, tn


def add(commands: Commands) -> None:
    """The commands of this file, and of those beside it."""
    customers = group(commands, "customers", t("who buys from us"))
    add_table(verb(customers, "import", _import, t("take customers in from a table")))
    write = verb(customers, "export", _export, t("every customer as a table, which import reads back"))
    write.add_argument("file", metavar="F.csv")
    verb(customers, "list", _list, t("all customers"))
    new = verb(customers, "propose", _propose, t("outside firms in the connected calendars; in memory only"))
    new.add_argument("--accept", action="append", default=[], metavar="DOMAIN", help=t("make a customer of it"))
    change = verb(customers, "set", _set, t("change what is known of one customer; what is not said stays"))
    change.add_argument("name", metavar="NAME")
    for option, label in (("segment", "S"), ("tier", "T"), ("host", "EMAIL"), ("public-name", "NAME")):
        change.add_argument(f"--{option}", metavar=label)
    change.add_argument("--nda", choices=("yes", "no"), help=t("nothing goes out without a yes of the host or ops"))
    change.add_argument(
        "--off-limits", nargs="*", metavar="WORD", help=t("words that never stand in a takeaway; none empties the list")
    )
    one = verb(customers, "merge", _merge, t("two names for one customer"))
    one.add_argument("kept", metavar="A")
    one.add_argument("gone", metavar="B")
    one.add_argument("--dry-run", action="store_true", help=t("say what would move, change nothing"))
    quote = verb(customers, "may-quote", _may_quote, t("whether one of their people may be quoted"))
    quote.add_argument("customer", metavar="CUSTOMER")
    quote.add_argument("address", metavar="ADDRESS")
    quote.add_argument("answer", metavar="yes|ask|no")
    customer_memory.add(customers)
    customer_people.add(customers)


def _import(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        done = verbs.import_customers(house, house.read_table(Path(options.file)), dry_run=options.dry_run)
    return said_imported(options, done)


def _export(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        rows = memory_tables.export_customers(house)
        return write_table(options, house, memory_tables.CUSTOMER_COLUMNS, rows)


def _list(options: argparse.Namespace) -> int:
    with house_of(options) as house, house.workspace(write=False) as tx:
        customers = sorted(tx.customers.all(), key=lambda customer: customer.name.casefold())
    if options.json:
        say_json([asdict(customer) for customer in customers])
    else:
        rows = [(c.name, "; ".join((*c.domains, *c.addresses)), c.host_email, c.tier) for c in customers]
        table(rows, (t("Name"), t("Domains"), t("Host"), t("Tier")))
    return 0


def _set(options: argparse.Namespace) -> int:
    said = {"segment": options.segment, "tier": options.tier, "public_name": options.public_name}
    news: dict[str, Any] = {name: value.strip() for name, value in said.items() if value is not None}
    if options.host is not None:
        news["host_email"] = normal(options.host)
        if options.host and not news["host_email"]:
            raise Problem("address_wrong", value=options.host)
    if options.nda:
        news["nda"] = options.nda == "yes"
    if options.off_limits is not None:
        news["off_limits"] = tuple(dict.fromkeys(word.strip() for word in options.off_limits if word.strip()))
    with house_of(options) as house:
        customer = memory_tables.change_customer(house, options.name, **news)
    say_json({"id": customer.id}) if options.json else say(customer.name)
    return 0


def _merge(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        done = merge(house, options.kept, options.gone, dry_run=options.dry_run)
    if options.json:
        counts = {name: value for name, value in asdict(done).items() if isinstance(value, int)}
        say_json({"id": done.kept.id, **counts, "dry_run": options.dry_run})
    else:
        say(done.kept.name)
        _say_moved(done)
        if options.dry_run:
            say(t("Nothing was changed."))
    return 0


def _say_moved(done: Merged) -> None:
    say(t("{gone} has {meetings}, {takeaways}, {facts} ({doubled} known to both), {contacts} ({known} known to both).",
          gone=done.gone.name, meetings=tn("{count} meeting", "{count} meetings", done.meetings),
          takeaways=tn("{count} takeaway", "{count} takeaways", done.takeaways),
          facts=tn("{count} fact", "{count} facts", done.facts), doubled=done.doubled,
          contacts=tn("{count} person", "{count} people", done.contacts), known=done.known))  # fmt: skip


def _propose(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        give_missing(house, options)
        found = start.propose(house, progress())
        made = start.accept(house, [item for item in found if item.domain in options.accept])
    end_progress()
    if options.json:
        say_json({"proposals": [asdict(item) for item in found], "id": [customer.id for customer in made]})
    else:
        rows = [(item.domain, item.name, str(item.entries), t("known") if item.known else "") for item in found]
        table(rows, (t("Domain"), t("Name"), t("Entries in 12 months"), ""))
    return 0


def _may_quote(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        contact = verbs.set_may_quote(house, options.customer, options.address, may_quote(options.answer))
    if options.json:
        say_json({"id": contact.id, "may_quote": contact.may_quote})
    else:
        say(f"{contact.name or contact.address}: {contact.may_quote or '—'}")
    return 0
