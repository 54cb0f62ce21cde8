"""Board decides the period, who is listed, which figure is explained, and where the table goes."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from companion.basics.clock import day_of, read_day
from companion.basics.errors import Problem
from companion.desktop.board.asked import Asked, remember_columns
from companion.desktop.board.columns import COLUMNS, KEYS
from companion.desktop.board.facts import Beside, BoardView, read_beside, read_board
from companion.desktop.board.folded import LOW, Folded, Nobody
from companion.desktop.board.keeping import Keeping
from companion.desktop.board.lines import listing, told
from companion.desktop.board.periods import offered
from companion.desktop.board.table import BoardTable
from companion.desktop.board.taking import Taking
from companion.desktop.board.tools import Tools
from companion.desktop.board.why import WhyPanel
from companion.desktop.board.work import WorkPart
from companion.desktop.frame import TO_DECIDE, Frame, Page
from companion.desktop.widgets.buttons import Choices, button, link
from companion.desktop.widgets.column import header
from companion.desktop.widgets.menus import Entry, MenuButton
from companion.desktop.widgets.text import PlainLabel
from companion.programme.views.why import Why, why_of
from companion.programme.views.worklist import WorkItem
from companion.words import board as words
from companion.words import joined
from companion.words.attendance import directors, looked_back
from companion.words.dates import full_day
from companion.words.language import t, tn
from companion.words.problems import sentence
from companion.words.years import period_name

FOLLOWS = 120  # milliseconds on a cell until an open panel speaks of it
PARTS = ("leaders", "work")


class BoardPage(Page):
    """Who has heard, who is coming, what is needed, and why; beside it what is to be seen to."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._view: BoardView | None = None
        self._hidden = 0  # seats to be decided whose names are not shown
        self.asked: Asked | None = None  # None: as the board opens
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(FOLLOWS)
        self._follow.timeout.connect(lambda: self._ask_why(*self.table.current))
        self.title = PlainLabel(t("Board"), "title")
        self.sentence = PlainLabel("")
        self.past = PlainLabel("", "soft")
        self.about = PlainLabel("", "soft")
        self.sums = PlainLabel("", "small")
        self.foot = PlainLabel("", "small")
        self.folded = Folded([self.past, self.sums, self.foot])
        self.nobody = Nobody(lambda: self._take((self.asked or Asked()).whole()))
        self.waiting = link("", lambda: frame.go("meetings", TO_DECIDE))
        self.waiting.hide()
        self.agree = link(t("Record it"), lambda: frame.go("held", "sheet"), says=t("Record the agreement on names"))
        self.tools = Tools(frame.look)
        self.tools.changed.connect(self._on_tools)
        self.table: BoardTable = BoardTable(frame.look)
        self.table.asked.connect(self._ask_why)
        self.table.moved.connect(self._on_moved)
        self.why = WhyPanel(frame.look, lambda key: frame.go("meetings", key))
        self.why.closed.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.work = WorkPart(frame.look, self._go_to)
        self.parts = Choices([("leaders", t("Leaders")), ("work", t("Work list"))], self._show_part, t("What is shown"))
        self.period = MenuButton(t("Period"), self._period_entries, widest=26)
        self.keeping = Keeping(frame, lambda: self.asked or Asked(), self._take)
        self.taking = Taking(frame, lambda: self._view)
        self.plan = button(t("Plan the open seats"), lambda: frame.go("plan", ""), filled=True)
        self._lay_out()
        self._by_keyboard()

    def reload(self) -> None:
        """Read the board again, then what stands beside it."""
        asked = self.asked
        self.read(lambda house, _ticket: read_board(house, asked), self._show)
        self.frame.tasks.read(lambda house, _ticket: read_beside(house, asked), self._show_beside, owner=self)

    def arrive(self, item: str) -> None:
        """Come here for the work list, or for one leader."""
        self.parts.choose("work" if item == "work" else "leaders")
        if item != "work":
            self.table.choose(item)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the window is low the table comes first: what is said of its figures is folded."""
        super().resizeEvent(event)
        self.folded.fold(low=self.height() < self.frame.look.px(LOW))

    def look_up(self) -> None:
        """Put the cursor into the search."""
        self.parts.choose("leaders")
        self.tools.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.tools.search.selectAll()

    def _take(self, asked: Asked) -> None:
        """Show what is asked for; only another time is read anew."""
        before, self.asked = self._view.asked if self._view else None, asked
        if before is None or (before.span, before.as_of) != (asked.span, asked.as_of):
            self.reload()
        if self._view is not None:
            self._view = replace(self._view, asked=asked)
            self._narrow()

    def _show(self, view: BoardView) -> None:
        if self.asked is None:
            self.asked = view.asked
        self._view = replace(view, asked=self.asked)
        period = view.board.period
        said = period_name(period.label, period.first, period.last)
        if self.asked.day:
            said = t("{period}, as known on {day}", period=said, day=full_day(self.asked.day))
        self.title.setText(t("Board, {period}", period=said))
        self.period.show_choice(period_name(period.label, period.first, period.last))
        self.sentence.setText(directors(view.board.facts))
        self.keeping.offer(view.views, self.asked)
        self.plan.setVisible(view.runs and not view.board.facts.over)
        self.parts.setVisible(view.runs)
        self._narrow()
        if self.why.isVisible():
            self._ask_why(*self.table.current)

    def _show_beside(self, beside: Beside) -> None:
        back = beside.back
        self.past.setText(looked_back(back))
        self.folded.show_one(self.past, there=back.reviews > 0)
        self.parts.rename("work", tn("Work list ({count})", "Work list ({count})", len(beside.work.items)))
        self.work.show_work(beside.work)
        self.waiting.setText(joined.waiting(beside.waiting))
        self.waiting.setAccessibleName(self.waiting.text())
        self.waiting.setVisible(beside.waiting > 0)
        self._hidden = beside.hidden
        if self._view is not None:
            self._put_foot(self._view)

    def _narrow(self) -> None:
        """List what is asked for, and its sums."""
        view = self._view
        if view is None:
            return
        asked = view.asked
        self.tools.offer(view, asked)
        self.table.show_more(more=asked.more)
        found = listing(view, asked)
        self.table.show_lines(found.items, partial(told, view=view))
        self.sums.setText(words.sums(found.sums, found.shown))
        self.folded.show_one(self.sums, there=found.shown > 0)
        self.nobody.stand_for(self.table, shown=found.shown > 0, narrowed=asked.narrows)
        group = next((one for one in view.forecast.groups if one.key == asked.state), None)
        about = group is not None and not view.board.facts.over
        self.about.setVisible(about)
        if about and group is not None:
            reviews, until = len(view.forecast.reviews), view.forecast.until
            self.about.setText(words.about(group.key, group.leaders, group.needs, reviews, until))
        self.keeping.say(asked)
        self._put_foot(view)

    def _put_foot(self, view: BoardView) -> None:
        parts = [t(words.LIMITS)]
        if view.board.unknown_count:
            parts.append(
                tn("{count} past seat has no record and counts for nobody.",
                   "{count} past seats have no record and count for nobody.", view.board.unknown_count)
            )  # fmt: skip
        if self._hidden:
            parts.append(joined.hidden(self._hidden))
        if view.frozen:
            parts.append(t("The year is closed: these are its figures as they were told."))
        if not view.names:
            parts.append(words.hidden(view.agreement))
        elif view.agreement:
            parts.append(t("Names are shown under {agreement}.", agreement=view.agreement))
        self.foot.setText(" ".join(parts))
        self.agree.setVisible(view.runs and not view.agreement and not view.names)

    @Slot()
    def _on_tools(self) -> None:
        asked, before = self.tools.to, self.asked
        if before is not None and before.more != asked.more:
            self.frame.tasks.write(lambda house, _ticket: remember_columns(house, more=asked.more))
        self._take(asked)

    @Slot(str, str)
    def _on_moved(self, _person: str, _column: str) -> None:
        if self.why.isVisible():
            self._follow.start()

    @Slot(str, str)
    def _ask_why(self, person: str, column: str) -> None:
        view = self._view
        if view is None or not person:
            return
        self._follow.stop()
        one = COLUMNS[KEYS.index(column)]
        asked = view.asked

        def show(why: Why) -> None:
            if self.table.current == (person, column):  # the reader may be elsewhere by now
                line = self.table.lines.line(self.table.currentIndex().row())
                said = line.cells[KEYS.index(column)] if one.key != "leader" else line.cells[KEYS.index("needed")]
                label = t("State") if one.key == "leader" else t(one.label)
                self.why.show_why(why, label, said, view.zone)

        self.frame.tasks.read(
            lambda house, _ticket: why_of(house, person, asked.span, asked.day, one.cell), show, owner=self
        )

    def _show_part(self, key: str) -> None:
        self._stack.setCurrentIndex(PARTS.index(key))
        self.tools.line.setVisible(key == "leaders")

    def _go_to(self, item: WorkItem) -> None:
        self.frame.go(item.where, item.meeting_id or item.person_id)

    def _period_entries(self) -> list[Entry]:
        view, asked = self._view, self.asked
        if view is None or asked is None:
            return []
        today = day_of(view.board.as_of, view.zone)
        entries = [
            Entry(label, partial(self._take, replace(asked, span=span)), asked.span == span)
            for span, label in offered(view.year, today, view.closed)
        ]
        entries += [Entry(), Entry(t("As of a day…"), self._ask_day, bool(asked.as_of) or None)]
        if asked.as_of:
            entries.append(Entry(t("As of today"), partial(self._take, replace(asked, as_of=""))))
        return entries

    def _ask_day(self) -> None:
        def told_day(text: str) -> None:
            try:
                day = read_day(text, t("as of"))
            except Problem as problem:
                self.frame.say(sentence(problem), "warning")
                return
            self._take(replace(self.asked or Asked(), as_of=day.isoformat()))

        self.frame.ask.text(
            t("As of a day"), t("Show it"), told_day,
            text=t("The figures as they were known at the end of that day. Which day? As in 2026-06-30."),
        )  # fmt: skip

    def _lay_out(self) -> None:
        top = header(self.title, self.period, self.keeping.menu, self.taking.menu, self.plan)
        leaders, work = QWidget(), QWidget()
        box = QVBoxLayout(leaders)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.table, 1)
        middle.addWidget(self.nobody, 1)
        middle.addWidget(self.why)
        box.addWidget(self.tools.states)
        box.addWidget(self.about)
        box.addLayout(middle, 1)
        box.addWidget(self.sums)
        other = QVBoxLayout(work)
        other.addWidget(self.work, 1)
        for layout in (box, other):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(8)
        self._stack = QStackedWidget()
        for part in (leaders, work):
            self._stack.addWidget(part)
        end = QHBoxLayout()
        end.addWidget(self.folded.more)
        end.addWidget(self.foot, 1)
        end.addStretch(0)
        for one in (self.waiting, self.agree):
            end.addWidget(one, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 24, 36, 16)
        column.setSpacing(8)
        column.addWidget(top)
        column.addWidget(self.sentence)
        column.addWidget(self.past)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.parts, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.tools.line, 1)
        column.addLayout(line)
        column.addWidget(self._stack, 1)
        column.addLayout(end)

    def _by_keyboard(self) -> None:
        """Escape closes what says why, then goes back to the table; 1 and 2 the parts with Alt."""
        keys = {
            "Escape": self._on_escape, "/": self.look_up, "Alt+1": lambda: self.parts.choose("leaders"),
            "Alt+2": lambda: self.parts.choose("work"),
        }  # fmt: skip
        for key, act in keys.items():
            made = QShortcut(QKeySequence(key), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(act)

    def _on_escape(self) -> None:
        if self.why.isVisible():
            self.why.put_away()
        else:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
