"""The customer reviews: resources/sample/reviews.toml laid out around today."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from companion.sample.days import AHEAD, BEHIND, WEEKDAYS, Dates, months_from, near, next_working, place_in_month
from companion.sample.firm import Firm
from companion.sample.ics_text import instant, utc

EXTRA = 99  # the number by which the plan names the added occurrence of a series
_MONTHS = {"quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True)
class Seat:
    """A leader at one occurrence, and what became of it; the words are explained in reviews.toml."""

    who: str  # person id
    was: str
    reason: str = ""
    to: str = ""  # person id of who went instead
    alias: bool = False  # invited under another address


@dataclass(frozen=True)
class Occurrence:
    """One meeting of a review. Times are naive, local to the review's zone."""

    k: int
    original: datetime  # as the rule made it
    start: datetime
    end: datetime
    title: str
    cancelled: bool = False
    changed: bool = False
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True)
class Review:
    """A customer review, once or as a series."""

    key: str
    uid: str
    customer: str
    title: str
    zone: str
    minutes: int
    rule: str  # RRULE, "" for a single meeting
    occurrences: tuple[Occurrence, ...]  # in the order of time
    chair: str  # host or customer
    second: str  # person id of another host, "" for none
    whole: bool
    group: bool
    online: bool

    def at(self, k: int) -> Occurrence:
        """The occurrence of that number."""
        return next(item for item in self.occurrences if item.k == k)

    def instance(self, k: int) -> datetime | None:
        """What names the occurrence: its original start in UTC, None for a single meeting."""
        return instant(self.at(k).original, self.zone) if self.rule else None


def mark(seed: int, *parts: str) -> str:
    """A name that looks random and is the same for the same seed."""
    return hashlib.sha256("/".join((str(seed), *parts)).encode()).hexdigest()


def reviews(firm: Firm, seed: int, dates: Dates) -> tuple[Review, ...]:
    """Every review of the plan, with its occurrences between `BEHIND` and `AHEAD` days from today."""
    return tuple(_review(plan, firm, seed, dates) for plan in firm.plan["review"])


def _review(plan: dict[str, Any], firm: Firm, seed: int, dates: Dates) -> Review:
    anchor = dates.named(plan["named"]) if "named" in plan else near(dates.today, plan["day"])
    days = _days(anchor, plan["every"], dates.today)
    zone = plan.get("zone", firm.zone)
    at = time.fromisoformat(plan["at"])
    starts = {k: datetime.combine(day, at) for k, day in days.items()}
    rule = _rule(plan["every"], anchor, instant(max(starts.values()), zone))
    if "extra" in plan:
        starts[EXTRA] = datetime.combine(near(dates.today, plan["extra"]), at)
    domain = "ferro.example" if plan.get("chair") != "customer" else firm.customers[plan["customer"]]["domains"][0]
    return Review(
        key=plan["key"],
        uid=f"{mark(seed, 'review', plan['key'])[:24]}@{domain}",
        customer=plan["customer"],
        title=plan["title"],
        zone=zone,
        minutes=plan["minutes"],
        rule=rule,
        occurrences=tuple(sorted((_occurrence(plan, k, s) for k, s in starts.items()), key=lambda o: o.original)),
        chair=plan.get("chair", "host"),
        second=plan.get("second", ""),
        whole=plan.get("whole", False),
        group=plan.get("group", False),
        online=plan["form"] == "online",
    )


def _days(anchor: date, every: str, today: date) -> dict[int, date]:
    if every == "once":
        return {0: anchor}
    found = {k: months_from(anchor, k * _MONTHS[every]) for k in range(-8, 3)}
    return {k: day for k, day in found.items() if -BEHIND <= (day - today).days <= AHEAD or k == 0}


def _rule(every: str, anchor: date, last: datetime) -> str:
    if every == "once":
        return ""
    weekday = f"{place_in_month(anchor)}{WEEKDAYS[anchor.weekday()]}"
    if every == "year":
        return f"FREQ=YEARLY;BYMONTH={anchor.month};BYDAY={weekday};UNTIL={utc(last)}"
    return f"FREQ=MONTHLY;INTERVAL={_MONTHS[every]};BYDAY={weekday};UNTIL={utc(last)}"


def _occurrence(plan: dict[str, Any], k: int, original: datetime) -> Occurrence:
    change: dict[str, Any] = next((item for item in plan.get("change", ()) if item["k"] == k), {})
    day = original.date() + timedelta(days=change.get("move", 0))
    day = next_working(day) if "move" in change else day
    start = datetime.combine(day, original.time()) + timedelta(minutes=change.get("later", 0))
    return Occurrence(
        k=k,
        original=original,
        start=start,
        end=start + timedelta(minutes=change.get("minutes", plan["minutes"])),
        title=change.get("title", plan["title"]),
        cancelled=change.get("cancelled", False),
        changed=bool(change),
        seats=tuple(_seat(item) for item in plan.get("seat", ()) if item["k"] == k),
    )


def _seat(item: dict[str, Any]) -> Seat:
    return Seat(item["who"], item["was"], item.get("reason", ""), item.get("to", ""), item.get("alias", False))
