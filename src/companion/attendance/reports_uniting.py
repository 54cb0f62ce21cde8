"""Reports and the occurrence they belong to; sessions of one meeting united into who was there and how long."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from companion.attendance.report import Joined, Report
from companion.attendance.reports_headings import fold
from companion.meetings.model import Meeting

EARLY, LATE = timedelta(minutes=30), timedelta(hours=4)  # people open the room before, and stay on after
Span = tuple[datetime, datetime]
_NONE = timedelta(0)


@dataclass(frozen=True)
class Presence:
    """One person, room or line over all sessions: under which names, and for how many seconds."""

    address: str
    names: tuple[str, ...]
    kind: Literal["person", "room", "phone", "anonymous"]
    seconds: int


@dataclass
class _Lines:
    rows: list[Joined] = field(default_factory=list)


def span_of(report: Report) -> Span | None:
    """From when to when a session ran; None where the report tells no times at all."""
    spans = [span for row in report.rows for span in row.spans]
    starts = [start for start, _ in spans] + ([report.start] if report.start else [])
    ends = [end for _, end in spans] + ([report.end] if report.end else [])
    if not starts and not ends:
        return None
    first = min(starts, default=min(ends, default=None))
    last = max(ends, default=max(starts, default=None))
    return (first, max(first, last)) if first and last else None


def session_of(reports: Sequence[Report]) -> str:
    """What names the first session: a corrected report of the same one has the same name."""
    starts = [(span[0], report.system) for report in reports if (span := span_of(report))]
    if not starts:
        return reports[0].system if reports else ""
    start, system = min(starts)
    return f"{system} {start.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def touches(report: Report, meeting: Meeting) -> bool:
    """Whether a session lies in the time of a meeting, from half an hour before to four hours after."""
    span = span_of(report)
    return span is None or (span[0] < meeting.end + LATE and span[1] > meeting.start - EARLY)


def belonging(meeting: Meeting, others: Iterable[Meeting], reports: Iterable[Report]) -> list[Report]:
    """The reports of this occurrence: those that touch it, and none of the others more. Each once, earliest first."""
    rivals = [item for item in others if item.id != meeting.id]
    found = []
    for report in dict.fromkeys(reports):
        near = nearness(report, meeting)
        if touches(report, meeting) and all(near >= nearness(report, rival) for rival in rivals):
            found.append(report)
    return sorted(found, key=lambda report: (span_of(report) or (meeting.start, meeting.start))[0])


def nearness(report: Report, meeting: Meeting) -> tuple[timedelta, timedelta, timedelta]:
    """How much of a session lies in a meeting, in the time round it, and how near it begins; greater is nearer."""
    span = span_of(report)
    if span is None:
        return _NONE, _NONE, _NONE
    return (
        _shared(span, (meeting.start, meeting.end)),
        _shared(span, (meeting.start - EARLY, meeting.end + LATE)),
        -abs(span[0] - meeting.start),
    )


def within(report: Report, meeting: Meeting) -> float:
    """What share of a session lies in the time of a meeting; 1 where the report tells no times."""
    span = span_of(report)
    if span is None:
        return 1.0
    return _shared(span, (meeting.start, meeting.end)) / max(span[1] - span[0], timedelta(seconds=1))


def same_title(one: str, other: str) -> bool:
    """Whether two titles are of one meeting: most of their words are the same. One that says nothing fits all."""
    some, others = set(fold(one).split()), set(fold(other).split())
    return not some or not others or len(some & others) * 2 > len(some | others)


def united(reports: Iterable[Report]) -> list[Presence]:
    """Everyone over all sessions. Times that overlap count once, however often somebody came and went."""
    lines: dict[tuple[str, str], _Lines] = {}
    for report in dict.fromkeys(reports):
        for row in report.rows:
            key = (row.address, "" if row.address else f"{row.kind} {row.name.casefold()}")
            lines.setdefault(key, _Lines()).rows.append(row)
    return [_presence(item.rows) for item in lines.values()]


def covered(reports: Sequence[Report], meeting: Meeting) -> int:
    """For how many seconds of a meeting the reports can tell anything; of one without times, as long as anybody was."""
    spans = [span for report in reports if (span := span_of(report))]
    within = [(max(start, meeting.start), min(end, meeting.end)) for start, end in spans]
    untimed = (row.seconds for report in reports if span_of(report) is None for row in report.rows)
    return max(_length(within), max(untimed, default=0))


def _presence(rows: Sequence[Joined]) -> Presence:
    names = tuple(dict.fromkeys(row.name for row in rows if row.name))
    kinds = {row.kind for row in rows}
    kind = next((kind for kind in ("room", "phone", "anonymous") if kind in kinds), "person")
    seconds = _length([span for row in rows for span in row.spans])
    seconds += sum(row.seconds for row in rows if not row.spans)
    return Presence(rows[0].address, names, kind, seconds)  # type: ignore[arg-type]


def _length(spans: Iterable[Span]) -> int:
    total, until = _NONE, None
    for start, end in sorted(spans):
        begin = start if until is None else max(start, until)
        if end > begin:
            total += end - begin
        until = end if until is None else max(until, end)
    return int(total.total_seconds())


def _shared(one: Span, other: Span) -> timedelta:
    return max(_NONE, min(one[1], other[1]) - max(one[0], other[0]))
