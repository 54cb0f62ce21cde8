"""What counts as a customer meeting: edited, tried, saved, undone, left."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from companion.basics.errors import Problem
from companion.desktop.rules import page as page_module
from companion.desktop.rules.page import RulesPage
from companion.meetings.recognise import REVIEW_WORDS
from companion.programme import accounts, people
from companion.programme.proposal import CustomerEdit, Edit, Proposal, current, save
from companion.words.language import PSEUDO, speak
from desktop.made import NOW
from desktop.seen import find, press, texts
from desktop.spoken import bare, data_of, spoken
from fakes.ics import calendar, event

CANARY = "Zebrafinch appointment"
ALL = tuple(word for group in REVIEW_WORDS.values() for word in group)


@pytest.fixture
def work(house, tmp_path):
    """A connected calendar: a review, a stocktake that counts for too little, and something private."""

    def stamp(days):
        return f"{NOW - timedelta(days=days):%Y%m%dT%H%M%SZ}"

    rows = [
        event("review", stamp(40), title="Kestrel review"),
        event("weak", stamp(30), title="Kestrel Plumbing Supply stocktake", guests=(), organiser=""),
        event("secret", stamp(10), "CLASS:PRIVATE", title=CANARY),
    ]
    path = tmp_path / "work.ics"
    path.write_bytes(calendar(*rows))
    accounts.add(house, accounts.NewAccount("ics", "Work", str(path)))
    return house


@pytest.fixture
def page(told, qtbot):
    made = RulesPage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    again(made, qtbot)
    return made


def again(page, qtbot):
    with qtbot.waitSignal(page.filled):
        page.reload()


def settle(page, qtbot):
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0, timeout=20_000)


def named(page, name):
    return next(b for b in page.findChildren(QPushButton) if b.accessibleName() == name and b.isVisibleTo(page))


def add_word(page, qtbot, word, field=None):
    field = field or page.view.words.field
    field.setFocus()
    field.setText(word)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def tried(page, qtbot):
    press(page, "Try it", qtbot)
    settle(page, qtbot)


def test_the_rules_stand_there_in_words(page):
    seen = texts(page)
    assert "Nothing is changed." in seen
    assert any(text.startswith("A guest of theirs is enough") for text in seen)
    assert find(page, "Normal (50 points)").isChecked()
    assert named(page, "Take out “qbr”")
    assert "kestrel.example" in seen


def test_a_try_shows_what_would_be_caught_and_lost_and_saves_nothing(work, page, qtbot):
    add_word(page, qtbot, "stocktake")
    add_word(page, qtbot, "review", page.view.hold.field)
    assert "Not saved yet: Words of a review added: “stocktake”; Words that hold back added: “review”." in texts(page)
    tried(page, qtbot)
    seen = texts(page)
    assert "Would catch 1 more and lose 1 of the past twelve months' 1 meeting." in seen
    assert "Caught · 1" in seen
    assert "22 Oct · Kestrel Plumbing Supply · Work" in seen
    assert "Held back: “review” is in the title." in seen
    assert "Today · Not kept: 35 of 50 points." in seen
    assert "Today · Kept: 80 points, and 50 are enough." in seen
    assert not any(CANARY in text for text in seen)
    assert current(work).words == ALL


def test_an_edit_after_a_try_says_that_the_result_is_old(work, page, qtbot):
    add_word(page, qtbot, "stocktake")
    tried(page, qtbot)
    old = "You changed the rules since; try them again."
    assert old not in texts(page)
    press(page, "Strict (70 points)", qtbot)
    assert old in texts(page)
    press(page, "Undo", qtbot)
    assert old not in texts(page)


def test_rules_are_saved_and_can_be_put_back(page, told, house, changed, qtbot):
    add_word(page, qtbot, "stocktake; toolbox talk")
    named(page, "Take out “qbr”").click()
    press(page, "Generous (30 points)", qtbot)
    press(page, "Save", qtbot)
    qtbot.waitUntil(lambda: bool(told.said))
    assert told.said == ["Saved. The calendars go by the new rules when they are read next."]
    found = current(house)
    assert set(found.words) == {*ALL, "stocktake", "toolbox talk"} - {"qbr"}
    assert found.threshold == 30
    assert changed
    settle(page, qtbot)
    assert "Nothing is changed." in texts(page)
    named(page, "Put back the shipped words of: Words of a review").click()
    press(page, "Save", qtbot)
    qtbot.waitUntil(lambda: len(told.said) == 2)
    with house.workspace(write=False) as tx:
        assert tx.programme.get().review_words == ()


def test_edits_are_undone_one_by_one(page, qtbot):
    assert not find(page, "Undo").isEnabled()
    add_word(page, qtbot, "stocktake")
    named(page, "Take out “lawsuit”").click()
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert named(page, "Take out “lawsuit”")
    assert named(page, "Take out “stocktake”")
    press(page, "Undo", qtbot)
    assert "Nothing is changed." in texts(page)


def test_a_wrong_word_stays_in_its_field(page, told, qtbot):
    add_word(page, qtbot, "—")
    assert told.said == ["A word has no letters. Write one that stands in titles, such as “review”."]
    assert page.view.words.field.text() == "—"
    assert "Nothing is changed." in texts(page)


def test_a_customer_gets_a_domain_and_a_name(page, answers, house, told, qtbot):
    answers.forms = [{"places": "kestrel.example, @kestrel-pipes.example ken@mail.example", "names": "Kestrel; KPS"}]
    named(page, "Change Kestrel Plumbing Supply").click()
    assert "kestrel.example · kestrel-pipes.example · ken@mail.example · “Kestrel” · “KPS”" in texts(page)
    press(page, "Save", qtbot)
    qtbot.waitUntil(lambda: bool(told.said))
    with house.workspace(write=False) as tx:
        known = tx.customers.by_name("kps")
    assert known
    assert known.domains == ("kestrel.example", "kestrel-pipes.example")
    assert (known.addresses, known.host_email) == (("ken@mail.example",), "rosa.vidal@ferro.example")


def test_a_wrong_domain_is_asked_for_again_with_what_was_typed(page, answers, qtbot):
    answers.forms = [
        {"name": "Marea Boats", "places": "ferro.example", "names": "Marea"},
        {"places": "marea.example"},
    ]  # fmt: skip
    press(page, "Add a customer…", qtbot)
    assert [text for _title, text in answers.asked][1].startswith("ferro.example is our own domain")
    assert "marea.example · “Marea”" in texts(page)
    answers.forms = [{"name": "Other", "places": "kestrel.example"}, None]
    press(page, "Add a customer…", qtbot)
    assert answers.asked[-1][1].startswith("kestrel.example already belongs to Kestrel Plumbing Supply")
    assert "Other" not in texts(page)


def test_leaving_asks_once_and_keeps_what_is_edited(page, answers, told, house, qtbot):
    page.leave()
    assert answers.asked == []
    answers.yes_to_all = False
    add_word(page, qtbot, "stocktake")
    page.leave()
    page.leave()
    assert answers.asked == [
        ("Save the rules you changed?", "Not saved yet: Words of a review added: “stocktake”. "
         "Until you save them they wait on their page.")
    ]  # fmt: skip
    again(page, qtbot)
    assert named(page, "Take out “stocktake”")
    answers.yes_to_all = True
    add_word(page, qtbot, "toolbox talk")
    page.leave()
    qtbot.waitUntil(lambda: "stocktake" in current(house).words)


def test_leaving_forgets_the_titles_of_a_try(work, page, qtbot):
    press(page, "Generous (30 points)", qtbot)
    tried(page, qtbot)
    assert any("stocktake" in text for text in texts(page))
    page._asked = True
    page.leave()
    QApplication.processEvents()
    assert not any("stocktake" in text for text in texts(page))


def test_the_window_does_not_close_over_unsaved_rules(page, answers, house, qtbot):
    assert page.may_close()
    add_word(page, qtbot, "stocktake")
    assert not page.may_close()  # backed out of
    assert answers.asked[-1][0] == "Rules are not saved"
    answers.choice = "save"
    assert not page.may_close()
    qtbot.waitUntil(lambda: not page.isVisible())
    assert "stocktake" in current(house).words


def test_the_window_closes_without_what_is_dropped(page, answers, house, qtbot):
    add_word(page, qtbot, "stocktake")
    answers.choice = "drop"
    assert not page.may_close()
    assert page.may_close()
    assert "stocktake" not in current(house).words


def test_what_others_save_meanwhile_joins_what_is_edited(page, house, qtbot):
    add_word(page, qtbot, "stocktake")
    save(house, Proposal(words=Edit(("toolbox talk",)), customers=(CustomerEdit("", "Marea Boats", fresh=True),)))
    again(page, qtbot)
    assert named(page, "Take out “toolbox talk”")
    assert "Marea Boats" in texts(page)
    assert "Not saved yet: Words of a review added: “stocktake”." in texts(page)


def test_without_a_calendar_a_try_shows_the_way_to_one(page, told, qtbot):
    tried(page, qtbot)
    assert "No calendar is connected yet, so there is nothing to try the rules on." in texts(page)
    press(page, "Calendars", qtbot)
    assert told.went == [("settings", "calendars")]


def test_a_calendar_that_cannot_be_read_is_told_beside_the_result(work, page, tmp_path, qtbot):
    gone = tmp_path / "gone.ics"
    gone.write_bytes(calendar())
    accounts.add(work, accounts.NewAccount("ics", "Gone", str(gone)))
    gone.unlink()
    again(page, qtbot)
    tried(page, qtbot)
    seen = texts(page)
    assert any(text.startswith("Gone: ") for text in seen)
    assert (
        "Of the calendars that could be read: would catch none and lose none: "
        "the past twelve months have the same 1 meeting."
    ) in seen


def test_a_try_can_be_stopped(work, look, answers, tasks, told, qtbot, monkeypatch):
    tasks.open(lambda: work, lambda _house: None, lambda _problem: None)

    def slow(house, proposal, ticket):
        while True:
            ticket.step("reading", 1, 2)

    monkeypatch.setattr(page_module, "compare", slow)
    frame = type(told)(tasks, answers, look, told.go, told.say, told.sync)
    made = RulesPage(frame)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.reload()
    press(made, "Try it", qtbot)
    assert "Reading the past twelve months again…" in texts(made)
    press(made, "Stop", qtbot)
    qtbot.waitUntil(lambda: tasks.busy == 0)
    assert find(made, "Try it")


def test_a_try_that_cannot_be_is_told(work, page, told, qtbot, monkeypatch):
    def refused(house, proposal, ticket):
        raise Problem("rule_threshold_wrong", value=0, most=125)

    monkeypatch.setattr(page_module, "compare", refused)
    tried(page, qtbot)
    assert told.said[0].startswith("0 is no number of points")


def test_many_customers_are_found_by_name_and_domain(page, house, qtbot):
    rows = "".join(f"Firm {at:02},firm{at}.example,,,\n" for at in range(60))
    people.import_customers(house, "name,domains,aliases,host_email,tier\n" + rows)
    again(page, qtbot)
    seen = texts(page)
    assert "Firm 00" in seen
    assert "Firm 59" not in seen
    page.view.customers.field.setText("firm59.")
    assert "Firm 59" in texts(page)
    page.view.customers.field.clear()
    press(page, "Show all 63", qtbot)
    assert "Firm 59" in texts(page)
    known = next(one for one in current(house).customers if one.name == "Firm 42")
    page.arrive(known.id)
    assert page.view.customers.field.text() == "Firm 42"


def test_words_are_walked_and_taken_out_by_keyboard(page, qtbot):
    chip = named(page, "Take out “review”")
    assert chip.focusPolicy() == Qt.FocusPolicy.TabFocus
    others = [c for c in page.view.words.findChildren(QPushButton) if c.accessibleName().startswith("Take out")]
    assert [c for c in others if c.focusPolicy() != Qt.FocusPolicy.NoFocus] == [chip]
    page.activateWindow()
    chip.setFocus()
    qtbot.waitUntil(chip.hasFocus)
    qtbot.keyClick(chip, Qt.Key.Key_Right)
    second = QApplication.focusWidget()
    assert second.accessibleName() == "Take out “business review”"
    qtbot.keyClick(second, Qt.Key.Key_Delete)
    assert QApplication.focusWidget().accessibleName() == "Take out “qbr”"
    assert "Not saved yet: Words of a review taken out: “business review”." in texts(page)


def test_no_word_of_a_try_is_bare(work, page, told, qtbot):
    speak(PSEUDO)
    made = RulesPage(told)
    qtbot.addWidget(made)
    made.show()
    again(made, qtbot)
    made.add_words(("stocktake",))
    made.add_hold(("review",))
    made.choose_level("generous")
    made._change(Proposal(customers=(CustomerEdit("", "Marea Boats", True, Edit(("marea.example",))),)))
    made.try_or_stop()
    settle(made, qtbot)
    made.choose_level("strict")
    rules = current(work)
    data = {*data_of(work), *rules.words, *rules.hold, "stocktake", "Marea Boats", "marea.example", "Kestrel review"}
    data |= {"Kestrel Plumbing Supply stocktake", "Oct"}
    shown = [text for _widget, text in spoken(made)]
    assert any("⟦Caught⟧" in text for text in shown)
    assert [text for text in shown if bare(text, data)] == []
