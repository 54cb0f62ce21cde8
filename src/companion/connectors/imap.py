"""Answers from a mailbox over IMAP (RFC 3501): read only, page by page, whole only where there is a code."""

import contextlib
import re
import socket
import ssl
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError, ProtocolError

from companion.basics.clock import Clock, now
from companion.basics.errors import Problem
from companion.basics.hosts import is_loopback
from companion.basics.progress import Ticket
from companion.connectors.mails import LARGEST, MOST, reply_of, tag_of
from companion.connectors.watch import watched
from companion.takeaways.inbox import Reply, Swept

Security = Literal["starttls", "tls", "none"]
SECURITY: tuple[Security, ...] = ("starttls", "tls", "none")
_PAGE = 200  # messages whose subjects are asked for at once
_STRETCH = 20_000  # UIDs that are looked for at once: the answer is one line, and lines are bounded
_SUBJECT = "BODY.PEEK[HEADER.FIELDS (SUBJECT)]<0.8192>"
_WHOLE = f"BODY.PEEK[]<0.{MOST}>"
_CURSOR = re.compile(r"imap1 (\d{1,10}) (\d{1,10})")
Result = TypeVar("Result")


@dataclass(frozen=True)
class ImapServer:
    """Where the mailbox is and who reads it; `ca_file`: certificates (PEM) of a firm's own authority."""

    name: str  # of the inbox, for problems
    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    ca_file: str = ""


