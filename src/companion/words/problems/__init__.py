"""A problem's code and facts, said as one sentence: what is wrong, where, and what to do."""

from companion.basics.errors import Problem
from companion.words.language import t
from companion.words.problems import calendars, programme, publishing, rules, servers, stores, tables, window

SENTENCES: dict[str, str] = {
    **stores.SENTENCES,
    **tables.SENTENCES,
    **calendars.SENTENCES,
    **servers.SENTENCES,
    **programme.SENTENCES,
    **rules.SENTENCES,
    **publishing.SENTENCES,
    **window.SENTENCES,
}


def sentence(problem: Problem) -> str:
    """The problem as one sentence in the reader's language."""
    return from_code(problem.code, problem.facts)


def from_code(code: str, facts: dict[str, object]) -> str:
    """As `sentence`, for a problem that was stored as code and facts."""
    alone = calendars.ALONE.get(f"{code}_alone") if "entry" not in facts else None
    template = alone or SENTENCES.get(code)
    if template is None:
        return t("Something went wrong ({code}).", code=code)
    try:
        return t(template).format(**facts)  # a fact that is missing is a fact that is missing, even where all are
    except KeyError:
        return t("Something went wrong ({code}).", code=code)
