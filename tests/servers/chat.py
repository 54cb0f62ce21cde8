"""Stand-ins on loopback for what posts to a chat: a flow of Teams Workflows and an incoming webhook of Slack.

Each keeps what arrived, checks it as strictly as the real one, and can be told to misbehave.
"""

import contextlib
import json
import re
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from servers.hostile import Answer, Asked, Hostile, hostile_server

SECRET = "sig-7Qk2mVb9xR4tYw8z"
TEAMS_MOST, SLACK_MOST = 28 * 1024, 13_000  # bytes
CARD = "application/vnd.microsoft.card.adaptive"
ELEMENTS = {"TextBlock", "RichTextBlock", "TextRun", "ActionSet", "AdaptiveCard", "Action.OpenUrl", "Action.ShowCard"}
CALLS = re.compile(r"<[!@#][^>]*>")  # what calls people in Slack, where it is not escaped


@dataclass
class Chat:
    """One webhook: where it is, what was posted, what it refused and why, and what it answers next."""

    server: Hostile
    path: str
    posted: list[dict[str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)  # who would have been called by what was posted
    waiting: list[Answer] = field(default_factory=list)  # instead of the true answer; the message is lost
    lost: list[Answer] = field(default_factory=list)  # instead of the true answer; the message has arrived
    left: int = 1_000  # messages until it is too many; then 429

    @property
    def address(self) -> str:
        """The whole secret address."""
        return f"{self.server.url.rstrip('/')}{self.path}"

    @property
    def asked(self) -> list[Asked]:
        """Every request."""
        return self.server.asked


def teams_answer(chat: Chat, asked: Asked) -> Answer:
    """As a flow answers: 202 and nothing where it takes the card."""
    if f"sig={SECRET}" not in asked.path:
        return _fault(401, "DirectApiAuthorizationRequired")
    if len(asked.body) > TEAMS_MOST:
        return Answer(413)
    try:
        told = json.loads(asked.body)
        [attachment] = told["attachments"]
        card = attachment["content"]
        good = told["type"] == "message" and attachment["contentType"] == CARD and attachment["contentUrl"] is None
        good = good and card["type"] == "AdaptiveCard" and card["version"] == "1.4" and bool(card["body"])
        good = good and set(_types(card)) <= ELEMENTS and len(card.get("actions", [])) <= 6
    except (ValueError, KeyError, TypeError):
        good = False
    if not good or not asked.headers["content-type"].startswith("application/json"):
        chat.refused.append("card")
        return _fault(400, "InvalidRequestContent")
    chat.posted.append(told)
    return Answer(202)


def slack_answer(chat: Chat, asked: Asked) -> Answer:
    """As Slack answers: 200 and `ok`."""
    if not asked.path.endswith(SECRET):
        return Answer(403, b"invalid_token")
    try:
        told = json.loads(asked.body)
        texts = [block["text"]["text"] for block in told["blocks"]]
        good = all(0 < len(text) <= 3000 for text in texts) and len(texts) <= 50 and bool(told["text"])
    except (ValueError, KeyError, TypeError):
        good = False
    if not good or len(asked.body) > SLACK_MOST:
        chat.refused.append("invalid_payload" if not good else "msg_too_long")
        return Answer(400, chat.refused[-1].encode())
    chat.called += [call for text in (*texts, told["text"]) for call in CALLS.findall(text)]
    chat.posted.append(told)
    return Answer(200, b"ok")


@contextlib.contextmanager
def teams_flow(context: ssl.SSLContext | None = None) -> Iterator[Chat]:
    """A flow with a webhook."""
    path = f"/workflows/7f2/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers&sv=1.0&sig={SECRET}"
    with _running(context, path, teams_answer) as chat:
        yield chat


@contextlib.contextmanager
def slack_hook(context: ssl.SSLContext | None = None) -> Iterator[Chat]:
    """An incoming webhook of Slack."""
    with _running(context, f"/services/T01/B02/{SECRET}", slack_answer) as chat:
        yield chat


@contextlib.contextmanager
def _running(context: ssl.SSLContext | None, path: str, true: Callable[[Chat, Asked], Answer]) -> Iterator[Chat]:
    with hostile_server(context) as server:
        chat = Chat(server, path)

        def reply(asked: Asked) -> Answer:
            if chat.waiting:
                return chat.waiting.pop(0)
            if chat.left <= 0:
                return Answer(429, b"rate_limited", {"Retry-After": "30"})
            chat.left -= 1
            told = true(chat, asked)
            return chat.lost.pop(0) if chat.lost else told

        server.answer = reply
        yield chat


def deleted_flow() -> Answer:
    """A flow that somebody deleted."""
    return _fault(404, "WorkflowNotFound")


def stopped_flow() -> Answer:
    """A flow that is switched off."""
    return _fault(400, "WorkflowTriggerIsNotEnabled")


def tenant_only() -> Answer:
    """A flow that only users of its own tenant may call."""
    return _fault(401, "DirectApiAuthorizationRequired")


def texts_of(card: dict[str, Any]) -> list[str]:
    """All that a posted card says in its body."""
    body = card["attachments"][0]["content"]["body"]
    return [run["text"] for block in body if block["type"] == "RichTextBlock" for run in block["inlines"]]


def _types(shape: Any) -> Iterator[str]:
    if isinstance(shape, dict):
        if "type" in shape:
            yield shape["type"]
        for value in shape.values():
            yield from _types(value)
    elif isinstance(shape, list):
        for value in shape:
            yield from _types(value)


def _fault(status: int, code: str) -> Answer:
    told = {"error": {"code": code, "message": "See the flow."}}
    return Answer(status, json.dumps(told).encode(), {"Content-Type": "application/json"})
