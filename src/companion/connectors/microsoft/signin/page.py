"""The one page the browser shows at the end: no scripts, nothing from elsewhere."""

from html import escape

from companion.words.language import t

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Connection": "close",
}
_LOOK = """
:root { color-scheme: light dark;
  --paper: #f6f6f3; --card: #ffffff; --text: #1d2329; --soft: #5d666f; --accent: #0b6e5f }
@media (prefers-color-scheme: dark) {
  :root { --paper: #17191b; --card: #1f2224; --text: #eceeef; --soft: #a8b0b6; --accent: #5cc4b1 } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper);
  color: var(--text); font: 17px/1.5 system-ui, sans-serif }
main { max-width: 26em; margin: 24px; padding: 32px; background: var(--card); border-radius: 8px;
  border-top: 4px solid var(--accent) }
h1 { margin: 0 0 8px; font-size: 1.3em } p { margin: 0; color: var(--soft) }
"""


def done_page() -> bytes:
    """The browser's part is over."""
    return _page(t("You can close this tab."), t("Companion has your answer and goes on by itself."))


def refused_page() -> bytes:
    """The person, or Microsoft, said no."""
    return _page(t("You are not signed in."), t("You can close this tab. Companion tells you what to do next."))


def wrong_page() -> bytes:
    """What came here does not belong to the sign-in that is waited for."""
    return _page(
        t("This is not the sign-in Companion waits for."),
        t("Close this tab, and sign in in the one that Companion opened last."),
    )


def _page(title: str, text: str) -> bytes:
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<title>Companion</title><style>{_LOOK}</style></head>"
        f"<body><main><h1>{escape(title)}</h1><p>{escape(text)}</p></main></body></html>"
    ).encode()
