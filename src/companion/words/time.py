"""Time with customers in words."""

from collections.abc import Sequence
from typing import Protocol

from companion.words.dates import month_year
from companion.words.language import mark, t, tn

FORMS = {  # a form -> how it reads
    "in_person": mark("in person"), "video": mark("by video"), "phone": mark("by telephone"),
    "unknown": mark("form unknown"),
}  # fmt: skip


class Spent(Protocol):
    """Minutes of a time, as `reflection.time.Month` has them."""

    @property
    def in_person(self) -> int: ...
    @property
    def with_customers(self) -> int: ...
    @property
    def busy(self) -> int | None: ...
    @property
    def share(self) -> float | None: ...


class Reckoned(Protocol):
    """What a time came to, as `reflection.time.TimeWithCustomers` has it."""

    @property
    def months(self) -> Sequence[Spent]: ...
    @property
    def overlaps(self) -> int: ...


def hours(minutes: int) -> str:
    """Minutes as hours and minutes: 1:30."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def spent(minutes: int) -> str:
    """Minutes as somebody says them: 1 h 30 min."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return t("{minutes} min", minutes=rest)
    return t("{hours} h {minutes} min", hours=whole, minutes=rest) if rest else t("{hours} h", hours=whole)


def whole_hours(minutes: int) -> str:
    """About how many hours."""
    return tn("{count} hour", "{count} hours", round(minutes / 60))


def summary(total: Spent, months: int) -> str:
    """What a page says on top."""
    span = tn("In the last {count} month", "In the last {count} months", months)
    if not total.with_customers:
        return t("{span} you spent no time with customers yet.", span=span)
    said = t("{span} you spent {hours} with customers, {in_person}.", span=span,
             hours=whole_hours(total.with_customers), in_person=_in_person(total))  # fmt: skip
    if total.share is None:
        return said
    return t("{said} That is {share} of your busy time.", said=said, share=_percent(total.share))


def _in_person(total: Spent) -> str:
    if total.in_person in (0, total.with_customers):
        return t("all of it in person") if total.in_person else t("none of it in person")
    return t("{hours} of it in person", hours=whole_hours(total.in_person))


def month_told(month: object) -> str:
    """One month, in words."""
    parts = [
        t("{hours} {form}", hours=spent(minutes), form=t(form))
        for name, form in FORMS.items() if (minutes := getattr(month, name))
    ]  # fmt: skip
    busy: int | None = getattr(month, "busy", None)
    parts += [t("busy for {hours}", hours=spent(busy))] if busy is not None else []
    said = ", ".join(parts) or t("no hours with customers")
    return t("{month}: {said}", month=month_year(getattr(month, "first")), said=said)  # noqa: B009


def remarks(found: Reckoned) -> list[str]:
    """What has to be known to read the figures."""
    said = [t("The last month is still running: its busy hours count what is ahead, too.")]
    if any(month.busy is None for month in found.months):
        said.append(t("– means: no calendar of yours was read for all of that month."))
    if found.overlaps:
        said.append(
            tn(
                "{count} meeting with customers lay over another one; their common time counts once.",
                "{count} meetings with customers lay over others; their common time counts once.",
                found.overlaps,
            )
        )
    return [*said, t("Of everything else only minutes are kept: where two entries overlap, both count as busy.")]


def _percent(share: float) -> str:
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"
