"""The questions of a note: ops change them for everybody, a note keeps those it was begun with, offline too."""

from dataclasses import replace

import pytest

from companion.basics.errors import Problem
from companion.basics.ids import meeting_id
from companion.notes.shipped_template import shipped
from companion.notes.template import Question, Template
from companion.programme import listening, templates
from companion.programme.model import House
from companion.programme.sync import sync
from companion.words.language import LANGUAGES
from fakes.house import Made
from fakes.ics import calendar, event

OWN = Template("listening", 0, "Ours", (Question("mood", {"en": "Their mood"}),))


@pytest.fixture
def house(made: Made) -> House:
    made.account("Work", "dana@ferro.example").members = {
        name: calendar(event(name, f"202611{day}T130000Z", answer="ACCEPTED")) for name, day in (("a", 10), ("b", 11))
    }
    sync(made.house)
    return made.house


def away(house: House) -> House:
    """The same house while its workspace cannot be reached."""

    def nobody(*, write: bool = True) -> object:
        raise Problem("workspace_unreachable", url="x", write=write)

    return replace(house, workspace=nobody)  # type: ignore[arg-type]


def test_what_ships_asks_in_every_language() -> None:
    for question in shipped().questions:
        for texts in (question.text, *([question.hint] if question.hint else []), *(t for _, t in question.choices)):
            assert sorted(texts) == sorted(LANGUAGES)
            assert all(text.strip() for text in texts.values())
    assert [one.key for one in shipped().questions if one.part == "afterwards"] == ["said", "scene", "surprise"]
    assert [one.key for one in shipped().questions if one.private] == ["off_record"]


def test_a_new_version_counts_for_new_notes_alone(house: House) -> None:
    old = listening.open_note(house, meeting_id("a", "-"))
    saved = templates.save(house, OWN)
    assert (saved.version, saved.by, saved.made) == (2, "dana", house.clock())
    new = listening.open_note(house, meeting_id("b", "-"))
    assert templates.current(house) == saved
    for somewhere in (house, away(house)):
        assert templates.of_note(somewhere, old) == shipped()
        assert templates.of_note(somewhere, new) == saved
    assert templates.current(away(house)) == saved, "the newest that was seen here"
    assert [one.version for one in templates.all_of(house)] == [1, 2]
    assert templates.save(house, OWN).version == 3


def test_a_note_of_before_there_were_templates_has_the_shipped_questions(house: House) -> None:
    note = replace(listening.open_note(house, meeting_id("a", "-")), template="", template_version=0)
    assert templates.of_note(house, note) == shipped()


def test_where_several_people_write_only_ops_change_them(house: House) -> None:
    shared = replace(house, workspace_shared=True)
    with pytest.raises(Problem, match="templates_by_ops"):
        templates.save(shared, OWN)
    with pytest.raises(Problem, match="template_empty"):
        templates.save(house, replace(OWN, questions=()))
