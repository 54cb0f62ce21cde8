"""Why an entry was kept or dropped: one sentence for each reason and each decision."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from companion.words.language import mark, t, tn

REASONS: dict[str, str] = {
    "name_in_title": mark("The title names {name}."),
    "review_word": mark("“{word}” in the title is a word of a review."),
    "organised_by_host": mark("One of our hosts invited to it."),
    "organised_by_customer": mark("The customer invited to it."),
    "rare_series": mark("It comes round every few months, as reviews do."),
    "all_day": mark("It lasts the whole day, as meetings rarely do."),
    "internal_word": mark("“{word}” in the title is a word of meetings among ourselves."),
    "internal_only": mark("Everybody on the list is one of us."),
    "nobody_known": mark("No customer is on the list or in the title."),
    "hold_word": mark("“{word}” in the title keeps it out."),
    "said_yes": mark("Somebody said that it is a customer meeting."),
    "imported": mark("It came in with a table of reviews."),
}
COUNTED: dict[str, tuple[str, str, str]] = {  # (which fact is the number, one, many)
    "guest_domain": (
        "count",
        mark("{count} guest is from {domain}."),
        mark("{count} guests are from {domain}."),
    ),
    "short": (
        "minutes",
        mark("It takes only {count} minute."),
        mark("It takes only {count} minutes."),
    ),
    "length": (
        "minutes",
        mark("It takes {count} minute, as reviews do."),
        mark("It takes {count} minutes, as reviews do."),
    ),
}
DECISIONS: dict[str, str] = {
    "kept": mark("Kept: a customer meeting"),
    "private": mark("Dropped: private"),
    "not_customer": mark("Dropped: not a customer meeting"),
    "held_back": mark("Held back: a word in the title says to leave it alone"),
    "outside": mark("Left out: outside the days that are read"),
    "forgotten": mark("Left out: somebody asked to forget it"),
}


class Coded(Protocol):
    """A code and its facts."""

    @property
    def code(self) -> str: ...
    @property
    def facts(self) -> tuple[tuple[str, str], ...]: ...


def reason(code: str, facts: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> str:
    """One reason as a sentence; an unknown code (of a newer version) says so."""
    known = dict(facts)
    if code in COUNTED:
        number, one, many = COUNTED[code]
        others = {key: value for key, value in known.items() if key != number}
        return tn(one, many, int(known.get(number, "0")), **others)
    if code in REASONS:
        return t(REASONS[code], **known)
    return t("A reason this version does not know ({code}).", code=code)


def reasons(why: Iterable[Coded]) -> list[str]:
    """Every reason as a sentence, in the order they were found."""
    return [reason(item.code, item.facts) for item in why]


def decision(code: str) -> str:
    """What became of an entry, in a few words."""
    return t(DECISIONS[code]) if code in DECISIONS else code
