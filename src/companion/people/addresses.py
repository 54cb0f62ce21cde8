"""Addresses as calendars and people write them, brought to one form."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=8192)  # the same few hundred people are on every guest list
def normal(address: str) -> str:
    """The address without `mailto:`, quotes and case, NFC; "" where there is none."""
    text = unicodedata.normalize("NFC", address).strip().strip("<>\"'").strip()
    if text[:7].lower() == "mailto:":
        text = text[7:]
    text = text.split("?", 1)[0].replace("%40", "@").strip().lower()
    return text if "@" in text.strip("@") and " " not in text else ""


def domain_of(address: str) -> str:
    """What stands behind the @, "" where there is no address."""
    return normal(address).rpartition("@")[2]


def within(domain: str, parents: frozenset[str] | set[str]) -> str:
    """The parent that a domain equals or lies under (mail.kestrel.example under kestrel.example), or ""."""
    parts = domain.split(".")
    for at in range(len(parts)):
        candidate = ".".join(parts[at:])
        if candidate in parents:
            return candidate
    return ""
