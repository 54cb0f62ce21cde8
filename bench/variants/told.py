"""What every variant tells: the processor, clock and memory of its work alone, imports left out."""

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BOTH = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def processor() -> float:
    """Seconds of user and system time of this process and of the children it has waited for."""
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, BOTH))


def memory() -> float:
    """Megabytes: the most this process ever held and the most its largest child did, as if both had at once."""
    own = next((line.split()[1] for line in _status() if line.startswith("VmHWM")), None)
    mine = int(own) if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (mine + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def _status() -> list[str]:
    """What Linux says of this process alone; `ru_maxrss` also counts what its parent held when it forked."""
    try:
        return Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return []


@contextmanager
def told(**more: float) -> Iterator[dict[str, float]]:
    """Measures the block and prints it as one line of JSON; the block may add figures of its own."""
    figures: dict[str, float] = dict(more)
    cpu, wall = processor(), time.perf_counter()
    yield figures
    figures = {"cpu": processor() - cpu, "wall": time.perf_counter() - wall, "rss": memory(), **figures}
    print(json.dumps(figures))
    sys.stdout.flush()
