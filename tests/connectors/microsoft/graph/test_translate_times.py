"""When a Graph event is: zones, whole days, dates that mean none, and which occurrence it is."""

from datetime import UTC, datetime

import pytest

from connectors.microsoft.graph.graph_made import GOID, ROME, event, occurrence, one, taken, told


def at(*numbers: int) -> str:
    """The key of an occurrence at this time in UTC."""
    return f"U:{int(datetime(*numbers, tzinfo=UTC).timestamp())}"  # type: ignore[arg-type,misc]


def dated(day: str) -> str:
    """The UID of the occurrence of a day, `YYYYMMDD` in hex."""
    return f"{GOID[:32]}{day}{GOID[40:]}"


@pytest.mark.case(23)
@pytest.mark.parametrize(
    ("zone", "shown"),
    [("W. Europe Standard Time", "Europe/Berlin"), ("Europe/Rome", "Europe/Rome"), ("tzone://Microsoft/Utc", "UTC"),
     ("tzone://Microsoft/Custom", "UTC"), ("UTC", "UTC"), ("", "UTC"), (None, "UTC"), ("Atlantis\nX:1", "UTC"),
     ("Customized Time Zone", "UTC"), ("SE Asia Standard Time", "Asia/Bangkok")],
)  # fmt: skip
def test_the_zone_a_meeting_was_made_in_never_moves_it(zone: object, shown: str) -> None:
    reading = taken(event(originalStartTimeZone=zone))
    (found,) = reading.events
    assert (f"{found.start:%H:%M}-{found.end:%H:%M}", found.zone) == ("08:00-09:00", shown)
    assert reading.problems == ()


def test_the_hour_that_comes_twice_stays_the_one_meant() -> None:
    for hour in (0, 1):
        night = event(start=told(f"2026-10-25T0{hour}:30:00"), end=told(f"2026-10-25T0{hour + 1}:30:00"))
        found = one(night)
        assert (found.start.hour, found.end.hour) == (hour, hour + 1)


def test_a_server_that_ignores_the_zone_asked_for_is_understood() -> None:
    found = one(event(start=told("2026-03-02T09:00:00", ROME), end=told("2026-03-02T10:00:00", ROME)))
    assert f"{found.start:%H:%M}-{found.end:%H:%M}" == "08:00-09:00"


@pytest.mark.case(30, 31)
@pytest.mark.parametrize(
    "zone", ["UTC", ROME, "Tokyo Standard Time", "Hawaiian Standard Time", "tzone://Microsoft/Custom"]
)
def test_a_whole_day_is_that_day_in_every_zone(zone: str) -> None:
    for told_in in ("UTC", zone):
        found = one(event(isAllDay=True, start=told("2026-03-02T00:00:00", told_in),
                          end=told("2026-03-03T00:00:00", told_in), originalStartTimeZone=zone))  # fmt: skip
        assert (found.all_day, f"{found.start:%m-%d}", f"{found.end:%m-%d}", found.zone) == (True, "03-02", "03-03", "")


@pytest.mark.case(32)
@pytest.mark.parametrize("none", ["0001-01-01T00:00:00", "4501-01-01T00:00:00", "9999-12-31T23:59:59"])
def test_dates_that_mean_none_are_none(none: str) -> None:
    found = one(event(end=told(none)))
    assert found.end == found.start
    assert one(occurrence("2026-03-02", originalStart=f"{none}Z")).rec_key == at(2026, 3, 2, 8)
    assert taken(event(start=told(none))).ledger.broken == 1


def test_a_moved_occurrence_keeps_its_slot() -> None:
    moved = occurrence("2026-03-09", type="exception", originalStart="2026-03-02T08:00:00Z")
    assert (one(moved).rec_key, one(moved).start.day) == (at(2026, 3, 2, 8), 9)
    fraction = {**moved, "originalStart": "2026-03-02T09:00:00.0000000+01:00"}
    assert one(fraction).rec_key == at(2026, 3, 2, 8)


def test_a_moved_occurrence_without_its_original_start_is_known_by_the_day_in_its_uid() -> None:
    moved = occurrence("2026-03-09", 13, type="exception", originalStart=None, iCalUId=dated("07EA0302"))
    assert one(moved).rec_key == at(2026, 3, 2, 13)
    assert one({**moved, "iCalUId": GOID}).rec_key == at(2026, 3, 9, 13)


@pytest.mark.case(3)
def test_who_is_invited_to_one_occurrence_has_it_under_the_key_of_the_series() -> None:
    orphan = event(iCalUId=dated("07EA0302"))
    assert one(orphan).rec_key == at(2026, 3, 2, 8)
    summer = event(iCalUId=dated("07EA0701"), start=told("2026-03-02T08:00:00"))  # 9 in Rome is 7 in summer
    assert one(summer).rec_key == at(2026, 7, 1, 7)
    days = event(iCalUId=dated("07EA0302"), isAllDay=True, start=told("2026-03-02T00:00:00"),
                 end=told("2026-03-03T00:00:00"))  # fmt: skip
    assert one(days).rec_key == "D:20260302"
    for nonsense in ("00000000", "07EA1340", "ZZZZZZZZ"):
        assert one(event(iCalUId=dated(nonsense))).rec_key == "-"


@pytest.mark.parametrize(
    ("original", "zone"),
    [("2026-03-02T00:00:00Z", ROME), ("2026-03-01T23:00:00Z", ROME), ("2026-03-01T15:00:00Z", "Tokyo Standard Time"),
     ("2026-03-02T10:00:00Z", "Hawaiian Standard Time"), ("2026-03-01T23:00:00Z", "tzone://Microsoft/Custom")],
)  # fmt: skip
def test_the_slot_of_a_moved_whole_day_is_a_day(original: str, zone: str) -> None:
    moved = occurrence("2026-03-04", 0, type="exception", isAllDay=True, originalStart=original,
                       originalStartTimeZone=zone, end=told("2026-03-05T00:00:00"))  # fmt: skip
    assert one(moved).rec_key == "D:20260302"


def test_the_kind_of_slot_is_that_of_the_series() -> None:
    plain = occurrence("2026-03-16", 0, isAllDay=True, end=told("2026-03-17T00:00:00"),
                       originalStart="2026-03-15T23:00:00Z")  # fmt: skip
    timed = occurrence("2026-03-04", 13, type="exception", originalStart="2026-03-01T23:00:00Z")
    keys = [item.rec_key for item in taken(plain, timed).events]
    assert sorted(keys) == ["D:20260302", "D:20260316"]
    whole = occurrence("2026-03-04", 0, type="exception", isAllDay=True, originalStart="2026-03-02T08:00:00Z",
                       end=told("2026-03-05T00:00:00"))  # fmt: skip
    assert one(whole).rec_key == at(2026, 3, 2, 8)
    assert sorted(item.rec_key for item in taken(whole, occurrence("2026-03-09")).events) == [
        at(2026, 3, 2, 8), at(2026, 3, 9, 8),
    ]  # fmt: skip
