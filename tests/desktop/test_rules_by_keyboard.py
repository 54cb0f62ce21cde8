"""The rules by keyboard alone: from Settings to the page, a word, a try, a save, and back out of the window."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from companion.programme import accounts
from companion.programme.proposal import current
from desktop.made import NOW
from desktop.seen import texts
from desktop.test_by_keyboard import WAIT, Hands, session
from fakes.ics import calendar, event

__all__ = ["session"]


@pytest.fixture
def connected(session, tmp_path, qtbot):
    """The session with a calendar in which a stocktake counts for too little."""
    path = tmp_path / "work.ics"
    start = f"{NOW - timedelta(days=30):%Y%m%dT%H%M%SZ}"
    path.write_bytes(calendar(event("weak", start, title="Kestrel Plumbing Supply stocktake", guests=(), organiser="")))
    new = accounts.NewAccount("ics", "Work", str(path))
    session.tasks.write(lambda house, _ticket: accounts.add(house, new))
    qtbot.waitUntil(lambda: session.tasks.busy == 0, timeout=WAIT)
    return session


def test_a_word_is_added_tried_and_saved(connected, qtbot):
    hands, window = Hands(connected, qtbot), connected.window
    hands.key(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    hands.press("Open: What counts as a customer meeting")
    assert window.current == "rules"
    page = window.page("rules")
    hands.tab_to("Add to: Words of a review")
    hands.type("stocktake")
    hands.key(Qt.Key.Key_Return)
    assert isinstance(hands.focus, QLineEdit)
    assert hands.focus.text() == ""
    hands.tab_to("Take out “review”")
    hands.tab_to("Add to: Words that hold an entry back")  # the other words are no stops
    hands.tab_to("Try the rules on the past twelve months", back=True)
    hands.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: any(text.startswith("Would catch 1 meeting") for text in texts(page)), timeout=WAIT)
    assert "Caught · 1" in texts(page)
    hands.press("Save the rules")
    found = []
    connected.tasks.read(lambda house, _ticket: current(house), found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT)
    assert "stocktake" in found[0].words
    assert "Nothing is changed." in texts(page)


def test_tab_goes_down_the_page_and_lands_on_the_chosen_level(connected, qtbot):
    hands, window = Hands(connected, qtbot), connected.window
    hands.key(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    hands.press("Open: What counts as a customer meeting")
    page = window.page("rules")
    page.choose_level("strict")
    page.add_words(("stocktake",))
    page.add_hold(("strike",))
    page.drop_word("review")  # rebuilt rows come last in Qt's own order
    hands.tab_to("Undo the last edit")
    seen = []
    while hands.focus is not None and page.isAncestorOf(hands.focus) and len(seen) < 60:
        seen.append(hands.focus)
        hands.key(Qt.Key.Key_Tab)
    heights = [one.mapTo(page.view.column.widget(), one.rect().topLeft()).y() for one in seen[3:]]
    assert heights == sorted(heights)
    names = [one.accessibleName() for one in seen]
    assert names[:4] == [
        "Undo the last edit", "Try the rules on the past twelve months", "Save the rules",
        "How sure it must be: Strict (70 points)",
    ]  # fmt: skip
    assert sum("How sure it must be" in name for name in names) == 1
    assert names.index("Add to: Words of a review") < names.index("Add to: Words that hold an entry back")
    assert names[-1] == "Import customers from a table"
