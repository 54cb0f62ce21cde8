"""Peer: the icalendar library parses every event, as most programs do it."""

import sys
from pathlib import Path

from icalendar import Calendar
from told import told

with told() as figures:
    calendar = Calendar.from_ical(Path(sys.argv[1]).read_bytes())
    figures["events"] = sum(1 for _ in calendar.walk("VEVENT"))
