"""Answers in words: what kind they are, who they are from, and what came of a look into the mailbox."""

from typing import Protocol

from companion.words.language import mark, t, tn


class Said(Protocol):
    """An answer, as far as it tells who gave it."""

    @property
    def name(self) -> str: ...
    @property
    def team(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def person_id(self) -> str: ...
    @property
    def came(self) -> str: ...


class Paced(Protocol):
    """How soon it was answered: days (None: never), over how many; who waits, and the longest of them in days."""

    @property
    def days(self) -> float | None: ...
    @property
    def answered(self) -> int: ...
    @property
    def waiting(self) -> int: ...
    @property
    def longest(self) -> int: ...


_KINDS = {
    "changes": mark("This changes my work"),
    "question": mark("A question"),
    "already": mark("We already do this"),
    "differently": mark("I see it differently"),
    "more": mark("I know more about this customer"),
    "yes": mark("A yes, from an address that was not asked"),
    "hold": mark("A hold, from an address that was not asked"),
    "reply": mark("An author's answer, from another address"),
    "stop": mark("No more weekly mails"),
}


def kind_words(kind: str) -> str:
    """What an answer's kind says; "An answer" where it says nothing."""
    return t(_KINDS[kind]) if kind in _KINDS else t("An answer")


def from_whom(answer: Said) -> str:
    """Who it is from, as its author and those who look at it see it; outside is never shown as one of us."""
    if answer.person_id or answer.came == "app":
        return ", ".join(part for part in (answer.name, answer.team) if part) or t("a reader")
    who = answer.name or answer.address
    return t("{name} (outside)", name=who) if who else t("somebody outside")


def pace_sentence(pace: Paced) -> str:
    """How soon it was answered, with n; those who wait are counted apart."""
    said = []
    if pace.days is not None and pace.days < 1:
        said.append(tn(
            "Answered within a day (median of {count} answer).",
            "Answered within a day (median of {count} answers).", pace.answered,
        ))  # fmt: skip
    elif pace.days is not None:
        said.append(tn(
            "Answered after {days} (median of {count} answer).", "Answered after {days} (median of {count} answers).",
            pace.answered, days=_days(pace.days),
        ))  # fmt: skip
    return " ".join([*said, waits_sentence(pace.waiting, pace.longest)]).strip()


def waits_sentence(waiting: int, longest: int) -> str:
    """How many readers wait for their author, and the longest of them in full days; "" where nobody does."""
    if not waiting:
        return ""
    if not longest:
        return tn("{count} waits since today.", "{count} wait since today.", waiting)
    return tn("{count} waits, for {days}.", "{count} wait, longest {days}.", waiting, days=_days(longest))


def _days(days: float) -> str:
    return tn("{days} day", "{days} days", 1 if days == 1 else 2, days=f"{days:g}")


def taken_sentence(
    taken: int, review: int, acted: int, known: int, automatic: int, strange: int, left: int, *, window: bool = False
) -> str:
    """What came of mails, in one line; what did not occur is not mentioned. `window`: said there."""
    said = [tn("{count} answer taken in.", "{count} answers taken in.", taken)]
    if review and window:
        said.append(tn("{count} is to be looked at first.", "{count} are to be looked at first.", review))
    elif review:
        said.append(tn("{count} to look at (companion answers list --review).",
                       "{count} to look at (companion answers list --review).", review))  # fmt: skip
    if acted:
        said.append(tn("{count} request from a letter done.", "{count} requests from letters done.", acted))
    if known:
        said.append(tn("{count} was known.", "{count} were known.", known))
    if automatic:
        said.append(tn("{count} automatic reply dropped.", "{count} automatic replies dropped.", automatic))
    if strange:
        said.append(tn("{count} with a code of nothing we told.", "{count} with codes of nothing we told.", strange))
    if left:
        said.append(tn("{count} without a code left alone.", "{count} without a code left alone.", left))
    return " ".join(said)
