"""Exact words and which of them are kept: they can be shortened, never changed."""

import re
from dataclasses import dataclass

from companion.takeaways.compose import ELLIPSIS

Span = tuple[int, int]
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Passages:
    """What somebody said, and the spans of it that are left out, in order and apart from one another."""

    text: str
    out: tuple[Span, ...] = ()

    @property
    def kept(self) -> tuple[Span, ...]:
        """The spans that stay, without the spaces around them."""
        edges = [0, *(edge for span in self.out for edge in span), len(self.text)]
        return tuple(
            (start, end) for first, last in zip(edges[::2], edges[1::2], strict=True)
            for start, end in [_bare(self.text, first, last)] if start < end
        )  # fmt: skip

    @property
    def shown(self) -> str:
        """What readers get: the kept words, an ellipsis wherever some were left out."""
        parts, at = [], 0
        for start, end in self.kept:
            if self.text[at:start].strip():
                parts.append(ELLIPSIS)
            parts.append(self.text[start:end])
            at = end
        if parts and self.text[at:].strip().strip("."):
            parts.append(ELLIPSIS)
        return " ".join(parts)

    def without(self, start: int, end: int) -> "Passages":
        """The same with the words in between left out; a word that is touched goes whole."""
        span = self._words(start, end)
        return Passages(self.text, _joined(self.text, (*self.out, span))) if span else self

    def only(self, start: int, end: int) -> "Passages":
        """The same with nothing but the words in between."""
        span = self._words(start, end)
        if span is None:
            return self
        around = [(0, span[0]), (span[1], len(self.text))]
        return Passages(self.text, _joined(self.text, around))

    def whole(self) -> "Passages":
        """All of it again."""
        return Passages(self.text)

    def _words(self, start: int, end: int) -> Span | None:
        touched = [match.span() for match in _WORD.finditer(self.text) if match.start() < end and match.end() > start]
        return (touched[0][0], touched[-1][1]) if touched else None


def passages(text: str, shown: str) -> Passages | None:
    """The words with what `shown` leaves out; None where it does not stand in them word for word."""
    made, at, out = Passages(text), 0, []
    for part in (part.strip() for part in re.split(r"…|\.\.\.", shown)):
        if not part:
            continue
        found = text.find(part, at)
        if found < 0:
            return None
        if text[at:found].strip():
            out.append(_bare(text, at, found))
        at = found + len(part)
    if text[at:].strip():
        out.append(_bare(text, at, len(text)))
    found_again = Passages(text, _joined(text, out))
    return found_again if at else made


def _joined(text: str, spans: "list[Span] | tuple[Span, ...]") -> tuple[Span, ...]:
    """The spans in order; those with nothing but space between them are one."""
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _bare(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))
