"""The mail to a host, the next day: who sat in? Once for each meeting, and only while nobody knows."""

from datetime import datetime

from companion.attendance.days import meeting_day
from companion.basics.clock import day_of
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme import letters
from companion.programme.meeting_letters import Round, another, had_of, has_post, round_of, told_of
from companion.programme.model import House, WorkspaceTx
from companion.programme.moments import STALE, read_quiet
from companion.programme.sat import asks_for
from companion.takeaways.letters import Letter


def make(house: House) -> int:
    """Put the questions to hosts that are due among the letters; how many are new."""
    with house.workspace() as tx:
        return tx.letters.add(due(tx, house.clock()))


def due(tx: WorkspaceTx, now: datetime) -> list[Letter]:
    """The questions to hosts that go now and are not written yet; none without a post, or where ops want none."""
    programme = tx.programme.get()
    if not programme.who_sat or not has_post(tx) or read_quiet(programme.quiet).holds(now, programme.zone):
        return []
    ended = [one for one in tx.meetings.during(now - STALE, now) if _its_day(one, programme.zone, now)]
    around, found = round_of(tx, ended, now), []
    for meeting in ended:
        host = _host(around, meeting)
        if host is None or asks_for(tx, meeting, host, now) is None:
            continue
        had = had_of(tx, "who_sat", meeting, host, letters.TO_HOST)
        if another(had, {}):
            found.append(letters.who_sat(meeting.id, host.id, host.email, now, len(had)))
    return found


def over(tx: WorkspaceTx, letter: Letter, now: datetime) -> bool:
    """Whether nothing is to be asked any more, or the host is not to be written to."""
    meeting = tx.meetings.get(letter.about)
    if meeting is None or not tx.programme.get().who_sat or now >= meeting.end + STALE:
        return True
    host = _host(round_of(tx, [meeting], now), meeting)
    asked = host is not None and letter.recipient in host.addresses
    return host is None or not asked or asks_for(tx, meeting, host, now) is None


def its_time(tx: WorkspaceTx, letter: Letter, now: datetime) -> bool:
    """Whether it may go now: from the day after on, never in quiet hours."""
    meeting, programme = tx.meetings.get(letter.about), tx.programme.get()
    if meeting is None or not _its_day(meeting, programme.zone, now):
        return False
    return not read_quiet(programme.quiet).holds(now, programme.zone)


def stamped(tx: WorkspaceTx, letter: Letter, now: datetime) -> Letter:
    """The letter with the meeting, and with whom it asks about, so that a reply is read against just them."""
    meeting = tx.meetings.get(letter.about)
    host = tx.people.get(str(letter.facts.get("person")))
    if meeting is None or host is None:
        return letter
    listeners = asks_for(tx, meeting, host, now) or []
    told = [{"id": person.id, "name": person.name} for person in listeners]
    facts = letter.facts | told_of(tx, round_of(tx, [meeting], now), meeting) | {"listeners": told}
    return Letter(**{**vars(letter), "facts": facts})


def _its_day(meeting: Meeting, zone: str, now: datetime) -> bool:
    """Whether the meeting was on an earlier day of the programme, and not too long ago."""
    return meeting.end + STALE > now >= meeting.end and meeting_day(meeting, zone) < day_of(now, zone)


def _host(around: Round, meeting: Meeting) -> Person | None:
    """The host who may be written to about it."""
    host = around.host(meeting)
    return host if host is not None and around.wants(host, meeting) else None
