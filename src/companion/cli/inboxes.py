"""inboxes."""

import argparse
from dataclasses import asdict
from typing import Any

from companion.cli.answers import say_taken
from companion.cli.asking import Commands, group, house_of, verb
from companion.cli.microsoft import asking_it, show_address, show_code, signing_in
from companion.cli.out import end_progress, progress, say, say_json, table
from companion.cli.passwords import add_password_stdin, password_of, tell_fleeting
from companion.programme import answers, outbox
from companion.programme import inboxes as verbs
from companion.takeaways.inbox import Inbox
from companion.words.language import t


def add(commands: Commands) -> None:
    """The commands of this file."""
    inboxes = group(commands, "inboxes", t("mailboxes that take readers' answers"))
    kinds = group(inboxes, "add", t("add a mailbox"))
    imap = verb(kinds, "imap", _add_imap, t("a mailbox on an IMAP server; only read, nothing in it is changed"))
    imap.add_argument("name", metavar="NAME")
    imap.add_argument("server", metavar="HOST:PORT")
    imap.add_argument("--user", required=True, metavar="U")
    imap.add_argument("--security", choices=("tls", "starttls", "none"), default="tls")
    imap.add_argument("--folder", default="INBOX", metavar="F")
    add_password_stdin(imap)
    graph = verb(
        kinds, "graph", asking_it(_add_graph, of_account=False), t("a mailbox at Microsoft 365, read as somebody")
    )
    graph.add_argument("name", metavar="NAME")
    graph.add_argument("--user", default="", metavar="ADDRESS", help=t("who signs in (else you)"))
    graph.add_argument("--mailbox", default="", metavar="ADDRESS", help=t("a mailbox that is shared with them"))
    graph.add_argument("--device-code", action="store_true", help=t("sign in on another device, where IT allows it"))
    verb(inboxes, "list", _list, t("all inboxes"))
    verb(inboxes, "read", _read, t("take in what is new"))
    new = verb(inboxes, "password", _password, t("give an inbox another password"))
    add_password_stdin(new)
    trying = verb(inboxes, "test", _test, t("try an inbox; nothing is read"))
    for parser in (new, trying, verb(inboxes, "remove", _remove, t("forget an inbox"))):
        parser.add_argument("name", metavar="NAME")


def inbox_json(inbox: Inbox) -> dict[str, Any]:
    """An inbox as the command answers it."""
    return {key: value for key, value in asdict(inbox).items() if key != "cursor"}


def _add_imap(options: argparse.Namespace) -> int:
    password = password_of(options)
    with house_of(options) as house:
        made = verbs.add_imap(
            house, options.name, options.server, options.user, security=options.security, folder=options.folder,
            password=password,
        )  # fmt: skip
        if password:
            tell_fleeting(house, made.name)
    return _added(options, made)


def _add_graph(options: argparse.Namespace) -> int:
    with house_of(options) as house, signing_in() as ticket:
        by_code = show_code if options.device_code else None
        made = verbs.add_graph(
            house, options.name, options.user, ticket, show_address, mailbox=options.mailbox, by_code=by_code
        )
        tell_fleeting(house, made.name)
    return _added(options, made)


def _added(options: argparse.Namespace, inbox: Inbox) -> int:
    say_json({"id": inbox.id}) if options.json else say(t("{name} added.", name=inbox.name))
    return 0


def _list(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found = verbs.all_of(house)
    if options.json:
        say_json([inbox_json(one) for one in found])
    else:
        rows = [(one.name, one.kind, one.config.get("host", ""), one.config.get("user", "")) for one in found]
        table(rows, (t("Name"), t("Kind"), t("Where"), t("User")))
    return 0


def _read(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found = answers.sweep(house, progress())
        if found.taken.count:
            outbox.republish(house)
    end_progress()
    say_taken(options, found)
    return 1 if found.problems and not (found.taken.count or found.left) else 0


def _password(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        user = verbs.named(house, options.name).config.get("user", "")
        made = verbs.set_password(house, options.name, password_of(options, user))
        tell_fleeting(house, made.name)
    say_json({"id": made.id}) if options.json else say(t("Noted."))
    return 0


def _test(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        verbs.test(house, options.name)
    say_json({"ok": True}) if options.json else say(t("{name} works.", name=options.name))
    return 0


def _remove(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        verbs.remove(house, options.name)
    say_json({"id": options.name}) if options.json else say(t("{name} removed.", name=options.name))
    return 0
