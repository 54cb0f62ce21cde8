"""A handover, line by line."""

from collections.abc import Callable
from datetime import date

from companion.words.dates import day_month
from companion.words.language import t


def line(what: str, about: str, to: str, day: date | None) -> str:
    """One thing that goes to somebody else, or stays."""
    return _LINES[what](about, to, day_month(day) if day else "")


def _seat(about: str, to: str, day: str) -> str:
    if not to:
        return t("Seat at {title}, {day}: nobody who may sit there is free; it is open.", title=about, day=day)
    return t("Seat at {title}, {day}: offered to {name} once the host agrees.", title=about, day=day, name=to)


def _promise(about: str, to: str, day: str) -> str:
    if not to:
        return t("Promise “{text}”: nobody follows. Name somebody with --to.", text=about)
    return t("Promise “{text}”: {name} keeps it from now on.", text=about, name=to)


def _action(about: str, to: str, day: str) -> str:
    if not to:
        return t("Action “{text}”: nobody follows. Name somebody with --to.", text=about)
    return t("Action “{text}”: {name} does it from now on.", text=about, name=to)


def _customer(about: str, to: str, day: str) -> str:
    if not to:
        return t("Customer {name}: nobody follows as host. Name somebody with --to.", name=about)
    return t("Customer {customer}: {name} is the host from now on.", customer=about, name=to)


def _takeaway(about: str, to: str, day: str) -> str:
    return t("Takeaway “{headline}”: stays, under the former role.", headline=about)


_LINES: dict[str, Callable[[str, str, str], str]] = {
    "seat": _seat, "promise": _promise, "action": _action, "customer": _customer, "takeaway": _takeaway,
}  # fmt: skip
