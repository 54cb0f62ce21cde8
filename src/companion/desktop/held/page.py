"""Privacy: what is held about me, the data sheet, and the agreement under which names are shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.changes import Changes
from companion.basics.clock import day_of, read_day
from companion.basics.errors import Problem
from companion.desktop.ask import Field
from companion.desktop.frame import Frame, Page
from companion.desktop.report.handing import Handing
from companion.desktop.report.sheet import show
from companion.desktop.widgets.buttons import button, menu_button
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.text import PlainLabel
from companion.programme.agreement import Agreement, agreement, record, take_back
from companion.programme.data_sheet import data_sheet
from companion.programme.document import Document
from companion.programme.held import document, held_about
from companion.programme.model import House
from companion.words import privacy as words
from companion.words.dates import full_day
from companion.words.language import LANGUAGES, mark, t
from companion.words.problems import sentence

SHEET, MINE = "sheet", "mine"  # the items it can be come to for
TITLES = {MINE: mark("What is held about me"), SHEET: mark("Data sheet")}
NAMES = {"en": "English", "it": "Italiano", "pl": "Polski", "vi": "Tiếng Việt"}


@dataclass(frozen=True)
class Seen:
    """What was read. `may`: whether who works here records the agreement."""

    document: Document | None
    agreed: Agreement
    may: bool
    today: date
    problem: Problem | None = None


def read_held(house: House, kind: str, language: str) -> Seen:
    """The document that is wanted, and how the agreement stands."""
    with house.workspace(write=False) as tx:
        zone = tx.programme.get().zone
        me = tx.people.by_address(house.me) if house.me else None
    may = not house.workspace_shared or (me is not None and me.kind == "ops")
    agreed, today = agreement(house), day_of(house.clock(), zone)
    try:
        made = data_sheet(house, language) if kind == SHEET else document(held_about(house), zone)
        return Seen(made, agreed, may, today)
    except Problem as problem:
        return Seen(None, agreed, may, today, problem)


class HeldPage(Page):
    """For everybody: what is held about them. For works councils: the sheet, and what it rests on."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._seen: Seen | None = None
        self._kind, self._language = MINE, "en"
        self.column = Column(widest=940)
        self.handing = Handing(frame, self, lambda: self._seen.document if self._seen else None)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.column)

    def reload(self) -> None:
        """Read it again."""
        kind, language = self._kind, self._language
        self.read(lambda house, _ticket: read_held(house, kind, language), self._show)

    def arrive(self, item: str) -> None:
        """Show the sheet, or what is held about me."""
        self._kind = SHEET if item == SHEET else MINE
        self.reload()

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        self.column.begin()
        self.column.add(header(t(TITLES[self._kind]), *self._buttons(seen)))
        if self._kind == SHEET:
            self.column.add(self._agreement(seen), 8)
        if seen.document is None:
            self.column.add(Empty(sentence(seen.problem) if seen.problem else ""), 12)
        else:
            show(self.column, seen.document, self.frame.look.px(100) / 100)
        self.column.end()

    def _buttons(self, seen: Seen) -> list[QWidget]:
        kinds = [(t(title), partial(self.arrive, kind)) for kind, title in TITLES.items()]
        made: list[QWidget] = [menu_button(t(TITLES[self._kind]), kinds, says=t("What is shown"))]
        if self._kind == SHEET:
            choices = [(NAMES[key], partial(self._speak, key)) for key in LANGUAGES]
            made.append(menu_button(NAMES[self._language], choices, says=t("Language of the sheet")))
        if seen.document is not None:
            made.append(self.handing.button(("pdf", "html", "md") if self._kind == SHEET else ("html", "md")))
        return made

    def _agreement(self, seen: Seen) -> QWidget:
        found = seen.agreed
        card = Card(margin=18)
        card.add(PlainLabel(t("Names on the board"), "strong"))
        card.add(PlainLabel(words.agreement(shared=found.needed, agreed=found.text, on=found.on, by=found.by)))
        if found.text and not found.needed:
            since = full_day(found.on or seen.today)
            card.add(PlainLabel(t("Recorded all the same: {name}, since {day}.", name=found.text, day=since)))
        if not seen.may:
            card.add(PlainLabel(t("Ops record it, and take it back."), "small"))
            return card
        acts: list[QWidget] = [button(t("Record another…") if found.text else t("Record the agreement…"), self._record)]
        if found.text:
            acts.append(button(t("Take it back…"), self._take_back))
        card.add(Flow(acts, spacing=8))
        return card

    def _speak(self, language: str) -> None:
        self._language = language
        self.reload()

    def _record(self) -> None:
        seen = self._seen
        if seen is None:
            return

        def asked(answers: dict[str, str]) -> None:
            self._write(lambda house: record(house, answers["text"], read_day(answers["on"], t("Since"))),
                        t("Recorded. Ops see names from now on."))  # fmt: skip

        self.frame.ask.form(
            t("Agreement or policy"),
            t("Ops see leaders by name only under an agreement with the works council, or a policy of the firm."),
            [
                Field("text", t("What it is called"), hint=t("Works agreement 12/2026")),
                Field("on", t("Since"), start=seen.today.isoformat()),
            ],
            t("Record it"), asked,
        )  # fmt: skip

    def _take_back(self) -> None:
        self.frame.ask.text(
            t("Take the agreement back"), t("Take it back"),
            lambda reason: self._write(lambda house: take_back(house, reason), t("Nobody sees others by name now.")),
            text=t("From now on nobody sees others by name. Say why; the audit keeps it."),
        )  # fmt: skip

    def _write(self, act: Callable[[House], object], said: str) -> None:
        self.frame.tasks.write(
            lambda house, _ticket: act(house), lambda _done: self.frame.say(said), rooms=Changes.PROGRAMME
        )
