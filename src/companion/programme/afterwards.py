"""What Microsoft is asked beside the calendars, once these were read: who joined, and who is free."""

from collections.abc import Sequence

from companion.basics.progress import Ticket
from companion.calendars.model import Account
from companion.programme.availability import ask
from companion.programme.collecting import collect
from companion.programme.model import House


def afterwards(house: House, accounts: Sequence[Account], ticket: Ticket) -> int:
    """Collect join reports and words of who is free by the accounts that have just answered; how many looks and words.

    What Microsoft refuses here is tried again later and fails no sync; a meeting's page tells how far it is.
    """
    looked = sum(found.looked for found in collect(house, accounts, ticket))
    return looked + ask(house, accounts, ticket).words
