"""Home answers what is next and what needs me."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from companion import bootstrap
from companion.basics.changes import Changes
from companion.basics.settings import read_settings
from companion.calendars.model import Account
from companion.calendars.store import SyncState
from companion.desktop.home.page import HomePage
from companion.people.model import Person
from companion.programme import answers as answers_verbs
from companion.programme import listening, people, publishing, seats
from companion.programme.views.home import Beginning, HomeView, home
from companion.takeaways.model import Delivery
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


def test_it_shows_what_is_next_and_what_needs_me(page):
    seen = texts(page)
    assert "Good morning, Dana" in seen
    assert "1 of 2 this year · next on 26 November" in seen
    assert "Kestrel Plumbing Supply" in seen
    assert "Annual review · Thursday, 26 November, 14:00–15:30 · hosted by Rosa Vidal" in seen
    assert "Did you join Północ Logistyka on 17 November?" in seen
    assert "Tell your team about <b>Hòa & Bình</b> — your note has 2 lines" in seen
    assert "Twelve drivers, one badge reader" in seen


def test_names_of_others_are_never_mark_up(page):
    for label in page.findChildren(QLabel):
        assert "<b><b>" not in label.text()
    assert any("&lt;b&gt;Hòa &amp; Bình&lt;/b&gt;" in label.text() for label in page.findChildren(QLabel))


@pytest.mark.parametrize(("button", "state"), [("I was there", "attended"), ("I was not", "missed")])
def test_did_you_join_is_answered_by_one_press(page, house, changed, qtbot, button, state):
    press(page, button, qtbot)
    qtbot.waitUntil(lambda: changed == [Changes.ATTENDANCE | Changes.MEETINGS])
    assert home(house).did_you_join == ()
    key = meeting(house, "Quarterly review", "Północ Logistyka")
    with house.workspace(write=False) as tx:
        told = tx.seats.evidence([key])
    assert [(e.source, e.says, e.by) for e in told if e.source == "self" and e.at == NOW] == [("self", state, ME)]


def test_somebody_else_can_have_gone(page, house, answers, changed, qtbot):
    with house.workspace(write=False) as tx:
        mei = tx.people.by_address("mei.tan@ferro.example")
    answers.choice = mei.id
    other = next(b for b in page.findChildren(QPushButton) if b.text() == "Other")
    other.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: bool(changed))
    assert answers.asked[0][0] == "Who went for you?"
    key = meeting(house, "Quarterly review", "Północ Logistyka")
    with house.workspace(write=False) as tx:
        told = tx.seats.evidence([key])
    assert [e.to for e in told if e.says == "delegated"] == [mei.id]


def test_no_customer_meeting_is_dismissed(page, house, told, changed, qtbot):
    other = next(b for b in page.findChildren(QPushButton) if b.text() == "Other")
    other.menu().actions()[1].trigger()
    qtbot.waitUntil(lambda: bool(changed))
    assert home(house).did_you_join == ()
    assert "no calendar brings it back" in told.said[0]


def test_its_buttons_lead_on(page, told, house, qtbot):
    press(page, "Open", qtbot)
    press(page, "Brief", qtbot)
    press(page, "Listen", qtbot)
    press(page, "Join", qtbot)
    press(page, "Continue", qtbot)
    key = meeting(house, "Annual review", "Kestrel Plumbing Supply")
    heard = meeting(house, "Customer review", "<b>Hòa & Bình</b>")
    assert told.went == [("meetings", key), ("brief", key), ("listen", key), ("listen", heard)]
    assert told.opened == ["https://meet.example/1"]


def test_without_a_me_it_asks_who_i_am(told, house, answers, qtbot, changed):
    nobody = people.set_me(house, "new@ferro.example")
    told.tasks.adopt(nobody)
    page = HomePage(told)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.filled):
        page.reload()
    answers.texts = [ME]
    press(page, "This is me…", qtbot)
    qtbot.waitUntil(lambda: changed == [Changes.EVERYTHING])
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert "Good morning, Dana" in texts(page)


def test_a_reload_keeps_the_focus(page, house, qtbot):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    button = next(b for b in page.findChildren(QPushButton) if b.text() == "Continue")
    button.setFocus()
    name = button.accessibleName()
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert page.window().focusWidget() is button  # nothing changed, nothing was built
    seats.set_state(house, meeting(house, "Quarterly review", "Północ Logistyka"), ME, "attended")
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert page.window().focusWidget().accessibleName() == name
    assert page.window().focusWidget() is not button


def beginning(**known):
    return HomeView(None, None, None, (), (), (), (), (), {}, None, "UTC", Beginning(**known))


@pytest.fixture
def nobody(told, qtbot):
    """Home as it stands for a beginning."""

    def shown(view):
        page = HomePage(told)
        qtbot.addWidget(page)
        page.resize(1000, 600)
        page.show()
        page._show((view, NOW))
        return page

    return shown


def test_who_signed_in_before_there_is_a_programme_opens_an_invitation_or_starts_one(nobody, told, answers, qtbot):
    page = nobody(beginning(lacks="programme", me=ME, signed_in=True, read=True))
    seen = " ".join(texts(page))
    assert f"You are signed in as {ME}. The programme is not on this computer yet" in seen
    assert "Say who you are" not in seen
    press(page, "Open my invitation", qtbot)
    assert answers.asked[-1][0] == "Open the invitation"
    answers.forms = [{"firm": "Ferro", "domains": "ferro.example", "name": "Dana"}]
    press(page, "Start a programme", qtbot)
    qtbot.waitUntil(lambda: told.went == [("first", "")])
    known = []
    told.tasks.read(lambda house, _ticket: (read_settings(house.paths.settings)[0].role, house.me), known.append)
    qtbot.waitUntil(lambda: known == [("ops", ME)])


def test_who_is_not_in_the_programme_is_told_so(house, nobody):
    view = home(people.set_me(house, "new@ferro.example"))
    assert view.beginning == Beginning("person", "new@ferro.example")
    assert "Nobody in the programme has the address new@ferro.example." in " ".join(texts(nobody(view)))


@pytest.mark.parametrize("runs_it", [True, False])
def test_a_calendar_was_read_and_no_customer_is_known(house, nobody, told, qtbot, runs_it):
    view = replace(home(house), next=None, beginning=Beginning("customers", ME, read=True, runs_it=runs_it))
    page = nobody(view)
    seen = " ".join(texts(page))
    assert "no customer is known yet" in seen
    if runs_it:
        press(page, "Choose the customers", qtbot)
        assert told.went == [("first", "")]
    else:
        assert "Who runs the programme chooses which firms are customers." in seen


def test_what_is_missing_is_read(tmp_path):
    empty = bootstrap.build(tmp_path / "new", clock=lambda: NOW, secrets_mode="session")
    try:
        assert home(empty).beginning == Beginning("me")
        mine = people.set_me(empty, ME)
        with mine.device() as device:
            device.accounts.put(Account("a", "Dana", "microsoft365", "https://graph.microsoft.com/v1.0/me", "i", ME))
            device.events.save_state("a", SyncState(last_ok=NOW))
        assert home(mine).beginning == Beginning("programme", ME, signed_in=True, read=True)
        with mine.workspace() as tx:
            tx.people.put(Person("p", ME, "Dana Okafor"))
        assert home(mine).beginning == Beginning("customers", ME, signed_in=True, read=True)
    finally:
        empty.close()


def test_a_yes_that_is_waited_for_is_asked_on_home(told, house, answers, qtbot):
    as_mei = people.set_me(house, "mei.tan@ferro.example")
    note = listening.open_note(as_mei, meeting(house, "Quarterly review", "Północ Logistyka"))
    publishing.publish(as_mei, note.id, "Another gate", "team:Finance", review=True)
    people.set_me(house, ME)
    page = HomePage(told)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert any("Another gate" in text and "waits for a yes" in text for text in texts(page))
    press(page, "Read it", qtbot)
    assert answers.asked[-1][0] == "Another gate"
    press(page, "Say yes…", qtbot)
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert not any("waits for a yes" in text for text in texts(page))


def test_answers_to_me_lead_to_their_page(told, house, qtbot):
    made = publishing.publish(house, meeting(house, "Customer review", "<b>Hòa & Bình</b>"), "Two trainers", "company")
    answers_verbs.answer(people.set_me(house, "agnes.mulder@ferro.example"), made.id, "already", "We do.")
    people.set_me(house, ME)
    page = HomePage(told)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert "Answers to you: 1 waits since today." in texts(page)
    press(page, "Show them", qtbot)
    assert told.went == [("answers", "")]


def test_questions_with_a_row_each_are_not_counted_again(told, house, qtbot):
    made = publishing.publish(house, meeting(house, "Customer review", "<b>Hòa & Bình</b>"), "Two trainers", "company")
    answers_verbs.answer(people.set_me(house, "agnes.mulder@ferro.example"), made.id, "question", "Since when?")
    people.set_me(house, ME)
    page = HomePage(told)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert any("Since when?" in text for text in texts(page))
    assert not any(text.startswith("Answers to you:") for text in texts(page))


def test_what_did_not_go_out_leads_to_the_outbox_and_is_told_to_whom_it_concerns(told, house, qtbot):
    with house.workspace() as tx:
        takeaway = tx.takeaways.all()[0]  # Mei's
        tx.takeaways.put_delivery(Delivery(takeaway.id, 1, "gone", "a@ferro.example", "failed", NOW, 1, "channel_gone"))
    page = HomePage(told)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert "1 message did not go out, or nobody knows whether it did." in texts(page)
    press(page, "Show the outbox", qtbot)
    assert told.went == [("outbox", "")]
    assert home(replace(house, workspace_shared=True)).stuck == 0
    mei = replace(people.set_me(house, "mei.tan@ferro.example"), workspace_shared=True)
    assert home(mei).stuck == 1
    people.set_me(house, ME)
