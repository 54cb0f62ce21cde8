"""Wires rooms to storage and connectors: the only place that knows everything.

Edges are imported inside `build`, so that a window can paint, and `--help` answer, before they are loaded.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.basics.clock import Clock, now
from companion.basics.errors import Problem
from companion.basics.paths import Paths, open_home
from companion.basics.policy import read_policy
from companion.basics.progress import Ticket
from companion.calendars.model import Account, CalendarReader, CalendarSource
from companion.calendars.signin import APP, Code, Identity, Registration, SignedIn
from companion.notes.merge import Kept
from companion.people.addresses import normal
from companion.programme.choices import open_choices
from companion.programme.first_time import take_zone
from companion.programme.microsoft import faults, policy_notices, registration_of
from companion.programme.model import Begin, DeviceTx, House, Secrets, WorkspaceTx
from companion.takeaways.driver import ChannelDriver
from companion.takeaways.inbox import Inbox, ReplySource
from companion.takeaways.model import Channel
from companion.words.language import speak

if TYPE_CHECKING:
    from companion.connectors.microsoft.graph.line import GraphLine
    from companion.connectors.microsoft.opening import Microsoft
    from companion.connectors.scheduler import Scheduler


def build(
    home: Path, *, clock: Clock = now, secrets_mode: str = "", prompt: Callable[[], str] | None = None,
    collector: bool = False,
) -> House:  # fmt: skip
    """Open a profile: its folder, both stores (migrated where need be), its secrets. Problem where it cannot be.

    `collector`: mailboxes may be read that the firm's app reads as itself, with its certificate.
    """
    from companion.connectors import late
    from companion.connectors.notes_copy import NotesCopyFiles
    from companion.connectors.secrets.seal import open_seal
    from companion.storage.away import workspace_at
    from companion.storage.engine import check, open_device

    paths = open_home(home)
    choices = open_choices(paths, clock())
    settings = choices.settings
    speak(settings.language or "en")
    mode = secrets_mode or os.environ.get("COMPANION_SECRETS", "keyring")
    secrets = _Lazily(lambda: _open_secrets(paths, mode, prompt))
    device = open_device(paths.device, clock)
    workspace, shared = workspace_at(settings.workspace_url, paths.workspace, clock)

    policy = read_policy()
    registration = registration_of(settings, policy)

    def doors(registration: Registration) -> dict[str, Any]:
        return _doors(registration, secrets, device.begin, clock, collector=collector)

    def close() -> None:
        device.close()
        workspace.close()

    house = House(
        paths=paths, clock=clock, device=device.begin, workspace=_guarded(workspace.begin, choices.unsure),
        secrets=secrets, open_reader=_reader,
        read_mails=late.read_mails, read_text=late.read_text, render_letter=late.render_letter,
        outside_domains=late.outside_domains, read_table=late.read_table,
        write_csv=partial(late.write_table, "csv"), write_xlsx=partial(late.write_table, "xlsx"),
        render_copy=late.render_copy, render_card=late.render_card, render_brief=late.render_brief,
        render_report=late.render_report, render_pdf=late.render_pdf, render_entry=late.render_entry,
        check_stores=lambda: [*check(paths.device), *(check(paths.workspace) if not shared else [])],
        close=close, open_solver=late.open_solver, notes_copy=NotesCopyFiles(), **doors(registration),
        registered=lambda house, registration: replace(house, **doors(registration)),
        seal=open_seal(paths.home), workspace_shared=shared, me=normal(settings.me),
        notices=(*choices.notices, *policy_notices(registration, policy)), collector=collector, secrets_mode=mode,
    )  # fmt: skip
    if choices.unsure is None:
        try:
            take_zone(house)
        except Problem as problem:
            if problem.code != "workspace_unreachable":  # it is away; what is on this computer can be worked with
                raise
    return house


@contextmanager
def opened(home: Path, *, clock: Clock = now, collector: bool = False) -> Iterator[House]:
    """A house for the length of a block."""
    house = build(home, clock=clock, collector=collector)
    try:
        yield house
    finally:
        house.close()


def _guarded(begin: Begin[WorkspaceTx], unsure: Problem | None) -> Begin[WorkspaceTx]:
    """The workspace, closed to writes where it may not be the one that was chosen."""
    if unsure is None:
        return begin
    refusal = unsure

    def only_reading(*, write: bool = True) -> AbstractContextManager[WorkspaceTx]:
        if write:
            raise refusal
        return begin(write=False)

    return only_reading


class _Lazily:
    """Secrets that are opened when first asked for: the keyring costs a tenth of a second and may ask the user."""

    def __init__(self, make: Callable[[], Secrets]) -> None:
        self._make = make
        self._made: Secrets | None = None

    def _secrets(self) -> Secrets:
        if self._made is None:
            self._made = self._make()
        return self._made

    @property
    def lasting(self) -> bool:
        """Whether what is put survives the session."""
        return self._secrets().lasting

    def get(self, name: str) -> str | None:
        """The secret of that name, None where there is none."""
        return self._secrets().get(name)

    def put(self, name: str, value: str) -> None:
        """Keep a secret."""
        self._secrets().put(name, value)

    def drop(self, name: str) -> None:
        """Forget a secret."""
        self._secrets().drop(name)

    def change(self, name: str, turn: Callable[[str | None], str | None]) -> None:
        """Replace a secret by what it turns into."""
        self._secrets().change(name, turn)

    def alone(self, name: str, seconds: float) -> AbstractContextManager[bool]:
        """While one thread of one process does work of that name."""
        return self._secrets().alone(name, seconds)


def _open_secrets(paths: Paths, mode: str, prompt: Callable[[], str] | None) -> Secrets:
    from companion.connectors.secrets.opening import open_secrets

    return open_secrets(paths, mode, prompt)


def _doors(
    registration: Registration, secrets: Secrets, begin: Begin[DeviceTx], clock: Clock, *, collector: bool
) -> dict[str, Any]:
    """The parts of a house that lead to calendars: by name of its fields.

    All that talks to Microsoft shares one set of tokens and one gate, made when first asked for.
    """

    @cache
    def microsoft() -> "Microsoft":
        for fault in faults(registration):
            raise fault
        from companion.connectors.microsoft.opening import open_microsoft

        return open_microsoft(registration, secrets, begin, clock)

    def of(account: Account) -> "Microsoft":
        if registration.unclear:
            raise registration.unclear
        if account.user == APP and not collector:
            raise Problem("ms_collector_only", name=account.name)
        if account.user == APP and not registration.collector_id:
            raise Problem("ms_collector_not_set_up")
        if account.user != APP and not registration.client_id:
            raise Problem("ms_not_set_up", account=account.name)
        return microsoft()

    return {
        "registration": registration,
        "identity": _LazyIdentity(microsoft),
        "open_channel": lambda channel: _channel(channel, secrets, registration, microsoft, clock),
        "open_inbox": lambda inbox: _inbox(inbox, secrets, registration, microsoft, clock),
        "open_source": lambda account, window: of(account).open_calendar(account, window)
        if account.kind == "microsoft365" else _source(account, secrets),
        "test_account": lambda account: of(account).calendar_names(account)
        if account.kind == "microsoft365" else _test(account, secrets),
        "open_reports": lambda account: of(account).open_reports(account),
        "open_schedules": lambda account: of(account).open_schedules(account),
    }  # fmt: skip


class _LazyIdentity:
    """An `Identity` whose libraries are loaded when somebody signs in."""

    def __init__(self, microsoft: Callable[[], "Microsoft"]) -> None:
        self._microsoft = microsoft

    def _identity(self) -> Identity:
        found: Identity = self._microsoft().identity
        return found

    def sign_in(
        self, ticket: Ticket, show: Callable[[str], None], *, hint: str = "", needs: tuple[str, ...] = ()
    ) -> SignedIn:
        """See `calendars.signin.Identity`."""
        return self._identity().sign_in(ticket, show, hint=hint, needs=needs)

    def sign_in_by_code(self, ticket: Ticket, show: Callable[[Code], None], *, needs: tuple[str, ...] = ()) -> SignedIn:
        """See `calendars.signin.Identity`."""
        return self._identity().sign_in_by_code(ticket, show, needs=needs)

    def people(self) -> list[SignedIn]:
        """See `calendars.signin.Identity`."""
        return self._identity().people()

    def sign_out(self, person_id: str) -> None:
        """See `calendars.signin.Identity`."""
        self._identity().sign_out(person_id)


def _source(account: Account, secrets: Secrets) -> CalendarSource:
    from companion.connectors.sources import open_source

    return open_source(_whole(account, secrets), _password(account, secrets))


def _test(account: Account, secrets: Secrets) -> list[str]:
    from companion.connectors.sources import test_account

    return test_account(_whole(account, secrets), _password(account, secrets))


def _whole(account: Account, secrets: Secrets) -> Account:
    """The account with the address it is read from, which may be a secret."""
    from companion.programme import accounts  # late, as the edges are: it brings all that crossing needs

    if not accounts.is_hidden(account):
        return account
    address = secrets.get(accounts.address_name(account.id))
    if address is None:
        raise Problem("address_missing", account=account.name, shown=account.url)
    return replace(account, url=address)


def _password(account: Account, secrets: Secrets) -> str | None:
    from companion.programme import accounts

    # Asking for a password opens the keyring, so only where there is somebody to sign in.
    return secrets.get(accounts.secret_name(account.id)) if account.user else None


def _reader() -> CalendarReader:
    from companion.connectors.ics.worker import Reader

    return Reader()


def _channel(
    channel: Channel, secrets: Secrets, registration: Registration, microsoft: Callable[[], "Microsoft"], clock: Clock
) -> ChannelDriver:
    from companion.connectors.channels import open_channel, open_sender
    from companion.connectors.line import Network
    from companion.programme import channels

    def line() -> "GraphLine":
        if not registration.client_id and not registration.unclear:
            raise channels.elsewhere(channel)
        return microsoft().open_sender(channel)

    if channel.kind in channels.BY_PERSON:
        return open_sender(channel, line, clock)
    # A mail server without a user has no password; a webhook's whole address is its secret.
    has_one = channel.kind in channels.WEBHOOKS or (channel.kind == "smtp" and channel.config.get("user"))
    secret = secrets.get(channels.secret_name(channel.id)) if has_one else None
    return open_channel(channel, secret, network=Network(registration.proxy, registration.ca_bundle))


def _inbox(
    inbox: Inbox, secrets: Secrets, registration: Registration, microsoft: Callable[[], "Microsoft"], clock: Clock
) -> ReplySource:
    from companion.connectors.inboxes import open_graph, open_imap
    from companion.programme.inboxes import secret_name

    if inbox.kind == "imap":
        return open_imap(inbox, secrets.get(secret_name(inbox.id)))

    def line() -> "GraphLine":
        if not registration.client_id and not registration.unclear:
            raise Problem("inbox_elsewhere", inbox=inbox.name, user=inbox.config.get("user", ""))
        return microsoft().open_mailbox(inbox)

    return open_graph(inbox, line, clock)


def scheduler(kind: str, home: Path, every: int) -> "Scheduler":
    """What has this computer run `companion due` for a profile by itself; see `connectors.scheduler`."""
    from companion.connectors.scheduler import job_of
    from companion.connectors.scheduler import scheduler as of_kind

    return of_kind(kind, job_of(sys.executable, home, every, os.environ))


def backup(home: Path, target: Path) -> list[Path]:
    """Copy both stores of a profile into one file; what was copied."""
    from companion.storage.copies import backup as copy

    return copy(open_home(home), target)


def restore(home: Path, source: Path) -> list[Path]:
    """Put a copy back; the files what was there is kept in. Nothing may be open."""
    from companion.storage.copies import restore as put_back

    return put_back(source, open_home(home))


def notes_of(home: Path, store: Path) -> dict[str, Kept]:
    """All that a device store of this or another profile knows of notes; the store stays as it is."""
    from companion.storage.copies import notes_of as known

    return known(store, open_home(home))
