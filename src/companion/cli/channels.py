"""channels."""

import argparse
from dataclasses import asdict
from pathlib import Path

from companion.basics.errors import Problem
from companion.basics.paths import write_whole
from companion.cli.asking import Commands, group, house_of, verb
from companion.cli.microsoft import asking_it, show_address, show_code, signing_in
from companion.cli.out import say, say_json, table, tell, tell_all, warn
from companion.cli.passwords import (
    add_password_stdin,
    ask_or_read,
    give_missing_to_channels,
    password_of,
    tell_fleeting,
)
from companion.programme import channels as verbs
from companion.programme import senders, trying
from companion.programme.model import House
from companion.takeaways.model import Channel, Unsure
from companion.words.channels import tested, where
from companion.words.language import t


def add(commands: Commands) -> None:
    """The commands of this file."""
    channels = group(commands, "channels", t("ways out for takeaways"))
    _add_kinds(group(channels, "add", t("add a way out")))
    verb(channels, "list", _list, t("all channels"))
    new = verb(channels, "password", _password, t("give a mail server another password"))
    new.add_argument("--user", default="", metavar="U", help=t("and another user name"))
    add_password_stdin(new)
    trial = verb(channels, "test", _test, t("try a channel; nothing is sent without --send"))
    trial.add_argument("--send", action="store_true", help=t("send a harmless message: a mail to you, or a post"))
    look = verb(channels, "preview", _preview, t("what a channel would send of a takeaway"))
    again = verb(channels, "signin", asking_it(_sign_in, of_account=False), t("sign in who a channel sends as"))
    _add_device_code(again)
    post = verb(channels, "post", _post, t("the mail channel by which the programme writes its letters"))
    post.add_argument("--none", action="store_true", help=t("it writes none any more"))
    address = verb(channels, "address", _address, t("a webhook's new address, from standard input or a prompt"))
    removing = verb(channels, "remove", _remove, t("forget a channel"))
    for parser in (new, trial, look, again, address, removing):
        parser.add_argument("name", metavar="NAME")
    post.add_argument("name", metavar="NAME", nargs="?", default="")
    look.add_argument("takeaway", metavar="TAKEAWAY")
    look.add_argument("--html", default="", metavar="FILE", help=t("write the HTML to a file"))


def _add_kinds(kinds: Commands) -> None:
    for kind, text in (("site", t("a static site in a folder")), ("folder", t("Markdown files in a folder"))):
        place = verb(kinds, kind, _add_place, text)
        place.set_defaults(kind=kind)
        place.add_argument("name", metavar="NAME")
        place.add_argument("folder", metavar="DIR")
        if kind == "site":
            place.add_argument("--url", default="", metavar="URL", help=t("where the folder is served, if it is"))
        _add_audience(place)
    smtp = verb(kinds, "smtp", _add_smtp, t("a mail server"))
    smtp.add_argument("name", metavar="NAME")
    smtp.add_argument("server", metavar="HOST:PORT")
    smtp.add_argument("--security", choices=("starttls", "tls", "none"), default="starttls")
    smtp.add_argument("--user", default="", metavar="U")
    smtp.add_argument("--from", dest="sender", required=True, metavar="ADDRESS")
    add_password_stdin(smtp)
    for kind, text in (
        ("teams", t("a Teams channel by a workflow's webhook; its address from standard input or a prompt")),
        ("slack", t("a Slack channel by an incoming webhook; its address from standard input or a prompt")),
    ):
        hook = verb(kinds, kind, _add_webhook, text)
        hook.set_defaults(kind=kind)
        hook.add_argument("name", metavar="NAME")
        _add_audience(hook)
    mail = verb(
        kinds, "graph-mail", asking_it(_add_graph_mail, of_account=False), t("somebody's own mailbox at Microsoft 365")
    )
    post = verb(
        kinds,
        "graph-channel",
        asking_it(_add_graph_channel, of_account=False),
        t("a Teams channel under somebody's own name"),
    )
    for parser in (mail, post):
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("--user", default="", metavar="ADDRESS", help=t("who sends (else you)"))
        _add_device_code(parser)
    post.add_argument("--team", default="", metavar="T", help=t("id of the team"))
    post.add_argument("--channel", required=True, metavar="C", help=t("id of the channel, or the link Teams copies"))
    _add_audience(post)


