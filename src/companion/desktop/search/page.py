"""Search decides when is looked, which answer is shown, and where each hit leads."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from companion.basics.clock import day_of
from companion.desktop.frame import Frame, Page
from companion.desktop.search.listing import FoundList, items, key_of
from companion.desktop.widgets.column import header
from companion.desktop.widgets.text import PlainLabel
from companion.programme.model import House
from companion.programme.search import Hit, Results, search
from companion.words.language import t, tn

TYPING = 120  # milliseconds after the last key until is looked


@dataclass(frozen=True)
class Answer:
    """What was found for a text; `today` by the clock of `zone`, the programme's where it could be asked."""

    text: str
    results: Results
    zone: str
    today: date


def look(house: House, text: str) -> Answer:
    """Look for a text away from the window."""
    results = search(house, text)
    zone = "UTC"
    if not results.away:
        with house.workspace(write=False) as tx:
            zone = tx.programme.get().zone
    return Answer(text, results, zone, day_of(house.clock(), zone))


class SearchPage(Page):
    """A field and what was found; Enter opens it on its page."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._hits: dict[str, Hit] = {}
        self.field = QLineEdit()
        self.field.setPlaceholderText(t("What are you looking for?"))
        self.field.setAccessibleName(t("Search"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._on_text)
        self.field.returnPressed.connect(self._on_return)
        self.field.installEventFilter(self)
        self.said = PlainLabel("", "soft")
        self.list = FoundList(frame.look)
        self.list.opened.connect(self._on_opened)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(self.reload)
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 24, 36, 12)
        column.setSpacing(12)
        column.addWidget(header(t("Search")))
        column.addWidget(self.field)
        column.addWidget(self.said)
        column.addWidget(self.list, 1)
        column.addStretch(0)  # what is above stays above while there is no list
        for widget in (self.field, self.list):
            widget.setMaximumWidth(frame.look.px(900))
        self._show(None)

    def reload(self) -> None:
        """Look again for what stands in the field."""
        self._typing.stop()
        text = self.field.text().strip()
        if text:
            self.read(lambda house, _ticket: look(house, text), self._on_answer)
        else:
            self._show(None)

    def arrive(self, item: str) -> None:
        """Look for a text."""
        self.field.setText(item)

    def look_up(self) -> None:
        """Put the cursor into the field, and what was looked for ready to be typed over."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def take_keyboard(self) -> None:
        """The next key goes to the field."""
        self.look_up()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the field to what was found, Escape clears the field."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and self.list.items:
                self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.field.clear()
                return True
        return super().eventFilter(watched, event)

    def _on_text(self, text: str) -> None:
        if text.strip():
            self._typing.start()
        else:
            self.reload()

    @Slot()
    def _on_return(self) -> None:
        """Open the first hit, once what is typed has been looked for."""
        if self._typing.isActive():
            self.reload()
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.list.current:
            self._on_opened(self.list.current)

    def _on_answer(self, answer: Answer) -> None:
        if answer.text == self.field.text().strip():  # another text may stand there by now
            self._show(answer)

    def _show(self, answer: Answer | None) -> None:
        found = answer.results.hits if answer else ()
        self._hits = {key_of(hit): hit for hit in found}
        self.list.show_found(items(answer.results, answer.zone, answer.today) if answer else [])
        self.list.setVisible(bool(found))
        self.said.setText(_said(answer))

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        hit = self._hits.get(key)
        if hit is None:
            return
        item = f"{hit.item}#{hit.id}" if hit.page == "customer" and hit.kind in ("fact", "contact") else hit.item
        self.frame.go(hit.page, item)


def _said(answer: Answer | None) -> str:
    """What is searched, or how much was found."""
    if answer is None:
        return t(
            "Looks through the takeaways you may read, what is known of customers, their people, and your own notes. "
            "Your notes are looked through here and never leave this computer for it."
        )
    away = ""
    if answer.results.away:
        away = t("The workspace is away: only your own notes, on this computer, were looked through.")
    count = len(answer.results.hits)
    if answer.results.more:
        said = t("The newest {count}. Another word narrows it down.", count=count)
    elif count:
        said = tn("{count} found.", "{count} found.", count)
    else:
        said = t("Nothing was found for “{text}”.", text=answer.text)
    return f"{said} {away}".strip()
