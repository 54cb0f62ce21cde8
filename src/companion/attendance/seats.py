"""What the evidence about one seat adds up to. The strongest shows; conflicts are left to people."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from companion.attendance.days import meeting_day
from companion.attendance.model import Evidence, Seat, Source, State, Word
from companion.basics.clock import day_of
from companion.meetings.model import Meeting

OUTCOMES = frozenset({"attended", "missed", "excused", "delegated"})
_ANSWERS = frozenset({"accepted", "declined"})
_ASKS = frozenset({"proposed", "offered"})
_STRENGTH: dict[Source, int] = {"self": 2, "host": 3, "ops": 3, "report": 4}
_SUPPORT: dict[State, frozenset[str]] = {
    "unknown": frozenset({"accepted", "offered", "invited", "tentative", "none"}),
    "offered": frozenset({"offered", "invited", "tentative", "none", "accepted"}),
}
_WENT = ":to"  # ends the id of what a delegation says of the one who went
_ANOTHER = "another"
Derived = tuple[State, Evidence | None]


def seat(
    meeting: Meeting,
    person_id: str,
    evidence: Iterable[Evidence],
    now: datetime,
    *,
    owner_only: bool = False,
    zone: str = "UTC",
) -> Seat:
    """One person's seat at one meeting, from all evidence about that meeting, in any order.

    `owner_only`: the calendar tells no guests, so that its "accepted" says nothing before its owner confirms.
    `zone`: the programme's, for days. Who is told to have gone instead of somebody else has a seat too.
    """
    about = [item for item in evidence if item.meeting_id == meeting.id and not _taken_back(item, now)]
    mine = [item for item in about if item.person_id == person_id]
    return _made(meeting, person_id, mine + _instead(meeting, person_id, about, now, zone), now, owner_only)


def seats_of(
    meetings: Iterable[Meeting],
    evidence: Iterable[Evidence],
    now: datetime,
    *,
    owner_only: Collection[tuple[str, str]] = frozenset(),
    zone: str = "UTC",
    as_of: datetime | None = None,
) -> list[Seat]:
    """Every seat anything is known of. `owner_only` names (meeting id, person id); `as_of` freezes what was known."""
    moment = now if as_of is None else as_of
    by_meeting: dict[str, list[Evidence]] = {}
    for item in evidence if as_of is None else known(evidence, as_of):
        by_meeting.setdefault(item.meeting_id, []).append(item)
    found: list[Seat] = []
    for meeting in meetings:
        about = by_meeting.get(meeting.id, ())
        people: dict[str, list[Evidence]] = {}
        for item in about:
            if item.withdrawn is None or item.withdrawn > moment:
                people.setdefault(item.person_id, []).append(item)
                if item.to:
                    people.setdefault(item.to, [])
        delegated = any(item.to for item in about)
        for person_id in sorted(people):
            alone = (meeting.id, person_id) in owner_only
            if delegated:
                made = seat(meeting, person_id, about, moment, owner_only=alone, zone=zone)
            else:
                made = _made(meeting, person_id, people[person_id], moment, alone)
            if made.evidence:
                found.append(made)
    return found


def known(evidence: Iterable[Evidence], as_of: datetime) -> list[Evidence]:
    """What had been said by then, and not been taken back."""
    return [item for item in evidence if item.at <= as_of and not _taken_back(item, as_of)]


def strength(item: Evidence) -> int:
    """The rung of the ladder: invited, accepted or declined, oneself, the host, the join report.

    Another leader's word that one went instead stands below one's own: it says whom they asked, not who sat there.
    """
    if item.source == "calendar":
        return 1 if item.says in _ANSWERS else 0
    if _giver(item) == _ANOTHER:
        return 1
    return _STRENGTH[item.source]


def proposed(mine: Iterable[Evidence]) -> Evidence | None:
    """What a report proposes of one seat and no person has answered, None otherwise."""
    said = list(mine)
    return None if _standing(said, OUTCOMES) else _in_question(said)


def to_decide(made: Seat) -> bool:
    """Whether a person has to say what is true: the sides do not agree, or a report only proposes."""
    return made.state == "disputed" or proposed(made.evidence) is not None


def because(made: Seat) -> Evidence | None:
    """The evidence to show beside a seat's word, None where nothing was said."""
    question = proposed(made.evidence) if made.state == "unknown" else None
    if question:
        return question
    fitting = _SUPPORT.get(made.state, frozenset({made.state}))
    return next((item for item in made.evidence if item.says in fitting), next(iter(made.evidence), None))


