"""The weekly mails: all of them, who gets none, somebody left out, and one button that sends them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from companion.basics.errors import Problem
from companion.desktop.weekly.page import WeeklyPage
from companion.people.model import Leave
from companion.programme import letters, postbag
from companion.programme.channels import all_of as all_channels
from desktop.made import NOW
from desktop.seen import find, press, texts
from fakes.sending import Ways, house_with
from fakes.sending import told as out

AGNES, DANA, MEI, ROSA = "Agnes Mulder", "Dana Okafor", "Mei Tan", "Rosa Vidal"


@pytest.fixture
def ways():
    return Ways()


@pytest.fixture
def week(house, ways, told):
    """Saturday's slot has come; a story for everyone, somebody on leave, and mails that wait for a yes."""
    made = house_with(house, ways, "Mail")
    told.tasks.adopt(made)
    with made.workspace() as tx:
        post = all_channels(made)[0].id
        tx.programme.put(replace(tx.programme.get(), post=post, digest="sat 08:00", weekly_yes=True))
        mei = tx.people.by_address("mei.tan@ferro.example")
        tx.people.put_leave(Leave(mei.id, NOW.date(), NOW.date() + timedelta(days=9), "parental"))
    out(made, "t1", headline="A late pallet costs a crew day")
    return made


@pytest.fixture
def page(told, week, qtbot):
    made = WeeklyPage(told)
    qtbot.addWidget(made)
    made.resize(1264, 700)
    made.show()
    return made


def again(page, qtbot):
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0)
    with qtbot.waitSignal(page.filled):
        page.reload()


def shown(page):
    return {item.title: item.below for item in page.list.items if item.key}


def headings(page):
    return [item.title for item in page.list.items if not item.key]


def at(page, name, qtbot):
    page.list.choose(next(item.key for item in page.list.items if item.title == name))
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0)


def test_everybody_stands_there_with_what_they_get_or_why_nothing(page, qtbot):
    again(page, qtbot)
    assert headings(page) == ["Would go", "None this week"]
    assert shown(page)[AGNES] == "2 stories"
    assert shown(page)[DANA].startswith("2 things to do")
    assert shown(page)[MEI] == "on leave"
    assert any(text.startswith("3 mails of Saturday, 21 November, 08:00 wait for your yes.") for text in texts(page))


def test_the_mail_reads_as_it_will_and_its_tokens_are_covered(page, qtbot):
    again(page, qtbot)
    at(page, DANA, qtbot)
    told = page.mail.sheet.toPlainText()
    assert "Were you with Północ Logistyka on 17 November? (1 minute)" in told
    assert "This is yours to do" in page.mail.sheet.accessibleDescription()
    at(page, MEI, qtbot)
    assert "No mail this week: on leave." in texts(page.mail)
    assert not page.mail.sheet.isVisible()


def test_a_mail_is_drawn_when_it_is_chosen_and_no_other(page, week, told, qtbot):
    drawn = []

    def made(parcel):
        drawn.append(parcel.letter.recipient.split("@")[0])
        return week.render_letter(parcel)

    told.tasks.adopt(replace(week, render_letter=made))
    again(page, qtbot)
    assert drawn == ["agnes.mulder"]
    at(page, DANA, qtbot)
    assert drawn == ["agnes.mulder", "dana.okafor"]
    assert "Were you with" in page.mail.sheet.toPlainText()
    again(page, qtbot)
    assert drawn[2:] == ["dana.okafor"]
    at(page, MEI, qtbot)
    assert drawn[3:] == []


def test_what_is_read_anew_says_of_the_chosen_mail_what_is_so_by_then(page, week, qtbot):
    again(page, qtbot)
    at(page, AGNES, qtbot)
    out(week, "t1", headline="Two late pallets cost two")
    again(page, qtbot)
    assert "Two late pallets cost two" in page.mail.sheet.toPlainText()


def test_somebody_is_left_out_and_is_not_after_all(page, week, qtbot):
    again(page, qtbot)
    at(page, AGNES, qtbot)
    press(page.mail, "Leave out this week", qtbot)
    again(page, qtbot)
    assert shown(page)[AGNES] == "left out this week"
    assert find(page, "Send 2 mails…")
    press(page.mail, "Do not leave out", qtbot)
    again(page, qtbot)
    assert shown(page)[AGNES] == "2 stories"
    assert find(page, "Send 3 mails…")


