"""Notes as their writer has them: no second window, no old draft and no going back takes a word away."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.event import listen, remove

from companion.basics.errors import Problem
from companion.basics.ids import meeting_id
from companion.notes.model import Note
from companion.programme import listening
from companion.programme.listening import Edit
from companion.programme.model import House
from companion.programme.note_versions import MOST, thinned
from companion.programme.sync import sync
from fakes.house import Made
from fakes.ics import NOW, calendar, event

KEY = meeting_id("a", "-")


@pytest.fixture
def house(made: Made) -> House:
    made.account("Work", "dana@ferro.example").members = {
        "a": calendar(event("a", "20261110T130000Z", answer="ACCEPTED"))
    }
    sync(made.house)
    return made.house


@pytest.fixture
def note(house: House) -> Note:
    return listening.open_note(house, KEY)


def edit(line: str, text: str, base: str | None = None, position: int = 0) -> Edit:
    return Edit(line, position, "", text, NOW, base)


def said(house: House, note: Note) -> list[str]:
    return [line.text for line in listening.get(house, note.id).lines]


def test_lines_are_written_together_and_in_their_places(house: House, note: Note) -> None:
    done = listening.write_lines(house, note.id, [edit("l2", "tide", "", 5), edit("l1", "crew", "", 2)])
    assert (said(house, note), done.conflicts, done.stayed) == (["crew", "tide"], (), ())
    listening.write_lines(house, note.id, [edit("l1", "a crew day", "crew", 2), edit("l2", "", "tide", 5)])
    assert said(house, note) == ["a crew day"]
    assert [(one.id, one.lines) for one in listening.listed(house)] == [(note.id, 1)]
    listening.write_lines(house, note.id, [edit("l2", "tide", "", 5)])
    assert said(house, note) == ["a crew day", "tide"], "what was taken out comes back by undo"


def test_a_write_that_is_tried_again_changes_nothing(house: House, note: Note) -> None:
    for _ in range(3):
        done = listening.write_lines(house, note.id, [edit("l1", "crew", "")])
        assert done.conflicts == ()
    assert said(house, note) == ["crew"]


def test_a_second_window_shows_both_texts_until_they_are_settled(house: House, note: Note) -> None:
    listening.write_lines(house, note.id, [edit("l1", "crew", "")])
    listening.write_lines(house, note.id, [edit("l1", "a crew day", "crew")])
    (found,) = listening.write_lines(house, note.id, [edit("l1", "the crew", "crew")]).conflicts
    assert (found.unit, found.here, found.other, found.other_from) == ("l1", "a crew day", "the crew", "")
    # Whoever types goes on in their own text.
    listening.write_lines(house, note.id, [edit("l1", "the crew waits", "the crew")])
    listening.write_lines(house, note.id, [edit("l1", "a crew day lost", "a crew day")])
    (found,) = listening.conflicts(house, note.id)
    assert (found.here, found.other) == ("a crew day lost", "the crew waits")
    listening.settle(house, found.id, "the crew waits a day")
    assert (said(house, note), listening.conflicts(house)) == (["the crew waits a day"], [])
    before = listening.revisions(house, note.id)[0]
    assert (before.why, [line.text for line in before.note.lines]) == ("before_settling", ["a crew day lost"])
    with pytest.raises(Problem, match="conflict_unknown"):
        listening.settle(house, found.id, "x")


def test_each_of_two_texts_stays_a_version_when_they_are_settled(house: House, note: Note) -> None:
    listening.write_lines(house, note.id, [edit("l1", "crew", "")])
    listening.write_lines(house, note.id, [edit("l1", "a crew day", "crew"), edit("l1", "the crew", "crew")])
    listening.write_answer(house, note.id, "said", "We wait.", "")
    listening.write_answer(house, note.id, "said", "We count.", "")
    listening.expect(house, note.id, "Praise", "")
    listening.expect(house, note.id, "Late invoices", "")
    for found in listening.conflicts(house, note.id):
        listening.settle(house, found.id, found.here, found.here)
    kept = [one.note for one in listening.revisions(house, note.id)]
    assert {line.text for one in kept for line in one.lines} == {"a crew day", "the crew"}
    assert {one.said for one in kept} == {"We wait.", "We count."}
    assert {one.expected for one in kept} == {"Praise", "Late invoices"}


@pytest.mark.parametrize(
    ("settled", "shown", "beside"),
    [
        ("the crew", "the crew", ["a crew day in May"]),
        ("a crew day\nthe crew", "a crew day\nthe crew", ["a crew day in May"]),
        ("a crew day", "a crew day in May", []),  # "Keep this", with what was added to it
        ("", "a crew day in May", []),
    ],
)
def test_words_written_while_two_texts_were_shown_are_not_settled_away(
    house: House, note: Note, settled: str, shown: str, beside: list[str]
) -> None:
    listening.write_lines(house, note.id, [edit("l1", "crew", "")])
    listening.write_lines(house, note.id, [edit("l1", "a crew day", "crew"), edit("l1", "the crew", "crew")])
    (found,) = listening.conflicts(house, note.id)
    listening.write_lines(house, note.id, [edit("l1", "a crew day in May", "a crew day")])
    listening.settle(house, found.id, settled, found.here)
    assert said(house, note) == [shown]
    assert [one.other for one in listening.conflicts(house, note.id)] == beside
    listening.write_lines(house, note.id, [edit("l1", "the crew, later", shown)])
    assert [one.other for one in listening.conflicts(house, note.id)] == beside


def test_what_another_window_changed_is_not_taken_out(house: House, note: Note) -> None:
    listening.write_lines(house, note.id, [edit("l1", "crew", "")])
    listening.write_lines(house, note.id, [edit("l1", "a crew day", "crew")])
    done = listening.write_lines(house, note.id, [edit("l1", "", "crew")])
    assert (done.stayed, said(house, note)) == (("l1",), ["a crew day"])


def test_answers_and_what_is_expected_are_kept_the_same_way(house: House, note: Note) -> None:
    listening.write_answer(house, note.id, "goal", "Keep the slip busy", "")
    assert [one.unit for one in listening.write_answer(house, note.id, "goal", "Busy", "").conflicts] == ["answer:goal"]
    listening.expect(house, note.id, "Praise", "")
    assert [one.unit for one in listening.expect(house, note.id, "Late invoices", "").conflicts] == ["expected"]
    listening.write_answer(house, note.id, "said", "We wait.", "")
    listening.write_answer(house, note.id, "said", "", "We wait.")
    now = listening.get(house, note.id)
    assert (dict(now.answers), now.expected) == ({"goal": "Keep the slip busy"}, "Praise")
    for found in listening.conflicts(house, note.id):
        listening.settle(house, found.id, found.other)
    now = listening.get(house, note.id)
    assert (dict(now.answers), now.expected) == ({"goal": "Busy"}, "Late invoices")


def test_bringing_back_loses_nothing(house: House, note: Note) -> None:
    listening.write_lines(house, note.id, [edit("l1", "crew", ""), edit("l2", "tide", "", 1)])
    listening.write_answer(house, note.id, "said", "We wait.")
    assert listening.mark_revision(house, note.id, "left")
    assert not listening.mark_revision(house, note.id, "left"), "nothing changed since"
    listening.write_lines(house, note.id, [edit("l1", "", "crew"), edit("l3", "moon", "", 2)])
    listening.write_answer(house, note.id, "said", "We count.")
    (old,) = listening.revisions(house, note.id)
    back = listening.bring_back(house, note.id, old.id)
    assert ([line.text for line in back.lines], back.said) == (["crew", "tide"], "We wait.")
    newest = listening.revisions(house, note.id)[0]
    assert ([line.text for line in newest.note.lines], newest.note.said) == (["tide", "moon"], "We count.")
    again = listening.bring_back(house, note.id, newest.id)
    assert ([line.text for line in again.lines], again.said) == (["tide", "moon"], "We count.")
    with pytest.raises(Problem, match="revision_unknown"):
        listening.bring_back(house, note.id, "nothing")


def test_revisions_are_thinned_and_the_last_day_is_whole() -> None:
    every = [(str(n), NOW - timedelta(hours=n), "left") for n in range(24 * 300)]
    dropped = set(thinned(every, NOW))
    left = [one for one in every if one[0] not in dropped]
    assert len(left) == MOST
    assert [name for name, *_ in left[:24]] == [str(n) for n in range(24)]
    older = [at.date() for _, at, _ in left if at < NOW - timedelta(days=1)]
    assert len(older) == len(set(older))
    settled = [(str(n), NOW - timedelta(days=3, minutes=n), "before_settling") for n in range(5)]
    assert thinned(settled, NOW) == [], "one of the two texts may stand nowhere else"


def test_lines_of_a_file_stand_behind_those_there_are(house: House, note: Note) -> None:
    listening.write_lines(house, note.id, [edit("l1", "crew", "", 7)])
    listening.take_text(house, KEY, "q Words.\nf fact")
    assert said(house, note) == ["crew", "Words.", "fact"]


def test_a_note_nobody_knows_is_a_sentence(house: House) -> None:
    with pytest.raises(Problem, match="note_unknown"):
        listening.write_lines(house, "nothing", [edit("l1", "crew")])
    with pytest.raises(Problem, match="note_unknown"):
        listening.write_answer(house, "nothing", "said", "x")


def test_it_is_said_once_that_a_note_is_only_here(house: House) -> None:
    assert [listening.only_here(house) for _ in range(3)] == [True, False, False]


def test_the_time_of_a_change_is_the_clocks(made: Made, house: House, note: Note) -> None:
    made.time[0] += timedelta(hours=1)
    assert listening.write_lines(house, note.id, [edit("l1", "crew", "")]).at == made.time[0]
    now = listening.get(house, note.id)
    assert now == replace(now, changed=made.time[0], made=note.made)


def test_many_lines_cost_few_statements(house: House, note: Note) -> None:
    told: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        told.append(statement)

    listen(Engine, "before_cursor_execute", count)
    try:
        first = [edit(f"l{at}", f"crate {at}", "", at) for at in range(1200)]
        listening.write_lines(house, note.id, first)
        listening.write_lines(house, note.id, [replace(one, text=f"{one.text} waits", base=one.text) for one in first])
    finally:
        remove(Engine, "before_cursor_execute", count)
    assert len(told) < len(first) / 4, "what is stored is read, and what is new is written, many lines at once"
    assert said(house, note) == [f"crate {at} waits" for at in range(1200)]


def test_one_line_twice_in_one_writing_is_as_its_last_text(house: House, note: Note) -> None:
    listening.write_lines(house, note.id, [edit("l1", "crew", ""), edit("l1", "a crew day", "crew")])
    assert (said(house, note), listening.conflicts(house, note.id)) == (["a crew day"], [])
    listening.write_lines(house, note.id, [edit("l1", "the crew", "a crew day"), edit("l1", "tide", "never there")])
    assert [(one.here, one.other) for one in listening.conflicts(house, note.id)] == [("the crew", "tide")]


def test_half_a_character_stops_no_line(house: House, note: Note) -> None:
    """What an input method hands over in halves is kept; the other lines come with it, and no conflict is made."""
    half = "half \ud83d"
    listening.write_lines(house, note.id, [edit("a", half, ""), edit("b", "\ud83d\ude42 other", "", 1)])
    listening.write_lines(house, note.id, [edit("a", f"{half} more", half)])
    listening.write_answer(house, note.id, "said", "said \ude00")
    listening.expect(house, note.id, "expected \ude00")
    note = listening.get(house, note.id)
    assert [line.text for line in note.lines] == ["half \ufffd more", "🙂 other"]
    assert (note.said, note.expected) == ("said \ufffd", "expected \ufffd")
    assert not listening.conflicts(house, note.id)
