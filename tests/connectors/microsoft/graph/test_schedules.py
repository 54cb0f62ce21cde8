"""Who is free, asked of the stand-in: one word and nothing else."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from companion.attendance.availability import Free
from companion.basics.errors import Problem
from companion.basics.progress import Cancelled, Ticket
from companion.connectors.microsoft.graph.schedules import GraphSchedules, _words_of
from fakes.graph_lines import account_of, line_of
from servers.microsoft import Microsoft365, User

START = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)
END = START + timedelta(minutes=90)


@contextmanager
def schedules_of(microsoft: Microsoft365, user: User | None, mailbox: str = "") -> Iterator[GraphSchedules]:
    account = account_of(microsoft, user, mailbox)
    source = GraphSchedules(account, line_of(microsoft, account, *microsoft.users.values()))
    yield source
    source.close()


def words(microsoft: Microsoft365, asking: User, *addresses: str) -> Mapping[str, Free]:
    with schedules_of(microsoft, asking) as source:
        return source.words(addresses, START, END, Ticket())


@pytest.fixture
def dana(microsoft: Microsoft365) -> User:
    return microsoft.user("dana@ferro.example", "Dana Okafor")


def test_each_has_one_word(microsoft: Microsoft365, dana: User) -> None:
    told = {"busy": "busy", "tentative": "busy", "oof": "away", "workingElsewhere": "free", "free": "free"}
    for status in told:
        user = microsoft.user(f"{status.lower()}@ferro.example")
        user.calendar.add("Something of their own", START + timedelta(minutes=60), minutes=20, show_as=status)
    found = words(microsoft, dana, dana.address, *(f"{status.lower()}@ferro.example" for status in told))
    assert found == {dana.address: "free", **{f"{status.lower()}@ferro.example": word for status, word in told.items()}}


def test_away_says_more_than_busy_and_what_only_touches_says_nothing(microsoft: Microsoft365, dana: User) -> None:
    dana.calendar.add("Meeting", START, minutes=30, show_as="busy")
    dana.away.append((START, END))
    lev = microsoft.user("lev@ferro.example")
    lev.calendar.add("Before", START - timedelta(minutes=60), minutes=60, show_as="busy")
    lev.calendar.add("After", END, minutes=60, show_as="oof")
    assert words(microsoft, dana, dana.address, lev.address) == {dana.address: "away", lev.address: "free"}


def test_who_cannot_be_asked_is_left_out(microsoft: Microsoft365, dana: User) -> None:
    microsoft.user("lev@ferro.example", mailbox=False)
    assert words(microsoft, dana, "lev@ferro.example", "nobody@ferro.example", dana.address) == {dana.address: "free"}


def test_twenty_are_asked_at_once(microsoft: Microsoft365, dana: User) -> None:
    people = [microsoft.user(f"p{number}@ferro.example").address for number in range(45)]
    assert len(words(microsoft, dana, *people, *people)) == 45
    assert [len(asked.json["schedules"]) for asked in microsoft.asked] == [20, 20, 5]
    assert {asked.path for asked in microsoft.asked} == {"/v1.0/me/calendar/getSchedule"}
    assert microsoft.asked[0].json["startTime"] == {"dateTime": "2026-12-03T13:00:00", "timeZone": "UTC"}


def test_who_signed_in_asks_as_themselves_and_the_collector_by_its_mailbox(microsoft: Microsoft365, dana: User) -> None:
    microsoft.user("reviews@ferro.example")
    for user in (dana, None):
        with schedules_of(microsoft, user, "reviews@ferro.example") as source:
            assert source.words([dana.address], START, END, Ticket()) == {dana.address: "free"}
    paths = [asked.path for asked in microsoft.asked]
    assert paths == ["/v1.0/me/calendar/getSchedule", "/v1.0/users/reviews@ferro.example/calendar/getSchedule"]


def test_a_refusal_is_a_problem(microsoft: Microsoft365, dana: User) -> None:
    microsoft.revoke(dana)
    with pytest.raises(Problem) as caught:
        words(microsoft, dana, dana.address)
    assert caught.value.code == "ms_signin_needed"


def test_it_can_be_stopped(microsoft: Microsoft365, dana: User) -> None:
    ticket = Ticket()
    ticket.cancel()
    with schedules_of(microsoft, dana) as source, pytest.raises(Cancelled):
        source.words([dana.address], START, END, ticket)


def moment(at: datetime) -> dict[str, str]:
    return {"dateTime": f"{at:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": "UTC"}


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ({"availabilityView": "02"}, "busy"),
        ({"availabilityView": ""}, None),
        ({"availabilityView": "9"}, None),
        ({"availabilityView": None, "scheduleItems": None}, None),
        ({"availabilityView": "0", "error": {"responseCode": "ErrorNoFreeBusyAccess"}}, None),
        ({"scheduleItems": [{"status": "Busy", "start": moment(START), "end": moment(END)}]}, "busy"),
        ({"scheduleItems": [{"status": "busy", "start": moment(END), "end": moment(END)}, {}, None]}, None),
        ({"availabilityView": "0", "scheduleItems": [{"status": "oof", "start": "?", "end": moment(END)}]}, "free"),
    ],
)  # fmt: skip
def test_answers_are_read_with_care(row: dict[str, Any], word: Free | None) -> None:
    answer = {"value": [{"scheduleId": "Dana@Ferro.example", **row}, None, "x"]}
    expected = {"dana@ferro.example": word} if word else {}
    assert _words_of(answer, ["dana@ferro.example"], START, END) == expected
