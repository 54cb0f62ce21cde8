"""Parcels that tests begin from."""

from datetime import timedelta
from typing import Any

from companion.takeaways.model import Answer, Parcel
from takeaways.made import NOON, a_takeaway

AGNES = Answer("a1", "t", "already", "The same for our audit visits.", NOON, "Agnes", "Accounts", "How did it go?")


def a_parcel(
    number: int | None = None, *, recipient: str = "", answers: tuple[Answer, ...] = (), **changes: Any
) -> Parcel:
    """A parcel that lacks nothing; a number gives it an id and a day of its own, a higher one an earlier day."""
    if number is not None:
        changes = {"id": f"t-{number}", "published": NOON - timedelta(days=number), **changes}
    return Parcel(
        a_takeaway(**changes),
        "Ines Prado",
        "Safety",
        recipient,
        answers=answers,
        answer_to="answers@ferro.example",
        heard_on=NOON.date(),
    )
