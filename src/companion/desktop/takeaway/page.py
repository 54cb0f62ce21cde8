"""Takeaway decides: what is kept while writing, what the gate says, how it goes out."""

from datetime import date

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.basics.changes import Changes
from companion.basics.clock import read_day
from companion.basics.errors import Problem
from companion.desktop.frame import Frame, Page
from companion.desktop.takeaway.facts import Opened, audiences, keep_draft, open_takeaway
from companion.desktop.takeaway.form import Form
from companion.desktop.takeaway.preview import fill
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.card import divider
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.text import PlainLabel
from companion.programme import outbox, publishing
from companion.takeaways.audience import say
from companion.takeaways.gate import check
from companion.takeaways.model import Takeaway
from companion.words.language import t, tn
from companion.words.problems import sentence

SOON = 300  # milliseconds from a key to its saving and its preview
ROOMS = Changes.TAKEAWAYS | Changes.NOTES | Changes.ATTENDANCE


class TakeawayPage(Page):
    """The form at the left, the reader's view at the right."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._item = ""
        self._opened: Opened | None = None
        self._dirty = False
        self.title = PlainLabel(t("Takeaway"), "title")
        self.saved = PlainLabel("", "small")
        self.form = Form(self._on_changed)
        self.left = Column(margin=36, widest=560)
        self.right = Column(margin=24)
        self.stack = QWidget()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.flush)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        self._lay_out()

    def arrive(self, item: str) -> None:
        """Open the takeaway of a note."""
        self.flush()
        if item != self._item:
            self._item, self._opened = item, None
            self.stack.setEnabled(False)  # nobody writes into what is not open: it would be kept nowhere
        self.reload()

    def reload(self) -> None:
        """Read it again, unless something is being written."""
        if self._item and not self._dirty:
            self.read(lambda house, _ticket: open_takeaway(house, self._item), self._show)

    def leave(self) -> None:
        """Keep what is written."""
        self.flush()

    def flush(self) -> None:
        """Keep the draft on this device and show it as a reader sees it."""
        self._soon.stop()
        if self._opened is None or not self._dirty:
            return
        self._dirty = False
        draft = self.takeaway()
        self.frame.tasks.write(
            lambda house, _ticket: keep_draft(house, draft), lambda _none: self._say_saved(), failed=self._not_kept
        )
        fill(self.right, draft, self._opened)

    def takeaway(self) -> Takeaway:
        """What stands in the form now."""
        if self._opened is None:
            raise LookupError("no takeaway is open")
        return self.form.written(self._opened.takeaway)

    def _show(self, opened: Opened) -> None:
        self._opened = opened
        self.form.show_takeaway(opened.takeaway, audiences(opened), opened.channels)
        self.stack.setEnabled(True)
        self.title.setText(t("Tell about {customer}", customer=opened.takeaway.customer_name or t("the customer")))
        self._say_saved()
        fill(self.right, self.takeaway(), opened)

    def _say_saved(self) -> None:
        told = self._opened is not None and self._opened.takeaway.revision > 1
        kept = t("Published; changes are kept here until you publish again") if told else ""
        kept = kept or t("Kept on this computer; nothing has left it")
        self.saved.setText(t("Saving…") if self._dirty else kept)

    def _not_kept(self, problem: Problem) -> None:
        self._dirty = True
        self.saved.setText(t("Not saved yet"))
        self.frame.say(sentence(problem), "bad")

    def _on_changed(self) -> None:
        self._dirty = True
        self.saved.setText(t("Saving…"))
        if not self._soon.isActive():
            self._soon.start()

    def _publish(self) -> None:
        if self._opened is None:
            return
        self.flush()
        takeaway, ways = self.takeaway(), self.form.ways()
        found = check(takeaway, self._opened.contacts)
        parts = [t("It will be {audience}.", audience=say(takeaway.audience))]
        if found:
            parts.append(
                tn("{count} passage is worth a second look.", "{count} passages are worth a second look.", len(found))
            )

        def sure(yes: bool) -> None:
            if yes:
                self._send(takeaway, publishing.Order(ways))

        self.frame.ask.yes(t("Publish this takeaway?"), " ".join(parts), t("Publish"), sure)

    def _send(self, takeaway: Takeaway, order: publishing.Order) -> None:
        def sent(made: Takeaway) -> None:
            self.frame.say(t("Published: {headline}", headline=made.headline), "", t("Read it"), read_it)
            self.frame.tasks.fetch(outbox.run, rooms=Changes.TAKEAWAYS)

        def read_it() -> None:
            self.frame.go("read", takeaway.id)

        self.frame.tasks.write(lambda house, _ticket: publishing.send(house, takeaway, order), sent, rooms=ROOMS)

    def _copy(self) -> None:
        takeaway = self.takeaway()

        def copied(texts: tuple[str, str]) -> None:
            data = QMimeData()
            data.setHtml(texts[0])
            data.setText(texts[1])
            QGuiApplication.clipboard().setMimeData(data)
            self.frame.say(t("Copied. Paste it into a mail or a channel."))

        self.frame.tasks.read(
            lambda house, _ticket: house.render_copy(outbox.parcel_of(house, takeaway)), copied, owner=self
        )

    def _tell(self) -> None:
        self.flush()
        opened, takeaway = self._opened, self.takeaway()
        if opened is None:
            return

        def told(text: str) -> None:
            self.frame.tasks.write(
                lambda house, _ticket: publishing.tell(
                    house, opened.note_id, read_day(text), takeaway.headline, takeaway.quote
                ),
                lambda _made: self.frame.say(t("Noted as told. Your seat is complete.")),
                rooms=ROOMS,
            )

        self.frame.ask.text(
            t("When did you tell your team?"),
            t("I told it"),
            told,
            text=t("With the headline and the quote. Write the day as 2026-11-21."),
            start=date.today().isoformat(),  # noqa: DTZ011 - a person's own day, only offered
        )

    def _lay_out(self) -> None:
        self.left.begin()
        self.left.add(self.title)
        self.left.add(self.saved)
        self.left.add(self.form, 12)
        buttons = [
            button(t("Publish…"), self._publish, filled=True),
            button(t("Copy for mail or Teams"), self._copy),
            button(t("Told in a team meeting…"), self._tell),
        ]
        self.left.end()
        bar = Flow(buttons, spacing=8)
        bar.setContentsMargins(36, 10, 24, 16)
        stack = QVBoxLayout(self.stack)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self.left, 1)
        stack.addWidget(divider())
        stack.addWidget(bar)
        self._line.addWidget(self.stack, 5)
        self._line.addWidget(self.right, 6)
