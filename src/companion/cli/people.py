"""me, people, customers."""

import argparse
from dataclasses import asdict
from pathlib import Path

from companion.basics.clock import read_day
from companion.basics.errors import Problem
from companion.basics.paths import find_home, open_home
from companion.cli.asking import Commands, group, house_of, text_of, verb
from companion.cli.out import end_progress, problem_json, progress, say, say_json, table, tell, tell_all
from companion.cli.passwords import give_missing
from companion.programme import people as verbs
from companion.programme import start
from companion.programme.invitation import accept, read_invitation
from companion.programme.people import Imported
from companion.takeaways.labels import may_quote
from companion.words.language import t, tn


def add(commands: Commands) -> None:
    """The commands of this file."""
    me = verb(commands, "me", _me, t("who works with this profile"))
    me.add_argument("email", nargs="?", metavar="EMAIL")
    me.add_argument("--invitation", metavar="FILE", help=t("take who you are and your workspace from an invitation"))
    people = group(commands, "people", t("leaders, staff and hosts"))
    _table(verb(people, "import", _people_import, t("take people in from a table")))
    verb(people, "list", _people_list, t("everybody"))
    leave = verb(people, "leave", _leave, t("a time in which nothing is expected"))
    leave.add_argument("email", metavar="EMAIL")
    leave.add_argument("--from", dest="first", required=True, metavar="DAY")
    leave.add_argument("--to", dest="last", required=True, metavar="DAY")
    leave.add_argument("--kind", default="leave", metavar="WORD", help=t("a category, never a diagnosis"))
    customers = group(commands, "customers", t("who buys from us"))
    _table(verb(customers, "import", _customers_import, t("take customers in from a table")))
    verb(customers, "list", _customers_list, t("all customers"))
    new = verb(customers, "propose", _propose, t("outside firms in the connected calendars; in memory only"))
    new.add_argument("--accept", action="append", default=[], metavar="DOMAIN", help=t("make a customer of it"))
    merge = verb(customers, "merge", _customers_merge, t("two names for one customer"))
    merge.add_argument("kept", metavar="A")
    merge.add_argument("gone", metavar="B")
    quote = verb(customers, "may-quote", _may_quote, t("whether one of their people may be quoted"))
    quote.add_argument("customer", metavar="CUSTOMER")
    quote.add_argument("address", metavar="ADDRESS")
    quote.add_argument("answer", metavar="yes|ask|no")


def _table(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="F.csv")
    parser.add_argument("--dry-run", action="store_true", help=t("say what would change, change nothing"))


def _me(options: argparse.Namespace) -> int:
    if options.invitation:
        paths = open_home(find_home(options.home))
        accept(paths, read_invitation(text_of(options.invitation)))
    with house_of(options) as house:
        me = verbs.set_me(house, options.email).me if options.email else house.me
        if not me:
            raise Problem("me_unset")
        with house.workspace(write=False) as tx:
            person = tx.people.by_address(me)
        if person is None:
            tell(Problem("me_not_known", address=me))
    if options.json:
        say_json({"email": me, "id": person.id if person else None, "name": person.name if person else None})
    else:
        say(f"{person.name} <{me}>" if person else me)
    return 0


def _people_import(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        done = verbs.import_people(house, house.read_table(Path(options.file)), dry_run=options.dry_run)
    return report(options, done)


def _customers_import(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        done = verbs.import_customers(house, house.read_table(Path(options.file)), dry_run=options.dry_run)
    return report(options, done)


def report(options: argparse.Namespace, done: Imported) -> int:
    """What a table brought in; 1 where nothing could be taken from it."""
    nothing = bool(done.problems) and not (done.added or done.changed or done.same)
    tell_all(done.problems)
    if options.json:
        problems = [problem_json(item) for item in done.problems]
        say_json({**asdict(done), "problems": problems, "dry_run": options.dry_run})
    elif not nothing:
        if options.dry_run:
            for label in done.added:
                say(f"+ {label}")
            for label in done.changed:
                say(f"~ {label}")
        count = len(done.added)
        say(tn("{count} added", "{count} added", count) + t(", {changed} changed, {same} as before",
            changed=len(done.changed), same=done.same))  # fmt: skip
    return 1 if nothing else 0


def _people_list(options: argparse.Namespace) -> int:
    with house_of(options) as house, house.workspace(write=False) as tx:
        people = sorted(tx.people.all(), key=lambda person: (person.team, person.name))
    if options.json:
        say_json([asdict(person) for person in people])
    else:
        rows = [(p.name, p.email, p.team, p.role, "" if p.target is None else str(p.target)) for p in people]
        table(rows, (t("Name"), t("Address"), t("Team"), t("Role"), t("Target")))
    return 0


def _leave(options: argparse.Namespace) -> int:
    first, last = read_day(options.first, "--from"), read_day(options.last, "--to")
    with house_of(options) as house:
        verbs.take_leave(house, options.email, first, last, options.kind)
    if options.json:
        say_json({"id": options.email})
    return 0


def _customers_list(options: argparse.Namespace) -> int:
    with house_of(options) as house, house.workspace(write=False) as tx:
        customers = sorted(tx.customers.all(), key=lambda customer: customer.name.casefold())
    if options.json:
        say_json([asdict(customer) for customer in customers])
    else:
        rows = [(c.name, "; ".join((*c.domains, *c.addresses)), c.host_email, c.tier) for c in customers]
        table(rows, (t("Name"), t("Domains"), t("Host"), t("Tier")))
    return 0


def _customers_merge(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        kept = verbs.merge_customers(house, options.kept, options.gone)
    say_json({"id": kept.id}) if options.json else say(kept.name)
    return 0


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
