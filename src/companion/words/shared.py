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
    was_read: bool = False  # whether colleagues could ever read it in the app
    stands: bool = False  # whether they still can

    @property
    def with_nobody(self) -> bool:
        """Whether it never left its author."""
        return self.only_author or not (self.was_read or self.people or self.places or self.chats)


def told_to_customer(shared: Shared, withdrawn_on: date | None = None) -> str:
    """The text, to be looked over before it is sent. `withdrawn_on`: as it reads after being withdrawn that day."""
    gone = withdrawn_on or shared.withdrawn_on
    if shared.with_nobody:
        return t("What {author} wrote after our meeting was shared with nobody.", author=shared.author)
    parts = [_opening(shared), _story(shared), _reach(shared, stands=shared.stands and gone is None)]
    if shared.correction:
        parts.append(t("We corrected it since: {correction}", correction=shared.correction))
    parts.append(_end(shared, gone) if gone else t("If any of it should not be told, say so and we take it back."))
    return "\n\n".join(part for part in parts if part)


def sent_nowhere(*, was_out: bool, stands: bool) -> str:
    """Where that stands which went to no place and nobody. `was_out`: whether readers of the app ever had it."""
    if not was_out:
        return t("It went nowhere yet.")
    if stands:
        return t("It stands on the Read page. It was sent nowhere else.")
    return t("It stood on the Read page. It was sent nowhere else.")


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


def _reach(shared: Shared, *, stands: bool) -> str:
    said = []
    if shared.was_read:
        can, could = t("Colleagues can read it in our own app."), t("Colleagues could read it in our own app.")
        said.append(can if stands else could)
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
    if shared.was_read:
        said.append(t("Our app shows it no more."))
    if shared.people or shared.chats:
        said.append(t("What went out by mail or chat cannot be called back; everyone who was sent it is told."))
    return " ".join(said)


def _day(day: date) -> str:
    return t("{date} {year}", date=day_month(day), year=day.year)
