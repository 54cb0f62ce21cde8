"""My time: one sentence, a chart, the figures below it, and how each meeting was held, to be put right."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.errors import Problem
from companion.desktop.frame import Frame, Page
from companion.desktop.time.chart import INKS, Sample, TimeChart
from companion.desktop.widgets.buttons import menu_button
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.text import PlainLabel
from companion.meetings.form import FORMS as KNOWN
from companion.meetings.form import Form
from companion.programme.model import House
from companion.programme.time import MySitting, my_sittings, my_time, say_form
from companion.reflection.time import TimeWithCustomers
from companion.words.dates import day_month
from companion.words.language import t
from companion.words.problems import sentence
from companion.words.time import FORMS, month_told, remarks, spent, summary

MONTHS = 12


@dataclass(frozen=True)
class Seen:
    """What the page shows; `problem` says why there is nothing."""

    found: TimeWithCustomers | None
    sittings: tuple[MySitting, ...] = ()
    problem: Problem | None = None


def read_time(house: House) -> Seen:
    """My last twelve months."""
    try:
        return Seen(my_time(house, MONTHS), my_sittings(house, MONTHS))
    except Problem as problem:
        return Seen(None, problem=problem)


class TimePage(Page):
    """Private to whoever works here; nothing of it leaves this computer."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.column = Column()
        self.chart = TimeChart(frame.look.px(100) / 100)
        self.chart.setParent(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.column)

    def reload(self) -> None:
        """Read it again."""
        self.read(lambda house, _ticket: read_time(house), self._show)

    def _show(self, seen: Seen) -> None:
        self.chart.setParent(self)  # kept while the column is made anew
        self.chart.hide()
        column = self.column
        column.begin()
        private = PlainLabel(t("Private to you: worked out on this computer, kept nowhere else."), "soft")
        column.add(header(t("My time"), below=[private]))
        if seen.found is None:
            column.add(Empty(sentence(seen.problem) if seen.problem else ""), 12)
            column.end()
            return
        said = summary(seen.found.total, MONTHS)
        column.add(PlainLabel(said, "strong"), 10)
        card = Card(margin=20)
        card.add(Flow([_legend(number) for number in range(len(INKS))], spacing=16))
        self.chart.show_months(seen.found.months, said)
        card.add(self.chart)
        self.chart.show()
        card.add(PlainLabel(t("Hours with customers. Below each month: the hours you were busy in all."), "small"))
        column.add(card, 6)
        self._figures(seen.found)
        self._sittings(seen.sittings)
        column.end()

    def _figures(self, found: TimeWithCustomers) -> None:
        self.column.section(t("Month by month"))
        for month in reversed(found.months):
            if month.with_customers or month.busy:
                self.column.add(PlainLabel(month_told(month)))
        self.column.add(PlainLabel(" ".join(remarks(found)), "small"), 4)

    def _sittings(self, sittings: tuple[MySitting, ...]) -> None:
        if not sittings:
            return
        self.column.section(t("How each was held"))
        self.column.add(PlainLabel(t("As its place and link tell. Put right what is not so."), "soft"))
        for one in sittings:
            self.column.add(self._sitting(one))

    def _sitting(self, one: MySitting) -> QWidget:
        day = day_month(one.day)
        says = t("{customer}, {day}: how it was held", customer=one.customer, day=day)
        choices = [(t(FORMS[form]), partial(self._say, one.meeting_id, form)) for form in KNOWN]
        choices.append((t("as place and link tell"), partial(self._say, one.meeting_id, "")))
        button = menu_button(t(FORMS[one.form or "unknown"]), choices, says=says)
        label = PlainLabel(t("{day} · {customer} · {hours}", day=day, customer=one.customer, hours=spent(one.minutes)))
        return header(label, button)

    def _say(self, meeting: str, form: Form) -> None:
        self.frame.tasks.write(lambda house, _ticket: say_form(house, meeting, form), lambda _id: self.reload())


def _legend(number: int) -> QWidget:
    ink = INKS[number]
    return Flow([Sample(ink), PlainLabel(t(FORMS[ink.form]), "small")], spacing=6)
