"""What the first screen knows, and what it sets going."""

from dataclasses import dataclass, replace

from companion.basics.ids import new_id
from companion.basics.settings import read_settings, write_settings
from companion.people.model import Person
from companion.programme import people, start
from companion.programme.look_back import LookBack, look_back
from companion.programme.model import House


@dataclass(frozen=True)
class FirstView:
    """How far the beginning is."""

    firm: str
    me: str
    begun: bool  # the programme has its domains
    runs_it: bool  # who works here is ops
    calendars: tuple[str, ...]
    customers: int
    leaders: int
    back: LookBack | None  # once there are calendars and customers
    signs_in: bool = False  # the firm's Microsoft knows this app


def read_first(house: House) -> FirstView:
    """Read how far the beginning is."""
    settings, _ = read_settings(house.paths.settings)
    with house.workspace(write=False) as tx:
        programme, everybody, customers = tx.programme.get(), tx.people.all(), tx.customers.all()
    with house.device(write=False) as device:
        accounts = tuple(account.name for account in device.accounts.all())
    return FirstView(
        programme.name or house.registration.firm,
        house.me,
        bool(programme.our_domains),
        settings.role == "ops",
        accounts,
        len(customers),
        sum(person.kind == "leader" for person in everybody),
        look_back(house) if accounts and customers else None,
        bool(house.registration.client_id),
    )


def begin(house: House, firm: str, domains: str, name: str, address: str) -> House:
    """Write down the programme and who runs it; the house of that person."""
    start.begin(house, firm, domains.replace(",", " ").split())
    made = people.set_me(house, address)
    settings, _ = read_settings(house.paths.settings)
    write_settings(house.paths.settings, replace(settings, role="ops"))
    with house.workspace() as tx:
        if tx.people.by_address(made.me) is None:
            tx.people.put(Person(new_id(), made.me, name.strip() or made.me, role="ops"))
    return made
