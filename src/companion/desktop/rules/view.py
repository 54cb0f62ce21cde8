"""Lays out the rules: a head that stays, and below it the results, points, words and customers."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from companion.desktop.rules.customers import CustomerList
from companion.desktop.rules.results import Results
from companion.desktop.rules.words import WordList
from companion.desktop.widgets.buttons import Choices, button
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.text import PlainLabel
from companion.meetings.recognise import INTERNAL_WORDS, POINTS
from companion.programme.proposal import LEVELS, Draft, level
from companion.words.language import t
from companion.words.rules import meaning, points, weights

WIDEST = 860  # pixels


Do = Callable[[], None]
Words = Callable[[tuple[str, ...]], None]
Text = Callable[[str], None]


@dataclass(frozen=True)
class Verbs:
    """What the page can be told to do."""

    undo: Do
    try_or_stop: Do
    save: Do
    choose_level: Text
    add_words: Words
    drop_word: Text
    ship_words: Do
    add_hold: Words
    drop_hold: Text
    ship_hold: Do
    change_customer: Text  # by its id
    add_customer: Do
    import_customers: Do


class View(QWidget):
    """The parts of the page; they stay, and show another draft."""

    def __init__(self, verbs: Verbs) -> None:
        super().__init__()
        self._verbs = verbs
        self._undo = button(t("Undo"), verbs.undo, says=t("Undo the last edit"))
        self._try = button(t("Try it"), verbs.try_or_stop, says=t("Try the rules on the past twelve months"))
        self._save = button(t("Save"), verbs.save, filled=True, says=t("Save the rules"))
        self._state = PlainLabel("", "soft")
        head = header(
            t("What counts as a customer meeting"), self._undo, self._try, self._save, below=[self._state]
        )  # fmt: skip
        head.setMaximumWidth(WIDEST)
        top = QHBoxLayout()
        top.setContentsMargins(36, 24, 46, 0)
        top.addWidget(head, 1000)
        top.addStretch(1)
        self.column = Column(widest=WIDEST)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(self.column, 1)
        self.results = Results()
        self._levels = Card(margin=18, spacing=8)
        self._choices: Choices | None = None
        self._meaning = PlainLabel("")
        self.words = WordList(t("One of these in a title speaks for a review. Whole words only; case does not count."),
                              t("Words of a review"), t("Another word, such as “steering”"))  # fmt: skip
        self.hold = WordList(t("One of these in a title keeps the entry out, whoever is a guest."),
                             t("Words that hold an entry back"), t("Another word, such as “audit”"))  # fmt: skip
        self.customers = CustomerList(verbs.change_customer, verbs.add_customer, verbs.import_customers)
        self._lay_out()
        for part, add, drop, ship in (
            (self.words, verbs.add_words, verbs.drop_word, verbs.ship_words),
            (self.hold, verbs.add_hold, verbs.drop_hold, verbs.ship_hold),
        ):
            part.added.connect(add)
            part.dropped.connect(drop)
            part.put_back.connect(ship)

    def show_levels(self, threshold: int) -> None:
        """Offer the three levels, and the number somebody chose where it is none of them."""
        offered = dict(LEVELS)
        if level(threshold) == "own":
            offered["own"] = threshold
        choices = [(key, points(key, number)) for key, number in offered.items()]
        made = Choices(choices, self._verbs.choose_level, t("How sure it must be"))
        if self._choices is None:
            self._levels.column.insertWidget(0, made)
        else:
            self._levels.column.replaceWidget(self._choices, made)
            self._choices.hide()
            self._choices.deleteLater()
        made.show()  # a layout that stands shows what is put into it only later, and that may be too late
        self._choices = made

    def show_draft(self, draft: Draft, *, words_shipped: bool, hold_shipped: bool) -> None:
        """Show the rules as they are edited."""
        if self._choices is not None:
            self._choices.show_choice(level(draft.threshold))
        self._meaning.setText(meaning(level(draft.threshold)))
        self.words.show_words(draft.words, shipped=words_shipped)
        self.hold.show_words(draft.hold, shipped=hold_shipped)
        self.customers.show_customers(draft.customers)

    def show_state(self, state: str, *, trying: bool, undo: bool, save: bool) -> None:
        """Say what is not saved, and what can be done now."""
        self._state.setText(t("Reading the past twelve months again…") if trying else state)
        self._try.setText(t("Stop") if trying else t("Try it"))
        self._try.setAccessibleName(t("Stop trying") if trying else t("Try the rules on the past twelve months"))
        self._undo.setEnabled(undo)
        self._save.setEnabled(save)

    def order_stops(self) -> None:
        """Let Tab go down the page as the eye does, whatever was built last."""
        stops: list[QWidget] = [self._undo, self._try, self._save]
        for part in (self.results, self._levels, self.words, self.hold, self.customers):
            stops += _stops(part)
        # Qt puts nothing behind a button that Tab passes over, such as a level that is not chosen.
        reached = [stop for stop in stops if stop.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for one, next_one in pairwise(reached):
            QWidget.setTabOrder(one, next_one)

    def show_top(self) -> None:
        """Go to what was found."""
        self.column.verticalScrollBar().setValue(0)

    def show_customers_section(self) -> None:
        """Go to the customers."""
        self.column.ensureWidgetVisible(self.customers, 0, self.column.viewport().height() // 2)

    def _lay_out(self) -> None:
        self._levels.add(self._meaning)
        self._levels.add(PlainLabel(weights(POINTS), "small"))
        internal = t("Words of meetings among ourselves: {words}.", words=", ".join(INTERNAL_WORDS))
        self._levels.add(PlainLabel(internal, "small"))
        self.column.add(self.results)
        for title, part in (
            (t("How sure it must be"), self._levels),
            (t("Words of a review"), self.words),
            (t("Words that hold an entry back"), self.hold),
            (t("Customers, and how calendars know them"), self.customers),
        ):
            self.column.section(title, 10)
            self.column.add(part)
        self.column.body.addStretch(1)


def _stops(item: QWidget | QLayout) -> list[QWidget]:
    """What the keyboard may reach inside, in the order of the layout."""
    layout = item.layout() if isinstance(item, QWidget) else item
    if layout is None:
        return []
    found: list[QWidget] = []
    for at in range(layout.count()):
        entry = layout.itemAt(at)
        inner = (entry.widget() or entry.layout()) if entry is not None else None
        if isinstance(inner, QPushButton | QLineEdit):
            found.append(inner)
        elif inner is not None:
            found += _stops(inner)
    return found
