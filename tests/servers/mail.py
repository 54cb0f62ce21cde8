"""A real mail server (aiosmtpd) on loopback, with TLS and sign-in, that can be told to misbehave."""

import contextlib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "companion", "räv-and-secret"


@dataclass
class Mailbox:
    """What came in, and what the server answers to it."""

    envelopes: list[Envelope] = field(default_factory=list)
    rcpt_answer: str = ""
    data_answer: str = "250 kept"
    cut_after_data: bool = False
    sessions: list[Session] = field(default_factory=list)
    port: int = 0

    @property
    def messages(self) -> list[EmailMessage]:
        """The messages, parsed."""
        parsed = [message_from_bytes(bytes(one.content or b""), policy=default) for one in self.envelopes]
        return [one for one in parsed if isinstance(one, EmailMessage)]

    async def handle_RCPT(  # aiosmtpd's name for it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if not self.rcpt_answer:
            envelope.rcpt_tos.append(address)
        return self.rcpt_answer or "250 yes"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.envelopes.append(envelope)
        self.sessions.append(session)
        if self.cut_after_data:
            assert server.transport is not None
            server.transport.abort()
        return self.data_answer


def _sign_in(_server: SMTP, _session: Session, _envelope: Envelope, _how: str, given: object) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


class _AnyPort(Controller):
    """The controller, on whichever port was free."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextlib.contextmanager
def mail_server(context: ssl.SSLContext | None, *, at_once: bool = False) -> Iterator[Mailbox]:
    """A server for one test. A context brings AUTH and STARTTLS, or TLS from the first byte with `at_once`."""
    mailbox = Mailbox()
    options: dict[str, object] = {"hostname": "127.0.0.1", "port": 0}
    if context is not None:
        options |= {"authenticator": _sign_in, "auth_required": True}
        options |= {"ssl_context": context, "auth_require_tls": False} if at_once else {"tls_context": context}
        options |= {} if at_once else {"require_starttls": True}
    controller = _AnyPort(mailbox, **options)
    controller.start()
    try:
        mailbox.port = controller.port
        yield mailbox
    finally:
        controller.stop()
