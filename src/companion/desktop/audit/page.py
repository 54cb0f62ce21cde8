"""The audit's page decides what is read, what is listed, and where it is written to."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from companion.basics.errors import Problem
from companion.desktop.audit.facts import SPANS, AuditView, Shown, export, family_name, listed, read_audit
from companion.desktop.audit.table import AuditTable
from companion.desktop.frame import Frame, Page
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.column import header
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.menus import Entry, MenuButton
from companion.desktop.widgets.text import PlainLabel
from companion.words import audit as words
from companion.words.language import t, tn
from companion.words.problems import sentence

TYPING = 60  # milliseconds after the last key until the list is narrowed


class AuditPage(Page):
    """A list that is narrowed by words, matter and days; below it the chosen line as a sentence."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._view: AuditView | None = None
        self._span, self._family = "365", ""
        self.field = QLineEdit()
        self.field.setPlaceholderText(t("Find a person, a customer, a reason"))
        self.field.setAccessibleName(t("Find a person, a customer, a reason"))
        self.field.setClearButtonEnabled(True)
        self.field.setFixedWidth(frame.look.px(260))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(self._list)
        self.field.textChanged.connect(lambda _text: self._typing.start())
        self.what = MenuButton(t("What"), self._families)
        self.days = MenuButton(t("Days"), self._spans)
        self.taking = button(t("Export…"), self._export, says=t("Write what is listed to a file"))
        self.state, self.hidden = PlainLabel("", "soft"), PlainLabel("", "soft")
        self.nothing = PlainLabel("", "soft")
        self.tools = Flow([self.field, self.what, self.days, self.taking], spacing=8)
        self.table = AuditTable(frame.look)
        self.table.chosen.connect(self._on_chosen)
        self.told = PlainLabel("")
        flags = Qt.TextInteractionFlag
        self.told.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.table.wanted.connect(self._read_whole)
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 24, 36, 16)
        column.setSpacing(12)
        for widget in (header(t("Audit"), below=[self.state]), self.tools, self.nothing):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        for widget in (self.told, self.hidden):
            column.addWidget(widget)
        column.addStretch(0)
        self._show_parts()

    def reload(self) -> None:
        """Read the days that are chosen."""
        self.read(lambda house, _ticket: read_audit(house, self._span), self._show)

    def look_up(self) -> None:
        """Put the cursor into the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _show(self, view: AuditView | Problem) -> None:
        self._view = None if isinstance(view, Problem) else view
        self.nothing.setText(sentence(view, "window") if isinstance(view, Problem) else "")
        if self._view and self._family not in self._view.families:
            self._family = ""
        self._show_parts()
        self._list()

    def _show_parts(self) -> None:
        """What there is nothing for is not there."""
        there = self._view is not None
        for widget in (self.tools, self.table, self.told, self.state):
            widget.setVisible(there)
        self.nothing.setVisible(bool(self.nothing.text()))
        count = self._view.hidden if self._view else 0
        self.hidden.setVisible(bool(count))
        self.hidden.setText(
            tn("{count} more line is about somebody else; it shows once the agreement on names is recorded.",
               "{count} more lines are about other people; they show once the agreement on names is recorded.", count)
        )  # fmt: skip

    @Slot()
    def _list(self) -> None:
        """Narrow what was read."""
        self._typing.stop()
        if self._view is None:
            return
        found = listed(self._view, self.field.text(), self._family)
        self.what.show_choice(family_name(self._family) if self._family else "")
        self.days.show_choice(t(SPANS[self._span]))
        self.state.setText(words.stands(len(found), mine=self._view.mine))
        self.taking.setEnabled(bool(found))
        self.table.show_lines(found)

    @Slot(object)
    def _on_chosen(self, one: Shown | None) -> None:
        self.told.setText(one.told if one else t("No line says so."))

    @Slot()
    def _read_whole(self) -> None:
        """Go to the line that is told whole, to hear it or take it along; Escape goes back."""
        self.told.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.told.setSelection(0, len(self.told.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back from the line that is told whole to the list."""
        if event.key() == Qt.Key.Key_Escape and self.focusWidget() is self.told:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def _families(self) -> list[Entry]:
        keys = self._view.families if self._view else ()
        return [Entry(family_name(key), partial(self._choose, key), on=key == self._family) for key in keys]

    def _choose(self, family: str) -> None:
        self._family = family
        self._list()

    def _spans(self) -> list[Entry]:
        return [Entry(t(label), partial(self._choose_days, key), on=key == self._span) for key, label in SPANS.items()]

    def _choose_days(self, span: str) -> None:
        self._span = span
        self.reload()

    def _export(self) -> None:
        lines = listed(self._view, self.field.text(), self._family) if self._view else ()

        def write(path: Path) -> None:
            self.frame.tasks.write(
                lambda house, _ticket: export(house, lines, path),
                lambda made: self.frame.say(t("Written to {path}.", path=str(made))),
            )

        self.frame.ask.save_file(t("Export the audit"), "audit.csv", write)
