"""Tables of customers, in and out: what a table would do is shown before anything is written."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.customers.contacts_table import CONTACT_COLUMNS
from companion.customers.facts_table import FACT_COLUMNS
from companion.desktop.ask import Field
from companion.desktop.frame import Frame
from companion.desktop.widgets.items import Item, ItemList
from companion.desktop.widgets.text import PlainLabel
from companion.programme import memory_tables
from companion.programme.memory_tables import CUSTOMER_COLUMNS
from companion.programme.model import House
from companion.programme.people import import_customers
from companion.words.language import t, tn
from companion.words.problems import sentence


class Brought(Protocol):
    """What a table brought in, or would."""

    @property
    def added(self) -> tuple[str, ...]: ...
    @property
    def changed(self) -> tuple[str, ...]: ...
    @property
    def same(self) -> int: ...
    @property
    def problems(self) -> tuple[Problem, ...]: ...


class Take(Protocol):
    """Takes a table in, or says what it would do."""

    def __call__(self, house: House, text: str, *, dry_run: bool = False) -> Brought: ...


ROOMS = Changes.CUSTOMERS | Changes.MEETINGS
Give = Callable[[House], Sequence[Sequence[str]]]


class Bringing:
    """What the Customers page asks about tables."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def bring(self) -> None:
        """Take customers in from a table."""
        self._bring(t("Import customers"), import_customers)

    def bring_facts(self) -> None:
        """Take what is known of customers in from a table."""
        self._bring(t("Import what is known of customers"), memory_tables.import_facts)

    def bring_people(self) -> None:
        """Take customers' people in from a table."""
        self._bring(t("Import customers' people"), memory_tables.import_contacts)

    def give(self) -> None:
        """Give the customers out as a table."""
        self._give("customers.csv", CUSTOMER_COLUMNS, memory_tables.export_customers)

    def give_facts(self) -> None:
        """Give what is known of customers out as a table."""
        self._give("customers-known.csv", FACT_COLUMNS, memory_tables.export_facts)

    def give_people(self) -> None:
        """Give the customers' people out as a table."""
        self._give("customers-people.csv", CONTACT_COLUMNS, memory_tables.export_contacts)

    def new(self, trouble: str = "", typed: dict[str, str] | None = None) -> None:
        """Ask for a new customer."""
        start = typed or {}

        def named(answers: dict[str, str]) -> None:
            def made(done: Brought) -> None:
                if done.problems:
                    self.new(" ".join(sentence(problem, "window") for problem in done.problems), answers)
                elif not done.added:
                    self.new(t("{name} is known already.", name=answers["name"]), answers)
                else:
                    self._frame.say(t("{name} is known now.", name=answers["name"]))

            self._frame.tasks.write(lambda house, _ticket: add_customer(house, answers), made, rooms=ROOMS)

        self._frame.ask.form(
            t("A new customer"),
            trouble or t("A guest of a meeting from one of the domains is one of theirs."),
            [
                Field("name", t("Name"), start=start.get("name", "")),
                Field("domains", t("Mail domains"), start=start.get("domains", ""),
                      hint=t("firm.example; other.example")),
                Field("host_email", t("Address of our host"), start=start.get("host_email", "")),
                Field("segment", t("Segment"), start=start.get("segment", "")),
            ],
            t("Add"), named,
        )  # fmt: skip

    def _bring(self, title: str, take: Take) -> None:
        def chosen(path: Path) -> None:
            def dry(house: House, _ticket: object) -> tuple[str, Brought]:
                text = house.read_table(path)
                return text, take(house, text, dry_run=True)

            self._frame.tasks.write(dry, lambda found: self._show(title, take, *found))

        self._frame.ask.open_file(title, t("Tables (*.csv *.xlsx)"), chosen)

    def _give(self, name: str, columns: Sequence[str], rows: Give) -> None:
        def chosen(path: Path) -> None:
            def work(house: House, _ticket: object) -> int:
                made = rows(house)
                house.write_csv(path, columns, made)
                return len(made)

            self._frame.tasks.read(
                work,
                lambda count: self._frame.say(
                    tn("{count} row is in {file}.", "{count} rows are in {file}.", count, file=path.name)
                ),
            )

        self._frame.ask.save_file(t("Save the table"), name, chosen)

    def _show(self, title: str, take: Take, text: str, would: Brought) -> None:
        """Say what the table would do, and do it once somebody says so."""
        some = would.added or would.changed
        if not some:
            bad = " ".join(sentence(problem, "window") for problem in would.problems)
            self._frame.say(bad or t("The table changes nothing: all of it is known."), "warning" if bad else "")
            return

        def go() -> None:
            self._frame.tasks.write(
                lambda house, _ticket: take(house, text),
                lambda done: self._frame.say(said(done), "warning" if done.problems else ""), rooms=ROOMS,
            )  # fmt: skip

        self._frame.ask.show(title, trial(self._frame, would), t("Take them in"), go)


def add_customer(house: House, answers: dict[str, str]) -> Brought:
    """Add one customer, as a table of one row; one that is known already is left as it is."""
    made = io.StringIO()
    table = csv.DictWriter(made, ["name", "domains", "aliases", "host_email", "tier", "segment"])
    table.writeheader()
    table.writerow({**answers, "domains": answers["domains"].replace(",", ";")})
    would = import_customers(house, made.getvalue(), dry_run=True)
    return import_customers(house, made.getvalue()) if would.added and not would.problems else would


def trial(frame: Frame, would: Brought) -> QWidget:
    """What a table would do: a sentence, and every row of it under its heading."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 4, 0, 0)
    column.setSpacing(8)
    column.addWidget(PlainLabel(said(would, trial=True)))
    listed: list[Item] = []
    for heading, names in ((t("New"), would.added), (t("Changed"), would.changed)):
        if names:
            listed += [Item("", heading), *(Item(f"{heading}{at}", name) for at, name in enumerate(names))]
    if would.problems:
        listed.append(Item("", t("To be looked at")))
        listed += [Item(f"bad{at}", sentence(problem, "window")) for at, problem in enumerate(would.problems)]
    rows = ItemList(frame.look, t("What the table would do"))
    rows.setParent(box)
    rows.show_items(listed)
    column.addWidget(rows, 1)
    return box


def said(made: Brought, *, trial: bool = False) -> str:
    """3 would be added, 2 changed; 5 stay as they are."""
    counts = {"added": len(made.added), "changed": len(made.changed), "same": made.same}
    if trial:
        told = t("{added} would be added, {changed} changed; {same} stay as they are.", **counts)
    else:
        told = t("{added} added, {changed} changed, {same} as they were.", **counts)
    bad = len(made.problems)
    left = tn("{count} thing is to be looked at, below.", "{count} things are to be looked at, below.", bad)
    if not trial:
        left = " ".join(sentence(problem, "window") for problem in made.problems)
    return f"{told} {left}".strip() if bad else told
