"""A problem's code and facts, said as one sentence: what is wrong, where, and what to do."""

from companion.basics.errors import Problem
from companion.words.language import t
from companion.words.problems import (
    answers,
    assisting,
    brief,
    calendars,
    card,
    channels,
    counting,
    desk,
    gate,
    memory,
    microsoft,
    notes,
    plan,
    presence,
    programme,
    publishing,
    registered,
    reports,
    rules,
    seats,
    servers,
    stores,
    tables,
    weekly,
    window,
)

SENTENCES: dict[str, str] = {
    **stores.SENTENCES,
    **tables.SENTENCES,
    **calendars.SENTENCES,
    **servers.SENTENCES,
    **programme.SENTENCES,
    **memory.SENTENCES,
    **microsoft.SENTENCES,
    **registered.SENTENCES,
    **reports.SENTENCES,
    **rules.SENTENCES,
    **seats.SENTENCES,
    **publishing.SENTENCES,
    **gate.SENTENCES,
    **channels.SENTENCES,
    **counting.SENTENCES,
    **desk.SENTENCES,
    **presence.SENTENCES,
    **answers.SENTENCES,
    **assisting.SENTENCES,
    **card.SENTENCES,
    **plan.SENTENCES,
    **notes.SENTENCES,
    **brief.SENTENCES,
    **weekly.SENTENCES,
    **window.SENTENCES,
}


_ELSEWHERE = {
    **calendars.ALONE,
    **calendars.LOOKED,
    **programme.ONE,
    **microsoft.HERE,
    **microsoft.UNNAMED,
    **microsoft.OF_PERSON,
    **registered.HERE,
    **channels.TESTED,
    **notes.HERE,
    **plan.HERE,
    **window.HERE,
}


def sentence(problem: Problem, where: str = "") -> str:
    """The problem as one sentence in the reader's language.

    `where` it is read, if what to do differs there: "window", which has buttons, "look", which stores nothing,
    or "test", which is not tried again.
    """
    return from_code(problem.code, problem.facts, where)


def from_code(code: str, facts: dict[str, object], where: str = "") -> str:
    """As `sentence`, for a problem that was stored as code and facts."""
    template = next((_ELSEWHERE[key] for key in _keys(code, facts, where) if key in _ELSEWHERE), SENTENCES.get(code))
    if template is None:
        return t("Something went wrong ({code}).", code=code)
    try:
        return t(template).format(**facts)  # a fact that is missing is a fact that is missing, even where all are
    except KeyError:
        return t("Something went wrong ({code}).", code=code)


def times(code: str, facts: dict[str, object], count: int, where: str = "") -> str:
    """As `from_code`, for what happened alike to that many entries of one calendar."""
    if count == 1:
        return from_code(code, facts, where)
    many = calendars.MANY.get(f"{code}_many")
    if many is not None and "entry" not in facts:
        return t(many, **{**facts, "count": count})
    return t("{sentence} ({count} times)", sentence=from_code(code, facts, where), count=count)


def _keys(code: str, facts: dict[str, object], where: str) -> list[str]:
    """Under what the sentence may stand, the most fitting first."""
    alone = [f"{code}_alone"] if "entry" not in facts else []
    alone += [f"{code}_unnamed"] if facts.get("account") == "" else []
    alone += [f"{code}_person"] if facts.get("person") else []
    keys = [f"{key}_{where}" for key in (*alone, code)] if where else []
    keys += alone
    if any(facts.get(number) == 1 for number in programme.NUMBERS):
        keys = [f"{key}_one" for key in (*keys, code)] + keys
    return keys
