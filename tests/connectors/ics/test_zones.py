"""Zones as calendars name them."""

import pytest

from connectors.ics.calendar_text import NINE, codes, event, taken

OWN = """BEGIN:VTIMEZONE
TZID:{}
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10{}
TZOFFSETFROM:+0500
TZOFFSETTO:+0400
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0400
TZOFFSETTO:+0500
END:DAYLIGHT
END:VTIMEZONE
"""


@pytest.mark.case(23, 25, 28)
@pytest.mark.parametrize(
    ("tzid", "zone", "hour"),
    [
        ("Europe/Berlin", "Europe/Berlin", 8),
        ("europe/berlin", "Europe/Berlin", 8),
        ("/freeassociation.sourceforge.net/Europe/Berlin", "Europe/Berlin", 8),
        ("/freeassociation.sourceforge.net/Tzfile/Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh", 2),
        ('"Europe/Berlin"', "Europe/Berlin", 8),
        ("W. Europe Standard Time", "Europe/Berlin", 8),
        ("Eastern Standard Time 1", "America/New_York", 14),
        ("tzone://Microsoft/Utc", "UTC", 9),
        ("UTC", "UTC", 9),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires", 12),
    ],
)
def test_known_names(tzid: str, zone: str, hour: int) -> None:
    reading = taken(event(when=NINE.replace("Europe/Berlin", tzid)))
    (found,) = reading.events
    assert (found.zone, found.start.hour, codes(reading)) == (zone, hour, [])


@pytest.mark.case(22)
def test_an_unknown_name_is_read_by_the_calendars_own_definition() -> None:
    when = NINE.replace("Europe/Berlin", "Customized Time Zone")
    reading = taken(OWN.format("Customized Time Zone", ""), event("RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=2", when=when))
    assert [item.start.hour for item in reading.events] == [5, 4]
    assert codes(reading) == []


def test_a_known_name_beats_the_calendars_own_definition() -> None:
    (found,) = taken(OWN.format("Europe/Berlin", ""), event()).events
    assert found.start.hour == 8


@pytest.mark.case(26)
@pytest.mark.parametrize("wild", [";UNTIL=nonsense", "\nRRULE:FREQ=SECONDLY"])
@pytest.mark.parametrize("defined", [True, False])
def test_an_unknown_or_wild_zone_keeps_the_event_and_says_so(wild: str, defined: bool) -> None:
    when = NINE.replace("Europe/Berlin", "Nowhere Time")
    parts = (OWN.format("Nowhere Time", wild),) if defined else ()
    reading = taken(*parts, event(when=when))
    (found,) = reading.events
    assert (found.zone, found.start.hour) == ("Europe/Warsaw", 8)
    assert [(problem.code, problem.facts["zone"]) for problem in reading.problems] == [
        ("zone_uncertain", "Nowhere Time")
    ]


def test_the_place_a_definition_names_is_believed() -> None:
    own = OWN.format("Office", "").replace("BEGIN:STANDARD", "X-LIC-LOCATION:Asia/Tokyo\nBEGIN:STANDARD")
    (found,) = taken(own, event(when=NINE.replace("Europe/Berlin", "Office"))).events
    assert (found.zone, found.start.hour) == ("Asia/Tokyo", 0)


def test_start_and_end_in_two_zones() -> None:
    when = "DTSTART;TZID=Europe/Berlin:20260302T090000\nDTEND;TZID=America/New_York:20260302T050000\n"
    (found,) = taken(event(when=when)).events
    assert (found.end - found.start).total_seconds() == 2 * 3600


@pytest.mark.parametrize(
    ("when", "minutes"),
    [
        ("DTSTART:20260302T090000Z\n", 0),
        ("DTSTART:20260302T090000Z\nDTEND:20260302T080000Z\n", 0),
        ("DTSTART:20260302T090000Z\nDURATION:PT90M\n", 90),
        ("DTSTART;TZID=Europe/Berlin:20260328T230000\nDTEND;TZID=Europe/Berlin:20260329T040000\n", 240),
        ("DTSTART;VALUE=DATE:20260302\n", 1440),
        ("DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260302\n", 1440),
    ],
)
def test_lengths(when: str, minutes: int) -> None:
    (found,) = taken(event(when=when, title="Kestrel review")).events
    assert (found.end - found.start).total_seconds() == minutes * 60
