"""accounts add microsoft365, signin, signout, it-request, setup: Microsoft 365 by command."""

import argparse
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Thread

from companion.basics.errors import Problem
from companion.basics.progress import Cancelled, Ticket
from companion.calendars.model import Account
from companion.calendars.signin import Code
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import end_progress, say, say_json, tell, warn
from companion.programme import accounts, signing
from companion.programme.microsoft import CHOSEN, set_registration, shown, with_registration
from companion.programme.model import House
from companion.programme.refused import ASK_IT
from companion.words.language import t

Verb = Callable[[argparse.Namespace], int]


def asking_it(run: Verb, *, of_account: bool = True) -> Verb:
    """A command that signs in: where IT can mend what refused it, the request for IT is named after the refusal.

    `of_account`: the command's name is an account's.
    """

    def asking(options: argparse.Namespace) -> int:
        try:
            return run(options)
        except Problem as problem:
            if problem.code not in ASK_IT:
                raise
            end_progress()
            tell(problem)
            signed_in = (
                [getattr(options, "on", ""), getattr(options, "name", "")] if of_account and run is not _add else []
            )
            name = next((f" {one}" for one in signed_in if one), "")
            warn(t("What to ask IT for: companion accounts it-request{name}", name=name))
            return 1

    return asking


def add_account(kinds: Commands) -> None:
    """`accounts add microsoft365`."""
    new = verb(kinds, "microsoft365", asking_it(_add), t("Microsoft 365: signs you in by your browser"))
    new.add_argument("name", metavar="NAME")
    new.add_argument("--mailbox", default="", metavar="ADDRESS", help=t("another mailbox you may read, not your own"))
    whose = new.add_mutually_exclusive_group()
    whose.add_argument("--owner", default="", metavar="EMAIL", help=t("whose calendar it is (else yours)"))
    whose.add_argument("--hosts", action="store_true", help=t("it holds the reviews of our account owners"))
    _add_choices(new)
    _add_device_code(new)


def add(verbs: Commands) -> None:
    """The other verbs, under `accounts`."""
    again = verb(verbs, "signin", asking_it(_sign_in), t("sign in to Microsoft 365 again"))
    _add_device_code(again)
    leaving = verb(verbs, "signout", _sign_out, t("sign out of Microsoft 365; meetings stay"))
    for parser in (again, leaving):
        parser.add_argument("name", metavar="NAME")
    asking = verb(verbs, "it-request", _request, t("what to ask IT for, as a text to mail"))
    asking.add_argument("name", nargs="?", default="", metavar="NAME")
    setup = verb(verbs, "setup", _setup, t("how Microsoft 365 is reached; without options: as it is now"))
    _add_choices(setup)
    setup.add_argument("--collector-id", metavar="I", help=t("id of the app that reads as itself"))
    setup.add_argument("--certificate", metavar="F", help=t("a PEM file with that app's key and certificate"))


def _add_choices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--client-id", metavar="I", help=t("id of your firm's registration of this app"))
    parser.add_argument("--authority", metavar="URL", help=t("where your firm signs in"))
    parser.add_argument("--graph-url", metavar="URL", help=t("Microsoft Graph of your firm's cloud"))
    parser.add_argument("--proxy", metavar="URL", help=t("else the system's"))
    parser.add_argument("--ca-bundle", metavar="F", help=t("a PEM file with your firm's certificate authority"))


def _add_device_code(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--device-code", action="store_true", help=t("sign in on another device, where IT allows it"))


def _chosen(options: argparse.Namespace) -> dict[str, str]:
    given = {name: getattr(options, name, None) for name in CHOSEN}
    return {name: value for name, value in given.items() if value is not None}


def _add(options: argparse.Namespace) -> int:
    with house_of(options) as opened:
        house = with_registration(opened, **_chosen(options))
        with signing_in() as ticket:
            account = signing.connect(
                house, ticket, show_address, name=options.name, mailbox=options.mailbox, owner=options.owner,
                hosts=options.hosts, by_code=show_code if options.device_code else None,
            )  # fmt: skip
        set_registration(opened, **_chosen(options))  # now that it is known to lead there
        if not accounts.owner_known(house, account):
            tell(Problem("owner_not_known", address=account.owner, name=account.name))
        _tell_fleeting(house, account)
    say_json({"id": account.id}) if options.json else say(t("{name} added. Next: companion sync", name=account.name))
    return 0


def _sign_in(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        account = accounts.named(house, options.name)
        with signing_in() as ticket:
            by_code = show_code if options.device_code else None
            back = signing.sign_in_again(house, options.name, ticket, show_address, by_code=by_code)
        _tell_fleeting(house, account)
    return _tell_those(options, account, back, t("Signed in again: {names}. Next: companion sync", names=_names(back)))


def _sign_out(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        gone = signing.sign_out(house, options.name)
        account = accounts.named(house, options.name)
    said = t("Signed out: {names}. The meetings stay; your browser may stay signed in.", names=_names(gone))
    return _tell_those(options, account, gone, said)


def _names(found: Iterable[Account]) -> str:
    return ", ".join(account.name for account in found)


def _tell_those(options: argparse.Namespace, account: Account, found: Sequence[Account], said: str) -> int:
    """All accounts of a person that came or went with the one that was named."""
    say_json({"id": account.id, "accounts": [one.name for one in found]}) if options.json else say(said)
    return 0


def _request(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        text = signing.request(house, options.name)
    say_json({"text": text}) if options.json else say(text)
    return 0


def _setup(options: argparse.Namespace) -> int:
    with house_of(options) as opened:
        house = set_registration(opened, **_chosen(options))
    found = house.registration
    if options.json:
        say_json({**{name: shown(found, name) for name in CHOSEN}, "decided_by_it": sorted(found.fixed)})
        return 0
    for name in CHOSEN:
        decided = t("(IT decides)") if name in found.fixed else ""
        say(f"--{name.replace('_', '-')}  {shown(found, name) or '—'}  {decided}".rstrip())
    return 0


def show_address(url: str) -> None:
    """The address, on standard error; and the browser beside, which may block until it is closed."""
    warn(t("Open this address to sign in: {url}", url=url))
    Thread(target=_open, args=(url,), daemon=True).start()


def _open(url: str) -> None:
    import webbrowser

    if not webbrowser.open(url):
        warn(t("No browser could be opened here. Open the address in a browser on this computer."))


def show_code(code: Code) -> None:
    """The code and where to type it, on standard error."""
    warn(t("Open {url} on any device and type {code}.", url=code.url, code=code.code))


@contextmanager
def signing_in() -> Iterator[Ticket]:
    """A ticket that Ctrl-C and a plain kill cancel; Problem `ms_cancelled` where they did."""
    ticket = Ticket()

    def cancel(_number: int, _frame: object) -> None:
        ticket.cancel()

    before = {number: signal.signal(number, cancel) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield ticket
    except Cancelled as cancelled:
        raise Problem("ms_cancelled") from cancelled
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell_fleeting(house: House, account: Account) -> None:
    """Say where a sign-in will not be there next time, and why."""
    if house.secrets_mode == "session":
        tell(Problem("ms_session_only", name=account.name))
    elif not house.secrets.lasting:
        tell(Problem("ms_fleeting", name=account.name))
