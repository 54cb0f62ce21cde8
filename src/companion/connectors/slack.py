"""Slack by an incoming webhook: blocks whose text can neither link nor call anybody."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from companion.basics.errors import Problem
from companion.connectors.cutting import Link, Piece, Said, fitted, withdrawal
from companion.connectors.posting import Reply, Webhook
from companion.takeaways.letters import LetterParcel
from companion.takeaways.model import Parcel, Shown

MOST = 12_000  # bytes: above some 13 kB Slack refuses the whole, though nowhere written
SECTION = 2_900  # characters of one section, of 3,000
BLOCKS = 50
_REFUSALS = {
    "no_service": "slack_gone", "no_team": "slack_gone", "channel_not_found": "slack_gone",
    "no_active_hooks": "slack_gone", "team_disabled": "slack_gone", "channel_is_archived": "slack_archived",
    "action_prohibited": "slack_not_allowed", "posting_to_general_channel_denied": "slack_not_allowed",
    "invalid_token": "slack_gone", "user_not_found": "slack_gone",
}  # fmt: skip


class SlackChannel:
    """The channel behind one incoming webhook. Problems of `Webhook`, and `slack_*`."""

    def __init__(self, name: str, webhook: Webhook) -> None:
        self._name, self._webhook = name, webhook

    def send(self, parcel: Parcel) -> None:
        """Post the takeaway, cut to its size."""
        self._post(_fitted(parcel))

    def publish(self, parcels: Iterable[Parcel]) -> None:
        """Post each."""
        for parcel in parcels:
            self.send(parcel)

    def retract(self, parcel: Parcel) -> None:
        """Post that it was withdrawn: what stands in Slack, a webhook cannot take back."""
        self._post(withdrawal(parcel))

    def write(self, parcel: LetterParcel) -> None:
        """Never: a letter is for one person."""
        raise Problem("channel_writes_no_letters", name=self._name, letter=parcel.letter.kind)

    def preview(self, parcel: Parcel) -> Shown:
        """What the message would say."""
        return Shown((withdrawal(parcel) if parcel.takeaway.withdrawn else _fitted(parcel)).text)

    def test(self) -> None:
        """Check the address and connect; nothing is posted."""
        self._webhook.reach()

    def _post(self, told: Said) -> None:
        self._webhook.post(message(told), _refusal)


def message(told: Said) -> bytes:
    """The request's body. `text` is what a notification shows."""
    lines = [line for piece in told.pieces for line in _lines(piece)]
    if told.more:
        lines.append(_link(told.more))
    lines += [f"_{escaped(note)}_" for note in told.notes]
    lines += _rows([_link(link) for link in told.answers])
    if told.only:
        lines.append(escaped(told.only_title))
        lines += _rows([_link(link) for link in told.only])
    blocks = [
        # "verbatim": neither names nor addresses in the text become links.
        {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}} for text in _sections(lines)
    ]  # fmt: skip
    whole: dict[str, Any] = {
        "text": escaped(told.pieces[0].text), "blocks": blocks, "unfurl_links": False, "unfurl_media": False,
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def escaped(text: str) -> str:
    """The text without what Slack reads as a command: `<!channel>` would call everybody."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _fitted(parcel: Parcel) -> Said:
    def fits(told: Said) -> bool:
        body = message(told)
        return len(body) <= MOST and len(json.loads(body)["blocks"]) <= BLOCKS

    return fitted(parcel, fits)


def _lines(piece: Piece) -> Iterator[str]:
    before = {"head": "*", "label": "*", "small": "", "text": "", "quote": "> "}[piece.tone]
    after = "*" if before == "*" else ""
    for part in _parts(piece.text):
        lines = escaped(part).split("\n") if piece.tone == "quote" else [escaped(part)]
        yield "\n".join(f"{before}{line}{after}" for line in lines)


def _parts(text: str) -> Iterator[str]:
    """The text in parts that fit a section once they are escaped and marked line by line, divided between words."""
    if len(escaped(text)) + 2 * text.count("\n") <= SECTION - 4:
        yield text
        return
    middle = text.rfind(" ", 1, len(text) // 2 + 1)
    middle = middle if middle > 0 else len(text) // 2
    yield from _parts(text[:middle])
    yield from _parts(text[middle:].lstrip(" "))


def _sections(lines: list[str]) -> Iterator[str]:
    """As few sections as hold the lines, an empty line between two."""
    kept = ""
    for line in lines:
        if kept and len(kept) + len(line) + 2 > SECTION:
            yield kept
            kept = line
        else:
            kept = f"{kept}\n\n{line}" if kept else line
    if kept:
        yield kept


def _rows(links: list[str]) -> Iterator[str]:
    """Links side by side, as many as one section holds."""
    kept = ""
    for link in links:
        if kept and len(kept) + len(link) + 3 > SECTION:
            yield kept
            kept = ""
        kept = f"{kept} · {link}" if kept else link
    if kept:
        yield kept


def _link(link: Link) -> str:
    address = escaped(link.address.replace("|", "%7C"))
    return f"<{address}|{escaped(link.label)}>"


def _refusal(reply: Reply) -> tuple[str, str]:
    """What Slack means, which it says in one word."""
    known = "slack_gone" if reply.status in (404, 410) else "slack_refused"
    return _REFUSALS.get(reply.word, known), reply.word or str(reply.status)