class ImapInbox:
    """Implements `takeaways.inbox.ReplySource`. Problems: `inbox_*`."""

    def __init__(
        self, server: ImapServer, cursor: str = "", *, clock: Clock = now, timeout: float = 30.0, total: float = 300.0
    ) -> None:
        """`timeout`: seconds a server may be silent; `total`: seconds one page may take."""
        self._server, self._clock = server, clock
        self._timeout, self._total = timeout, total
        found = _CURSOR.fullmatch(cursor)
        self._validity, self._last = (int(found[1]), int(found[2])) if found else (0, 0)
        self._client: IMAPClient | None = None
        self._wire: socket.socket | None = None

    def sweep(self, ticket: Ticket) -> Generator[Swept, None, None]:
        """Everything that came since the cursor. A lost line is opened once more for each page that came through."""
        try:
            again = True
            while True:
                try:
                    for page in self._pages(ticket):
                        again = True
                        yield page
                    return
                except (IMAPClientError, OSError) as error:
                    self._hang_up()
                    if not again or isinstance(error, TimeoutError | ssl.SSLError | socket.gaierror):
                        raise self._trouble(error) from error
                    again = False
        finally:
            self._hang_up()

    def test(self) -> None:
        """Sign in and open the folder; nothing is read."""
        ticket = Ticket()
        try:
            self._open(ticket)
        except (IMAPClientError, OSError) as error:
            raise self._trouble(error) from error
        finally:
            self._hang_up()

    def _pages(self, ticket: Ticket) -> Iterator[Swept]:
        client, status = self._open(ticket)
        validity, following = int(status.get(b"UIDVALIDITY", 0)), int(status.get(b"UIDNEXT", 0))
        if validity != self._validity:  # the folder was made anew: what was taken in before is known by its id
            self._validity, self._last = validity, 0
        while self._last + 1 < following:
            last = min(self._last + _STRETCH, following - 1)
            stretch = f"{self._last + 1}:{last}"
            uids = sorted(
                uid for uid in self._ask(ticket, lambda: client.search(["UID", stretch]))  # noqa: B023
                if self._last < uid <= last
            )  # fmt: skip
            for start in range(0, len(uids), _PAGE):
                ticket.step("reading")
                yield self._page(client, uids[start : start + _PAGE], ticket)
            self._last = last
        yield Swept((), 0, self._cursor())

    def _page(self, client: IMAPClient, uids: list[int], ticket: Ticket) -> Swept:
        heads = self._ask(ticket, lambda: client.fetch(uids, [_SUBJECT]))
        coded = [uid for uid in uids if uid in heads and tag_of(_literal(heads[uid]))]
        replies: list[Reply] = []
        problems: list[Exception] = []
        for uid in coded:
            ticket.step("reading")
            told = self._ask(ticket, lambda: client.fetch([uid], [_WHOLE, "INTERNALDATE"])).get(uid)  # noqa: B023
            if told is None:
                continue  # taken away meanwhile
            try:
                replies.append(reply_of(self._whole(client, uid, told, ticket), self._received(told)))
            except Exception:  # a message that we cannot read must not stand before all that came after it
                problems.append(Problem("inbox_message", inbox=self._server.name, uid=uid))
        self._last = uids[-1]
        return Swept(tuple(replies), sum(uid in heads for uid in uids) - len(coded), self._cursor(), tuple(problems))

    def _whole(self, client: IMAPClient, uid: int, told: dict[bytes, Any], ticket: Ticket) -> bytes:
        """A message of which the beginning is told, with what follows it."""
        data = part = _literal(told)
        while len(part) == MOST and len(data) < LARGEST:
            what = f"BODY.PEEK[]<{len(data)}.{MOST}>"
            part = _literal(self._ask(ticket, lambda: client.fetch([uid], [what])).get(uid, {}))  # noqa: B023
            data += part
        return data

    def _cursor(self) -> str:
        return f"imap1 {self._validity} {self._last}"

    def _received(self, told: dict[bytes, Any]) -> datetime:
        at = told.get(b"INTERNALDATE")
        # The library gives it in this machine's zone, without saying so.
        return min(at.astimezone(UTC), self._clock()) if isinstance(at, datetime) else self._clock()

    def _ask(self, ticket: Ticket, ask: Callable[[], Result]) -> Result:
        return watched(ask, self._give_up, ticket, self._total)

    def _open(self, ticket: Ticket) -> tuple[IMAPClient, dict[bytes, Any]]:
        server = self._server
        if server.security == "none" and not is_loopback(server.host):
            raise Problem("inbox_not_secure", inbox=server.name, host=server.host)
        if not server.password:
            raise Problem("inbox_password_missing", inbox=server.name, host=server.host, user=server.user)
        client = self._client = self._ask(ticket, self._connect)
        try:
            self._ask(ticket, lambda: self._sign_in(client))
        except LoginError as error:
            raise Problem("inbox_signin", inbox=server.name, host=server.host, user=server.user) from error
        try:
            return client, self._ask(ticket, lambda: client.select_folder(server.folder, readonly=True))
        except (IMAPClientAbortError, ProtocolError):
            raise
        except IMAPClientError as error:
            raise Problem("inbox_folder", inbox=server.name, host=server.host, folder=server.folder) from error

    def _connect(self) -> IMAPClient:
        server, trust = self._server, self._trust()
        client = IMAPClient(
            server.host, server.port, ssl=server.security == "tls", ssl_context=trust,
            timeout=SocketTimeout(min(10.0, self._timeout), self._timeout),
        )  # fmt: skip
        self._client, self._wire = client, client.socket()
        if server.security == "starttls":
            if not client.has_capability("STARTTLS"):
                raise Problem("inbox_no_tls", inbox=server.name, host=server.host)
            client.starttls(trust)
            self._wire = client.socket()
            self._wire.settimeout(self._timeout)
        return client

    def _sign_in(self, client: IMAPClient) -> None:
        user, password = self._server.user, self._server.password
        if client.has_capability("AUTH=PLAIN") or not f"{user}{password}".isascii():  # LOGIN carries ASCII only
            client.plain_login(user, password)
        else:
            client.login(user, password)

    def _trust(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=self._server.ca_file or None)
        except OSError as error:
            raise Problem("inbox_authority", inbox=self._server.name, path=self._server.ca_file) from error

    def _give_up(self) -> None:
        if self._wire is not None:
            with contextlib.suppress(OSError):  # closed in the meantime: what was wanted
                socket.socket.shutdown(self._wire, socket.SHUT_RDWR)

    def _hang_up(self) -> None:
        client, self._client, self._wire = self._client, None, None
        if client is not None:
            with contextlib.suppress(IMAPClientError, OSError):  # nothing was to be said any more
                client.shutdown()

    def _trouble(self, error: Exception) -> Problem:
        told = {"inbox": self._server.name, "host": self._server.host}
        if isinstance(error, ssl.SSLCertVerificationError):
            return Problem("inbox_certificate", **told, reason=error.verify_message)
        if isinstance(error, TimeoutError):
            return Problem("inbox_silent", **told)
        reason = (error.strerror if isinstance(error, OSError) else _said(error)) or type(error).__name__
        return Problem("inbox_unreachable", **told, port=self._server.port, reason=reason)


def _said(error: Exception) -> str:
    """A server's own words, short and on one line."""
    return " ".join("".join(sign for sign in str(error) if sign.isprintable()).split())[:120]


def _literal(told: dict[bytes, Any]) -> bytes:
    """What was asked for of a message's text; servers write the name of it in several ways."""
    return next((value for key, value in told.items() if key.startswith(b"BODY[") and isinstance(value, bytes)), b"")
