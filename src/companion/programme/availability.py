"""Who is free for an open review: one word for each leader who still needs one, and nothing else of their calendars."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from companion.attendance.availability import Availability, Schedules
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Account
from companion.calendars.signin import APP
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.model import House
from companion.programme.views.ground import Ground, whole_ground
from companion.programme.views.joining import wanting

DAYS_AHEAD = 90
STALE = timedelta(days=1)  # when a word is asked for again
PAUSE = timedelta(hours=6)  # between two times of asking: who has no word now will rarely have one in an hour
MOST = 100  # reviews asked for at a time
Words = Mapping[str, Mapping[str, datetime]]  # review -> person -> when the word was asked for


@dataclass(frozen=True)
class Asked:
    """What asking did: reviews asked for, words that came of it, and what stood in the way."""

    reviews: int = 0
    words: int = 0
    problems: tuple[Problem, ...] = ()


def ask(house: House, accounts: Iterable[Account], ticket: Ticket) -> Asked:
    """Ask what is due for the open reviews of the next days, by the first of these accounts that can; drop old words.

    Ops, a host's account or the collector ask for every leader who needs a seat; a leader's own account for that
    leader alone. Nobody's word is worth a failed sync: what stands in the way is told in the answer, never raised.
    """
    if not house.registration.free_busy:  # IT said no: what was asked before goes too
        _tidy(house, [])
        return Asked()
    asking = _whose_turn(house, accounts)
    if not asking:
        return Asked()
    facts, _ = whole_ground(house)
    reviews = [review for review in facts.open_reviews(DAYS_AHEAD) if not review.all_day]
    known, leaders = _tidy(house, reviews), wanting(facts)
    problems: list[Problem] = []
    for account in asking:
        people = leaders if _asks_for_all(facts, account) else [one for one in leaders if one == facts.me]
        due = _due(reviews, people, known, facts)
        if not due:
            continue
        _pause(house, account)
        try:
            words = _ask_by(house, account, due, people, ticket)
        except Problem as problem:
            problems.append(problem)
            continue
        return Asked(len(due), words, tuple(problems))
    return Asked(problems=tuple(problems))


def _whose_turn(house: House, accounts: Iterable[Account]) -> list[Account]:
    """The accounts that may ask now, those that see most people first."""
    now = house.clock()
    with house.device(write=False) as device:
        found = [
            account for account in accounts
            if account.kind == "microsoft365" and not _pauses(device.gates.until(_gate(account)), now)
        ]  # fmt: skip
    return sorted(found, key=lambda account: (account.user != APP, not account.hosts))


def _pauses(until: datetime | None, now: datetime) -> bool:
    # What lies further ahead than any pause was written by a clock that has been put back since.
    return until is not None and now < until <= now + PAUSE


def _pause(house: House, account: Account) -> None:
    with house.device() as device:
        device.gates.put(_gate(account), house.clock() + PAUSE)


def _gate(account: Account) -> str:
    return f"free-busy {account.user}"  # whatever mailboxes they read, they ask as themselves


def _asks_for_all(facts: Ground, account: Account) -> bool:
    return account.user == APP or account.hosts or bool(facts.me and facts.me.kind in ("ops", "host"))


def _tidy(house: House, reviews: Sequence[Meeting]) -> Words:
    """What is known; the words for reviews that are over, taken or gone are dropped."""
    with house.workspace(write=False) as tx:
        stored = tx.availability.all()
    gone = {word.meeting_id for word in stored} - {review.id for review in reviews}
    if gone:
        with house.workspace() as tx:
            tx.availability.drop(gone)
    found: dict[str, dict[str, datetime]] = {}
    for word in stored:
        found.setdefault(word.meeting_id, {})[word.person_id] = word.at
    return found


def _due(reviews: Sequence[Meeting], people: Sequence[Person], known: Words, facts: Ground) -> list[Meeting]:
    """The reviews for which none of these people's words is of today; one's own says nothing of the others'."""
    if not people:
        return []
    me = facts.me.id if facts.me else ""
    ids = [person.id for person in people if person.id != me or len(people) == 1]
    found = []
    for review in reviews:
        asked = [at for person_id, at in known.get(review.id, {}).items() if person_id in ids]
        if not asked or not facts.now - STALE < max(asked) <= facts.now:
            found.append(review)
    return found[:MOST]


def _ask_by(
    house: House, account: Account, reviews: Sequence[Meeting], people: Sequence[Person], ticket: Ticket
) -> int:
    source = house.open_schedules(account)
    try:
        words = 0
        for number, review in enumerate(reviews):
            ticket.step("free", number, len(reviews))
            words += _ask_for(house, source, review, people, ticket)
        return words
    finally:
        source.close()


def _ask_for(house: House, source: Schedules, review: Meeting, people: Sequence[Person], ticket: Ticket) -> int:
    """Ask for one review and keep the words before the next: what was asked stays whatever comes."""
    told = source.words([person.email for person in people], review.start, review.end, ticket)
    at = house.clock()
    words = [Availability(review.id, person.id, told[person.email], at) for person in people if person.email in told]
    if words:
        with house.workspace() as tx:
            tx.availability.put_all(words)
    return len(words)
