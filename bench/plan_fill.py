"""The planner's instances, kept as JSON so that every run solves the same.

`python -m bench.plan_fill` makes their drafts anew.
"""

import json
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from companion.attendance.planner.making import make
from companion.attendance.planner.model import PlanInput, Review, Sitter
from companion.connectors.solver import Highs

PLANS = Path(__file__).with_name("plans")


def kept() -> list[Path]:
    """The instances, by name."""
    return sorted(PLANS.glob("*.json"))


def write(given: PlanInput, path: Path) -> None:
    """Keep an instance."""
    path.write_text(json.dumps(asdict(given), default=_plain, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")


def read(path: Path) -> PlanInput:
    """A kept instance."""
    body = json.loads(path.read_text("utf-8"))
    span = body["span"]
    return PlanInput(
        tuple(_sitter(row) for row in body["people"]), tuple(_review(row) for row in body["reviews"]),
        agreed=_pairs(body["agreed"]), draft=_pairs(body["draft"]), pins=tuple((a, b) for a, b in body["pins"]),
        not_here=_pairs(body["not_here"]), never=_pairs(body["never"]), closed=frozenset(body["closed"]),
        visits={key: tuple(map(date.fromisoformat, days)) for key, days in body["visits"].items()},
        bears=body["bears"], teams={key: frozenset(teams) for key, teams in body["teams"].items()},
        span=(date.fromisoformat(span[0]), date.fromisoformat(span[1])) if span else None,
    )  # fmt: skip


def drafted(given: PlanInput) -> PlanInput:
    """The instance with the proposal of a week ago: before any review was closed and anybody ruled out."""
    before = make(replace(given, draft=frozenset(), closed=frozenset(), not_here=frozenset()), Highs())
    seats = ((seat.meeting_id, seat.person_id) for seat in before.seats if seat.kind == "new")
    return replace(given, draft=frozenset(seats))


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value.isoformat()


def _pairs(rows: list[list[str]]) -> frozenset[tuple[str, str]]:
    return frozenset((a, b) for a, b in rows)


def _review(row: dict[str, Any]) -> Review:
    when = {name: datetime.fromisoformat(row[name]) for name in ("start", "end")}
    return Review(**row | when | {"day": date.fromisoformat(row["day"])})


def _sitter(row: dict[str, Any]) -> Sitter:
    sets = {name: frozenset(row[name]) for name in ("busy", "free", "said_no", "hosts", "heard")}
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("first", "last")}
    return Sitter(
        **row | sets | days | {
            "away": tuple((date.fromisoformat(a), date.fromisoformat(b)) for a, b in row["away"]),
            "taken": tuple((datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in row["taken"]),
            "credits": frozenset((customer, date.fromisoformat(day)) for customer, day in row["credits"]),
            "days": tuple(map(date.fromisoformat, row["days"])),
        }
    )  # fmt: skip


if __name__ == "__main__":
    for path in kept():
        write(drafted(read(path)), path)
