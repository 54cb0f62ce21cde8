"""What was told and answered, and who said what of which seat."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from companion.sample.firm import Firm
from companion.sample.ics_text import instant
from companion.sample.model import PastTakeaway, SampleAction, SampleAnswer, SampleNote, SeatStatement
from companion.sample.reviews import Occurrence, Review, Seat


def stories(firm: Firm, reviews: dict[str, Review], today: date) -> tuple[PastTakeaway, ...]:
    """The takeaways of the past year, oldest first."""
    found = (_story(item, firm, reviews[item["review"]], today) for item in firm.stories)
    return tuple(sorted(found, key=lambda story: (story.published, story.author)))


def statements(firm: Firm, reviews: tuple[Review, ...], today: date) -> tuple[SeatStatement, ...]:
    """What leaders and hosts said of past seats; a seat marked `open` has no word from anybody."""
    found = (
        statement
        for review in reviews
        for occurrence in review.occurrences
        if occurrence.start.date() < today
        for seat in occurrence.seats
        for statement in _said(review, occurrence, seat, firm)
    )
    return tuple(sorted(found, key=lambda one: (one.at, one.email, one.source)))


def note(firm: Firm, reviews: dict[str, Review]) -> SampleNote:
    """What Dana writes in the demo."""
    texts = {key: value for key, value in firm.note.items() if key not in ("review", "lines")}
    review = reviews[firm.note["review"]]
    lines = tuple((mark, text) for mark, text in firm.note["lines"])
    return SampleNote(review.uid, review.instance(0), review.customer, lines=lines, **texts)


def _story(item: dict[str, Any], firm: Firm, review: Review, today: date) -> PastTakeaway:
    met = review.at(item["k"])
    published = _published(met, item["after"], today, firm.zone)
    customer = firm.customers[review.customer]
    texts = ("scene", "quote", "quote_role", "goal", "matters", "will_do", "question")
    return PastTakeaway(
        author=firm.person(item["author"]).email,
        customer_id=review.customer,
        uid=review.uid,
        occurrence=review.instance(item["k"]),
        audience=item["audience"],
        headline=item["headline"],
        **{name: item.get(name, "") for name in texts},
        customer_name=customer.get("public_name") or customer["name"],
        published=published,
        told_on=published.date() if item.get("told") else None,
        answers=tuple(_answer(given, published.date(), today) for given in item.get("answers", ())),
        pillars=tuple(item.get("pillars", ())),
        actions=tuple(
            SampleAction(answer, text, firm.person(owner).email, days, result)
            for answer, text, owner, days, result in item.get("actions", ())
        ),
    )


def _published(met: Occurrence, after: int, today: date, zone: str) -> datetime:
    day = met.start.date() + timedelta(days=after)
    if day.weekday() > 4:
        day += timedelta(days=7 - day.weekday())
    day = min(day, today - timedelta(days=1))
    while day.weekday() > 4 and day > met.start.date():
        day -= timedelta(days=1)
    return instant(max(datetime.combine(day, time(16, 10)), met.end + timedelta(minutes=40)), zone)


def _answer(given: list[Any], published: date, today: date) -> SampleAnswer:
    """An answer of stories.toml; negative days count back from today, and none lies ahead of yesterday."""
    name, kind, text, days, reply = given
    kind, _, only = kind.partition("-")
    so_far = (today - published).days
    later = so_far + days if days < 0 else days
    return SampleAnswer(f"{name}@ferro.example", kind, text, max(0, min(later, so_far - 1)), reply, only == "only")


def _said(review: Review, met: Occurrence, seat: Seat, firm: Firm) -> Iterator[SeatStatement]:
    end = instant(met.end, review.zone)
    leader = firm.person(seat.who).email
    host = firm.customers[review.customer]["host"]
    to = firm.person(seat.to).email if seat.to else ""

    def say(
        source: Literal["self", "host"], state: Literal["attended", "missed", "delegated", "declined"]
    ) -> SeatStatement:
        by, wait = (leader, 3) if source == "self" else (host, 1)
        at = end + timedelta(hours=wait)
        return SeatStatement(review.uid, review.instance(met.k), leader, source, state, seat.reason, at, by, to)

    if seat.was in ("host", "both"):
        yield say("host", "attended")
    if seat.was in ("self", "both"):
        yield say("self", "attended")
    if seat.was == "missed":
        yield say("host", "missed")
    if seat.was == "delegated":
        yield say("self", "delegated")
    if seat.was == "declined":
        yield say("self", "declined")
