"""What is said of the rules that tell a customer meeting: how sure they must be, what changed, what a trial found."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from companion.words.language import mark, t, tn

LEVELS: dict[str, str] = {
    "strict": mark("Strict"),
    "normal": mark("Normal"),
    "generous": mark("Generous"),
    "own": mark("Your own"),
}
MEANINGS: dict[str, str] = {
    "strict": mark("A guest of theirs, and their name or a word of a review in the title as well."),
    "normal": mark("A guest of theirs is enough; so is their name in the title together with a word of a review."),
    "generous": mark("Their name in the title is enough."),
    "own": mark("A number of points that somebody chose on the command line."),
}
STANDS: dict[str, str] = {  # why a meeting is as it is whatever the rules say
    "seat": mark("It stays all the same: somebody said who sat in it."),
    "note": mark("It stays all the same: there is a note of it."),
    "no": mark("It stays out all the same: somebody said that it is no customer meeting."),
}


class Edited(Protocol):
    """What is added to a list and dropped from it."""

    @property
    def add(self) -> tuple[str, ...]: ...
    @property
    def drop(self) -> tuple[str, ...]: ...


class CustomerEdited(Protocol):
    """What changes of how calendars know one customer."""

    @property
    def name(self) -> str: ...
    @property
    def fresh(self) -> bool: ...
    @property
    def domains(self) -> Edited: ...
    @property
    def addresses(self) -> Edited: ...
    @property
    def aliases(self) -> Edited: ...


class Change(Protocol):
    """Everything that changes."""

    @property
    def words(self) -> Edited: ...
    @property
    def hold(self) -> Edited: ...
    @property
    def threshold(self) -> int | None: ...
    @property
    def customers(self) -> Sequence[CustomerEdited]: ...


class Found(Protocol):
    """The counts of a trial."""

    @property
    def now(self) -> int: ...
    @property
    def caught(self) -> Sequence[object]: ...
    @property
    def lost(self) -> Sequence[object]: ...
    @property
    def moved(self) -> Sequence[object]: ...


def points(code: str, threshold: int) -> str:
    """Normal (50 points)."""
    return tn("{level} ({count} point)", "{level} ({count} points)", threshold, level=t(LEVELS[code]))


def meaning(code: str) -> str:
    """What a level lets through."""
    return t(MEANINGS[code])


def weights(points: Mapping[str, int]) -> str:
    """What each sign counts; `points` by the names in the sentence."""
    signed = {name: f"−{-number}" if number < 0 else str(number) for name, number in points.items()}
    return t(
        "Points: a guest of theirs {guest} · their name in the title {name} · a word of a review {word} · one of our "
        "hosts or they themselves invited {host} · every few months {series} · 45 minutes to 5 hours {length} · "
        "under 20 minutes {short} · a word of meetings among ourselves {internal} · a whole day {all_day}.",
        **signed,
    )


def stands(code: str) -> str:
    """Why a meeting is as it is whatever the rules say."""
    return t(STANDS[code])


def found(trial: Found, *, whole: bool = True) -> str:
    """Would catch 4 more and lose 1 of the past twelve months' 31 meetings; said of what could be read, if not all."""
    said = _found(trial)
    return said if whole else t("Of the calendars that could be read: {result}", result=f"{said[:1].lower()}{said[1:]}")


def _found(trial: Found) -> str:
    caught, lost = len(trial.caught), len(trial.lost)
    if not trial.now:
        if not caught:
            return t("Nothing of the past twelve months is kept, neither today nor with these rules.")
        return tn("Would catch {count} meeting of the past twelve months; today's rules keep none.",
                  "Would catch {count} meetings of the past twelve months; today's rules keep none.",
                  caught)  # fmt: skip
    if caught and lost:
        return tn("Would catch {caught} more and lose {lost} of the past twelve months' {count} meeting.",
                  "Would catch {caught} more and lose {lost} of the past twelve months' {count} meetings.",
                  trial.now, caught=caught, lost=lost)  # fmt: skip
    if caught:
        return tn("Would catch {caught} more and lose none of the past twelve months' {count} meeting.",
                  "Would catch {caught} more and lose none of the past twelve months' {count} meetings.",
                  trial.now, caught=caught)  # fmt: skip
    if lost:
        return tn("Would lose {lost} of the past twelve months' {count} meeting, and catch none.",
                  "Would lose {lost} of the past twelve months' {count} meetings, and catch none.",
                  trial.now, lost=lost)  # fmt: skip
    if trial.moved:
        return tn("{count} meeting of the past twelve months would go to another customer.",
                  "{count} meetings of the past twelve months would go to another customer.",
                  len(trial.moved))  # fmt: skip
    return tn("Would catch none and lose none: the past twelve months have the same {count} meeting.",
              "Would catch none and lose none: the past twelve months have the same {count} meetings.",
              trial.now)  # fmt: skip


def changes(change: Change) -> list[str]:
    """What changes, a line for each thing."""
    lines = [
        _listed(t("Words of a review added: {words}"), change.words.add),
        _listed(t("Words of a review taken out: {words}"), change.words.drop),
        _listed(t("Words that hold back added: {words}"), change.hold.add),
        _listed(t("Words that hold back taken out: {words}"), change.hold.drop),
    ]
    if change.threshold is not None:
        lines.append(tn("{count} point is needed", "{count} points are needed", change.threshold))
    for customer in change.customers:
        lines.append(_customer(customer))
    return [line for line in lines if line]


def _listed(template: str, items: Sequence[str]) -> str:
    return template.replace("{words}", ", ".join(f"“{item}”" for item in items)) if items else ""


def _customer(customer: CustomerEdited) -> str:
    parts = [
        _plainly(t("with {items}"), (*customer.domains.add, *customer.addresses.add)),
        _plainly(t("without {items}"), (*customer.domains.drop, *customer.addresses.drop)),
        _plainly(t("also called {items}"), customer.aliases.add),
        _plainly(t("no longer called {items}"), customer.aliases.drop),
    ]
    said = "; ".join(part for part in parts if part)
    if customer.fresh:
        name = t("New customer {name}", name=customer.name)
        return f"{name}: {said}" if said else name
    return f"{customer.name}: {said}"


def _plainly(template: str, items: Sequence[str]) -> str:
    return template.replace("{items}", ", ".join(items)) if items else ""
