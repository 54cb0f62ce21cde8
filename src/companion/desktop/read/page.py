"""Read decides what is shown, when it counts as read, and how it is answered."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton
from shiboken6 import isValid

from companion.basics.changes import Changes
from companion.basics.clock import read_day
from companion.basics.progress import Ticket
from companion.desktop.answers.mails import MailColumn, bring_mails
from companion.desktop.ask import Field
from companion.desktop.frame import Frame, Page
from companion.desktop.publishing.dialogs import (
    agree_dialog,
    hold_dialog,
    let_go_dialog,
    where_dialog,
    withdraw_dialog,
)
from companion.desktop.read.filters import Filters
from companion.desktop.read.view import ANSWERS, Verbs, fill, items
from companion.desktop.read.went import went_line
from companion.desktop.replies import reply
from companion.desktop.widgets.buttons import link
from companion.desktop.widgets.column import header
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.items import ItemList
from companion.desktop.widgets.panes import lay_out
from companion.desktop.widgets.text import PlainLabel
from companion.programme import answers, outbox, publishing
from companion.programme.model import House
from companion.programme.views.narrowed import Narrowing, narrowed
from companion.programme.views.reading import ReadRow, ReadView, reading
from companion.programme.views.where import Went, where_it_went
from companion.takeaways.model import Answer
from companion.words.language import t

TYPING = 200  # milliseconds after the last key of a search
GLANCE = 1500  # milliseconds a takeaway has to be shown before it counts as read


class ReadPage(Page):
    """Unread first; one takeaway beside the list, with its question and answers."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._whole: ReadView | None = None  # what the search found
        self._view: ReadView | None = None  # what is left of it
        self._wanted = ""
        self._shows = ""
        self._went: dict[str, str] = {}  # takeaway id -> the line under it, as it was known last
        self.search = QLineEdit()
        self.search.setPlaceholderText(t("Search what customers said"))
        self.search.setAccessibleName(t("Search what customers said"))
        self.search.setClearButtonEnabled(True)
        self.list = ItemList(frame.look, t("Takeaways"))
        self.list.chosen.connect(self._on_chosen)
        self.column = MailColumn(margin=28)
        self.column.dropped.connect(self._on_dropped)
        self.filters = Filters()
        self.filters.narrowed.connect(self._on_narrowed)
        card = link(t("Opening card"), lambda: frame.go("card", ""), says=t("Open a meeting with a customer"))
        lay_out(self, [header(t("Read"), card), self.search, self.filters], self.list, self.column, frame.look)
        self._typing = self._timer(TYPING, self.reload)
        self._glance = self._timer(GLANCE, self._on_read)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self.list.setFocus)
        self.verbs = Verbs(
            answer=self._answer,
            withdraw=partial(withdraw_dialog, frame),
            customer=lambda key: frame.go("customer", key),
            edit=self._edit,
            reply=self._reply,
            where=partial(where_dialog, frame),
            hold=partial(hold_dialog, frame),
            let_go=partial(let_go_dialog, frame),
            agree=partial(agree_dialog, frame),
            prolong=self._prolong,
            answers=lambda key: frame.go("answers", key),
        )
        self._by_keyboard()

    def reload(self) -> None:
        """Read again, with the search."""
        words = self.search.text()
        self.read(lambda house, _ticket: reading(house, words), self._show)

    def arrive(self, item: str) -> None:
        """Show one takeaway."""
        self._wanted = item
        if self.search.text():
            self.search.clear()
        self.filters.clear()

    def leave(self) -> None:
        """What was only glanced at stays unread."""
        self._glance.stop()

    def look_up(self) -> None:
        """Put the cursor into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def _timer(self, pause: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(act)
        return timer

    def _show(self, view: ReadView) -> None:
        self._whole = view
        self.filters.offer(view)
        self._on_narrowed()

    @Slot()
    def _on_narrowed(self) -> None:
        """Show what is left, and of it what was shown before."""
        if self._whole is None:
            return
        view = self._view = narrowed(self._whole, self.filters.to)
        keys = [row.takeaway.id for row in (*view.rows, *view.withdrawn)]
        wanted = self._wanted if self._wanted in keys else ""
        before = self.list.current
        kept = before if before in keys else next(iter(keys), "")
        self._wanted = "" if wanted else self._wanted
        self.list.show_items(items(view), wanted or (kept if kept != before else ""))
        self._show_one(wanted or kept)

    def _show_one(self, key: str) -> None:
        view = self._view
        row = next((row for row in (*view.rows, *view.withdrawn) if row.takeaway.id == key), None) if view else None
        self._glance.stop()
        if key != self._shows:  # another one is read from its beginning
            self._shows = key
            self.column.verticalScrollBar().setValue(0)
        self.column.take_mails(row is not None and row.mine)
        if row is None or view is None:
            self._show_none()
            return
        under = PlainLabel(self._went.get(key, ""), "small") if row.mine else None
        fill(self.column, row, view, self.verbs, under)
        if under is not None:
            self._look_where(row, under)
        if row.unread and self.isVisible():
            self._glance.start()

    def _show_none(self) -> None:
        """Nothing was published, or nothing is left of it."""
        narrow = self.filters.to != Narrowing()
        self.column.begin()
        if narrow:
            self.column.add(Empty(t("Nobody has told of that here."), t("Show all of it"), self._clear))
        elif self.search.text().strip():
            self.column.add(Empty(t("Nobody has told of that yet."), t("Clear the search"), self.search.clear))
        else:
            self.column.add(Empty(t("Nothing has been published yet. What listeners tell will stand here.")))
        self.column.end()

    def _clear(self) -> None:
        self.search.clear()
        self.filters.clear()

    def _look_where(self, row: ReadRow, under: PlainLabel) -> None:
        """How many it reached is read after the page stands: it takes longer than to show it."""

        def told(went: Went) -> None:
            self._went[row.takeaway.id] = went_line(went, row)
            if isValid(under):  # another one may be shown by now
                under.setText(self._went[row.takeaway.id])
                under.setVisible(True)

        under.setVisible(bool(under.text()))
        self.frame.tasks.read(lambda house, _ticket: where_it_went(house, row.takeaway.id), told, owner=self)

    @Slot(tuple)
    def _on_dropped(self, paths: tuple[Path, ...]) -> None:
        bring_mails(self.frame, paths, self.list.current)

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        self._show_one(key)

    @Slot()
    def _on_read(self) -> None:
        key = self.list.current
        if key:
            self.frame.tasks.write(lambda house, _ticket: publishing.mark_read(house, key), rooms=Changes.NOTES)

    def _answer(self, takeaway_id: str, kind: str, label: str) -> None:
        def written(given: dict[str, str]) -> None:
            named = given["to"] != "author"
            self.frame.tasks.write(
                lambda house, _ticket: answers.answer(house, takeaway_id, kind, given["text"], named=named),
                lambda _answer: self._answered(),
                rooms=Changes.TAKEAWAYS,
            )

        to = (("name", t("with my name, for all who read it")), ("author", t("only to the author")))
        self.frame.ask.form(
            label, t("One sentence is enough."),
            [Field("text", t("Your answer")), Field("to", t("Show my answer"), "choice", "name", choices=to)],
            t("Answer"), written,
        )  # fmt: skip

    def _answered(self) -> None:
        self.frame.say(t("Thank you. The author sees it."))
        self.frame.tasks.fetch(lambda house, _ticket: outbox.republish(house))

    def _reply(self, answer: Answer) -> None:
        reply(self.frame, answer.id, answer.name, answer.text)

    def _edit(self, meeting_id: str) -> None:
        self.frame.go("takeaway", meeting_id)

    def _prolong(self, takeaway_id: str) -> None:
        def written(text: str) -> None:
            def longer(house: House, _ticket: Ticket) -> object:
                return publishing.prolong(house, takeaway_id, read_day(text, t("Shown until")))

            self.frame.tasks.write(longer, rooms=Changes.TAKEAWAYS)

        self.frame.ask.text(t("Show it longer"), t("Show it"), written, text=t("Until which day? As in 2027-06-30."))

    def _by_keyboard(self) -> None:
        """j and k walk the list, a answers, / searches, f narrows, Escape goes back to the list."""
        keys: dict[str, Callable[[], None]] = {
            "J": lambda: self._walk(1), "K": lambda: self._walk(-1), "/": self.look_up, "A": self._to_answers,
            "F": self.filters.take_keyboard,
            "Escape": lambda: self.list.setFocus(Qt.FocusReason.ShortcutFocusReason),
        }  # fmt: skip
        for key, act in keys.items():
            made = QShortcut(QKeySequence(key), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(act)

    def _to_answers(self) -> None:
        found = [one for one in self.column.findChildren(QPushButton) if one.text() == t(ANSWERS[0][1])]
        if found:
            found[-1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _walk(self, step: int) -> None:
        listed = self.list.items
        row = self.list.currentIndex().row() + step
        while 0 <= row < len(listed) and not listed[row].key:
            row += step
        if 0 <= row < len(listed):
            self.list.choose(listed[row].key)
