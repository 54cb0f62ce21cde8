"""Writes what was measured as RESULTS.md: ratios first, since only they travel between machines."""

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.measure import Sample, Variant, median


@dataclass(frozen=True)
class Goal:
    """Ours against one other, by one measure, at most so many times."""

    measure: str  # cpu, wall, rss or worst
    against: str  # name of the variant
    most: float


@dataclass(frozen=True)
class Trial:
    """One thing measured: its variants, its goals, and under which conditions."""

    number: str  # as in the list of goals, "" for none
    title: str
    variants: tuple[Variant, ...]
    goals: tuple[Goal, ...]
    rounds: int
    conditions: str = ""


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
        """Ours by the other's median; None where one of them did not run."""
        mine, other = self.samples.get(self.ours.name), self.samples.get(goal.against)
        if not mine or not other:
            return None
        return median(mine, goal.measure) / max(median(other, goal.measure), 1e-9)


def render(outcomes: Sequence[Outcome], load: tuple[float, float]) -> str:
    """The whole of RESULTS.md."""
    lines = [
        "# Measured",
        "",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {_machine()} · load {load[0]:.1f} before, {load[1]:.1f} after.",
        "Every figure is a median; the variants of a table ran in turn, in fresh processes, in this one run.",
        "Ratios hold elsewhere, seconds do not. **Where load is above 1, trust CPU and not wall.**",
        "Written by `make bench`.",
        "",
        "| # | what | measure | against | ratio | goal | |",
        "|---|---|---|---|---|---|---|",
    ]
    for outcome in outcomes:
        for goal in outcome.trial.goals:
            ratio = outcome.ratio(goal)
            shown = f"{ratio:.2f}x" if ratio is not None else "not run"
            met = "" if ratio is None else ("met" if ratio <= goal.most else "**not met**")
            lines.append(
                f"| {outcome.trial.number} | {outcome.trial.title} | {goal.measure} | {goal.against} "
                f"| {shown} | ≤ {goal.most:g}x | {met} |"
            )
    for outcome in outcomes:
        lines += ["", *_table(outcome)]
    return "\n".join(lines) + "\n"


def _table(outcome: Outcome) -> list[str]:
    trial = outcome.trial
    own = sorted({key for group in outcome.samples.values() for s in group for key in s.told} - {"cpu", "wall"})
    lines = [
        f"## {trial.number + ' · ' if trial.number else ''}{trial.title}",
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
    versions = []
    for name in ("PySide6-Essentials", "SQLAlchemy", "icalendar", "httpx", "radicale"):
        try:
            versions.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            versions.append(f"{name} absent")
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{os.cpu_count()} cores · {platform.system()} · {python} · {' · '.join(versions)}"


def write(outcomes: Sequence[Outcome], load: tuple[float, float], target: Path) -> None:
    """Write RESULTS.md and say the ratios."""
    text = render(outcomes, load)
    target.write_text(text, "utf-8")
    print("\n".join(line for line in text.splitlines()[6:] if line.startswith("|") or not line), file=sys.stdout)