def in_force(made: Seat) -> tuple[Evidence, ...]:
    """The last word of each source, strongest first; what was taken back is left out."""
    last: dict[str, Evidence] = {}
    for item in sorted(made.evidence, key=_age):
        if item.source != "calendar":
            last[_giver(item)] = item
    calendar = _calendar(list(made.evidence))
    words = [*last.values(), *([calendar] if calendar else [])]
    return tuple(sorted((item for item in words if item.says != "open"), key=strength, reverse=True))


def credited(made: Seat) -> str:
    """Whom a seat credits: its person where attended, "" otherwise. Who went instead has a seat of their own."""
    return made.person_id if made.state == "attended" else ""


def word(state: State, past: bool) -> Word:
    """The word of the screen. A question that waits for an answer (unknown, disputed) is asked."""
    if state == "attended":
        return "was_there"
    if state == "accepted":
        return "asked" if past else "coming"
    if state in ("offered", "unknown", "disputed"):
        return "asked"
    if past and state in ("missed", "excused", "delegated", "declined"):
        return "was_not_there"
    return "open"


def _taken_back(item: Evidence, now: datetime) -> bool:
    return item.withdrawn is not None and item.withdrawn <= now


def _made(meeting: Meeting, person_id: str, mine: list[Evidence], now: datetime, owner_only: bool) -> Seat:
    """The seat that one person's statements make."""
    plain = None if owner_only else _plain(meeting, mine, now)
    if plain is not None:
        state, ordered = plain
        return Seat(meeting.id, person_id, state, ordered, ordered[0].reason if state != "cancelled" else "")
    derived, deciding = _derive(meeting, mine, now, owner_only)
    ordered = tuple(sorted(mine, key=lambda item: (strength(item), item.at, item.id), reverse=True))
    return Seat(meeting.id, person_id, derived, ordered, deciding.reason if deciding else "")


def _plain(meeting: Meeting, mine: list[Evidence], now: datetime) -> tuple[State, tuple[Evidence, ...]] | None:
    """What `_derive` says of nearly every seat, at a glance: a calendar's word, one outcome, or both that agree.

    A year of a thousand leaders has tens of thousands of them. None: it has to be weighed.
    """
    if len(mine) > 2 or not mine:
        return None
    first, last = mine[0], mine[-1]
    calendar, word = (first, last) if first.source == "calendar" else (last, first)
    if calendar.source != "calendar" and calendar is not word:
        return None
    if word.source == "calendar":
        if calendar is not word:
            return None
        if meeting.status == "cancelled":
            return "cancelled", (word,)
        state: State = word.says if word.says in _ANSWERS else "offered"  # type: ignore[assignment]
        return ("unknown" if meeting.end <= now and state != "declined" else state), (word,)
    if meeting.status == "cancelled" or word.says not in ("attended", "missed") or calendar.says == "declined":
        return None
    return word.says, ((word,) if calendar is word else (word, calendar))  # type: ignore[return-value]


def _derive(meeting: Meeting, mine: list[Evidence], now: datetime, owner_only: bool) -> Derived:
    outcomes, plans = _standing(mine, OUTCOMES), _standing(mine, _ANSWERS | _ASKS)
    calendar = _calendar(mine)
    if calendar and owner_only:
        calendar = replace(calendar, says="invited")
    state, deciding = _happened(outcomes, plans, calendar)
    if meeting.status == "cancelled":
        # A cleaned-up calendar is the weakest evidence: it takes nothing from who was there.
        return (state, deciding) if state in ("attended", "disputed") else ("cancelled", None)
    if outcomes:
        return state, deciding
    question = _in_question(mine)
    if question and meeting.end <= now:
        return "unknown", question  # it counts once a person answers
    state, deciding = _planned(plans, calendar)
    if meeting.end <= now:
        if state in ("accepted", "offered"):
            return "unknown", deciding
        if state == "proposed":
            return "open", deciding
    return state, deciding


def _in_question(mine: list[Evidence]) -> Evidence | None:
    """What a report leaves to people; None where it is sure, or says nothing."""
    last = max((item for item in mine if item.source == "report"), key=_age, default=None)
    return last if last and last.says == "unknown" else None


def _standing(mine: list[Evidence], says: frozenset[str]) -> dict[str, Evidence]:
    """The latest statement of each giver on one matter; `open` takes back what that one said."""
    latest: dict[str, Evidence] = {}
    for item in sorted(mine, key=_age):
        if item.source != "calendar" and (item.says in says or item.says == "open"):
            latest[_giver(item)] = item
    return {source: item for source, item in latest.items() if item.says != "open"}


