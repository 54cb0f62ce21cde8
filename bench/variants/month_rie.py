"""Peer: recurring-ical-events on a calendar that is parsed already; a month's occurrences."""

import sys
import time
from datetime import date, timedelta
from pathlib import Path

import recurring_ical_events
from icalendar import Calendar
from told import told

file, first, last = Path(sys.argv[1]), date.fromisoformat(sys.argv[2]), date.fromisoformat(sys.argv[3])
calendar = Calendar.from_ical(file.read_bytes())
with told() as figures:
    began = time.process_time()
    found = recurring_ical_events.of(calendar).between(first, last + timedelta(days=1))
    figures["expand"] = time.process_time() - began
    figures["occurrences"] = len(found)
