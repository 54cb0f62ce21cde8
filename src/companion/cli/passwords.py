"""Passwords and secret addresses by command: from standard input, asked on a terminal, told where they do not last."""

import argparse
import sys
from collections.abc import Iterable

from companion.basics.errors import Problem
from companion.calendars.model import Account
from companion.cli.out import tell
from companion.programme import accounts, channels
from companion.programme.model import House
from companion.takeaways.model import Channel
from companion.words.language import t


def add_password_stdin(parser: argparse.ArgumentParser) -> None:
    """--password-stdin."""
    parser.add_argument("--password-stdin", action="store_true", help=t("read the password from standard input"))


def from_stdin() -> str:
    """The first line of standard input."""
    return sys.stdin.readline().rstrip("\r\n")


def ask(prompt: str) -> str:
    """What is typed on a terminal, unseen; "" where there is no terminal."""
    if not sys.stdin.isatty():
        return ""
    from getpass import getpass

    return getpass(prompt)


def ask_or_read(prompt: str) -> str:
    """What is typed on a terminal, else the first line of standard input; "" for an empty answer."""
    return ask(prompt) if sys.stdin.isatty() else from_stdin()


def password_of(options: argparse.Namespace, user: str = "") -> str:
    """The first line of standard input where --password-stdin was given, a prompt on a terminal, else ""."""
    user = getattr(options, "user", "") or user
    if options.password_stdin:
        return from_stdin()
    return ask(t("Password for {user}: ", user=user)) if user else ""


def give_missing(house: House, options: argparse.Namespace, names: Iterable[str] = ()) -> None:
    """Ask for what the named accounts (none named: all) need and the secrets lack, or read it for the one account."""
    wanted = set(names)
    chosen = [account for account in accounts.all_of(house) if not wanted or account.name in wanted]
    if getattr(options, "password_stdin", False):
        if len(chosen) != 1:
            raise Problem("password_for_one")
        _take(house, chosen[0])
    elif sys.stdin.isatty():
        for account in chosen:
            _ask_for(house, account)


def _take(house: House, account: Account) -> None:
    """The password, where somebody signs in; then, on a line of its own, a secret address that is not at hand."""
    if account.user or not accounts.is_hidden(account):
        accounts.set_password(house, account.name, from_stdin())
    if accounts.lacking(house, account) == "address":
        accounts.set_address(house, account.name, from_stdin())


def _ask_for(house: House, account: Account) -> None:
    try:
        if accounts.lacking(house, account) == "address":
            typed = ask(t("Address of {name} ({shown}): ", name=account.name, shown=account.url))
            if typed:
                accounts.set_address(house, account.name, typed)
        if accounts.lacking(house, account) == "password":
            typed = ask(t("Password of {user} for {name}: ", user=account.user, name=account.name))
            if typed:
                accounts.set_password(house, account.name, typed)
    except Problem as problem:
        tell(problem)  # of this account only; the others are read


def give_missing_to_channels(house: House, found: Iterable[Channel]) -> None:
    """Ask on a terminal for the passwords that mail servers need and the secrets lack."""
    if not sys.stdin.isatty():
        return
    for channel in found:
        if channels.lacks_password(house, channel):
            user = channel.config["user"]
            typed = ask(t("Password of {user} for {name}: ", user=user, name=channel.name))
            if typed:
                channels.set_password(house, channel.name, typed)


def give_missing_to_deliveries(house: House) -> None:
    """As `give_missing_to_channels`, for the channels through which something is still to go out."""
    with house.workspace(write=False) as tx:
        waiting = {d.channel_id for d in tx.takeaways.deliveries() if d.state in ("pending", "failed")}
    give_missing_to_channels(house, [channel for channel in channels.all_of(house) if channel.id in waiting])


def tell_fleeting(house: House, name: str) -> None:
    """Say where a secret that was just taken in will not be there next time, and why."""
    if house.secrets_mode == "session":
        tell(Problem("secrets_session", name=name))
    elif not house.secrets.lasting:
        tell(Problem("secrets_fleeting", name=name))
