"""Questions to the user go through one port; dialogs are shown and never wait."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.text import PlainLabel
from companion.words.language import t

Choice = tuple[str, str]  # key, label


class Ask(Protocol):
    """What a page may ask. `done` is called with the answer; where the user backs out, only `yes` answers (False)."""

    def tell(self, title: str, text: str) -> None: ...
    def yes(self, title: str, text: str, label: str, done: Callable[[bool], None]) -> None: ...
    def text(
        self,
        title: str,
        label: str,
        done: Callable[[str], None],
        *,
        text: str = "",
        start: str = "",
        lines: int = 1,
        secret: bool = False,
    ) -> None: ...
    def choose(self, title: str, text: str, choices: Sequence[Choice], done: Callable[[str], None]) -> None: ...
    def open_file(self, title: str, kinds: str, done: Callable[[Path], None]) -> None: ...
    def save_file(self, title: str, name: str, done: Callable[[Path], None]) -> None: ...
    def folder(self, title: str, done: Callable[[Path], None]) -> None: ...


class QtAsk:
    """Asks with dialogs above a window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def tell(self, title: str, text: str) -> None:
        """Say something that has to be seen."""
        Question(self._window, title, text, t("Close"), back=False).open()

    def yes(self, title: str, text: str, label: str, done: Callable[[bool], None]) -> None:
        """Ask before something that cannot be taken back; `label` names what yes does."""
        dialog = Question(self._window, title, text, label)
        dialog.finished.connect(lambda result: done(result == QDialog.DialogCode.Accepted))
        dialog.open()

    def text(
        self,
        title: str,
        label: str,
        done: Callable[[str], None],
        *,
        text: str = "",
        start: str = "",
        lines: int = 1,
        secret: bool = False,
    ) -> None:
        """Ask for a text; spaces around it are dropped."""
        dialog = Question(self._window, title, text, label)
        if lines > 1:
            area = QPlainTextEdit(start)
            area.setTabChangesFocus(True)
            area.setFixedHeight(dialog.fontMetrics().lineSpacing() * lines + 20)
            read = area.toPlainText
            dialog.put(area, title)
        else:
            field = QLineEdit(start)
            field.setEchoMode(QLineEdit.EchoMode.Password if secret else QLineEdit.EchoMode.Normal)
            read = field.text
            dialog.put(field, title)
        dialog.accepted.connect(lambda: done(read() if secret else read().strip()))
        dialog.open()

    def choose(self, title: str, text: str, choices: Sequence[Choice], done: Callable[[str], None]) -> None:
        """Ask for one of several."""
        dialog = Question(self._window, title, text, t("Choose"))
        options = [(key, QRadioButton(label.replace("&", "&&"))) for key, label in choices]
        for _key, option in options:
            dialog.put(option, option.text())
        options[0][1].setChecked(True)
        dialog.accepted.connect(lambda: done(next(key for key, option in options if option.isChecked())))
        dialog.open()

    def open_file(self, title: str, kinds: str, done: Callable[[Path], None]) -> None:
        """Ask for a file that is there; `kinds` as in "Calendars (*.ics)"."""
        dialog = self._files(title, QFileDialog.FileMode.ExistingFile, done)
        dialog.setNameFilters([kinds, t("All files (*)")])
        dialog.open()

    def save_file(self, title: str, name: str, done: Callable[[Path], None]) -> None:
        """Ask where to write a file."""
        dialog = self._files(title, QFileDialog.FileMode.AnyFile, done)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        dialog.open()

    def folder(self, title: str, done: Callable[[Path], None]) -> None:
        """Ask for a folder."""
        dialog = self._files(title, QFileDialog.FileMode.Directory, done)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.open()

    def _files(self, title: str, mode: QFileDialog.FileMode, done: Callable[[Path], None]) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setFileMode(mode)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: done(Path(name)))
        return dialog


class Question(QDialog):
    """A title, a text, what is asked for, and two buttons: what yes does, and back."""

    def __init__(self, parent: QWidget, title: str, text: str, label: str, *, back: bool = True) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(PlainLabel(title, "heading"))
        if text:
            column.addWidget(PlainLabel(text))
        self._middle = QVBoxLayout()
        self._middle.setSpacing(4)
        column.addLayout(self._middle)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addStretch(1)
        if back:
            line.addWidget(button(t("Cancel"), self.reject))
        yes = button(label, self.accept, filled=True)
        yes.setDefault(True)
        line.addWidget(yes)
        column.addSpacing(8)
        column.addLayout(line)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def put(self, widget: QWidget, says: str) -> None:
        """Put something to answer with above the buttons."""
        widget.setAccessibleName(says)
        self._middle.addWidget(widget)
        if self._middle.count() == 1:
            widget.setFocus()
