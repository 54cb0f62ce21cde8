"""Calendar accounts: add, list, change, remove. Passwords and secret addresses go to the secrets."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from companion.basics.errors import Problem
from companion.basics.hosts import is_loopback
from companion.basics.ids import new_id
from companion.calendars.model import Account, is_microsoft, mailbox_of
from companion.calendars.signin import APP
from companion.crossing.model import Command
from companion.people.addresses import normal
from companion.programme.apply import cross
from companion.programme.model import DeviceTx, House

SAMPLE = "demo.json"  # the file that marks the sample company's profile
_BY_PERSON = ("graph_mail", "graph_channel")  # channels that go out as who is signed in
_HIDDEN = "/…"  # stands for the rest of an address that nobody may read


@dataclass(frozen=True)
class NewAccount:
    """What a person says of a calendar; `kind` is ics or caldav."""

    kind: str
    name: str
    url: str
    user: str = ""
    password: str = ""
    owner: str = ""
    hosts: bool = False


@dataclass(frozen=True)
class _Place:
    """Where a calendar is: what is shown and kept in the open, and what is not."""

    url: str
    user: str = ""
    password: str = ""
    address: str = ""  # the whole address where it is a secret


def secret_name(account_id: str) -> str:
    """Under which name an account's password is kept."""
    return f"calendar:{account_id}"


def address_name(account_id: str) -> str:
    """Under which name a secret address is kept."""
    return f"address:{account_id}"


def is_hidden(account: Account) -> bool:
    """Whether the account's address is a secret, of which only the server is shown."""
    return account.url.endswith(_HIDDEN)


def of_sample(house: House, account: Account) -> bool:
    """Whether the calendar is served by the sample's own server, which is there only while the demo runs."""
    served = account.kind == "caldav" and account.url.startswith("http://127.0.0.1:")
    return served and (house.paths.home / SAMPLE).exists()


def add(house: House, new: NewAccount) -> Account:
    """Remember an account; nothing is read yet. Problem `account_exists` where the name is taken."""
    name = new.name.strip()
    if not name:
        raise Problem("account_nameless")
    owner = normal(new.owner) if new.owner else ("" if new.hosts else house.me)
    if new.owner and not owner:
        raise Problem("address_wrong", value=new.owner)
    if not owner and not new.hosts:
        raise Problem("owner_unknown", name=name)
    if not new.url.strip():
        raise Problem("address_empty", name=name)
    place = _place(new.kind, new.url, new.user, new.password)
    _check_way(name, place, place.user)
    account = Account(new_id(), name, new.kind, place.url, place.user, owner, new.hosts, house.clock())  # type: ignore[arg-type]
    with house.device(write=False) as device:
        if device.accounts.by_name(name):
            raise Problem("account_exists", name=name)
    _keep(house, account, place)  # first: an account without its secret could not be read
    with house.device() as device:
        device.accounts.put(account)
    return account


def place(account: Account) -> str:
    """Where a calendar is, as lists show it: an address or a path, of Microsoft 365 whose mailbox."""
    return (mailbox_of(account) or account.owner or account.url) if is_microsoft(account) else account.url


def readable(house: House, found: Iterable[Account]) -> list[Account]:
    """Those that are read here: mailboxes of the collector only where it runs."""
    return [account for account in found if account.user != APP or house.collector]


def owner_known(house: House, account: Account) -> bool:
    """Whether somebody is credited with what stands in the calendar."""
    with house.workspace(write=False) as tx:
        return account.hosts or tx.people.by_address(account.owner) is not None


def set_password(house: House, name: str, password: str, user: str = "") -> Account:
    """Another password, and perhaps another user name, for an account; its meetings stay as they are."""
    account = named(house, name)
    if is_microsoft(account):
        raise Problem("ms_no_password", name=name)
    if not password:
        raise Problem("password_empty", name=name)
    if not (user or account.user):
        raise Problem("user_missing", name=name)
    _check_way(name, _Place(account.url), user or account.user)
    house.secrets.put(secret_name(account.id), password)
    account = replace(account, user=user or account.user)
    with house.device() as device:
        device.accounts.put(account)
        _ask_soon(device, account, house.clock())
    return account


def is_published(url: str) -> bool:
    """Whether an address is that of a published calendar or a file, to which nobody signs in as to a server."""
    text = url.strip()
    is_file = text.startswith(("/", "~", ".", "file:", "webcal")) or "\\" in text
    return is_file or text.partition("?")[0].endswith(".ics")


