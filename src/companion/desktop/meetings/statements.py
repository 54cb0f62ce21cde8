"""One statement on a seat, with its day and time: what it says, and who says so."""

from companion.attendance.model import Evidence
from companion.basics.clock import day_of
from companion.words.attendance import CALENDAR, SYSTEMS, report_reason
from companion.words.dates import clock_time, day_month
from companion.words.joined import SAYS
from companion.words.language import mark, t

WHO: dict[str, str] = {
    "self": mark("{name}"), "host": mark("{name}, the host"), "ops": mark("{name}, for the programme"),
    "report": mark("the join report of {name}"),
}  # fmt: skip


def dated(item: Evidence, name: str, zone: str) -> str:
    """5 October, 10:00 · was there · Rosa Vidal, the host. `name`: of who said it."""
    parts = [t("{day}, {time}", day=day_month(day_of(item.at, zone)), time=clock_time(item.at, zone))]
    reason = item.reason
    if item.source == "calendar":
        parts.append(t(CALENDAR.get(item.says, CALENDAR["invited"])))
    else:
        if item.says in SAYS:
            parts.append(t(SAYS[item.says]))
        parts.append(t(WHO[item.source], name=SYSTEMS.get(name, name)))
    if item.source == "report":
        reason = report_reason(reason)
    return " · ".join([*parts, reason] if reason else parts)
