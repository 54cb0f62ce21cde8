"""Ten seconds in which nobody has seen it: undone it leaves no trace, killed it arrives."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.basics.errors import Problem
from companion.programme import composing, drafts, outbox, publishing
from companion.programme.apply import cross
from companion.programme.model import House
from companion.programme.publishing import UNDO, Order
from companion.takeaways.model import Takeaway
from fakes.house import Made
from fakes.killing import Fate, KilledError, fated
from fakes.post import MEETING, Post, ready

MAIL = Order(("Mail",), ("agnes@ferro.example",))


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def house(made: Made, post: Post) -> House:
    return ready(made, post)


def draft(house: House, audience: str = "team:Finance", scene: str = "They plan by the tide.") -> Takeaway:
    begun = composing.begin(house, MEETING)
    return replace(begun, audience=audience, headline="By the tide", scene=scene)


def kept(house: House, takeaway: Takeaway) -> str:
    with house.device(write=False) as device:
        return drafts.kept(device, takeaway)


def keep(house: House, takeaway: Takeaway, body: str, key: str = "") -> None:
    with house.device() as device:
        device.notes.put_draft(key or drafts.draft_key(takeaway.meeting_id, takeaway.audience), body, house.clock())


def test_undone_nobody_ever_saw_it_and_the_draft_is_back(house: House, made: Made, post: Post) -> None:
    takeaway = draft(house)
    keep(house, takeaway, '{"scene": "as it was"}')
    publishing.send(house, takeaway, MAIL, undo=UNDO)
    assert (kept(house, takeaway), composing.all_of(house)) == ("", [])
    made.time[0] += timedelta(seconds=9)
    cross(house)
    assert [one.id for one, _ in publishing.undoable(house)] == [takeaway.id]
    assert publishing.undo(house, takeaway.id).headline == "By the tide"
    made.time[0] += timedelta(hours=1)
    cross(house)
    outbox.run(house)
    with house.workspace(write=False) as tx:
        assert (tx.takeaways.all(), tx.takeaways.deliveries(), tx.letters.all(), post.sent) == ([], [], [], [])
    assert kept(house, takeaway) == '{"scene": "as it was"}'
    assert publishing.undoable(house) == ()


def test_after_ten_seconds_it_has_gone(house: House, made: Made, post: Post) -> None:
    takeaway = publishing.send(house, draft(house), MAIL, undo=UNDO)
    made.time[0] += UNDO
    with pytest.raises(Problem, match="undo_too_late"):
        publishing.undo(house, takeaway.id)
    cross(house)
    outbox.run(house)
    assert [to for _, to, _ in post.sent] == ["agnes@ferro.example"]
    with pytest.raises(Problem, match="undo_too_late"):
        publishing.undo(house, takeaway.id)
    assert [one.id for one in composing.all_of(house)] == [takeaway.id]


def test_once_it_began_to_cross_it_cannot_be_undone(house: House, made: Made) -> None:
    """The workspace is away just then: the command waits, and its time to be undone is over all the same."""
    takeaway = publishing.send(house, draft(house), MAIL, undo=UNDO)
    made.time[0] += UNDO
    with pytest.raises(Problem, match="store_locked"):
        cross(fated(house, Fate(away_from=1)))
    made.time[0] -= timedelta(seconds=5)  # the machine's clock is set back
    with pytest.raises(Problem, match="undo_too_late"):
        publishing.undo(house, takeaway.id)
    cross(house)
    assert [one.id for one in composing.all_of(house)] == [takeaway.id]


def test_a_window_killed_in_those_seconds_loses_nothing(house: House, made: Made, post: Post) -> None:
    for point in range(1, 30):
        fate = Fate(dies_at=point)
        takeaway = draft(house, scene=f"They plan by tide {point}.")
        body = drafts.written(takeaway)
        keep(house, takeaway, body)
        try:
            publishing.send(fated(house, fate), takeaway, MAIL, undo=UNDO)
            break
        except KilledError:
            with house.device(write=False) as device:
                waiting = [c.body["takeaway"]["scene"] for c in device.queue.waiting()]
            assert (kept(house, takeaway) == body) != (takeaway.scene in waiting), "either a draft or on its way"
            made.time[0] += UNDO
            cross(house)  # the next start
            assert {one.scene for one in composing.all_of(house)} >= set(waiting)
    else:
        raise AssertionError("it never came to an end")
    made.time[0] += UNDO
    cross(house)
    outbox.run(house)
    outbox.run(house)
    assert len(post.sent) == len(set(post.sent))
    assert composing.find(house, composing.all_of(house)[0].id).scene == f"They plan by tide {point}."


def test_written_again_before_it_went_only_the_last_word_goes(house: House, made: Made, post: Post) -> None:
    first = publishing.send(house, draft(house), MAIL, undo=UNDO)
    second = publishing.send(house, draft(house, scene="They plan by the moon."), Order(("Mail",)), undo=UNDO)
    assert (second.id, second.revision) == (first.id, 1)
    made.time[0] += UNDO
    cross(house)
    outbox.run(house)
    assert [(one.revision, one.scene) for one in composing.all_of(house)] == [(1, "They plan by the moon.")]
    assert post.sent == [("Mail", "agnes@ferro.example", 1)]


def test_others_behind_it_do_not_wait_for_it(house: House) -> None:
    publishing.send(house, draft(house, "company"), MAIL, undo=UNDO)
    now = publishing.send(house, draft(house), MAIL)
    assert [one.id for one in composing.all_of(house)] == [now.id]


def test_each_audience_has_its_draft_and_the_old_one_is_still_read(house: House) -> None:
    finance, company = draft(house), draft(house, "company")
    keep(house, company, '{"audience": "company", "scene": "old"}', drafts.draft_key(MEETING))
    assert (kept(house, company), kept(house, finance)) == ('{"audience": "company", "scene": "old"}', "")
    keep(house, finance, '{"scene": "for us"}')
    publishing.send(house, finance, MAIL)
    assert kept(house, finance) == ""
    assert kept(house, company), "the other one's draft stays"
    publishing.send(house, company, MAIL)
    assert kept(house, company) == ""


def test_without_a_draft_its_words_come_back_as_one(house: House) -> None:
    takeaway = publishing.send(house, draft(house), MAIL, undo=UNDO)
    publishing.undo(house, takeaway.id)
    assert '"scene": "They plan by the tide."' in kept(house, takeaway)


def test_what_was_written_since_is_newer_than_what_comes_back(house: House) -> None:
    takeaway = draft(house)
    keep(house, takeaway, '{"scene": "old"}')
    publishing.send(house, takeaway, MAIL, undo=UNDO)
    keep(house, takeaway, '{"scene": "newer"}')
    publishing.undo(house, takeaway.id)
    assert kept(house, takeaway) == '{"scene": "newer"}'
