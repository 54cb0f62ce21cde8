"""Write it up afterwards, my part at the side, and what is said above the lines."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from companion.basics.errors import Problem
from companion.desktop.listen.diff import pieces, spoken
from companion.desktop.listen.page import ListenPage
from companion.desktop.listen.reflection import questions_for
from companion.notes.shipped_template import shipped
from companion.programme import listening, preparing, publishing, templates
from desktop.made import NOW, meeting
from desktop.seen import find, press, texts


@pytest.fixture
def item(house):
    return meeting(house, "Annual review", "Kestrel Plumbing Supply")


@pytest.fixture
def page(told, qtbot, house, item):
    return opened(told, qtbot, item)


def opened(told, qtbot, item):
    made = ListenPage(told, lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.arrive(item)
    return made


def answers(house, item):
    return dict(listening.get(house, item).answers)


def saved(page, house, item, expected, qtbot):
    page.flush()
    qtbot.waitUntil(lambda: answers(house, item) == expected)


def test_three_answers_are_a_takeaway(page, house, item, told, qtbot):
    press(page, "Write it up afterwards", qtbot)
    asked = page.afterwards.asked
    assert page.focusWidget() is asked["said"].field
    qtbot.keyClicks(asked["said"].field, "My foreman has three numbers.")
    qtbot.keyClicks(asked["scene"].field, "He stood at the gate.")
    qtbot.keyClicks(asked["surprise"].field, "They stock up before Easter.")
    assert "5 words of 60 at most" in texts(page)
    press(page, "Make a takeaway of it", qtbot)
    wanted = {
        "said": "My foreman has three numbers.", "scene": "He stood at the gate.",
        "surprise": "They stock up before Easter.",
    }  # fmt: skip
    qtbot.waitUntil(lambda: answers(house, item) == wanted)
    assert told.went == [("takeaway", listening.get(house, item).id)]


def test_a_takeaway_is_offered_from_the_third_line_on(page, qtbot):
    for text in ("one", "two"):
        qtbot.keyClicks(page.sheet.editor, text)
        qtbot.keyClick(page.sheet.editor, Qt.Key.Key_Return)
    page.flush()
    assert not page.side.takeaway.isVisible()
    qtbot.keyClicks(page.sheet.editor, "three")
    page.flush()
    assert page.side.takeaway.isVisible()


def test_the_other_questions_are_folded_away_until_wanted_and_saved_as_they_are_answered(page, house, item, qtbot):
    press(page, "Write it up afterwards", qtbot)
    assert "Their goal, in their words" not in texts(page)
    press(page, "▸  More, where you have it", qtbot)
    assert "Their goal, in their words" in texts(page)
    assert "my interpretation" in texts(page)
    asked = page.afterwards.asked
    qtbot.keyClicks(asked["reading"].field, "They fear the season.")
    press(page, "contradicted", qtbot)
    press(page, "fairly", qtbot)
    press(page, "Trust", qtbot)
    qtbot.keyClick(find(page, "Empathy"), Qt.Key.Key_Minus)
    confidence = shipped_choice("confidence", "fairly")
    surprise = shipped_choice("surprise_kind", "contradicted")
    saved(page, house, item, {
        "reading": "They fear the season.", "surprise_kind": surprise, "confidence": confidence,
        "pillars": "integrity+ empathy-",
    }, qtbot)  # fmt: skip
    press(page, "fairly", qtbot)  # once more takes it back
    page.flush()
    qtbot.waitUntil(lambda: "confidence" not in answers(house, item))


def shipped_choice(key, label):
    question = next(one for one in shipped().questions if one.key == key)
    return next(value for value, said in question.choices if said["en"] == label)


def test_what_is_off_the_record_and_what_one_asks_oneself_stay_with_the_note(page, house, item, qtbot):
    press(page, "Write it up afterwards", qtbot)
    press(page, "▸  Off the record", qtbot)
    assert "Stays here: never searched, never proposed for a takeaway." in texts(page)
    qtbot.keyClicks(page.afterwards.asked["off_record"].field, "He is leaving.")
    press(page, "▸  Three questions to yourself", qtbot)
    mine = questions_for(listening.get(house, item).id)
    assert len({one.key for one in mine}) == 3
    assert all(one.private for one in mine)
    qtbot.keyClicks(page.afterwards.asked[mine[0].key].field, "Yes, twice.")
    saved(page, house, item, {"off_record": "He is leaving.", mine[0].key: "Yes, twice."}, qtbot)
    assert questions_for(listening.get(house, item).id) == mine


def test_a_note_keeps_the_questions_it_was_begun_with(told, house, item, qtbot):
    listening.open_note(house, item)
    first = shipped().questions[0]
    templates.save(house, replace(shipped(), questions=(replace(first, text={"en": "Another question"}),)))
    page = opened(told, qtbot, item)
    assert "scene" in page.afterwards.asked
    with house.workspace(write=False) as tx:
        known = tx.customers.by_name("Północ Logistyka")
        last = max(tx.meetings.of_customer(known.id), key=lambda one: one.start)
    later = opened(told, qtbot, last.id)
    press(later, "Write it up afterwards", qtbot)
    assert [one for one in later.afterwards.asked if not one.startswith("reflection.")] == ["said"]
    assert "Another question" in texts(later)


def test_what_i_expect_is_written_until_it_begins(page, house, item, qtbot, told):
    qtbot.keyClicks(page.side.expecting, "Complaints about payment terms.")
    page.flush()
    qtbot.waitUntil(lambda: listening.get(house, item).expected == "Complaints about payment terms.")
    over = meeting(house, "Customer review", "<b>Hòa & Bình</b>")
    listening.expect(house, listening.get(house, over).id, "Praise", "")
    with qtbot.waitSignal(page.filled):
        page.arrive(over)
    qtbot.waitUntil(lambda: "You expected to hear" in texts(page))
    assert "Praise" in texts(page)
    assert not page.side.expecting.isVisible()


def test_my_part_names_the_host_and_what_my_department_listens_for(page, qtbot):
    qtbot.waitUntil(lambda: any("Rosa Vidal" in text for text in texts(page)))
    assert "Listen for (Finance)" in texts(page)


def test_all_of_it_works_with_the_workspace_away(told, house, item, qtbot, monkeypatch):
    preparing.brief_for(house, item)
    listening.open_note(house, item)

    def away(**_how):
        raise Problem("workspace_unreachable", path="db.example")

    object.__setattr__(house, "workspace", away)
    page = opened(told, qtbot, item)
    assert "Kestrel Plumbing Supply" in texts(page)
    assert any("Rosa Vidal" in text for text in texts(page))
    qtbot.keyClicks(page.sheet.editor, "no network here")
    page.flush()
    qtbot.waitUntil(lambda: [line.text for line in listening.get(house, item).lines] == ["no network here"])


def test_that_a_note_is_only_here_is_said_once(told, house, item, qtbot):
    page = opened(told, qtbot, item)
    qtbot.waitUntil(lambda: "This note exists only on this computer." in texts(page))
    press(page, "Keep an encrypted copy…", qtbot)
    assert told.went == [("settings", "copy")]
    press(page, "Close", qtbot)
    assert "This note exists only on this computer." not in texts(page)
    again = opened(told, qtbot, item)
    assert "This note exists only on this computer." not in texts(again)


def test_a_raw_note_may_go_only_with_a_yes(told, house, qtbot):
    over = meeting(house, "Customer review", "<b>Hòa & Bình</b>")
    note = listening.get(house, over)
    publishing.publish(house, note.id, "Two trainers", "company")
    object.__setattr__(house, "clock", lambda: NOW + timedelta(days=91))
    page = opened(told, qtbot, over)
    qtbot.waitUntil(lambda: any("90 days ago" in text for text in texts(page)))
    told.ask.yes_to_all = False
    press(page, "Delete it…", qtbot)
    assert listening.get(house, over).lines
    told.ask.yes_to_all = True
    press(page, "Delete it…", qtbot)
    qtbot.waitUntil(lambda: told.went == [("meetings", "")])
    assert not listening.get(house, over).lines


def test_a_raw_note_may_be_kept(told, house, qtbot):
    over = meeting(house, "Customer review", "<b>Hòa & Bình</b>")
    publishing.publish(house, listening.get(house, over).id, "Two trainers", "company")
    object.__setattr__(house, "clock", lambda: NOW + timedelta(days=91))
    page = opened(told, qtbot, over)
    qtbot.waitUntil(lambda: any("90 days ago" in text for text in texts(page)))
    press(page, "Keep it", qtbot)
    qtbot.waitUntil(lambda: listening.get(house, over).keep)
    assert not any("90 days ago" in text for text in texts(page))


def test_what_differs_is_told_word_by_word():
    assert pieces("a late pallet", "a very late lorry") == [
        ("same", "a"), ("new", " very"), ("same", " late "), ("gone", "pallet"), ("new", "lorry"),
    ]  # fmt: skip
    assert spoken("a late pallet", "a late lorry") == "a late; taken out: pallet; put in: lorry"
