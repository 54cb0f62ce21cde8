"""What counts as a customer meeting: decides what an edit, a try, a save and a way out do."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.desktop.frame import Frame, Page
from companion.desktop.rules.customers import ask_for_customer
from companion.desktop.rules.view import Verbs, View
from companion.desktop.tasks import Task
from companion.meetings.recognise import CustomerRule
from companion.programme.people import Imported, import_customers
from companion.programme.proposal import (
    LEVELS,
    Draft,
    Edit,
    Proposal,
    applied,
    customer_edit,
    difference,
    is_shipped,
    save,
    shipped,
)
from companion.programme.trial import Trial, compare
from companion.programme.views.rules import RulesView, rules
from companion.words.language import t
from companion.words.problems import sentence
from companion.words.rules import changes

ROOMS = Changes.PROGRAMME | Changes.CUSTOMERS


class RulesPage(Page):
    """The rules of today, the draft a person makes of them, and what the last try found."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._base: Draft | None = None
        self._draft = Draft()
        self._past: list[Draft] = []
        self._accounts = 0
        self._wanted = ""
        self._trying: Task | None = None
        self._tried: Draft | None = None
        self._asked = False  # whether to save, since the last edit
        self.view = View(
            Verbs(
                self.undo, self.try_or_stop, self.save, self.choose_level, self.add_words, self.drop_word,
                self.ship_words, self.add_hold, self.drop_hold, self.ship_hold, self.change_customer,
                self.add_customer, self.import_customers,
            )
        )  # fmt: skip
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        undo = QShortcut(QKeySequence.StandardKey.Undo, self)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self.undo)

    def reload(self) -> None:
        """Read the rules again; what is edited and not saved stays."""
        self.read(lambda house, _ticket: rules(house), self._show)

    def arrive(self, item: str) -> None:
        """Go to one customer."""
        self._wanted = item
        if self._base is not None:
            self._go_to_wanted()

    def leave(self) -> None:
        """What was found is forgotten, titles and all; what is edited stays, and is asked about once."""
        self._stop()
        self._tried = None
        self.view.results.clear()
        if self.proposal and not self._asked:
            self._asked = True
            self.frame.ask.yes(
                t("Save the rules you changed?"), self._told(t("Until you save them they wait on their page.")),
                t("Save"), lambda yes: self.save() if yes else None,
            )  # fmt: skip

    def may_close(self) -> bool:
        """The window stays where rules are edited and nobody has said what becomes of them."""
        if not self.proposal:
            return True

        def told(what: str) -> None:
            if what == "save":
                self._write(then=self.window().close)
            else:
                self._draft, self._past = self._base or Draft(), []
                self.window().close()

        self.frame.ask.choose(
            t("Rules are not saved"), self._told(t("Close the window?")),
            [("save", t("Save them, then close")), ("drop", t("Close without them"))], told,
        )  # fmt: skip
        return False

    @property
    def proposal(self) -> Proposal:
        """What is edited and not saved."""
        return difference(self._base, self._draft) if self._base else Proposal()

    def add_words(self, words: tuple[str, ...]) -> None:
        """More words of a review."""
        if self._change(Proposal(words=Edit(words))):
            self.view.words.field.clear()

    def drop_word(self, word: str) -> None:
        """One word of a review less."""
        self._change(Proposal(words=Edit((), (word,))))

    def ship_words(self) -> None:
        """The words of a review that ship with the app."""
        self._edit(replace(self._draft, words=shipped(self._draft).words))

    def add_hold(self, words: tuple[str, ...]) -> None:
        """More words that hold back."""
        if self._change(Proposal(hold=Edit(words))):
            self.view.hold.field.clear()

    def drop_hold(self, word: str) -> None:
        """One word that holds back less."""
        self._change(Proposal(hold=Edit((), (word,))))

    def ship_hold(self) -> None:
        """The words that hold back and ship with the app."""
        self._edit(replace(self._draft, hold=shipped(self._draft).hold))

    def choose_level(self, key: str) -> None:
        """How sure it must be."""
        own = self._base.threshold if self._base else 0
        self._change(Proposal(threshold=LEVELS.get(key, own)))

    def add_customer(self) -> None:
        """Ask for a new customer."""
        self._ask_customer(CustomerRule("", ""))

    def change_customer(self, customer_id: str) -> None:
        """Ask how calendars know a customer."""
        self._ask_customer(next(one for one in self._draft.customers if one.id == customer_id))

    def import_customers(self) -> None:
        """Bring customers from a table; they are saved at once, as everywhere."""

        def told(made: Imported) -> None:
            problems = " ".join(sentence(problem) for problem in made.problems)
            said = t("{added} added, {changed} changed, {same} as they were.", added=len(made.added),
                     changed=len(made.changed), same=made.same)  # fmt: skip
            self.frame.say(f"{said} {problems}".strip(), "warning" if problems else "")

        def bring(path: Path) -> None:
            self.frame.tasks.write(
                lambda house, _ticket: import_customers(house, house.read_table(path)), told,
                rooms=Changes.CUSTOMERS | Changes.MEETINGS,
            )  # fmt: skip

        self.frame.ask.open_file(t("Import customers"), t("Tables (*.csv *.xlsx)"), bring)

    def undo(self) -> None:
        """Take the last edit back."""
        if self._past:
            self._draft = self._past.pop()
            self._refresh()

    def try_or_stop(self) -> None:
        """Try the rules as they stand here on the past twelve months, or stop trying."""
        if self._trying is not None:
            self._stop()
            return
        if not self._accounts:
            self.view.results.show_nothing_to_try(lambda: self.frame.go("settings", "calendars"))
            self.view.show_top()
            return
        proposal, draft = self.proposal, self._draft

        def shown(trial: Trial) -> None:
            self._tried = draft
            self.view.results.show_trial(trial)
            self._refresh()
            self.view.show_top()

        def failed(problem: Problem) -> None:
            self.frame.say(sentence(problem), "bad")

        task = self.frame.tasks.fetch(
            lambda house, ticket: compare(house, proposal, ticket), shown, failed=failed, owner=self
        )
        self._trying = task
        task.when_over(lambda: self._over(task))
        self._refresh()

    def save(self) -> None:
        """Write the rules down."""
        if self.proposal:  # the button waits for a change
            self._write(lambda: None)

    def _write(self, then: Callable[[], object]) -> None:
        proposal, draft = self.proposal, self._draft

        def saved(_done: Proposal) -> None:
            self._base, self._past = draft, []
            self._refresh()
            self.frame.say(t("Saved. The calendars go by the new rules when they are read next."), "",
                           t("Read them now"), self.frame.sync)  # fmt: skip
            then()

        self.frame.tasks.write(lambda house, _ticket: save(house, proposal), saved, rooms=ROOMS)

    def _show(self, view: RulesView) -> None:
        unsaved = self.proposal
        self._base, self._accounts = view.draft, view.accounts
        try:
            self._draft = applied(view.draft, unsaved)
        except Problem as problem:  # somebody else saved what this clashes with
            self._draft, self._past = view.draft, []
            self.frame.say(sentence(problem), "warning")
        self.view.show_levels(view.draft.threshold)
        self._refresh()
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        if self._wanted:
            self.view.customers.look_for(self._wanted)
            self._wanted = ""
            QTimer.singleShot(0, self.view, self.view.show_customers_section)

    def _ask_customer(self, known: CustomerRule, trouble: str = "", typed: CustomerRule | None = None) -> None:
        def asked(answer: CustomerRule) -> None:
            said = self._refused(Proposal(customers=(customer_edit(known if known.id else None, answer),)))
            if said:
                self._ask_customer(known, said, answer)

        ask_for_customer(self.frame.ask, typed or known, asked, trouble)

    def _change(self, proposal: Proposal) -> bool:
        said = self._refused(proposal)
        if said:
            self.frame.say(said, "bad")
        return not said

    def _refused(self, proposal: Proposal) -> str:
        """Make an edit; why it cannot be, "" where it was made."""
        try:
            self._edit(applied(self._draft, proposal))
        except Problem as problem:
            return sentence(problem)
        return ""

    def _edit(self, draft: Draft) -> None:
        if draft != self._draft:
            self._past.append(self._draft)
            self._draft = draft
            self._asked = False
        self._refresh()

    def _refresh(self) -> None:
        words, hold = is_shipped(self._draft)
        self.view.show_draft(self._draft, words_shipped=words, hold_shipped=hold)
        self.view.show_state(self._told(""), trying=self._trying is not None, undo=bool(self._past),
                             save=bool(self.proposal))  # fmt: skip
        self.view.results.show_stale(stale=self._tried is not None and self._tried != self._draft)
        self.view.order_stops()

    def _told(self, more: str) -> str:
        lines = changes(self.proposal)
        said = t("Not saved yet: {changes}.", changes="; ".join(lines)) if lines else t("Nothing is changed.")
        return f"{said} {more}".strip()

    def _stop(self) -> None:
        if self._trying is not None:
            self._trying.cancel()

    def _over(self, task: Task) -> None:
        if self._trying is task:
            self._trying = None
            self._refresh()
