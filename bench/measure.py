"""Runs variants in turn, A B C A B C, each in a fresh process, and takes medians."""

import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 180.0  # seconds until a variant is given up


@dataclass(frozen=True)
class Variant:
    """One way to do the work. `role`: ours, floor or peer."""

    name: str
    role: str
    command: tuple[str, ...]
    before: Callable[[], None] = lambda: None  # puts things back as they were; not measured
    environment: Mapping[str, str] = field(default_factory=dict)
    says: str = ""  # on standard input


@dataclass(frozen=True)
class Sample:
    """One run: seconds of processor and of the clock, megabytes, and what the variant counted itself."""

    cpu: float
    wall: float
    rss: float
    told: dict[str, float]


class Failed(Exception):  # noqa: N818 - it is told, not raised at people
    """A variant did not run; the text is the end of what it said."""


def python(script: str, *arguments: object, interpreter: str = sys.executable) -> tuple[str, ...]:
    """The command that runs bench/variants/SCRIPT.py."""
    return (interpreter, str(ROOT / "bench" / "variants" / f"{script}.py"), *map(str, arguments))


def run_once(variant: Variant) -> Sample:
    """Runs a variant. Where it prints `{"cpu": …, "wall": …}` last, that counts; else the whole process does."""
    variant.before()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8", **variant.environment}
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        said.write(variant.says.encode())
        said.seek(0)
        began = time.perf_counter()
        try:
            process = subprocess.Popen(
                variant.command, stdin=said, stdout=out, stderr=err, env=environment, cwd=ROOT
            )  # fmt: skip
        except FileNotFoundError:
            raise Failed("not installed") from None
        overdue = threading.Timer(LONGEST, process.kill)
        overdue.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        overdue.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        answer, complaint = out.read().decode(), err.read().decode()
    if wall >= LONGEST:
        raise Failed(f"not done after {LONGEST:.0f} s")
    if process.returncode != 0:
        raise Failed(complaint.strip().splitlines()[-1] if complaint.strip() else f"exit {process.returncode}")
    lines = answer.strip().splitlines()
    told = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
    cpu = told.get("cpu", usage.ru_utime + usage.ru_stime)
    return Sample(cpu, told.get("wall", wall), told.get("rss", usage.ru_maxrss / 1024), told)


def interleave(
    variants: Sequence[Variant], rounds: int, warm: int = 1
) -> tuple[dict[str, list[Sample]], dict[str, str]]:
    """The samples of each variant, and why some could not run. The warm rounds are thrown away."""
    samples: dict[str, list[Sample]] = {variant.name: [] for variant in variants}
    failures: dict[str, str] = {}
    for turn in range(warm + rounds):
        for variant in variants:
            if variant.name in failures:
                continue
            try:
                sample = run_once(variant)
            except Failed as failure:
                failures[variant.name] = str(failure)
                continue
            if turn >= warm:
                samples[variant.name].append(sample)
            print(f"  {variant.name}: cpu {sample.cpu:.3f} s, wall {sample.wall:.3f} s", file=sys.stderr, flush=True)
    return samples, failures


def median(samples: Sequence[Sample], what: str) -> float:
    """The median of cpu, wall, rss or of a figure the variant told itself; not a number where it told none."""
    return statistics.median(getattr(sample, what, sample.told.get(what, math.nan)) for sample in samples)
