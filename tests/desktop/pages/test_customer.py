"""The page of one customer: what is known and what is not, changed where it stands, also with the workspace away."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from companion.basics.errors import Problem
from companion.briefs.model import Brief, Somebody, Stated
from companion.customers.memory import Fact
from companion.customers.model import Contact
from companion.desktop.customer import editing
from companion.desktop.customer.contact import ContactEditor
from companion.desktop.customer.drafts import drafts
from companion.desktop.customer.editor import Editor
from companion.desktop.customer.page import ONLY_WITH_ROWS, ORDER, TOGETHER, CustomerPage
from companion.desktop.customer.row import KnownRow
from companion.desktop.pages import PAGES
from companion.desktop.window import Window
from companion.programme import memory, people
from companion.programme.apply import cross
from desktop.made import build
from desktop.seen import find, press, texts

LONG = "Công ty Trách nhiệm Hữu hạn Thương mại Dịch vụ Xuất nhập khẩu Hòa Bình – Zażółć Gęślą Jaźń Sp. z o.o."


def customer(house, name="Kestrel Plumbing Supply"):
    with house.workspace(write=False) as tx:
        return tx.customers.by_name(name).id


@pytest.fixture
def known(house):
    """What is known of Kestrel: a line, a goal with another before it, a promise, words, a person."""
    key = customer(house)
    memory.remember(house, Fact("w1", key, "who", "Fourteen crews in two counties", "does", source="Rosa"))
    memory.remember(house, Fact("g0", key, "goal", "Twelve crews", heard_on=date(2024, 5, 1)))
    memory.remember(house, Fact("g1", key, "goal", "Sixteen crews", heard_on=date(2026, 9, 1), follows="g0"))
    memory.remember(house, Fact("p1", key, "promise", "A forecast on Fridays", due=date(2026, 11, 1)))
    memory.remember(
        house, Fact("q1", key, "quote", "A late pallet costs a crew day.", role="the owner", may_quote="ask",
                    heard_on=date(2025, 1, 7), source="the spring review"),
    )  # fmt: skip
    with house.workspace() as tx:
        tx.customers.put_contact(Contact("c1", key, "ken@kestrel.example", "Ken Ward", "the owner"))
    return key


@pytest.fixture
def open_page(told, qtbot):
    def opened(key):
        page = CustomerPage(told)
        qtbot.addWidget(page)
        page.resize(1000, 700)
        page.show()
        page.activateWindow()
        with qtbot.waitSignal(page.filled):
            page.arrive(key)
        calm(page, qtbot)
        return page

    return opened


@pytest.fixture
def page(known, open_page):
    return open_page(known)


def row(page, key):
    return next(one for one in page.findChildren(KnownRow) if one.shown.key == key and one.isVisibleTo(page))


def calm(page, qtbot):
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0 and not page._left and not page._built)


def away(*, write=True):
    raise Problem("workspace_unreachable")


def test_what_is_known_stands_with_its_source_and_what_is_not_is_said(page):
    seen = texts(page)
    assert "Kestrel Plumbing Supply" in seen
    assert "Fourteen crews in two counties" in seen
    assert seen.count("Unknown") == 4  # of the five lines
    assert "“Sixteen crews”" in seen
    assert "before: Twelve crews (1 May 2024)" in seen
    assert any("was due on 1 November" in text and "nobody knows who promised it" in text for text in seen)
    assert "the owner · 7 January 2025, more than a year ago · the spring review · heard by Dana Okafor" in seen
    assert "ask before quoting" in seen
    assert "Ken Ward, the owner" in seen
    assert "Nothing is known that one should leave alone." in seen


def test_sections_come_into_sight_from_the_top_a_few_in_a_step(known, told, qtbot):
    page = CustomerPage(told)
    qtbot.addWidget(page)
    page.show()
    seen = []

    def note():
        seen.append([key for key, one in page.sections.items() if one.isVisibleTo(page)])

    page._next.timeout.connect(note)
    with qtbot.waitSignal(page.in_sight):
        page.arrive(known)
    note()
    steps = [len(after) - len(before) for before, after in zip([[], *seen], seen, strict=False)]
    assert max(steps) <= TOGETHER
    assert set(seen[-1]) == {key for key in ORDER if page.sections[key].shown or key not in ONLY_WITH_ROWS}
    for one in seen:
        assert seen[-1][: len(one)] == one, "what is in sight stays where it is"


def test_f2_changes_a_row_enter_saves_it_and_the_row_has_the_keyboard_again(page, house, qtbot):
    one = row(page, "w1")
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_F2)
    editor = page.findChild(Editor)
    assert page.focusWidget() is editor.words
    qtbot.keyClicks(editor.words, ", and a shed")
    qtbot.keyClick(editor.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: memory.get(house, "w1").text == "Fourteen crews in two counties, and a shed")
    calm(page, qtbot)
    qtbot.waitUntil(lambda: page.focusWidget() is row(page, "w1"))
    assert row(page, "w1").shown.text.endswith("and a shed")
    assert drafts(house, page._id) == {}


def test_escape_leaves_it_as_it_was(page, house, qtbot):
    one = row(page, "p1")
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Return)
    editor = page.findChild(Editor)
    qtbot.keyClicks(editor.words, " and Mondays")
    page.editing.flush()
    calm(page, qtbot)
    assert "p1" in drafts(house, page._id)
    qtbot.keyClick(editor.words, Qt.Key.Key_Escape)
    calm(page, qtbot)
    assert page.focusWidget() is row(page, "p1")
    assert memory.get(house, "p1").text == "A forecast on Fridays"
    assert drafts(house, page._id) == {}


def test_an_unknown_line_is_filled_where_it_stands(page, house, qtbot):
    one = row(page, "new:who:mood")
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Return)
    qtbot.keyClicks(page.findChild(Editor).words, "Tired, but warm")
    press(page, "Save", qtbot)
    qtbot.waitUntil(lambda: "Tired, but warm" in texts(page))
    assert texts(page).count("Unknown") == 3


def test_a_day_that_is_none_is_told_and_nothing_is_lost(page, house, qtbot):
    press(page, "Add a promise…", qtbot)
    editor = page.findChild(Editor)
    qtbot.keyClicks(editor.words, "Two trainers")
    due = next(line for line in editor.findChildren(QLineEdit) if line.accessibleName() == "Until when")
    qtbot.keyClicks(due, "next week")
    qtbot.keyClick(due, Qt.Key.Key_Return)
    assert any("next week" in text for text in texts(editor))
    due.clear()
    qtbot.keyClicks(due, "2026-12-01")
    qtbot.keyClick(due, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Two trainers" in texts(page))
    assert any("until 1 December" in text for text in texts(page))


def test_a_killed_window_finds_what_was_being_written(known, open_page, house, tmp_path, qtbot):
    page = open_page(known)
    press(page, "Add a goal…", qtbot)
    qtbot.keyClicks(page.findChild(Editor).words, "Nobody waits for a valve")
    assert editing.SOON < 1000  # milliseconds, from the first key on
    qtbot.waitUntil(lambda: "new:goal" in drafts(house, known))
    other = build(house.paths.home)  # another process would find the same file
    try:
        assert dict(drafts(other, known)["new:goal"].fields)["text"] == "Nobody waits for a valve"
    finally:
        other.close()
    again = open_page(known)
    editor = again.findChild(Editor)
    assert editor.words.toPlainText() == "Nobody waits for a valve"
    assert "This was being written and is not saved yet." in texts(again)
    qtbot.keyClick(editor.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "“Nobody waits for a valve”" in texts(again))
    assert drafts(house, known) == {}


def test_a_removed_row_can_be_taken_back(page, house, told, qtbot):
    counted = []
    object.__setattr__(page.frame, "count_down", lambda *given: counted.append(given) or (lambda: None))
    one = row(page, "q1")
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(counted))
    calm(page, qtbot)
    assert memory.get(house, "q1").state == "dropped"
    assert "What holds no more" in texts(page)
    seconds, _tells, label, undo = counted[0]
    assert (seconds, label) == (10, "Undo")
    undo()
    qtbot.waitUntil(lambda: memory.get(house, "q1").state == "open")
    calm(page, qtbot)
    assert row(page, "q1").shown.quote


def test_what_became_of_a_promise_is_one_line(page, house, answers, qtbot):
    answers.texts = ["It came every Friday since March."]
    row(page, "p1").menu()
    row(page, "p1").wanted.emit("end:kept", "p1")
    qtbot.waitUntil(lambda: memory.get(house, "p1").state == "kept")
    calm(page, qtbot)
    assert "Kept on 21 November: It came every Friday since March." in texts(page)


def test_a_goal_that_changed_keeps_what_it_was_before(page, house, qtbot):
    row(page, "g1").wanted.emit("follow", "g1")
    editor = page.findChild(Editor)
    qtbot.keyClicks(editor.words, "To be rung first")
    qtbot.keyClick(editor.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "“To be rung first”" in texts(page))
    calm(page, qtbot)
    fresh = next(one for one in page.sections["goal"].shown if one.text == "To be rung first")
    assert fresh.before == ("Sixteen crews (1 September)", "Twelve crews (1 May 2024)")
    assert memory.get(house, "g1").state == "changed"


def test_with_the_workspace_away_what_is_written_waits_and_says_so(page, house, qtbot):
    workspace = house.workspace
    object.__setattr__(house, "workspace", away)
    one = row(page, "w1")
    qtbot.keyClick(one, Qt.Key.Key_F2)
    editor = page.findChild(Editor)
    editor.words.setPlainText("Fifteen crews")
    qtbot.keyClick(editor.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Fifteen crews" in texts(page))
    calm(page, qtbot)
    assert "Will be shared when the network is back." in texts(page)
    assert any("the workspace is away" in text for text in texts(page))
    press(page, "Add what to leave alone…", qtbot)
    fresh = page.findChild(Editor)
    qtbot.keyClicks(fresh.words, "The strike")
    qtbot.keyClick(fresh.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "The strike" in texts(page))
    calm(page, qtbot)
    row(page, "contact:c1").wanted.emit("quote:no", "contact:c1")
    qtbot.waitUntil(lambda: "not to be quoted" in row(page, "contact:c1").shown.small[1])
    calm(page, qtbot)
    object.__setattr__(house, "workspace", workspace)
    assert cross(house) == 3
    with qtbot.waitSignal(page.in_sight):
        page.reload()
    assert "Will be shared when the network is back." not in texts(page)
    assert {"Fifteen crews", "The strike"} <= set(texts(page))


def test_never_read_and_away_the_kept_brief_tells_what_it_said(known, told, house, qtbot):
    made = datetime(2026, 11, 20, 9, tzinfo=UTC)
    start = made + timedelta(days=2)
    brief = Brief(
        "m1", "p", made, "Review", "Kestrel Plumbing Supply", known, start, start, "UTC", "", "", "", "", None,
        (Somebody("Ken Ward", "the owner"),), (Stated("", "does"),), (Stated("Sixteen crews", source="Rosa"),), (),
        (Stated("The strike"),), "Finance", (Stated("My part"),), (), "", (), address=house.me,
    )  # fmt: skip
    with house.device() as device:
        device.briefs.put(brief)
        device.briefs.put(replace(brief, meeting_id="m2", made=made + timedelta(days=9), address="else@ferro.example"))
    object.__setattr__(house, "workspace", away)
    page = CustomerPage(told)
    qtbot.addWidget(page)
    page.show()
    page.arrive(known)
    qtbot.waitUntil(lambda: "“Sixteen crews”" in texts(page))
    seen = texts(page)
    assert {"Kestrel Plumbing Supply", "Their goals", "The strike"} <= set(seen)
    assert any(text.endswith("This is what your brief said on 20 November.") for text in seen)
    assert not any("My part" in text for text in seen)


def test_changed_by_two_people_shows_both_and_one_is_chosen(known, open_page, house, qtbot):
    base = memory.get(house, "w1")
    memory.change(house, replace(base, text="Fourteen crews, says Rosa"), base.revision)
    memory.change(house, replace(base, text="Fourteen crews, says Dana"), base.revision)
    page = open_page(known)
    assert any(text.startswith("Changed by two people") for text in texts(page))
    assert "Dana Okafor: Fourteen crews, says Rosa" in texts(page)
    press(page, "Take these", qtbot)
    qtbot.waitUntil(lambda: memory.get(house, "w1").text == "Fourteen crews, says Rosa")
    calm(page, qtbot)
    assert not any(text.startswith("Changed by two people") for text in texts(page))


def test_a_person_gets_a_line_and_a_word_on_quoting(page, house, qtbot):
    one = row(page, "contact:c1")
    qtbot.keyClick(one, Qt.Key.Key_F2)
    editor = page.findChild(ContactEditor)
    line = next(field for field in editor.findChildren(QLineEdit) if field.accessibleName() == "One human line")
    qtbot.keyClicks(line, "Builds boats on Sundays")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Builds boats on Sundays" in texts(page))
    row(page, "contact:c1").wanted.emit("quote:yes", "contact:c1")
    qtbot.waitUntil(lambda: any("may be quoted" in text for text in row(page, "contact:c1").shown.small))


def test_erasing_shows_what_is_held_and_asks_once(page, house, answers, told, qtbot):
    row(page, "contact:c1").wanted.emit("held", "contact:c1")
    qtbot.waitUntil(lambda: bool(answers.shown))
    content, ask = answers.shown[0]
    qtbot.addWidget(content)
    assert any("the entry among their people" in text for text in texts(content))
    ask()
    qtbot.waitUntil(lambda: bool(told.said))
    assert told.said[0].startswith("They are erased")
    title, text = answers.asked[-1]
    assert title == "Erase Ken Ward?"
    assert "beyond reach" in text
    calm(page, qtbot)
    with house.workspace(write=False) as tx:
        assert not tx.customers.contacts(page._id)


def test_staff_of_a_shared_workspace_are_told_why_they_see_nothing(known, told, house, open_page, qtbot):
    object.__setattr__(house, "workspace_shared", True)
    as_agnes = people.set_me(house, "agnes.mulder@ferro.example")
    told.tasks.adopt(as_agnes)
    page = open_page(known)
    assert not any("Sixteen crews" in text for text in texts(page))
    assert len([text for text in texts(page) if len(text) > 20]) >= 1


def test_of_many_facts_a_handful_is_built(known, open_page, house, qtbot):
    with house.workspace() as tx:
        for at in range(1200):
            tx.facts.put(Fact(f"n{at}", known, "quote", f"Sentence {at}", heard_on=date(2026, 1, 1)))
    page = open_page(known)
    assert len(page.sections["quote"].shown) == 1201
    assert len(page.findChildren(KnownRow)) < 100
    press(page, "Show more (1191)", qtbot)
    assert len(page.sections["quote"].rows.rows) == 50


def test_the_wanted_fact_is_reached_however_far_down_it_stands(known, open_page, house, qtbot):
    with house.workspace() as tx:
        for at in range(60):
            tx.facts.put(Fact(f"n{at:03}", known, "quote", f"Sentence {at}", heard_on=date(2026, 1, 1)))
    page = open_page(f"{known}#n055")
    qtbot.waitUntil(lambda: isinstance(page.focusWidget(), KnownRow) and page.focusWidget().shown.key == "n055")


def test_long_names_wrap_and_the_page_never_scrolls_sideways(known, open_page, house, qtbot):
    memory.remember(house, Fact("x1", known, "touch", LONG, "Đội Vận hành", source=LONG))
    page = open_page(known)
    page.resize(760, 500)
    assert page.column.horizontalScrollBar().maximum() == 0
    assert page.column.widget().width() <= page.column.viewport().width()


def test_the_top_is_changed_in_a_form(page, house, answers, qtbot):
    answers.forms = [{"segment": "Plumbing", "off_limits": "Rialto; the strike", "nda": "yes", "public_name": "a firm"}]
    press(page, "Change…", qtbot)
    qtbot.waitUntil(lambda: "NDA" in " ".join(texts(page)))
    assert "Never in a takeaway: Rialto, the strike." in texts(page)
    assert "For everyone they are called “a firm”." in texts(page)
    with house.workspace(write=False) as tx:
        kept = tx.customers.get(page._id)
    assert (kept.segment, kept.nda, kept.domains) == ("Plumbing", True, ("kestrel.example",))


def test_enter_in_the_list_of_sections_goes_to_its_first_row_and_escape_comes_back(page, qtbot):
    page.index.setFocus()
    page.index.choose("promise")
    qtbot.keyClick(page.index, Qt.Key.Key_Return)
    assert page.focusWidget() is row(page, "p1")
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Escape)
    assert page.focusWidget() is page.index
    assert find(page, "Add a goal…")


def test_another_row_of_the_section_saves_what_was_written_in_the_first(page, house, qtbot):
    row(page, "p1").wanted.emit("edit", "p1")
    editor = page.findChild(Editor)
    qtbot.keyClicks(editor.words, " and Mondays")
    press(page, "Add a promise…", qtbot)
    qtbot.waitUntil(lambda: memory.get(house, "p1").text == "A forecast on Fridays and Mondays")
    calm(page, qtbot)
    assert page.editing.open_keys == ("new:promise",)
    assert drafts(house, page._id) == {}


def test_a_first_editor_that_cannot_be_saved_keeps_its_place(page, house, qtbot):
    row(page, "p1").wanted.emit("edit", "p1")
    editor = page.findChild(Editor)
    editor.words.setPlainText(" ")
    press(page, "Add a promise…", qtbot)
    calm(page, qtbot)
    assert page.editing.open_keys == ("p1",)
    assert "Write a few words first, or leave it as it was." in texts(page)


@pytest.fixture
def window(known, look, inline, house, state, answers, qtbot):
    inline.open(lambda: house, lambda _house: None, lambda _problem: None)
    made = Window(look, inline, PAGES, state, sync=lambda: None, ask=answers)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_page("home")
    qtbot.waitUntil(lambda: inline.busy == 0)
    yield made
    made.close()


def test_by_keyboard_alone_from_anywhere_to_a_changed_fact(window, inline, house, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    search = window.page("search")
    assert window.focusWidget() is search.field
    qtbot.keyClicks(search.field, "sixteen cre")
    qtbot.waitUntil(lambda: search.list.current == "fact:g1")
    qtbot.keyClick(search.field, Qt.Key.Key_Return)
    assert window.current == "customer"
    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), KnownRow))
    assert window.focusWidget().shown.key == "g1"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F2)
    qtbot.keyClicks(window.focusWidget(), " by summer")
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: memory.get(house, "g1").text == "Sixteen crews by summer")
    qtbot.waitUntil(lambda: inline.busy == 0 and isinstance(window.focusWidget(), KnownRow))
    assert window.focusWidget().shown.text == "Sixteen crews by summer"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.current == "search"


def test_control_z_takes_a_removal_back(window, inline, house, known, qtbot):
    window.show_page("customer", known)
    page = window.page("customer")
    qtbot.waitUntil(lambda: page.sections["timeline"].isVisibleTo(page))
    calm(page, qtbot)
    row(page, "q1").setFocus()
    qtbot.keyClick(row(page, "q1"), Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(window.counting.sentence))
    assert memory.get(house, "q1").state == "dropped"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: memory.get(house, "q1").state == "open")
    qtbot.waitUntil(lambda: inline.busy == 0)
