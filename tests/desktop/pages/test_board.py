"""Board: heard n of m, next, what is needed, and why; names only under an agreement where it is shared."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from companion.attendance.board import Row
from companion.desktop.board.asked import Asked, keep_view, open_with, read_views
from companion.desktop.board.facts import read_board
from companion.desktop.board.folded import Folded
from companion.desktop.board.lines import listing, told
from companion.desktop.board.page import BoardPage
from companion.desktop.board.periods import offered
from companion.desktop.widgets.text import PlainLabel
from companion.people.model import Person
from desktop.made import NOW
from desktop.seen import find, texts


def shown(page):
    """The page once it has read and drawn."""
    page.resize(1100, 760)
    page.show()
    return page


@pytest.fixture
def page(told, qtbot):
    made = BoardPage(told)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.filled):
        shown(made).reload()
    qtbot.waitUntil(lambda: bool(made.past.text()))
    return made


@pytest.fixture
def crowd(house):
    """Six more leaders: five in one team, one in a team of one."""
    with house.workspace() as tx:
        for number in range(5):
            tx.people.put(
                Person(f"x{number}", f"x{number}@ferro.example", f"Łucja {number}", team="Depot", role="leader")
            )
        tx.people.put(Person("x9", "x9@ferro.example", "Đặng Thị Lan", team="Quality", role="leader"))
    return house


def cells(page):
    """The four columns that are always there, row by row."""
    return [page.table.lines.line(row).cells[:4] for row in range(len(page.table.lines.lines))]


def again(page, qtbot, act):
    """Do something after which the board is read anew."""
    with qtbot.waitSignal(page.filled):
        act()


def choose(menu, label):
    """Choose a line of a menu."""
    menu.refill()
    (action,) = [one for one in menu.list_of.actions() if one.text().replace("&&", "&") == label]
    action.trigger()


def test_leaders_stand_under_their_teams(page):
    assert cells(page) == [
        ("Finance", "", "", ""),
        ("Dana Okafor", "1 of 2", "26 Nov · Kestrel Plumbing Supply", "nothing"),
        ("Legal", "", "", ""),
        ("Mei Tan", "0 of 2", "none", "needs 2 seats"),  # one of them beside Dana
    ]
    assert page.title.text() == "Board, 2026"
    assert page.sentence.text().endswith("1 of 2 is on track. 1 can only sit in beside a colleague.")
    assert page.past.text().startswith("2 reviews in 12 months; in 1 sat someone from the back office.")
    assert "Presence is not listening. Small numbers: counts, no ranking." in page.foot.text()
    assert page.sums.text().startswith("n = 2 leaders of whom something is expected: on track 1, heard 1 (expected 4)")


def drawn(page, row, column):
    """How many colours a cell shows, from its left edge."""
    table = page.table
    box = table.visualRect(table.lines.index(row, column))
    seen = table.viewport().grab(box).toImage()
    return len({seen.pixel(x, y) for x in range(seen.width()) for y in range(seen.height() - 2)})


def test_a_long_name_of_a_team_runs_on_over_the_cells_beside_it(crowd, page, qtbot):
    with crowd.workspace() as tx:
        tx.people.put(replace(Person("x9", "x9@ferro.example", "Đặng Thị Lan", role="leader"), team="Quality " * 6))
    again(page, qtbot, page.reload)
    headings = [row for row, item in enumerate(page.table.lines.lines) if isinstance(item, str)]
    (long,) = [row for row in headings if page.table.lines.lines[row].startswith("Quality Quality")]
    (short,) = [row for row in headings if page.table.lines.lines[row] == "Depot"]
    page.table.setCurrentIndex(page.table.lines.index(len(page.table.lines.lines) - 1, 0))
    assert drawn(page, long, 1) > 2
    assert drawn(page, short, 0) > 2
    assert drawn(page, short, 1) <= 2


def test_enter_on_a_cell_says_why_and_escape_goes_back(page, qtbot):
    page.activateWindow()
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.lines.index(1, 1))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(page.why.isVisible)
    assert page.why.name.text() == "Dana Okafor"
    assert page.why.figure.text() == "Heard: 1 of 2"
    assert any("Heard <b>Hòa & Bình</b> on 5 October" in text for text in texts(page.why))
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.why.isVisible())


@pytest.mark.parametrize("column", range(10))
def test_every_cell_says_why_with_one_click(page, qtbot, column):
    page.tools.more.setChecked(True)
    page.table.asked.emit(page.table.lines.lines[1].person.id, "leader")
    index = page.table.lines.index(1, column)
    page.table.scrollTo(index)
    page.table.setCurrentIndex(index)
    page.table.clicked.emit(index)
    label = ["State: nothing", "Heard:", "Next:", "What is needed:", "Last heard:", "Completed:", "Coming:",
             "Expected:", "Seated by:", "Customers:"][column]  # fmt: skip
    qtbot.waitUntil(lambda: page.why.isVisible() and page.why.figure.text().startswith(label))
    assert len(texts(page.why.column)) > 1


def test_what_is_behind_a_figure_leads_to_the_meeting(page, told, qtbot):
    place = page.table.visualRect(page.table.lines.index(1, 1)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(page.why.isVisible)
    qtbot.mouseClick(find(page.why, "Open the meeting"), Qt.MouseButton.LeftButton)
    assert told.went[-1][0] == "meetings"
    assert told.went[-1][1]


def test_a_heading_is_passed_over_by_the_arrow_keys(page, qtbot):
    page.table.setCurrentIndex(page.table.lines.index(1, 1))
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.table.currentIndex().row() == 3
    qtbot.keyClick(page.table, Qt.Key.Key_Right)
    assert page.table.current == (page.table.lines.lines[3].person.id, "next")


def test_cells_are_told_to_the_ear(page):
    says = [page.table.lines.index(1, at).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(4)]
    assert says == [
        "Dana Okafor, Finance",
        "Dana Okafor, Heard: 1 of 2, 1 attended, 1 planned",
        "Dana Okafor, Next: 26 Nov · Kestrel Plumbing Supply",
        "Dana Okafor, What is needed: nothing",
    ]


def test_typing_narrows_and_the_sums_are_of_what_is_listed(crowd, page, qtbot):
    again(page, qtbot, page.reload)
    qtbot.keyClicks(page.tools.search, "dang")
    qtbot.waitUntil(lambda: [row[0] for row in cells(page)] == ["Quality", "Đặng Thị Lan"])
    assert page.sums.text().startswith("n = 1 leader of whom")
    page.tools.search.clear()
    qtbot.waitUntil(lambda: len(cells(page)) > 4)
    page.tools.states.choose("on_track")
    assert [row[0] for row in cells(page)] == ["Finance", "Dana Okafor"]
    assert page.about.text() == "1 has heard enough, or has seats enough."


def test_a_team_and_an_order_can_be_chosen(crowd, page, qtbot):
    again(page, qtbot, page.reload)
    teams = ["Depot", "Finance", "Legal", "Quality"]
    for order in ("Longest not heard first", "By what is needed", "By name"):
        choose(page.tools.order, order)
        assert [row[0] for row in cells(page) if not row[1]] == teams, "nobody stands at the head of the whole house"
    choose(page.tools.team, "Depot")
    assert [row[0] for row in cells(page)] == ["Depot", *(f"Łucja {number}" for number in range(5))]
    assert page.table.rowHeight(0) < page.table.rowHeight(1)
    choose(page.tools.team, "All teams")
    assert [page.table.rowHeight(row) < 36 for row in range(3)] == [True, False, False]


def test_within_a_team_the_order_is_as_asked(crowd, page, qtbot):
    with crowd.workspace() as tx:
        tx.people.put(Person("a0", "a0@ferro.example", "Aart", team="Finance", role="leader"))
    again(page, qtbot, page.reload)
    finance = lambda: [row[0] for row in cells(page)][6:9]  # noqa: E731
    assert finance() == ["Finance", "Aart", "Dana Okafor"]
    choose(page.tools.order, "By what is needed")
    assert finance() == ["Finance", "Aart", "Dana Okafor"]
    with crowd.workspace() as tx:
        tx.people.put(Person("a0", "a0@ferro.example", "Zita", team="Finance", role="leader"))
    again(page, qtbot, page.reload)
    assert finance() == ["Finance", "Zita", "Dana Okafor"]
    choose(page.tools.order, "By name")
    assert finance() == ["Finance", "Dana Okafor", "Zita"]


def test_a_year_that_is_over_accuses_nobody(house, page, qtbot):
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), start=None))
    again(page, qtbot, lambda: page._take(Asked(span="2025", state="cannot_reach")))
    lines = [page.table.lines.line(row) for row in range(len(page.table.lines.lines))]
    people = [line for line in lines if not line.heading]
    assert [(line.cells[1], line.cells[2], line.cells[3], line.tone, line.beside) for line in people] == [
        ("0 of 2", "", "0 of 2", "", "")
    ] * 2
    assert [line.cells[4] for line in people] == ["not yet", "not yet"], "what was heard in 2026 is not of 2025"
    said = page.sentence.text()
    assert said == "0 of 4 expected meetings were heard; 0 of 2 leaders reached what was expected."
    for one in (page.plan, page.tools.states, page.about):
        assert not one.isVisible()


def test_in_a_low_window_the_figures_come_before_what_is_said_of_them(page, qtbot):
    assert all(one.isVisible() for one in (page.past, page.sums, page.foot))
    assert not page.folded.more.isVisible()
    high = page.table.height()
    page.resize(1100, 560)
    assert not any(one.isVisible() for one in (page.past, page.sums, page.foot))
    assert page.sentence.isVisible()
    qtbot.waitUntil(lambda: page.table.height() > high - 190)  # of the 200 that it is lower
    page.folded.more.click()
    assert all(one.isVisible() for one in (page.past, page.sums, page.foot))
    assert page.folded.more.text() == "Less about these figures"


def test_where_nobody_is_found_a_sentence_stands_in_place_of_the_table(page, qtbot):
    page.tools.search.setText("zzz")
    page.tools.settle()
    assert (page.nobody.isVisible(), page.table.isVisible(), page.sums.isVisible()) == (True, False, False)
    assert page.nobody.said.text() == "Nobody is found by that."
    page.nobody.everybody.click()
    assert (page.nobody.isVisible(), page.table.isVisible(), page.sums.isVisible()) == (False, True, True)
    assert page.tools.search.text() == ""


def test_sentences_are_no_windows_before_they_stand_in_a_page(qtbot):
    sentence = PlainLabel("2 reviews in 12 months.")
    folded = Folded([sentence])
    for one in (sentence, folded.more):
        qtbot.addWidget(one)
        assert not one.isVisible()


def test_the_order_is_as_wide_whatever_is_chosen(page):
    choose(page.tools.order, "Longest not heard first")
    wide = page.tools.order.width()
    assert page.tools.order.text() == "Longest not heard first"
    choose(page.tools.order, "By name")
    assert page.tools.order.width() == wide


def test_who_arrives_stands_in_the_table(page):
    page.activateWindow()
    page.arrive("")
    assert page.table.hasFocus()


def test_a_kept_view_in_an_order_of_before_opens_by_team(house):
    keep_view(house, "All", Asked(order="name"))
    assert read_views(house).kept["All"].order == "team"


def test_what_was_before_is_of_the_period_that_is_shown(page, qtbot):
    page._take(Asked(as_of="2026-09-30"))
    qtbot.waitUntil(lambda: "Up to 30 September 2026" in page.past.text() or not page.past.isVisible())
    assert "in 1 sat" not in page.past.text(), "the review of October had not been held"


def test_a_shared_workspace_shows_the_own_row_and_sums_until_names_are_agreed(crowd):
    shared = replace(crowd, workspace_shared=True)
    view = read_board(shared, Asked())
    found = listing(view, Asked())
    named = [item.person.name for item in found.items if isinstance(item, Row)]
    assert named == ["Dana Okafor"], "one's own row, nobody else's"
    teams = [told(item, view).cells[0] for item in found.items if not isinstance(item, Row)]
    assert teams == ["all teams (8 leaders)"], "one's own row taken away, the sum of the small teams would be of two"
    with crowd.workspace() as tx:
        tx.people.put(Person("x8", "x8@ferro.example", "Lev Brandt", team="Quality", role="leader"))
    view = read_board(shared, Asked())
    found = listing(view, Asked())
    teams = [told(item, view).cells[0] for item in found.items if not isinstance(item, Row)]
    assert teams == ["Depot (5 leaders)", "other teams (4 leaders)"], "the sum of one is a name"
    assert not any(row.person.name in told(item, view).cells[0] for item in found.items
                   for row in view.board.rows if row.person.name != "Dana Okafor")  # fmt: skip
    with crowd.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), names_agreed="agreement of 12 January"))
        me = tx.people.by_address(crowd.me)
        assert me
        tx.people.put(replace(me, role="ops", target=2))
    view = read_board(shared, Asked())
    assert "Mei Tan" in [item.person.name for item in listing(view, Asked()).items if isinstance(item, Row)]


def test_why_there_are_no_names_is_said_and_ops_are_led_to_the_agreement(crowd, told, qtbot):
    object.__setattr__(crowd, "workspace_shared", True)
    with crowd.workspace() as tx:
        me = tx.people.by_address(crowd.me)
        assert me
        tx.people.put(replace(me, role="ops"))
    made = BoardPage(told)
    qtbot.addWidget(made)
    again(made, qtbot, shown(made).reload)
    assert "once the agreement or policy behind them is recorded" in made.foot.text()
    assert not made.tools.search.isVisibleTo(made)
    qtbot.mouseClick(find(made, "Record it"), Qt.MouseButton.LeftButton)
    assert told.went == [("held", "sheet")]


def test_a_view_is_kept_and_the_board_opens_with_it(page, house, answers, qtbot):
    page.tools.states.choose("needs_seat")
    page.tools.more.setChecked(True)
    answers.texts = ["Who needs us"]
    choose(page.keeping.menu, "Keep this view…")
    qtbot.waitUntil(lambda: "Who needs us" in read_views(house).kept)
    qtbot.waitUntil(lambda: page.keeping.name == "Who needs us")
    choose(page.keeping.menu, "Open the board with it")
    qtbot.waitUntil(lambda: page.keeping.views.first == "Who needs us")
    assert read_board(house).asked == Asked(state="needs_seat", more=True)
    choose(page.keeping.menu, "All leaders")
    assert len(cells(page)) == 4
    choose(page.keeping.menu, "Who needs us, at the start")
    assert [row[0] for row in cells(page)] == ["Legal", "Mei Tan"]
    choose(page.keeping.menu, "Let go of it")
    qtbot.waitUntil(lambda: not read_views(house).kept)


def test_only_one_view_is_the_first(house):
    for name in ("A", "B"):
        keep_view(house, name, Asked(text=name))
        open_with(house, name)
    assert read_views(house).first == "B"
    keep_view(house, "B", Asked(text="other"))
    assert read_views(house).first == "B", "kept anew it stays the first"
    assert open_with(house, "").first == ""


def test_more_columns_are_remembered(page, house, qtbot):
    assert page.table.isColumnHidden(5)
    page.tools.more.setChecked(True)
    assert not page.table.isColumnHidden(5)
    qtbot.waitUntil(lambda: read_board(house).asked.more)


@pytest.mark.parametrize("name", ["board.csv", "board.xlsx"])
def test_what_is_listed_is_written_to_a_file(page, answers, told, tmp_path, qtbot, name):
    page.tools.states.choose("needs_seat")
    answers.path = tmp_path / name
    choose(page.taking.menu, f"What is listed, as a table ({name[6:].upper()})…")
    qtbot.waitUntil(lambda: bool(told.said))
    assert answers.path.stat().st_size > 100
    if name.endswith("csv"):
        text = answers.path.read_text("utf-8-sig")
        assert "Mei Tan" in text
        assert "Dana" not in text
        assert "Need a seat" in (tmp_path / "board-about.csv").read_text("utf-8-sig")


def test_another_period_can_be_chosen(page, qtbot):
    again(page, qtbot, lambda: choose(page.period, "2025"))
    assert page.title.text() == "Board, 2025"
    again(page, qtbot, lambda: choose(page.period, "the last twelve months"))
    assert page.title.text() == "Board, the last twelve months"


def test_the_figures_of_a_day_can_be_asked_for(page, answers, told, qtbot):
    answers.texts = ["2026-10-01"]
    again(page, qtbot, lambda: choose(page.period, "As of a day…"))
    assert page.title.text() == "Board, 2026, as known on 1 October 2026"
    assert cells(page)[1][1] == "0 of 2"
    answers.texts = ["yesterday"]
    choose(page.period, "As of a day…")
    assert "yesterday" in told.said[-1]
    again(page, qtbot, lambda: choose(page.period, "As of today"))
    assert cells(page)[1][1] == "1 of 2"


def test_periods_of_a_firm_whose_year_begins_in_april():
    today = NOW.date()
    assert offered("04", today, ("2024",)) == [
        ("", "April 2026 to March 2027"),
        ("last", "April 2025 to March 2026"),
        ("calendar", "2026"),
        ("rolling", "the last twelve months"),
        ("2024", "2024, closed"),
    ]
    assert offered("", today, ("2025",)) == [
        ("", "2026"), ("last", "2025, closed"), ("rolling", "the last twelve months")
    ]  # fmt: skip


def test_the_work_list_leads_to_where_it_is_done(page, told, qtbot):
    page.parts.choose("work")
    qtbot.waitUntil(lambda: page.work.list.current != "")
    item = page.work._items[page.work.list.current]
    assert page.work.to_do.text() == item.what_to_do
    qtbot.keyClick(page.work.list, Qt.Key.Key_Return)
    assert told.went[-1] == (item.where, item.meeting_id or item.person_id)