def _add_audience(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--audience", default="company", metavar="A", help="company | team:T")


def _add_device_code(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--device-code", action="store_true", help=t("sign in on another device, where IT allows it"))


def _add_place(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        url = options.url if options.kind == "site" else ""
        channel = verbs.add_place(house, options.kind, options.name, options.folder, options.audience, url)
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


def _add_webhook(options: argparse.Namespace) -> int:
    address = ask_or_read(t("Address of the webhook for {name}: ", name=options.name))
    adding = verbs.add_teams if options.kind == "teams" else verbs.add_slack
    with house_of(options) as house:
        channel = adding(house, options.name, address, options.audience)
        tell_fleeting(house, channel.name)
    return _added(options, channel)


def _add_graph_mail(options: argparse.Namespace) -> int:
    with house_of(options) as house, signing_in() as ticket:
        by_code = show_code if options.device_code else None
        channel = senders.add_graph_mail(house, options.name, options.user, ticket, show_address, by_code=by_code)
        tell_fleeting(house, channel.name)
    return _added(options, channel)


def _add_graph_channel(options: argparse.Namespace) -> int:
    with house_of(options) as house, signing_in() as ticket:
        channel = senders.add_graph_channel(
            house, options.name, options.user, options.team, options.channel, ticket, show_address,
            audience=options.audience, by_code=show_code if options.device_code else None,
        )  # fmt: skip
        tell_fleeting(house, channel.name)
    return _added(options, channel)


def _added(options: argparse.Namespace, channel: Channel) -> int:
    tell_all(verbs.warnings(channel))
    say_json({"id": channel.id}) if options.json else say(t("{name} added.", name=channel.name))
    return 0


def _list(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        channels, post = verbs.all_of(house), verbs.post_of(house)
    if options.json:
        say_json([{**asdict(channel), "post": channel.id == post} for channel in channels])
    else:
        rows = [
            (c.name, c.kind, c.audience, where(c.config) + (t(" (writes letters)") if c.id == post else ""))
            for c in channels
        ]
        table(rows, (t("Name"), t("Kind"), t("Audience"), t("Where")))
    return 0


def _test(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        channel = verbs.named(house, options.name)
        give_missing_to_channels(house, [channel])
        try:
            if options.send:
                return _send_test(options, house)
            verbs.test(house, options.name)
        except Problem as problem:
            tell(problem, "test")
            return 1
    tell_all(verbs.warnings(channel))
    if options.json:
        say_json({"ok": True})
    else:
        say(tested(channel.kind, channel.name))
        if channel.kind in verbs.WEBHOOKS:
            say(t("To see that a message is taken, post a test with --send."))
    return 0


def _send_test(options: argparse.Namespace, house: House) -> int:
    try:
        to = trying.send_test(house, options.name)
    except Unsure:
        warn(t("{name}: the line broke after the test was handed over. Look whether it arrived.", name=options.name))
        return 1
    if options.json:
        say_json({"ok": True, "sent": True})
    elif to:
        say(t("A test was sent to {address}. Look into the mailbox.", address=to))
    else:
        say(t("A test was posted to {name}. Look into the channel: being taken is not yet being shown.",
              name=options.name))  # fmt: skip
    return 0


def _preview(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        shown = trying.preview(house, options.name, options.takeaway)
    if options.html:
        write_whole(Path(options.html), shown.html.encode())
    say_json(asdict(shown)) if options.json else say(shown.text.rstrip("\n"))
    return 0


def _sign_in(options: argparse.Namespace) -> int:
    with house_of(options) as house, signing_in() as ticket:
        by_code = show_code if options.device_code else None
        channel = senders.sign_in(house, options.name, ticket, show_address, by_code=by_code)
        tell_fleeting(house, channel.name)
    said = t("{user} is signed in; {name} sends from here.", user=channel.config["user"], name=channel.name)
    say_json({"id": channel.id}) if options.json else say(said)
    return 0


def _post(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        if options.name or options.none:
            verbs.set_post(house, "" if options.none else options.name)
        post = verbs.post_of(house)
        name = next((channel.name for channel in verbs.all_of(house) if channel.id == post), "")
    if options.json:
        say_json({"post": name})
    elif name:
        say(t("The programme writes its letters through {name}.", name=name))
    else:
        say(t("The programme writes no letters."))
    return 0


def _address(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        verbs.named(house, options.name)
        address = ask_or_read(t("Address of the webhook for {name}: ", name=options.name))
        channel = verbs.set_address(house, options.name, address)
        tell_fleeting(house, channel.name)
    say_json({"id": channel.id}) if options.json else say(t("Noted."))
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
        senders.remove(house, options.name)
    say_json({"id": options.name}) if options.json else say(t("{name} removed.", name=options.name))
    return 0
