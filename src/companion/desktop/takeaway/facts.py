"""What the Takeaway page reads: a note's takeaways as they stand on their author's desk."""

from dataclasses import dataclass, replace
from datetime import date

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.desktop.takeaway.drafts import Kept, kept_drafts, with_draft
from companion.notes.model import Note
from companion.people.model import Person
from companion.programme import listening, publishing
from companion.programme.kept_briefs import kept_here
from companion.programme.model import House, Programme
from companion.programme.people import who_am_i
from companion.takeaways.audience import COMPANY, LISTENERS, ME
from companion.takeaways.compose import with_revision
from companion.takeaways.model import Channel, Takeaway
from companion.takeaways.origins import unquoted
from companion.takeaways.release import expiry, months_after
from companion.takeaways.state import State, state_of


@dataclass(frozen=True)
class Desk:
    """Everything of one note that its author has on the desk; `takeaways` are never none.

    What was withdrawn is one of them only where there is nothing else.
    """

    note_id: str
    takeaways: tuple[Takeaway, ...]  # as they are written just now
    published: dict[str, Takeaway]  # by id: what readers have of those that were published
    states: dict[str, State]  # by id, of the published
    leaving: tuple[Takeaway, ...]  # published, and can still be taken back
    withdrawn: tuple[Takeaway, ...]  # the newest first
    drawn: Takeaway  # what the note's lines give, to begin another
    shown: str  # for whom the one is that was on top
    said: tuple[str, ...]  # exact words of the note, the likeliest first
    author: Person
    teams: tuple[str, ...]
    channels: tuple[Channel, ...]
    today: date  # the programme's
    programme: Programme

    @property
    def going_on(self) -> list[Takeaway]:
        """Those that can be gone on with."""
        return [one for one in self.takeaways if not self.is_withdrawn(one)]

    def takeaway(self, takeaway_id: str) -> Takeaway:
        """One of them; where there is none of that id, the one that was on top, else the first."""
        known = [item for item in (*self.takeaways, *self.withdrawn) if item.id == takeaway_id]
        known += [item for item in self.takeaways if item.audience == self.shown]
        return (known or list(self.takeaways))[0]

    def is_leaving(self, takeaway: Takeaway) -> bool:
        """Whether it is on its way out, and can still be taken back."""
        return any(item.id == takeaway.id for item in self.leaving)

    def is_withdrawn(self, takeaway: Takeaway) -> bool:
        """Whether readers had it and have it no more."""
        return any(item.id == takeaway.id for item in self.withdrawn)


def open_desk(house: House, note_id: str) -> Desk:
    """The takeaways of a note: what was published of it, what was begun, else what its lines give.

    With the workspace away that is what this computer has: enough to write, not to publish.
    """
    note = listening.get(house, note_id)
    drawn = publishing.begin(house, note.id)
    try:
        author, known = who_am_i(house), _known(house, note)
    except Problem as problem:
        brief = kept_here(house, note.meeting_id, problem)
        if brief is None:
            raise
        author = Person(brief.person_id, house.me, brief.person, team=brief.team, language=brief.language)
        known = _Known((), (brief.team,) if brief.team else (), (), Programme(zone=brief.zone))
    now, today = house.clock(), day_of(house.clock(), known.programme.zone)
    told = [one for one in known.told if one.author_id == author.id]
    withdrawn = tuple(t for t in told if t.withdrawn and t.told_on is None)
    standing = {t.id: t for t in told if not t.withdrawn and t.told_on is None}
    leaving = tuple(one for one, _until in publishing.undoable(house) if one.meeting_id == note.meeting_id)
    kept = kept_drafts(house, note.meeting_id, _audiences(author, known.teams))
    return Desk(
        note.id, _on_the_desk(drawn, tuple(standing.values()), leaving, kept, withdrawn), standing,
        {key: state_of(one, now, today) for key, one in standing.items()}, leaving, withdrawn, drawn, kept.shown,
        exact_words(note), author, known.teams, known.channels, today, known.programme,
    )  # fmt: skip


@dataclass(frozen=True)
class _Known:
    """What the workspace knows of a note's takeaways."""

    told: tuple[Takeaway, ...]
    teams: tuple[str, ...]
    channels: tuple[Channel, ...]
    programme: Programme


def _known(house: House, note: Note) -> _Known:
    with house.workspace(write=False) as tx:
        people = tx.people.all()
        return _Known(
            tuple(tx.takeaways.of_meetings([note.meeting_id])),
            tuple(sorted({person.team for person in people if person.team})),
            tuple(sorted(tx.takeaways.channels(), key=lambda channel: channel.name)), tx.programme.get(),
        )  # fmt: skip


def _on_the_desk(
    drawn: Takeaway, standing: tuple[Takeaway, ...], leaving: tuple[Takeaway, ...], kept: Kept,
    withdrawn: tuple[Takeaway, ...],
) -> tuple[Takeaway, ...]:  # fmt: skip
    """What was published with what was written since, what is leaving, then what was only begun."""
    gone = {one.id for one in withdrawn}  # what was written of these begins another: under their id it goes nowhere
    left = [{**one, "id": new_id()} if one.get("id") in gone else one for one in kept.fields]
    standing = tuple(one for one in standing if one.id not in {going.id for going in leaving})
    found = []
    for old in standing:
        written = next((one for one in left if one.get("id") == old.id), None)
        if written is None:
            written = next((one for one in left if "id" not in one and one.get("audience") == old.audience), None)
        if written is not None:
            left.remove(written)
        found.append(with_draft(with_revision(old, correction=""), written or {}))
    found += [with_draft(replace(drawn, id=str(one.get("id") or drawn.id)), one) for one in left]
    return (*leaving, *found) or withdrawn[:1] or (drawn,)


def exact_words(note: Note) -> tuple[str, ...]:
    """The exact words that a note holds: the sentence of afterwards, then its lines, the longest first."""
    lines = sorted((unquoted(line.text) for line in note.lines if line.mark == "q"), key=len, reverse=True)
    return tuple(dict.fromkeys(text for text in (unquoted(note.said), *lines) if text))


def audiences(desk: Desk) -> list[str]:
    """For whom it can be."""
    return _audiences(desk.author, desk.teams)


def _audiences(author: Person, teams: tuple[str, ...]) -> list[str]:
    """Everyone, the author's own team, who sat with the customer, only me, the other teams."""
    own = [author.team] if author.team else []
    others = [team for team in teams if team not in own]
    return [COMPANY, *(f"team:{team}" for team in own), LISTENERS, ME, *(f"team:{team}" for team in others)]


def last_days(desk: Desk) -> list[tuple[int, date | None]]:
    """(months, last day) an author can choose, the programme's own first; None where it does not expire."""
    usual = desk.programme.expiry_months
    fewer = [months for months in (1, 3, 6) if not usual or months < usual]
    return [(usual, expiry(None, desk.today, usual)), *((few, months_after(desk.today, few)) for few in fewer)]
