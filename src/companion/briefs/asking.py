"""What to listen for and what to hold in mind: by department, and one question of the four habits. Kept as data."""

import json
import zlib
from functools import cache
from typing import Any

from companion.basics.resources import resource
from companion.takeaways.prompts import department_of

POINTS = 2


def listen_for(team: str) -> tuple[str, ...]:
    """Two points that a team listens for, in English as `t` takes them."""
    points: dict[str, list[str]] = _data("departments")
    return tuple(points.get(department_of(team) or "any", points["any"])[:POINTS])


def habit_for(meeting_id: str) -> str:
    """One question of the four habits, in English as `t` takes it: always the same for one meeting."""
    habits: list[list[str]] = _data("habits")
    turn = zlib.crc32(meeting_id.encode())
    questions = habits[turn % len(habits)]
    return questions[turn // len(habits) % len(questions)]


@cache
def _data(name: str) -> Any:
    return json.loads(resource(f"briefs/{name}.json").read_text("utf-8"))
