"""The lines of a weekly mail, each with the buttons by which a reply does it."""

from dataclasses import dataclass, replace

from companion.basics.clock import day_of
from companion.connectors.mail_buttons import Button, buttons_of, seat_buttons
from companion.connectors.markdown import clean, one_line
from companion.takeaways.letters import LetterParcel, Todo, TodoKind
from companion.words import weekly

_DONE_BY: dict[TodoKind, tuple[str, ...]] = {  # by a reply to the letter that asked, which of its acts
    "offer": ("take", "cannot", "swap"),
    "may_sit": ("may", "maynot"),
    "who_sat": ("sat",),
    "joined": ("there", "missed", "instead"),
    "tell": ("after",),
}


@dataclass(frozen=True)
class Line:
    """One thing to do. `where`: the page of the app, where no reply does it."""

    text: str
    buttons: tuple[Button, ...]
    where: str


def todo_of(parcel: LetterParcel) -> list[Line]:
    """The lines, in the language that is spoken."""
    letter = parcel.letter
    today = day_of(letter.since if letter.state == "sending" and letter.since else letter.made, parcel.zone)
    return [_line(parcel, one, weekly.line(_plain(one), parcel.zone, today)) for one in parcel.todo]


def _plain(one: Todo) -> Todo:
    """With what people wrote as it may stand in one line."""
    return replace(
        one, customer=one_line(one.customer), who=one_line(one.who), what=one_line(clean(one.what)).rstrip(". ")
    )


def _line(parcel: LetterParcel, one: Todo, text: str) -> Line:
    acts = _DONE_BY.get(one.kind, ())
    if one.asked:
        asked = buttons_of(replace(parcel, letter=one.asked, parcels=(), todo=())) if acts else []
    else:
        asked = seat_buttons(parcel, one.about[0]) if one.kind == "joined" else []
    buttons = tuple(button for button in asked if button.act in acts)
    return Line(text, buttons, "" if buttons else weekly.where(one))
