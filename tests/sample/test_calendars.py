"""The calendars: parsed by another library, recognised by our own rules, counted on many days."""

import io
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from icalendar import Calendar

from companion.meetings.recognise import judge
from companion.sample.copies import owners
from companion.sample.days import dates
from companion.sample.firm import read_firm
from companion.sample.reviews import reviews as planned
from sample.reading import DAYS, between, company, events, glimpse, leader_ids, reviews, rules, seated, table

each_day = pytest.mark.parametrize("today", DAYS, ids=str)
some_days = pytest.mark.parametrize("today", DAYS[:3], ids=str)  # reading everything takes seconds


def plan(today: date):
    days = dates(today)
    firm = read_firm(days)
    return firm, planned(firm, 7, days)


@some_days
def test_every_object_parses_and_holds_one_uid(today: date) -> None:
    for calendar in company(today).calendars:
        names = [name for name, _ in calendar.objects]
        assert len(set(names)) == len(names)
        for name, text in calendar.objects:
            found = events(text)
            assert len({str(one["UID"]) for one in found}) == 1, name
            assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
            for one in found:
                assert one.decoded("DTEND") > one.decoded("DTSTART")


def test_a_whole_calendar_holds_every_object_once_and_each_zone_once() -> None:
    for calendar in company(DAYS[0]).calendars:
        whole = Calendar.from_ical(calendar.whole())
        assert len(whole.walk("VEVENT")) == sum(len(events(text)) for _, text in calendar.objects)
        zones = [str(zone["TZID"]) for zone in whole.walk("VTIMEZONE")]
        assert len(zones) == len(set(zones))
        assert set(zones) <= {"Europe/Amsterdam", "Europe/Lisbon", "Europe/Warsaw"}


@pytest.mark.parametrize("name", ["Europe/Amsterdam", "Europe/Lisbon", "Europe/Warsaw"])
def test_written_zones_tell_the_same_time_as_the_system(name: str) -> None:
    texts = (text for calendar in company(DAYS[0]).calendars for _, text in calendar.objects)
    written = tzical(io.StringIO(next(text for text in texts if f"TZID:{name}" in text))).get(name)
    for day in range(365):
        noon = datetime(2026, 1, 1, 12, tzinfo=ZoneInfo(name)) + timedelta(days=day)
        assert noon.replace(tzinfo=written).utcoffset() == noon.utcoffset(), noon


@some_days
def test_the_rules_keep_each_planned_review_and_drop_all_noise(today: date) -> None:
    _, all_planned = plan(today)
    held: set[str] = set()
    uids = {review.uid: review.customer for review in all_planned}
    known, decisions = rules(company(today)), Counter[str]()
    for calendar in company(today).calendars:
        for _, text in calendar.objects:
            for event in events(text):
                seen = glimpse(event)
                judged = judge(seen, known)
                decisions[judged.decision] += 1
                assert (judged.decision == "kept") == (seen.uid in uids), (seen.title, judged)
                if judged.decision == "held_back" and len(seen.guests) == 2:
                    held.add(dict(judged.why[0].facts)["word"])
                if seen.uid in uids:
                    assert judged.customer_id == uids[seen.uid], seen.title
    assert decisions["private"] >= 100
    assert decisions["not_customer"] >= 300
    assert {"claim", "legal", "credit limit"} <= held


@each_day
def test_every_planned_occurrence_is_found_by_another_expander(today: date) -> None:
    _, all_planned = plan(today)
    wanted = {
        (review.uid, review.instance(item.k)): item.start.replace(tzinfo=ZoneInfo(review.zone)).astimezone(UTC)
        for review in all_planned
        for item in review.occurrences
    }
    assert {key: one.start for key, one in reviews(today).items()} == wanted


@each_day
def test_as_many_reviews_as_a_real_year_has(today: date) -> None:
    past = between(today, -365, -1)
    assert 31 <= len(past) <= 45
    assert 12 <= sum(bool(seated(one, today)) for one in past) < len(past)
    assert not between(today, 0, 0)
    ahead = between(today, 1, 92)
    assert 8 <= len(ahead) <= 14
    assert sum(not seated(one, today) for one in ahead) >= 4
    assert len({one.judgement.customer_id for one in past}) >= 18


@each_day
def test_nobody_burdens_a_customer_more_than_twice_a_year(today: date) -> None:
    zone = ZoneInfo(company(today).zone)
    visits = Counter(
        (one.judgement.customer_id, one.start.astimezone(zone).year)
        for one in reviews(today).values()
        if not one.cancelled and seated(one, today)
    )
    assert max(visits.values()) == 2


