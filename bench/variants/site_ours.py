"""Ours: the site published whole, with one takeaway changed, or once more as it is."""

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

from bench.stories import parcels

from companion.connectors import place
from companion.connectors.site.channel import SiteChannel

folder, count, what = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
shown = parcels(count)
if what == "change":
    old = shown[min(500, count - 1)]
    told = replace(old.takeaway, scene=f"Told anew at {time.time_ns()}.")
    shown[min(500, count - 1)] = replace(old, takeaway=told)
elif what == "nothing":
    SiteChannel(folder, "company").publish(shown)  # puts back what another variant changed; not counted
written = []
whole = place.write_whole
place.write_whole = lambda path, data, mode: (written.append(path), whole(path, data, mode))
wall, cpu = time.perf_counter(), time.process_time()
SiteChannel(folder, "company").publish(shown)
cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
print(json.dumps({"cpu": cpu, "wall": wall, "files": len(written)}))
