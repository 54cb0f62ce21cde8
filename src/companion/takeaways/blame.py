"""Blame laid at a colleague by name, and names of people nobody here knows."""

import re
from collections.abc import Iterable

from companion.takeaways.gate_people import in_text
from companion.takeaways.gate_text import fold, starts_sentence, words_of

_BLAME = re.compile(
    r"\b(?:fault|to blame|blames?|forgot|forgets|failed|messed|screwed|careless(?:ly)?|lazy|sloppy|incompetent|useless|"
    r"negligent|botched|ignored|mishandled|bungled|should have known|rude|"
    r"colpa|colpevole|dimenticat[oa]|sbagliat[oa]|trascurat[oa]|incompetente|pigr[oa]|maleducat[oa]|fallit[oa]|"
    r"wina|winy|winn[ya]|zapomnia[łl]a?|zawali[łl]a?|zaniedba[łl]a?|zlekceważy[łl]a?|niedbał[ya]|leniw[ya]|"
    r"lỗi (?:của|tại|là do)|tại vì|quên|bất cẩn|lười|cẩu thả|tắc trách|thiếu trách nhiệm"
    r")(?!\w)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_NO_NAMES = words_of(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december north south east west new great united saint san"
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


def full_name(text: str, known: Iterable[str]) -> str:
    """The first two to four words with capitals inside a sentence that look like a person's name, else "".

    `known`: names of firms and of ours. Where most words have capitals, capitals say nothing.
    """
    all_words = list(_WORD.finditer(text))
    if 2 * sum(map(_is_capitalised, all_words)) > len(all_words) > 3:
        return ""
    ours = _NO_NAMES | {match.group().casefold() for name in known for match in _WORD.finditer(name)}
    run: list[re.Match[str]] = []
    for match in all_words:
        if run and text[run[-1].end() : match.start()] != " ":
            if len(run) > 1:
                break
            run = []
        named = _is_capitalised(match) and match.group().casefold() not in ours
        if named and (run or not starts_sentence(text, match.start())):
            run.append(match)
        elif len(run) > 1:
            break
        else:
            run = []
    return text[run[0].start() : run[-1].end()] if 2 <= len(run) <= 4 else ""


def _is_capitalised(match: re.Match[str]) -> bool:
    word = match.group()
    return len(word) > 1 and word[0].isupper() and not word.isupper()
