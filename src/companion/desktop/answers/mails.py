"""Mails that were saved as files are taken in as answers: chosen, or dropped on the takeaway they answer."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from companion.basics.changes import Changes
from companion.desktop.frame import Frame
from companion.desktop.widgets.column import Column
from companion.programme import outbox
from companion.programme.answers import Imported, import_mails
from companion.words.answers import taken_sentence
from companion.words.language import t
from companion.words.problems import sentence

KINDS = (".eml", ".mbox", ".msg")  # the last is refused in words that say what to do instead


class MailColumn(Column):
    """A page's column on which mails can be dropped while what it shows takes them."""

    dropped = Signal(tuple)  # paths

    def __init__(self, *, margin: int = 36) -> None:
        super().__init__(margin=margin)
        self.take_mails(False)

    def take_mails(self, yes: bool) -> None:
        """Whether what is shown takes mails."""
        self.setAcceptDrops(yes)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Mails may come in."""
        _copy(event, mails_in(event.mimeData()))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Anywhere on it."""
        _copy(event, mails_in(event.mimeData()))

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which files were dropped."""
        paths = mails_in(event.mimeData())
        _copy(event, paths)
        if paths:
            self.dropped.emit(paths)


def mails_in(data: QMimeData) -> tuple[Path, ...]:
    """The mails among dragged files, by their names."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return tuple(path for path in paths if path.suffix.casefold() in KINDS)


def _copy(event: QDropEvent, paths: Sequence[Path]) -> None:
    """Never a move: whoever drags a mail keeps it."""
    if paths:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
    else:
        event.ignore()


def ask_for_mails(frame: Frame, takeaway_id: str) -> None:
    """Ask for mail files and take them in as answers to a takeaway."""
    frame.ask.open_files(
        t("Take in mails"), t("Mails (*.eml *.mbox)"), lambda paths: bring_mails(frame, paths, takeaway_id)
    )


def bring_mails(frame: Frame, paths: Sequence[Path], takeaway_id: str) -> None:
    """Take in mail files as answers to a takeaway, and say what came of them."""

    def said(found: Imported) -> None:
        taken = found.taken
        parts = [sentence(problem) for problem in found.problems]
        if taken.count or found.left or not parts:
            parts.insert(0, taken_sentence(
                len(taken.ids), len(taken.review), taken.acted, taken.known, taken.automatic, taken.strange,
                found.left, window=True,
            ))  # fmt: skip
        frame.say(" ".join(parts), "warning" if found.problems else "")
        if taken.ids:
            frame.tasks.fetch(lambda house, _ticket: outbox.republish(house))

    frame.tasks.write(lambda house, _ticket: import_mails(house, paths, takeaway_id), said, rooms=Changes.TAKEAWAYS)
