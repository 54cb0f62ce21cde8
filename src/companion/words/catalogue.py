"""A catalogue of translations, read from a .po file as it stands: nothing to compile, nothing to fall behind."""

import json
from collections.abc import Callable, Iterator
from gettext import c2py
from pathlib import Path

Key = tuple[str, str]  # the context, "" for none, and the English text


class Catalogue:
    """The texts of one language; what is not in it stays English."""

    def __init__(self, language: str, texts: dict[Key, tuple[str, ...]], form_of: Callable[[int], int]) -> None:
        self.language = language
        self.texts = texts
        self._form_of = form_of

    def gettext(self, message: str) -> str:
        """The text in this language."""
        return self.pgettext("", message)

    def pgettext(self, context: str, message: str) -> str:
        """The text where it depends on what it stands with."""
        found = self.texts.get((context, message))
        return found[0] if found else message

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The text in the form that goes with a number."""
        found = self.texts.get(("", one))
        return found[self._form_of(abs(count))] if found else (one if count == 1 else many)


def read(path: Path, language: str) -> Catalogue:
    """The catalogue in a .po file, UTF-8; what is empty in it counts as not translated."""
    texts: dict[Key, tuple[str, ...]] = {}
    plural = "n != 1"
    for entry in _entries(path.read_text("utf-8")):
        forms = tuple(entry[key] for key in sorted(entry) if key.startswith("msgstr"))
        if entry["msgid"] and all(forms):
            texts[entry.get("msgctxt", ""), entry["msgid"]] = forms
        elif not entry["msgid"]:
            plural = forms[0].partition("plural=")[2].partition(";")[0] or plural
    return Catalogue(language, texts, c2py(plural))


def _entries(text: str) -> Iterator[dict[str, str]]:
    """Each entry as {"msgid": …, "msgstr": …}, "msgstr[0]" and so on where it has plural forms."""
    for block in text.split("\n\n"):
        entry: dict[str, str] = {}
        key = ""
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            word, quote, rest = line.partition('"')
            key = word.strip() or key
            entry[key] = entry.get(key, "") + (json.loads(quote + rest) if quote else "")
        if "msgid" in entry:
            yield entry
