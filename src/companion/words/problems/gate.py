"""Publishing: what the gate holds back, holding, letting go; and what belongs to composing since then."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "gate_blocks": mark(
        "This cannot go out as it stands: {fields}. Put it another way, or let the host look at it first (--review)."
    ),
    "pillar_unknown": mark("{value} is not a pillar. Use one of {known}, each with + or - behind it."),
    "may_quote_wrong": mark("{value} does not say whether they may be quoted. Use yes, ask or no."),
    "origin_wrong": mark("Line {line} of {file} says {value}, which is no origin. Use one of: {known}."),
}
