"""customers contacts, held-about, erase: a customer's people, and what is held of them."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from companion.basics.paths import write_whole
from companion.cli.asking import Commands, group, house_of, verb
from companion.cli.imported import add_table, said_imported, write_table
from companion.cli.out import plain, say, say_json
from companion.customers.contacts_table import CONTACT_COLUMNS
from companion.programme import memory_tables
from companion.programme.forgetting import Erasure, HeldAbout, HeldAt, erase, held_about
from companion.words import memory as words
from companion.words.language import t, tn


def add(customers: Commands) -> None:
    """The commands of this file."""
    contacts = group(customers, "contacts", t("their people as a table"))
    add_table(verb(contacts, "import", _import, t("take their people in from a table")))
    write = verb(contacts, "export", _export, t("their people as a table, which import reads back"))
    write.add_argument("file", metavar="F.csv")
    write.add_argument("--customer", default="", metavar="C")
    held = verb(customers, "held-about", _held, t("everything held of one of their people"))
    _whom(held)
    held.add_argument("--out", metavar="F", help=t("write it to a file, as JSON"))
    gone = verb(customers, "erase", _erase, t("forget one of their people; what they said stays"))
    _whom(gone)
    gone.add_argument("--dry-run", action="store_true", help=t("say what would be changed, change nothing"))
    gone.add_argument("--also-my-notes", action="store_true", help=t("take them out of my own notes as well"))


def _whom(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("contact", metavar="CONTACT", help=t("a mail address, or a name"))
    parser.add_argument("--customer", default="", metavar="C")


def _import(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        done = memory_tables.import_contacts(house, house.read_table(Path(options.file)), dry_run=options.dry_run)
    return said_imported(options, done)


def _export(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        return write_table(options, house, CONTACT_COLUMNS, memory_tables.export_contacts(house, options.customer))


def _held(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        held = held_about(house, options.contact, options.customer)
    if options.out:
        text = json.dumps(_held_json(held), ensure_ascii=False, indent=2, default=plain)
        write_whole(Path(options.out), text.encode())
    if options.json and not options.out:
        say_json(_held_json(held))
    elif options.json:
        say_json({"file": options.out})
    else:
        _say_held(held)
        for at in held.at:
            _say_rows(at)
        say(t("Backups, mails that went out and other people's computers are not searched."))
    return 0


def _erase(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        done = erase(
            house, options.contact, options.customer, dry_run=options.dry_run, also_my_notes=options.also_my_notes
        )
    if options.json:
        say_json({
            "counts": _counts(done.held), "notes_left": done.notes_left, "mailed": done.mailed, "waits": done.waits,
            "dry_run": options.dry_run,
        })  # fmt: skip
    else:
        _say_held(done.held)
        _say_erased(done, dry_run=options.dry_run)
    return 0


def _say_held(held: HeldAbout) -> None:
    if held.nothing:
        say(t("Nothing is held of them."))
    for at in held.at:
        say(f"{at.customer.name}")
        for name, count in {**at.shared.counts, **at.here.counts}.items():
            say(t("  {place}: {count}", place=words.place(name), count=count))
        if at.notes:
            say(t("  {place}: {count}", place=t("places in your own notes"), count=at.notes))
        if at.waiting:
            say(t("  {place}: {count}", place=t("changes that wait on this computer"), count=at.waiting))


def _say_rows(at: HeldAt) -> None:
    """What stands there, text by text; the places that are only counted are in the counts above."""
    lines = []
    if at.contact:
        one = at.contact
        lines.append((t("Among their people"), " · ".join(filter(None, (one.name, one.address, one.role, one.line)))))
    lines += [(t("Known as"), name) for name in at.names if not at.contact or name != at.contact.name]
    lines += [(t("Meeting"), f"{one.start.date()}  {one.title}") for one in at.meetings]
    lines += [(words.title(one.kind), one.text) for one in at.facts]
    lines += [(t("Takeaway"), one.headline) for one in at.takeaways]
    lines += [(t("Answer"), one.text) for one in at.answers]
    for what, text in lines:
        say(t("{what}: {text}", what=what, text=" ".join(text.split())))


def _say_erased(done: Erasure, *, dry_run: bool) -> None:
    if dry_run:
        say(t("Nothing was changed."))
    elif done.waits:
        say(t("This computer has forgotten them. The workspace is away; it follows by itself."))
    else:
        say(t("They are forgotten here and in the workspace, and no calendar or table brings them back."))
    if done.notes_left:
        say(tn("{count} place in your own notes still names them; --also-my-notes takes them out there.",
               "{count} places in your own notes still name them; --also-my-notes takes them out there.",
               done.notes_left))  # fmt: skip
    if done.mailed:
        say(tn("{count} message that told of them has gone out and is beyond reach.",
               "{count} messages that told of them have gone out and are beyond reach.", done.mailed))  # fmt: skip
    say(t("Backups keep what they held until they are deleted, and other people's notes are theirs."))


def _counts(held: HeldAbout) -> dict[str, int]:
    found: dict[str, int] = {}
    for at in held.at:
        for name, count in (*at.shared.counts.items(), *at.here.counts.items()):
            found[name] = found.get(name, 0) + count
    return found


def _held_json(held: HeldAbout) -> dict[str, Any]:
    return {
        "address": held.address,
        "name": held.name,
        "at": [
            {
                "customer": at.customer.name, "contact": asdict(at.contact) if at.contact else None,
                "names": at.names,
                "meetings": [{"id": one.id, "title": one.title, "start": one.start} for one in at.meetings],
                "facts": [asdict(one) for one in at.facts], "takeaways": [asdict(one) for one in at.takeaways],
                "answers": [{"id": one.id, "at": one.at, "text": one.text, "reply": one.reply} for one in at.answers],
                "counts": {**at.shared.counts, **at.here.counts}, "my_notes": at.notes, "waiting": at.waiting,
            }
            for at in held.at
        ],
        "not_searched": ["backups", "mails that went out", "other computers"],
    }  # fmt: skip
