"""What can be done with a row besides changing its words: how it ended, took its place, goes, or is forgotten."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import get_args

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.changes import Changes
from companion.basics.clock import day_of
from companion.customers.memory import Fact, FactState
from companion.customers.model import Contact
from companion.desktop.customer.held import Erasing
from companion.desktop.frame import Frame
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.text import PlainLabel
from companion.programme import memory
from companion.programme.model import House
from companion.programme.views.customer import Remembered
from companion.words.dates import full_day
from companion.words.language import mark, t

UNDO = 10  # seconds in which a removal can be taken back
ROOMS = Changes.CUSTOMERS
QUESTIONS: dict[str, str] = {
    "kept": mark("What became of it? One line is enough."),
    "broken": mark("What happened? One line is enough."),
    "dropped": mark("Why? One line is enough."),
    "reached": mark("How do they say so? One line is enough."),
}
HEADINGS: dict[str, str] = {
    "kept": mark("It was kept"), "broken": mark("It was broken"), "dropped": mark("It was dropped"),
    "reached": mark("They reached it"),
}  # fmt: skip


class Acts:
    """Verbs on facts and people; `written` is called with each fact as it is now."""

    def __init__(self, frame: Frame, written: Callable[[Fact | None], None], zone: Callable[[], str]) -> None:
        self._frame = frame
        self._written = written
        self._zone = zone
        self._erasing = Erasing(frame, lambda: written(None))

    def on_fact(self, what: str, one: Remembered) -> None:
        """Do what a fact's menu, or a choice between two texts, named."""
        verb, _, rest = what.partition(":")
        if verb == "end":
            self._end(one.fact, next(state for state in get_args(FactState) if state == rest))
        elif verb == "reopen":
            self._change(replace(one.fact, state="open", result="", ended=None), one.fact.revision)
        elif verb == "remove":
            self._remove(one.fact)
        elif verb == "history":
            self._history(one)
        elif verb == "keep":
            self._change(one.fact, one.fact.revision)
        elif verb == "take":
            self._change(replace(one.fact, text=one.others[int(rest)].fact.text), one.fact.revision)

    def on_person(self, what: str, contact: Contact) -> None:
        """Do what a person's menu named."""
        verb, _, rest = what.partition(":")
        if verb == "quote":
            wanted = replace(contact, may_quote=rest)
            self._frame.tasks.write(
                lambda house, _ticket: memory.put_contact(house, wanted), lambda _made: self._written(None),
                rooms=ROOMS,
            )  # fmt: skip
        elif verb == "held":
            self._erasing.show(contact)
        elif verb == "erase":
            self._erasing.ask(contact)

    def _end(self, fact: Fact, state: FactState) -> None:
        def told(result: str) -> None:
            def work(house: House, _ticket: object) -> Fact:
                today = day_of(house.clock(), self._zone())
                return memory.change(house, replace(fact, state=state, result=result, ended=today), fact.revision)

            self._frame.tasks.write(work, self._written, rooms=ROOMS)

        self._frame.ask.text(t(HEADINGS[state]), t("Note it"), told, text=t(QUESTIONS[state]))

    def _remove(self, fact: Fact) -> None:
        """Out of sight at once, and nothing is lost: it stands under what holds no more."""

        def removed(made: Fact) -> None:
            self._written(made)
            self._frame.count_down(
                UNDO, lambda _left: t("Removed. It stands under “What holds no more”."), t("Undo"),
                lambda: self._change(replace(fact, revision=made.revision), made.revision),
            )  # fmt: skip

        def work(house: House, _ticket: object) -> Fact:
            today = day_of(house.clock(), self._zone())
            return memory.change(house, replace(fact, state="dropped", ended=today), fact.revision)

        self._frame.tasks.write(work, removed, rooms=ROOMS)

    def _change(self, fact: Fact, base: int) -> None:
        self._frame.tasks.write(lambda house, _ticket: memory.change(house, fact, base), self._written, rooms=ROOMS)

    def _history(self, one: Remembered) -> None:
        versions = [(version.at, version.fact.text, version.fact.changed_by) for version in one.versions]
        lines = [(full_day(day_of(at, self._zone())), text) for at, text, _by in reversed(versions)]
        self._frame.ask.show(t("What it said before"), told(one.fact.text, lines))


def told(now: str, before: Sequence[tuple[str, str]]) -> QWidget:
    """What stands now, and what stood before until which day, newest first."""
    box = QWidget()
    outer = QVBoxLayout(box)
    outer.setContentsMargins(0, 0, 0, 0)
    column = Column(margin=4)
    column.add(PlainLabel(t("Now"), "section"))
    column.add(PlainLabel(now))
    for day, text in before:
        column.section(t("Until {day}", day=day), 10)
        column.add(PlainLabel(text))
    column.body.addStretch(1)
    outer.addWidget(column)
    return box
