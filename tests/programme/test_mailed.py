"""Replies to the questions after a meeting: into their writer's note, once, and to nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.basics.errors import Problem
from companion.notes.shipped_template import shipped
from companion.programme import answers, due, listening, mailed, meeting_letters, publishing
from companion.programme.asked import ever_asked
from companion.programme.listening import Edit
from companion.programme.model import House
from companion.programme.templates import save
from companion.takeaways.code import code_of
from companion.takeaways.letters import Letter
from companion.takeaways.mailed import KEPT, Replied, read_reply
from fakes.house import Made
from fakes.killing import Fate, KilledError, fated
from fakes.meeting import THURSDAY, met, seated
from fakes.post import as_
from fakes.told import reply, take, told

__all__ = ["told"]
OVER = THURSDAY + timedelta(hours=1, minutes=10)
THREE = "1. We lose a crew day.\n2. Two trainers stood in the rain.\n3. They never open the portal."


@pytest.fixture
def asked(told: Made) -> Made:
    """Dana and Lev were with Kestrel, and have the questions."""
    met(told.house)
    told.time[0] = THURSDAY
    for person in ("dana", "lev"):
        seated(told.house, "m1", person)
    told.time[0] = OVER
    assert meeting_letters.make_questions(told.house) == 2
    return told


def letter(house: House, person: str = "dana") -> Letter:
    with house.workspace(write=False) as tx:
        return next(one for one in tx.letters.of("m1") if one.facts["person"] == person)


def mail(made: Made, text: str = THREE, number: int = 1, person: str = "dana", **changes: object) -> None:
    token = letter(made.house, person).facts["token"]
    facts = {"kind": "after", "token": token, "sender": f"{person}@ferro.example", "at": OVER, "text": text} | changes
    take(made.house, reply(number, code=code_of("m1"), **facts))


def test_three_answers_come_into_the_note_and_make_a_draft(asked: Made) -> None:
    mail(asked)
    assert (mailed.fetch(asked.house), mailed.fetch(asked.house)) == (1, 0)
    note = listening.get(asked.house, "m1")
    assert (note.said, note.scene, note.surprise) == (
        "We lose a crew day.", "Two trainers stood in the rain.", "They never open the portal.",
    )  # fmt: skip
    assert mailed.came_in(asked.house, ["m1", "m2"]) == {"m1"}
    draft = publishing.begin(asked.house, note.id)
    assert (draft.quote, draft.scene) == ("We lose a crew day.", "Two trainers stood in the rain.")


def test_a_reply_under_questions_of_ops_comes_under_their_answers(asked: Made) -> None:
    """Also where they were put otherwise since the mail, and in another language than the reader's."""
    said, scene, surprise = shipped().questions[:3]
    first = replace(said, text={"en": "What they said: word by word?", "it": "Parola per parola"})
    save(asked.house, replace(shipped(), questions=(first, scene, surprise)))
    save(asked.house, replace(shipped(), questions=(replace(said, text={"en": "Their words"}), scene, surprise)))
    mail(asked, "What they said: word by word?:\nWe lose a crew day.\n\nONE SCENE YOU WOULD RETELL: In the rain.\n")
    mail(asked, "Parola per parola\nUna giornata.", number=2, person="lev")
    assert mailed.fetch(asked.house) == 1
    note = listening.get(asked.house, "m1")
    assert (note.said, note.scene, note.lines) == ("We lose a crew day.", "In the rain.", ())
    with asked.house.workspace(write=False) as tx:
        theirs = tx.mailed.of("lev")[0].text
        assert read_reply(theirs, ever_asked(tx)) == Replied({"said": "Una giornata."}, ())


def test_lines_come_behind_what_is_there_and_an_answer_is_never_overwritten(asked: Made) -> None:
    note = listening.take_text(asked.house, "m1", "Mine\n")
    listening.write_answer(asked.house, note.id, "said", "Said in the room")
    mail(asked, f"In the car.\n\nOne sentence they said: {THREE[3:22]}")
    mailed.fetch(asked.house)
    note = listening.get(asked.house, "m1")
    assert ([line.text for line in note.lines], note.said) == (
        ["Mine", "In the car.", "We lose a crew day."], "Said in the room",
    )  # fmt: skip
    assert not listening.conflicts(asked.house, note.id)


def test_only_its_writer_fetches_it_and_then_it_is_nowhere_else(asked: Made) -> None:
    mail(asked)
    assert mailed.fetch(as_(asked.house, "lev@ferro.example")) == 0
    mailed.fetch(asked.house)
    with asked.house.workspace(write=False) as tx:
        assert tx.mailed.of("dana") == []
        assert [one for one in tx.takeaways.answers() if "crew day" in one.text] == []
    assert answers.to_review(asked.house) == []
    mail(asked)
    assert mailed.fetch(asked.house) == 0, "the mailbox was read anew"


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": "dana.private@mail.example"}, {"token": ""}, {"token": "AAAAAAAA"}, {"aside": True},
        {"sender": "lev@ferro.example"}, {"kind": "", "token": ""},
    ],
)  # fmt: skip
def test_what_is_not_surely_from_its_writer_is_asked(asked: Made, changes: dict[str, object]) -> None:
    mail(asked, **changes)
    assert mailed.fetch(asked.house) == 0
    (waits,) = mailed.unsure(asked.house)
    assert (waits.sender, waits.text) == (changes.get("sender", "dana@ferro.example"), THREE)
    assert mailed.unsure(as_(asked.house, "agnes@ferro.example")) == ()
    with pytest.raises(Problem) as told_:
        mailed.take(as_(asked.house, "agnes@ferro.example"), waits.id)
    assert told_.value.code == "mailed_unknown"
    mailed.take(asked.house, waits.id[:8])
    assert listening.get(asked.house, "m1").said == "We lose a crew day."
    assert mailed.unsure(asked.house) == ()


