"""Answers the Ask port with dialogs that are shown and never wait."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from companion.desktop.ask import Choice, Field, SignInPanel, SignInVerbs
from companion.desktop.signing import SignInDialog
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.text import PlainLabel
from companion.words.language import t

FEW = 6  # more choices stand in a list, where typing finds one
LONG = 60  # characters of a choice; longer ones stand there too, where they wrap


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
        if len(choices) > FEW or any(len(label) > LONG for _key, label in choices):
            self._choose_from_many(dialog, title, choices, done)
            return
        options = [(key, QRadioButton(label.replace("&", "&&"))) for key, label in choices]
        for _key, option in options:
            dialog.put(option, option.text())
        options[0][1].setChecked(True)
        dialog.accepted.connect(lambda: done(next(key for key, option in options if option.isChecked())))
        dialog.open()

    def _choose_from_many(
        self, dialog: "Question", title: str, choices: Sequence[Choice], done: Callable[[str], None]
    ) -> None:
        rows = QListWidget()
        rows.addItems([label for _key, label in choices])
        rows.setSpacing(2)
        rows.setCurrentRow(0)
        rows.setWordWrap(True)
        rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.setMinimumHeight(rows.fontMetrics().lineSpacing() * min(12, 3 * len(choices)))
        rows.itemActivated.connect(lambda _item: dialog.accept())
        dialog.put(rows, title)
        dialog.accepted.connect(lambda: done(choices[rows.currentRow()][0]))
        dialog.open()

    def form(
        self, title: str, text: str, fields: Sequence[Field], label: str, done: Callable[[dict[str, str]], None]
    ) -> None:
        """Ask for several things at once; spaces around texts are dropped, secrets stay as they are."""
        dialog = Question(self._window, title, text, label)
        inputs = [FormField(field) for field in fields]
        for made in inputs:
            dialog.put(made, made.field.label)
        dialog.accepted.connect(lambda: done({made.field.key: made.answer() for made in inputs}))
        dialog.open()

    def show(
        self, title: str, content: QWidget, label: str = "", done: Callable[[], None] | None = None
    ) -> Callable[[], None]:
        """Show something to look at; `label` and `done` are what can be done with it. What is returned closes it."""
        dialog = Question(self._window, title, "", label or t("Close"), back=bool(label))
        dialog.put(content, title, grow=True)
        room = self._window.size()
        dialog.resize(dialog.sizeHint().expandedTo(QSize(760, 520)).boundedTo(room))
        if done is not None:
            dialog.accepted.connect(done)
        dialog.open()
        return lambda: dialog.done(0) if isValid(dialog) else None

    def sign_in(self, text: str, verbs: SignInVerbs) -> SignInPanel:
        """Show how far a sign-in is, until it is told to end; `text` says what it is for."""
        dialog = SignInDialog(self._window, text, verbs)
        dialog.open()
        return dialog

    def open_file(self, title: str, kinds: str, done: Callable[[Path], None]) -> None:
        """Ask for a file that is there; `kinds` as in "Calendars (*.ics)"."""
        dialog = self._files(title, QFileDialog.FileMode.ExistingFile, done)
        dialog.setNameFilters([kinds, t("All files (*)")])
        dialog.open()

    def open_files(self, title: str, kinds: str, done: Callable[[tuple[Path, ...]], None]) -> None:
        """Ask for one or more files that are there."""
        dialog = self._files(title, QFileDialog.FileMode.ExistingFiles, None)
        dialog.filesSelected.connect(lambda names: done(tuple(map(Path, names))))
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

    def _files(self, title: str, mode: QFileDialog.FileMode, done: Callable[[Path], None] | None) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setFileMode(mode)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if done:
            dialog.fileSelected.connect(lambda name: done(Path(name)))
        return dialog


class Question(QDialog):
    """A title, a text, what is asked for, and two buttons: what yes does, and back."""

    def __init__(self, parent: QWidget, title: str, text: str, label: str, *, back: bool = True) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)
        self._column = column = QVBoxLayout(self)
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
        column.addStretch(1)
        column.addLayout(line)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def put(self, widget: QWidget, says: str, *, grow: bool = False) -> None:
        """Put something to answer with above the buttons; `grow`: it takes what room there is."""
        widget.setAccessibleName(says)
        self._middle.addWidget(widget, 1 if grow else 0)
        if grow:
            self._column.setStretchFactor(self._middle, 100)
        if self._middle.count() == 1:
            widget.setFocus()


class FormField(QWidget):
    """A label and what answers it."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(2)
        if field.kind != "check":
            self._column.addWidget(PlainLabel(field.label, "section"))
        self._input = self._made(field)
        self._input.setAccessibleName(field.label)
        self.setFocusProxy(self._input)

    def answer(self) -> str:
        """What was answered."""
        made = self._input
        if isinstance(made, QCheckBox):
            return "yes" if made.isChecked() else ""
        if isinstance(made, QComboBox):
            return str(made.currentData() or "")
        return made.text() if self.field.kind == "secret" else made.text().strip()

    def _made(self, field: Field) -> QCheckBox | QComboBox | QLineEdit:
        if field.kind == "check":
            check = QCheckBox(field.label.replace("&", "&&"))
            check.setChecked(bool(field.start))
            self._column.addWidget(check)
            return check
        if field.kind == "choice":
            combo = QComboBox()
            for key, label in field.choices:
                combo.addItem(label, key)
            combo.setCurrentIndex(max(0, combo.findData(field.start)))
            self._column.addWidget(combo)
            return combo
        return self._line(field)

    def _line(self, field: Field) -> QLineEdit:
        line = QLineEdit(field.start)
        line.setPlaceholderText(field.hint)
        if field.kind == "secret":
            line.setEchoMode(QLineEdit.EchoMode.Password)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(line, 1)
        if field.kind in ("file", "folder"):
            row.addWidget(button(t("Choose…"), self._browse, says=t("Choose: {label}", label=field.label)))
        self._column.addLayout(row)
        return line

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.field.label)
        directory = self.field.kind == "folder"
        dialog.setFileMode(QFileDialog.FileMode.Directory if directory else QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if isinstance(self._input, QLineEdit):
            dialog.fileSelected.connect(self._input.setText)
        dialog.open()
