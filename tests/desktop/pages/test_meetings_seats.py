"""Meetings: seats on their way, words on seats and their corrections, and who may see what."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from companion.attendance.model import Evidence
from companion.attendance.presence import Told
from companion.desktop.meetings.page import MeetingsPage
from companion.people.model import Person
from companion.programme import offers, people, seats
from companion.programme.views.meetings import meetings
from companion.takeaways.letters import Letter
from desktop.made import ME, NOW, meeting
from desktop.seen import press, texts

MEI, ROSA = "mei.tan@ferro.example", "rosa.vidal@ferro.example"


@pytest.fixture
def opened(told, qtbot):
    """The page at one meeting, for who works in a house."""

    def made(house, key):
        told.tasks.adopt(house)
        page = MeetingsPage(told)
        qtbot.addWidget(page)
        page.resize(1000, 700)
        page.show()
        page.arrive(key)
        with qtbot.waitSignal(page.filled):
            page.reload()
        assert page.list.current == key
        return page

    return made


def again(page, qtbot):
    with qtbot.waitSignal(page.filled):
        page.reload()
    return texts(page)


def labels(page):
    return [b.text() for b in page.findChildren(QPushButton) if b.isVisibleTo(page)]


def choose(page, label, entry):
    button = next(b for b in page.findChildren(QPushButton) if b.text() == label and b.isVisibleTo(page))
    next(action for action in button.menu().actions() if action.text() == entry).trigger()


def december(house):
    with house.workspace(write=False) as tx:
        return next(one.id for one in tx.meetings.everything() if one.start > NOW + timedelta(days=10))


def past(house):
    return meeting(house, "Customer review", "<b>Hòa & Bình</b>")


def said(house, key):
    with house.workspace(write=False) as tx:
        return [(one.source, one.says, one.reason) for one in tx.seats.evidence([key])]


def seat(house, key, name):
    return next((one for one in meetings(house).row(key).seats if one.name == name), None)


def test_what_was_settled_is_corrected_with_a_reason(opened, house, answers, told, changed, qtbot):
    page = opened(house, past(house))
    answers.forms = [{"state": "missed", "reason": "Dana was ill that day"}]
    choose(page, "Change", "Correct…")
    qtbot.waitUntil(lambda: bool(changed))
    assert ("ops", "missed", "Dana was ill that day") in said(house, past(house))
    assert ("host", "attended", "") in said(house, past(house)), "both stay"
    assert told.said == ["Corrected, with your reason."]


def test_no_correction_without_a_reason(opened, house, answers, told, qtbot):
    page = opened(house, past(house))
    problems = []
    told.tasks.problem.disconnect()
    told.tasks.problem.connect(lambda problem: problems.append(problem.code))
    answers.forms = [{"state": "missed", "reason": " "}]
    choose(page, "Change", "Correct…")
    qtbot.waitUntil(lambda: bool(problems))
    assert problems == ["reason_missing"]
    assert not any(says == "missed" for _, says, _ in said(house, past(house)))


def test_who_went_instead_is_asked_for_when_corrected(opened, house, answers, changed, qtbot):
    with house.workspace(write=False) as tx:
        answers.choice = tx.people.by_address(MEI).id
    page = opened(house, past(house))
    answers.forms = [{"state": "delegated", "reason": "Rosa told me"}]
    choose(page, "Change", "Correct…")
    qtbot.waitUntil(lambda: bool(changed))
    assert answers.asked[-1][0] == "Who went instead?"
    assert seat(house, past(house), "Mei Tan").state == "attended"


@pytest.fixture
def disputed(house):
    """Dana says she was not with Hòa & Bình; the host said she was."""
    with house.workspace() as tx:
        dana = tx.people.by_address(ME).id
        tx.seats.add(Evidence("mine", past(house), dana, "self", "missed", ME, NOW - timedelta(days=3), "I was ill"))
    return past(house)


def test_both_sides_stand_there_with_their_time_and_two_buttons_decide(
    opened, house, disputed, answers, changed, qtbot
):
    page = opened(people.set_me(house, ROSA), disputed)
    seen = texts(page)
    assert "5 October, 10:00 · was there · rosa, the host" in seen
    assert "18 November, 09:00 · was not there · Dana Okafor · I was ill" in seen
    answers.texts = ["Rosa confused her with Mei"]
    press(page, "Was not there", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    people.set_me(house, ME)
    assert answers.asked[-1][0] == "Dana Okafor was not there"
    assert ("ops", "missed", "Rosa confused her with Mei") in said(house, disputed)
    assert seat(house, disputed, "Dana Okafor").state == "missed"


def test_all_that_was_said_can_be_read_what_was_taken_back_struck_through(opened, house, disputed, answers, qtbot):
    with house.workspace() as tx:
        dana = tx.people.by_address(ME).id
        tx.seats.add(Evidence("old", disputed, dana, "ops", "excused", ROSA, NOW - timedelta(days=9), batch="b1"))
        tx.seats.withdraw("b1", NOW - timedelta(days=1))
    page = opened(house, disputed)
    choose(page, "Change", "What was said…")
    qtbot.waitUntil(lambda: bool(answers.shown))
    content = answers.shown[0][0]
    qtbot.addWidget(content)
    assert texts(content) == [
        "5 October, 10:00 · was there · rosa, the host",
        "Taken back on 20 November: 12 November, 09:00 · excused · Rosa Vidal, for the programme",
        "18 November, 09:00 · was not there · Dana Okafor · I was ill",
    ]


def test_an_offer_says_how_far_it_is_and_can_be_taken_back(opened, house, answers, changed, qtbot):
    key = december(house)
    made = offers.propose(house, key, MEI)
    page = opened(house, key)
    assert any("Rosa Vidal was asked on 21 November, as the host; no answer yet." in text for text in texts(page))
    offers.allow(house, made.id, True)
    assert any("Mei Tan was asked on 21 November; no answer yet." in text for text in again(page, qtbot))
    answers.texts = ["The customer asked for fewer of us"]
    press(page, "Take it back…", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    seen = again(page, qtbot)
    assert any("Taken back on 21 November. Reason: The customer asked for fewer of us." in text for text in seen)
    assert meetings(house).row(key).open


def test_a_host_copies_the_line_and_the_paragraph_once_somebody_comes(opened, house, told, qtbot):
    key = december(house)
    made = offers.propose(house, key, MEI)
    offers.allow(house, made.id, True)
    rosa = people.set_me(house, ROSA)
    page = opened(rosa, key)
    assert "Copy" not in labels(page), "nobody comes yet"
    offers.answer(house, made.id, True)
    assert "Mei Tan, Legal, joins to listen." in again(page, qtbot)
    press(page, "Copy", qtbot)
    assert QGuiApplication.clipboard().text() == "Mei Tan, Legal, joins to listen."
    names = [b.accessibleName() for b in page.findChildren(QPushButton) if b.text() == "Copy"]
    assert names == ["Copy: Line for the invitation, Mei Tan", "Copy: Paragraph for the customer, Mei Tan"]
    people.set_me(house, ME)


def test_the_paragraph_is_in_the_hosts_language(house):
    key = december(house)
    made = offers.propose(house, key, MEI)
    with house.workspace() as tx:
        tx.people.put(replace(tx.people.by_address(ROSA), language="it"))
    offers.answer(house, offers.allow(house, made.id, True).id, True)
    (one,) = meetings(house).row(key).offers
    assert "joins to listen" not in one.line
    assert one.paragraph.strip()


def test_a_mail_nobody_could_read_stands_below_the_seats(opened, house, changed, qtbot):
    with house.workspace() as tx:
        rosa = tx.people.by_address(ROSA).id
        tx.presence.add(
            Told("told1", past(house), rosa, "sat", NOW - timedelta(days=1), "review", "the tall one\n\nMei?")
        )
    page = opened(house, past(house))
    seen = texts(page)
    assert "Rosa Vidal answered by mail on 20 November. Not all of it could be read:" in seen
    assert "“the tall one”" in seen
    assert meetings(house).row(past(house)).waits
    press(page, "Seen", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    assert "“the tall one”" not in again(page, qtbot)


def shared(house, who, *, agreed="", ops=()):
    """The same programme written by more than one."""
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), shared=True, names_agreed=agreed))
        for address in ops:
            tx.people.put(replace(tx.people.by_address(address), role="ops"))
    made = people.set_me(house, who)
    people.set_me(house, ME)
    return replace(made, workspace_shared=True)


def test_of_others_a_leader_sees_those_they_sat_with_and_no_word_on_them(house):
    seats.set_state(house, past(house), MEI, "attended", "ops", "was there all along")
    seats.set_state(house, meeting(house, "Quarterly review", "Północ Logistyka"), MEI, "accepted", "self")
    view = meetings(shared(house, MEI))
    (dana,) = view.row(past(house)).seats[:1]
    assert (dana.name, dana.because, dana.evidence) == ("Dana Okafor", None, ())
    mei = next(one for one in view.row(past(house)).seats if one.me)
    assert mei.because.reason == "was there all along", "one's own stays whole"
    seen = meetings(shared(house, "agnes.mulder@ferro.example"))
    assert (seen.row(past(house)).seats, seen.row(past(house)).others) == ((), 2)
    assert all(not row.runs for row in seen.rows)


def test_who_was_not_there_reads_that_somebody_was(opened, house):
    seats.set_state(house, past(house), MEI, "excused", "ops", "on leave")
    page = opened(shared(house, MEI), past(house))
    assert "Somebody of ours sat in." in texts(page)
    assert "Dana Okafor" not in texts(page)
    item = next(one for one in page.list.items if one.key == past(house))
    assert item.below.endswith(" · Somebody of ours sat in.")


def test_nobody_else_is_offered_buttons_for_others_seats(opened, house, qtbot):
    page = opened(shared(house, MEI), past(house))
    assert not {"Change", "Propose somebody…", "Somebody else was there…"} & set(labels(page))


def test_ops_see_past_seats_only_once_that_is_agreed(house, disputed):
    ops = shared(house, "agnes.mulder@ferro.example", ops=["agnes.mulder@ferro.example"])
    assert meetings(ops).row(disputed).seats == ()
    agreed = shared(house, "agnes.mulder@ferro.example", agreed="Works agreement 12/2026")
    (dana,) = meetings(agreed).row(disputed).seats
    assert dana.waits
    assert meetings(shared(house, MEI, agreed="Works agreement 12/2026")).row(disputed).seats == (), "ops alone"


def test_a_host_sees_all_of_the_own_meeting(house, disputed):
    (dana,) = meetings(shared(house, ROSA)).row(disputed).seats
    assert (dana.state, len(dana.evidence)) == ("disputed", 2)


def test_open_seats_tell_what_there_is_to_choose_by(opened, house, qtbot):
    page = opened(house, december(house))
    press(page, "Open seats", qtbot)
    (item,) = [one for one in page.list.items if one.key]
    assert item.below == "8 Dec, 10:00 · hosted by Rosa Vidal"
    assert "You have never heard them." in texts(page)
    offers.ask(house, december(house))
    again(page, qtbot)
    (item,) = [one for one in page.list.items if one.key]
    assert item.tag == "you asked", "it stays in sight until the host has answered"


def test_the_hosts_word_may_be_that_of_who_looks_after_the_customer(house):
    key = december(house)
    with house.workspace() as tx:
        tx.meetings.put(replace(tx.meetings.get(key), host_email=""))
    offers.propose(house, key, ME)
    (one,) = meetings(shared(house, ROSA)).row(key).offers
    assert one.may_allow
    assert not one.may_withdraw
    assert meetings(shared(house, MEI)).row(key).offers == (), "nobody else is told who is asked"


def test_a_yes_by_mail_that_may_not_be_theirs_is_told_to_who_runs_the_programme(opened, house, qtbot):
    key = december(house)
    made = offers.propose(house, key, MEI)
    letter = Letter("l1", "seat_host", ROSA, made.id, NOW, NOW, {"unsure": {"from": "rosa@gmail.example"}})
    with house.workspace() as tx:
        tx.letters.add([letter])
    page = opened(house, key)
    assert any("A yes came from rosa@gmail.example" in text for text in texts(page))


def test_a_hosts_line_stands_with_the_planners_rule_and_on_no_page(opened, house):
    key = december(house)
    offers.allow(house, offers.propose(house, key, MEI).id, False, "we lay people off that week")
    with house.workspace(write=False) as tx:
        assert [rule.reason for rule in tx.plan_rules.all()] == ["we lay people off that week"]
    seen = texts(opened(people.set_me(house, MEI), key))
    people.set_me(house, ME)
    assert any("The host said no on 21 November." in text for text in seen)
    assert not any("lay people off" in text for text in seen)


def test_a_leaders_reason_is_not_for_the_host(house):
    key = december(house)
    made = offers.allow(house, offers.propose(house, key, MEI).id, True)
    offers.answer(house, made.id, False, "conflict")
    assert meetings(shared(house, MEI)).row(key).offers[0].offer.reason == "conflict"
    assert meetings(shared(house, ROSA)).row(key).offers[0].offer.reason == ""


def test_an_answer_by_mail_that_came_too_late_is_told_to_who_runs_the_programme(opened, house, qtbot):
    key = december(house)
    made = offers.allow(house, offers.propose(house, key, MEI).id, True)
    with house.workspace() as tx:
        tx.letters.add([Letter("l1", "seat_offer", MEI, made.id, NOW, NOW, {"refused": "offer_over"})])
    offers.withdraw(house, made.id)
    told = "An answer of Mei Tan by mail came too late: it was settled already."
    assert told in texts(opened(house, key))
    assert [one.refused for one in meetings(shared(house, ROSA)).row(key).offers] == [""]


def test_ops_note_what_a_leader_told_them_with_how_they_know(opened, told, house, answers, changed, qtbot):
    key = december(house)
    made = offers.allow(house, offers.propose(house, key, MEI).id, True)
    with house.workspace() as tx:
        tx.people.put(Person("olga", "olga@ferro.example", "Olga Lind", role="ops"))
    ops = shared(house, "olga@ferro.example")
    page = opened(ops, key)
    assert "Yes" not in labels(page)
    answers.texts.append("She told me by telephone")
    press(page, "Said yes…", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    with house.workspace(write=False) as tx:
        assert tx.offers.get(made.id).state == "accepted"
        last = tx.seats.evidence([key])[-1]
    assert (last.source, last.by, last.reason) == ("ops", "olga@ferro.example", "She told me by telephone")