def set_address(house: House, name: str, url: str) -> Account:
    """Another address for an account, or its secret one once more; its meetings stay as they are.

    A server's account that is given a published address or a file is one of those from then on, and signs in no more.
    """
    account = named(house, name)
    if is_microsoft(account):
        raise Problem("ms_no_address", name=name)
    if not url.strip():  # a path that is empty would be the folder one happens to be in
        raise Problem("address_empty", name=name)
    published = account.kind == "caldav" and is_published(url)
    place = _place("ics" if published else account.kind, url, "", "")
    user = place.user or ("" if published else account.user)
    _check_way(name, place, user)
    moved = replace(account, kind="ics" if published else account.kind, url=place.url, user=user)
    _keep(house, moved, place)
    if is_hidden(account) and not is_hidden(moved):
        house.secrets.drop(address_name(account.id))
    if account.user and not user:
        house.secrets.drop(secret_name(account.id))
    with house.device() as device:
        device.accounts.put(moved)
        _ask_soon(device, moved, house.clock())
    return moved


def _ask_soon(device: DeviceTx, account: Account, now: datetime) -> None:
    """A person mended something: the clock need not wait until the account's time comes."""
    state = device.events.state(account.id)
    if state.retry_at:
        device.events.save_state(account.id, replace(state, retry_at=now))


def lacking(house: House, account: Account) -> str:
    """What an account needs that the secrets do not hold: "address", "password" or "" for nothing."""
    if is_hidden(account) and house.secrets.get(address_name(account.id)) is None:
        return "address"
    if account.user and not is_microsoft(account) and house.secrets.get(secret_name(account.id)) is None:
        return "password"
    return ""


def _keep(house: House, account: Account, place: _Place) -> None:
    if place.address:
        house.secrets.put(address_name(account.id), place.address)
    if place.password:
        house.secrets.put(secret_name(account.id), place.password)


def _place(kind: str, url: str, user: str, password: str) -> _Place:
    """The address without what is secret in it; a path becomes absolute.

    A published .ics address is a secret as a whole: whoever has it reads the calendar. A CalDAV address is none.
    """
    text = url.strip()
    if kind == "caldav" and "://" not in text:
        text = f"https://{text}"  # a server's name is enough
    if "://" not in text:
        path = Path(text).expanduser().absolute()
        if not path.exists():
            raise Problem("file_missing", path=str(path))
        return _Place(str(path))
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:  # a port of 99999, half a bracket
        raise Problem("address_no_calendar", value=_without_secrets(text)) from error
    if parts.scheme == "file":
        return _Place(urlunsplit(("file", "", parts.path, "", "")))
    if parts.scheme not in ("http", "https", "webcal", "webcals") or not parts.hostname or port == 0:
        raise Problem("address_no_calendar", value=_without_secrets(text))
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    host += f":{port}" if port else ""
    user, password = user or unquote(parts.username or ""), password or unquote(parts.password or "")
    if kind == "caldav":
        return _Place(urlunsplit((parts.scheme, host, parts.path, "", "")), user, password)
    whole = urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
    return _Place(f"{parts.scheme}://{host}{_HIDDEN}", user, password, whole)


def _check_way(name: str, place: _Place, user: str) -> None:
    """Problem where a password would go over the network for everybody to read."""
    parts = urlsplit(place.address or place.url)
    if user and parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise Problem("address_not_secure", account=name, host=parts.hostname)


def _without_secrets(text: str) -> str:
    scheme, _, rest = text.partition("://")
    return f"{scheme}://{rest.partition('/')[0].partition('?')[0].rpartition('@')[2]}"


def all_of(house: House) -> list[Account]:
    """The accounts of this device, by name."""
    with house.device(write=False) as device:
        return sorted(device.accounts.all(), key=lambda account: account.name.casefold())


def named(house: House, name: str) -> Account:
    """The account of that name; Problem `account_unknown` otherwise."""
    with house.device(write=False) as device:
        account = device.accounts.by_name(name)
    if account is None:
        raise Problem("account_unknown", name=name)
    return account


def let_go(house: House, person_id: str) -> None:
    """Sign out at Microsoft who signed in to no account any more, and sends through no channel."""
    if person_id == APP or any(is_microsoft(other) and other.user == person_id for other in all_of(house)):
        return
    with house.workspace(write=False) as tx:
        senders = {channel.config.get("user", "") for channel in tx.takeaways.channels() if channel.kind in _BY_PERSON}
    if senders and any(person.id == person_id and normal(person.address) in senders
                       for person in house.identity.people()):  # fmt: skip
        return
    house.identity.sign_out(person_id)


def remove(house: House, name: str) -> None:
    """Forget an account, its password and what it held here; its copies leave the workspace.

    Who signed in to it at Microsoft is signed out, unless another account needs the sign-in.
    """
    account = named(house, name)
    with house.workspace(write=False) as tx:
        ids = tx.meetings.of_account(account.id)
    body = {"account": account.id, "owner": account.owner, "hosts": account.hosts, "put": [], "drop": ids, "uids": []}
    with house.device() as device:
        device.accounts.remove(account.id)
        if ids:
            device.queue.put(Command(new_id(), "copies", body, house.clock()))
    if account.user and not is_microsoft(account):
        house.secrets.drop(secret_name(account.id))
    if is_hidden(account):
        house.secrets.drop(address_name(account.id))
    cross(house)
    if is_microsoft(account):
        let_go(house, account.user)  # last: where the keyring is away, all else is done
