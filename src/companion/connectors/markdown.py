"""Markdown that people wrote, as HTML that can do nothing: text tags, safe links, no pictures, no styles."""

import re
import unicodedata
from functools import cache
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

TAGS = frozenset(
    "p br hr em strong s code pre blockquote ul ol li a table thead tbody tr th td h3 h4 h5 h6".split()  # noqa: SIM905
)
_SCHEMES = {"https", "http", "mailto"}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
# Characters that turn the direction of text round, and those XML knows no way to write.
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def to_html(text: str) -> Markup:
    """Markdown (CommonMark, tables, strikethrough; raw HTML is text) as a harmless piece of HTML."""
    raw = _parser().render(clean(text))
    return Markup(  # noqa: S704 - nh3 has just made it safe
        nh3.clean(
            raw,
            tags=set(TAGS),
            attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
            url_schemes=_SCHEMES,
            url_relative="deny",
            link_rel="noopener noreferrer nofollow",
        ).strip()
    )


def to_plain(text: str) -> str:
    """What a reader sees of the Markdown, without any mark-up, blanks and line ends as single spaces."""
    return words_of(_parser().render(clean(text)))


def to_read(text: str) -> str:
    """All that can be read of the Markdown, line by line: its words, then where its links lead and what they say."""
    below = [said for token in _parser().parse(clean(text)) for said in _of_links(token)]
    return "\n".join((_without_tags(to_html(text)), *below))


def words_of(html: str) -> str:
    """What a reader sees of a piece of HTML, in one line."""
    return one_line(_without_tags(html))


def _without_tags(html: str) -> str:
    return Markup(nh3.clean(html, tags=set(), attributes={})).unescape()  # noqa: S704 - it becomes text again


def _of_links(token: Token) -> list[str]:
    links = [child for child in token.children or () if child.type == "link_open"]
    return [unquote(str(said)) for link in links for said in (link.attrGet("href"), link.attrGet("title")) if said]


def clean(text: str) -> str:
    """The text in one Unicode form (NFC), without characters that hide or reorder what is written."""
    return _HIDDEN.sub("", unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The text, cleaned, as one line: for titles, names and headers."""
    return " ".join(clean(text).split())


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.core.ruler.push("below_the_page", _headings_below_the_page)
    return parser


def _headings_below_the_page(state: object) -> None:
    """A heading someone wrote stands below the page's own two levels."""
    for token in state.tokens:  # type: ignore[attr-defined]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"
