"""Ways out: add, list, test, remove. Passwords and webhook addresses go to the secrets."""

from dataclasses import replace
from pathlib import Path

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.people.addresses import normal
from companion.programme.model import House
from companion.takeaways.audience import parse_bound
from companion.takeaways.model import Channel


def secret_name(channel_id: str) -> str:
    """Under which name a channel's password is kept."""
    return f"channel:{channel_id}"


def add_place(house: House, kind: str, name: str, folder: str, audience: str = "company") -> Channel:
    """A static site or a folder of Markdown, bound to one audience."""
    bound = str(parse_bound(audience))
    path = str(Path(folder).expanduser().absolute())
    return _add(house, Channel(new_id(), name.strip(), kind, {"dir": path}, bound))  # type: ignore[arg-type]


def add_smtp(
    house: House, name: str, server: str, security: str, user: str, sender: str, password: str = ""
) -> Channel:
    """A mail server: host:port, starttls or tls (plain only to this machine)."""
    host, _, port = server.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise Problem("server_wrong", value=server)
    if not normal(sender):
        raise Problem("address_wrong", value=sender)
    config = {"host": host, "port": port, "security": security, "user": user, "from": normal(sender)}
    channel = _add(house, Channel(new_id(), name.strip(), "smtp", config))
    if password:
        house.secrets.put(secret_name(channel.id), password)
    return channel


def set_password(house: House, name: str, password: str, user: str = "") -> Channel:
    """Another password, and perhaps another user name, for a mail server."""
    channel = named(house, name)
    if channel.kind != "smtp":
        raise Problem("channel_without_password", name=name)
    if not password:
        raise Problem("password_empty", name=name)
    if not (user or channel.config.get("user")):
        raise Problem("user_missing", name=name)
    house.secrets.put(secret_name(channel.id), password)
    if user and user != channel.config.get("user"):
        channel = replace(channel, config={**channel.config, "user": user})
        with house.workspace() as tx:
            tx.takeaways.put_channel(channel)
    return channel


def lacks_password(house: House, channel: Channel) -> bool:
    """Whether somebody signs in there whose password the secrets do not hold."""
    return bool(channel.config.get("user")) and house.secrets.get(secret_name(channel.id)) is None


def _add(house: House, channel: Channel) -> Channel:
    if not channel.name:
        raise Problem("channel_nameless")
    if channel.name in {known.name for known in all_of(house)}:
        raise Problem("channel_exists", name=channel.name)
    driver = house.open_channel(channel)
    if channel.kind != "smtp":
        driver.test()  # a place is claimed at once, so that a folder of somebody else's is refused here
    with house.workspace() as tx:
        if channel.name in {known.name for known in tx.takeaways.channels()}:
            raise Problem("channel_exists", name=channel.name)
        tx.takeaways.put_channel(channel)
    return channel


def all_of(house: House) -> list[Channel]:
    """The workspace's channels by name."""
    with house.workspace(write=False) as tx:
        return sorted(tx.takeaways.channels(), key=lambda channel: channel.name.casefold())


def named(house: House, name: str) -> Channel:
    """The channel of that name; Problem `channel_unknown` otherwise."""
    for channel in all_of(house):
        if channel.name == name:
            return channel
    raise Problem("channel_unknown", name=name)


def test(house: House, name: str) -> None:
    """Try a channel without sending anything to readers; raises Problem where it does not work."""
    house.open_channel(named(house, name)).test()


def remove(house: House, name: str) -> None:
    """Forget a channel and its password. What it delivered stays where it is."""
    channel = named(house, name)
    with house.workspace() as tx:
        tx.takeaways.remove_channel(channel.id)
    house.secrets.drop(secret_name(channel.id))
