"""Ways out: add, list, test, remove. Passwords and webhook addresses go to the secrets."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.people.addresses import normal
from companion.programme.audits import note
from companion.programme.model import House, WorkspaceTx
from companion.programme.webhooks import WebhookKind, check_address
from companion.takeaways.audience import parse_bound
from companion.takeaways.model import MAILS, Channel, ChannelKind

WEBHOOKS: tuple[WebhookKind, ...] = ("teams", "slack")
BY_PERSON = frozenset({"graph_mail", "graph_channel"})  # they go out under the name of who is signed in
EXCHANGE_ONLINE = frozenset({"smtp.office365.com", "smtp-mail.outlook.com"})


def secret_name(channel_id: str) -> str:
    """Under which name a channel's password, or its webhook's address, is kept."""
    return f"channel:{channel_id}"


def add_place(
    house: House, kind: str, name: str, folder: str, audience: str = "company", url: str = ""
) -> Channel:  # fmt: skip
    """A static site or a folder of Markdown, bound to one audience. `url`: where a site's folder is served, if it is.

    Problem `site_url_wrong` where that is no web address.
    """
    bound = str(parse_bound(audience))
    path = str(Path(folder).expanduser().absolute())
    config = {"dir": path, **({"url": _web_address(url)} if url.strip() else {})}
    channel = Channel(new_id(), name.strip(), kind, config, bound)  # type: ignore[arg-type]
    check_name(house, channel)
    house.open_channel(channel).test()  # claimed at once, so that a folder of somebody else's is refused here
    return keep(house, channel)


def _web_address(url: str) -> str:
    parts = urlsplit(url.strip())
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise Problem("site_url_wrong", value=url)
    return url.strip()


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
    channel = Channel(new_id(), name.strip(), "smtp", config)
    check_name(house, channel)
    house.open_channel(channel)
    keep(house, channel)
    if password:
        house.secrets.put(secret_name(channel.id), password)
    return channel


def add_teams(house: House, name: str, address: str, audience: str = "company") -> Channel:
    """A Teams channel by the address of its Workflows webhook; nothing is posted. See `check_address`."""
    return _add_webhook(house, "teams", name, address, audience)


def add_slack(house: House, name: str, address: str, audience: str = "company") -> Channel:
    """A Slack channel by the address of its incoming webhook; nothing is posted. See `check_address`."""
    return _add_webhook(house, "slack", name, address, audience)


def _add_webhook(house: House, kind: WebhookKind, name: str, address: str, audience: str) -> Channel:
    name, address = name.strip(), address.strip()
    bound = parse_bound(audience)
    host = check_address(kind, name, address)
    channel = Channel(new_id(), name, kind, {"host": host}, bound)
    check_name(house, channel)
    house.secrets.put(secret_name(channel.id), address)
    try:
        return keep(house, channel)
    except BaseException:
        house.secrets.drop(secret_name(channel.id))
        raise


def set_address(house: House, name: str, address: str) -> Channel:
    """Another address for a webhook: of a new flow, or on a computer that has none yet."""
    channel = named(house, name)
    for kind in WEBHOOKS:
        if channel.kind == kind:
            host = check_address(kind, name, address.strip())
            house.secrets.put(secret_name(channel.id), address.strip())
            if host != channel.config.get("host"):
                channel = replace(channel, config={**channel.config, "host": host})
                with house.workspace() as tx:
                    tx.takeaways.put_channel(channel)
            return channel
    raise Problem("channel_without_address", name=name)


def read_teams_link(link: str) -> tuple[str, str]:
    """Team and channel ids of the link that Teams copies ("Get link to channel"); Problem `teams_link_wrong`."""
    try:
        parts = urlsplit(link.strip())
        ids = [unquote(part) for part in parts.path.split("/") if unquote(part).startswith("19:")]
        teams = parse_qs(parts.query).get("groupId", [])
    except ValueError:
        ids, teams = [], []
    if not ids or not teams or not teams[0].replace("-", "").isalnum():
        raise Problem("teams_link_wrong")
    return teams[0], ids[0]


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
    """Whether somebody signs in there with a password that the secrets do not hold."""
    smtp = channel.kind == "smtp" and bool(channel.config.get("user"))
    return smtp and house.secrets.get(secret_name(channel.id)) is None


def warnings(channel: Channel) -> list[Problem]:
    """What to know about a channel that works today."""
    if channel.kind == "smtp" and channel.config.get("user") and channel.config.get("host") in EXCHANGE_ONLINE:
        return [Problem("mail_basic_ends", host=channel.config["host"])]
    if channel.kind == "teams":
        return [Problem("teams_owner_leaves", name=channel.name)]
    return []


def elsewhere(channel: Channel) -> Problem:
    """It goes out from another computer, where its sender is signed in; here it waits."""
    return Problem("channel_elsewhere", name=channel.name, how=f"companion channels signin {channel.name}")


def check_name(house: House, channel: Channel) -> None:
    """Problem `channel_nameless` or `channel_exists`."""
    if not channel.name:
        raise Problem("channel_nameless")
    if channel.name in {known.name for known in all_of(house)}:
        raise Problem("channel_exists", name=channel.name)


def keep(house: House, channel: Channel) -> Channel:
    """Remember a new channel."""
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


def test(house: House, name: str) -> ChannelKind:
    """Try a channel without sending anything to anybody; its kind. Problem where it does not work."""
    channel = named(house, name)
    house.open_channel(channel).test()
    return channel.kind


def set_post(house: House, name: str) -> Channel | None:
    """Let the programme write its letters through that mail channel, or ("") through none; the channel."""
    channel = named(house, name) if name else None
    if channel is not None and channel.kind not in MAILS:
        raise Problem("post_no_mail", name=name)
    with house.workspace() as tx:
        _put_post(house, tx, channel.id if channel else "", tx.takeaways.channels())
    return channel


def _put_post(house: House, tx: WorkspaceTx, post: str, channels: Iterable[Channel]) -> None:
    """`channels`: by whose names the audit tells it."""
    old, names = tx.programme.get(), {one.id: one.name for one in channels}
    if post != old.post:
        tx.programme.put(replace(old, post=post))
        note(tx, house, "programme.post", names.get(old.post, ""), names.get(post, ""))


def post_of(house: House) -> str:
    """The id of the channel through which the programme writes, "" for none."""
    with house.workspace(write=False) as tx:
        return tx.programme.get().post


def remove(house: House, name: str) -> None:
    """Forget a channel and its secret. What it delivered stays where it is; the programme writes no letters by it."""
    channel = named(house, name)
    with house.workspace() as tx:
        tx.takeaways.remove_channel(channel.id)
        if tx.programme.get().post == channel.id:
            _put_post(house, tx, "", [channel])
    house.secrets.drop(secret_name(channel.id))
