"""Customers decides which customer is shown."""

from pathlib import Path

from PySide6.QtCore import Slot

from companion.basics.changes import Changes
from companion.desktop.customers.view import Verbs, fill, items
from companion.desktop.frame import Frame, Page
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.items import ItemList
from companion.desktop.widgets.panes import lay_out
from companion.programme.people import Imported, import_customers
from companion.programme.views.customers import CustomersView, customers
from companion.words.language import t
from companion.words.problems import sentence


class CustomersPage(Page):
    """The list, and a simple page of each."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._view: CustomersView | None = None
        self._wanted = ""
        self.list = ItemList(frame.look, t("Customers"))
        self.list.chosen.connect(self._on_chosen)
        self.column = Column(margin=28)
        bring = button(t("Import…"), self._import, says=t("Import customers from a table"))
        lay_out(self, [header(t("Customers"), bring)], self.list, self.column, frame.look)
        self.verbs = Verbs(lambda key: frame.go("meetings", key), lambda key: frame.go("read", key))

    def reload(self) -> None:
        """Read the customers again."""
        self.read(lambda house, _ticket: customers(house), self._show)

    def arrive(self, item: str) -> None:
        """Show one customer."""
        self._wanted = item
        if self._view is not None:
            self._show(self._view)

    def _show(self, view: CustomersView) -> None:
        self._view = view
        listed = items(view)
        key = self._wanted or self.list.current or (listed[0].key if listed else "")
        self._wanted = ""
        self.list.show_items(listed, key if key != self.list.current else "")
        self._show_one(self.list.current)

    def _show_one(self, key: str) -> None:
        view = self._view
        row = next((row for row in view.rows if row.customer.id == key), None) if view else None
        if row is None or view is None:
            self.column.begin()
            said = t("No customer is known yet. A table of names, domains and hosts is enough.")
            self.column.add(Empty(said, t("Import customers…"), self._import, filled=True))
            self.column.end()
            return
        fill(self.column, row, view.zone, view.now, self.verbs)

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        self.column.verticalScrollBar().setValue(0)
        self._show_one(key)

    def _import(self) -> None:
        def bring(path: Path) -> None:
            self.frame.tasks.write(
                lambda house, _ticket: import_customers(house, house.read_table(path)),
                self._say_imported,
                rooms=Changes.CUSTOMERS | Changes.MEETINGS,
            )

        self.frame.ask.open_file(t("Import customers"), t("Tables (*.csv *.xlsx)"), bring)

    def _say_imported(self, made: Imported) -> None:
        said = t(
            "{added} added, {changed} changed, {same} as they were.",
            added=len(made.added),
            changed=len(made.changed),
            same=made.same,
        )
        problems = " ".join(sentence(problem) for problem in made.problems)
        self.frame.say(f"{said} {problems}".strip(), "warning" if problems else "")
