"""A page of ours as it stands in a mail: its own body with styles on each tag, for mail programmes know no others."""

import re

from markupsafe import Markup

from companion.takeaways.model import Shown

_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
_HIDDEN = re.compile(r'<div class="back"[^>]*>.*?</div>', re.DOTALL)
_TAG = re.compile(
    r'<(h1|h2|p|ul|ol|li|a|div|section|span|sup|footer|header|main)\b([^<>]*?)(?: class="([\w ]*)")?([^<>]*)>'
)
_PLAIN = {"header": "div", "main": "div", "section": "div", "footer": "div"}  # what every mail programme knows
_SOFT = "color:#59636c"
_STYLES = {
    "h1": "margin:0 0 12px;font-size:20px;line-height:26px;font-weight:600",
    "h2": "margin:20px 0 4px;font-size:16px;line-height:24px;font-weight:600",
    "p": "margin:0 0 4px",
    "ul": "margin:0;padding:0;list-style:none",
    "ol": f"margin:0;padding:0 0 0 24px;font-size:14px;line-height:20px;{_SOFT}",
    "li": "margin:0;padding:2px 0",
    "a": "color:#0b6e5f",
    "sup": f"font-size:12px;line-height:0;{_SOFT}",
    "footer": f"margin:16px 0 0;font-size:14px;line-height:20px;{_SOFT}",
    ".role": "margin:16px 0;padding:0 0 0 12px;border-left:4px solid #0b6e5f",
    ".avoid": "margin:16px 0;padding:0 12px 8px;border:1px solid #59636c",
    ".label": "font-weight:600",
    ".warning": "font-weight:600",
    ".soft": _SOFT,
    ".write": "margin:0;min-height:32px;border-bottom:1px solid #59636c",
}


def inlined(page: Shown | None) -> Markup:
    """The body of a page, without what is for paper alone."""
    found = _BODY.search(page.html) if page else None
    inner = _HIDDEN.sub("", found[1]) if found else ""
    inner = _TAG.sub(_styled, inner)
    for name, plain in _PLAIN.items():
        inner = inner.replace(f"</{name}>", f"</{plain}>")
    return Markup(inner.strip())  # noqa: S704 - our own template made it, and escaped what people wrote


def _styled(tag: re.Match[str]) -> str:
    name, before, classes, after = tag[1], tag[2], tag[3] or "", tag[4]
    styles = [_STYLES.get(name, ""), *(_STYLES.get(f".{one}", "") for one in classes.split())]
    style = ";".join(one for one in styles if one)
    rest = f"{before}{after}".rstrip()
    return f'<{_PLAIN.get(name, name)}{rest} style="{style}">' if style else f"<{_PLAIN.get(name, name)}{rest}>"
