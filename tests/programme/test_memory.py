"""What we remember of customers: told, changed, ended; also with the workspace away, and by two people at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from companion.basics.errors import Problem
from companion.customers.memory import Fact
from companion.customers.model import Contact
from companion.programme import memory
from companion.programme.apply import cross
from companion.programme.views.customer import contact_history, customer_page
from fakes.house import DANA, Made

GOAL = Fact("", "kestrel", "goal", "Two more crews.", role="the owner", heard_on=date(2026, 11, 10))


def test_a_fact_is_told_changed_and_ended(made: Made) -> None:
    told = memory.remember(made.house, GOAL)
    assert (told.by, told.changed_by, told.revision, told.changed) == ("dana", "dana", 1, made.time[0])
    made.time[0] += timedelta(days=1)
    memory.change(made.house, replace(told, text="Three more crews."), told.revision)
    ended = memory.end(made.house, told.id, "reached", "They have them.", date(2026, 11, 20))
    assert (ended.text, ended.state, ended.result, ended.ended, ended.revision) == (
        "Three more crews.", "reached", "They have them.", date(2026, 11, 20), 3,
    )  # fmt: skip
    fact, versions = memory.history(made.house, told.id[:8])
    assert fact == ended
    assert [one.fact.text for one in versions] == ["Two more crews.", "Three more crews."]


def test_both_texts_stay_where_two_people_wrote_at_once(made: Made) -> None:
    told = memory.remember(made.house, GOAL)
    rosa = replace(made.house, me="rosa@ferro.example")
    memory.change(rosa, replace(told, text="Rosa heard three."), told.revision)
    both = memory.change(made.house, replace(told, text="Dana heard four."), told.revision)
    assert (both.text, both.unseen, both.revision) == ("Dana heard four.", 2, 3)
    shown = customer_page(made.house, "Kestrel").goals[0].now
    assert [(one.fact.text, one.by) for one in shown.others] == [("Rosa heard three.", "rosa")]
    settled = memory.change(made.house, replace(both, text="Three or four."), both.revision)
    assert settled.unseen == 0
    assert customer_page(made.house, "Kestrel").goals[0].now.others == ()


def test_who_changes_something_else_takes_no_words_back(made: Made) -> None:
    told = memory.remember(made.house, GOAL)
    memory.change(made.house, replace(told, text="Three more crews."), told.revision)
    after = memory.change(made.house, replace(told, role="the founder"), told.revision)
    assert (after.text, after.role, after.unseen) == ("Three more crews.", "the founder", 0)


def test_a_goal_in_place_of_another_keeps_its_history(made: Made) -> None:
    first = memory.remember(made.house, GOAL)
    second = memory.remember(made.house, replace(GOAL, text="To be rung first.", follows=first.id))
    page = customer_page(made.house, "Kestrel")
    assert [goal.now.fact.id for goal in page.goals] == [second.id]
    assert [(one.fact.text, one.fact.state) for one in page.goals[0].before] == [("Two more crews.", "changed")]
    assert {(one.text, one.state) for one in page.timeline if one.kind == "goal"} >= {
        ("Two more crews.", "open"), ("Two more crews.", "changed"), ("To be rung first.", "open"),
    }  # fmt: skip


def test_what_happened_tells_what_became_of_which_promise(made: Made) -> None:
    told = memory.remember(made.house, replace(GOAL, kind="promise", text="A forecast on Fridays"))
    memory.end(made.house, told.id, "broken", "They still wait.", date(2026, 11, 3))
    over = [one for one in customer_page(made.house, "Kestrel").timeline if one.state == "broken"]
    assert [(one.text, one.result) for one in over] == [("A forecast on Fridays", "They still wait.")]


@contextmanager
def away(*, write: bool = True) -> Iterator[Any]:
    if write in (True, False):
        raise Problem("workspace_unreachable", path="db")
    yield None


def test_with_the_workspace_away_it_waits_and_crosses_later(made: Made) -> None:
    alone = replace(made.house, workspace=away)
    told = memory.remember(alone, GOAL)
    memory.change(alone, replace(told, text="Three more crews."), 1)
    assert [fact.text for fact in memory.waiting(made.house)] == ["Two more crews.", "Three more crews."]
    made.time[0] += timedelta(hours=5)
    assert cross(made.house) == 2
    assert memory.waiting(made.house) == ()
    fact = memory.get(made.house, told.id)
    assert (fact.text, fact.revision, fact.unseen) == ("Three more crews.", 2, 0)
    assert fact.changed == made.time[0] - timedelta(hours=5)  # when it was written


def test_with_the_workspace_away_an_end_waits_too(made: Made) -> None:
    alone = replace(made.house, workspace=away)
    known, begun = memory.remember(made.house, GOAL), memory.remember(alone, replace(GOAL, text="To be rung first."))
    assert memory.end(alone, known.id[:12], "reached", "They have them.", date(2026, 11, 20)) is None
    ended = memory.end(alone, begun.id, "dropped")
    assert ended
    assert (ended.state, memory.waiting(made.house)[-1].state) == ("dropped", "dropped")
    with pytest.raises(Problem, match="fact_state_unknown"):
        memory.end(alone, known.id, "lost")  # type: ignore[arg-type]
    assert cross(made.house) == 3
    now_is = memory.get(made.house, known.id)
    assert (now_is.state, now_is.result, now_is.ended) == ("reached", "They have them.", date(2026, 11, 20))
    assert memory.get(made.house, begun.id).state == "dropped"


def test_who_may_write_and_see(made: Made) -> None:
    shared = replace(made.house, workspace_shared=True)
    told = memory.remember(replace(shared, me="rosa@ferro.example"), GOAL)
    staff = replace(shared, me="agnes@ferro.example")
    for call in (
        lambda: memory.remember(staff, GOAL),
        lambda: memory.change(staff, replace(told, text="No."), 1),
        lambda: memory.end(staff, told.id, "dropped"),
    ):
        with pytest.raises(Problem, match="memory_not_yours"):
            call()
    with pytest.raises(Problem, match="customer_not_shown"):
        customer_page(staff, "kestrel")
    with made.house.workspace() as tx:
        tx.people.put(replace(DANA, end=date(2026, 1, 31)))
    with pytest.raises(Problem, match="memory_not_yours"):  # who left
        memory.remember(shared, GOAL)
    with made.house.device(write=False) as device:
        assert device.queue.waiting() == []


def test_words_the_workspace_refuses_stay_where_they_were_written(made: Made) -> None:
    staff = replace(made.house, workspace_shared=True, me="agnes@ferro.example")
    memory.remember(replace(staff, workspace=away), GOAL)
    cross(made.house)
    assert [fact.text for fact in memory.waiting(made.house)] == ["Two more crews."]
    assert memory.remember(made.house, GOAL).revision == 1  # nobody behind it waits


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (replace(GOAL, text=" \n "), "fact_empty"),
        (replace(GOAL, text="x" * 4001), "fact_too_long"),
        (replace(GOAL, kind="rumour"), "fact_kind_unknown"),  # type: ignore[arg-type]
        (replace(GOAL, kind="who"), "who_topic_missing"),
        (replace(GOAL, kind="who", topic="hats"), "who_topic_unknown"),
        (replace(GOAL, kind="touch", topic=" "), "touch_team_missing"),
        (replace(GOAL, heard_on=date(2027, 11, 10)), "fact_ahead"),
        (replace(GOAL, customer_id="nobody"), "fact_customer_unknown"),
    ],
)
def test_what_cannot_be_kept_is_said(made: Made, fact: Fact, code: str) -> None:
    with pytest.raises(Problem, match=code):
        memory.remember(made.house, fact)


def test_a_day_ahead_is_no_better_in_a_change_or_with_the_workspace_away(made: Made) -> None:
    told = memory.remember(made.house, GOAL)
    today = made.time[0].date()
    for house in (made.house, replace(made.house, workspace=away)):
        with pytest.raises(Problem, match="fact_ahead"):
            memory.change(house, replace(told, heard_on=today + timedelta(days=2)), told.revision)
    assert memory.change(made.house, replace(told, heard_on=today), told.revision).heard_on == today


def test_a_goal_cannot_be_kept_nor_a_promise_reached(made: Made) -> None:
    goal, promise = memory.remember(made.house, GOAL), memory.remember(made.house, replace(GOAL, kind="promise"))
    for fact, state in ((goal, "kept"), (promise, "reached")):
        with pytest.raises(Problem, match="fact_state_unknown"):
            memory.end(made.house, fact.id, state)  # type: ignore[arg-type]
    assert memory.end(made.house, promise.id, "broken", "It came in May.").state == "broken"
    assert memory.end(made.house, promise.id, "open").result == ""


def test_the_page_says_who_met_whom_and_what_is_old(made: Made) -> None:
    old = replace(GOAL, kind="who", topic="does", heard_on=date(2025, 11, 20))
    memory.remember(made.house, old)
    ken = Contact("", "kestrel", "Ken@Kestrel.example", "Ken Doyle", "owner", line="Dry.")
    ken = memory.put_contact(made.house, ken)
    memory.remember(made.house, replace(GOAL, kind="quote", text="We count.", contact_id=ken.id))
    memory.remember(made.house, replace(GOAL, kind="touch", topic="Finance", text="41 invoices."))
    page = customer_page(made.house, "kestrel")
    lines = [(topic, line.old if line else None) for topic, line in page.who]
    assert lines[:2] == [("does", True), ("customers", None)]
    assert [(one.contact.address, one.contact.line, one.quotes) for one in page.people] == [
        ("ken@kestrel.example", "Dry.", 1)
    ]
    assert [one.text for one in page.quotes] == ["We count."]
    assert page.touches[0].fact.topic == "Finance"
    assert [one.fact.text for one in contact_history(made.house, "kestrel", "Ken Doyle").facts] == ["We count."]


def test_half_a_character_of_a_fact_stops_nothing(made: Made) -> None:
    told = memory.remember(made.house, replace(GOAL, text="half \ud83d", source="\ude00"))
    assert (told.text, told.source) == ("half \ufffd", "\ufffd")
    ended = memory.end(made.house, told.id, "reached", "done \ud83d")
    assert ended
    assert ended.result == "done \ufffd"