def _giver(item: Evidence) -> str:
    """Whose word it is: a source, or another leader's who says that one went instead; none replaces another's."""
    return _ANOTHER if item.source == "self" and item.id.endswith(_WENT) else item.source


def _age(item: Evidence) -> tuple[datetime, str]:
    return (item.at, item.id)


def _calendar(mine: list[Evidence]) -> Evidence | None:
    """What the calendars say: an answer before an invitation, for a copy may not have heard of it yet."""
    told = [item for item in mine if item.source == "calendar"]
    return max(told, key=lambda item: (strength(item), *_age(item)), default=None)


def _happened(outcomes: dict[str, Evidence], plans: dict[str, Evidence], calendar: Evidence | None) -> Derived:
    said = sorted(outcomes.values(), key=lambda item: (strength(item), *_age(item)), reverse=True)
    if not said:
        return "open", None
    ops = outcomes.get("ops")
    if ops:  # somebody looked at all that was said until then, and decided; what came later may contradict it
        said = [item for item in said if item is ops or item.at > ops.at]
    present = [item for item in said if item.says == "attended"]
    absent = [item for item in said if item.says != "attended"]
    if present and absent:
        return "disputed", present[0]
    if present:
        own = plans.get("self") or calendar
        declined = own is not None and own.says == "declined" and (ops is None or own.at > ops.at)
        return ("disputed" if declined and "self" not in outcomes else "attended"), present[0]
    # Missed says only that; excused and delegated say why, so they do not contradict it.
    told = next((item for item in absent if item.says != "missed"), absent[0])
    return told.says, told  # type: ignore[return-value]


def _planned(plans: dict[str, Evidence], calendar: Evidence | None) -> Derived:
    answers = [item for item in plans.values() if item.says in _ANSWERS]
    asks = [item for item in plans.values() if item.says in _ASKS]
    asks.sort(key=lambda item: (item.says == "offered", *_age(item)), reverse=True)
    ops = plans.get("ops")
    if ops in answers and all(item.at <= ops.at for item in answers):
        answers = [ops]
    elif calendar and calendar.says in _ANSWERS and "self" not in {item.source for item in answers}:
        answers.append(calendar)
    if answers:
        answer = max(answers, key=lambda item: (item.says == "declined", strength(item), *_age(item)))
        again = [item for item in asks if item.at > answer.at]
        if answer.says == "accepted" or answer.source == "calendar" or not again:
            return answer.says, answer  # type: ignore[return-value]
        return again[0].says, again[0]  # type: ignore[return-value]  # asked again after a no
    if asks and (asks[0].says == "offered" or calendar is None):
        return asks[0].says, asks[0]  # type: ignore[return-value]
    return ("offered", calendar) if calendar else ("open", None)


def _instead(meeting: Meeting, person_id: str, about: list[Evidence], now: datetime, zone: str) -> list[Evidence]:
    """What others' standing delegations say of the one who went for them; a plan made before the day proves nothing.

    Who handed on what another handed to them contradicts nobody: whoever is last went. Where it comes back to
    oneself, each says of the other that they went: a contradiction, and it stays one until somebody decides it.
    """
    if not any(item.to == person_id for item in about):
        return []
    day = meeting_day(meeting, zone)
    handed = _handed_on(meeting, about, now)
    passes_on = person_id in handed and not _comes_back(person_id, handed)
    found: list[Evidence] = []
    for other in sorted(handed):
        deciding = handed[other]
        if other == person_id or deciding.to != person_id or (passes_on and deciding.source == "self"):
            continue
        went = day_of(deciding.at, zone) >= day and day <= day_of(now, zone)
        says = "attended" if went else "offered"
        found.append(replace(deciding, id=f"{deciding.id}{_WENT}", person_id=person_id, says=says, to=""))
    return found


def _handed_on(meeting: Meeting, about: list[Evidence], now: datetime) -> dict[str, Evidence]:
    """By person the word by which somebody else went for them, where what is known of their seat says so."""
    found: dict[str, Evidence] = {}
    for person_id in {item.person_id for item in about if item.to}:
        state, deciding = _derive(meeting, [item for item in about if item.person_id == person_id], now, False)
        if state == "delegated" and deciding is not None and deciding.to:
            found[person_id] = deciding
    return found


def _comes_back(person_id: str, handed: dict[str, Evidence]) -> bool:
    """Whether handing on from one to the next ends at nobody: it goes in a circle."""
    seen: set[str] = set()
    while person_id in handed and person_id not in seen:
        seen.add(person_id)
        person_id = handed[person_id].to
    return person_id in seen