def test_what_is_not_mine_is_left_out_for_good(asked: Made) -> None:
    mail(asked, sender="somebody@else.example")
    mailed.leave(asked.house, mailed.unsure(asked.house)[0].id)
    mail(asked, sender="somebody@else.example")
    assert mailed.unsure(asked.house) == ()
    with pytest.raises(Problem):
        listening.get(asked.house, "m1")


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({"sender": "agnes@ferro.example", "token": ""}, "strange"), ({"code": "AAAAAAAA"}, "strange"),
        ({"text": "One sentence they said:\n\nOne scene you would retell:\n"}, "empty"),
        ({"automatic": True}, "automatic"), ({"at": OVER - KEPT - timedelta(days=1)}, "known"),
    ],
)  # fmt: skip
def test_what_is_nobodys_or_says_nothing_is_left(asked: Made, changes: dict[str, object], counted: str) -> None:
    facts = {"code": code_of("m1"), "kind": "after", "token": letter(asked.house).facts["token"], "text": THREE,
             "sender": "dana@ferro.example", "at": OVER} | changes  # fmt: skip
    taken = take(asked.house, reply(1, **facts))
    assert (getattr(taken, counted), taken.count) == (1, 1)
    assert (mailed.fetch(asked.house), mailed.unsure(asked.house)) == (0, ())


def test_who_has_left_gets_no_note(asked: Made) -> None:
    with asked.house.workspace() as tx:
        dana = tx.people.get("dana")
        assert dana
        tx.people.put(replace(dana, end=(OVER - timedelta(days=1)).date()))
    mail(asked)
    with asked.house.workspace(write=False) as tx:
        assert tx.mailed.of("dana") == []


@pytest.mark.parametrize("point", range(1, 30))
def test_killed_anywhere_it_comes_in_once(asked: Made, point: int) -> None:
    mail(asked, "First line\nSecond line\n\nOne sentence they said: We lose a crew day.")
    try:
        mailed.fetch(fated(asked.house, Fate(dies_at=point)))
    except KilledError:
        mailed.fetch(asked.house)
    note = listening.get(asked.house, "m1")
    assert ([line.text for line in note.lines], note.said) == (["First line", "Second line"], "We lose a crew day.")
    assert not listening.conflicts(asked.house, note.id)
    with asked.house.workspace(write=False) as tx:
        assert tx.mailed.of("dana") == []


def test_what_is_said_twice_comes_in_twice(asked: Made) -> None:
    mail(asked, "yes\nno\nyes\nyes")
    mailed.fetch(asked.house)
    assert [line.text for line in listening.get(asked.house, "m1").lines] == ["yes", "no", "yes", "yes"]


def test_a_line_that_was_taken_out_stays_out_when_the_mail_comes_once_more(
    asked: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The computer was switched off before the mail was out of the workspace."""
    mail(asked, "First line\nSecond line")
    with monkeypatch.context() as patch:
        patch.setattr(mailed, "_out", lambda *_: None)
        mailed.fetch(asked.house)
    note = listening.get(asked.house, "m1")
    first = note.lines[0]
    listening.write_lines(asked.house, note.id, [Edit(first.id, first.position, "", "", OVER, first.text)])
    assert mailed.fetch(asked.house) == 1
    assert [line.text for line in listening.get(asked.house, "m1").lines] == ["Second line"]


def test_what_nobody_fetched_for_its_days_is_let_go_and_told(asked: Made) -> None:
    mail(asked)
    mail(asked, number=2)
    mailed.fetch(asked.house)
    mail(asked, number=3)
    asked.time[0] = OVER + KEPT + timedelta(hours=1)
    steps = {step.name: step for step in due.run(asked.house).steps}
    assert [(p.code, p.facts["count"]) for p in steps["afterwards"].problems] == [("mailed_expired", 1)]
    assert mailed.fetch(asked.house) == 0


def test_a_forgotten_meeting_keeps_it_waiting(asked: Made) -> None:
    mail(asked)
    with asked.house.workspace() as tx:
        tx.meetings.remove("m1")
    assert mailed.fetch(asked.house) == 0
    with asked.house.workspace(write=False) as tx:
        assert len(tx.mailed.of("dana")) == 1


def test_no_more_of_these_by_mail(asked: Made) -> None:
    about = letter(asked.house)
    take(asked.house, reply(1, code=code_of(about.id), kind="stop", token=about.facts["token"],
                            sender="dana@ferro.example"))  # fmt: skip
    with asked.house.workspace(write=False) as tx:
        dana = tx.people.get("dana")
    assert dana
    assert (dana.reminders, dana.digest) == (False, True)
