"""The import ledger as one line: counts, and nothing else of what was dropped."""

from typing import Protocol

from companion.words.language import t


class Counts(Protocol):
    """How many entries were seen, and what became of them."""

    @property
    def seen(self) -> int: ...
    @property
    def private(self) -> int: ...
    @property
    def not_customer(self) -> int: ...
    @property
    def held_back(self) -> int: ...
    @property
    def outside(self) -> int: ...
    @property
    def forgotten(self) -> int: ...
    @property
    def broken(self) -> int: ...
    @property
    def own(self) -> int: ...
    @property
    def kept(self) -> int: ...


def ledger(counts: Counts) -> str:
    """`seen 412 · private 31 dropped · not a customer meeting 370 dropped · kept 11`; rare counts only where not 0."""
    parts = [
        t("seen {n}", n=counts.seen),
        t("private {n} dropped", n=counts.private),
        t("not a customer meeting {n} dropped", n=counts.not_customer),
    ]
    if counts.held_back:
        parts.append(t("held back {n}", n=counts.held_back))
    if counts.outside:
        parts.append(t("outside the days {n}", n=counts.outside))
    if counts.forgotten:
        parts.append(t("forgotten {n}", n=counts.forgotten))
    if counts.broken:
        parts.append(t("unreadable {n}", n=counts.broken))
    if counts.own:
        parts.append(t("our own entry {n} dropped", n=counts.own))
    return " · ".join([*parts, t("kept {n}", n=counts.kept)])
