"""Messages of a mailbox as Graph tells them: subjects by delta, one message whole, and headers as a list."""

from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from typing import Any

from servers.microsoft.faults import error
from servers.microsoft.mailbox import User
from servers.microsoft.serving import Answer, Asked, answer
from servers.microsoft.tokens import Grant

_FOLDER = "mailFolders/inbox"
_DELTA = f"{_FOLDER}/messages/delta"


@dataclass
class Message:
    """A message in somebody's inbox; `mime` as it came in."""

    id: str
    user: str
    received: datetime
    mime: bytes

    def shape(self, names: set[str]) -> dict[str, Any]:
        """The properties of that name, as Graph writes them."""
        told = message_from_bytes(self.mime, policy=policy.default)
        part = told.get_body(("html", "plain"))  # type: ignore[attr-defined]
        kind = part.get_content_subtype() if part else "plain"
        sender = told["From"].addresses[0]
        at = f"{self.received:%Y-%m-%dT%H:%M:%SZ}"
        whole = {
            "subject": str(told["Subject"] or ""), "receivedDateTime": at, "sentDateTime": at,
            "internetMessageId": str(told["Message-ID"]),
            "from": {"emailAddress": {"name": sender.display_name, "address": sender.addr_spec}},
            "body": {"contentType": kind.replace("plain", "text"), "content": part.get_content() if part else ""},
            "internetMessageHeaders": [{"name": name, "value": str(value)} for name, value in told.items()],
        }  # fmt: skip
        return {"id": self.id, **{key: value for key, value in whole.items() if key in names}}


@dataclass
class Messages:
    """All inboxes of a firm. `shared`: (mailbox, reader) pairs that may be read; `lost`: states no longer known."""

    kept: list[Message] = field(default_factory=list)
    shared: set[tuple[str, str]] = field(default_factory=set)
    lost: bool = False
    gone: set[str] = field(default_factory=set)  # ids that are told by delta and not there any more
    bodies: int = 0  # how many messages were asked for whole

    def add(self, user: User, received: datetime, mime: bytes) -> Message:
        """A message that came in."""
        made = Message(f"AAMk{len(self.kept):04}=/+", user.address, received, mime)
        self.kept.append(made)
        return made

    def reply(self, asked: Asked, grant: Grant, user: User, rest: str, root: str) -> Answer:
        """`rest` begins with messages or mailFolders; `root` is the address of this Graph."""
        if not self._may(grant, user):
            return error(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
        if asked.method != "GET":
            return error(405, "Request_BadRequest", "Nothing may be changed here.")
        if rest == _FOLDER:
            return answer(200, {"id": "inbox"})
        if rest == _DELTA:
            return self._delta(asked, user, root)
        wanted = rest.removeprefix("messages/")
        for message in self.kept:
            if message.id == wanted and message.user == user.address and wanted not in self.gone:
                self.bodies += 1
                return answer(200, message.shape(set(asked.query["$select"].split(","))))
        return error(404, "ErrorItemNotFound", "The specified object was not found in the store.")

    def _may(self, grant: Grant, user: User) -> bool:
        if grant.user is user:
            return bool(grant.scopes & {"Mail.Read", "Mail.Read.Shared"})
        reader = grant.user.address if grant.user else ""
        return "Mail.Read.Shared" in grant.scopes and (user.address, reader) in self.shared

    def _delta(self, asked: Asked, user: User, root: str) -> Answer:
        """A token says from which message on; a page holds as many as were preferred."""
        token = asked.query.get("$skiptoken") or asked.query.get("$deltatoken") or ""
        if token and self.lost:
            self.lost = False
            return error(410, "SyncStateNotFound", "The sync state generation is not found.")
        names = set(asked.query.get("$select", "subject,receivedDateTime").split(","))
        start = int(token or 0)
        size = int(asked.headers.get("prefer", "odata.maxpagesize=10").partition("maxpagesize=")[2].split(",")[0])
        mine = [message for message in self.kept if message.user == user.address]
        onward = min(start + size, len(mine))
        kind = ("@odata.nextLink", "skiptoken") if onward < len(mine) else ("@odata.deltaLink", "deltatoken")
        link = f"{root}{asked.raw.partition('?')[0]}?${kind[1]}={onward}"
        return answer(200, {"value": [message.shape(names) for message in mine[start:onward]], kind[0]: link})
