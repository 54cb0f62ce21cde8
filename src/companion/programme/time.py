"""My time with customers: private, of this device alone. Nothing of it crosses."""

from companion.meetings.form import Form
from companion.programme.model import House
from companion.reflection.time import TimeWithCustomers


def my_time(house: House, months: int = 12) -> TimeWithCustomers:
    """The last months, this one included: the meetings I was in by form, beside my busy time."""
    raise NotImplementedError


def say_form(house: House, meeting: str, form: Form) -> str:
    """Say how a meeting was held; "" takes that back. The meeting's id. Problem `meeting_unknown`."""
    raise NotImplementedError
