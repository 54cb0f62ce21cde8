"""Floor: unfold and find nine fields and the guests by regular expressions. Not a correct parser, only a cheap one."""

import re
import sys
from pathlib import Path

from told import told

FIELDS = re.compile(r"\n(UID|SUMMARY|DTSTART|DTEND|STATUS|CLASS|RRULE|RECURRENCE-ID|SEQUENCE)(?:;[^:]*)?:([^\n]*)")
GUESTS = re.compile(r"mailto:(\S+)")

with told() as figures:
    text = Path(sys.argv[1]).read_bytes().decode().replace("\r\n ", "").replace("\r\n", "\n")
    rows = []
    for part in text.split("BEGIN:VEVENT")[1:]:
        part = part.partition("END:VEVENT")[0]
        rows.append((dict(FIELDS.findall(part)), GUESTS.findall(part)))
    figures["events"] = len(rows)