@each_day
def test_nobody_sits_before_joining_or_after_leaving(today: date) -> None:
    rows = {row["email"]: row for row in table(company(today).people_csv)}
    for one in reviews(today).values():
        for leader in seated(one, today):
            assert (
                max(rows[leader]["start"], company(today).start.isoformat())
                <= one.start.date().isoformat()
                <= (rows[leader]["end"] or "9999")
            )


def test_the_oddities_of_real_calendars_are_there() -> None:
    today = DAYS[0]
    firm, all_planned = plan(today)
    texts = {calendar.owner: "".join(text for _, text in calendar.objects) for calendar in company(today).calendars}
    everything = "".join(texts.values()).replace("\r\n ", "")
    for mark in (
        "CUTYPE=GROUP",
        "CUTYPE=ROOM",
        "RDATE;TZID=",
        "EXDATE;TZID=",
        "STATUS:CANCELLED",
        "VALUE=DATE",
        "CLASS:PRIVATE",
        "CLASS:CONFIDENTIAL",
        "PARTSTAT=TENTATIVE",
        "PARTSTAT=DECLINED",
        "ROLE=OPT-PARTICIPANT",
        "FREQ=YEARLY",
        "INTERVAL=3",
        "mailto:d.okafor@ferro.example",
        "ORGANIZER;CN=Katarzyna Sowa",
    ):
        assert mark in everything, mark
    five = [len(owners(review, firm)) for review in all_planned if review.key == "havenstad"]
    assert five == [5]
    shared = next(review.uid for review in all_planned if review.key == "havenstad")
    assert sum(shared in text for text in texts.values()) == 5
    offsets = {
        review.key: {item.original.replace(tzinfo=ZoneInfo(review.zone)).utcoffset() for item in review.occurrences}
        for review in all_planned
    }
    assert len(offsets["kestrel"]) == 2
    assert len(offsets["marea"]) == 2  # in another zone


def test_calendars_are_of_fourteen_leaders_and_five_hosts() -> None:
    firm = company(DAYS[0])
    served = Counter((calendar.hosts, calendar.served) for calendar in firm.calendars)
    assert served == {(False, "caldav"): 12, (False, "ics"): 2, (True, "caldav"): 3, (True, "ics"): 2}
    assert {calendar.owner for calendar in firm.calendars if not calendar.hosts} == set(leader_ids(DAYS[0]).values())
    for calendar in firm.calendars:
        days = [one.decoded("DTSTART") for _, text in calendar.objects for one in events(text) if "RRULE" not in one]
        months = {(day.year, day.month) for day in days}
        assert len(months) >= 5, calendar.owner


@each_day
def test_open_reviews_stand_only_with_hosts(today: date) -> None:
    hosts = {calendar.owner: calendar for calendar in company(today).calendars if calendar.hosts}
    held = "".join(text for calendar in hosts.values() for _, text in calendar.objects)
    assert all(uid in held for uid, _ in reviews(today))
    alone = "".join(t for c in company(today).calendars if not c.hosts for _, t in c.objects)
    assert any(uid not in alone for uid, _ in reviews(today))


@each_day
def test_calendars_reach_from_a_year_back_to_three_months_ahead(today: date) -> None:
    starts = [one.start.date() for one in reviews(today).values()]
    assert today - timedelta(days=420) <= min(starts) <= today - timedelta(days=365)
    assert today + timedelta(days=50) <= max(starts) <= today + timedelta(days=100)


def test_the_plan_holds_on_every_day_of_three_years() -> None:
    firm = read_firm(dates(DAYS[0]))
    for today in (date(2026, 1, 1) + timedelta(days=count) for count in range(3 * 366)):
        days = dates(today)
        held = [(review, item) for review in planned(firm, 7, days) for item in review.occurrences]
        held = [(review, item) for review, item in held if not item.cancelled]
        offsets = [(item.start.date() - today).days for _, item in held]
        assert 31 <= sum(-365 <= offset < 0 for offset in offsets) <= 45, today
        assert 8 <= sum(offset > 0 for offset in offsets) <= 14, today
        assert 0 not in offsets, today
        visits = Counter(
            (review.customer, item.start.year)
            for review, item in held
            if any(seat.was not in ("declined", "delegated") for seat in item.seats)
        )
        assert max(visits.values()) <= 2, (today, visits.most_common(2))
        for review, item in held:
            for seat in item.seats:
                ahead = seat.was in ("coming", "asked", "tentative")
                assert (item.start.date() > today) == ahead, (today, review.key)
                assert item.start.date() >= max(days.began, today - timedelta(days=400)), (today, review.key)
                assert seat.who != "willem-de-graaf" or item.start.date() <= days.left, today
        for story in firm.stories:
            assert any(review.key == story["review"] and item.k == story["k"] for review, item in held), today
