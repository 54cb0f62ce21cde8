"""The weekly mails: ops look at all of them, leave somebody out, and send them with one button."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.desktop.frame import Frame, Page
from companion.desktop.tasks import Task
from companion.desktop.weekly.listing import items, key_of
from companion.desktop.weekly.view import MailView
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.column import Column, ReadingColumn, header
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.items import ItemList
from companion.desktop.widgets.panes import lay_out
from companion.desktop.widgets.text import PlainLabel
from companion.programme import digest
from companion.programme.digest import Mail, NoMail, Week
from companion.programme.model import House
from companion.takeaways.letters import Letter
from companion.takeaways.model import Shown
from companion.words.desk import moment, week_stands
from companion.words.language import t, tn
from companion.words.problems import sentence


@dataclass(frozen=True)
class Seen:
    """What was read at once: the week, and the mail that is chosen in it as it reads."""

    week: Week | Problem
    key: str = ""  # whose
    drawn: Shown | None = None


class WeeklyPage(Page):
    """The list of people; beside it the mail of one of them as it reads, drawn when it is chosen."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._view: Week | Problem | None = None
        self._wanted = ""
        self._drawing: Task | None = None
        self.list = ItemList(frame.look, t("Weekly mails"))
        self.list.chosen.connect(self._on_chosen)
        self.mail = MailView(self._leave_out)
        self.send = button("", self._ask, filled=True)
        self.state = PlainLabel("", "soft")
        self.warning = PlainLabel("", "warning")
        self.waits = QCheckBox(t("Wait for my yes"))
        self.waits.setToolTip(t("The desk sends none of them by itself; somebody has to press the button."))
        self.waits.clicked.connect(self._on_waits)
        tops: list[QWidget] = [header(t("Weekly mails")), self.state, self.warning, self.waits, self.send]
        panes = QWidget()
        lay_out(panes, tops, self.list, self.mail, frame.look)
        self._bare = Column()  # where there is no week to look at
        self.stack = QStackedWidget()
        self.stack.addWidget(panes)
        self.stack.addWidget(self._bare)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.stack)
        self._show_tools(None)
        self._show_bare()

    def reload(self) -> None:
        """Read the week, and draw the mail that is chosen."""
        self.read(partial(_look, wanted=self._wanted or self.list.current), self._show)

    def arrive(self, item: str) -> None:
        """Show one person's, by their id."""
        self._wanted = item
        if self._view is not None:
            self._show(Seen(self._view))

    def _show(self, seen: Seen) -> None:
        self._view = view = seen.week
        if isinstance(view, Problem) or view.slot is None:
            self._show_tools(None)
            self.list.show_items([])
            self._show_bare(self._nothing(view))
            return
        self.stack.setCurrentIndex(0)
        self._show_tools(view)
        listed = items(view)
        key = _chosen([item.key for item in listed], self._wanted or self.list.current)
        self._wanted = ""
        self.list.show_items(listed, key if key != self.list.current else "")
        self._show_one(key, seen.drawn if key == seen.key else None)

    def _show_bare(self, nothing: Empty | None = None) -> None:
        """The title, and below it why there is no week to look at."""
        self._bare.begin()
        self._bare.add(header(t("Weekly mails")))
        if nothing is not None:
            text = ReadingColumn()
            text.add(nothing)
            self._bare.add(text)
        self._bare.end()
        self.stack.setCurrentWidget(self._bare)

    def _show_tools(self, week: Week | None) -> None:
        slot = week.slot if week else None
        for widget in (self.state, self.waits, self.list):
            widget.setVisible(slot is not None)
        self.send.setVisible(slot is not None and bool(week and week.going and week.open and week.post))
        self.warning.hide()
        if week is None or slot is None:
            return
        count = len(week.going)
        self.state.setText(
            week_stands(
                count, len(week.none), slot.at, week.zone,
                waits=week.waits, late=week.late, post=week.post, left=week.left,
            )
        )  # fmt: skip
        self.send.setText(tn("Send {count} mail…", "Send {count} mails…", count))
        self.send.setAccessibleName(self.send.text())
        self.waits.setChecked(week.waits)
        if not week.post:
            self.warning.setText(
                t("The programme has no mail to write them by. Choose one in Settings, under channels.")
            )
        elif not week.open:
            day = moment(slot.at - digest.EARLY, week.zone)
            self.warning.setText(t("They may be sent from {moment} on.", moment=day))
        self.warning.setVisible(bool(self.warning.text()) and not (week.post and week.open))

    def _nothing(self, view: Week | Problem) -> Empty:
        if isinstance(view, Problem):
            return Empty(sentence(view))
        return Empty(
            t("The programme has no weekly mail. Once it has a day and a time, each person gets one mail a week: what "
              "is theirs to do, and what customers told."),
            t("Open Settings"), partial(self.frame.go, "settings", ""),
        )  # fmt: skip

    def _show_one(self, key: str, drawn: Shown | None = None) -> None:
        if self._drawing is not None:
            self._drawing.cancel()
            self._drawing = None
        if not isinstance(self._view, Week):
            return
        found = _of(self._view, key)
        if isinstance(found, Mail):
            self.mail.show_mail(found, drawn)
            if drawn is None:
                self._drawing = self.frame.tasks.read(
                    partial(_draw, mail=found), partial(self.mail.show_text, found), owner=self
                )
        elif found is not None:
            self.mail.show_none(found)
        else:
            self.mail.show_widget(Empty(t("Nobody is in the programme yet.")))

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        self._show_one(key)

    @Slot(bool)
    def _on_waits(self, wait: bool) -> None:
        def work(house: House, _ticket: Ticket) -> object:
            return digest.wait_for_yes(house, wait=wait)

        said = t("They wait for your yes from now on.") if wait else t("They go by themselves from now on.")
        self.frame.tasks.write(work, lambda _done: self.frame.say(said), rooms=Changes.PROGRAMME, failed=self._refused)

    def _refused(self, problem: Problem) -> None:
        self.frame.say(sentence(problem), "warning")
        self._shown = None  # what stands there is no longer so
        self.reload()

    def _leave_out(self, one: Mail | NoMail, out: bool) -> None:
        week = self._view.slot.week if isinstance(self._view, Week) and self._view.slot else ""

        def work(house: House, _ticket: Ticket) -> None:
            digest.leave_out(house, one.person_id, out=out, week=week)

        self._wanted = one.person_id
        said = t("{name} gets none this week.", name=one.name) if out else t("{name} gets one again.", name=one.name)
        self.frame.tasks.write(
            work, lambda _done: self.frame.say(said), rooms=Changes.TAKEAWAYS, failed=self._refused
        )  # fmt: skip

    def _ask(self) -> None:
        """Say in words what happens, then wait for the yes."""
        if not isinstance(self._view, Week) or self._view.slot is None:
            return
        names, count = [one.name for one in self._view.going], len(self._view.going)
        rest = count - _NAMED
        shown = ", ".join(names[:_NAMED])
        if rest > 0:
            shown = tn("{names} and {count} more", "{names} and {count} more", rest, names=shown)
        week = self._view.slot.week
        self.frame.ask.yes(
            tn("Send {count} mail now?", "Send {count} mails now?", count),
            t("To {names}. What has gone cannot be taken back, and nobody gets a second one this week.", names=shown),
            tn("Send {count} mail", "Send {count} mails", count), lambda sure: self._go(week) if sure else None,
        )  # fmt: skip

    def _go(self, week: str) -> None:
        def work(house: House, ticket: Ticket) -> list[Letter]:
            return digest.send_now(house, ticket, week=week)

        self.send.setEnabled(False)
        task = self.frame.tasks.fetch(work, self._went, rooms=Changes.TAKEAWAYS, failed=self._refused)
        task.when_over(lambda: self.send.setEnabled(True))

    def _went(self, sent: list[Letter]) -> None:
        gone = sum(one.state == "sent" for one in sent)
        left = len(sent) - gone
        said = tn("{count} mail went out.", "{count} mails went out.", gone)
        if left:
            said += " " + tn("{count} did not; its line says why.", "{count} did not; their lines say why.", left)
        self.frame.say(said, "warning" if left else "")


_NAMED = 6  # people named in the question


def _look(house: House, ticket: Ticket, *, wanted: str) -> Seen:
    try:
        week = digest.preview(house, ticket)
    except Problem as problem:
        if problem.code != "only_ops":
            raise
        return Seen(problem)
    key = _chosen([item.key for item in items(week)], wanted)
    found = _of(week, key)
    return Seen(week, key, digest.draw(house, found) if isinstance(found, Mail) else None)


def _draw(house: House, _ticket: Ticket, *, mail: Mail) -> Shown:
    return digest.draw(house, mail)


def _chosen(keys: Sequence[str], wanted: str) -> str:
    """Whose mail is shown: the one that is wanted, else the first."""
    return wanted if wanted and wanted in keys else next((key for key in keys if key), "")


def _of(week: Week, key: str) -> Mail | NoMail | None:
    everybody: list[Mail | NoMail] = [*week.mails, *week.none]
    return next((one for one in everybody if key_of(one) == key), None)
