"""The page of one customer decides what is read, what is shown of it, and where each row leads."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.briefs.model import Brief
from companion.customers.memory import Fact
from companion.desktop.customer.acts import Acts
from companion.desktop.customer.changing import change_head
from companion.desktop.customer.editing import NEW_CONTACT, Editing
from companion.desktop.customer.facts import Seen, every_fact, laid_over, read_customer
from companion.desktop.customer.head import Head, HeadVerbs
from companion.desktop.customer.kept import brief_said
from companion.desktop.customer.row import Shown
from companion.desktop.customer.rows import rows_of
from companion.desktop.customer.section import Section
from companion.desktop.customer.words import ADD, NONE_YET, SHORT, TITLES
from companion.desktop.frame import Frame, Page
from companion.desktop.widgets.buttons import link
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.items import Item, ItemList
from companion.desktop.widgets.panes import lay_out
from companion.desktop.widgets.text import PlainLabel, Reading
from companion.programme.views.customer import CustomerPage as View
from companion.words.dates import clock_time
from companion.words.language import mark, t
from companion.words.problems import sentence

ORDER = (
    "who", "goal", "promise", "avoid", "people", "quote", "bought", "touch", "front_line", "under_way", "timeline",
    "ended",
)  # fmt: skip
OTHERS = {  # sections that hold no facts of one kind: title, in the list, where there is nothing, what adds to it
    "people": (mark("Their people"), mark("Their people"), mark("Nobody of theirs is known yet. Guests of a meeting "
               "come by themselves."), mark("Add a person…")),
    "under_way": (mark("Under way at ours"), mark("Under way"), "", ""),
    "timeline": (mark("What happened, newest first"), mark("Timeline"), mark("Nothing has happened yet."), ""),
    "ended": (mark("What holds no more"), mark("Holds no more"), "", ""),
}  # fmt: skip
INTO = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right)
ONLY_WITH_ROWS = ("under_way", "ended")
TOGETHER = 3  # sections that come into sight in one step: each step lays out all that is in sight


class CustomerPage(Page):
    """Sections at the side, all of them in one column; a row is changed where it stands."""

    in_sight = Signal()  # every section is filled

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._id = ""
        self._wanted = ""
        self._view: View | None = None
        self._seen: Seen | None = None
        self._left: list[tuple[str, tuple[Shown, ...]]] = []  # sections that are not filled yet
        self._built: list[str] = []  # sections that are filled and not in sight yet
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._fill)
        self._mine: dict[str, Fact] = {}  # written just now: shown until the page was read again
        self.title = PlainLabel("", "title")
        self.away = PlainLabel("", "warning")
        self.away.hide()
        self.index = ItemList(frame.look, t("Sections"))
        self.index.chosen.connect(self._on_section)
        self.index.installEventFilter(self)
        self.column = Column(margin=28)
        self.head = Head(HeadVerbs(self._change_head, lambda key: frame.go("meetings", key)))
        self.empty = PlainLabel("", "soft")
        self.kept = QWidget()
        self.kept.hide()
        self.story = QWidget()
        self.body = QWidget()  # everything below the top; its sections come into sight one after another
        self._lines = QVBoxLayout(self.body)
        self.sections = {key: self._section(key) for key in ORDER}
        self._lay_out()
        self.editing = Editing(frame, self.sections, self._on_written)
        self.editing.setParent(self)
        self.acts = Acts(frame, self._on_written, lambda: self._view.zone if self._view else "UTC")

    def reload(self) -> None:
        """Read the customer again."""
        customer_id = self._id
        if customer_id:
            self.read(lambda house, _ticket: (customer_id, read_customer(house, customer_id)), self._on_read)

    def arrive(self, item: str) -> None:
        """Show a customer, by its id; behind a # the id of a fact or of one of their people to stand on."""
        customer_id, _, wanted = item.partition("#")
        self._wanted = wanted
        if customer_id == self._id and self._view is not None:
            if not self._left and not self._built:
                self._stand_on_wanted()
            return
        self.editing.begin(customer_id)
        self._id, self._view, self._seen, self._mine, self._left, self._built = customer_id, None, None, {}, [], []
        self.body.hide()
        self.story.hide()
        self.kept.hide()
        for section in self.sections.values():
            section.start_anew()
            section.hide()
        self.title.setText("")
        self.head.hide()
        self.away.hide()
        self.column.verticalScrollBar().setValue(0)
        self.reload()

    def leave(self) -> None:
        """Keep what is being written."""
        self.editing.flush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Right go from the list of sections into the section."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in INTO
        if watched is self.index and pressed and self.index.current:
            section = self.sections[self.index.current]
            section.stand_on(section.shown[0].key if section.shown else "")
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes from the rows back to the list of sections."""
        if event.key() == Qt.Key.Key_Escape:
            self.index.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def _on_read(self, found: tuple[str, Seen]) -> None:
        customer_id, seen = found
        if customer_id != self._id:
            return
        if seen.page is None and seen.away and self._seen is not None:
            seen = replace(seen, page=self._seen.page, offered=self._seen.offered)
        self._tell_away(seen)
        self._show_brief(seen.brief if seen.page is None else None)
        if seen.page is None:
            self.empty.setText(sentence(seen.problem, "window") if seen.problem else "")
            self.empty.setVisible(seen.brief is None)
            return
        if seen.problem is None:
            self._mine = {}
        self._seen = seen
        self._show(seen)

    def _show(self, seen: Seen) -> None:
        if seen.page is None:
            return
        self.empty.hide()
        waits = {fact.id: fact for fact in seen.waits}
        waiting = {*waits, *(f"contact:{contact.id}" for contact in seen.people)}
        view = self._view = laid_over(seen.page, {**self._mine, **waits}.values(), seen.people)
        self.title.setText(view.customer.name)
        self.head.show_customer(view)
        self.head.show()
        rows = rows_of(view, waiting, dict(seen.offered.people))
        self._left, self._built = [(key, rows[key]) for key in ORDER], []
        self._show_index(rows)
        if self.body.isHidden():
            self.body.show()
            self._next.start()
        else:
            self._fill()

    @Slot()
    def _fill(self) -> None:
        """Build one section, or bring those built into sight; then let the window breathe.

        All at once would take it a quarter of a second. They come from the top down, a few together, so that nothing
        jumps under the reader's eyes.
        """
        while self._left and len(self._built) < TOGETHER:
            key, rows = self._left.pop(0)
            section = self.sections[key]
            if section.isVisibleTo(self) and section.shown == rows:
                continue  # nothing to build: what was written just now is to be seen at once
            section.show_rows(rows)
            self._built.append(key)
            self._next.start()
            return
        for key in self._built:
            section = self.sections[key]
            section.setVisible(bool(section.shown) or key not in ONLY_WITH_ROWS)
        if "who" in self._built and self._view is not None:
            self._show_story(self._view.customer.story)
        self._built = []
        if self._left:
            self._next.start()
            return
        if self._seen is not None:
            self.editing.show(self._seen)
        self._stand_on_wanted()
        self.in_sight.emit()

    def _show_brief(self, brief: Brief | None) -> None:
        """What my kept brief says, in the place of a page that was never read here."""
        self.kept.hide()
        if brief is None:
            return
        fresh = brief_said(brief)
        self.column.body.replaceWidget(self.kept, fresh)
        self.kept.deleteLater()
        self.kept = fresh
        fresh.show()
        self.title.setText(brief.customer)

    def _show_story(self, story: str) -> None:
        fresh = Reading(story)
        self._lines.replaceWidget(self.story, fresh)
        self.story.hide()
        self.story.deleteLater()
        self.story = fresh
        fresh.setVisible(bool(story.strip()))

    def _show_index(self, rows: dict[str, tuple[Shown, ...]]) -> None:
        listed = []
        for key in ORDER:
            if key in ONLY_WITH_ROWS and not rows[key]:
                continue
            count = sum(not row.key.startswith("new:") for row in rows[key])
            label = t(OTHERS[key][1]) if key in OTHERS else t(SHORT[key])  # type: ignore[index]
            listed.append(Item(key, label, tag=str(count) if count else ""))
        self.index.show_items(listed, "" if self.index.current else "who")

    def _tell_away(self, seen: Seen) -> None:
        if seen.away and seen.page is not None:
            at = clock_time(seen.page.now, seen.page.zone)
            self.away.setText(t("As of {time}: the workspace is away. What you write is kept here and shared later.",
                                time=at))  # fmt: skip
        self.away.setVisible(seen.away and seen.page is not None)

    def _stand_on_wanted(self) -> None:
        wanted, self._wanted = self._wanted, ""
        for section in self.sections.values() if wanted else ():
            key = next((row.key for row in section.shown if row.key in (wanted, f"contact:{wanted}")), "")
            if key:
                section.reach(key)
                QTimer.singleShot(0, section, lambda section=section, key=key: self._reveal(section, key))
                return

    def _reveal(self, section: Section, key: str) -> None:
        section.stand_on(key)
        focus = self.window().focusWidget()
        if focus is not None and self.column.isAncestorOf(focus):
            self.column.ensureWidgetVisible(focus, 0, 60)

    @Slot(str)
    def _on_section(self, key: str) -> None:
        top = self.sections[key].mapTo(self.column, QPoint(0, self.column.verticalScrollBar().value())).y()
        self.column.verticalScrollBar().setValue(max(0, top - 12))

    def _on_wanted(self, section: str, what: str, key: str) -> None:
        view = self._view
        if view is None:
            return
        if what == "add":
            self.editing.edit(NEW_CONTACT if section == "people" else f"new:{section}")
        elif what == "edit":
            self.editing.edit(key)
        elif what == "follow":
            self.editing.edit("new:goal", follows=key)
        elif what == "open":
            row = next(row for row in self.sections[section].shown if row.key == key)
            self.frame.go(row.opens, row.item)
        elif section == "people":
            found = [one.contact for one in view.people if f"contact:{one.contact.id}" == key]
            for contact in found:
                self.acts.on_person(what, contact)
        elif key in (known := every_fact(view)):
            self.acts.on_fact(what, known[key])

    def _on_written(self, made: Fact | None) -> None:
        """Show what was written at once; the workspace may be away, and then it lies over what it told last."""
        if made is not None:
            self._mine[made.id] = made
        if self._seen is not None:
            self._show(self._seen)
        self.reload()

    def _change_head(self) -> None:
        if self._view is not None:
            change_head(self.frame, self._view.customer, self.reload)

    def _section(self, key: str) -> Section:
        if key in OTHERS:
            title, _short, none, add = OTHERS[key]
        else:
            title, none, add = TITLES[key], NONE_YET[key], ADD[key]  # type: ignore[index]
        made = Section(t(title), t(none) if none else "", t(add) if add else "")
        made.wanted.connect(lambda what, row, key=key: self._on_wanted(key, what, row))
        return made

    def _lay_out(self) -> None:
        back = link(t("All customers"), lambda: self.frame.go("customers", self._id), soft=True)
        lay_out(self, [back], self.index, self.column, self.frame.look)
        self.column.add(self.title)
        self.column.add(self.away)
        self.column.add(self.empty)
        self.column.add(self.kept)
        self.column.add(self.head)
        self.column.add(self.body, 14)
        self.body.hide()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(24)
        for key, section in self.sections.items():
            self._lines.addWidget(section)
            if key == "who":
                self._lines.addWidget(self.story)
        self.column.body.addStretch(1)
