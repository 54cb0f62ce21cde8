"""Calendar accounts: add, list, test, remove. Passwords go to the secrets, never beside the address."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.calendars.model import Account
from companion.crossing.model import Command
from companion.people.addresses import normal
from companion.programme.apply import cross
from companion.programme.model import House


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


def secret_name(account_id: str) -> str:
    """Under which name an account's password is kept."""
    return f"calendar:{account_id}"


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
    url, user, password = _split(new)
    account = Account(new_id(), name, new.kind, url, user, owner, new.hosts, house.clock())  # type: ignore[arg-type]
    with house.device() as device:
        if device.accounts.by_name(name):
            raise Problem("account_exists", name=name)
        device.accounts.put(account)
    if password:
        house.secrets.put(secret_name(account.id), password)
    return account


def _split(new: NewAccount) -> tuple[str, str, str]:
    """The address without what is secret in it; a path becomes absolute."""
    text = new.url.strip()
    if "://" not in text:
        path = Path(text).expanduser().absolute()
        if new.kind == "ics" and not path.exists():
            raise Problem("file_missing", path=str(path))
        return str(path), "", ""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https", "webcal", "file") or (parts.scheme != "file" and not parts.hostname):
        raise Problem("address_no_calendar", value=urlunsplit((parts.scheme, parts.hostname or "", parts.path, "", "")))
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    host += f":{parts.port}" if parts.port else ""
    clean = urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
    return clean, new.user or (parts.username or ""), new.password or (parts.password or "")


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


def remove(house: House, name: str) -> None:
    """Forget an account, its password and what it held here; its copies leave the workspace."""
    account = named(house, name)
    with house.workspace(write=False) as tx:
        ids = tx.meetings.of_account(account.id)
    body = {"account": account.id, "owner": account.owner, "hosts": account.hosts, "put": [], "drop": ids, "uids": []}
    with house.device() as device:
        device.accounts.remove(account.id)
        if ids:
            device.queue.put(Command(new_id(), "copies", body, house.clock()))
    house.secrets.drop(secret_name(account.id))
    cross(house)
