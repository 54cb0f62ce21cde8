"""Mailboxes that take readers' answers: add, list, test, remove. Passwords go to the secrets."""

from typing import Literal

from companion.basics.errors import Problem
from companion.basics.hosts import is_loopback
from companion.basics.ids import new_id
from companion.people.addresses import normal
from companion.programme.model import House
from companion.takeaways.inbox import Inbox


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
    return _add(house, name, "imap", config, password)


def add_graph(house: House, name: str, user: str, mailbox: str = "") -> Inbox:
    """A mailbox at Microsoft 365: `user` signed in before; `mailbox` where it is one that is shared with them."""
    address = normal(user)
    if not address:
        raise Problem("address_wrong", value=user)
    signed_in = {normal(one.address) for one in house.identity.people()}
    if address not in signed_in:
        raise Problem("inbox_sign_in_first", user=address)
    config = {"user": address, "mailbox": normal(mailbox)}
    return _add(house, name, "graph", config, "")


def _add(house: House, name: str, kind: Literal["imap", "graph"], config: dict[str, str], password: str) -> Inbox:
    name = name.strip()
    if not name:
        raise Problem("inbox_nameless")
    inbox = Inbox(new_id(), name, kind, config)
    house.open_inbox(inbox)  # what cannot be opened is refused here
    with house.workspace() as tx:
        if name in {known.name for known in tx.inboxes.all()}:
            raise Problem("inbox_exists", inbox=name)
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
