"""A customer of whom something is known, and its page."""

from datetime import date

import pytest

from companion.customers.memory import Fact
from companion.customers.model import Contact
from companion.desktop.customer.page import CustomerPage
from companion.programme import memory
from desktop.kestrel import calm, customer


@pytest.fixture
def known(house):
    """What is known of Kestrel: a line, a goal with another before it, a promise, words, a person."""
    key = customer(house)
    memory.remember(house, Fact("w1", key, "who", "Fourteen crews in two counties", "does", source="Rosa"))
    memory.remember(house, Fact("g0", key, "goal", "Twelve crews", heard_on=date(2024, 5, 1)))
    memory.remember(house, Fact("g1", key, "goal", "Sixteen crews", heard_on=date(2026, 9, 1), follows="g0"))
    memory.remember(house, Fact("p1", key, "promise", "A forecast on Fridays", due=date(2026, 11, 1)))
    memory.remember(
        house, Fact("q1", key, "quote", "A late pallet costs a crew day.", role="the owner", may_quote="ask",
                    heard_on=date(2025, 1, 7), source="the spring review"),
    )  # fmt: skip
    with house.workspace() as tx:
        tx.customers.put_contact(Contact("c1", key, "ken@kestrel.example", "Ken Ward", "the owner"))
    return key


@pytest.fixture
def open_page(told, qtbot):
    def opened(key):
        page = CustomerPage(told)
        qtbot.addWidget(page)
        page.resize(1000, 700)
        page.show()
        page.activateWindow()
        with qtbot.waitSignal(page.filled):
            page.arrive(key)
        calm(page, qtbot)
        return page

    return opened
