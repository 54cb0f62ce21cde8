"""A mail's HTML as lines of text; what it quotes stands behind `>`."""

from html.parser import HTMLParser

_MOST = 400_000  # characters of HTML that are looked at
_BLOCKS = frozenset(
    ("address", "article", "blockquote", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol",
     "p", "pre", "section", "table", "tr", "ul")
)  # fmt: skip
_SKIPPED = frozenset({"head", "script", "style", "title"})
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


def text_of(html: str) -> str:
    """The text of a mail's HTML, line by line."""
    reader = _Reader()
    reader.feed(html[:_MOST])
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._depth = 0  # of quotes
        self._skipping: list[str] = []

    def text(self) -> str:
        self._end()
        return "\n".join(self._lines)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        style = (dict(attrs).get("style") or "").replace(" ", "").lower()
        if self._skipping or tag in _SKIPPED or "display:none" in style:
            if tag not in _VOID:
                self._skipping.append(tag)
            return
        if tag in _BLOCKS:
            self._end()
        if tag == "br":
            self._end(even_empty=True)
        if tag == "p" and self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._mark())
        if tag == "li":
            self._line = "- "
        if tag == "blockquote":
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            if tag in self._skipping:  # what was left open inside ends with it
                del self._skipping[len(self._skipping) - 1 - self._skipping[::-1].index(tag) :]
            return
        if tag in _BLOCKS:
            self._end()
        if tag == "blockquote":
            self._depth = max(0, self._depth - 1)

    def handle_data(self, data: str) -> None:
        if self._skipping:
            return
        words = " ".join(data.split())
        if not words:
            self._line += " " if self._line and not self._line.endswith(" ") else ""
            return
        before = " " if data[0].isspace() and self._line and not self._line.endswith(" ") else ""
        self._line += before + words + (" " if data[-1].isspace() else "")

    def _mark(self) -> str:
        return "> " * min(self._depth, 5)

    def _end(self, *, even_empty: bool = False) -> None:
        if self._line.strip() or even_empty:
            self._lines.append((self._mark() + self._line.strip()).rstrip())
        self._line = ""
