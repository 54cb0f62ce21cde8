"""The one translation function, `t`, over gettext catalogues in resources/translations."""

import gettext
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from companion.basics.resources import resource

LANGUAGES = ("en", "it", "pl", "vi")
PSEUDO = "zz"  # wraps every translated text in ⟦ ⟧, so that a bare one can be seen


class _Catalogue(Protocol):
    def gettext(self, message: str) -> str: ...
    def ngettext(self, one: str, many: str, count: int) -> str: ...


class _Pseudo:
    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, count: int) -> str:
        return f"⟦{one if count == 1 else many}⟧"


_shared: list[_Catalogue] = [gettext.NullTranslations()]
_mine = threading.local()


def catalogue(language: str) -> _Catalogue:
    """The catalogue of a language; English, the language of the source, where there is none."""
    if language == PSEUDO:
        return _Pseudo()
    folder = resource("translations")
    return gettext.translation("companion", str(folder), languages=[language], fallback=True)


def speak(language: str) -> None:
    """Use a language from here on, in every thread."""
    _shared[0] = catalogue(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use a reader's language inside a block, in this thread only."""
    before = getattr(_mine, "catalogue", None)
    _mine.catalogue = catalogue(language)
    try:
        yield
    finally:
        _mine.catalogue = before


def _catalogue() -> _Catalogue:
    return getattr(_mine, "catalogue", None) or _shared[0]


def t(message: str, **facts: Any) -> str:
    """The message in the reader's language, with {names} filled in."""
    text = _catalogue().gettext(message)
    return text.format(**facts) if facts else text


def tn(one: str, many: str, count: int, **facts: Any) -> str:
    """The message for a number; {count} is filled in too."""
    return _catalogue().ngettext(one, many, count).format(count=count, **facts)


def mark(message: str) -> str:
    """Marks a text for translation where it is defined; `t` translates it where it is shown."""
    return message
