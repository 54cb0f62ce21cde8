"""Search: as one types, older answers dropped, the hit marked, Enter opens it."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QToolButton

from companion.basics.errors import Problem
from companion.desktop.search import page as search_page
from companion.desktop.search.listing import items, pieces, shift
from companion.desktop.search.page import SearchPage
from companion.programme.search import Excerpt, Hit, Results
from desktop.seen import texts

AT = datetime(2026, 11, 17, 10, tzinfo=UTC)
HITS = (
    Hit("takeaway", "t1", "c1", "Północ Logistyka", "One badge reader", Excerpt("We count in minutes.", ((12, 19),)),
        AT, "read", "t1"),
    Hit("fact", "f1", "c2", "Đặng Foods", "Goal", Excerpt("Minutes, not hours", ((0, 7),)), None, "customer", "c2"),
    Hit("note", "n1", "c2", "Đặng Foods", "Annual review", Excerpt("minutes", ((0, 7),)), AT, "listen", "m1"),
)  # fmt: skip


@pytest.fixture
def found(monkeypatch):
    asked = []

    def search(_house, text, **_more):
        asked.append(text)
        return Results(HITS) if "minutes".startswith(text) else Results()

    monkeypatch.setattr(search_page, "search", search)
    return asked


@pytest.fixture
def page(told, found, qtbot):
    made = SearchPage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.activateWindow()
    return made


def test_an_empty_field_says_what_is_searched_and_that_notes_stay_here(page):
    assert any("never leave this computer" in text for text in texts(page))
    assert not page.list.isVisibleTo(page)


def test_what_empties_the_field_stands_in_its_middle(page, qtbot):
    page.field.setText("minutes")
    cross = page.field.findChild(QToolButton)
    assert page.field.rect().contains(cross.geometry())
    assert abs(cross.geometry().center().y() - page.field.rect().center().y()) <= 1


def test_results_stand_under_headings_by_kind(page, qtbot):
    with qtbot.waitSignal(page.filled):
        qtbot.keyClicks(page.field, "minutes")
    listed = [(item.title, item.below) for item in page.list.items]
    assert listed == [
        ("What is known of customers", ""), ("Đặng Foods", "Minutes, not hours"),
        ("Takeaways", ""), ("One badge reader", "We count in minutes."),
        ("My notes, on this computer only", ""), ("Annual review", "minutes"),
    ]  # fmt: skip
    assert "3 found." in texts(page)


def test_enter_opens_the_first_and_down_walks_to_the_next(page, told, qtbot):
    with qtbot.waitSignal(page.filled):
        qtbot.keyClicks(page.field, "minutes")
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert told.went == [("customer", "c2#f1")]
    qtbot.keyClick(page.field, Qt.Key.Key_Down)
    assert page.focusWidget() is page.list
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert told.went[1:] == [("read", "t1")]
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert told.went[2:] == [("listen", "m1")]


def test_only_the_last_text_is_looked_for_and_shown(page, found, qtbot):
    with qtbot.waitSignal(page.filled):
        qtbot.keyClicks(page.field, "minutes")
    assert found == ["minutes"]
    page._on_answer(search_page.Answer("older", Results(), "UTC", date(2026, 11, 21)))
    assert len(page.list.items) == 6


def test_nothing_found_is_said_with_the_words(page, qtbot):
    with qtbot.waitSignal(page.filled):
        qtbot.keyClicks(page.field, "elephant")
    assert "Nothing was found for “elephant”." in texts(page)
    qtbot.keyClick(page.field, Qt.Key.Key_Escape)
    assert page.field.text() == ""
    assert any("never leave this computer" in text for text in texts(page))


def test_with_the_workspace_away_my_notes_are_found_and_it_says_so(told, house, qtbot):
    def away(*, write=True):
        raise Problem("workspace_unreachable")

    object.__setattr__(house, "workspace", away)
    made = SearchPage(told)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.filled):
        qtbot.keyClicks(made.field, "trainers")
    assert next(item.title for item in made.list.items) == "My notes, on this computer only"
    assert any("only your own notes, on this computer, were looked through" in text for text in texts(made))


def test_what_is_there_is_found_by_its_words_in_the_stores(told, house, qtbot):
    made = SearchPage(told)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.filled):
        qtbot.keyClicks(made.field, "polnoc")
    assert next((item.key.partition(":")[0], item.title) for item in made.list.items if item.key) == (
        "customer", "Północ Logistyka",
    )  # fmt: skip


def test_marks_become_pieces_and_a_far_hit_moves_into_sight(qapp):
    excerpt = Excerpt("a pallet that is late costs a crew day", ((17, 21),))
    assert pieces(excerpt) == [("a pallet that is ", False), ("late", True), (" costs a crew day", False)]
    metrics = QFontMetrics(qapp.font())
    far = Excerpt("word " * 40 + "late again", ((200, 204),))
    moved = shift(far, metrics, 200)
    (first, last) = moved.marks[0]
    assert moved.text[first:last] == "late"
    assert metrics.horizontalAdvance(moved.text[:last]) <= 200


def test_the_list_is_of_items_whose_marks_are_kept():
    listed = items(Results(HITS), "UTC", date(2026, 11, 21))
    assert [item.marks for item in listed if item.key] == [((0, 7),), ((12, 19),), ((0, 7),)]
    assert listed[3].tag == "Północ Logistyka · 17 Nov"
