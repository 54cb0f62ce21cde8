"""Takeaways as Markdown files in a folder, for a wiki, a search tool or a share people already read."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from companion.basics.errors import Problem
from companion.connectors import place
from companion.connectors.markdown import clean
from companion.connectors.rendering import story
from companion.takeaways.audience import fits, parse_bound
from companion.takeaways.code import code_of
from companion.takeaways.letters import LetterParcel
from companion.takeaways.model import Parcel, Shown
from companion.takeaways.text import to_markdown
from companion.words.language import speaking, t

_OURS = re.compile(r".+\.T-[A-Z2-7]{8}\.md\Z")


class FolderChannel:
    """A folder bound to one audience. Only files whose name and last line carry our code are ever touched."""

    def __init__(self, folder: Path, audience: str = "company", *, language: str = "en") -> None:
        self._folder = folder
        self._audience = parse_bound(audience)
        self._language = language

    def publish(self, parcels: Iterable[Parcel]) -> None:
        """Make the folder hold exactly these takeaways, of those that are for its audience."""
        kept = {self._put(parcel) for parcel in parcels if self._takes(parcel)}
        for path in self._ours(self._folder):
            if path not in kept:
                place.drop(path)

    def send(self, parcel: Parcel) -> None:
        """Add one takeaway or its next revision; Problem `channel_other_audience`."""
        if not self._takes(parcel):
            raise Problem("channel_other_audience", name=str(self._folder), audience=self._audience)
        self._clear(parcel.takeaway.id, but=self._put(parcel))

    def retract(self, parcel: Parcel) -> None:
        """Delete the takeaway's file."""
        self._clear(parcel.takeaway.id)

    def write(self, parcel: LetterParcel) -> None:
        """Problem `channel_writes_no_letters`: a folder is read by many, a letter is for one."""
        raise Problem("channel_writes_no_letters", name=str(self._folder), letter=parcel.letter.kind)

    def preview(self, parcel: Parcel) -> Shown:
        """The text of the file."""
        return Shown(self._text(parcel))

    def test(self) -> None:
        """Write a file and take it away again."""
        trial = place.open_folder(self._folder) / ".companion-trial"
        place.put(trial, b"")
        place.drop(trial)

    def _takes(self, parcel: Parcel) -> bool:
        takeaway = parcel.takeaway
        stopped = takeaway.withdrawn or takeaway.held or takeaway.needs_yes or takeaway.told_on
        return not stopped and fits(takeaway.audience, self._audience)

    def _text(self, parcel: Parcel) -> str:
        with speaking(self._language):
            told = story(parcel)
            readings = [passage for passage in (told.scene, *told.passages) if passage.reading]
            meta = (told.customer, told.heard, told.audience, told.code)
            notes = [
                told.corrected,
                *(f"{passage.label or t('The scene')}: {passage.reading}." for passage in readings),
                told.footer,
                " · ".join(part for part in meta if part),  # its end says that the file is ours
            ]
            return clean(to_markdown(parcel.takeaway, "\n\n".join(note for note in notes if note)))

    def _put(self, parcel: Parcel) -> Path:
        takeaway = parcel.takeaway
        name = f"{_plain(takeaway.customer_name, takeaway.headline) or 'takeaway'}.T-{code_of(takeaway.id)}.md"
        path = place.open_folder(self._folder) / name
        place.put(path, self._text(parcel).encode())
        return path

    def _clear(self, takeaway_id: str, but: Path | None = None) -> None:
        code = f".T-{code_of(takeaway_id)}.md"
        for path in self._ours(self._folder):
            if path.name.endswith(code) and path != but:
                place.drop(path)

    def _ours(self, folder: Path) -> Iterator[Path]:
        for path in sorted(place.open_folder(folder).glob("*.md")):
            if _OURS.match(path.name) and f"[{path.name.split('.')[-2]}]" in path.read_text("utf-8", "replace")[-40:]:
                yield path


def _plain(*parts: str) -> str:
    """The words as a file name every system takes: plain letters, digits and hyphens."""
    text = unicodedata.normalize("NFD", " ".join(parts).casefold().translate(str.maketrans("đłøß", "dlos")))
    letters = "".join(character for character in text if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:80].strip("-")
