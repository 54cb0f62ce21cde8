"""Floor: dateutil's rrule gives the dates of the rules alone, in wall time; no zones, no exceptions, no overrides."""

import re
import sys
import time
from datetime import datetime
from pathlib import Path

from dateutil.rrule import rrulestr
from told import told

file, first, last = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), datetime.fromisoformat(sys.argv[3])
text = file.read_bytes().decode().replace("\r\n ", "").replace("\r\n", "\n")
MASTER = re.compile(r"DTSTART;TZID=[^:]*:(\d{8}T\d{6})\n(?:.*\n)*?RRULE:(.*)")
masters = []
for part in text.split("BEGIN:VEVENT")[1:]:
    found = MASTER.search(part.partition("END:VEVENT")[0])
    if found:
        masters.append((datetime.strptime(found[1], "%Y%m%dT%H%M%S"), found[2].replace("Z", "")))  # noqa: DTZ007 - wall time
with told() as figures:
    began, count = time.process_time(), 0
    for start, rule in masters:
        count += len(rrulestr(rule, dtstart=start).between(first, last.replace(hour=23, minute=59), inc=True))
    figures["dates"] = time.process_time() - began
    figures["occurrences"] = count
assert count, "nothing came in"
