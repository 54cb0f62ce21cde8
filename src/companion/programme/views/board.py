"""Board: who has heard, who is coming, what is needed; of a closed year the figures as they were told."""

from dataclasses import replace
from datetime import date

from companion.attendance.amending import Since, amendments, thawed
from companion.attendance.board import Board, Row, SentenceFacts, sums, sums_by_team
from companion.attendance.closing import Closing
from companion.attendance.days import Period, meeting_day
from companion.attendance.standing import Standing
from companion.people.model import Person
from companion.programme.counting import Counted, counted
from companion.programme.model import House


def board(house: House, span: str = "", as_of: date | None = None, *, live: bool = False) -> Board:
    """The board of a period as known on a day.

    `span`: "" the programme's own year, or as in `days.period`. A closed year shows its frozen figures, and beside
    them what is another figure now, unless a day is asked for; `live`: as it is counted now.
    """
    with house.workspace(write=False) as tx:
        facts = counted(house, tx, span, as_of)
        closing = None if as_of or live else tx.closings.get(facts.period.label)
    found = facts.board()
    return told(closing, found, facts) if closing else found


def told(closing: Closing, now: Board, facts: Counted) -> Board:
    """The board of a closed year as it was told; `now`: as it is counted now."""
    people = {person.id: person for person in facts.people}
    since = Since(
        closing.at, now.period, facts.programme.zone, facts.meetings, facts.evidence, facts.takeaways, facts.targets,
        facts.leaves, facts.carried,
    )  # fmt: skip
    frozen = closing.body["rows"]
    zone = facts.programme.zone
    rows = [
        Row(_person(row["person"], row["team"], people), _over(thawed(row, facts.meetings), now.period, zone))
        for row in frozen
    ]
    whole = sums("", rows)
    said = replace(sentence_facts(closing), expected=whole.expected, heard=whole.within)
    changed = amendments(frozen, (row.standing for row in now.rows), since)
    return Board(
        now.period, closing.at, said, tuple(rows), sums_by_team(rows), whole,
        sum(row.standing.unknown for row in rows), (), closing, changed,
    )  # fmt: skip


def asked_to(standing: Standing) -> tuple[str, date] | None:
    """The customer's id and the day of the first meeting somebody was asked to and has not answered for."""
    facts = next((dict(reason.facts) for reason in standing.why if reason.code == "asked"), None)
    return (facts["customer"], date.fromisoformat(facts["day"])) if facts else None


def sentence_facts(closing: Closing) -> SentenceFacts:
    """What the sentence above a closed year is made of."""
    facts = closing.body["facts"]
    return SentenceFacts(**{**facts, "until": date.fromisoformat(facts["until"])})


def _over(standing: Standing, period: Period, zone: str) -> Standing:
    """A frozen row as one of a period that is over, in the words of today too."""
    last = standing.last if standing.last and period.holds(meeting_day(standing.last, zone)) else None
    why = tuple(reason for reason in standing.why if reason.code not in ("needs_seat", "cannot_reach", "waiting"))
    return replace(standing, why=why, last=last, next=None)


def _person(person_id: str, team: str, people: dict[str, Person]) -> Person:
    known = people.get(person_id)
    return replace(known, team=team) if known else Person(person_id, "", "", team=team)
