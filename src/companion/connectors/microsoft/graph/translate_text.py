"""Texts of JSON as values of iCalendar, so that none of them breaks out of its line."""

import re
from typing import Any

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": "", "\0": ""})
_CARET = str.maketrans({"^": "^^", '"': "^'", "\n": "^n", "\r": "", "\0": "", "\\": "\\\\"})  # RFC 6868
_QUOTED = re.compile(r"[,;:]")


def text_of(thing: Any, key: str) -> str:
    """The text under a key, without space around it; "" where there is none or it is no text."""
    value = thing.get(key) if isinstance(thing, dict) else None
    return value.strip() if isinstance(value, str) else ""


def property_line(name: str, text: str) -> str:
    """A property whose value is a text (RFC 5545, 3.3.11)."""
    return f"{name}:{text.replace(chr(13) + chr(10), chr(10)).translate(_ESCAPED)}"


def parameter(name: str, text: str) -> str:
    """A parameter with its semicolon; "" for an empty text."""
    written = text.strip().translate(_CARET)
    if not written:
        return ""
    return f';{name}="{written}"' if _QUOTED.search(written) else f";{name}={written}"
