"""Takeaway decides: what is kept while writing, what the gate says, what is previewed, and how it goes out."""

from dataclasses import replace

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.desktop.frame import Frame, Page
from companion.desktop.publishing.dialogs import where_dialog, withdraw_dialog
from companion.desktop.publishing.preview import Preview
from companion.desktop.publishing.readers import Before
from companion.desktop.publishing.spoken import tell_in_meeting
from companion.desktop.publishing.undo import count_down, send
from companion.desktop.takeaway.audience import going_out
from companion.desktop.takeaway.drafts import drop_draft, keep_draft
from companion.desktop.takeaway.facts import Desk, audiences, open_desk
from companion.desktop.takeaway.form import Form
from companion.desktop.takeaway.gate import Offers
from companion.desktop.takeaway.gone import Gone
from companion.desktop.takeaway.ready import changed, missing
from companion.desktop.takeaway.side import Looked, copy_of, fill, look
from companion.desktop.takeaway.tabs import state_line, tabs
from companion.desktop.tasks import Task
from companion.desktop.widgets.buttons import button, menu_button
from companion.desktop.widgets.card import divider
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.text import PlainLabel
from companion.takeaways import gate
from companion.takeaways.audience import say
from companion.takeaways.compose import also_for
from companion.takeaways.gate import Finding
from companion.takeaways.model import Takeaway
from companion.words.language import t
from companion.words.problems import sentence

SOON = 300  # milliseconds from a key to its saving and its preview
ROOMS = Changes.TAKEAWAYS | Changes.NOTES | Changes.ATTENDANCE


