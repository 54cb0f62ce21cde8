"""What else stands in a working calendar: stand-ins, private things, meetings named "customer review" that are none."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from companion.sample.days import AHEAD, WEEKDAYS, Dates, near, next_working
from companion.sample.firm import Firm, Member
from companion.sample.ics_text import Attendee, Entry, instant, utc
from companion.sample.reviews import mark

_YEAR = 365


@dataclass(frozen=True)
class Desk:
    """One person's working life: who, where, when, and a dice of their own."""

    firm: Firm
    owner: Member
    colleagues: tuple[Member, ...]
    zone: str
    first: date
    last: date
    seed: int
    dice: random.Random
    stamp: datetime

    def entry(self, key: str, title: str, start: datetime | date, minutes: int, **more: Any) -> Entry:
        """One entry of this calendar; `minutes` of an all-day entry are days times 1440."""
        zone = self.zone if isinstance(start, datetime) else ""
        uid = f"{mark(self.seed, self.owner.email, key)[:20]}@ferro.example"
        return Entry(uid, start, start + timedelta(minutes=minutes), title, self.stamp, zone=zone, **more)

    def with_ours(self, most: int) -> dict[str, Any]:
        """Organiser and guests of a meeting of our own people."""
        some = self.dice.sample(self.colleagues, min(most, len(self.colleagues)))
        me = Attendee(self.owner.email, self.owner.name, "ACCEPTED", "CHAIR")
        guests = (me, *(Attendee(one.email, one.name, self.dice.choice(("ACCEPTED", "NEEDS-ACTION"))) for one in some))
        return {"organiser": me, "guests": guests}

    def moment(self) -> datetime:
        """Some half hour of a working day."""
        day = next_working(self.first + timedelta(days=self.dice.randrange(max(1, (self.last - self.first).days - 7))))
        return datetime.combine(day, time(self.dice.choice((8, 10, 11, 13, 15, 16)), self.dice.choice((0, 30))))

    def until(self, at: time) -> str:
        """The end of a series, in UTC as RFC 5545 wants it."""
        return utc(instant(datetime.combine(self.last, at), self.zone))


def noise(firm: Firm, owner: Member, seed: int, dates: Dates, stamp: datetime) -> tuple[tuple[Entry, ...], ...]:
    """Everything in a person's calendar that is no customer review, one tuple for each UID."""
    mates = tuple(member for member in firm.people if member.team == owner.team and member != owner)
    first = max(dates.today - timedelta(days=_YEAR), owner.start or date.min)
    last = min(dates.today + timedelta(days=AHEAD), owner.end or date.max)
    dice = random.Random(f"{seed}/{owner.email}")
    desk = Desk(firm, owner, mates, firm.zone_of(owner), next_working(first), last, seed, dice, stamp)
    lasting = (entry for entry in _series(desk) if entry.start < datetime.combine(last, time.max))
    entries = [*lasting, *_inside(desk), *_alone(desk), *_private(desk), *_outside(desk, dates)]
    return tuple((entry,) for entry in entries)


