"""Feelings that a listener marked with “!”: their words beside a person."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from companion.takeaways.gate_text import Folded, Word, near, places_of, word

RUN = 5  # as many words of a line, one after the other, are the line
NEAR = 200  # characters between the words and the person they are laid at
_PEOPLE = re.compile(
    r"\b(?:owners?|founders?|managers?|directors?|chief\w{0,3}|ceo|cfo|coo|head of|heads of|supervisors?|"
    r"foreman|foremen|"
    r"leader|accountant|buyer|engineer|planner|driver|boss|chair(?:man|woman)?|president|secretary|technician|"
    r"titolare|direttor[ei]|direttrice|responsabile|capo|capoturno|proprietari[oa]|amministratore|contabile|ingegnere|"
    r"właściciel\w{0,4}|kierowni\w{1,6}|dyrektor\w{0,4}|prezes\w{0,4}|szef\w{0,4}|księgow\w{1,4}|brygadzist\w{1,3}|"
    r"chủ|giám đốc|quản lý|trưởng|kế toán|kỹ sư)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Feeling:
    """Words of such a line in a text: where, and whether a person stands beside them."""

    span: tuple[int, int]
    of_person: bool


def feelings(
    text: str, folded: Folded, lines: Iterable[str], people: Iterable[tuple[int, int]], *, under_role: bool
) -> list[Feeling]:
    """Where a line's words stand. `people`: places of names; `under_role`: the whole text is somebody's."""
    spans: list[tuple[int, int]] = []
    for wanted in _runs(lines):
        spans += places_of(folded, wanted)
    persons = _joined([*people, *(match.span() for match in _PEOPLE.finditer(text))]) if spans else []
    return [Feeling(span, under_role or any(True for _ in near(span, persons, NEAR))) for span in _joined(spans)]


def _runs(lines: Iterable[str]) -> list[Word]:
    """Five words and five words of each line; the whole line where it is shorter."""
    made: dict[str, Word] = {}
    for line in lines:
        words = re.findall(r"[^\W_]+(?:['’\-][^\W_]+)*", line)
        for at in range(max(1, len(words) - RUN + 1)):
            run = " ".join(words[at : at + RUN])
            if len(run) > 2:
                made.setdefault(run.casefold(), word(run, tails=False))
    return list(made.values())


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping places as one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(set(spans)):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
