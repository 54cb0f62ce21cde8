"""Texts without somebody's name and address: what they said stays, as said by somebody."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from companion.customers.model import Customer
from companion.takeaways.gate_people import all_words_too, in_text, letters_of, wholes_in
from companion.takeaways.gate_text import TAILS, fold
from companion.words.language import t

_LINK = re.compile(r"\s*[a-z][a-z0-9+.-]*://\S+\s*", re.IGNORECASE)
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Nameless:
    """Takes names and addresses out of a text; a text that holds none comes back unchanged."""

    names: tuple[str, ...]
    addresses: tuple[str, ...]
    instead: str
    apart: tuple[str, ...] = ()  # what the firm goes by: a part of a name that is a word of theirs stays
    others: tuple[str, ...] = ()  # who shares a part of a name and is not meant: their whole names stay

    @classmethod
    def of(
        cls, people: Iterable[tuple[str, str]], firm: str = "", customer: Customer | None = None,
        others: Iterable[str] = (),
    ) -> Callable[[str], str]:  # fmt: skip
        """For these (name, address); `firm`: where they work, as readers may see it; `others`: names that stay."""
        known = list(people)
        names = tuple(dict.fromkeys(name.strip() for name, _ in known if name.strip() and "@" not in name))
        addresses = tuple(dict.fromkeys(address.strip() for _, address in known if address.strip()))
        instead = t("somebody at {firm}", firm=firm) if firm else t("somebody")
        apart = (customer.name, *customer.aliases, customer.public_name) if customer else ()
        parts = frozenset(part for name in names for part in letters_of(name))
        same = {fold(name).letters for name in names}
        near = (name for name in dict.fromkeys(others) if len(name.split()) > 1 and parts & letters_of(name))
        return cls(names, addresses, instead, apart, tuple(name for name in near if fold(name).letters not in same))

    def __call__(self, text: str) -> str:
        """The text with the words for somebody in the place of each name, in part or bent, and of each address.

        A link that names them goes: with other words in it, it would lead nowhere.
        """
        if not text:
            return text
        if _LINK.fullmatch(text):
            told = unquote(text)
            return text if self._without(told) == told else ""
        return self._without(text)

    def _without(self, text: str) -> str:
        clean = text
        for address in self.addresses:
            if address.casefold() in clean.casefold():
                clean = re.sub(rf"(?<![\w.+-]){re.escape(address)}(?![\w-])", self.instead, clean, flags=re.IGNORECASE)
        if self.names:
            for start, end in reversed(self._places(clean)):
                clean = clean[:start] + self.instead + clean[end:]
        if clean == text:
            return text
        twice = f"{self.instead} {self.instead}"
        while twice in clean:
            clean = clean.replace(twice, self.instead)
        return clean

    def _places(self, text: str) -> list[tuple[int, int]]:
        """Where they are named, in reading order.

        A part alone that somebody else goes by as well is theirs where the text names them in full, and nobody it is
        about; in doubt it goes.
        """
        folded = fold(text)
        found = [
            span for span, name in in_text(folded, self.names, self.apart)
            if not all_words_too(name) or all(one[:1].isupper() for one in _WORDS.findall(text[span[0] : span[1]]))
        ]  # fmt: skip
        others = wholes_in(folded, self.others) if found else []
        if not others:
            return found
        found = [(start, end) for start, end in found if not any(a <= start and end <= b for (a, b), _ in others)]
        if wholes_in(folded, (name for name in self.names if len(name.split()) > 1)):
            return found
        told = {part for _, name in others for part in letters_of(name)}
        return [span for span in found if not _bends(fold(text[span[0] : span[1]]).letters, told)]

    def holds(self, text: str) -> bool:
        """Whether a text names them."""
        return bool(text) and self(text) != text


def _bends(letters: str, words: Iterable[str]) -> bool:
    """Whether it is one of the words, bent or not."""
    return any(letters.startswith(one) and letters[len(one) :] in TAILS | {""} for one in words)
