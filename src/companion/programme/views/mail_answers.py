"""Answers by mail to a seat that could not be followed, or of which nobody is sure: told to whom they concern."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from companion.attendance.offers import OPEN, Offer
from companion.meetings.model import Meeting
from companion.programme.model import WorkspaceTx
from companion.takeaways.letters import Letter

LATELY = timedelta(days=14)  # so long after the offer was settled
_ASKS = frozenset({"seat_host", "seat_offer"})
_STILL = {"seat_host": "host", "seat_offer": "offered"}  # in which state the letter's question is open


@dataclass(frozen=True)
class MailAnswer:
    """One answer. `refused`: why it could not be followed, a problem's code; `unsure`: the address it came from."""

    offer_id: str
    meeting: Meeting
    recipient: str  # of the letter it answers
    refused: str = ""
    unsure: str = ""


def mail_answers(
    tx: WorkspaceTx, offers: Iterable[Offer], meetings: Mapping[str, Meeting], now: datetime
) -> list[MailAnswer]:
    """Those about these offers that still say something, of meetings ahead, the oldest first."""
    near = {one.id: one for one in offers if one.meeting_id in meetings and meetings[one.meeting_id].end > now
            and (one.state in OPEN or one.state == "accepted" or now - one.since < LATELY)}  # fmt: skip
    found = []
    for letter in tx.letters.of_any(near):
        offer = near[letter.about]
        refused, unsure = _said(letter, offer) if letter.kind in _ASKS else ("", "")
        if refused or unsure:
            found.append(MailAnswer(offer.id, meetings[offer.meeting_id], letter.recipient, refused, unsure))
    return found


def _said(letter: Letter, offer: Offer) -> tuple[str, str]:
    """(why it was refused, from where an unsure one came); what was answered since in another way says nothing."""
    refused, told = str(letter.facts.get("refused", "")), letter.facts.get("unsure", {})
    stays = offer.state == "accepted"
    if refused and stays != (refused == "swap_nobody"):
        refused = ""
    open_still = offer.state == _STILL[letter.kind] or (stays and told.get("kind") == "swap")
    return refused, str(told.get("from", "")) if open_still else ""
