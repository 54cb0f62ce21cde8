"""The customers as calendars know them: found, changed, added."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from companion.desktop.ask import Ask, Field
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel
from companion.meetings.recognise import CustomerRule, plain
from companion.words.language import t

FEW = 8  # shown before all are asked for
_BETWEEN = re.compile(r"[,;\s]+")
_NAMES = re.compile(r"[,;\n]+")


class CustomerList(Card):
    """A row for each customer; a field to find one where there are many."""

    def __init__(self, change: Callable[[str], None], add: Callable[[], None], bring: Callable[[], None]) -> None:
        super().__init__(margin=18, spacing=10)
        self._change = change
        self._customers: tuple[CustomerRule, ...] = ()
        self._whole = False
        self.field = QLineEdit()
        self.field.setPlaceholderText(t("Find a customer, a domain or a name"))
        self.field.setAccessibleName(t("Find a customer"))
        self.field.setMaximumWidth(340)
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(lambda _text: self._fill())
        self.add(self.field)
        self._rows: QWidget = QWidget()
        self.add(self._rows)
        self._all = button("", self._show_all)
        self._add = button(t("Add a customer…"), add)
        self._bring = button(t("Import a table…"), bring, says=t("Import customers from a table"))
        self.add(Flow([self._add, self._bring, self._all], spacing=8))

    def show_customers(self, customers: Sequence[CustomerRule]) -> None:
        """Show these customers by name."""
        ordered = tuple(sorted(customers, key=lambda customer: customer.name.casefold()))
        self.field.setVisible(len(ordered) > FEW)
        if ordered != self._customers or not ordered:
            self._customers = ordered
            self._fill()

    def look_for(self, customer_id: str) -> None:
        """Show one customer among many."""
        known = next((customer for customer in self._customers if customer.id == customer_id), None)
        if known and len(self._customers) > FEW:
            self.field.setText(known.name)

    def _show_all(self) -> None:
        self._whole = True
        self._fill()

    def _fill(self) -> None:
        wanted = plain(self.field.text().strip()) if len(self._customers) > FEW else ""
        matching = [one for one in self._customers if wanted in plain(f"{one.name} {known_by(one)}")]
        shown = matching if self._whole else matching[:FEW]
        rows = RowList()
        for customer in shown:
            below = known_by(customer) or t("only by its name in a title")
            act = button(t("Change…"), partial(self._change, customer.id), says=t("Change {name}", name=customer.name))
            rows.add(Row(f"{customer.name}, {below}", _two(customer.name, below), [act]))
        if not shown:
            said = t("No customer is like that.") if self._customers else t(
                "No customer is known yet, and without one nothing is kept. Add one, or bring a table.")  # fmt: skip
            rows.add(Row(said, PlainLabel(said, "soft")))
        self._all.setText(t("Show all {count}", count=len(matching)))
        self._all.setAccessibleName(t("Show all {count} customers", count=len(matching)))
        self._all.setVisible(len(matching) > len(shown))
        focus = self.window().focusWidget()
        name = focus.accessibleName() if focus is not None and self._rows.isAncestorOf(focus) else ""
        self.column.replaceWidget(self._rows, rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = rows
        rows.show()
        same = next((one for row in rows.rows for one in row.buttons if name and one.accessibleName() == name), None)
        if same is not None:
            same.setFocus()


def known_by(customer: CustomerRule) -> str:
    """kestrel.example · ken@mail.example · “Kestrel”."""
    names = [f"“{alias}”" for alias in customer.aliases]
    return " · ".join([*customer.domains, *customer.addresses, *names])


def _two(first: str, second: str) -> QWidget:
    box = QWidget()
    lines = QVBoxLayout(box)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    lines.addWidget(PlainLabel(first))
    lines.addWidget(PlainLabel(second, "small"))
    return box


def ask_for_customer(ask: Ask, known: CustomerRule, done: Callable[[CustomerRule], None], trouble: str = "") -> None:
    """Ask how calendars know a customer; one without an id is new. `trouble` says what was wrong with the answer."""
    fresh = not known.id

    def asked(answers: dict[str, str]) -> None:
        places = [part for part in _BETWEEN.split(answers["places"]) if part]
        names = tuple(part.strip() for part in _NAMES.split(answers["names"]) if part.strip())
        name = answers.get("name", known.name)
        done(replace(
            known, name=name, aliases=names,
            domains=tuple(place for place in places if "@" not in place.lstrip("@")),
            addresses=tuple(place for place in places if "@" in place.lstrip("@")),
        ))  # fmt: skip

    name = [Field("name", t("Name"), start=known.name, hint=t("as it stands in titles"))] if fresh else []
    ask.form(
        t("Add a customer") if fresh else t("How calendars know {name}", name=known.name),
        trouble or t("A guest from one of these domains is one of theirs. Where they write from a public mail service, "
                     "give whole addresses."),
        [
            *name,
            Field("places", t("Domains and addresses"), start=", ".join((*known.domains, *known.addresses)),
                  hint=t("firm.example, other.example")),
            Field("names", t("Other names in titles"), start=", ".join(known.aliases)),
        ],
        t("Add") if fresh else t("Take over"), asked,
    )  # fmt: skip
