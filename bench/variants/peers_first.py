"""Peer: vdirsyncer fetches the calendar into files, khal indexes them: two programs, from start to exit.

The clock is vdirsyncer's alone; the processor and the memory are those of both, one after the other.
"""

import json
import resource
import subprocess
import sys
import time

vdirsyncer, khal = sys.argv[1:3]
began = time.perf_counter()
subprocess.run([vdirsyncer, "--verbosity", "ERROR", "sync"], check=True)
wall = time.perf_counter() - began
fetched = resource.getrusage(resource.RUSAGE_CHILDREN)
subprocess.run([khal, "list", "today", "1d"], check=True, stdout=subprocess.DEVNULL)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = usage.ru_utime + usage.ru_stime
print(
    json.dumps(
        {
            "cpu": cpu,
            "wall": wall,
            "rss": usage.ru_maxrss / 1024,
            "wall_both": time.perf_counter() - began,
            "fetch_cpu": fetched.ru_utime + fetched.ru_stime,
        }
    )
)
