"""Writes what was measured as RESULTS.md: ratios first, since only they travel between machines."""

import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.measure import Sample, Variant, median

HEAD = """# Measured

Written by `make bench`, the newest run first. Every figure is a median; the variants of a table ran in turn, in fresh
processes, in one run, on data made for it (files in memory). Ratios hold elsewhere, seconds do not. **Where load is
above 1, trust CPU and not wall.**
"""


@dataclass(frozen=True)
class Goal:
    """Ours against one other, by one measure, at most so many times; alone where `against` is ""."""

    measure: str  # cpu, wall, rss or a figure the variants tell
    against: str  # name of the variant
    most: float
    mine: str = ""  # name of the variant of ours that is meant, "" for the first
    number: str = ""  # where it is not the trial's


@dataclass(frozen=True)
class Trial:
    """One thing measured: its variants, its goals, and under which conditions."""

    number: str  # as in the list of goals, "" for none
    title: str
    variants: tuple[Variant, ...]
    goals: tuple[Goal, ...]
    rounds: int
    conditions: str = ""
    warm: int = 1  # rounds thrown away


@dataclass(frozen=True)
class Outcome:
    """What a trial gave."""

    trial: Trial
    samples: dict[str, list[Sample]]
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def ours(self) -> Variant:
        """The variant that is us."""
        return next(variant for variant in self.trial.variants if variant.role == "ours")

    def ratio(self, goal: Goal) -> float | None:
        """Ours by the other's median, or ours alone; None where one of them did not run."""
        mine, other = self.samples.get(goal.mine or self.ours.name), self.samples.get(goal.against)
        if not mine or (goal.against and not other):
            return None
        found = median(mine, goal.measure)
        return found / max(median(other, goal.measure), 1e-9) if other else found

    def missed(self) -> list[Goal]:
        """The goals that were measured and not met."""
        return [goal for goal in self.trial.goals if not (self.ratio(goal) or 0.0) <= goal.most]


def render(outcomes: Sequence[Outcome], load: tuple[float, float], peers: Path | None = None) -> str:
    """One section of RESULTS.md."""
    lines = [
        f"## {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "",
        f"{_machine()} · peers: {_peers(peers)} · load {load[0]:.1f} before, {load[1]:.1f} after.",
        "",
        "| # | what | measure | against | ratio | goal | |",
        "|---|---|---|---|---|---|---|",
    ]
    for outcome in outcomes:
        lines += [_judged(outcome, goal) for goal in outcome.trial.goals]
    lines += ["", _left(outcomes)]
    for outcome in outcomes:
        lines += ["", *_table(outcome)]
    return "\n".join(lines) + "\n"


def _judged(outcome: Outcome, goal: Goal) -> str:
    ratio = outcome.ratio(goal)
    unit = "x" if goal.against else ""
    shown = f"{ratio:.3g}{unit}" if ratio is not None else "not run"
    met = "" if ratio is None else ("met" if ratio <= goal.most else "**not met**")
    who = f" ({goal.mine})" if goal.mine else ""
    number = goal.number or outcome.trial.number
    against = goal.against or "itself"
    title = f"{outcome.trial.title}{who}"
    return f"| {number} | {title} | {goal.measure} | {against} | {shown} | ≤ {goal.most:g}{unit} | {met} |"


def _left(outcomes: Sequence[Outcome]) -> str:
    """What is not met, and what could not be measured, in words."""
    missed = [
        f"{goal.number or outcome.trial.number or outcome.trial.title} ({goal.measure}, {goal.against or 'itself'}: "
        f"{outcome.ratio(goal):.3g} for {goal.most:g})"
        for outcome in outcomes
        for goal in outcome.missed()
    ]
    absent = [f"{name}: {why}" for outcome in outcomes for name, why in outcome.failures.items()]
    told = [f"Not met: {'; '.join(missed)}." if missed else "Every goal that was measured is met."]
    return " ".join([*told, f"Not measured: {'; '.join(dict.fromkeys(absent))}."] if absent else told)


def _table(outcome: Outcome) -> list[str]:
    trial = outcome.trial
    own = sorted({key for group in outcome.samples.values() for s in group for key in s.told} - {"cpu", "wall", "rss"})
    lines = [
        f"### {trial.number + ' · ' if trial.number else ''}{trial.title}",
        "",
        *([trial.conditions, ""] if trial.conditions else []),
        f"| variant | role | n | CPU s | wall s (min-max) | RSS MB |{''.join(f' {key} |' for key in own)}",
        f"|---|---|---|---|---|---|{'---|' * len(own)}",
    ]
    for variant in trial.variants:
        group = outcome.samples.get(variant.name, [])
        if not group:
            reason = outcome.failures.get(variant.name, "left out")
            lines.append(f"| {variant.name} | {variant.role} | 0 | {reason} | | |{' |' * len(own)}")
            continue
        walls = [sample.wall for sample in group]
        extra = "".join(f" {median(group, key):.4g} |" for key in own)
        lines.append(
            f"| {variant.name} | {variant.role} | {len(group)} | {median(group, 'cpu'):.4f} "
            f"| {median(group, 'wall'):.4f} ({min(walls):.3f}-{max(walls):.3f}) | {median(group, 'rss'):.0f} |{extra}"
        )
    return lines


def _machine() -> str:
    python = f"{platform.python_implementation()} {platform.python_version()}"
    names = ("PySide6-Essentials", "SQLAlchemy", "icalendar", "httpx", "radicale")
    return f"{os.cpu_count()} cores · {platform.system()} · {python} · {' · '.join(map(_version, names))}"


def _peers(place: Path | None) -> str:
    """The versions of the peers, asked in their own environment."""
    python = place / "python" if place else None
    if python is None or not python.exists():
        return "not installed"
    names = ("vdirsyncer", "khal", "caldav", "recurring-ical-events", "icalendar")
    script = f"from importlib.metadata import version\nprint(' · '.join(n + ' ' + version(n) for n in {names}))"
    return subprocess.run([str(python), "-c", script], check=True, capture_output=True, text=True).stdout.strip()


def _version(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} absent"


def write(outcomes: Sequence[Outcome], load: tuple[float, float], target: Path, peers: Path | None = None) -> None:
    """Put a section on top of RESULTS.md, above those of earlier runs, and say it."""
    section = render(outcomes, load, peers)
    before = target.read_text("utf-8") if target.exists() else ""
    start = before.find("\n## ")
    older = before[start + 1 :] if start >= 0 else ""
    target.write_text(f"{HEAD}\n{section}{chr(10) + older if older else ''}", "utf-8")
    print(section, file=sys.stdout)
