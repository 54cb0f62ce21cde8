"""Customers decides which customers are listed, and what is asked before they change."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from companion.desktop.customers.bringing import Bringing
from companion.desktop.customers.lines import ORDERS, matching, ordered, searchable, told
from companion.desktop.customers.merging import Merging
from companion.desktop.customers.table import CustomerTable
from companion.desktop.frame import Frame, Page
from companion.desktop.widgets.buttons import Choices, button, menu_button
from companion.desktop.widgets.column import header
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.text import PlainLabel
from companion.programme.model import House
from companion.programme.views.customer_list import CustomerList, customer_list
from companion.words.language import t, tn

TYPING = 120  # milliseconds after the last key until the list is narrowed


@dataclass(frozen=True)
class Listed:
    """The customers, and the folded text each is found by."""

    view: CustomerList
    texts: tuple[str, ...]


def read_customers(house: House) -> Listed:
    """Read the list away from the window."""
    view = customer_list(house)
    return Listed(view, tuple(searchable(line) for line in view.lines))


class CustomersPage(Page):
    """A table of customers, narrowed as one types; Enter opens the page of one."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._listed: Listed | None = None
        self._order = "name"
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(self._narrow)
        self.search = QLineEdit()
        self.search.setPlaceholderText(t("Find a customer, a host or a segment"))
        self.search.setAccessibleName(t("Find a customer"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(frame.look.px(360))
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self._on_return)
        self.orders = Choices([(key, t(label)) for key, label in ORDERS], self._on_order, t("In which order"))
        self.count = PlainLabel("", "small")
        self.table = CustomerTable(frame.look)
        self.table.opened.connect(lambda key: frame.go("customer", key))
        self._empty: QWidget = QWidget()
        self.bringing = Bringing(frame)
        self.merging = Merging(frame, self._lines)
        self._lay_out()

    def reload(self) -> None:
        """Read the customers again."""
        self.read(lambda house, _ticket: read_customers(house), self._show)

    def arrive(self, item: str) -> None:
        """Stand on one customer."""
        self.search.clear()
        self._narrow()
        self.table.choose(item)

    def look_up(self) -> None:
        """Put the cursor into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def _lines(self) -> CustomerList | None:
        return self._listed.view if self._listed else None

    def _show(self, listed: Listed) -> None:
        self._listed = listed
        self._narrow()

    @Slot()
    def _narrow(self) -> None:
        """Show what holds the words that are typed."""
        self._typing.stop()
        if self._listed is None:
            return
        view, texts = self._listed.view, self._listed.texts
        lines = ordered(matching(view, texts, self.search.text()), self._order)
        self.table.show_lines(lines, partial(told, view=view))
        some = bool(view.lines)
        self.table.setVisible(bool(lines))
        self.search.setVisible(some)
        self.orders.setVisible(some)
        found, whole = len(lines), len(view.lines)
        if found < whole:
            self.count.setText(t("{found} of {count} customers", found=found, count=whole))
        else:
            self.count.setText(tn("{count} customer", "{count} customers", whole))
        self.count.setVisible(some)
        self._put_empty(some=some, found=bool(lines))

    def _put_empty(self, *, some: bool, found: bool) -> None:
        if some:
            fresh = Empty(t("No customer is like that."), t("Clear the search"), self.search.clear)
        else:
            fresh = Empty(
                t("No customer is known yet. A table of names, domains and hosts is enough."),
                t("Import customers…"), self.bringing.bring, filled=True, more=[(t("New…"), self.bringing.new)],
            )  # fmt: skip
        self._column.replaceWidget(self._empty, fresh)
        self._empty.hide()
        self._empty.deleteLater()
        self._empty = fresh
        fresh.setVisible(not found)

    @Slot()
    def _on_return(self) -> None:
        self._narrow()
        if len(self.table.lines) == 1:  # nobody else is meant
            self.frame.go("customer", self.table.current)
        else:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_order(self, order: str) -> None:
        self._order = order
        self._narrow()

    def _lay_out(self) -> None:
        tables: list[tuple[str, Callable[[], None]]] = [
            (t("Customers in, from a table…"), self.bringing.bring),
            (t("Their people in, from a table…"), self.bringing.bring_people),
            (t("What is known of them in, from a table…"), self.bringing.bring_facts),
            (t("Customers out, to a table…"), self.bringing.give),
            (t("Their people out, to a table…"), self.bringing.give_people),
            (t("What is known of them out, to a table…"), self.bringing.give_facts),
        ]
        top = header(
            t("Customers"), menu_button(t("Tables"), tables, says=t("Tables of customers")),
            button(t("Merge two…"), lambda: self.merging.begin(self.table.current), says=t("Merge two customers")),
            button(t("New…"), self.bringing.new, says=t("A new customer")),
        )  # fmt: skip
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(36, 24, 36, 20)
        self._column.setSpacing(10)
        for widget in (top, self.search, self.orders, self.table, self._empty, self.count):
            self._column.addWidget(widget, 1 if widget is self.table else 0)
