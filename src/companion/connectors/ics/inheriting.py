"""What a changed occurrence leaves out it has from its series: exporters write no more than what changed."""

import re
from dataclasses import replace

from companion.connectors.ics.cancelled import without_prefix
from companion.connectors.ics.scan import Entry

_PEOPLE = re.compile(rb"\n(?i:ORGANIZER|ATTENDEE)[;:][^\n]*")
_TITLE = re.compile(rb"\n(?i:SUMMARY)[;:][^\n]*")


def inherited(entry: Entry, series: Entry) -> Entry:
    """A changed occurrence with the title and the people of its series, where it tells none of its own.

    One that has another title and nobody in it may be another matter altogether: it stays as it is written.
    """
    own, its = entry.glimpse, series.glimpse
    if own.private or its.private:
        return entry
    lines: list[bytes] = []
    if not own.title:
        own = replace(own, title=its.title)
        lines += _TITLE.findall(series.raw)[:1]
    if without_prefix(own.title) == without_prefix(its.title) and not _PEOPLE.search(entry.raw):
        own = replace(own, guests=its.guests, organiser=its.organiser)
        lines += _PEOPLE.findall(series.raw)
    if not lines:
        return entry
    minutes = its.minutes if own.minutes is None else own.minutes
    own = replace(own, repeats=its.repeats, interval=its.interval, minutes=minutes)
    return replace(entry, glimpse=own, raw=b"".join(lines) + entry.raw)