def test_one_button_says_what_it_does_and_sends_all_once(page, week, ways, told, qtbot):
    again(page, qtbot)
    press(page, "Send 3 mails…", qtbot)
    (asked,) = told.ask.asked[-1:]
    assert "What has gone cannot be taken back" in str(asked)
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0)
    again(page, qtbot)
    assert sorted(parcel.letter.recipient.split("@")[0] for parcel in ways["Mail"].written) == [
        "agnes.mulder", "dana.okafor", "rosa.vidal",
    ]  # fmt: skip
    assert {item.title: item.tag for item in page.list.items if item.tag} == {AGNES: "sent", DANA: "sent", ROSA: "sent"}
    assert not page.send.isVisible()


def test_what_did_not_go_is_said_and_its_line_says_why(page, week, ways, qtbot):
    ways["Mail"].always = Problem("channel_gone")
    again(page, qtbot)
    press(page, "Send 3 mails…", qtbot)
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0)
    again(page, qtbot)
    assert [item.tag for item in page.list.items if item.title in (AGNES, DANA, ROSA)] == ["not delivered"] * 3
    at(page, AGNES, qtbot)
    assert any("not delivered" in text for text in texts(page.mail))
    assert page.frame.said[-1].startswith("0 mails went out. 3 did not")
    assert not page.send.isVisible()


def test_it_is_used_by_keyboard_and_says_what_it_shows(page, qtbot):
    again(page, qtbot)
    page.take_keyboard()
    at(page, AGNES, qtbot)
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.mail.sheet.accessibleName() == "The mail to Dana Okafor"
    assert find(page.mail, "Leave out this week").accessibleName() == "Leave Dana Okafor out this week"
    assert page.mail.sheet.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert page.send.accessibleName() == "Send 3 mails…"


def test_the_switch_is_kept(page, week, qtbot):
    again(page, qtbot)
    assert page.waits.isChecked()
    page.waits.setFocus()
    qtbot.keyClick(page.waits, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0)
    with week.workspace(write=False) as tx:
        assert not tx.programme.get().weekly_yes
    again(page, qtbot)
    assert not page.waits.isChecked()


def test_what_the_desk_will_not_send_is_not_said_to_go(page, week, qtbot):
    with week.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), weekly_yes=False))
    again(page, qtbot)
    assert page.state.text().startswith("3 mails of Saturday, 21 November, 08:00 go when the desk runs next.")
    with week.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), digest="fri 08:00"))
    again(page, qtbot)
    assert "They go only where you send them." in page.state.text()
    assert page.send.isVisible()
    with week.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), post=""))
    again(page, qtbot)
    assert page.state.text().startswith("3 mails of Friday, 20 November, 08:00 would go.")
    assert page.warning.isVisible()


def test_too_early_there_is_no_button_and_a_sentence_says_from_when(page, week, qtbot):
    with week.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), digest="wed 08:00"))
        old = letters.digest("Finance", "2026-W47", "dana.okafor@ferro.example", NOW - timedelta(days=3), ())
        tx.letters.put(replace(old, state="sent", since=NOW - timedelta(days=3)))
    again(page, qtbot)
    assert not page.send.isVisible()
    assert page.warning.text() == "They may be sent from Monday, 23 November, 08:00 on."


def test_without_a_slot_it_leads_to_the_settings(page, week, told, qtbot):
    with week.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), digest=""))
    again(page, qtbot)
    assert any("has no weekly mail" in text for text in texts(page))
    assert not page.list.isVisible()
    press(page, "Open Settings", qtbot)
    assert told.went[-1] == ("settings", "")


@pytest.mark.parametrize(("wide", "high"), [(1264, 860), (850, 560), (500, 700)])
def test_where_there_is_no_week_the_title_stands_above_the_sentence(page, week, qtbot, wide, high):
    with week.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), digest=""))
    page.resize(wide, high)
    again(page, qtbot)
    title, said = (
        next(one for one in page.findChildren(QLabel) if one.isVisible() and begins in one.text())
        for begins in ("Weekly mails", "has no weekly mail")
    )
    above, below = (one.mapTo(page, QPoint(0, 0)) for one in (title, said))
    assert above.x() == below.x()
    assert above.y() + title.height() <= below.y()
    assert below.y() < high // 3
    assert find(page, "Open Settings").mapTo(page, QPoint(0, 0)).y() > below.y()


def test_only_ops_look_at_them(page, week, told, qtbot):
    told.tasks.adopt(replace(week, workspace_shared=True))
    again(page, qtbot)
    assert any(text.startswith("Only ops decide this") for text in texts(page))
    assert not page.send.isVisible()
    assert postbag.all_of(week) == []
