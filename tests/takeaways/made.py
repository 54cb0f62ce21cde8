"""Notes and takeaways that tests begin from."""

from datetime import UTC, datetime
from typing import Any

from companion.notes.model import Line, Mark, Note
from companion.takeaways.model import Takeaway

NOON = datetime(2026, 11, 12, 12, tzinfo=UTC)


def a_note(*lines: tuple[Mark, str], **answers: str) -> Note:
    """A note with these lines (mark, text) and answers."""
    made = tuple(Line(str(number), NOON, mark, text) for number, (mark, text) in enumerate(lines))
    return Note("n1", "m1", "c1", "Annual review", NOON, NOON, made, answers)


def a_takeaway(**changes: Any) -> Takeaway:
    """A takeaway that lacks nothing."""
    fields: dict[str, Any] = {
        "id": "6f1f0c2a-7e11-4a57-9f0a-3b0d6c0e8f5e",
        "revision": 1,
        "author_id": "p-ines",
        "meeting_id": "m1",
        "customer_id": "c1",
        "audience": "company",
        "headline": "They plan by the tide",
        "scene": "Nineteen people work in a harbour that empties twice a day.",
        "quote": "You send me a window of half a day. I live in windows of forty minutes.",
        "quote_role": "the head of the yard",
        "goal": "Keep the slip busy without a night shift.",
        "matters": "We book by our route, not by their water.",
        "will_do": "Ask for the tide table when booking, from 1 December (Ines).",
        "question": "Where else do we hand out half-day windows?",
        "customer_name": "Marea Boats",
        "published": NOON,
    }
    return Takeaway(**{**fields, **changes})
