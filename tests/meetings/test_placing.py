"""A copy of which only the day is known belongs with its series' occurrence of that day, in whatever order."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from companion.basics.ids import day_in_uid
from companion.calendars.model import Event
from companion.meetings.model import Copy
from companion.meetings.placing import misplaced, own_id, series_with_days

GOID = "040000008200E00074C5B7101A82E008" + "00000000" + "1234567890ABCDEF000000000000000010000000" + "00112233" * 4
DATED = GOID[:32] + "07EA0302" + GOID[40:]  # 2 March 2026


def copy(account: str, uid: str, slot: datetime | None, zone: str = "Europe/Rome") -> tuple[str, Copy]:
    """A copy held under its own id."""
    key = f"U:{int(slot.timestamp())}" if slot else "-"
    start = slot or datetime(2026, 3, 2, 15, tzinfo=UTC)
    event = Event(uid, key, start, start + timedelta(hours=1), False, zone, "Review", "confirmed", None, (), 0, "", 0,
                  "kestrel", 1, ())  # fmt: skip
    return own_id(event), Copy(account, f"{account}@ferro.example", account == "rosa", event)


SERIES = [copy("rosa", GOID, datetime(2026, 3, day, 8, tzinfo=UTC)) for day in (2, 9)]
GUESTS = [copy(name, DATED, datetime(2026, 3, 2, hour, tzinfo=UTC)) for name, hour in (("dana", 14), ("erik", 16))]


@pytest.mark.case(3)
def test_it_goes_to_the_occurrence_of_its_day_in_any_order() -> None:
    for order in permutations([*SERIES, *GUESTS]):
        found = {(at, home, one.account_id) for at, home, one in misplaced(order)}
        assert found == {(at, SERIES[0][0], one.account_id) for at, one in GUESTS}
    assert misplaced([*SERIES, *((SERIES[0][0], one) for _, one in GUESTS)]) == []


def test_it_stands_alone_where_its_day_has_none_or_several() -> None:
    assert misplaced([SERIES[1], *GUESTS]) == []
    again = copy("rosa", GOID, datetime(2026, 3, 2, 12, tzinfo=UTC))
    assert misplaced([*SERIES, again, *GUESTS]) == []
    (back,) = misplaced([SERIES[1], (SERIES[0][0], GUESTS[0][1])])
    assert back[:2] == (SERIES[0][0], GUESTS[0][0])


def test_it_takes_no_place_that_its_calendar_has_already() -> None:
    assert misplaced([*SERIES, copy("rosa", DATED, datetime(2026, 3, 2, 14, tzinfo=UTC))]) == []


def test_the_day_is_that_of_the_series_own_zone() -> None:
    late = copy("rosa", GOID, datetime(2026, 3, 1, 23, 30, tzinfo=UTC))  # half past midnight in Rome
    assert [home for _, home, _ in misplaced([late, GUESTS[0]])] == [late[0]]
    assert misplaced([copy("rosa", GOID, datetime(2026, 3, 1, 23, 30, tzinfo=UTC), "UTC"), GUESTS[0]]) == []
    assert misplaced([copy("rosa", GOID, datetime(2026, 3, 2, 8, tzinfo=UTC), "Atlantis/Nowhere"), GUESTS[0]])


def test_a_slot_that_is_certain_stays() -> None:
    same = copy("dana", DATED, datetime(2026, 3, 2, 8, tzinfo=UTC))
    assert misplaced([*SERIES, same]) == []


def test_only_series_with_such_a_copy_are_looked_at() -> None:
    assert series_with_days([GOID, DATED, "other"], [GOID]) == {GOID, DATED}
    assert series_with_days([GOID, DATED, "other"], ["other"]) == set()
    assert (day_in_uid(GOID), day_in_uid("07EA0302"), day_in_uid(GOID[:32] + "07EA1340" + GOID[40:])) == (None,) * 3
