"""The code a takeaway carries in mail subjects, so that an answer finds its way back."""

import base64
import hashlib
import re
from dataclasses import dataclass

ONLY = "-only"  # behind the kind of an answer that is meant for the author alone
_CODE = re.compile(r"\[T-([A-Z2-7]{8})(?: ([a-z]+)(-only)?)?(?: ([A-Z2-7]{8}))?\]", re.IGNORECASE)


@dataclass(frozen=True)
class Tag:
    """What a subject says of an answer. `token`: what only the recipient of one letter knows."""

    code: str
    kind: str = ""
    only_author: bool = False
    token: str = ""


def code_of(takeaway_id: str) -> str:
    """Eight letters and digits that stand for the takeaway: 40 bits of its id's SHA-256."""
    return base64.b32encode(hashlib.sha256(takeaway_id.encode()).digest())[:8].decode()


def tag(takeaway_id: str, kind: str = "", token: str = "") -> str:
    """The code as it stands in a subject: `[T-K7QX2M4A changes]`; `kind` as in `Answer`, with `ONLY` or without."""
    return f"[T-{' '.join(part for part in (code_of(takeaway_id), kind, token) if part)}]"


def untagged(headline: str) -> str:
    """A headline without anything that reads as a code: in a subject it would stand beside the real one."""
    return " ".join(_CODE.sub(" ", headline).split()) if _CODE.search(headline) else headline


def read_tag(subject: str) -> Tag | None:
    """What a subject's code says, None where there is no code. Of several the last: a headline stands before ours."""
    codes = list(_CODE.finditer(subject))
    if not codes:
        return None
    found = codes[-1]
    return Tag(found[1].upper(), (found[2] or "").lower(), bool(found[3]), (found[4] or "").upper())