class TakeawayPage(Page):
    """The form at the left, the reader's view at the right; then the preview; then it is on its way."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._item = ""
        self._desk: Desk | None = None
        self._takeaway: Takeaway | None = None  # the one in the form, as it was shown there
        self._kept_for = ""  # for whom the device keeps its draft
        self._wanted = ""  # the id to show at the next reading
        self._asked = ""  # what was said to be missing
        self._dirty = False
        self._reviewed: set[str] = set()  # ids whose author wants another pair of eyes
        self._looked: Looked | None = None
        self._looking: Task | None = None
        self.title = PlainLabel(t("Takeaway"), "title")
        self.saved = PlainLabel("", "small")
        self.form = Form(self._on_changed)
        self.preview = Preview(frame, self._back, self._publish, self._going)
        self.gone = Gone(self._also, lambda: frame.go("read", ""))
        self.left = Column(margin=36, widest=560)
        self.right = Column(margin=24)
        self.tabs = QVBoxLayout()
        self.compose = QWidget()
        self.stack = QStackedWidget()
        self.more = menu_button(
            t("More"), [(t("Where it went"), self._where), (t("Withdraw it…"), self._withdraw),
                        (t("Drop what I wrote…"), self._drop)]
        )  # fmt: skip
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.flush)
        self._lay_out()

    def arrive(self, item: str) -> None:
        """Open the takeaways of a note."""
        self.flush()
        if item != self._item:
            self._item, self._desk, self._takeaway, self._looked = item, None, None, None
            self.stack.setEnabled(False)  # nobody writes into what is not open: it would be kept nowhere
            self.stack.setCurrentWidget(self.compose)
        self.reload()

    def reload(self) -> None:
        """Read it again, unless something is being written."""
        if self._item and not self._dirty:
            self.read(lambda house, _ticket: open_desk(house, self._item), self._show)

    def leave(self) -> None:
        """Keep what is written."""
        self.flush()

    def flush(self) -> None:
        """Keep the draft on this device and show it as a reader sees it."""
        self._soon.stop()
        desk = self._desk
        if desk is None or not self._dirty:
            return
        self._dirty = False
        draft, before = self.takeaway(), self._kept_for
        self._kept_for = draft.audience
        known = [draft if one.id == draft.id else one for one in desk.takeaways]
        self._desk = replace(desk, takeaways=tuple(known), shown=draft.audience)
        self.frame.tasks.write(
            lambda house, _ticket: keep_draft(house, draft, before), lambda _none: self._say_saved(),
            failed=self._not_kept,
        )  # fmt: skip
        self._fill(draft)
        self._look(draft)

    def takeaway(self) -> Takeaway:
        """What stands in the form now."""
        if self._takeaway is None:
            raise LookupError("no takeaway is open")
        return self.form.written(self._takeaway)

    def _show(self, desk: Desk) -> None:
        self._desk = desk
        wanted = self._wanted or (self._takeaway.id if self._takeaway else "")
        self._wanted = ""
        self.stack.setEnabled(True)
        self._open(desk.takeaway(wanted))

    def _open(self, takeaway: Takeaway) -> None:
        desk = self._desk
        if desk is None:
            return
        other = self._takeaway is None or self._takeaway.id != takeaway.id
        self._takeaway, self._kept_for = takeaway, takeaway.audience
        self.title.setText(t("Tell about {customer}", customer=takeaway.customer_name or t("the customer")))
        self._show_tabs(desk, takeaway)
        if desk.is_leaving(takeaway):
            self.gone.show_leaving(takeaway, self._free(desk))
            self.stack.setCurrentWidget(self.gone)
            return
        if desk.is_withdrawn(takeaway):
            self.gone.show_withdrawn(takeaway, desk, self._begin, self._where, self._choose)
            self.stack.setCurrentWidget(self.gone)
            return
        if other or self.stack.currentWidget() is self.gone:
            self.stack.setCurrentWidget(self.compose)
        self.form.show_takeaway(desk, takeaway)
        self.more.setVisible(takeaway.id in desk.published or len(desk.takeaways) > 1)
        self._say_saved()
        self._say_changes(self.takeaway())
        self._fill(self.takeaway())
        self._look(self.takeaway())

    def _show_tabs(self, desk: Desk, takeaway: Takeaway) -> None:
        while (item := self.tabs.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        taken = frozenset(one.audience for one in desk.takeaways)
        self.tabs.addWidget(tabs(desk, takeaway.id, self._choose, self._also, taken))

    def _fill(self, takeaway: Takeaway) -> None:
        if self._desk is not None:
            offers = Offers(self._take, self._jump, self._review)
            reviewed = takeaway.id in self._reviewed
            fill(self.right, takeaway, self._desk, self._looked, offers, reviewed=reviewed)

    def _look(self, draft: Takeaway) -> None:
        """Let the gate look at it, away from the window."""
        if self._looking is not None:
            self._looking.cancel()
        note, review = self._item, draft.id in self._reviewed
        self._looking = self.frame.tasks.read(
            lambda house, _ticket: look(house, draft, note, review=review), self._on_looked,
            failed=lambda problem: self.form.audience.tell_going(sentence(problem)), owner=self,
        )  # fmt: skip

    def _on_looked(self, looked: Looked) -> None:
        desk = self._desk
        if desk is None or self._takeaway is None or looked.takeaway_id != self._takeaway.id:
            return
        before, self._looked = self._looked, looked
        self.form.audience.tell_going(going_out(looked.foreseen, desk.programme, desk.today))
        if before is None or before.found != looked.found or before.takeaway_id != looked.takeaway_id:
            self._fill(self.takeaway())

    def _say_saved(self) -> None:
        if self._desk is not None and self._takeaway is not None:
            self.saved.setText(state_line(self._desk, self._takeaway.id, saving=self._dirty))

    def _say_changes(self, takeaway: Takeaway) -> None:
        """Which fields differ from what readers have."""
        old = self._desk.published.get(takeaway.id) if self._desk else None
        if old is not None:
            self.form.changes.setText(changed(old, takeaway))

    def _not_kept(self, problem: Problem) -> None:
        self._dirty = True
        self.saved.setText(t("Not saved yet"))
        self.frame.say(sentence(problem), "bad")

    def _on_changed(self) -> None:
        if self._desk is None or self._takeaway is None:
            return
        self._on_audience(self._desk, self._takeaway)
        self._dirty = True
        written = self.takeaway()
        self.form.tell(written)
        self._say_changes(written)
        self._say_saved()
        if self._asked and self._asked != (missing(written, self._desk) or ("", ""))[1]:
            self.frame.unsay(self._asked)
        if not self._soon.isActive():
            self._soon.start()

    def _on_audience(self, desk: Desk, takeaway: Takeaway) -> None:
        """One takeaway for each audience: no second one for the same readers, another one for others."""
        chosen = self.form.written(takeaway).audience
        if any(one.audience == chosen and one.id != takeaway.id for one in desk.takeaways):
            self.form.audience.choose(self._kept_for)
            self.frame.say(t("There is one already {audience}; it stands above.", audience=say(chosen)), "warning")
        elif takeaway.id in desk.published and chosen != desk.published[takeaway.id].audience:
            self.form.audience.choose(takeaway.audience)
            self._also(chosen, keep=True)

    def _choose(self, takeaway_id: str) -> None:
        self.flush()
        if self._desk is not None:
            self._open(self._desk.takeaway(takeaway_id))

    def _also(self, audience: str, *, keep: bool = False) -> None:
        """Another takeaway of the same note; `keep`: also what it means to the team."""
        self.flush()
        if self._desk is None or self._takeaway is None:
            return
        now = self._takeaway if self._desk.is_leaving(self._takeaway) else self.takeaway()
        made = also_for(now, audience, keep=keep)
        self._desk = replace(self._desk, takeaways=(*self._desk.takeaways, made))
        self._open(made)
        self._dirty = True
        self.flush()
        self._jump_to("matters", (0, 0))

    def _begin(self) -> None:
        """Another one in the place of what was withdrawn, from the note's lines."""
        if self._desk is None or self._takeaway is None:
            return
        made = replace(self._desk.drawn, audience=self._takeaway.audience)
        self._desk = replace(self._desk, takeaways=(*self._desk.going_on, made))
        self._open(made)
        self._dirty = True
        self.flush()
        self._jump_to("headline", (0, 0))

    def _take(self, finding: Finding) -> None:
        if self._desk is not None:
            self.form.show_takeaway(self._desk, gate.apply(self.takeaway(), finding))
            self._on_changed()
            self.flush()

    def _jump(self, finding: Finding) -> None:
        self._jump_to(finding.field, finding.span, finding.text)

    def _jump_to(self, field: str, span: tuple[int, int], words: str = "") -> None:
        self.left.ensureWidgetVisible(self.form.jump(field, span, words), 0, 80)

    def _review(self, yes: bool) -> None:
        if self._takeaway is None:
            return
        (self._reviewed.add if yes else self._reviewed.discard)(self._takeaway.id)
        self._fill(self.takeaway())
        self._look(self.takeaway())

    def _preview(self) -> None:
        """The step before publishing; what is missing is asked for first."""
        self.flush()
        desk = self._desk
        if desk is None:
            return
        takeaway = self.takeaway()
        lacks = missing(takeaway, desk)
        if lacks:
            field, said = lacks
            self._asked = said
            self.frame.say(said, "warning")
            self._jump_to(field, (0, 0))
            return
        self.frame.unsay(self._asked)
        self.stack.setCurrentWidget(self.preview)
        self.preview.open(takeaway, desk.note_id, desk.author.team, desk.teams, review=takeaway.id in self._reviewed)

    def _back(self) -> None:
        self.stack.setCurrentWidget(self.compose)
        self.preview_button.setFocus()

    def _going(self, before: Before) -> str:
        desk = self._desk
        return going_out(before.foreseen, desk.programme, desk.today) if desk is not None else ""

    def _publish(self, before: Before) -> None:
        note, review = self._item, before.takeaway.id in self._reviewed
        waits = self._going(before) if before.foreseen.takeaway.needs_yes or before.foreseen.takeaway.out_at else ""
        self.preview.setEnabled(False)

        def sent(made: Takeaway) -> None:
            self.preview.setEnabled(True)
            self._takeaway, self._wanted = made, made.id
            count_down(self.frame, made, waits, undone)

        def undone(draft: Takeaway) -> None:
            self._wanted = draft.id
            self.frame.go("takeaway", note)

        def failed(problem: Problem) -> None:
            self.preview.setEnabled(True)
            self.frame.say(sentence(problem), "bad")

        self.frame.tasks.write(
            lambda house, _ticket: send(house, before, note, review=review), sent, rooms=ROOMS, failed=failed
        )

    def _copy(self) -> None:
        """To the clipboard, unless a passage is to stay in the room: from there it goes anywhere."""
        self.flush()
        takeaway, note = self.takeaway(), self._item

        def copied(texts: tuple[str, str] | None) -> None:
            if texts is None:
                self.frame.say(t("Not copied: a passage holds it back. Put it another way first."), "warning")
                return
            data = QMimeData()
            data.setHtml(texts[0])
            data.setText(texts[1])
            QGuiApplication.clipboard().setMimeData(data)
            self.frame.say(t("Copied. Paste it into a mail or a channel."))

        self.frame.tasks.read(lambda house, _ticket: copy_of(house, takeaway, note), copied, owner=self)

    def _tell(self) -> None:
        self.flush()
        if self._desk is not None:
            tell_in_meeting(self.frame, self.takeaway(), self._item, self._desk.today.isoformat())

    def _where(self) -> None:
        if self._takeaway is not None:
            where_dialog(self.frame, self._takeaway.id)

    def _withdraw(self) -> None:
        self.flush()
        if self._takeaway is not None:
            withdraw_dialog(self.frame, self._takeaway.id)

    def _drop(self) -> None:
        """Let go of what is written of this one: what was published stays as it is."""
        self.flush()
        draft = self.takeaway()

        def sure(yes: bool) -> None:
            if yes:
                self._takeaway = None
                self.frame.tasks.write(lambda house, _ticket: drop_draft(house, draft), lambda _none: self.reload())

        self.frame.ask.yes(
            t("Drop what you wrote?"), t("It is gone from this computer. What was published stays."), t("Drop it"), sure
        )

    def _free(self, desk: Desk) -> tuple[str, ...]:
        taken = {one.audience for one in desk.takeaways}
        return tuple(one for one in audiences(desk) if one not in taken)

    def _lay_out(self) -> None:
        self.left.begin()
        self.left.add(self.title)
        self.left.add(self.saved)
        self.left.body.addLayout(self.tabs)
        self.left.add(self.form, 12)
        self.left.end()
        self.preview_button = button(t("Preview as a reader…"), self._preview, filled=True)
        buttons = [
            self.preview_button, button(t("Copy for mail or Teams"), self._copy),
            button(t("Tell it in a team meeting…"), self._tell), self.more,
        ]  # fmt: skip
        bar = Flow(buttons, spacing=8)
        bar.setContentsMargins(36, 10, 24, 16)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self.left, 5)
        line.addWidget(self.right, 6)
        column = QVBoxLayout(self.compose)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line, 1)
        column.addWidget(divider())
        column.addWidget(bar)
        for page in (self.compose, self.preview, self.gone):
            self.stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
