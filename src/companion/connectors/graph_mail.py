"""Mail from somebody's own mailbox at Microsoft 365: the same message as by SMTP, handed to Graph."""

import base64
from collections.abc import Callable, Iterable
from email.message import EmailMessage
from email.policy import SMTP as MAIL_POLICY

from companion.basics.clock import Clock
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.connectors.letter import letter, programme_letter, shown, withdrawn_letter
from companion.connectors.microsoft.graph.line import GraphError, GraphLine
from companion.connectors.microsoft.sending import opened
from companion.connectors.microsoft.signin.scopes import SEND_MAIL, SIGN_IN
from companion.takeaways.letters import LetterParcel
from companion.takeaways.model import Channel, Parcel, Shown

_MOST = 4 * 1024 * 1024  # bytes of one request to Graph; what is larger needs an upload, which ours never do
_FULL = frozenset({"ErrorMailboxFull", "ErrorQuotaExceeded"})
_BIG = frozenset({"ErrorMessageSizeExceeded", "RequestEntityTooLarge", "ErrorMimeContentInvalid"})
_SLOW_DOWN = frozenset({"ErrorExceededMessageLimit", "ErrorSubmissionQuotaExceeded", "ErrorMessageSubmissionBlocked"})


class GraphMailChannel:
    """The mailbox of `config["user"]`. Problems of signing in (`ms_*`), of the line, and `mail_*`; `Unsure` as by SMTP.

    `line` opens the way to Graph; Problem `channel_elsewhere` where that person is not signed in on this computer.
    202 means taken: whether it was delivered, only the sender's mailbox learns. Mail.Send does not let us look into
    Sent Items, so what may have gone out is asked, never looked up.
    """

    def __init__(self, channel: Channel, line: Callable[[], GraphLine], clock: Clock) -> None:
        self._channel, self._line, self._clock = channel, line, clock
        self._sender = channel.config.get("user", "")

    def send(self, parcel: Parcel) -> None:
        """Send the whole takeaway to the parcel's recipient."""
        self._mail(letter(parcel, self._sender, self._channel.id, self._clock()), parcel.recipient)

    def publish(self, parcels: Iterable[Parcel]) -> None:
        """Send each parcel to its recipient."""
        for parcel in parcels:
            self.send(parcel)

    def retract(self, parcel: Parcel) -> None:
        """Tell the parcel's recipient that it was withdrawn."""
        self._mail(withdrawn_letter(parcel, self._sender, self._channel.id, self._clock()), parcel.recipient)

    def write(self, parcel: LetterParcel) -> None:
        """Send a letter of the programme."""
        self._mail(programme_letter(parcel, self._sender, self._clock()), parcel.letter.recipient)

    def preview(self, parcel: Parcel) -> Shown:
        """The two bodies of the mail."""
        return shown(parcel)

    def test(self) -> None:
        """Ask for a token that may send, and who it is for; nothing is sent."""
        with opened(self._line, self._channel) as line:
            line.get("/me", Ticket(), scopes=(*SIGN_IN, *SEND_MAIL), params={"$select": "id"})

    def _mail(self, message: EmailMessage, recipient: str) -> None:
        body = base64.b64encode(message.as_bytes(policy=MAIL_POLICY))
        with opened(self._line, self._channel) as line:
            if len(body) > _MOST:
                raise Problem("mail_too_big", host=line.host, status=413, final="1")
            try:
                line.hand_over("/me/sendMail", body, Ticket(), scopes=SEND_MAIL, kind="text/plain")
            except GraphError as error:
                raise self._refused(error, line.host, recipient) from error

    def _refused(self, error: GraphError, host: str, recipient: str) -> Problem:
        name = self._channel.name
        if error.error in _FULL:
            return Problem("mail_box_full", host=host, status=error.status, recipient=self._sender)
        if error.status == 413 or error.error in _BIG:
            return Problem("mail_too_big", host=host, status=error.status, final="1")
        if error.error.startswith("ErrorInvalidRecipients"):
            return Problem("mail_recipient_wrong", address=recipient, final="1")
        if error.error in _SLOW_DOWN:
            return Problem("mail_later", host=host, status=error.status, reason=error.error)
        if error.status == 403:
            return Problem("graph_send_refused", name=name, user=self._sender, reason=error.error or "403", final="1")
        if error.status < 500:
            return Problem("mail_refused", host=host, status=error.status, reason=error.error, final="1")
        return Problem("channel_error", name=name, host=host, status=error.status)
