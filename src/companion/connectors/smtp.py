"""Mail over SMTP (RFC 5321): one message per reader, and a plain answer to "did it go out?"."""

import base64
import contextlib
import errno
import os
import re
import smtplib
import ssl
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from email.policy import SMTP as MAIL_POLICY
from typing import Literal, NoReturn

from companion.basics.clock import Clock, now
from companion.basics.errors import Problem
from companion.basics.hosts import is_loopback
from companion.connectors.letter import letter, programme_letter, shown, withdrawn_letter
from companion.connectors.mail_answers import refused, signin_refused
from companion.people.addresses import domain_of
from companion.takeaways.letters import LetterParcel
from companion.takeaways.model import Parcel, Shown, Unsure

Security = Literal["starttls", "tls", "none"]
_LINE_START_DOT = re.compile(rb"(?m)^\.")


class SmtpChannel:
    """A mail server.

    Problems: those of `mail_answers`, `mail_password_missing`, `mail_unreachable`, `mail_no_tls`, `mail_not_secure`,
    `mail_certificate_bad`, `mail_authority_missing`, `mail_recipient_wrong`. `Unsure` where the answer to a whole
    message got lost.
    """

    def __init__(
        self,
        host: str,
        port: int,
        security: Security,
        user: str,
        password: str | None,
        sender: str,
        *,
        channel_id: str = "",
        ca_file: str = "",
        timeout: float = 30.0,
        clock: Clock = now,
    ) -> None:
        """`ca_file`: certificates (PEM) of a firm's own authority, "" for the system's; `timeout` in seconds."""
        self._host, self._port, self._security = host, port, security
        self._user, self._password = user, password or ""
        self._sender, self._channel_id = sender, channel_id
        self._domain = domain_of(sender)  # not this machine's name: that is nobody's business
        self._ca_file, self._timeout, self._clock = ca_file, timeout, clock

    def send(self, parcel: Parcel) -> None:
        """Send the whole takeaway to the parcel's recipient."""
        self._mail(letter(parcel, self._sender, self._channel_id, self._clock()), parcel.recipient)

    def publish(self, parcels: Iterable[Parcel]) -> None:
        """Send each parcel to its recipient."""
        for parcel in parcels:
            self.send(parcel)

    def retract(self, parcel: Parcel) -> None:
        """Tell the parcel's recipient that it was withdrawn: a mail that went out cannot be called back."""
        self._mail(withdrawn_letter(parcel, self._sender, self._channel_id, self._clock()), parcel.recipient)

    def write(self, parcel: LetterParcel) -> None:
        """Send a letter of the programme."""
        self._mail(programme_letter(parcel, self._sender, self._clock()), parcel.letter.recipient)

    def preview(self, parcel: Parcel) -> Shown:
        """The two bodies of the mail."""
        return shown(parcel)

    def test(self) -> None:
        """Connect, sign in and leave; nothing is sent."""
        with self._connected() as server:
            self._answer(*server.noop())

    def _mail(self, message: EmailMessage, recipient: str) -> None:
        with self._connected() as server:
            self._hand_over(server, message, recipient)

    @contextlib.contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        if self._security == "none" and not is_loopback(self._host):
            raise Problem("mail_not_secure", host=self._host)
        if self._user and not self._password:
            raise Problem("mail_password_missing", host=self._host, user=self._user)
        server: smtplib.SMTP | None = None
        try:
            server = self._connect()
            yield server
        except ssl.SSLCertVerificationError as error:
            raise Problem("mail_certificate_bad", host=self._host, reason=error.verify_message) from error
        except smtplib.SMTPResponseException as error:
            self._answer(error.smtp_code, error.smtp_error)
            self._unreachable(error)
        except (smtplib.SMTPException, OSError) as error:
            self._unreachable(error)
        finally:
            if server is not None:
                _leave(server)

    def _connect(self) -> smtplib.SMTP:
        if self._security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, self._domain, timeout=self._timeout, context=self._trust()
            )
        else:
            server = smtplib.SMTP(self._host, self._port, self._domain, timeout=self._timeout)
        try:
            self._greet(server)
        except BaseException:
            server.close()
            raise
        return server

    def _trust(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=self._ca_file or None)
        except OSError as error:
            raise Problem("mail_authority_missing", path=self._ca_file) from error

    def _greet(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        if self._security == "starttls":
            if not server.has_extn("starttls"):
                raise Problem("mail_no_tls", host=self._host)
            server.starttls(context=self._trust())
            server.ehlo()
        if self._user:
            self._sign_in(server)

    def _sign_in(self, server: smtplib.SMTP) -> None:
        """PLAIN (RFC 4616) or LOGIN, in UTF-8: the library's own sign-in knows ASCII only and fails on `ä`."""
        offered = server.esmtp_features.get("auth", "").upper().split()
        words: bytes = b""
        if "PLAIN" in offered:
            status, words = server.docmd("AUTH", f"PLAIN {_base64(f'{chr(0)}{self._user}{chr(0)}{self._password}')}")
        elif "LOGIN" in offered:
            status, words = server.docmd("AUTH", f"LOGIN {_base64(self._user)}")
            if status == 334:
                status, words = server.docmd(_base64(self._password))
        else:
            status = 504
        if status != 235:
            raise signin_refused(self._host, self._user, status, words)

    def _hand_over(self, server: smtplib.SMTP, message: EmailMessage, recipient: str) -> None:
        """RFC 5321 4.1.1.4 by hand, to know on which side of the last dot a connection broke."""
        whole = message.as_bytes(policy=MAIL_POLICY)
        most = server.esmtp_features.get("size", "").strip()
        if most.isdigit() and 0 < int(most) < len(whole):  # RFC 1870: known before it is sent
            raise Problem("mail_too_big", host=self._host, status=552, final="1")
        body = _LINE_START_DOT.sub(b"..", whole)
        self._answer(*server.mail(self._sender))
        self._answer(*server.rcpt(recipient), recipient=recipient)
        self._answer(*server.docmd("DATA"), going_on=354)
        assert server.sock is not None
        server.sock.sendall(body if body.endswith(b"\r\n") else body + b"\r\n")
        try:
            server.sock.sendall(b".\r\n")
            code, words = server.getreply()
        except (smtplib.SMTPException, OSError) as error:
            raise Unsure from error
        self._answer(code, words, recipient=recipient)

    def _answer(self, code: int, words: bytes | str, going_on: int = 250, recipient: str = "") -> None:
        """Go on, or raise what the server's answer means."""
        if code == going_on or (going_on == 250 and code == 251):
            return
        if 400 <= code < 600:
            raise refused(self._host, code, self._quoted(words), recipient)
        raise Problem("mail_unreachable", host=self._host, port=self._port, reason=str(code))

    def _quoted(self, words: bytes | str) -> str:
        """The server's own words, short, on one line, without the password should it repeat it."""
        text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
        for secret in (self._password, _base64(self._password)):
            if secret:
                text = text.replace(secret, "…")
        return " ".join(text.split())[:200]

    def _unreachable(self, error: Exception) -> NoReturn:
        lost = errno.ETIMEDOUT if isinstance(error, TimeoutError) else errno.ECONNRESET
        reason = (error.strerror if isinstance(error, OSError) else "") or os.strerror(lost)
        raise Problem("mail_unreachable", host=self._host, port=self._port, reason=reason) from error


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _leave(server: smtplib.SMTP) -> None:
    # What was to be said has been said: that the other side does not say goodbye changes nothing.
    with contextlib.suppress(smtplib.SMTPException, OSError):
        server.quit()
    server.close()
