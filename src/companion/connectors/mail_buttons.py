"""The buttons of a letter: each opens a mail that only needs to be sent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote as percent

from companion.connectors.markdown import one_line
from companion.people.addresses import normal
from companion.takeaways.answering import LENT_ACTS
from companion.takeaways.code import tag
from companion.takeaways.letters import LetterKind, LetterParcel
from companion.words import presence
from companion.words.language import mark, t
from companion.words.meeting_mail import three
from companion.words.seats import BUTTONS as SEAT_BUTTONS

STOPPED = {"digest", "brief", "after", "who_sat"}  # of these a reader may want no more


@dataclass(frozen=True)
class Button:
    """A mail that only needs to be sent. `act`: what it asks for, see `answering.ACTS`; `text`: told in plain mails."""

    label: str
    subject: str
    address: str
    act: str = ""
    text: str = ""


def button(label: str, subject: str, to: str, body: str = "", act: str = "") -> Button:
    """A button that opens a mail to that address, with that subject and text."""
    written = f"&body={percent(body, safe='')}" if body else ""
    return Button(label, subject, f"mailto:{percent(to, safe='@')}?subject={percent(subject, safe='')}{written}", act)


def buttons_of(parcel: LetterParcel) -> list[Button]:
    """The buttons of a letter, in its reader's language; none where no mail in return is read."""
    to = normal(parcel.answer_to)
    maker = _MAKERS.get(parcel.letter.kind)
    return maker(parcel, to) if maker and to and parcel.letter.facts.get("token") else []


def acts(parcel: LetterParcel, to: str, what: str, labels: tuple[tuple[str, str], ...]) -> list[Button]:
    """A button for each (act, label), with the letter's own token. `what`: the subject's words before its code."""
    token = str(parcel.letter.facts["token"])
    about = parcel.letter.about
    return [button(label, f"{what} {tag(about, act, token)}", to, act=act) for act, label in labels]


def seat_buttons(parcel: LetterParcel, meeting_id: str) -> list[Button]:
    """Of a weekly mail, with its own token: whether its reader was at a meeting that one of its lines asks about."""
    to, letter = normal(parcel.answer_to), replace(parcel.letter, about=meeting_id)
    if not to or not letter.facts.get("token"):
        return []
    lent = tuple((act, label) for act, label in presence.about_me() if act in LENT_ACTS)
    return acts(replace(parcel, letter=letter), to, t("My seat"), lent)


def stop_of(parcel: LetterParcel) -> Button | None:
    """The button that asks for no more of these."""
    to, token = normal(parcel.answer_to), str(parcel.letter.facts.get("token", ""))
    if parcel.letter.kind not in STOPPED or not to or not token:
        return None
    subject = f"{t('No more of these')} {tag(parcel.letter.id, 'stop', token)}"
    return button(t("Send me no more of these"), subject, to, act="stop")


def _of_takeaway(*labels: tuple[str, str]) -> Callable[[LetterParcel, str], list[Button]]:
    def made(parcel: LetterParcel, to: str) -> list[Button]:
        if not parcel.parcels:
            return []
        named = tuple((act, t(label)) for act, label in labels)
        return acts(parcel, to, one_line(parcel.parcels[0].takeaway.headline), named)

    return made


def _answers(parcel: LetterParcel, to: str) -> list[Button]:
    told = parcel.parcels[0].answers if parcel.parcels else ()
    count = sum(bool(answer.text.strip() or answer.kind) for answer in told)
    label = t("Answer") if count == 1 else t("Answer all of them")
    headline = one_line(parcel.parcels[0].takeaway.headline) if parcel.parcels else ""
    return acts(parcel, to, headline, (("reply", label),)) if parcel.parcels else []


def _questions(parcel: LetterParcel, to: str) -> list[Button]:
    """A mail with the three questions in it."""
    letter = parcel.letter
    subject = f"{t('Three lines')} {tag(letter.about, 'after', str(letter.facts['token']))}"
    body = "\r\n\r\n\r\n".join(f"{text}:" for text in three(parcel.questions))
    lines = button(t("Write the three lines"), subject, to, f"{body}\r\n", "after")
    # Once somebody has said whether they were there, nothing more is to be said of it.
    mine = acts(parcel, to, t("My seat"), presence.about_me()) if letter.facts.get("unsaid") else []
    return [lines, *mine]


def _who_sat(parcel: LetterParcel, to: str) -> list[Button]:
    """Mails with a line for each listener in them."""
    letter = parcel.letter
    subject = f"{t('Who sat in?')} {tag(letter.about, 'sat', str(letter.facts['token']))}"
    made = presence.buttons(presence.names_of(letter.facts))
    return [replace(button(label, subject, to, body, "sat"), text=body) for label, body in made]


def _seat(parcel: LetterParcel, to: str) -> list[Button]:
    """Yes, no, or somebody else: by what the letter says."""
    facts, found = parcel.letter.facts, []
    customer = "" if facts.get("nda") else one_line(str(facts.get("customer", "")))
    for act, label in SEAT_BUTTONS.get(str(facts.get("says") or parcel.letter.kind), ()):
        named = f"{t(label)}: {customer}" if customer else t(label)
        found += acts(parcel, to, named, ((act, t(label)),))
    return found


_MAKERS: dict[LetterKind, Callable[[LetterParcel, str], list[Button]]] = {
    "host_copy": _of_takeaway(("hold", mark("Hold it"))),
    "host_notice": _of_takeaway(("hold", mark("Hold it")), ("yes", mark("It may go out now"))),
    "host_yes": _of_takeaway(("yes", mark("Yes, tell it")), ("hold", mark("No, hold it"))),
    "answers": _answers,
    "after": _questions,
    "who_sat": _who_sat,
    "seat_host": _seat,
    "seat_offer": _seat,
}
