"""What the list of meetings reads: the latest that are over, those in question, and letters about some offers."""

from datetime import timedelta

from companion.programme.model import WorkspaceTx
from companion.storage.engine import Store
from companion.takeaways.letters import Letter
from storage.made import NOON, evidence, meeting

Workspace = Store[WorkspaceTx]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def test_the_latest_that_are_over_by_time(workspace: Workspace) -> None:
    held = [meeting(f"u{at}", start=NOON - at * DAY, end=NOON - at * DAY + HOUR) for at in range(4)]  # one is not over
    with workspace.begin() as tx:
        tx.meetings.put_all(held)
        assert [one.id for one in tx.meetings.over(NOON, 2)] == [held[2].id, held[1].id]
        assert len(tx.meetings.over(NOON, 9)) == 3


def test_meetings_at_which_somebody_may_have_to_say_who_was_there(workspace: Workspace) -> None:
    said = {
        "settled": [("host", "attended", "p1", ""), ("self", "missed", "p2", "")],
        "sides": [("host", "attended", "p1", ""), ("self", "missed", "p1", "")],
        "sent": [("host", "delegated", "p1", "p2"), ("self", "missed", "p2", "")],
        "report": [("report", "unknown", "p1", "")],
        "plans": [("calendar", "accepted", "p1", ""), ("self", "declined", "p1", "")],
    }
    keys = {}
    with workspace.begin() as tx:
        for name, words in said.items():
            one = meeting(name)
            keys[name] = one.id
            tx.meetings.put(one)
            for at, (source, says, who, to) in enumerate(words):
                tx.seats.add(evidence(f"{name}{at}", one.id, source, says=says, person_id=who, to=to))
        found = set(tx.seats.in_question())
    assert found >= {keys[name] for name in ("sides", "sent", "report")}
    assert not found & {keys[name] for name in ("settled", "plans")}


def test_letters_about_some_things_to_some_people(workspace: Workspace) -> None:
    with workspace.begin() as tx:
        tx.letters.add(
            Letter(f"{about}{to}", "seat_offer", to, about, NOON, NOON) for about in "abc" for to in ("x", "y")
        )
        assert [one.id for one in tx.letters.of_any(["a", "b"])] == ["ax", "ay", "bx", "by"]
        assert [one.id for one in tx.letters.of_any(["a", "c"], ["y"])] == ["ay", "cy"]
