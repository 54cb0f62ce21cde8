"""Blame laid at a colleague by name."""

import re
from collections.abc import Iterable

from companion.takeaways.gate_people import in_text
from companion.takeaways.gate_text import fold

_BLAME = re.compile(
    r"\b(?:fault|to blame|blames?|forgot|forgets|failed|messed|screwed|careless(?:ly)?|lazy|sloppy|incompetent|useless|"
    r"negligent|botched|ignored|mishandled|bungled|should have known|rude|"
    r"colpa|colpevole|dimenticat[oa]|sbagliat[oa]|trascurat[oa]|incompetente|pigr[oa]|maleducat[oa]|fallit[oa]|"
    r"wina|winy|winn[ya]|zapomnia[łl]a?|zawali[łl]a?|zaniedba[łl]a?|zlekceważy[łl]a?|niedbał[ya]|leniw[ya]|"
    r"lỗi (?:của|tại|là do)|tại vì|quên|bất cẩn|lười|cẩu thả|tắc trách|thiếu trách nhiệm"
    r")(?!\w)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?…](?=\s|$)|\n")


def blames(text: str, colleagues: Iterable[str]) -> bool:
    """Whether one sentence names a colleague and blames."""
    names = list(colleagues)
    if not names or not _BLAME.search(text):
        return False
    return any(
        _BLAME.search(sentence) and in_text(fold(sentence), names) for sentence in _ENDS.split(text) if sentence.strip()
    )
