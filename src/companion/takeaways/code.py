"""The code a takeaway carries in mail subjects, so that an answer finds its way back."""

import base64
import hashlib
import re

_CODE = re.compile(r"\[T-([A-Z2-7]{8})(?: ([a-z]+))?\]", re.IGNORECASE)


def code_of(takeaway_id: str) -> str:
    """Eight letters and digits that stand for the takeaway: 40 bits of its id's SHA-256."""
    return base64.b32encode(hashlib.sha256(takeaway_id.encode()).digest())[:8].decode()


def tag(takeaway_id: str, kind: str = "") -> str:
    """The code as it stands in a subject: `[T-K7QX2M4A changes]`; `kind` as in `Answer`."""
    return f"[T-{code_of(takeaway_id)} {kind}]" if kind else f"[T-{code_of(takeaway_id)}]"


def read_tag(subject: str) -> tuple[str, str] | None:
    """The code and the kind of answer ("" for none) in a subject, None where there is no code."""
    found = _CODE.search(subject)
    return (found[1].upper(), (found[2] or "").lower()) if found else None
