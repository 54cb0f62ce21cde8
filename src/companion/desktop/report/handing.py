"""Handing a document on: print it, or save it as PDF, as a page or as Markdown."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from companion.basics.paths import write_whole
from companion.desktop.brief.printing import print_paper
from companion.desktop.frame import Frame
from companion.desktop.widgets.buttons import menu_button
from companion.programme.document import Document
from companion.programme.model import House
from companion.words.language import mark, t

KINDS = {"pdf": mark("Save as PDF…"), "html": mark("Save the page…"), "md": mark("Save as text…")}
Now = Callable[[], Document | None]


class Handing:
    """Prints and saves the document that is shown."""

    def __init__(self, frame: Frame, window: QWidget, now: Now) -> None:
        self._frame = frame
        self._window = window
        self._now = now

    def button(self, kinds: tuple[str, ...] = ("pdf", "html", "md")) -> QPushButton:
        """A button with all ways."""
        choices: list[tuple[str, Callable[[], None]]] = [(t(KINDS[kind]), partial(self.save, kind)) for kind in kinds]
        if "pdf" in kinds:
            choices.insert(0, (t("Print…"), self.print_it))
        return menu_button(t("Hand on"), choices, says=t("Print or save it"))

    def print_it(self) -> None:
        """Print it on one sheet."""
        document = self._now()
        if document is not None:
            self._frame.tasks.fetch(
                lambda house, _ticket: house.render_report(document).paper,
                lambda paper: print_paper(self._window, paper),
                owner=self._window,
            )

    def save(self, kind: str) -> None:
        """Ask where to, and write it."""
        document = self._now()
        if document is None:
            return
        name = document.title
        for sign in '/\\:*?"<>|':
            name = name.replace(sign, "-")

        def write(path: Path) -> None:
            self._frame.tasks.fetch(
                lambda house, _ticket: _write(house, document, kind, path),
                lambda _none: self._frame.say(t("Written to {path}.", path=str(path))),
            )

        self._frame.ask.save_file(t("Save it"), f"{name}.{kind}", write)


def _write(house: House, document: Document, kind: str, path: Path) -> None:
    page = house.render_report(document)
    texts = {"html": page.html, "md": page.markdown}
    write_whole(path, house.render_pdf(page.paper) if kind == "pdf" else texts[kind].encode())
