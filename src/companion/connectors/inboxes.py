"""From an inbox as the workspace knows it to the source that reads it."""

from collections.abc import Callable

from companion.basics.clock import Clock
from companion.basics.errors import Problem
from companion.connectors.graph_inbox import GraphInbox
from companion.connectors.imap import SECURITY, ImapInbox, ImapServer
from companion.connectors.microsoft.graph.line import GraphLine
from companion.takeaways.inbox import Inbox, ReplySource


def open_graph(inbox: Inbox, line: Callable[[], GraphLine], clock: Clock) -> ReplySource:
    """The source of a mailbox at Microsoft 365; nothing is reached before it is used."""
    return GraphInbox(inbox, line, clock)


def open_imap(inbox: Inbox, password: str | None) -> ReplySource:
    """The source of a mailbox on an IMAP server; Problem `inbox_unusable` where a setting lacks.

    Settings: `host`, `port`, `security`, `user`, and `folder`, `ca_file`.
    """
    port, wanted = inbox.config.get("port", ""), inbox.config.get("security", "tls")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Problem("inbox_unusable", inbox=inbox.name, setting="port")
    for security in SECURITY:
        if security == wanted:
            server = ImapServer(
                inbox.name, _needed(inbox, "host"), int(port), security, _needed(inbox, "user"), password or "",
                inbox.config.get("folder") or "INBOX", inbox.config.get("ca_file", ""),
            )  # fmt: skip
            return ImapInbox(server, inbox.cursor)
    raise Problem("inbox_unusable", inbox=inbox.name, setting="security")


def _needed(inbox: Inbox, setting: str) -> str:
    value = inbox.config.get(setting, "").strip()
    if not value:
        raise Problem("inbox_unusable", inbox=inbox.name, setting=setting)
    return value
