"""The sample company, whole: `build(seed, today)` gives the same bytes for the same seed and day."""

import csv
import io
from datetime import UTC, date, datetime, time, timedelta

from companion.sample import copies, joins, memory, stories
from companion.sample.days import Dates, dates, near
from companion.sample.firm import Firm, Member, customers_csv, read_firm
from companion.sample.ics_text import Entry, calendar
from companion.sample.model import (
    Company,
    PastTakeaway,
    SampleAnswer,
    SampleCalendar,
    SampleNote,
    SampleReport,
    SeatStatement,
)
from companion.sample.noise import noise
from companion.sample.reviews import Review, mark, reviews

__all__ = ["Company", "PastTakeaway", "SampleAnswer", "SampleCalendar", "SampleNote", "SampleReport", "SeatStatement",
           "build"]  # fmt: skip


def build(seed: int, today: date) -> Company:
    """Ferro Building Supply on one day: people, customers, calendars and what was told in the past year."""
    days = dates(today)
    firm = read_firm(days)
    plan = reviews(firm, seed, days)
    by_key = {review.key: review for review in plan}
    return Company(
        name=firm.name,
        zone=firm.zone,
        start=days.began,
        our_domains=firm.our_domains,
        people_csv=firm.people_csv,
        customers_csv=customers_csv(firm),
        calendars=tuple(_calendar(firm, owner, plan, seed, days) for owner in (*_leaders(firm), *_hosts(firm))),
        stories=stories.stories(firm, by_key, today),
        statements=stories.statements(firm, plan, today),
        note=stories.note(firm, by_key),
        crm_csv=_crm(firm, today),
        reports=joins.reports(firm, by_key),
        facts=memory.facts(firm, today),
        contacts=memory.contacts(firm),
    )


def _leaders(firm: Firm) -> tuple[Member, ...]:
    return firm.of_role("leader")


def _hosts(firm: Firm) -> tuple[Member, ...]:
    return firm.of_role("host")


def _calendar(firm: Firm, owner: Member, plan: tuple[Review, ...], seed: int, days: Dates) -> SampleCalendar:
    stamp = datetime.combine(days.today, time(5), UTC) - timedelta(days=1)
    groups: list[tuple[Entry, ...]] = [
        copies.copy_of(review, owner, firm, seed, stamp) for review in plan if owner in copies.owners(review, firm)
    ]
    groups += noise(firm, owner, seed, days, stamp)
    objects = ((f"{mark(seed, owner.id, group[0].uid)[:16]}.ics", calendar(group)) for group in groups)
    return SampleCalendar(
        owner=owner.email,
        hosts=owner.role == "host",
        name=owner.name,
        served="ics" if owner.email in firm.ics else "caldav",
        objects=tuple(sorted(objects)),
    )


def _crm(firm: Firm, today: date) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "customer", "start", "end", "timezone", "host_email", "title", "link"])
    for item in firm.plan["import"]:
        customer = firm.customers[item["customer"]]
        start = datetime.combine(near(today, item["day"]), time.fromisoformat(item["at"]))
        end = start + timedelta(minutes=item["minutes"])
        both = (start.isoformat(timespec="minutes"), end.isoformat(timespec="minutes"))
        writer.writerow((item["id"], customer["name"], *both, firm.zone, customer["host"], item["title"], ""))
    return out.getvalue()
