"""The shell: pages by a list, the keyboard, the role, messages and progress."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.desktop.frame import Page, PageInfo
from companion.desktop.widgets.buttons import button
from companion.desktop.window import Window


class Paper(Page):
    """A page that notes what happened to it."""

    def __init__(self, frame):
        super().__init__(frame)
        self.told = []
        line = QVBoxLayout(self)
        self.field = QLineEdit()
        self.field.setAccessibleName("Search")
        line.addWidget(self.field)
        line.addWidget(button("Do", lambda: None))

    def reload(self):
        self.told.append("reload")
        self.read(lambda house, _ticket: house, lambda house: self.told.append(house))

    def arrive(self, item):
        self.told.append(item)

    def leave(self):
        self.told.append("leave")

    def look_up(self):
        self.field.setFocus()


PAGES = (
    PageInfo("home", "Home", Paper, Changes.MEETINGS | Changes.TAKEAWAYS),
    PageInfo("meetings", "Meetings", Paper, Changes.MEETINGS),
    PageInfo("listen", "Listen", Paper, Changes.NOTES, "hidden", under="meetings"),
    PageInfo("read", "Read", Paper, Changes.TAKEAWAYS),
    PageInfo("customers", "Customers", Paper, Changes.CUSTOMERS, "ops"),
    PageInfo("search", "Search", Paper, Changes.TAKEAWAYS, "more"),
    PageInfo("board", "Board", Paper, Changes.ATTENDANCE, "ops"),
    PageInfo("settings", "Settings", Paper, Changes.CALENDARS, "bottom"),
    PageInfo("calendars", "Calendars", Paper, Changes.CALENDARS, "hidden", under="settings"),
    PageInfo("first", "Welcome", Paper, Changes.PROGRAMME, "bare"),
)


@pytest.fixture
def synced():
    return []


@pytest.fixture
def window(look, tasks, state, answers, synced, qtbot):
    tasks.open(lambda: "house", lambda _house: None, lambda _problem: None)
    made = Window(look, tasks, PAGES, state, sync=lambda: synced.append(True), ask=answers)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.ControlModifier):
    qtbot.keyClick(window, key, modifier)


def test_it_paints_before_any_page_is_made(window, qtbot):
    with qtbot.waitSignal(window.painted, raising=False, timeout=200):
        pass
    assert window.current == ""
    window.show_page("home")
    qtbot.waitUntil(lambda: window.page("home").told == ["reload", "house"])


def test_the_list_follows_the_role_and_more_until_used(window):
    assert window.navigation.keys == ["home", "meetings", "read", "settings"]
    window.show_page("board")
    assert window.navigation.keys == ["home", "meetings", "read", "board", "settings"]
    window.arrange("ops")
    assert window.navigation.keys == ["home", "meetings", "read", "customers", "board", "settings"]
    more = [b for b in window.navigation.findChildren(QPushButton) if b.accessibleName() == "More pages"]
    assert all(not b.isVisible() for b in more)


def test_the_keyboard_reaches_pages_and_verbs(window, qtbot, synced, answers):
    window.show_page("home")
    press(qtbot, window, Qt.Key.Key_2)
    assert window.current == "meetings"
    press(qtbot, window, Qt.Key.Key_9)
    assert window.current == "meetings"
    press(qtbot, window, Qt.Key.Key_4)
    assert window.current == "settings"
    press(qtbot, window, Qt.Key.Key_R)
    press(qtbot, window, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    assert synced == [True, True]
    press(qtbot, window, Qt.Key.Key_K)
    assert window.current == "search"
    qtbot.waitUntil(lambda: window.focusWidget() is window.page("search").field)
    press(qtbot, window, Qt.Key.Key_2)
    press(qtbot, window, Qt.Key.Key_F)
    assert window.current == "meetings"
    qtbot.waitUntil(lambda: window.focusWidget() is window.page("meetings").field)
    press(qtbot, window, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    title, text = answers.asked[0]
    assert title == "Keys"
    assert "Ctrl+1" in text


def test_a_hidden_page_shows_its_parent_in_the_list_and_gets_its_item(window, qtbot):
    window.show_page("listen", "note-1")
    assert window.page("listen").told[:2] == ["note-1", "reload"]
    checked = [b.accessibleName() for b in window.navigation.findChildren(QPushButton) if b.isChecked()]
    assert checked == ["Meetings"]
    window.show_page("home")
    assert "leave" in window.page("listen").told


def test_the_first_screen_stands_alone(window, qtbot):
    window.show_page("first")
    assert not window.navigation.isVisible()
    press(qtbot, window, Qt.Key.Key_1)
    assert window.current == "first"
    window.show_page("home")
    assert window.navigation.isVisible()


def test_pages_read_again_when_their_facts_change(window, tasks, qtbot):
    window.show_page("home")
    window.show_page("read")
    qtbot.waitUntil(lambda: tasks.busy == 0)
    for key in ("home", "read"):
        window.page(key).told.clear()
    tasks.changed.emit(Changes.TAKEAWAYS)
    assert window.page("read").told == ["reload"]
    assert window.page("home").told == []
    tasks.changed.emit(Changes.CUSTOMERS)
    window.show_page("home")
    assert window.page("home").told == ["reload"]
    qtbot.waitUntil(lambda: tasks.busy == 0)


def test_a_problem_stands_in_the_message_bar_until_it_is_closed(window, tasks):
    window.show_page("home")
    tasks.problem.emit(Problem("date_wrong", what="start", value="never"))
    assert window.messages.sentence == "never is not a date for start. Write it as 2026-11-21."
    window.show_page("read")
    assert window.messages.sentence
    window.messages.say("Saved.")
    window.show_page("home")
    assert window.messages.sentence == ""


def test_a_problem_names_the_page_not_the_command(window, tasks):
    window.show_page("home")
    for problem, said in (
        (Problem("me_unset"), "Nobody has said who works here. Say it in Settings."),
        (Problem("fact_unknown", fact="f1"), "This is not known any more; perhaps somebody took it out. "
         "Open the customer again."),
    ):  # fmt: skip
        tasks.problem.emit(problem)
        assert window.messages.sentence == said


def test_a_message_can_bring_a_button(window, qtbot):
    done = []
    window.messages.say("It did not go.", "warning", "Try again", lambda: done.append(True))
    again = next(b for b in window.messages.findChildren(QPushButton) if b.text() == "Try again")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert done == [True]
    assert window.messages.sentence == ""


def test_long_work_shows_and_can_be_cancelled(window, tasks, qtbot):
    gate, stopped = threading.Event(), []

    def work(_house, ticket):
        try:
            while not gate.wait(0.06):
                ticket.step("reading", 312, 1031)
        finally:
            stopped.append(True)

    tasks.fetch(work)
    qtbot.waitUntil(window.strip.isVisible)
    cancel = window.strip.findChild(QPushButton)
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stopped == [True])
    qtbot.waitUntil(lambda: not window.strip.isVisible())
    gate.set()


def test_the_counts_are_told_to_the_eye_and_the_ear(window, qtbot):
    window.navigation.show_count("read", 3)
    names = [b.accessibleName() for b in window.navigation.findChildren(QPushButton)]
    assert "Read, 3 unread" in names
    window.arrange("ops")

    def shown():
        return [b.accessibleName() for b in window.navigation.findChildren(QPushButton) if b.isVisibleTo(window)]

    qtbot.waitUntil(lambda: "Read, 3 unread" in shown())


def test_it_remembers_where_it_stood(look, tasks, state, answers, qtbot):
    for start in range(2):
        window = Window(look, tasks, PAGES, state, sync=lambda: None, ask=answers)
        window.show()
        qtbot.waitExposed(window)
        if start == 0:
            window.resize(800, 577)  # the offscreen screen is 800 wide
            window.show_page("board")
        else:
            assert (window.width(), window.height()) == (800, 577)
            assert "board" in window.navigation.keys
        window.close()
        window.deleteLater()


def test_everything_that_takes_the_focus_has_a_name(window, qtbot):
    window.show_page("home")
    window.navigation.say_synced("Synced 2 minutes ago")
    nameless = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and isinstance(widget, (QPushButton, QLineEdit))
        and not widget.accessibleName()
        and widget.isVisibleTo(window)
    ]
    assert nameless == []


def test_the_tab_key_walks_from_the_list_into_the_page(window, qtbot):
    window.show_page("home")
    seen = []
    window.navigation.findChildren(QPushButton)[0].setFocus()
    for _ in range(12):
        focus = window.focusWidget()
        seen.append(focus.accessibleName() if focus else "")
        qtbot.keyClick(focus or window, Qt.Key.Key_Tab)
    order = [name for name in seen if name in ("Home", "Settings", "Search", "Do")]
    assert order[:4] == ["Home", "Settings", "Search", "Do"] or order[:3] == ["Home", "Search", "Do"]


def test_no_ring_stands_anywhere_until_a_key_is_pressed(window, qtbot):
    window.show_page("home")
    assert window.focusWidget().focusPolicy() == Qt.FocusPolicy.ClickFocus
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.focusWidget().accessibleName() == "Home"


def test_the_bottom_line_leads_to_the_calendars(window, qtbot, synced):
    window.show_page("home")
    window.navigation.say_synced("Synced 2 minutes ago")
    line = next(b for b in window.navigation.findChildren(QPushButton) if "Synced" in b.accessibleName())
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert window.current == "calendars"
    assert synced == []


def test_a_sentence_can_be_taken_back_while_it_stands(window):
    window.messages.say("Dana is signed out.", "bad")
    assert window.frame.unsay("Mei is signed out.") is False
    assert window.messages.sentence == "Dana is signed out."
    assert window.frame.unsay("Dana is signed out.") is True
    assert window.messages.sentence == ""
    assert window.frame.unsay("") is False


def test_the_bottom_line_is_as_high_as_its_words(window, qtbot):
    window.show_page("home")
    window.navigation.say_synced("The calendar of the whole back office not read since 15 November")
    line = next(b for b in window.navigation.findChildren(QPushButton) if "not read" in b.accessibleName())
    qtbot.waitUntil(lambda: line.height() >= line.heightForWidth(line.width()) > 28)


def test_the_bottom_line_cuts_a_long_address_and_tells_it_whole_in_its_tip(window, qtbot):
    window.show_page("home")
    name = "krzysztof.grzegorz.brzeczyszczykiewicz-nguyen-thi-bich-hang@ferro-building-supply.example"
    window.navigation.say_synced(f"{name}: signed out", [f"{name}: signed out"])
    line = next(b for b in window.navigation.findChildren(QPushButton) if "signed out" in b.accessibleName())
    room = line.fontMetrics()
    qtbot.waitUntil(lambda: all(room.horizontalAdvance(word) <= line.width() for word in line.shown().split(" ")))
    assert "…" in line.shown()
    assert line.shown().endswith(": signed out")
    assert line.words() == f"{name}: signed out"
    assert line.toolTip().count(name) == 1
    window.navigation.say_synced(f"{name} not read since yesterday")
    assert name in line.toolTip()
