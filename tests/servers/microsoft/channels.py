"""Teams: messages that somebody posts in a channel under their own name, ten in ten seconds."""

import time
from dataclasses import dataclass, field
from typing import Any

from servers.microsoft.faults import error
from servers.microsoft.mailbox import User
from servers.microsoft.serving import Answer, Asked, answer
from servers.microsoft.tokens import Grant

TOO_BIG = 28 * 1024


@dataclass
class Posted:
    """A message as it stands in a channel."""

    author: str
    team: str
    channel: str
    content: str


@dataclass
class Channels:
    """The channels of a firm: `members` by (team, channel). `most` messages in `seconds`, then 429."""

    members: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    posted: list[Posted] = field(default_factory=list)
    most: int = 10
    seconds: float = 10.0
    times: list[float] = field(default_factory=list)

    def add(self, team: str, channel: str, *people: User) -> None:
        """A channel and who may post in it."""
        self.members[team, channel] = {person.address for person in people}

    def reply(self, asked: Asked, grant: Grant, rest: str) -> Answer:
        """`rest` is TEAM/channels/CHANNEL/messages."""
        team, _, rest = rest.partition("/channels/")
        channel, _, rest = rest.partition("/")
        if rest != "messages" or asked.method != "POST":
            return error(400, "BadRequest", "Resource not found for the segment.")
        if grant.user is None or "ChannelMessage.Send" not in grant.scopes:
            return error(403, "Forbidden", "Missing scope permissions on the request.")
        if (team, channel) not in self.members:
            return error(404, "NotFound", "The channel does not exist.")
        if grant.user.address not in self.members[team, channel]:
            return error(403, "Forbidden", "The user is not a member of the team.")
        content = _content(asked.json)
        if content is None:
            return error(400, "BadRequest", "Missing body content.")
        if len(asked.body) > TOO_BIG:
            return error(413, "RequestEntityTooLarge")
        return self._post(Posted(grant.user.address, team, channel, content))

    def _post(self, message: Posted) -> Answer:
        now = time.monotonic()
        self.times = [at for at in self.times if now - at < self.seconds]
        if len(self.times) >= self.most:
            wait = round(self.times[0] + self.seconds - now)
            return error(429, "TooManyRequests", "Too many messages.", Retry_After=str(max(1, wait)))
        self.times.append(now)
        self.posted.append(message)
        return answer(201, {"id": str(len(self.posted)), "messageType": "message"})


def _content(told: Any) -> str | None:
    try:
        body = told["body"]
        return str(body["content"]) if body["contentType"] == "html" and body["content"] else None
    except (KeyError, TypeError):
        return None
