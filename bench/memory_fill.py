"""`python -m bench.memory_fill HOME NOTES TEXTS`: a profile with so many notes of five lines and so many takeaways."""

import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bench.homes import customers
from companion.bootstrap import build
from companion.storage.device.tables import line, note
from companion.storage.workspace.tables import takeaway
from companion.takeaways.model import Takeaway

FIRST = datetime(2025, 12, 1, tzinfo=UTC)
WORDS = [f"{chr(97 + at % 26)}{chr(97 + at // 26 % 26)}{at}" for at in range(8000)]
WEIGHTS = [1 / (at + 1) for at in range(8000)]


def fill(home: Path, notes: int, texts: int) -> None:
    """Notes and takeaways over one year; some words stand in nearly all of them, most in few."""
    rng = random.Random(7)
    house = build(home, secrets_mode="session")

    def said(count: int) -> str:
        return " ".join(rng.choices(WORDS, WEIGHTS, k=count))

    with house.device() as device:
        connection: Any = device.notes._connection  # type: ignore[attr-defined]
        for number in range(notes):
            at = FIRST + timedelta(minutes=number * 50)
            head = {"id": f"n{number}", "meeting_id": f"m{number}", "customer_id": "c0", "title": said(4)}
            connection.execute(insert(note), {**head, "made": at, "changed": at, "expected": ""})
            rows = [{"note_id": f"n{number}", "id": f"n{number}-{at_}", "position": at_, "at": at, "mark": "",
                     "text": said(12)} for at_ in range(5)]  # fmt: skip
            connection.execute(insert(line), rows)
    known = [one.id for one in customers()]
    with house.workspace() as tx:
        for one in customers():
            tx.customers.put(one)
        connection = tx.takeaways._connection  # type: ignore[attr-defined]
        for number in range(texts):
            one = Takeaway(
                f"t{number}", 1, f"p{number % 500}", f"m{number}", rng.choice(known), "company", said(8), said(20),
                said(15), goal=said(8), published=FIRST + timedelta(minutes=number * 5),
            )  # fmt: skip
            connection.execute(insert(takeaway), vars(one))
    house.close()


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
