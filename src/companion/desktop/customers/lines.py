"""What the list says of each customer, in which order, and which of them hold the words that are typed."""

from collections.abc import Sequence

from companion.basics.clock import day_of
from companion.basics.folding import fold
from companion.desktop.customers.table import Line
from companion.programme.views.customer_list import CustomerLine, CustomerList
from companion.words.dates import short_day
from companion.words.language import mark, t

ORDERS = (
    ("name", mark("By name")),
    ("unheard", mark("Longest not heard")),
    ("next", mark("Next meeting first")),
    ("promises", mark("Most open promises")),
)


def searchable(line: CustomerLine) -> str:
    """What a customer is found by: its names, segment, host and domains."""
    one = line.customer
    return fold(" ".join((one.name, one.public_name, *one.aliases, one.segment, one.tier, line.host, *one.domains)))


def matching(view: CustomerList, texts: Sequence[str], typed: str) -> list[CustomerLine]:
    """The customers that hold every word typed; `texts` are theirs, folded, in the same order."""
    words = fold(typed).split()
    return [line for line, text in zip(view.lines, texts, strict=True) if all(word in text for word in words)]


def ordered(lines: Sequence[CustomerLine], order: str) -> list[CustomerLine]:
    """The lines, which come by name, in one of the orders."""
    if order == "unheard":
        return sorted(lines, key=lambda line: line.last_heard.timestamp() if line.last_heard else 0.0)
    if order == "next":
        return sorted(lines, key=lambda line: line.next.timestamp() if line.next else float("inf"))
    if order == "promises":
        return sorted(lines, key=lambda line: -line.promises)
    return list(lines)


def told(line: CustomerLine, view: CustomerList) -> Line:
    """One line as it is shown."""
    today = day_of(view.now, view.zone)
    heard = short_day(day_of(line.last_heard, view.zone), today) if line.last_heard else t("not yet")
    ahead = short_day(day_of(line.next, view.zone), today) if line.next else t("none")
    promises = str(line.promises) if line.promises else t("none")
    soft = frozenset(at for at, there in ((3, line.last_heard), (4, line.next), (5, line.promises)) if not there)
    return Line((line.customer.name, line.customer.segment, line.host, heard, ahead, promises), soft)
