"""The quiet line under my own takeaway: to how many it went, how many answered and opened it."""

from companion.programme.views.reading import ReadRow
from companion.programme.views.where import Went
from companion.words.language import t, tn


def went_line(went: Went, row: ReadRow) -> str:
    """It went to 38 people · 2 pages · 6 answered · opened 12 times; openings only from five."""
    reached = went.reached
    places = len({row.channel for row in went.rows if not row.recipient and row.revision})
    answered = len({
        one.person_id or one.address or one.id for one in row.answers if one.person_id != row.takeaway.author_id
    })  # fmt: skip
    parts = [
        tn("It went to {count} person", "It went to {count} people", reached) if reached else "",
        tn("stands in {count} place", "stands in {count} places", places) if places else "",
        tn("{count} answered", "{count} answered", answered) if answered or reached else "",
        tn("opened {count} time here", "opened {count} times here", went.openings) if went.openings else "",
    ]
    said = " · ".join(part for part in parts if part)
    return said[:1].upper() + said[1:] if said else t("It was sent to nobody; it is read here.")
