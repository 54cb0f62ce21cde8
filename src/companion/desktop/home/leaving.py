"""What somebody who leaves does with notes that are theirs alone: take them along, or delete them."""

from pathlib import Path

from companion.basics.changes import Changes
from companion.basics.paths import write_whole
from companion.basics.progress import Ticket
from companion.desktop.frame import Frame
from companion.programme import listening
from companion.programme.model import House
from companion.words.language import t, tn

UNFIT = '/\\:*?"<>|'  # in the name of a file, on one system or another


class Leaving:
    """Both ways, asked for before anything is gone."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def export(self) -> None:
        """Write every note into a folder."""

        def chosen(folder: Path) -> None:
            self._frame.tasks.fetch(
                lambda house, ticket: take_along(house, folder, ticket),
                lambda count: self._frame.say(
                    tn("{count} note is written to {path}.", "{count} notes are written to {path}.", count,
                       path=str(folder))
                ),
            )  # fmt: skip

        self._frame.ask.folder(t("Where your notes go"), chosen)

    def delete(self) -> None:
        """Delete every note, once that is sure."""

        def told(sure: bool) -> None:
            if sure:
                self._frame.tasks.write(
                    lambda house, _ticket: listening.let_go(house, [one.id for one in listening.listed(house)]),
                    lambda count: self._frame.say(
                        tn("{count} note is deleted.", "{count} notes are deleted.", count)
                    ), rooms=Changes.NOTES,
                )  # fmt: skip

        self._frame.ask.yes(
            t("Delete all your notes?"),
            t("Every line and every answer of yours is gone from this computer and from its copy. "
              "Your takeaways stay."), t("Delete them"), told,
        )  # fmt: skip


def take_along(house: House, folder: Path, ticket: Ticket) -> int:
    """Write every note as Markdown into a folder, none over another file; how many."""
    found = listening.listed(house)
    for at, note in enumerate(found):
        ticket.step("writing", at, len(found))
        write_whole(_free(folder, f"{note.made:%Y-%m-%d} {_fit(note.title)}"),
                    listening.export(house, note.id).encode())  # fmt: skip
    return len(found)


def _fit(title: str) -> str:
    plain = "".join("-" if sign in UNFIT or not sign.isprintable() else sign for sign in title).strip(" .")
    return plain[:80].rstrip() or t("Note")


def _free(folder: Path, name: str) -> Path:
    """A name that no file has yet."""
    path, number = folder / f"{name}.md", 2
    while path.exists():
        path, number = folder / f"{name} ({number}).md", number + 1
    return path
