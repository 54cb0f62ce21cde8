"""Why an entry was kept or dropped: a sentence for each reason, and all of them in one."""

from collections.abc import Iterable, Mapping, Sequence
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
CLAUSES: dict[str, str] = {  # the same reasons, within one sentence
    "name_in_title": mark("“{name}” is in the title"),
    "review_word": mark("“{word}” in the title is a word of a review"),
    "organised_by_host": mark("one of our hosts invited"),
    "organised_by_customer": mark("the customer invited"),
    "rare_series": mark("it comes round every few months"),
    "all_day": mark("it lasts the whole day"),
    "internal_word": mark("“{word}” in the title is a word of meetings among ourselves"),
}
COUNTED_CLAUSES: dict[str, tuple[str, str, str]] = {
    "guest_domain": ("count", mark("{count} guest is from {domain}"), mark("{count} guests are from {domain}")),
    "short": ("minutes", mark("it takes only {count} minute"), mark("it takes only {count} minutes")),
    "length": ("minutes", mark("it takes {count} minute"), mark("it takes {count} minutes")),
}
LACKING: dict[str, str] = {  # what would have weighed most
    "guest_domain": mark("nobody of theirs is a guest"),
    "name_in_title": mark("their name is not in the title"),
    "review_word": mark("no word of a review is in the title"),
}
DROPPED: dict[str, str] = {  # decided by one reason, whatever the points
    "internal_only": mark("Not kept: everybody on the list is one of us."),
    "nobody_known": mark("Not kept: no customer is on the list or in the title."),
    "hold_word": mark("Held back: “{word}” is in the title."),
}
UNWEIGHED: dict[str, str] = {
    "private": mark("Private: it is dropped unread."),
    "outside": mark("Left out: it is outside the days that are read."),
    "forgotten": mark("Left out: somebody asked to forget it."),
}


class Coded(Protocol):
    """A code and its facts."""

    @property
    def code(self) -> str: ...
    @property
    def facts(self) -> tuple[tuple[str, str], ...]: ...


class Weighed(Coded, Protocol):
    """A reason and its points."""

    @property
    def points(self) -> int: ...


class Judged(Protocol):
    """What became of an entry, and why."""

    @property
    def decision(self) -> str: ...
    @property
    def score(self) -> int: ...
    @property
    def why(self) -> Sequence[Weighed]: ...


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


def explain(judged: Judged, customer: str, threshold: int) -> str:
    """What became of an entry and why, in one sentence; `customer` is the name, `threshold` the points needed."""
    if judged.decision in UNWEIGHED:
        return t(UNWEIGHED[judged.decision])
    codes = {item.code for item in judged.why}
    for item in judged.why:
        if item.code in DROPPED:
            return t(DROPPED[item.code], **dict(item.facts))
    whose = customer or t("a customer")
    if "said_yes" in codes:
        return t("Kept as a meeting with {customer}: somebody said that it is one.", customer=whose)
    if "imported" in codes:
        return t("Kept as a meeting with {customer}: it came in with a table of reviews.", customer=whose)
    parts = ", ".join(_clause(item) for item in judged.why)
    if judged.decision != "kept":
        lacking = ", ".join(t(text) for code, text in LACKING.items() if code not in codes)
        said = f"{parts}; {lacking}" if parts and lacking else parts or lacking
        return t("Not kept, {score} of {threshold} points: {said}.", score=judged.score, threshold=threshold, said=said)
    if not parts:  # a meeting of which no more than the day was kept
        return t("Kept as a meeting with {customer}.", customer=whose)
    if judged.score < threshold:  # the rules were changed, and the calendar has not been read since
        return t("Kept as a meeting with {customer}: {said}; {score} points, enough under the rules it was read with.",
                 customer=whose, said=parts, score=judged.score)  # fmt: skip
    return t("Kept as a meeting with {customer}: {said}; {score} points, and {threshold} are enough.",
             customer=whose, said=parts, score=judged.score, threshold=threshold)  # fmt: skip


def briefly(judged: Judged, threshold: int) -> str:
    """As `explain`, without the reasons where points decided: they stand beside it."""
    if judged.decision in UNWEIGHED or any(item.code in DROPPED for item in judged.why):
        return explain(judged, "", threshold)
    if judged.decision == "kept":
        return t("Kept: {score} points, and {threshold} are enough.", score=judged.score, threshold=threshold)
    return t("Not kept: {score} of {threshold} points.", score=judged.score, threshold=threshold)


def _clause(item: Weighed) -> str:
    facts = dict(item.facts)
    if item.code in COUNTED_CLAUSES:
        number, one, many = COUNTED_CLAUSES[item.code]
        text = tn(one, many, int(facts.pop(number, "0")), **facts)
    elif item.code in CLAUSES:
        text = t(CLAUSES[item.code], **facts)
    else:
        text = t("a reason this version does not know ({code})", code=item.code)
    points = f"−{-item.points}" if item.points < 0 else str(item.points)
    return f"{text} ({points})"
