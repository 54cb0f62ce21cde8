"""The channels that send, each with a real server behind it that can be told to misbehave alike."""

import base64
import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from companion.calendars.model import Account
from companion.calendars.signin import Registration
from companion.connectors.graph_channel import GraphChannel
from companion.connectors.graph_mail import GraphMailChannel
from companion.connectors.line import Limits
from companion.connectors.microsoft.graph.gate import Gate
from companion.connectors.microsoft.graph.line import GraphLine
from companion.connectors.posting import Webhook
from companion.connectors.slack import SlackChannel
from companion.connectors.smtp import SmtpChannel
from companion.connectors.teams import TeamsChannel
from companion.storage.engine import open_device
from companion.takeaways.driver import ChannelDriver
from companion.takeaways.model import Channel
from servers.chat import Chat, slack_hook, teams_flow, texts_of
from servers.hostile import Answer, Asked, Hostile, hostile_server
from servers.mail import Mailbox, mail_server
from servers.microsoft.mailbox import User
from servers.microsoft.tokens import FakeTokens, Ledger
from takeaways.made import NOON

SENDER = "ines@ferro.example"
KINDS = ("smtp", "graph_mail", "teams", "graph_channel", "slack")
BREAKS = ("cut_after", "busy", "error", "lost_gateway", "final", "proxy_page", "redirect")
LIMITS = Limits(connect=2.0, read=2.0, total=5.0)


@dataclass
class Way:
    """A driver, its server, and what that server has taken in, as text."""

    kind: str
    driver: ChannelDriver
    arrived: Callable[[], list[str]]
    breaks: Callable[[str], None]


@contextmanager
def way(kind: str, folder: Path) -> Iterator[Way]:
    """The channel of that kind on a server that takes everything."""
    if kind == "smtp":
        with mail_server(None) as box:
            driver = SmtpChannel("127.0.0.1", box.port, "none", "", None, SENDER, channel_id="c", clock=lambda: NOON)
            yield Way(kind, driver, lambda: [_body(bytes(one.content or b"")) for one in box.envelopes],
                      lambda how: _break_mail(box, how))  # fmt: skip
    elif kind == "teams":
        with teams_flow() as chat:
            yield Way(kind, TeamsChannel("Chat", _webhook("teams", chat)),
                      lambda: ["\n".join(texts_of(card)) for card in chat.posted],
                      lambda how: _break_chat(chat, how))  # fmt: skip
    elif kind == "slack":
        with slack_hook() as chat:
            yield Way(kind, SlackChannel("Chat", _webhook("slack", chat)),
                      lambda: ["\n".join(block["text"]["text"] for block in told["blocks"]) for told in chat.posted],
                      lambda how: _break_chat(chat, how))  # fmt: skip
    else:
        with hostile_server() as server, graph_line(server.url, folder) as line:
            yield _graph(kind, server, line)


def offline(kind: str, folder: Path) -> Iterator[ChannelDriver]:
    """The channel of that kind where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    if kind == "smtp":
        yield SmtpChannel("127.0.0.1", port, "none", "", None, SENDER)
    elif kind == "teams":
        yield TeamsChannel("Chat", Webhook("Chat", "teams", f"{url}/workflows/x?sig=secret-8842", limits=LIMITS))
    elif kind == "slack":
        yield SlackChannel("Chat", Webhook("Chat", "slack", f"{url}/services/secret-8842", limits=LIMITS))
    else:
        with graph_line(url, folder) as line:
            yield _graph_driver(kind, line)


def _webhook(kind: str, chat: Chat) -> Webhook:
    return Webhook("Chat", kind, chat.address, limits=LIMITS)  # type: ignore[arg-type]


@contextmanager
def graph_line(url: str, folder: Path) -> Iterator[Callable[[], GraphLine]]:
    """Opens lines of Ines to a Graph at that address."""
    ines = User(SENDER, "Ines Prado", "tenant", None, True)  # type: ignore[arg-type]
    registration = Registration(client_id="an-id", graph_url=url.rstrip("/"))
    device = open_device(folder / "device.db", lambda: NOON)
    gate = Gate(registration, device.begin, lambda: NOON)
    tokens = FakeTokens(Ledger(), [ines])
    account = Account("c", SENDER, "microsoft365", f"{url.rstrip('/')}/v1.0/me", ines.id, SENDER, False, NOON)
    try:
        yield lambda: GraphLine(account, registration, tokens, gate)
    finally:
        device.close()


def _graph_driver(kind: str, line: Callable[[], GraphLine]) -> ChannelDriver:
    config = {"user": SENDER, "team": "team-1", "channel": "19:a@thread.tacv2"}
    channel = Channel("c", "Chat", kind, config)  # type: ignore[arg-type]
    return GraphMailChannel(channel, line, lambda: NOON) if kind == "graph_mail" else GraphChannel(channel, line)


def _graph(kind: str, server: Hostile, line: Callable[[], GraphLine]) -> Way:
    taken = Answer(202) if kind == "graph_mail" else Answer(201, b'{"id": "1"}')
    waiting: list[Answer] = []
    kept: list[str] = []

    def reply(asked: Asked) -> Answer:
        if asked.method == "GET":
            return Answer(200, b'{"id": "1"}')
        body = asked.body
        if waiting and not waiting[0].reset:
            return waiting.pop(0)
        kept.append(_body(base64.b64decode(body)) if kind == "graph_mail" else json.loads(body)["body"]["content"])
        return waiting.pop(0) if waiting else taken

    server.answer = reply
    return Way(kind, _graph_driver(kind, line), lambda: list(kept), lambda how: waiting.append(_answer(how)))


def _answer(how: str) -> Answer:
    return {
        "cut_after": Answer(reset=True),
        "busy": Answer(429, b"{}", {"Retry-After": "30"}),
        "error": Answer(500, b"{}"),
        "lost_gateway": Answer(504, b"{}"),
        "final": Answer(404, b"{}"),
        "proxy_page": Answer(200, b"<!doctype html><title>Sign in to the network</title>"),
        "redirect": Answer(307, b"", {"Location": "https://elsewhere.example/"}),
    }[how]


def _break_chat(chat: Chat, how: str) -> None:
    (chat.lost if how == "cut_after" else chat.waiting).append(_answer(how))


def _break_mail(box: Mailbox, how: str) -> None:
    if how == "cut_after":
        box.cut_after_data = True
    elif how == "final":
        box.rcpt_answer = "550 5.1.1 nobody here"
    elif how in ("busy", "error"):
        box.rcpt_answer = "451 4.3.0 not now"


def _body(data: bytes) -> str:
    message = message_from_bytes(data, policy=default)
    return "".join(str(part.get_content()) for part in message.walk() if not part.is_multipart())
