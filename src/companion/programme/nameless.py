"""Texts without somebody's name and address: what they said stays, as said by somebody."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from companion.customers.model import Customer
from companion.takeaways.gate_people import in_text
from companion.takeaways.gate_text import fold
from companion.words.language import t

_SPACE = re.compile(r"[ \u00a0]{2,}")


@dataclass(frozen=True)
class Nameless:
    """Takes names and addresses out of a text; a text that holds none comes back unchanged."""

    names: tuple[str, ...]
    addresses: tuple[str, ...]
    instead: str
    apart: tuple[str, ...] = ()  # what the firm goes by: a part of a name that is a word of theirs stays

    @classmethod
    def of(
        cls, people: Iterable[tuple[str, str]], firm: str = "", customer: Customer | None = None
    ) -> Callable[[str], str]:
        """For these (name, address); `firm`: where they work, as readers may see it."""
        known = list(people)
        names = tuple(dict.fromkeys(name.strip() for name, _ in known if name.strip() and "@" not in name))
        addresses = tuple(dict.fromkeys(address.strip() for _, address in known if address.strip()))
        instead = t("somebody at {firm}", firm=firm) if firm else t("somebody")
        apart = (customer.name, *customer.aliases, customer.public_name) if customer else ()
        return cls(names, addresses, instead, apart)

    def __call__(self, text: str) -> str:
        """The text with the words for somebody in the place of each name, in part or bent, and of each address."""
        if not text:
            return text
        clean = text
        for address in self.addresses:
            if address.casefold() in clean.casefold():
                clean = re.sub(rf"(?<![\w.+-]){re.escape(address)}(?![\w-])", self.instead, clean, flags=re.IGNORECASE)
        if self.names:
            folded = fold(clean)
            for (start, end), _ in reversed(in_text(folded, self.names, self.apart)):
                clean = clean[:start] + self.instead + clean[end:]
        if clean == text:
            return text
        twice = f"{self.instead} {self.instead}"
        while twice in clean:
            clean = clean.replace(twice, self.instead)
        return clean

    def holds(self, text: str) -> bool:
        """Whether a text names them."""
        return bool(text) and self(text) != text
