"""The company as a whole: the same bytes each time, ids that exist, and Dana's year on any day."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from companion.sample.company import build
from companion.sample.days import months_from, near, working
from sample.reading import DAYS, between, company, leader_ids, reviews, seated, table

each_day = pytest.mark.parametrize("today", DAYS, ids=str)
DANA = "dana.okafor@ferro.example"
KINDS = {"changes", "question", "already", "differently", "more"}


def morning(today: date) -> datetime:
    return datetime(today.year, today.month, today.day, tzinfo=ZoneInfo("Europe/Amsterdam")).astimezone(UTC)


@pytest.mark.parametrize("today", DAYS[:2], ids=str)
def test_same_seed_and_day_give_the_same_company(today: date) -> None:
    assert build(7, today) == build(7, today)


def test_another_seed_or_day_gives_another() -> None:
    today = DAYS[0]
    assert build(8, today).calendars != company(today).calendars
    assert build(7, today + timedelta(days=1)).calendars != company(today).calendars


@each_day
def test_people(today: date) -> None:
    rows = table(company(today).people_csv)
    assert list(rows[0]) == ["id", "name", "email", "aliases", "team", "role", "target", "start", "end", "language"]
    assert Counter(row["role"] for row in rows) == {"leader": 14, "host": 5, "ops": 2, "staff": 40}
    leaders = [row for row in rows if row["role"] == "leader"]
    assert len({row["team"] for row in leaders}) == 7
    assert sorted(row["target"] for row in leaders) == ["2"] * 13 + ["3"]
    assert all(not row["target"] for row in rows if row["role"] != "leader")
    joined = [date.fromisoformat(row["start"]) for row in leaders if row["start"]]
    left = [date.fromisoformat(row["end"]) for row in leaders if row["end"]]
    assert [(day.month, day.day) for day in joined + left] == [(7, 1), (6, 30)]
    assert joined[0] <= today
    assert left[0] < today
    addresses = [one for row in rows for one in (row["email"], *row["aliases"].split(";")) if one]
    assert len(addresses) == len(set(addresses))
    assert len({row["id"] for row in rows}) == len(rows)
    assert company(today).start in (date(today.year - 1, 1, 1), date(today.year - 2, 1, 1))
    assert (today - company(today).start).days >= 400


def test_the_programme_began_on_the_first_of_january_last_year() -> None:
    assert company(date(2026, 11, 21)).start == date(2025, 1, 1)


def test_customers_have_life_in_them() -> None:
    rows = table(company(DAYS[0]).customers_csv)
    people = {row["email"]: row["role"] for row in table(company(DAYS[0]).people_csv)}
    usual = ["id", "name", "domains", "aliases", "host_email", "tier", "segment"]
    assert list(rows[0]) == [*usual, "story", "public_name", "nda", "off_limits"]
    assert len({row["id"] for row in rows}) == 20
    for row in rows:
        assert 120 <= len(row["story"].split()) <= 200, row["id"]
        assert people[row["host_email"]] == "host"
        assert all(one.endswith(".example") for one in row["domains"].split(";"))


@each_day
def test_takeaways_are_of_reviews_their_authors_attended(today: date) -> None:
    firm = company(today)
    people = {row["email"]: row for row in table(firm.people_csv)}
    customers = {row["id"]: row["public_name"] or row["name"] for row in table(firm.customers_csv)}
    attended = {(one.uid, one.occurrence, one.email) for one in firm.statements if one.state == "attended"}
    assert 28 <= len(firm.stories) <= 32
    assert len({story.headline for story in firm.stories}) == len(firm.stories)
    for story in firm.stories:
        met = reviews(today)[story.uid, story.occurrence]
        assert (story.uid, story.occurrence, story.author) in attended, story.headline
        assert story.author in seated(met, today)
        assert met.judgement.customer_id == story.customer_id
        assert story.customer_name == customers[story.customer_id]
        assert met.start + timedelta(minutes=60) < story.published < morning(today)
        assert morning(today) - timedelta(days=401) < met.start
        assert story.audience == "company" or story.audience == f"team:{people[story.author]['team']}"
        assert story.headline
        assert story.quote
        assert story.question.endswith("?")
        if story.told_on is None:
            words = (story.scene, story.goal, story.matters, story.will_do)
            assert all(words), story.headline
            assert 90 <= len(" ".join((*words, story.quote, story.question)).split()) <= 200


@each_day
def test_answers_come_from_our_people_before_today(today: date) -> None:
    firm = company(today)
    people = {row["email"]: row["role"] for row in table(firm.people_csv)}
    teams = {row["email"]: f"team:{row['team']}" for row in table(firm.people_csv)}
    for story in firm.stories:
        assert len(story.answers) <= 4
        assert all(story.audience in ("company", teams[answer.email]) for answer in story.answers)
        for answer in story.answers:
            assert people[answer.email] in {"staff", "leader"}
            assert answer.email != story.author
            assert answer.kind in KINDS
            assert answer.days_later >= 0
            assert story.published + timedelta(days=answer.days_later) < morning(today)
    waiting = [a for s in firm.stories if s.author == DANA for a in s.answers if a.kind == "question" and not a.reply]
    assert [answer.email for answer in waiting] == ["agnes.mulder@ferro.example"]


@each_day
def test_statements_name_seats_that_exist(today: date) -> None:
    firm = company(today)
    leaders = set(leader_ids(today).values())
    hosts = {row["email"] for row in table(firm.people_csv) if row["role"] == "host"}
    for one in firm.statements:
        met = reviews(today)[one.uid, one.occurrence]
        assert one.email in {leader_ids(today).get(address) for address, _ in met.guests}
        assert met.start < one.at < morning(today)
        assert one.by in ({one.email} if one.source == "self" else hosts)
        assert one.to == "" or one.to in leaders
    assert {one.state for one in firm.statements} == {"attended", "missed", "delegated", "declined"}


@each_day
def test_danas_year(today: date) -> None:
    firm = company(today)
    hers = {key: one for key, one in reviews(today).items() if DANA in seated(one, today) and not one.cancelled}
    spoken = {(one.uid, one.occurrence) for one in firm.statements if one.email == DANA}
    past = {key: one for key, one in hers.items() if one.start < morning(today)}
    silent = [one for key, one in past.items() if key not in spoken]
    assert len(silent) == 1
    assert 1 <= (today - silent[0].start.date()).days <= 10
    this_year = [one for key, one in past.items() if key in spoken and one.start.year == today.year]
    if today >= date(today.year, 1, 14):  # earlier, no day of this year lies far enough behind
        assert len(this_year) == 1
        assert this_year[0].uid == firm.note.uid
    coming = [one for one in hers.values() if one.start >= morning(today)]
    assert len(coming) == 1
    assert 1 <= (coming[0].start.date() - today).days <= 16
    assert "annual review" in coming[0].title
    assert coming[0].judgement.customer_id == "kestrel"
    assert any(address == "rosa.vidal@ferro.example" for address, _ in coming[0].guests)


@each_day
def test_the_note_is_of_an_attended_review_without_takeaway(today: date) -> None:
    firm = company(today)
    named = (firm.note.uid, firm.note.occurrence)
    assert reviews(today)[named].judgement.customer_id == firm.note.customer_id
    assert named not in {(story.uid, story.occurrence) for story in firm.stories}
    assert named in {(one.uid, one.occurrence) for one in firm.statements if one.email == DANA}
    assert {mark for mark, _ in firm.note.lines} == {"", "q", "f", "!", "?", "p"}
    assert firm.note.said in {text for mark, text in firm.note.lines if mark == "q"}


def test_the_board_of_late_november_looks_like_the_sketch() -> None:
    today = date(2026, 11, 21)
    firm = company(today)
    heard = Counter(
        one.email.split(".")[0]
        for one in {
            (one.uid, one.occurrence, one.email): one for one in firm.statements if one.state == "attended"
        }.values()
        if one.at.year == 2026
    )
    assert heard == {
        "dana": 1,
        "tomas": 1,
        "lev": 2,
        "mei": 1,
        "giulia": 2,
        "henrik": 3,
        "ines": 3,
        "samuel": 1,
        "noor": 3,
        "callum": 1,
        "beatriz": 3,
        "willem": 1,
    }
    untold = {(one.uid, one.occurrence, one.email) for one in firm.statements if one.state == "attended"}
    untold -= {(story.uid, story.occurrence, story.author) for story in firm.stories}
    assert {email.split(".")[0] for _, _, email in untold} == {"dana", "giulia"}
    open_this_year = [one for one in between(today, 1, 40) if not seated(one, today)]
    assert len(open_this_year) == 2  # fewer than the three Piotr still needs


@each_day
def test_reviews_of_no_calendar(today: date) -> None:
    rows = table(company(today).crm_csv)
    names = {row["name"] for row in table(company(today).customers_csv)}
    assert list(rows[0]) == ["id", "customer", "start", "end", "timezone", "host_email", "title", "link"]
    assert len(rows) == 3
    for row in rows:
        assert row["customer"] in names
        assert datetime.fromisoformat(row["start"]) < datetime.fromisoformat(row["end"])
        assert datetime.fromisoformat(row["start"]).date() != today


def test_texts_name_nobody_real_and_no_address_of_a_real_domain() -> None:
    firm = company(DAYS[0])
    text = firm.people_csv + firm.customers_csv + firm.crm_csv + "".join(c.whole() for c in firm.calendars)
    domains = set(re.findall(r"@([\w.-]+\.\w+)", text.replace("\r\n ", "")))
    assert domains
    assert all(domain.endswith(".example") for domain in domains)


def test_days_near_today_stay_on_their_side_and_are_worked() -> None:
    for day in (date(2026, 1, 1) + timedelta(days=count) for count in range(800)):
        for offset in (-372, -4, 5, 17):
            found = near(day, offset)
            assert working(found)
            assert (found < day) == (offset < 0)
            assert found != day


def test_the_same_weekday_months_away() -> None:
    assert months_from(date(2026, 11, 26), 3) == date(2027, 2, 25)  # the fourth Thursday
    assert months_from(date(2026, 10, 30), 1) == date(2026, 11, 27)  # the fifth Friday is the last one
    days = [months_from(date(2028, 2, 29), 12 * years) for years in range(-2, 3)]
    assert all(day.weekday() == 1 and (day + timedelta(days=7)).month == 3 for day in days)
    assert all(350 < (b - a).days < 380 for a, b in pairwise(days))
