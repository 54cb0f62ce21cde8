"""When a takeaway may go out, who is asked first, and how long it is shown."""

import calendar
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from companion.basics.errors import Problem
from companion.takeaways.audience import COMPANY, ME
from companion.takeaways.model import Takeaway
from companion.takeaways.state import is_out, same_content

Asked = Literal["", "host_copy", "host_notice", "host_yes"]  # which letter the host gets
Why = Literal["nda", "ask", "review"]  # why a yes is needed


@dataclass(frozen=True)
class Terms:
    """What the rule needs to know of the moment, the customer and the programme. `today`: the programme's day."""

    now: datetime
    today: date
    host: bool = False  # the customer has a host of ours who is not the author
    post: bool = False  # the programme can write to people
    nda: bool = False
    host_hours: int = 24
    expiry_months: int = 12
    review: bool = False  # its author wants somebody to look at it first


@dataclass(frozen=True)
class Release:
    """The takeaway as it is to be kept, and who hears of it. `untold`: there is a host, and no way to write."""

    takeaway: Takeaway
    letter: Asked = ""
    why: tuple[Why, ...] = ()
    untold: bool = False


def release(takeaway: Takeaway, earlier: Takeaway | None, terms: Terms) -> Release:
    """The rule of going out. `earlier`: the newest revision kept so far, None for a new takeaway."""
    if takeaway.told_on is not None or takeaway.audience == ME:
        return Release(replace(takeaway, out_at=None, unannounced=False, needs_yes=False, expires=None))
    ends = takeaway.expires or _as_before(earlier, terms) or expiry(None, terms.today, terms.expiry_months)
    if earlier and same_content(earlier, takeaway):
        needs = earlier.needs_yes or terms.review
        kept = replace(
            takeaway, expires=ends, out_at=earlier.out_at, unannounced=earlier.unannounced and not needs,
            needs_yes=needs,
        )  # fmt: skip
        fresh = kept.needs_yes and not earlier.needs_yes
        return Release(kept, "host_yes" if fresh else "", ("review",) if fresh else ())
    why = reasons(takeaway, terms)
    if why:
        asked = replace(takeaway, expires=ends, out_at=None, unannounced=False, needs_yes=True)
        return Release(asked, "host_yes", why, untold=not terms.post)
    first = terms.host and takeaway.audience == COMPANY and not _corrects(takeaway, earlier, terms)
    if first and terms.post and terms.host_hours > 0:
        # The host's hours begin when the notice has gone; until then this is the earliest.
        out_at = terms.now + timedelta(hours=terms.host_hours)
        waiting = replace(takeaway, expires=ends, needs_yes=False, unannounced=True, out_at=out_at)
        return Release(waiting, "host_notice")
    out = replace(takeaway, expires=ends, needs_yes=False, unannounced=False, out_at=None)
    return Release(out, "host_copy" if terms.host else "", untold=terms.host and not terms.post)


def reasons(takeaway: Takeaway, terms: Terms) -> tuple[Why, ...]:
    """Why it waits for a yes; () where it need not."""
    found: list[Why] = []
    if terms.nda:
        found.append("nda")
    if takeaway.may_quote == "ask" and takeaway.quote.strip():
        found.append("ask")
    if terms.review:
        found.append("review")
    return tuple(found)


def expiry(wanted: date | None, today: date, months: int) -> date | None:
    """The last day it is shown: the programme's months from today, or earlier as its author wants.

    None: it does not expire. Problems: `expiry_past`, `expiry_too_long`.
    """
    last = months_after(today, months) if months > 0 else None
    if wanted is None:
        return last
    if wanted < today:
        raise Problem("expiry_past", day=wanted.isoformat())
    if last and wanted > last:
        raise Problem("expiry_too_long", day=wanted.isoformat(), last=last.isoformat())
    return wanted


def months_after(day: date, months: int) -> date:
    """The same day some months later, the last of its month where it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _as_before(earlier: Takeaway | None, terms: Terms) -> date | None:
    """How long it was shown so far, where that is not over."""
    return earlier.expires if earlier and earlier.expires and earlier.expires >= terms.today else None


def _corrects(takeaway: Takeaway, earlier: Takeaway | None, terms: Terms) -> bool:
    """Whether it puts right what the same readers have before them, or had until it was held."""
    return (
        earlier is not None and earlier.audience == takeaway.audience
        and is_out(replace(earlier, expires=None, held=None), terms.now, terms.today)
    )  # fmt: skip
