"""A house on real stores in a temporary folder, with calendars that tests write by hand."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pytest

from companion.basics.ids import new_id
from companion.bootstrap import build
from companion.calendars.model import Account
from companion.connectors.ics.worker import InlineReader
from companion.customers.model import Customer
from companion.people.model import Person
from companion.programme.model import House
from fakes.ics import NOW
from fakes.source import FakeSource


@dataclass
class Made:
    """The house, the clock's hand, and the calendars by account name."""

    house: House
    time: list[datetime]
    sources: dict[str, FakeSource]

    def account(self, name: str, owner: str = "", *, hosts: bool = False) -> FakeSource:
        """One more calendar account with an empty calendar behind it."""
        with self.house.device() as device:
            device.accounts.put(Account(new_id(), name, "caldav", "https://cal.example/", "", owner, hosts, NOW))
        self.sources[name] = FakeSource({})
        return self.sources[name]


DANA = Person("dana", "dana@ferro.example", "Dana Okafor", ("d.okafor@ferro.example",), "Finance", "leader", 2)
LEV = Person("lev", "lev@ferro.example", "Lev Brandt", (), "People", "leader", 2)
ROSA = Person("rosa", "rosa@ferro.example", "Rosa Vidal", (), "Sales", "host")
AGNES = Person("agnes", "agnes@ferro.example", "Agnes Moll", (), "Finance", "staff")
KESTREL = Customer("kestrel", "Kestrel Plumbing Supply", ("kestrel.example",), (), ("Kestrel",), "rosa@ferro.example")


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the programme in it, made once: the two migrations cost half a second."""
    home = tmp_path_factory.mktemp("laid-out") / "home"
    house = build(home, clock=lambda: NOW, secrets_mode="session")
    with house.workspace() as tx:
        tx.programme.put(
            replace(tx.programme.get(), zone="Europe/Amsterdam", start=date(2026, 1, 1), our_domains=("ferro.example",))
        )
        for person in (DANA, LEV, ROSA, AGNES):
            tx.people.put(person)
        tx.customers.put(KESTREL)
    house.close()
    return home


@pytest.fixture
def made(laid_out: Path, tmp_path: Path) -> Iterator[Made]:
    """A programme with two leaders, a host, one of the staff and one customer; Dana works here."""
    shutil.copytree(laid_out, tmp_path / "home")
    time: list[datetime] = [NOW]
    sources: dict[str, FakeSource] = {}

    def clock() -> datetime:
        return time[0]

    house = build(tmp_path / "home", clock=clock, secrets_mode="session")
    house = replace(
        house,
        me="dana@ferro.example",
        open_reader=InlineReader,
        open_source=lambda account, _days: sources[account.name],
    )
    yield Made(house, time, sources)
    house.close()
