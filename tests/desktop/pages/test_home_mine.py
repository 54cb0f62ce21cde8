"""Home: the brief, and what of my mails, notes and promises waits for me."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from companion.basics.changes import Changes
from companion.customers.memory import Fact
from companion.desktop.home.page import HomePage
from companion.desktop.widgets.rows import Row
from companion.programme import listening, mailed, preparing, publishing, seats
from companion.programme.listening import Edit
from companion.takeaways.mailed import MailedNote
from desktop.made import ME, NOW, meeting
from desktop.seen import press, texts


@pytest.fixture
def page(told, qtbot):
    made = HomePage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.reload()
    return made


def again(page, qtbot):
    with qtbot.waitSignal(page.filled):
        page.reload()
    return texts(page)


def test_whether_the_brief_is_ready_is_told(page, house, qtbot):
    assert "The brief comes on 24 November; it can be read before." in texts(page)
    preparing.brief_for(house, meeting(house, "Annual review", "Kestrel Plumbing Supply"))
    assert "The brief is ready, as of 09:00." in again(page, qtbot)


def test_a_brief_of_another_day_says_its_day(page, told, house, qtbot):
    preparing.brief_for(house, meeting(house, "Annual review", "Kestrel Plumbing Supply"))
    told.tasks.adopt(replace(house, clock=lambda: NOW + timedelta(days=1)))
    assert "The brief is ready, as of 21 November, 09:00." in again(page, qtbot)


def test_what_was_heard_last_has_the_day_of_its_meeting(page, house, qtbot):
    with house.workspace() as tx:
        takeaway, kestrel = next(iter(tx.takeaways.all())), tx.customers.by_name("Kestrel Plumbing Supply")
        tx.takeaways.put(replace(takeaway, customer_id=kestrel.id, published=NOW))
    assert "Last heard on 17 November, by Mei Tan" in again(page, qtbot)
    with house.workspace() as tx:
        tx.takeaways.put(replace(takeaway, customer_id=kestrel.id, meeting_id="", published=NOW))
    assert "Told on 21 November, by Mei Tan" in again(page, qtbot)


def mailed_under_my_name(house, sender="dana@home.example"):
    key = meeting(house, "Quarterly review", "Północ Logistyka")
    with house.workspace() as tx:
        dana = tx.people.by_address(ME)
        tx.mailed.add(MailedNote("mail-1", dana.id, key, NOW, "We wait at the gate.", sender))
    return key


def lines_of(house, key):
    with house.device(write=False) as device:
        note = device.notes.of_meeting(key)
    return [line.text for line in note.lines] if note else []


def test_a_reply_that_may_not_be_mine_is_asked_about_and_taken(page, house, told, answers, changed, qtbot):
    key = mailed_under_my_name(house)
    seen = again(page, qtbot)
    assert "A reply about Północ Logistyka, 17 November, came from dana@home.example. Is it yours?" in seen
    press(page, "Read it", qtbot)
    assert answers.asked[-1] == ("From dana@home.example", "We wait at the gate.")
    press(page, "It is mine", qtbot)
    qtbot.waitUntil(lambda: changed == [Changes.NOTES])
    assert lines_of(house, key) == ["We wait at the gate."]
    assert "It is in your note." in told.said
    seen = again(page, qtbot)
    assert not any("Is it yours?" in text for text in seen)
    assert "Your reply is in the note." in seen, "said where the meeting is asked about"


@pytest.mark.parametrize(("sure", "left"), [(True, 0), (False, 1)])
def test_a_reply_that_is_not_mine_goes_into_no_note(page, house, answers, qtbot, sure, left):
    key = mailed_under_my_name(house)
    again(page, qtbot)
    answers.yes_to_all = sure
    press(page, "It is not", qtbot)
    qtbot.waitUntil(lambda: len(mailed.unsure(house)) == left)
    assert answers.asked[-1][0] == "Is it not yours?"
    assert lines_of(house, key) == []


def test_what_came_by_mail_is_named_where_it_is_to_be_told(page, house, qtbot):
    key = meeting(house, "Customer review", "<b>Hòa & Bình</b>")
    with house.device() as device:
        device.reminders.put(key, mailed.IN_THE_NOTE, NOW)
    assert "Tell your team about <b>Hòa & Bình</b> — your reply is in the note" in again(page, qtbot)


def old_note(house):
    """The takeaway of my note on Hòa & Bình went out 91 days ago."""
    key = meeting(house, "Customer review", "<b>Hòa & Bình</b>")
    then = NOW - timedelta(days=91)
    with house.device() as device:
        note = device.notes.of_meeting(key)
        device.notes.put(replace(note, made=then))
    publishing.publish(house, note.id, "Two trainers", "company")
    with house.workspace() as tx:
        takeaway = next(one for one in tx.takeaways.all() if one.meeting_id == key)
        tx.takeaways.put(replace(takeaway, published=then))
    return note.id


def asks_of_old(seen):
    return any("has been out for 90 days. Do you still need the note?" in text for text in seen)


def test_an_old_note_is_kept_on_a_word(page, house, told, changed, qtbot):
    note = old_note(house)
    assert asks_of_old(again(page, qtbot))
    press(page, "Read it", qtbot)
    assert told.went == [("listen", note)]
    press(page, "Keep", qtbot)
    qtbot.waitUntil(lambda: changed == [Changes.NOTES])
    assert not asks_of_old(again(page, qtbot))
    assert lines_of(house, listening.get(house, note).meeting_id), "its words are still there"


@pytest.mark.parametrize(("sure", "lines"), [(True, 0), (False, 2)])
def test_an_old_note_goes_only_after_a_yes(page, house, answers, qtbot, sure, lines):
    note = old_note(house)
    again(page, qtbot)
    answers.yes_to_all = sure
    key = listening.get(house, note).meeting_id
    press(page, "Delete…", qtbot)
    qtbot.waitUntil(lambda: len(lines_of(house, key)) == lines)
    assert answers.asked[-1][0] == "Delete your note on <b>Hòa & Bình</b>?"
    assert asks_of_old(again(page, qtbot)) is not sure


def test_two_texts_lead_to_the_note_that_holds_them(page, house, told, qtbot):
    key = meeting(house, "Customer review", "<b>Hòa & Bình</b>")
    note = listening.get(house, key)
    first = note.lines[0]
    written = [Edit(first.id, 0, "q", text, NOW, first.text) for text in ("You sent us three.", "You sent us four.")]
    for edit in written:  # two windows that both knew the first text
        listening.write_lines(house, note.id, [edit])
    assert "Your note on <b>Hòa & Bình</b> says one thing in two ways" in again(page, qtbot)
    press(page, "Settle it", qtbot)
    assert told.went == [("listen", note.id)]


def promise(house, key, text, **news):
    with house.workspace() as tx:
        dana, kestrel = tx.people.by_address(ME), tx.customers.by_name("Kestrel Plumbing Supply")
        facts = {"owner_id": dana.id, "due": date(2026, 12, 3)} | news
        tx.facts.put(Fact(key, kestrel.id, "promise", text, **facts))
        return f"{kestrel.id}#{key}"


def test_what_i_promised_stands_there_soonest_first_and_leads_to_where_it_is_settled(page, house, told, qtbot):
    promise(house, "p1", "A delivery by rail")
    late = promise(house, "p2", "A word with the depot", due=date(2026, 11, 19))
    promise(house, "p3", "Kept already", state="kept")
    promise(house, "p4", "Rosa's own", owner_id="rosa")
    promise(house, "p5", "Some day", due=None)
    last = promise(house, "p6", "Some other day", due=None)
    seen = again(page, qtbot)
    promised = [text for text in seen if text in ("A delivery by rail", "A word with the depot", "Some day")]
    assert promised == ["A word with the depot", "A delivery by rail", "Some day"]
    assert "Kestrel Plumbing Supply · was due on 19 November" in seen
    assert "and 1 more" in seen
    assert not {"Kept already", "Rosa's own", "Some other day"} & set(seen)
    row = next(one for one in page.findChildren(Row) if one.accessibleName().startswith("A word"))
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Return)
    next(b for b in page.findChildren(QPushButton) if b.text() == "Show").menu().actions()[0].trigger()
    assert told.went == [("customer", late), ("customer", last)]


def test_where_there_is_nothing_to_do_nothing_is_shown(page, house, qtbot):
    seats.set_state(house, meeting(house, "Quarterly review", "Północ Logistyka"), ME, "missed")
    note = meeting(house, "Customer review", "<b>Hòa & Bình</b>")
    publishing.publish(house, note, "Two trainers", "company")
    seen = again(page, qtbot)
    assert not {"Needs you", "You promised"} & set(seen)


def test_tab_and_space_lead_to_the_brief(page, told, house, qtbot):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.take_keyboard()
    walked = []
    while "Read the brief" not in walked:
        walked.append(page.focusWidget().accessibleName())
        assert len(walked) < 5, walked
        if walked[-1] != "Read the brief":
            qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    assert told.went == [("brief", meeting(house, "Annual review", "Kestrel Plumbing Supply"))]
