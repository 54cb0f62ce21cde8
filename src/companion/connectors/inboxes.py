"""From an inbox as the workspace knows it to the source that reads it."""

from collections.abc import Callable

from companion.basics.errors import Problem
from companion.connectors.imap import SECURITY, ImapInbox, ImapServer
from companion.takeaways.inbox import Inbox, ReplySource


def open_inbox(
    inbox: Inbox, password: str | None = None, open_graph: Callable[[Inbox], ReplySource] | None = None
) -> ReplySource:
    """The source of an inbox; nothing is reached before it is used. Problem `inbox_unusable` where a setting lacks.

    Settings: imap `host`, `port`, `security`, `user`, and `folder`, `ca_file`; graph `user`, and `mailbox`.
    """
    if inbox.kind == "graph":
        if open_graph is None:
            raise Problem("ms_not_set_up", account=inbox.name)
        return open_graph(inbox)
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
