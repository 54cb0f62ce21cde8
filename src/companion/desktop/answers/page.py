"""Answers decides which takeaway's answers are shown, which are chosen, and what its buttons do."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot

from companion.basics.changes import Changes
from companion.basics.clock import read_day
from companion.basics.progress import Ticket
from companion.desktop.answers.mails import MailColumn, ask_for_mails, bring_mails
from companion.desktop.answers.view import Verbs, fill, items
from companion.desktop.answers.words import to_whom
from companion.desktop.ask import Field
from companion.desktop.frame import Frame, Page
from companion.desktop.widgets.column import header
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.items import ItemList
from companion.desktop.widgets.panes import lay_out
from companion.desktop.widgets.text import PlainLabel
from companion.programme import actions, answers, outbox
from companion.programme.model import House
from companion.programme.views.answers import AnswersView, AsideRow, MyAnswers, my_answers
from companion.takeaways.model import Action
from companion.words.answers import from_whom, pace_sentence
from companion.words.language import t, tn


class AnswersPage(Page):
    """My takeaways by who waits; beside the list the answers to one of them."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._view: MyAnswers | None = None
        self._wanted = ""
        self._picked: set[str] = set()
        self.list = ItemList(frame.look, t("Takeaways that were answered"))
        self.list.chosen.connect(self._on_chosen)
        self.column = MailColumn(margin=28)
        self.column.dropped.connect(self._on_dropped)
        self._pace = PlainLabel("", "soft")
        lay_out(self, [header(t("Answers")), self._pace], self.list, self.column, frame.look)
        self.verbs = Verbs(
            pick=self._pick,
            answer=self._answer,
            act=self._act,
            done=self._done,
            accept=lambda one: self._accept(one, ""),
            accept_as=self._accept_as,
            dismiss=self._dismiss,
            mails=partial(ask_for_mails, frame),
            read=lambda key: frame.go("read", key),
        )

    def reload(self) -> None:
        """Read the answers again."""
        self.read(lambda house, _ticket: my_answers(house), self._show)

    def arrive(self, item: str) -> None:
        """Show one takeaway's answers."""
        self._wanted = item
        if self._view is not None:
            self._show(self._view)

    def _show(self, view: MyAnswers) -> None:
        self._view = view
        self._pace.setText(pace_sentence(view.pace))
        self._pace.setVisible(bool(self._pace.text()))
        listed = [item for item in items(view) if item.key]
        known = [item.key for item in listed]
        key = self._wanted if self._wanted in known else self.list.current
        if key not in known:
            key = known[0] if known else ""
        self._wanted = ""
        self.list.show_items(items(view), key if key != self.list.current else "")
        self.list.setVisible(bool(known))
        self._show_one(key)

    def _show_one(self, key: str) -> None:
        view = self._view
        one = next((one for one in view.views if one.takeaway.id == key), None) if view else None
        self.column.take_mails(bool(one and one.author))
        if one is None or view is None:
            self.column.begin()
            said = t("Nothing of yours has been published yet. What readers answer to it will stand here.")
            self.column.add(Empty(said, t("Read what others heard"), lambda: self.frame.go("read", "")))
            self.column.end()
            return
        self._picked &= {row.answer.id for row in one.rows}
        fill(self.column, one, view, self._picked, self.verbs)

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        self._picked.clear()
        self.column.verticalScrollBar().setValue(0)  # before: a column goes back to where the reader was
        self._show_one(key)

    @Slot(tuple)
    def _on_dropped(self, paths: tuple[Path, ...]) -> None:
        bring_mails(self.frame, paths, self.list.current)

    def _pick(self, answer_id: str, on: bool) -> None:
        (self._picked.add if on else self._picked.discard)(answer_id)

    def _answer(self, view: AnswersView) -> None:
        """Those chosen, else all who wait; where nobody waits, all who answered."""
        rows = [row for row in view.rows if row.answer.id in self._picked] or list(view.waiting)
        rows = rows or [row for row in view.rows if not row.mine]
        key, ids = view.takeaway.id, [row.answer.id for row in rows]

        def written(text: str) -> None:
            self._write(
                lambda house, _ticket: answers.answer_all(house, key, text, ids),
                t("Your answer stands under the takeaway. Who left an address gets it by mail."),
            )

        said = tn("Your answer goes to {count} reader: {names}.", "Your answer goes to {count} readers: {names}.",
                  len(rows), names=", ".join(dict.fromkeys(from_whom(row.answer) for row in rows)))  # fmt: skip
        self.frame.ask.text(t("Answer once for all"), t("Answer"), written, lines=4, text=said)

    def _act(self, view: AnswersView) -> None:
        key = view.takeaway.id
        ids = [row.answer.id for row in view.rows if row.answer.id in self._picked]

        def written(given: dict[str, str]) -> None:
            def work(house: House, _ticket: Ticket) -> object:
                due = read_day(given["due"], t("Until when")) if given["due"] else None
                return actions.add(house, key, given["text"], given["owner"], due, ids)

            self._write(work, t("It is an action now. When it is done, say so here: its readers are told."))

        colleagues = self._view.colleagues if self._view else ()
        said = tn("{count} reader hears what came of it.", "{count} readers hear what came of it.", len(ids))
        self.frame.ask.form(
            t("Make it an action"), said if ids else t("Choose answers first to tell their readers what came of it."),
            [
                Field("text", t("What is to be done, in one sentence")),
                Field("owner", t("Who does it"), "choice", colleagues[0][0] if colleagues else "", choices=colleagues),
                Field("due", t("Until when"), hint=t("a day as in 2027-06-30, or empty")),
            ],
            t("Make it an action"), written,
        )  # fmt: skip

    def _done(self, action: Action) -> None:
        def written(text: str) -> None:
            self._write(
                lambda house, _ticket: actions.finish(house, action.id, text),
                t("Noted. Its readers and the host are told."),
            )

        self.frame.ask.text(
            t("Done: we did…"), t("Say so"), written, lines=3,
            text=t("{text}\n\nWhat did we do, in one sentence? The readers who asked for it are told, and the host, "
                   "with words for the customer.", text=action.text),
        )  # fmt: skip

    def _accept(self, one: AsideRow, address: str) -> None:
        self._write(
            lambda house, _ticket: answers.accept(house, one.answer.id, address), t("Taken in among the answers.")
        )

    def _accept_as(self, one: AsideRow) -> None:
        colleagues = self._view.colleagues if self._view else ()
        if colleagues:
            self.frame.ask.choose(
                t("Whose is it?"), t("It came from {who}.", who=to_whom(one.answer)), colleagues,
                lambda address: self._accept(one, address),
            )  # fmt: skip

    def _dismiss(self, one: AsideRow) -> None:
        def sure(yes: bool) -> None:
            if yes:
                self._write(lambda house, _ticket: answers.dismiss(house, one.answer.id), t("Left out."))

        self.frame.ask.yes(
            t("Leave this answer out?"), t("Its words are deleted; the mail itself stays in its mailbox."),
            t("Leave it out"), sure,
        )  # fmt: skip

    def _write(self, work: Callable[[House, Ticket], object], said: str) -> None:
        """Do it, say so, and bring every place that shows the takeaway up to date."""

        def over(_done: object) -> None:
            self._picked.clear()
            self.frame.say(said)
            self.frame.tasks.fetch(lambda house, _ticket: outbox.republish(house))

        self.frame.tasks.write(work, over, rooms=Changes.TAKEAWAYS)
