"""Where a meeting is, as its entry says it: one line, without links and without what opens a door; pure."""

import re

LONGEST = 200  # signs
_LINK = re.compile(r"<?(?:[a-z][a-z0-9+.-]{1,15}://|www\.)[^\s<>]+>?|<?mailto:[^\s<>]+>?", re.IGNORECASE)
_CODE = re.compile(
    r"(?:\b(?:passcode|pass\s?code|password|pwd|pin(?:\s?code)?|access\s?code|meeting\s?(?:id|number)|conference\s?id|"
    r"kenncode|kennwort|passwort|zugangscode|codice(?:\s(?:di\s)?accesso)?|hasło|kod(?:\s?dostępu)?|mã(?:\s?truy\s?cập)?|mật\s?khẩu)"
    r"(?:\s?(?:no|nr|số)\.?)?)\s*(?:[:#=]\s*|(?=\d))[\w*#.-]+(?:[ ]\d{3,}){0,4}#?",
    re.IGNORECASE,
)
_DIALLED = re.compile(r"(\+?\d[\d ()/.-]{5,}\d)[,;]+[\d*#,;]+")  # a number, and what is dialled behind it
_EMPTY = re.compile(r"[(\[{]\s*[,;:|/-]*\s*[)\]}]")
_LOOSE = " \t,;:|/\\-–—·<>"


def place_of(told: str) -> str:
    """The place that a LOCATION names, at most 200 signs on one line, "" where it names none but a link."""
    text = _DIALLED.sub(r"\1", _CODE.sub(" ", _LINK.sub(" ", " ".join(told.split()))))
    text = " ".join(_EMPTY.sub(" ", text).split())
    text = re.sub(r"\s+([,;:.)])", r"\1", text)
    text = re.sub(r"([,;:|])(?:\s*[,;:|])+", r"\1", text).strip(_LOOSE)
    if len(text) > LONGEST:
        text = text[: LONGEST - 1].rstrip(_LOOSE) + "…"
    return text
