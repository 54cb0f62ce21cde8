"""The outbox: what did not go out, of what nobody knows, what waits; and what its buttons do."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from companion.basics.errors import Problem
from companion.desktop.outbox.page import OutboxPage
from companion.desktop.publishing.dialogs import where_dialog
from companion.programme import letters, outbox, postbag
from companion.takeaways.model import Unsure
from desktop.made import NOW
from desktop.seen import find, press, texts
from fakes.sending import Ways, house_with, promised
from fakes.sending import told as out

AGNES, MEI, ROSA = (f"{name}@ferro.example" for name in ("agnes.mulder", "mei.tan", "rosa.vidal"))
STRANGER = "buyer@kestrel.example"


@pytest.fixture
def ways():
    return Ways()


@pytest.fixture
def sending(house, ways, told):
    made = house_with(house, ways, "Mail")
    told.tasks.adopt(made)
    return made


@pytest.fixture
def page(told, sending, qtbot):
    made = OutboxPage(told)
    qtbot.addWidget(made)
    made.resize(1264, 700)
    made.show()
    return made


def again(page, qtbot):
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0)
    with qtbot.waitSignal(page.filled):
        page.reload()


def states(house):
    return {d.recipient: d.state for d, _, _ in outbox.all_of(house) if d.takeaway_id == "t1"}


def tags(page):
    return {item.key: item.tag for item in page.list.items if item.key}


def test_with_nothing_sent_it_says_so_and_leads_to_the_channels(page, sending, told, qtbot):
    again(page, qtbot)
    assert any(text.startswith("Nothing has been sent yet.") for text in texts(page))
    assert not any(b.text() == "Send now" and b.isVisibleTo(page) for b in page.findChildren(QPushButton))
    press(page, "Where takeaways go", qtbot)
    assert told.went == [("settings", "channels")]


def test_what_failed_says_why_and_is_tried_again(page, sending, ways, told, qtbot):
    promised(sending, out(sending), "Mail", AGNES, MEI)
    ways["Mail"].next = [Problem("mail_refused", host="mail.example", status=550, reason="no such user", final="1")]
    outbox.run(sending)
    again(page, qtbot)
    assert tags(page) == {"t1": "not delivered"}
    assert "1 not delivered · 1 delivered" in texts(page)
    assert "Mail → Agnes Mulder" in texts(page)
    refused = "Not delivered. mail.example refused the mail (550: no such user)."
    assert any(text.startswith(refused) for text in texts(page))
    press(page, "Try again", qtbot)
    qtbot.waitUntil(lambda: told.said == ["Everything has gone out."])
    assert ways["Mail"].sent == [(MEI, 1), (AGNES, 1)]
    again(page, qtbot)
    assert page.list.items[0].title == "Gone out"
    assert not any(b.text() == "Try again" and b.isVisibleTo(page) for b in page.findChildren(QPushButton))


def test_it_is_tried_again_for_the_one_that_is_shown_alone(page, sending, ways, told, qtbot):
    for key in ("t1", "t2"):
        promised(sending, out(sending, key), "Mail", AGNES, state="failed", tries=1, trouble="mail_later",
                 facts={"host": "h", "status": "450", "reason": "later"}, since=NOW)  # fmt: skip
    page.arrive("t2")
    again(page, qtbot)
    assert page.list.current == "t2"
    press(page, "Try again", qtbot)
    qtbot.waitUntil(lambda: bool(told.said))
    assert {d.takeaway_id: d.state for d, _, _ in outbox.all_of(sending)} == {"t1": "failed", "t2": "sent"}


def test_nobody_knows_and_somebody_looked_it_arrived(page, sending, ways, told, qtbot):
    promised(sending, out(sending), "Mail", AGNES, MEI)
    ways["Mail"].next = [Unsure()]
    outbox.run(sending)
    again(page, qtbot)
    assert tags(page) == {"t1": "did it arrive?"}
    assert "Did it arrive?" in texts(page)
    assert f"Agnes Mulder, {AGNES} · Mail" in texts(page)
    assert find(page, "It arrived").accessibleName() == f"It arrived: Agnes Mulder, {AGNES} · Mail"
    press(page, "It arrived", qtbot)
    qtbot.waitUntil(lambda: told.said == ["Noted: it arrived."])
    assert states(sending) == {AGNES: "sent", MEI: "sent"}
    assert ways["Mail"].asked == 2


def test_it_never_came_and_goes_again_after_a_question(page, sending, ways, answers, told, qtbot):
    promised(sending, out(sending), "Mail", AGNES)
    ways["Mail"].next = [Unsure()]
    outbox.run(sending)
    again(page, qtbot)
    answers.yes_to_all = False
    press(page, "Send it again…", qtbot)
    assert answers.asked[-1] == (f"Send it again to Agnes Mulder, {AGNES}?",
                                 "If it did arrive, they get it twice. Ask them first.")  # fmt: skip
    assert states(sending) == {AGNES: "unknown"}
    answers.yes_to_all = True
    press(page, "Send it again…", qtbot)
    qtbot.waitUntil(lambda: told.said == ["Everything has gone out."])
    assert ways["Mail"].asked == 2


def test_the_network_away_is_one_line_for_all_and_sent_later(page, sending, ways, told, qtbot):
    many = [f"reader{number:02}@ferro.example" for number in range(20)]
    promised(sending, out(sending), "Mail", *many)
    ways["Mail"].always = Problem("mail_unreachable", host="mail.example", port=587, reason="no route")
    outbox.run(sending)
    again(page, qtbot)
    assert tags(page) == {"t1": "waiting"}
    assert "20 waiting" in texts(page)
    lines = [text for text in texts(page) if text.startswith("Mail → reader00@ferro.example, reader01@ferro.example")]
    assert lines
    assert lines[0].endswith("and 14 more")
    assert any("It goes out later by itself." in text for text in texts(page))
    press(page.column, "Send now", qtbot)
    qtbot.waitUntil(lambda: told.said == ["20 messages still wait. Their lines say why."])
    ways["Mail"].always = None
    press(page, "Send now", qtbot)
    qtbot.waitUntil(lambda: told.said[1:] == ["Everything has gone out."])
    assert len(ways["Mail"].sent) == 20


def test_what_waits_for_the_host_says_so_and_does_not_go(page, sending, ways, told, qtbot):
    promised(sending, out(sending, out_at=NOW + timedelta(hours=30)), "Mail", AGNES)
    again(page, qtbot)
    assert any("It waits until Sunday, 22 November, 15:00: the host sees it first." in text for text in texts(page))
    assert not any(b.text() == "Send now" and b.isVisibleTo(page) for b in page.findChildren(QPushButton))


def test_letters_stand_there_and_wait_for_a_mail_to_go_by(page, sending, ways, told, qtbot):
    takeaway = out(sending)
    with sending.workspace() as tx:
        tx.letters.add([letters.host_copy(takeaway, ROSA, NOW)])
    again(page, qtbot)
    assert "Copy for the host → Rosa Vidal" in texts(page)
    assert any("The programme has no mail to write it by." in text for text in texts(page))
    assert "1 letter waits: the programme has no mail to write it by." in texts(page)
    press(page, "Choose one in Settings", qtbot)
    assert told.went == [("settings", "channels")]
    with sending.workspace() as tx:
        post = next(channel.id for channel in tx.takeaways.channels() if channel.name == "Mail")
        tx.programme.put(replace(tx.programme.get(), post=post))
    ways["Mail"].next = [Unsure()]
    postbag.send(sending)
    again(page, qtbot)
    press(page, "It arrived", qtbot)
    qtbot.waitUntil(lambda: postbag.all_of(sending)[0].state == "sent")


def test_by_keyboard_from_the_list_to_the_button(page, sending, ways, told, qtbot):
    promised(sending, out(sending), "Mail", AGNES, state="failed", tries=1, trouble="mail_box_full",
             facts={"recipient": AGNES, "host": "h", "status": "452"})  # fmt: skip
    promised(sending, out(sending, "t2"), "Mail", AGNES, state="sent")
    again(page, qtbot)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.list.current == "t2"
    qtbot.keyClick(page.list, Qt.Key.Key_Up)
    assert page.list.current == "t1"
    find(page, "Try again").setFocus()
    qtbot.keyClick(find(page, "Try again"), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: states(sending) == {AGNES: "sent"})


def test_where_it_went_leads_here(sending, told, answers, qtbot):
    promised(sending, out(sending), "Mail", AGNES, STRANGER)
    where_dialog(told, "t1")
    qtbot.waitUntil(lambda: bool(answers.shown))
    shown, press_it = answers.shown[-1]
    qtbot.addWidget(shown)
    press_it()
    assert told.went == [("outbox", "t1")]


def test_another_matter_is_shown_from_its_beginning(page, sending, monkeypatch, qtbot):
    again(page, qtbot)
    bar = page.column.verticalScrollBar()
    bar.setRange(0, 500)
    bar.setValue(300)
    seen = []
    monkeypatch.setattr(page, "_show_one", lambda _key: seen.append(bar.value()))
    page._on_chosen("t1")
    assert seen == [0], "before it is filled: a column goes back to where the reader was"
