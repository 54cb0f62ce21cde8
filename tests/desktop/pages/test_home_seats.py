"""Home: a seat is offered to me, somebody would sit in my meeting, and who sat in."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from companion.basics.settings import read_settings, write_settings
from companion.desktop.home.page import HomePage
from companion.programme import offers, people, seats
from companion.programme.views.home import home
from companion.takeaways.letters import Letter
from desktop.made import ME, NOW, meeting
from desktop.seen import press, texts

MEI, ROSA = "mei.tan@ferro.example", "rosa.vidal@ferro.example"


@pytest.fixture
def opened(told, qtbot):
    """Home, as it stands for who works in a house."""

    def made(house):
        told.tasks.adopt(house)
        page = HomePage(told)
        qtbot.addWidget(page)
        page.resize(1000, 700)
        page.show()
        with qtbot.waitSignal(page.filled):
            page.reload()
        return page

    return made


@pytest.fixture
def as_mei(house):
    """Mei, who sits in nothing yet; Dana is back afterwards."""
    yield people.set_me(house, MEI)
    people.set_me(house, ME)


@pytest.fixture
def as_rosa(house):
    """Rosa, who hosts all of them."""
    yield people.set_me(house, ROSA)
    people.set_me(house, ME)


def again(page, qtbot):
    with qtbot.waitSignal(page.filled):
        page.reload()
    return texts(page)


def review(house):
    return meeting(house, "Quarterly review", "Północ Logistyka")


def december(house):
    with house.workspace(write=False) as tx:
        return next(one.id for one in tx.meetings.everything() if one.start > NOW + timedelta(days=10))


def offered(house):
    """A seat in December, on its way to Mei: the host has agreed."""
    made = offers.propose(house, december(house), MEI)
    return offers.allow(house, made.id, True)


def state_of(house, key, email):
    with house.workspace(write=False) as tx:
        person = tx.people.by_address(email)
        return [(one.source, one.says, one.to) for one in tx.seats.evidence([key]) if one.person_id == person.id]


def test_who_has_no_seat_chooses_among_reviews_with_a_reason(opened, as_mei, told, changed, qtbot):
    page = opened(as_mei)
    seen = texts(page)
    assert "Reviews you may ask for" in seen
    assert "You have never heard them; you need 2 more this year." in seen
    press(page, "Ask for it", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    assert told.said == ["You asked for a seat. The host is asked first."]
    assert "You asked on 21 November; Rosa Vidal decides." in again(page, qtbot)
    assert "Ask for it" not in [b.text() for b in page.findChildren(QPushButton) if b.isVisibleTo(page)]
    press(page, "All open reviews", qtbot)
    assert told.went == [("meetings", "open seats")]


def test_a_host_who_says_no_is_told_without_a_reason(opened, as_mei, changed, qtbot):
    page = opened(as_mei)
    press(page, "Ask for it", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    (asked,) = offers.open_offers(as_mei)
    offers.allow(as_mei, asked.id, False, "we lay people off that week")
    seen = again(page, qtbot)
    assert "You asked; this one cannot be. No reason is owed, and others are open." in seen
    assert not any("lay people off" in text for text in seen)


def test_an_offer_is_taken_by_one_press(opened, house, as_mei, told, changed, qtbot):
    offered(house)
    page = opened(as_mei)
    seen = texts(page)
    assert "A seat for you: Północ Logistyka, Tuesday, 8 December, 10:00–11:00" in seen
    assert any(
        "Hosted by Rosa Vidal; who runs the programme proposed you; you have never heard them" in x for x in seen
    )
    assert home(as_mei).next is None, "it is asked about; it is not coming yet"
    press(page, "Yes", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    assert ("self", "accepted", "") in state_of(house, december(house), MEI)
    assert not any("A seat for you" in text for text in again(page, qtbot))
    assert home(as_mei).next.meeting.id == december(house)


@pytest.mark.parametrize(("choice", "reason"), [(0, "workload"), (2, "conflict"), (4, "I never fly in December")])
def test_a_no_has_a_reason_to_choose(opened, house, as_mei, answers, changed, qtbot, choice, reason):
    made = offered(house)
    answers.texts = [reason]
    page = opened(as_mei)
    menu = next(b for b in page.findChildren(QPushButton) if b.text() == "No…").menu()
    menu.actions()[choice].trigger()
    qtbot.waitUntil(lambda: bool(changed))
    with house.workspace(write=False) as tx:
        assert (tx.offers.get(made.id).state, tx.offers.get(made.id).reason) == ("declined", reason)


def test_a_host_is_asked_and_answers(opened, house, as_rosa, told, changed, qtbot):
    made = offers.propose(house, december(house), MEI)
    page = opened(as_rosa)
    seen = texts(page)
    assert "May Mei Tan (Legal) sit in on Północ Logistyka, Tuesday, 8 December, 10:00–11:00?" in seen
    assert "They only listen. A no needs no reason." in seen
    press(page, "Yes", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    with house.workspace(write=False) as tx:
        assert tx.offers.get(made.id).state == "offered"


def test_a_hosts_no_may_carry_a_line_and_need_not(opened, house, as_rosa, answers, changed, qtbot):
    made = offers.propose(house, december(house), MEI)
    page = opened(as_rosa)
    press(page, "No", qtbot)
    assert not changed, "backing out says nothing"
    answers.texts = [""]
    press(page, "No", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    with house.workspace(write=False) as tx:
        assert (tx.offers.get(made.id).state, tx.offers.get(made.id).reason) == ("vetoed", "")


def test_a_leader_sees_nothing_of_others_seats(opened, house, as_mei, qtbot):
    offers.propose(house, december(house), ME)
    page = opened(as_mei)
    assert not any("Dana" in text for text in texts(page))
    assert "Reviews you may ask for" not in texts(page), "somebody was quicker"


def test_a_host_says_the_next_day_who_sat_in(opened, house, as_rosa, changed, qtbot):
    page = opened(as_rosa)
    seen = texts(page)
    assert "Who sat in at Północ Logistyka on 17 November?" in seen
    assert "Dana Okafor (Finance)" in seen
    press(page, "Was there", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    assert ("host", "attended", "") in state_of(house, review(house), ME)
    assert not any("Who sat in at Północ" in text for text in again(page, qtbot))


def test_somebody_else_came_or_nobody(opened, house, as_rosa, answers, changed, qtbot):
    with house.workspace(write=False) as tx:
        mei = answers.choice = tx.people.by_address(MEI).id
    page = opened(as_rosa)
    press(page, "Someone else…", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    assert ("host", "delegated", mei) in state_of(house, review(house), ME)


def test_nobody_sat_in(opened, house, as_rosa, changed, qtbot):
    page = opened(as_rosa)
    press(page, "Nobody", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    assert ("host", "missed", "") in state_of(house, review(house), ME)


def test_my_year_says_why(opened, house, answers, qtbot):
    page = opened(house)
    press(page, "Why?", qtbot)
    qtbot.waitUntil(lambda: bool(answers.shown))
    content = answers.shown[0][0]
    qtbot.addWidget(content)
    seen = texts(content)
    assert "Heard: 1" in seen
    assert any("Hòa & Bình" in text for text in seen)


def test_who_leaves_takes_the_notes_along_or_deletes_them(opened, house, answers, told, tmp_path, changed, qtbot):
    with house.workspace() as tx:
        tx.people.put(replace(tx.people.by_address(ME), end=(NOW + timedelta(days=20)).date()))
    page = opened(house)
    said = "Your last day in the programme is 11 December. "
    assert any(text.startswith(said) and "nobody else can ever open" in text for text in texts(page))
    answers.path = tmp_path
    press(page, "Take them with me…", qtbot)
    qtbot.waitUntil(lambda: bool(told.said))
    files = list(tmp_path.glob("*.md"))
    assert any("You sent me two trainers." in file.read_text(encoding="utf-8") for file in files)
    answers.yes_to_all = False
    press(page, "Delete them…", qtbot)
    assert not changed
    answers.yes_to_all = True
    press(page, "Delete them…", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    assert not any(text.startswith(said) for text in again(page, qtbot))


def test_a_seat_is_given_up_to_a_colleague(opened, house, as_mei, answers, told, changed, qtbot):
    offers.answer(house, offered(house).id, True)
    with house.workspace(write=False) as tx:
        agnes = tx.people.by_address("agnes.mulder@ferro.example")
    with house.workspace() as tx:
        tx.people.put(replace(agnes, role="leader"))
    answers.choice = agnes.id
    page = opened(as_mei)
    page.verbs.swap(december(house))
    qtbot.waitUntil(lambda: bool(changed))
    assert answers.asked[-1][0] == "Who might take your seat?"
    (made,) = offers.open_offers(house)
    assert (made.came, made.person_id, made.state) == ("swap", agnes.id, "host")
    assert home(as_mei).next.meeting.id == december(house), "it stays hers until both say yes"


def test_seats_said_by_others_leave_no_question(house, as_rosa):
    seats.set_state(house, review(house), ME, "attended", "self")
    assert home(as_rosa).seats.who_sat == ()


def test_an_offer_is_taken_without_a_mouse(opened, house, as_mei, changed, qtbot):
    offered(house)
    page = opened(as_mei)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.take_keyboard()
    names = []
    for _ in range(12):
        names.append(page.focusWidget().accessibleName())
        if names[-1] == "Yes, I take the seat at Północ Logistyka":
            break
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert "" not in names
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Right)
    assert page.focusWidget().accessibleName() == "No to the seat at Północ Logistyka, with a reason"
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Left)
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(changed))
    assert ("self", "accepted", "") in state_of(house, december(house), MEI)


def test_who_runs_the_programme_sees_the_first_of_the_work_list(opened, house, told, qtbot):
    settings, _ = read_settings(house.paths.settings)
    write_settings(house.paths.settings, replace(settings, role="ops"))
    page = opened(house)
    qtbot.waitUntil(lambda: "The programme needs you" in texts(page))
    lines = [text for text in texts(page) if text.startswith("Who was there?")]
    assert lines == ["Who was there? · Północ Logistyka, 17 November · Dana Okafor"]
    press(page, "Open the board", qtbot)
    assert told.went == [("board", "")]


def test_a_host_sees_the_own_next_meeting_and_its_brief(opened, house, as_rosa, told, qtbot):
    page = opened(as_rosa)
    seen = texts(page)
    assert "You host next" in seen
    assert "Annual review · Thursday, 26 November, 14:00–15:30" in seen
    labels = [b.text() for b in page.findChildren(QPushButton) if b.isVisibleTo(page)]
    assert "Listen" not in labels, "the seat is another's"
    press(page, "Brief", qtbot)
    assert told.went == [("brief", meeting(house, "Annual review", "Kestrel Plumbing Supply"))]


def test_a_leader_sees_no_work_list(opened, house):
    assert not home(house).runs
    assert "The programme needs you" not in texts(opened(house))


def mailed(house, offer, kind, recipient, **facts):
    """An answer came by mail to a letter about an offer."""
    with house.workspace() as tx:
        tx.letters.add([Letter(f"{kind} {len(facts)}", kind, recipient, offer.id, NOW, NOW, facts)])


def told_of_mail(page, qtbot):
    return [text for text in again(page, qtbot) if "by mail" in text]


def test_a_yes_by_mail_that_came_too_late_is_told_to_who_gave_it(opened, house, as_mei, qtbot):
    made = offered(house)
    mailed(house, made, "seat_offer", MEI, refused="seat_taken")
    page = opened(as_mei)
    assert told_of_mail(page, qtbot) == [
        "Your answer by mail about Północ Logistyka on 8 December came too late: the seat is taken."
    ]
    offers.withdraw(house, made.id)
    assert len(told_of_mail(page, qtbot)) == 1  # settled, and still news
    two_weeks_on = replace(as_mei, clock=lambda: NOW + timedelta(days=15))
    assert home(two_weeks_on).seats.mailed == ()


def test_what_was_answered_here_since_is_not_told_any_more(opened, house, as_mei, qtbot):
    made = offered(house)
    mailed(house, made, "seat_offer", MEI, refused="seat_clash", unsure={"from": "mei@gmail.example", "kind": "take"})
    assert home(as_mei).seats.mailed
    offers.answer(as_mei, made.id, True)
    assert home(as_mei).seats.mailed == ()


def test_a_yes_of_which_nobody_is_sure_is_told_to_whom_the_letter_was_for(opened, house, as_mei, qtbot):
    made = offered(house)
    mailed(house, made, "seat_offer", MEI, unsure={"from": "mei@gmail.example", "kind": "take"})
    assert told_of_mail(opened(as_mei), qtbot) == [
        "A yes about Północ Logistyka on 8 December came by mail from mei@gmail.example, which may not be you: please "
        "say it here."
    ]


def test_a_host_is_told_of_theirs_and_nobody_elses(opened, house, as_rosa, qtbot):
    made = offers.propose(house, december(house), MEI)
    mailed(house, made, "seat_host", ROSA, refused="seat_clash")
    mailed(house, made, "seat_offer", MEI, refused="seat_taken", unsure={"from": "x@y.example"})
    assert told_of_mail(opened(as_rosa), qtbot) == [
        "Your answer by mail about Północ Logistyka on 8 December could not be followed: there is another seat at that "
        "time."
    ]
