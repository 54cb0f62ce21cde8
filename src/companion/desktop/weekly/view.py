"""Lays out one person's weekly mail as it reads, or why there is none."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QVBoxLayout, QWidget

from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.column import header
from companion.desktop.widgets.text import PlainLabel
from companion.programme.digest import Mail, NoMail
from companion.takeaways.model import Shown
from companion.words.desk import letter_line, no_mail
from companion.words.language import t

Leave = Callable[[Mail | NoMail, bool], None]


class Sheet(QTextBrowser):
    """A mail as its reader has it, on its own paper in light and dark; its links lead nowhere from here."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTextBrowser { background: #f6f6f3; color: #1d2329; }")
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        """A few lines are always to be seen."""
        return QSize(200, self.fontMetrics().lineSpacing() * 8)


class MailView(QWidget):
    """The right of the page."""

    def __init__(self, leave: Leave) -> None:
        super().__init__()
        self._leave = leave
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(28, 24, 28, 12)
        self._box.setSpacing(8)
        self._head = QWidget()
        self.sheet = Sheet()
        self._box.addWidget(self._head)
        self._box.addWidget(self.sheet, 1)
        self._rest = QWidget()
        self._box.addWidget(self._rest, 1)

    def show_mail(self, one: Mail, drawn: Shown | None = None) -> None:
        """One that would go, or went. `drawn`: as it reads, where that is known already."""
        lines = [PlainLabel(one.to, "soft"), PlainLabel(one.subject, "strong")]
        if one.letter:
            lines.append(PlainLabel(letter_line(one.letter), "small"))
        beside: list[QWidget] = []
        if one.letter is None and one.person_id:
            out = partial(self._leave, one, True)
            beside.append(button(t("Leave out this week"), out, says=t("Leave {name} out this week", name=one.name)))
        self._put_head(one.name, beside, lines)
        self.show_text(one, drawn or Shown(""))
        self._show_sheet(shown=True)

    def show_text(self, one: Mail, drawn: Shown) -> None:
        """How the mail reads; an empty sheet until it is drawn."""
        self.sheet.setHtml(f"<p>{t('What it says is for whom it goes to.')}</p>" if one.hidden else drawn.html)
        self.sheet.setAccessibleName(t("The mail to {name}", name=one.name))
        self.sheet.setAccessibleDescription(drawn.text)

    def show_none(self, one: NoMail) -> None:
        """Somebody who gets none, and why."""
        beside: list[QWidget] = []
        if one.why == "left_out":
            back = partial(self._leave, one, False)
            beside.append(button(t("Do not leave out"), back, says=t("Do not leave {name} out", name=one.name)))
        said = t("No mail this week: {why}.", why=no_mail(one.why))
        self._put_head(one.name, beside, [PlainLabel(said)])
        self._show_sheet(shown=False)

    def show_widget(self, widget: QWidget) -> None:
        """Nothing is chosen: say what is so instead."""
        self._put(widget)
        self._show_sheet(shown=False)

    def _put_head(self, name: str, beside: list[QWidget], lines: list[PlainLabel]) -> None:
        self._put(header(PlainLabel(name, "heading"), *beside, below=lines))

    def _put(self, widget: QWidget) -> None:
        held = self._head.isAncestorOf(self.window().focusWidget() or self)
        old, self._head = self._head, widget
        self._box.replaceWidget(old, widget)
        old.hide()
        old.deleteLater()
        widget.show()
        if held:
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_sheet(self, *, shown: bool) -> None:
        self.sheet.setVisible(shown)
        self._rest.setVisible(not shown)
