"""From a channel as the workspace knows it to the driver that goes out through it."""

from collections.abc import Callable
from pathlib import Path

from companion.basics.clock import Clock
from companion.basics.errors import Problem
from companion.basics.hosts import is_loopback
from companion.connectors.folder import FolderChannel
from companion.connectors.graph_channel import GraphChannel
from companion.connectors.graph_mail import GraphMailChannel
from companion.connectors.line import Network
from companion.connectors.microsoft.graph.line import GraphLine
from companion.connectors.posting import Webhook
from companion.connectors.site.channel import SiteChannel
from companion.connectors.slack import SlackChannel
from companion.connectors.smtp import Security, SmtpChannel
from companion.connectors.teams import TeamsChannel
from companion.programme.channels import WEBHOOKS
from companion.takeaways.driver import ChannelDriver
from companion.takeaways.model import Channel

_SECURITY: tuple[Security, ...] = ("starttls", "tls", "none")


def open_channel(
    channel: Channel, password: str | None = None, *, network: Network = Network()  # noqa: B008 - frozen
) -> ChannelDriver:  # fmt: skip
    """The driver of a channel; nothing is reached before it is used. Problem `channel_unusable` where a setting lacks,
    `mail_not_secure` for plain mail to another machine.

    Settings: site `dir`, and `title`, `url`, `language`; folder `dir`, and `language`; smtp `host`, `port`, `security`,
    `from`, and `user`, `ca_file`. Of teams and slack, `password` is the whole address of the webhook.
    """
    for kind in WEBHOOKS:
        if channel.kind == kind:
            webhook = Webhook(channel.name, kind, password, network=network)
            return TeamsChannel(channel.name, webhook) if kind == "teams" else SlackChannel(channel.name, webhook)
    language = channel.config.get("language", "en")
    if channel.kind == "site":
        return SiteChannel(
            Path(_needed(channel, "dir")).expanduser(),
            channel.audience or "company",
            title=channel.config.get("title", ""),
            address=channel.config.get("url", ""),
            language=language,
        )
    if channel.kind == "folder":
        return FolderChannel(
            Path(_needed(channel, "dir")).expanduser(), channel.audience or "company", language=language
        )
    if channel.kind != "smtp":
        raise Problem("channel_unusable", name=channel.name, setting="kind")
    return _mail(channel, password)


def open_sender(channel: Channel, line: Callable[[], GraphLine], clock: Clock) -> ChannelDriver:
    """The driver of a channel that goes out as somebody signed in at Microsoft 365; `line` is opened to send."""
    return GraphMailChannel(channel, line, clock) if channel.kind == "graph_mail" else GraphChannel(channel, line)


def _mail(channel: Channel, password: str | None) -> SmtpChannel:
    port, security = _needed(channel, "port"), channel.config.get("security", "starttls")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Problem("channel_unusable", name=channel.name, setting="port")
    host = _needed(channel, "host")
    if security == "none" and not is_loopback(host):
        raise Problem("mail_not_secure", host=host)
    for known in _SECURITY:
        if security == known:
            return SmtpChannel(
                host,
                int(port),
                known,
                channel.config.get("user", ""),
                password,
                _needed(channel, "from"),
                channel_id=channel.id,
                ca_file=channel.config.get("ca_file", ""),
            )
    raise Problem("channel_unusable", name=channel.name, setting="security")


def _needed(channel: Channel, setting: str) -> str:
    value = channel.config.get(setting, "").strip()
    if not value:
        raise Problem("channel_unusable", name=channel.name, setting=setting)
    return value
