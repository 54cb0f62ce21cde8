"""The opening card in words: what stands on it, as lines, as text and as a page to print."""

from html import escape
from typing import Protocol

from companion.words.language import t

_PAGE = """<!doctype html>
<html><head><meta charset="utf-8"><title>{headline}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body {{ font: 1.6rem/1.4 system-ui, sans-serif; margin: 6vh 8vw; color: #1d2329; background: #fff; }}
h1 {{ font-size: 2.6rem; line-height: 1.2; }}
p, h1, blockquote {{ overflow-wrap: anywhere; }}
blockquote {{ margin: 1.5rem 0; padding: .5rem 1.5rem; border-left: 6px solid #0b6e5f; font-size: 2rem; }}
.soft {{ color: #5d666f; font-size: 1.2rem; }}
@media (prefers-color-scheme: dark) {{ body {{ color: #eceeef; background: #17191b; }} .soft {{ color: #a8b0b6; }} }}
@media print {{ @page {{ size: landscape; }} body {{ color: #000; background: #fff; margin: 0; }} }}
</style></head><body>
{body}
</body></html>
"""


class Story(Protocol):
    """A takeaway, as far as a card shows it."""

    @property
    def headline(self) -> str: ...
    @property
    def quote(self) -> str: ...
    @property
    def quote_role(self) -> str: ...
    @property
    def scene(self) -> str: ...
    @property
    def question(self) -> str: ...
    @property
    def customer_name(self) -> str: ...


def who(story: Story, about: str) -> str:
    """Who they are, in one line."""
    return " · ".join(part for part in (story.customer_name, about) if part)


def said(story: Story) -> str:
    """Their words in quotation marks, or the scene where nobody is quoted."""
    return t("“{quote}”", quote=story.quote) if story.quote else story.scene


def asks(story: Story) -> str:
    """The one question to the team."""
    return story.question or t("What would have made this easier for them?")


def lines(story: Story, about: str) -> list[str]:
    """The card as lines of text, empty ones left out."""
    role = t("— {role}", role=story.quote_role) if story.quote and story.quote_role else ""
    return [part for part in (story.headline, said(story), role, who(story, about), asks(story)) if part]


def page(story: Story, about: str) -> str:
    """One page that stands alone, with no script; what others wrote is escaped."""
    role = f'<p class="soft">{escape(t("— {role}", role=story.quote_role))}</p>' if story.quote_role else ""
    body = [
        f"<h1>{escape(story.headline)}</h1>",
        f"<blockquote>{escape(said(story))}{role if story.quote else ''}</blockquote>",
        f'<p class="soft">{escape(who(story, about))}</p>',
        f"<p><strong>{escape(asks(story))}</strong></p>",
    ]
    return _PAGE.format(headline=escape(story.headline), body="\n".join(body))
