"""A long list: what is not looked at is not made, and every key still leads where it should."""

from functools import partial

import pytest
from PySide6.QtCore import Qt

from companion.desktop.widgets.items import PAGE, Item, ItemList, Later

MANY = 30 * PAGE


class Made:
    """Entries that tell which of them were asked for and made."""

    def __init__(self, count: int) -> None:
        self.count, self.asked, self.made = count, 0, []

    def __iter__(self):
        yield Item("", "A month")
        for number in range(self.count):
            self.asked += 1
            yield Later(f"k{number}", f"Title {number:05d}", partial(self._make, number))

    def _make(self, number: int) -> Item:
        self.made.append(number)
        return Item(f"k{number}", f"Title {number:05d}", "below", "tag")


@pytest.fixture
def shown(look, qtbot):
    made = ItemList(look, "Long")
    qtbot.addWidget(made)
    made.resize(320, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_showing_asks_for_one_part_and_makes_what_is_seen(shown, qtbot):
    entries = Made(MANY)
    shown.show_items(entries, "k0")
    shown.viewport().repaint()
    assert 0 < len(entries.made) < 20, "a screenful"
    assert entries.asked < 2 * PAGE
    assert shown.current == "k0"


def test_it_grows_as_somebody_goes_down(shown, qtbot):
    entries = Made(MANY)
    shown.show_items(entries, "k0")
    for _ in range(20):
        bar = shown.verticalScrollBar()
        bar.setValue(bar.maximum())
        qtbot.wait(0)
        if entries.asked == MANY:
            break
    assert entries.asked == MANY
    assert shown.model().rowCount() == MANY + 1
    assert not shown.model().canFetchMore()


def test_end_and_home_lead_to_the_end_of_all(shown, qtbot):
    shown.show_items(Made(MANY), "k0")
    qtbot.keyClick(shown, Qt.Key.Key_End)
    assert shown.current == f"k{MANY - 1}"
    qtbot.keyClick(shown, Qt.Key.Key_Home)
    assert shown.current == "k0", "the heading above it cannot be stood on"


def test_typing_a_title_finds_it_wherever_it_stands(shown, qtbot):
    entries = Made(MANY)
    shown.show_items(entries, "k0")
    qtbot.keyClicks(shown, "Title 02")
    assert shown.current == "k2000"
    assert len(entries.made) < 60, "titles are known without making items"


def test_an_item_far_down_is_reached_and_told_whole(shown):
    entries = Made(MANY)
    shown.show_items(entries)
    shown.choose("k1500")
    assert shown.current == "k1500"
    assert shown.visualRect(shown.currentIndex()).intersects(shown.viewport().rect())
    assert shown.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) == "Title 01500, below, tag"


def test_listing_again_holds_what_was_listed_and_where_one_stood(shown, qtbot):
    shown.show_items(Made(MANY), "k1500")
    held, at = shown.model().rowCount(), shown.verticalScrollBar().value()
    shown.show_items(Made(MANY))
    assert shown.current == "k1500"
    shown.viewport().repaint()
    assert (shown.model().rowCount(), shown.verticalScrollBar().value()) == (held, at)


def test_a_key_that_is_not_there_leads_nowhere(shown):
    shown.show_items(Made(3))
    shown.choose("nothing")
    assert shown.current == ""
    assert [item.title for item in shown.items] == ["A month", "Title 00000", "Title 00001", "Title 00002"]
