"""What whoever looks at messages before they go may read of them: not all is for everybody."""

from dataclasses import dataclass, replace

from companion.programme.letter_matters import MATTERS
from companion.programme.model import House, WorkspaceTx
from companion.programme.names import names_shown
from companion.takeaways.letters import LetterParcel

HIDDEN = "********"  # in place of a token that only a letter's recipient is to know


@dataclass(frozen=True)
class Message:
    """One message that would be sent. `to` is "" for a channel that has no recipients.

    `hidden`: who looks may not read it, so its text is left out.
    """

    to: str
    channel: str
    subject: str
    text: str
    kind: str = "takeaway"  # takeaway, withdrawal, page, or a kind of letter
    hidden: bool = False


class Eyes:
    """What who works here may read of what would be sent."""

    def __init__(self, house: House, tx: WorkspaceTx) -> None:
        programme = tx.programme.get()
        self._all = not (house.workspace_shared or programme.shared)
        self._me = tx.people.by_address(house.me) if house.me else None
        self._authors = {takeaway.id: takeaway.author_id for takeaway in tx.takeaways.all()}
        self._names = names_shown(house, programme, self._me)

    def is_own(self, to: str) -> bool:
        """Whether an address is theirs, or all is."""
        return self._all or (self._me is not None and to in self._me.addresses)

    def may_read(self, to: str, about: str, kind: str) -> bool:
        """`about`: a takeaway's id. What readers wrote back may be for its author alone."""
        if self._all or self._me is None:
            return self._all
        if self.is_own(to) or self._authors.get(about) == self._me.id:
            return True
        return self._me.kind == "ops" and kind not in ("answers", "replied", *MATTERS)

    def message(
        self, to: str, channel: str, subject: str, text: str, kind: str, about: str, *, empty: bool = False
    ) -> Message:
        """A message as it may be seen. `empty`: nothing of it is left for who looks."""
        may = self.may_read(to, about, kind) and not empty
        return Message(to, channel, subject, text if may else "", kind, hidden=not may)

    def of_weekly(self, parcel: LetterParcel) -> LetterParcel:
        """Somebody's weekly mail without the lines that are not for who looks; other letters as they are.

        What others have to do shows only where their figures do by name, and never what was written to them alone.
        """
        if parcel.letter.kind != "digest" or self.is_own(parcel.letter.recipient):
            return parcel
        if not self._names:
            return replace(parcel, todo=(), more=0)
        shown = (replace(one, count=one.count - one.private, private=0) if one.private else one for one in parcel.todo)
        return replace(parcel, todo=tuple(one for one in shown if one.count or one.kind != "reply"))


def is_empty(parcel: LetterParcel) -> bool:
    """Whether a weekly mail tells nothing."""
    return parcel.letter.kind == "digest" and not parcel.todo and not parcel.parcels


def without_tokens(parcel: LetterParcel) -> LetterParcel:
    """The letter for somebody it is not written to: what only its recipient may know is covered."""
    letter, facts = parcel.letter, parcel.letter.facts
    covered = replace(letter, facts={**facts, "token": HIDDEN}) if facts.get("token") else letter
    lines = tuple(
        replace(one, asked=replace(one.asked, facts={**one.asked.facts, "token": HIDDEN})) if one.asked else one
        for one in parcel.todo
    )
    return replace(parcel, letter=covered, todo=lines)
