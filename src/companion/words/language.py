"""The one translation function, `t`, over gettext catalogues in resources/translations.

Translated is what reaches readers and hosts without the app: mails, letters, pages, cards, copies. The app itself
speaks English: a window half translated would be worse than one that is not.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Protocol

from companion.basics.resources import resource
from companion.words.catalogue import Catalogue, read

SOURCE = "en"  # the language the texts in the code are in
LANGUAGES = (SOURCE, "it", "pl", "vi")
PSEUDO = "zz"  # wraps every translated text in ⟦ ⟧, so that a bare one can be seen


class _Spoken(Protocol):
    @property
    def language(self) -> str: ...
    def gettext(self, message: str) -> str: ...
    def pgettext(self, context: str, message: str) -> str: ...
    def ngettext(self, one: str, many: str, count: int) -> str: ...


class _Pseudo:
    language = PSEUDO

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def pgettext(self, _context: str, message: str) -> str:
        return self.gettext(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)


_ENGLISH = Catalogue(SOURCE, {}, lambda count: int(count != 1))
_shared: list[_Spoken] = [_ENGLISH]
_mine = threading.local()


@cache
def catalogue(language: str) -> _Spoken:
    """The catalogue of a reader's language; English, the language of the source, where there is none."""
    if language == PSEUDO:
        return _Pseudo()
    if language == SOURCE or language not in LANGUAGES:
        return _ENGLISH
    return read(resource("translations") / language / "LC_MESSAGES" / "companion.po", language)


def speak(language: str) -> None:
    """Use a language for the app itself from here on, in every thread; English but for the pseudo-language."""
    _shared[0] = catalogue(language) if language == PSEUDO else _ENGLISH


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use a reader's language inside a block, in this thread only."""
    before = getattr(_mine, "catalogue", None)
    _mine.catalogue = catalogue(language)
    try:
        yield
    finally:
        _mine.catalogue = before


def _catalogue() -> _Spoken:
    return getattr(_mine, "catalogue", None) or _shared[0]


def spoken() -> str:
    """The language that is really being spoken, as it stands in a page's `lang`."""
    return _catalogue().language


def t(message: str, **facts: Any) -> str:
    """The message in the reader's language, with {names} filled in."""
    text = _catalogue().gettext(message)
    return text.format(**facts) if facts else text


def tc(context: str, message: str) -> str:
    """The message where it is translated by what it stands with: a month is another word beside a day in Polish."""
    return _catalogue().pgettext(context, message)


def tn(one: str, many: str, count: int, **facts: Any) -> str:
    """The message for a number; {count} is filled in too."""
    return _catalogue().ngettext(one, many, count).format(count=count, **facts)


def mark(message: str) -> str:
    """Marks a text for translation where it is defined; `t` translates it where it is shown."""
    return message
