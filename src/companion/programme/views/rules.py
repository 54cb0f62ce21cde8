"""The rules as their page shows them."""

from dataclasses import dataclass

from companion.programme.model import House
from companion.programme.proposal import Draft, current


@dataclass(frozen=True)
class RulesView:
    """The rules of today, and how many calendars they can be tried on."""

    draft: Draft
    accounts: int


def rules(house: House) -> RulesView:
    """Read the page of the rules."""
    with house.device(write=False) as device:
        accounts = len(device.accounts.all())
    return RulesView(current(house), accounts)