def _series(desk: Desk) -> Iterator[Entry]:
    words, team, begin = desk.firm.noise, desk.owner.team, desk.first
    at = time(9, desk.dice.choice((0, 15)))
    free = tuple(datetime.combine(begin + timedelta(days=days), at) for days in (14, 70, 71))
    rule = f"FREQ=WEEKLY;BYDAY={','.join(WEEKDAYS[:5])};UNTIL={desk.until(at)}"
    start = datetime.combine(begin, at)
    yield desk.entry("daily", words["daily"][team], start, 15, rule=rule, left_out=free, **desk.with_ours(5))
    for number, title in enumerate(words["inside"]["weekly"]):
        start = datetime.combine(next_working(begin + timedelta(days=number + 1)), time(11, 0))
        rule = f"FREQ=WEEKLY;BYDAY={WEEKDAYS[start.weekday()]};UNTIL={desk.until(start.time())}"
        yield desk.entry(f"weekly{number}", title.format(team=team), start, 60, rule=rule, **desk.with_ours(6))
    for number, mate in enumerate(desk.dice.sample(desk.colleagues, min(3, len(desk.colleagues)))):
        start = datetime.combine(next_working(begin + timedelta(days=number)), time(14, 30))
        rule = f"FREQ=WEEKLY;INTERVAL=2;BYDAY={WEEKDAYS[start.weekday()]};UNTIL={desk.until(start.time())}"
        people = (Attendee(mate.email, mate.name, "ACCEPTED"),)
        me = Attendee(desk.owner.email, desk.owner.name, "ACCEPTED", "CHAIR")
        title = f"1:1 {mate.name.split()[0]}"
        yield desk.entry(f"pair{number}", title, start, 30, rule=rule, organiser=me, guests=(me, *people))
    start = datetime.combine(begin, time(15, 0))
    while start.weekday() != 2 or start.day > 7:
        start += timedelta(days=1)
    group = Attendee("leadership@ferro.example", "Leadership", "NEEDS-ACTION", "REQ-PARTICIPANT", "GROUP")
    room = Attendee("room-maas@ferro.example", "Room Maas", "ACCEPTED", "NON-PARTICIPANT", "ROOM")
    rule = f"FREQ=MONTHLY;BYDAY=1WE;UNTIL={desk.until(start.time())}"
    us = desk.with_ours(4)
    us["guests"] += (group, room)
    yield desk.entry("monthly", desk.dice.choice(words["inside"]["monthly"]), start, 60, rule=rule, **us)


def _inside(desk: Desk) -> Iterator[Entry]:
    for number, title in enumerate(desk.firm.noise["inside"]["single"]):
        text, length = title.format(team=desk.owner.team), desk.dice.choice((30, 45, 60, 90))
        off = number % 6 == 5
        yield desk.entry(f"inside{number}", text, desk.moment(), length, cancelled=off, **desk.with_ours(4))


def _alone(desk: Desk) -> Iterator[Entry]:
    for number, title in enumerate(desk.firm.noise["alone"]["single"]):
        yield desk.entry(f"alone{number}", title, desk.moment(), desk.dice.choice((30, 60, 120)))
    for number, title in enumerate(desk.firm.noise["alone"]["days"]):
        days = desk.dice.choice((1, 1, 2, 5))
        yield desk.entry(f"days{number}", title, desk.moment().date(), 1440 * days, free=number % 2 == 0)


def _private(desk: Desk) -> Iterator[Entry]:
    titles = desk.firm.noise["private"]["single"]
    for number, title in enumerate(desk.dice.sample(titles, 9)):
        privacy = "CONFIDENTIAL" if number % 3 == 2 else "PRIVATE"
        yield desk.entry(f"private{number}", title, desk.moment(), 60, privacy=privacy)


def _outside(desk: Desk, dates: Dates) -> Iterator[Entry]:
    me = Attendee(desk.owner.email, desk.owner.name, "ACCEPTED", "CHAIR")
    for number, (title, address, name) in enumerate(desk.dice.sample(desk.firm.noise["suppliers"]["single"], 4)):
        people = (me, Attendee(address, name, "ACCEPTED"))
        yield desk.entry(f"supplier{number}", title, desk.moment(), 60, organiser=me, guests=people)
    for who, customer, title, days in desk.firm.noise["held"]["single"]:
        if who == desk.owner.id:
            name, address, _ = desk.firm.customers[customer]["contacts"][0]
            start = datetime.combine(near(dates.today, days), time(17, 0))
            people = (me, Attendee(address, name, "ACCEPTED"))
            yield desk.entry(f"held-{customer}", title, start, 45, organiser=me, guests=people)
    if desk.owner.role == "host":
        own = [item for item in desk.firm.customers.values() if item["host"] == desk.owner.email]
        for item in own[:2]:
            name, address, _ = item["contacts"][-1]
            start = datetime.combine(desk.first, time(8, 30))
            rule = f"FREQ=WEEKLY;BYDAY={WEEKDAYS[start.weekday()]};UNTIL={desk.until(start.time())}"
            people = (me, Attendee(address, name, "ACCEPTED"))
            yield desk.entry(f"slots-{item['id']}", "Delivery slots", start, 15, rule=rule, organiser=me, guests=people)
