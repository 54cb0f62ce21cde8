"""Teams by a Workflows webhook: an Adaptive Card 1.4 in its envelope, small enough to be taken."""

import json
from collections.abc import Iterable
from typing import Any

from companion.basics.errors import Problem
from companion.connectors.cutting import Link, Piece, Said, fitted, withdrawal
from companion.connectors.posting import Reply, Webhook
from companion.takeaways.letters import LetterParcel
from companion.takeaways.model import Parcel, Shown
from companion.words.language import speaking, t

MOST = 20_000  # bytes: Microsoft names 28 kB, and some flows refused 21
_CARD = "application/vnd.microsoft.card.adaptive"
_LOOKS: dict[str, dict[str, Any]] = {
    "head": {"size": "Large", "weight": "Bolder"},
    "small": {"size": "Small", "isSubtle": True},
    "label": {"weight": "Bolder"},
    "text": {},
    "quote": {"size": "Medium", "italic": True},
}


class TeamsChannel:
    """The channel behind one flow. Problems of `Webhook`, and `teams_*`; a flow that took a card may still fail later,
    and says so only to its owner."""

    def __init__(self, name: str, webhook: Webhook) -> None:
        self._name, self._webhook = name, webhook

    def send(self, parcel: Parcel) -> None:
        """Post the takeaway, cut to its size."""
        self._post(_fitted(parcel), parcel.language)

    def publish(self, parcels: Iterable[Parcel]) -> None:
        """Post each."""
        for parcel in parcels:
            self.send(parcel)

    def retract(self, parcel: Parcel) -> None:
        """Post that it was withdrawn: what stands in Teams, a webhook cannot take back."""
        self._post(withdrawal(parcel), parcel.language)

    def write(self, parcel: LetterParcel) -> None:
        """Never: a letter is for one person."""
        raise Problem("channel_writes_no_letters", name=self._name, letter=parcel.letter.kind)

    def preview(self, parcel: Parcel) -> Shown:
        """What the card would say."""
        return Shown((withdrawal(parcel) if parcel.takeaway.withdrawn else _fitted(parcel)).text)

    def test(self) -> None:
        """Check the address and connect; nothing is posted."""
        self._webhook.reach()

    def _post(self, told: Said, language: str) -> None:
        self._webhook.post(envelope(told, language), _refusal)


def envelope(told: Said, language: str) -> bytes:
    """The request's body: the card in the envelope without which a flow fails."""
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
        "msteams": {"width": "Full"}, "body": [_shown(piece) for piece in told.pieces],
    }  # fmt: skip
    if told.more:
        card["body"] += [{"type": "ActionSet", "actions": [_open(told.more)]}]  # type: ignore[operator]
    card["body"] += [_shown(Piece(note, "small")) for note in told.notes]  # type: ignore[operator]
    actions = [_open(link) for link in told.answers]
    if told.only:
        with speaking(language):
            title = t("Only to the author …")
        inner = {"type": "AdaptiveCard", "version": "1.4", "body": [], "actions": [_open(link) for link in told.only]}
        actions.append({"type": "Action.ShowCard", "title": title, "card": inner})
    if actions:
        card["actions"] = actions
    message = {"type": "message", "attachments": [{"contentType": _CARD, "contentUrl": None, "content": card}]}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def _fitted(parcel: Parcel) -> Said:
    return fitted(parcel, lambda told: len(envelope(told, parcel.language)) <= MOST)


def _shown(piece: Piece) -> dict[str, Any]:
    # A TextBlock reads Markdown, links included; a TextRun shows what it is given, letter by letter.
    run = {"type": "TextRun", "text": piece.text, **_LOOKS[piece.tone]}
    return {"type": "RichTextBlock", "inlines": [run]}


def _open(link: Link) -> dict[str, Any]:
    return {"type": "Action.OpenUrl", "title": link.label, "url": link.address}


def _refusal(reply: Reply) -> tuple[str, str]:
    """What a flow means by its status; its own code says more where it answers in JSON."""
    try:
        fault = json.loads(reply.body).get("error", {}).get("code", "")
    except (ValueError, AttributeError):
        fault = ""
    code = fault if isinstance(fault, str) and fault.isalnum() and len(fault) <= 60 else ""
    if "NotEnabled" in code or "Disabled" in code:
        return "teams_flow_off", code
    if reply.status in (404, 410):
        return "teams_flow_gone", code
    if reply.status in (401, 403):
        return "teams_tenant_only", code
    return "teams_card_refused", code or "400"
