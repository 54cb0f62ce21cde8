"""Outlook tells a cancelled occurrence by its title alone, in the language of whoever cancelled it."""

import re

_PREFIX = re.compile(
    r"^\s*(?:(?:cancell?ed|abgesagt|storniert|annullat[oa]|odwołan[eyoa]|anulowan[eyoa]|(?:đã |bị )+h(?:ủy|uỷ)"
    r"|annulée?|cancelad[oa]|cancelación|geannuleerd|zrušeno|inställt|avlyst|aflyst|peruutettu|отменено|已取消"
    r"|キャンセル済み)\s*[:：]\s*)+",
    re.IGNORECASE,
)


def without_prefix(title: str) -> str:
    """A title without the words that say its meeting is cancelled: shorter than before where there were any."""
    return _PREFIX.sub("", title)
