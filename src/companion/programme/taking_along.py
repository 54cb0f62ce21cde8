"""Notes taken along by whose they are, as Markdown files; nobody else can open them, before or after."""

from pathlib import Path

from companion.basics.paths import write_whole
from companion.basics.progress import Ticket
from companion.programme import listening
from companion.programme.model import House
from companion.words.language import t

_UNFIT = '/\\:*?"<>|'  # in the name of a file, on one system or another


def take_along(house: House, folder: Path, ticket: Ticket | None = None) -> int:
    """Write every note as Markdown into a folder, none over another file; how many. Problem `file_not_written`."""
    found = listening.listed(house)
    for at, note in enumerate(found):
        if ticket:
            ticket.step("writing", at, len(found))
        path = _free(folder, f"{note.made:%Y-%m-%d} {_fit(note.title)}")
        write_whole(path, listening.export(house, note.id).encode())
    return len(found)


def _fit(title: str) -> str:
    plain = "".join("-" if sign in _UNFIT or not sign.isprintable() else sign for sign in title).strip(" .")
    return plain[:80].rstrip() or t("Note")


def _free(folder: Path, name: str) -> Path:
    """A name that no file has yet."""
    path, number = folder / f"{name}.md", 2
    while path.exists():
        path, number = folder / f"{name} ({number}).md", number + 1
    return path
