"""A text for the customer that says honestly what of theirs was shared, and with how many."""

from dataclasses import dataclass
from datetime import date

from companion.words.dates import day_month
from companion.words.language import t, tn


@dataclass(frozen=True)
class Shared:
    """What was shared; counts are of those who have it or may have it."""

    heard_on: date | None
    published_on: date | None
    withdrawn_on: date | None
    author: str
    headline: str
    texts: tuple[str, ...]
    quote: str
    quote_role: str
    correction: str
    people: int  # sent it by mail
    outside: int  # of them not of our firm
    places: int  # internal pages and folders
    chats: int
    only_author: bool = False


def told_to_customer(shared: Shared, withdrawn_on: date | None = None) -> str:
    """The text, to be looked over before it is sent. `withdrawn_on`: as it reads after being withdrawn that day."""
    gone = withdrawn_on or shared.withdrawn_on
    if shared.only_author or not (shared.people or shared.places or shared.chats):
        return t("What {author} wrote after our meeting was shared with nobody.", author=shared.author)
    parts = [_opening(shared), _story(shared), _reach(shared)]
    if shared.correction:
        parts.append(t("We corrected it since: {correction}", correction=shared.correction))
    parts.append(_end(shared, gone) if gone else t("If any of it should not be told, say so and we take it back."))
    return "\n\n".join(part for part in parts if part)


def _opening(shared: Shared) -> str:
    if shared.heard_on and shared.published_on:
        return t(
            "On {heard}, {author} met you. On {told} we told colleagues about it:",
            heard=_day(shared.heard_on), told=_day(shared.published_on), author=shared.author,
        )  # fmt: skip
    return t("After meeting you, {author} told colleagues about it:", author=shared.author)


def _story(shared: Shared) -> str:
    role = f" ({shared.quote_role})" if shared.quote_role else ""
    quote = t("Your words, as we gave them: “{quote}”{role}", quote=shared.quote, role=role) if shared.quote else ""
    return "\n".join(part for part in (shared.headline, *shared.texts, quote) if part)


def _reach(shared: Shared) -> str:
    said = []
    if shared.people:
        said.append(tn("It went to {count} person by mail.", "It went to {count} people by mail.", shared.people))
    if shared.outside:
        said.append(tn("{count} of them is not of our firm.", "{count} of them are not of our firm.", shared.outside))
    if shared.places:
        said.append(tn("It was put on {count} page.", "It was put on {count} pages.", shared.places))
    if shared.chats:
        said.append(tn("It was posted in {count} chat.", "It was posted in {count} chats.", shared.chats))
    return " ".join(said)


def _end(shared: Shared, gone: date) -> str:
    said = [t("We withdrew it on {day}.", day=_day(gone))]
    if shared.places:
        said.append(t("Our pages show it no more."))
    if shared.people or shared.chats:
        said.append(t("What went out by mail or chat cannot be called back; everyone who was sent it is told."))
    return " ".join(said)


def _day(day: date) -> str:
    return t("{date} {year}", date=day_month(day), year=day.year)
