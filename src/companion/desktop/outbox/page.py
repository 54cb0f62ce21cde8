"""The outbox decides which matter is shown and what its buttons do."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot

from companion.basics.changes import Changes
from companion.basics.progress import Ticket
from companion.desktop.frame import Frame, Page
from companion.desktop.outbox.listing import items
from companion.desktop.outbox.notes import Notes
from companion.desktop.outbox.view import Verbs, fill
from companion.desktop.outbox.words import way, whom
from companion.desktop.publishing.dialogs import where_dialog
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.items import ItemList
from companion.desktop.widgets.panes import lay_out
from companion.programme import outbox, postbag
from companion.programme.apply import cross
from companion.programme.model import House
from companion.programme.views.outbox import Matter, OutboxView, Sending
from companion.programme.views.outbox import outbox as read_outbox
from companion.takeaways.letters import Letter
from companion.words.language import t, tn


class OutboxPage(Page):
    """The list of what is on its way; beside it one takeaway, or one weekly mail, by recipient."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._view: OutboxView | None = None
        self._wanted = ""
        self.list = ItemList(frame.look, t("Outbox"))
        self.list.chosen.connect(self._on_chosen)
        self.column = Column(margin=28)
        self._now = button(t("Send now"), partial(self._send, ""), says=t("Send everything that waits now"))
        self._notes = Notes(frame)
        lay_out(self, [header(t("Outbox"), self._now), self._notes], self.list, self.column, frame.look)
        self.verbs = Verbs(
            again=lambda matter: self._send(matter.key),
            arrived=self._arrived,
            resend=self._ask_again,
            where=partial(where_dialog, frame),
        )

    def reload(self) -> None:
        """Read the queue."""
        self.read(lambda house, _ticket: read_outbox(house), self._show)

    def arrive(self, item: str) -> None:
        """Show one takeaway, by its id."""
        self._wanted = item
        if self._view is not None:
            self._show(self._view)

    def _show(self, view: OutboxView) -> None:
        self._view = view
        self._now.setVisible(any(one.may_go for one in view.matters) or bool(view.kept))
        self._notes.tell(view)
        known = [one.key for one in view.matters]
        key = self._wanted if self._wanted in known else self.list.current
        if key not in known:
            key = known[0] if known else ""
        self._wanted = ""
        self.list.show_items(items(view), key if key != self.list.current else "")
        self._show_one(key)

    def _show_one(self, key: str) -> None:
        view = self._view
        matter = _find(view, key) if view else None
        if view is None or matter is None:
            self.column.begin()
            settings = partial(self.frame.go, "settings", "channels")
            self.column.add(
                Empty(
                    t("Nothing has been sent yet. What you publish by mail, to a chat or a site stands here until it "
                      "has arrived."), t("Where takeaways go"), settings,
                )
            )  # fmt: skip
            self.column.end()
            return
        fill(self.column, matter, view, self.verbs)

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        self.column.verticalScrollBar().setValue(0)  # before: a column goes back to where the reader was
        self._show_one(key)

    def _send(self, about: str) -> None:
        """Try all of it, or what is about one matter, whatever its turn."""

        def work(house: House, ticket: Ticket) -> OutboxView:
            cross(house)
            outbox.run(house, ticket, retry=True, about=about)
            return read_outbox(house)

        self._now.setEnabled(False)
        task = self.frame.tasks.fetch(work, partial(self._say, about), rooms=Changes.TAKEAWAYS)
        task.when_over(lambda: self._now.setEnabled(True))

    def _say(self, about: str, view: OutboxView) -> None:
        found = [one for one in view.matters if about in ("", one.key)]
        unknown = sum(one.unknown for one in found)
        failed, waiting = sum(one.failed for one in found), sum(one.waiting for one in found)
        if failed:
            said = tn("{count} message was not delivered. Its line says why.",
                      "{count} messages were not delivered. Their lines say why.", failed)  # fmt: skip
        elif waiting:
            said = tn("{count} message still waits. Its line says why.",
                      "{count} messages still wait. Their lines say why.", waiting)  # fmt: skip
        elif unknown:
            said = t("Nobody knows of {count} whether it arrived. Ask, and say so here.", count=unknown)
        else:
            said = t("Everything has gone out.")
        self.frame.say(said, "warning" if failed or unknown else "")

    def _arrived(self, row: Sending) -> None:
        self._settle(row, lambda _done: self.frame.say(t("Noted: it arrived.")), arrived=True)

    def _ask_again(self, row: Sending) -> None:
        def sure(yes: bool) -> None:
            if yes:
                about = row.sent.about if isinstance(row.sent, Letter) else row.sent.takeaway_id
                self._settle(row, lambda _done: self._send(about), arrived=False)

        who = whom(row) or way(row)
        self.frame.ask.yes(
            t("Send it again to {who}?", who=who), t("If it did arrive, they get it twice. Ask them first."),
            t("Send it again"), sure,
        )  # fmt: skip

    def _settle(self, row: Sending, then: Callable[[object], None], *, arrived: bool) -> None:
        def work(house: House, _ticket: Ticket) -> object:
            if isinstance(row.sent, Letter):
                settle = postbag.it_arrived if arrived else postbag.send_again
                return settle(house, row.sent.id)
            return outbox.settle(house, row.sent, arrived=arrived)

        self.frame.tasks.write(work, then, rooms=Changes.TAKEAWAYS)


def _find(view: OutboxView, key: str) -> Matter | None:
    return next((one for one in view.matters if one.key == key), None)
