"""Short ways to write calendars for the tests of this folder."""

from datetime import date

from companion.calendars.model import Reading, Window
from companion.connectors.ics.reading import read
from companion.meetings.recognise import CustomerRule, Rules

RULES = Rules(
    zone="Europe/Warsaw",
    our_domains=frozenset({"ours.example"}),
    hosts=frozenset({"rosa@ours.example"}),
    customers=(
        CustomerRule("kestrel", "Kestrel", ("KST",), ("kestrel.example",)),
        CustomerRule("linden", "Linden", (), ("linden.example",)),
    ),
)
YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))
PEOPLE = "ORGANIZER:mailto:rosa@ours.example\nATTENDEE;PARTSTAT=ACCEPTED:mailto:jan@kestrel.example\n"
NINE = "DTSTART;TZID=Europe/Berlin:20260302T090000\nDTEND;TZID=Europe/Berlin:20260302T100000\n"


def event(
    body: str = "", *, uid: str = "m1", when: str = NINE, title: str = "Kestrel review", people: str = PEOPLE
) -> str:
    """One VEVENT that passes the gate unless it is told otherwise."""
    return f"BEGIN:VEVENT\nUID:{uid}\n{when}SUMMARY:{title}\n{people}{body}\nEND:VEVENT\n"


def calendar(*parts: str, head: str = "") -> bytes:
    """A whole calendar with CRLF line ends."""
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test\n{head}{''.join(parts)}END:VCALENDAR\n"
    return "\n".join(line for line in text.split("\n") if line).replace("\n", "\r\n").encode() + b"\r\n"


def taken(*parts: str, head: str = "", rules: Rules = RULES, window: Window = YEAR, inspect: bool = False) -> Reading:
    """The reading of a calendar made of these parts; its ledger always adds up."""
    reading = read(calendar(*parts, head=head), rules, window, inspect=inspect)
    check_ledger(reading)
    return reading


def check_ledger(reading: Reading) -> None:
    """seen = private + not_customer + held_back + outside + forgotten + kept + broken + own."""
    told = reading.ledger
    parts = (told.private, told.not_customer, told.held_back, told.outside, told.forgotten, told.kept, told.broken)
    assert told.seen == sum(parts) + told.own, told


def starts(reading: Reading) -> list[str]:
    """When the kept occurrences begin, in UTC, in order."""
    return sorted(f"{item.start:%Y-%m-%d %H:%M}" for item in reading.events)


def codes(reading: Reading) -> list[str]:
    """The codes of its problems."""
    return [problem.code for problem in reading.problems]
