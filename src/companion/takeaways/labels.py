"""The labels a takeaway's file carries below its rule: for whom, until when, which pillars, where each text is from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from companion.basics.clock import read_day
from companion.basics.errors import Problem
from companion.takeaways import audience as audiences
from companion.takeaways.model import Takeaway
from companion.takeaways.origins import ORIGINS
from companion.takeaways.pillars import parse_all
from companion.words.gate import FIELDS
from companion.words.language import mark, t

MAY_QUOTE = ("yes", "ask", "no")
_AUDIENCE, _EXPIRES, _PILLARS = mark("Audience"), mark("Shown until"), mark("Pillars")
_MAY_QUOTE, _ORIGINS = mark("May be quoted"), mark("Where it comes from")
RULE = "---"


@dataclass(frozen=True)
class Labels:
    """What a file says about its takeaway; empty where it says nothing."""

    audience: str = ""
    expires: date | None = None
    pillars: tuple[str, ...] = ()
    may_quote: str = ""
    origins: tuple[tuple[str, str], ...] = ()


def written(takeaway: Takeaway) -> str:
    """The labels as lines, `Audience: team:Finance` first."""
    origins = "; ".join(f"{t(FIELDS[name])}: {t(ORIGINS[origin])}" for name, origin in _known(takeaway))
    lines = {
        _AUDIENCE: takeaway.audience,
        _EXPIRES: takeaway.expires.isoformat() if takeaway.expires else "",
        _PILLARS: ", ".join(takeaway.pillars),
        _MAY_QUOTE: takeaway.may_quote,
        _ORIGINS: origins,
    }
    return "\n".join(f"{t(label)}: {value}" for label, value in lines.items() if value)


def read(text: str, name: str = "") -> Labels:
    """The labels of such a file; other lines below the rule are left alone.

    Problems: `audience_wrong`, `day_wrong`, `pillar_unknown`, `may_quote_wrong`, `origin_wrong`.
    """
    found: dict[str, tuple[int, str]] = {}
    for number, line in _below(text):
        said, colon, value = line.strip().removeprefix("- ").partition(":")
        for label in (_AUDIENCE, _EXPIRES, _PILLARS, _MAY_QUOTE, _ORIGINS):
            if colon and said.strip().casefold() in (label.casefold(), t(label).casefold()):
                found.setdefault(label, (number, value.strip()))
    values = {label: value for label, (_, value) in found.items()}
    audience, until = values.get(_AUDIENCE, ""), values.get(_EXPIRES, "")
    return Labels(
        audiences.parse(audience) if audience else "",
        read_day(until, t(_EXPIRES)) if until else None,
        parse_all([values.get(_PILLARS, "")]),
        may_quote(values.get(_MAY_QUOTE, "")),
        tuple(_origins(*found[_ORIGINS], name)) if _ORIGINS in found else (),
    )


def with_labels(takeaway: Takeaway, labels: Labels) -> Takeaway:
    """The takeaway with what a file said, its audience left alone: for whom it is, is said when it is published."""
    return replace(
        takeaway, expires=labels.expires or takeaway.expires, pillars=labels.pillars or takeaway.pillars,
        may_quote=labels.may_quote or takeaway.may_quote, origins=labels.origins or takeaway.origins,
    )  # fmt: skip


def may_quote(text: str) -> str:
    """yes, ask or no, in one of four languages; "" for nothing said; Problem `may_quote_wrong` otherwise."""
    said = text.strip().casefold()
    known = {
        "": "", "yes": "yes", "ask": "ask", "no": "no", "sì": "yes", "si": "yes", "chiedere": "ask", "tak": "yes",
        "pytać": "ask", "nie": "no", "có": "yes", "hỏi": "ask", "không": "no",
    }  # fmt: skip
    if said not in known:
        raise Problem("may_quote_wrong", value=text)
    return known[said]


def _origins(number: int, value: str, name: str) -> Iterator[tuple[str, str]]:
    fields = {t(label).casefold(): field for field, label in FIELDS.items()}
    fields |= {label.casefold(): field for field, label in FIELDS.items()}
    kinds = {t(label).casefold(): kind for kind, label in ORIGINS.items()} | {kind: kind for kind in ORIGINS}
    kinds |= {label.casefold(): kind for kind, label in ORIGINS.items()}
    for entry in value.split(";"):
        if not entry.strip():
            continue
        said, _, origin = entry.rpartition(":")
        field, kind = fields.get(said.strip().casefold(), ""), kinds.get(origin.strip().casefold(), "")
        if not field or not kind:
            known = ", ".join(t(label) for label in ORIGINS.values())
            raise Problem("origin_wrong", file=name, line=number, value=entry.strip(), known=known)
        yield field, kind


def _known(takeaway: Takeaway) -> list[tuple[str, str]]:
    return [(name, origin) for name, origin in takeaway.origins if name in FIELDS and origin in ORIGINS]


def _below(text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines below the rule."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = next((number for number, line in enumerate(lines) if line.rstrip() == RULE), len(lines))
    yield from enumerate(lines[start + 1 :], start + 2)
