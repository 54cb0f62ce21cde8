"""Many rows at once are the rows that come one by one, on each engine."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.calendars.model import Guest, Reason
from companion.programme.model import WorkspaceTx
from companion.storage.engine import Store
from storage.made import NOON, evidence, meeting

Workspace = Store[WorkspaceTx]
MANY = 120  # more than are given to SQLAlchemy row by row
GUEST = Guest("jan@kestrel.example", "Jan Żółty", "person", "accepted")


def test_many_meetings_are_kept_as_single_ones_are(workspace: Workspace) -> None:
    plain = [meeting(f"u{at}", start=NOON + timedelta(minutes=at)) for at in range(MANY)]
    rich = [
        replace(
            one, title="100 % „Nguyễn”", organiser=GUEST if at % 2 else None, guests=(GUEST,) * (at % 3),
            why=(Reason("guest_domain", (("domain", f"d{at % 4}.example"),), 50),), all_day=at % 5 == 0,
        )
        for at, one in enumerate(plain)
    ]  # fmt: skip
    with workspace.begin() as tx:
        tx.meetings.put_all(rich)
        assert tx.meetings.everything() == rich
        tx.meetings.put_all([replace(one, title="moved") for one in rich])  # the same ids: they are brought up to date
        assert tx.meetings.everything() == [replace(one, title="moved") for one in rich]
        for one in rich:
            tx.meetings.put(one)
        assert tx.meetings.everything() == rich


def test_what_calendars_say_of_many_meetings_takes_the_place_of_what_they_said(workspace: Workspace) -> None:
    held = [meeting(f"u{at}", start=NOON) for at in range(MANY)]
    with workspace.begin() as tx:
        tx.meetings.put_all(held)
        tx.seats.add(evidence("word", held[0].id, "host", says="attended"))
        for says in ("invited", "accepted"):
            told = {one.id: [evidence(f"{says}-{one.id}", one.id, says=says)] for one in held}
            tx.seats.replace_calendar(told)
            expected = {f"{says}-{one.id}" for one in held} | {"word"}
            assert {item.id for item in tx.seats.evidence()} == expected


def test_an_instant_without_a_zone_is_refused_among_many(workspace: Workspace) -> None:
    held = [meeting(f"u{at}", start=NOON) for at in range(MANY)]
    with workspace.begin() as tx, pytest.raises(ValueError, match="zone"):
        tx.meetings.put_all([*held, replace(held[0], start=NOON.replace(tzinfo=None))])
