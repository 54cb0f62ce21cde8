"""channels."""

import argparse
from dataclasses import asdict

from companion.cli.asking import Commands, group, house_of, verb
from companion.cli.out import say, say_json, table
from companion.cli.passwords import add_password_stdin, give_missing_to_channels, password_of, tell_fleeting
from companion.programme import channels as verbs
from companion.takeaways.model import Channel
from companion.words.language import t


def add(commands: Commands) -> None:
    """The commands of this file."""
    channels = group(commands, "channels", t("ways out for takeaways"))
    kinds = group(channels, "add", t("add a way out"))
    for kind, text in (("site", t("a static site in a folder")), ("folder", t("Markdown files in a folder"))):
        place = verb(kinds, kind, _add_place, text)
        place.set_defaults(kind=kind)
        place.add_argument("name", metavar="NAME")
        place.add_argument("folder", metavar="DIR")
        place.add_argument("--audience", default="company", metavar="A", help="company | team:T")
    smtp = verb(kinds, "smtp", _add_smtp, t("a mail server"))
    smtp.add_argument("name", metavar="NAME")
    smtp.add_argument("server", metavar="HOST:PORT")
    smtp.add_argument("--security", choices=("starttls", "tls", "none"), default="starttls")
    smtp.add_argument("--user", default="", metavar="U")
    smtp.add_argument("--from", dest="sender", required=True, metavar="ADDRESS")
    add_password_stdin(smtp)
    verb(channels, "list", _list, t("all channels"))
    new = verb(channels, "password", _password, t("give a mail server another password"))
    new.add_argument("--user", default="", metavar="U", help=t("and another user name"))
    add_password_stdin(new)
    trying = verb(channels, "test", _test, t("try a channel"))
    for parser in (new, trying, verb(channels, "remove", _remove, t("forget a channel"))):
        parser.add_argument("name", metavar="NAME")


def _add_place(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        channel = verbs.add_place(house, options.kind, options.name, options.folder, options.audience)
    return _added(options, channel)


def _add_smtp(options: argparse.Namespace) -> int:
    password = password_of(options)
    with house_of(options) as house:
        channel = verbs.add_smtp(
            house, options.name, options.server, options.security, options.user, options.sender, password
        )
        if password:
            tell_fleeting(house, channel.name)
    return _added(options, channel)


def _added(options: argparse.Namespace, channel: Channel) -> int:
    say_json({"id": channel.id}) if options.json else say(t("{name} added.", name=channel.name))
    return 0


def _list(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        channels = verbs.all_of(house)
    if options.json:
        say_json([asdict(channel) for channel in channels])
    else:
        rows = [(c.name, c.kind, c.audience, c.config.get("dir") or c.config.get("host", "")) for c in channels]
        table(rows, (t("Name"), t("Kind"), t("Audience"), t("Where")))
    return 0


def _test(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        give_missing_to_channels(house, [verbs.named(house, options.name)])
        verbs.test(house, options.name)
    say_json({"ok": True}) if options.json else say(t("{name} works.", name=options.name))
    return 0


def _password(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        user = verbs.named(house, options.name).config.get("user", "")
        channel = verbs.set_password(house, options.name, password_of(options, user), options.user)
        tell_fleeting(house, channel.name)
    say_json({"id": channel.id}) if options.json else say(t("Noted."))
    return 0


def _remove(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        verbs.remove(house, options.name)
    say_json({"id": options.name}) if options.json else say(t("{name} removed.", name=options.name))
    return 0
