"""Home answers what is next and what needs me."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from companion import bootstrap
from companion.basics.changes import Changes
from companion.basics.settings import read_settings
from companion.calendars.model import Account
from companion.calendars.store import SyncState
from companion.customers.memory import Fact
from companion.desktop.home.page import HomePage
from companion.desktop.widgets.rows import Row
from companion.people.model import Person
from companion.programme import answers as answers_verbs
from companion.programme import listening, mailed, people, preparing, publishing, seats
from companion.programme.listening import Edit
from companion.programme.views.home import Beginning, HomeView, home
from companion.takeaways.mailed import MailedNote
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


def again(page, qtbot):
    with qtbot.waitSignal(page.filled):
        page.reload()
    return texts(page)


def test_whether_the_brief_is_ready_is_told(page, house, qtbot):
    assert "The brief comes on 24 November; it can be read before." in texts(page)
    preparing.brief_for(house, meeting(house, "Annual review", "Kestrel Plumbing Supply"))
    assert "The brief is ready, as of 09:00." in again(page, qtbot)


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
    return any("is out for 90 days. Do you still need the note?" in text for text in seen)


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
