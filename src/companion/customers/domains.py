"""A mail domain as people write it, brought to one form."""

import re

from companion.people.addresses import domain_in_letters

_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*[^\W_]")
_AROUND = re.compile(r"^(https?://)?(www\.)?[@*.]*")


def bare_domain(text: str) -> str:
    """firm.example of `https://www.Firm.example/`, `@firm.example` or `*.firm.example`; "" for what is no domain."""
    bare = _AROUND.sub("", text.strip().lower()).partition("/")[0]
    bare = domain_in_letters(bare)
    return bare if _DOMAIN.fullmatch(bare) else ""
