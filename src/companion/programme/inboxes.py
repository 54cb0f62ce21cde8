"""Mailboxes that take readers' answers: add, list, test, remove. Passwords go to the secrets."""

from companion.basics.errors import Problem
from companion.basics.hosts import is_loopback
from companion.basics.ids import new_id
from companion.basics.progress import Ticket
from companion.calendars.signin import SignedIn
from companion.people.addresses import normal
from companion.programme.accounts import let_go
from companion.programme.microsoft import faults
from companion.programme.model import House
from companion.programme.senders import ByCode, Show, sign_in_as
from companion.takeaways.inbox import Inbox

_SIGN_IN_HELPS = ("inbox_elsewhere", "inbox_signin_again")


def secret_name(inbox_id: str) -> str:
    """Under which name an inbox's password is kept."""
    return f"inbox:{inbox_id}"


def all_of(house: House) -> list[Inbox]:
    """The workspace's inboxes by name."""
    with house.workspace(write=False) as tx:
        return tx.inboxes.all()


def named(house: House, name: str) -> Inbox:
    """The inbox of that name; Problem `inbox_unknown` otherwise."""
    for inbox in all_of(house):
        if inbox.name == name:
            return inbox
    raise Problem("inbox_unknown", inbox=name)


def add_imap(
    house: House, name: str, server: str, user: str, *, security: str = "tls", folder: str = "", password: str = ""
) -> Inbox:
    """A mailbox on an IMAP server, `server` as host:port; starttls or tls (plain only to this machine)."""
    host, _, port = server.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise Problem("server_wrong", value=server)
    if security == "none" and not is_loopback(host):
        raise Problem("inbox_not_secure", inbox=name, host=host)
    config = {"host": host, "port": port, "security": security, "user": user, "folder": folder.strip() or "INBOX"}
    inbox = _named(house, Inbox(new_id(), name.strip(), "imap", config))
    house.open_inbox(inbox)  # what cannot be opened is refused here
    return _keep(house, inbox, password)


def add_graph(
    house: House, name: str, user: str, ticket: Ticket, show: Show, *, mailbox: str = "", by_code: ByCode = None
) -> Inbox:
    """A mailbox at Microsoft 365, read as `user`; `mailbox` where it is one that is shared with them.

    They sign in by the browser where a permission is missing, as `senders.add_graph_mail` does; nothing is read.
    """
    address, other = normal(user or house.me), normal(mailbox)
    if not address or (mailbox and not other):
        raise Problem("address_wrong", value=mailbox if address else user)
    if not house.registration.client_id and not house.registration.unclear:
        raise Problem("ms_not_set_up")
    for fault in faults(house.registration):
        raise fault
    inbox = _named(house, Inbox(new_id(), name.strip(), "graph", {"user": address, "mailbox": other}))
    needs = ("read_shared_answers",) if other not in ("", address) else ("read_answers",)
    person: SignedIn | None = None
    try:
        house.open_inbox(inbox).test()
    except Problem as problem:
        if problem.code not in _SIGN_IN_HELPS:
            raise
        person = sign_in_as(house, address, needs, ticket, show, by_code)
    try:
        if person:
            house.open_inbox(inbox).test()
        return _keep(house, inbox)
    except BaseException:
        if person:
            let_go(house, person.id)
        raise


def _named(house: House, inbox: Inbox) -> Inbox:
    if not inbox.name:
        raise Problem("inbox_nameless")
    if inbox.name in {known.name for known in all_of(house)}:
        raise Problem("inbox_exists", inbox=inbox.name)
    return inbox


def _keep(house: House, inbox: Inbox, password: str = "") -> Inbox:
    with house.workspace() as tx:
        if inbox.name in {known.name for known in tx.inboxes.all()}:
            raise Problem("inbox_exists", inbox=inbox.name)
        if password:
            house.secrets.put(secret_name(inbox.id), password)
        tx.inboxes.put(inbox)
    return inbox


def set_password(house: House, name: str, password: str) -> Inbox:
    """Another password for an inbox."""
    inbox = named(house, name)
    if inbox.kind != "imap":
        raise Problem("inbox_without_password", inbox=name)
    if not password:
        raise Problem("password_empty", name=name)
    house.secrets.put(secret_name(inbox.id), password)
    return inbox


def lacks_password(house: House, inbox: Inbox) -> bool:
    """Whether the secrets hold no password for it."""
    return inbox.kind == "imap" and house.secrets.get(secret_name(inbox.id)) is None


def test(house: House, name: str) -> None:
    """Sign in and look whether the mailbox is there; nothing is read."""
    house.open_inbox(named(house, name)).test()


def remove(house: House, name: str) -> None:
    """Forget an inbox and its password. What was taken in stays; the mailbox is left as it is."""
    inbox = named(house, name)
    with house.workspace() as tx:
        tx.inboxes.remove(inbox.id)
    house.secrets.drop(secret_name(inbox.id))
