"""A calendar of any size, the same for the same seed: 3 % customer meetings among the noise of an office."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

FIRM = "meridian-works.example"
CUSTOMERS = tuple(
    (f"{first} {last}", f"{first.lower()}-{last.lower()}.example")
    for first in ("Kestrel", "Lindqvist", "Moretti", "Zielinska", "Nguyen")
    for last in ("Foods", "Marine", "Optics", "Rail")
)
INTERNAL = (
    "Stand-in",
    "Budget round",
    "One to one",
    "Release planning",
    "Quarterly review of costs",
    "Hiring",
    "Lunch",
)
OUTSIDE = ("supplier.example", "agency.example", "school.example")
ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Warsaw
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
""".splitlines()
SENTENCE = "We look at what was agreed last time, what has changed since, and who does what until we meet again. "


def blob(start: datetime, rng: random.Random, number: int) -> list[str]:
    """The lines of one entry, or of one series with its overrides."""
    kind = rng.random()
    name, domain = rng.choice(CUSTOMERS)
    customer = kind < 0.03
    guests = [f"person{rng.randrange(400)}@{FIRM}" for _ in range(6)]
    if customer:
        guests[:2] = [f"guest{rng.randrange(9)}@{domain}" for _ in range(2)]
    elif kind < 0.15:
        guests[0] = f"someone{rng.randrange(99)}@{rng.choice(OUTSIDE)}"
    title = f"Quarterly review with {name}" if customer else f"{rng.choice(INTERNAL)} {number % 97}"
    private = not customer and rng.random() < 0.05
    repeats = rng.random()
    rule = ""
    if repeats < 0.1:
        rule = "FREQ=WEEKLY;COUNT=30" if repeats < 0.033 else "FREQ=MONTHLY;COUNT=8"
    uid = f"{number:08d}-{rng.getrandbits(64):016x}@{FIRM}"
    lines = entry(uid, start, title, guests, rng, private=private, rule=rule)
    if rule.startswith("FREQ=WEEKLY"):
        for week in (3, 7):
            moved = start + timedelta(weeks=week)
            lines += entry(uid, moved + timedelta(hours=1), title, guests, rng, private=private, slot=moved)
    return lines


def entry(
    uid: str, start: datetime, title: str, guests: list[str], rng: random.Random, *, private: bool, rule: str = "",
    slot: datetime | None = None,
) -> list[str]:  # fmt: skip
    """One VEVENT of about 1.7 kB: description, six guests, an alarm."""
    end = start + timedelta(minutes=rng.choice((30, 45, 60, 90)))
    zoned = ";TZID=Europe/Warsaw:"
    lines = ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T080000Z", f"DTSTART{zoned}{start:%Y%m%dT%H%M%S}"]
    lines += [f"DTEND{zoned}{end:%Y%m%dT%H%M%S}", f"SUMMARY:{title}", "STATUS:CONFIRMED", "SEQUENCE:1"]
    if slot:
        lines.append(f"RECURRENCE-ID{zoned}{slot:%Y%m%dT%H%M%S}")
    if rule:
        lines += [f"RRULE:{rule}", f"EXDATE{zoned}{start + timedelta(weeks=12):%Y%m%dT%H%M%S}"]
    if private:
        lines.append("CLASS:PRIVATE")
    lines.append(f"ORGANIZER;CN=Person Organiser:mailto:{guests[-1]}")
    for guest in guests:
        person = guest.split("@")[0]
        lines.append(
            f'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=TRUE;CN="{person}, of '
            f'{guest.split("@")[1]}":mailto:{guest}'
        )
    lines += [f"LOCATION:Room {rng.randrange(40)}", "DESCRIPTION:" + SENTENCE * 5]
    return [*lines, "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "DESCRIPTION:Soon", "END:VALARM", "END:VEVENT"]


def entries(count: int, today: datetime, seed: int = 7) -> Iterator[list[str]]:
    """Groups of lines, one per UID, with `count` VEVENTs in all."""
    rng = random.Random(seed)
    made = number = 0
    while made < count:
        start = today.replace(minute=0, second=0, microsecond=0) + timedelta(days=rng.randrange(-390, 390))
        lines = blob(start.replace(hour=rng.randrange(7, 18), tzinfo=None), rng, number)
        made += lines.count("BEGIN:VEVENT")
        number += 1
        yield lines


def masters(count: int, today: datetime, seed: int = 7) -> Iterator[list[str]]:
    """`count` series with customers that began in the past year and go on, every third with two overrides."""
    rng = random.Random(seed)
    for number in range(count):
        name, domain = rng.choice(CUSTOMERS)
        guests = [f"guest{rng.randrange(9)}@{domain}", *(f"person{rng.randrange(400)}@{FIRM}" for _ in range(5))]
        uid, title = f"series-{number:06d}@{FIRM}", f"Quarterly review with {name}"
        start = today.replace(minute=0, second=0, microsecond=0) - timedelta(days=rng.randrange(1, 365))
        start = start.replace(hour=rng.randrange(7, 18))
        day, week = start.strftime("%a")[:2].upper(), min((start.day - 1) // 7 + 1, 4)
        until = f"{today + timedelta(days=200):%Y%m%dT220000Z}"
        rules = (
            f"FREQ=WEEKLY;BYDAY={day}", "FREQ=WEEKLY;INTERVAL=2", f"FREQ=MONTHLY;BYDAY={week}{day}",
            "FREQ=DAILY;INTERVAL=3", "FREQ=MONTHLY;INTERVAL=3", f"FREQ=WEEKLY;UNTIL={until}",
        )  # fmt: skip
        moved = number % 3 == 0
        lines = entry(uid, start, title, guests, rng, private=False, rule=rules[0] if moved else rng.choice(rules))
        for slot in (start + timedelta(weeks=3), start + timedelta(weeks=7)) if moved else ():
            lines += entry(uid, slot + timedelta(hours=1), title, guests, rng, private=False, slot=slot)
        yield lines


def fold(line: str) -> str:
    """A content line folded at 75 octets, as RFC 5545 has it (the lines here are ASCII)."""
    return "\r\n ".join([line[:75], *(line[at : at + 74] for at in range(75, len(line), 74))])


def calendar(groups: Iterator[list[str]] | list[list[str]]) -> bytes:
    """A whole VCALENDAR of some groups."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Bench//EN", *ZONE]
    lines += [line for group in groups for line in group]
    return "".join(f"{fold(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def write(target: Path, groups: Iterator[list[str]]) -> None:
    """One .ics file."""
    target.write_bytes(calendar(groups))
