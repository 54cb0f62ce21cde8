"""The list of meetings reads what it shows, and each fact once, however many meetings there are."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, text

from companion.attendance.model import Seat
from companion.basics.ids import meeting_id
from companion.programme import listening, people, publishing, seats
from companion.programme.sync import sync
from companion.programme.views import ground
from companion.programme.views.meetings import meetings, row_of
from fakes.house import Made
from fakes.ics import calendar, event

DAYS = ("20261103", "20261104", "20261105", "20261110", "20261117", "20261203")


class Walked(list[Seat]):
    """Seats that count how often somebody walks through all of them."""

    walks = 0

    def __iter__(self):
        self.walks += 1
        return super().__iter__()


@pytest.fixture
def seated(made: Made) -> Made:
    made.account("Work", "dana@ferro.example").members = {
        day: calendar(event(day, f"{day}T130000Z", answer="ACCEPTED")) for day in DAYS
    }
    sync(made.house)
    return made


def at(day: int) -> datetime:
    return datetime(2026, 11, day, tzinfo=UTC)


def told(made: Made, audience: str) -> None:
    """Lev tells of the meeting of 3 November."""
    house = people.set_me(made.house, "lev@ferro.example")
    note = listening.open_note(house, meeting_id(DAYS[0], "-"))
    listening.answer(house, note.id, said="We count in minutes.", scene="A gate at ten at night.")
    publishing.publish(house, note.id, "One gate", audience)


def test_seats_and_readers_are_worked_out_once_for_all_meetings(seated: Made, monkeypatch) -> None:
    told(seated, "company")
    asked = []
    may_read = ground.may_read
    monkeypatch.setattr(ground, "may_read", lambda *all_of: asked.append(1) or may_read(*all_of))
    facts, found = ground.whole_ground(people.set_me(seated.house, "dana@ferro.example"))
    walked = facts.__dict__["seats"] = Walked(facts.seats)
    rows = [row_of(facts, meeting) for meeting in found]
    assert [len(row.seats) for row in rows] == [1] * len(DAYS)
    assert [len(row.takeaways) for row in rows] == [1, 0, 0, 0, 0, 0]
    assert walked.walks <= 3
    assert len(asked) == 1


def test_a_span_reads_no_other_meeting(seated: Made) -> None:
    house = people.set_me(seated.house, "agnes@ferro.example")
    whole = {row.meeting.uid: row for row in meetings(house).rows}
    engine = create_engine(f"sqlite:///{house.paths.workspace}")
    with engine.begin() as raw:  # whoever reads one of the others fails over it
        raw.execute(text("update meeting set guests = '{broken' where uid not in (:one, :two)"),
                    {"one": DAYS[3], "two": DAYS[4]})  # fmt: skip
    engine.dispose()
    shown = meetings(house, at(10), at(18)).rows
    assert list(shown) == [whole[DAYS[3]], whole[DAYS[4]]]
    assert [seat.name for row in shown for seat in row.seats] == ["Dana Okafor"] * 2


def test_a_span_shows_a_text_to_who_listened_at_another_time(seated: Made) -> None:
    told(seated, "listeners")
    seats.set_state(seated.house, meeting_id(DAYS[3], "-"), "dana@ferro.example", "attended", "host")
    as_dana = people.set_me(seated.house, "dana@ferro.example")
    as_agnes = people.set_me(seated.house, "agnes@ferro.example")
    assert [len(row.takeaways) for row in meetings(as_dana, at(1), at(4)).rows] == [1]
    assert [len(row.takeaways) for row in meetings(as_agnes, at(1), at(4)).rows] == [0]
    for house in (as_dana, as_agnes):
        assert meetings(house, at(1), at(4)).rows == meetings(house).rows[:1]


def test_a_span_leaves_dismissed_meetings_out_unless_asked(seated: Made) -> None:
    from companion.programme.meetings import dismiss

    dismiss(seated.house, [meeting_id(DAYS[3], "-")])
    assert [row.meeting.uid for row in meetings(seated.house, at(10), at(18)).rows] == [DAYS[4]]
    both = meetings(seated.house, at(10), at(18), everything=True).rows
    assert [(row.meeting.uid, len(row.seats)) for row in both] == [(DAYS[3], 0), (DAYS[4], 1)]
