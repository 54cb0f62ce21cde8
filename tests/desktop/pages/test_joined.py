"""Join reports in the window: taken in from files, shown, and what they leave to people decided."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from companion.attendance.report import Joined, Report
from companion.desktop.board.page import BoardPage
from companion.desktop.frame import TO_DECIDE
from companion.desktop.home.page import HomePage
from companion.desktop.meetings.listing import items
from companion.desktop.meetings.page import MeetingsPage
from companion.programme.joined import take
from companion.programme.seats import set_state
from companion.programme.views.meetings import meetings
from desktop.made import ME, meeting
from desktop.seen import find, press, texts

START = datetime(2026, 11, 17, 10, tzinfo=UTC)


@pytest.fixture
def review(house):
    return meeting(house, "Quarterly review", "Północ Logistyka")


def told_of(house, key, address, name, minutes):
    span = (START, START + timedelta(minutes=minutes))
    rows = tuple(
        Joined(mail, who, minutes * 60, (span,))
        for mail, who in ((address, name), ("rosa.vidal@ferro.example", "Rosa Vidal"))
    )
    assert take(house, key, [Report("teams", "", START, START + timedelta(hours=1), rows)])


def shown(told, qtbot, key, made=MeetingsPage):
    page = made(told)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    read_again(page, qtbot)
    page.arrive(key)
    return page


def read_again(page, qtbot):
    with qtbot.waitSignal(page.filled):
        page.reload()


def file(path, *people, start=START):
    """A report as Teams writes it: who was there, with their address and for how many minutes."""
    lines = [["1. Summary"], ["Meeting title", "Quarterly review"], [], ["2. Participants"],
             ["Name", "First Join", "Last Leave", "In-Meeting Duration", "Email", "Role"]]  # fmt: skip
    for name, address, minutes in (*people, ("Rosa Vidal", "rosa.vidal@ferro.example", 59)):
        left = start + timedelta(minutes=minutes)
        moments = [f"{at:%m/%d/%y, %I:%M:%S %p}" for at in (start, left)]
        lines.append([name, *moments, f"{minutes}m 0s", address, "Attendee"])
    path.write_text("".join("\t".join(line) + "\r\n" for line in lines), "utf-16")
    return path


def states(house, key):
    row = next(row for row in meetings(house).rows if row.meeting.id == key)
    return {seat.email: seat.state for seat in row.seats}


def test_who_was_there_by_the_report_has_its_source_beside_it(told, house, review, qtbot):
    told_of(house, review, ME, "Dana", 50)
    seen = " ".join(texts(shown(told, qtbot, review)))
    assert "was there" in seen
    assert "the join report of Microsoft Teams, read on" in seen


def test_a_short_stay_is_asked_about_and_answered_from_the_menu(told, house, review, changed, qtbot):
    told_of(house, review, ME, "Dana", 4)
    page = shown(told, qtbot, review)
    assert any("there for less than 10 minutes" in text for text in texts(page))
    change = next(b for b in page.findChildren(QPushButton) if b.text() == "Change" and b.isVisibleTo(page))
    change.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: bool(changed))
    row = next(row for row in meetings(house).rows if row.meeting.id == review)
    assert next(seat.state for seat in row.seats if seat.email == ME) == "attended"


def test_sides_that_do_not_agree_stand_beside_each_other(told, house, review, qtbot):
    set_state(house, review, ME, "missed", "host", "her chair was empty")
    told_of(house, review, ME, "Dana", 50)
    seen = texts(shown(told, qtbot, review))
    assert any("was there · the join report of Microsoft Teams" in line for line in seen)
    assert any("was not there · " in line and line.endswith("her chair was empty") for line in seen)


def test_a_report_from_a_file_says_who_was_there(told, house, review, answers, changed, tmp_path, qtbot):
    answers.paths = (file(tmp_path / "a.csv", ("Dana Okafor", ME, 50), ("Anna Kowal", "anna@polnoc.example", 50)),)
    page = shown(told, qtbot, review)
    press(page, "Join report…", qtbot)
    qtbot.waitUntil(lambda: bool(told.said))
    assert told.said == [
        "The join report of Microsoft Teams. Was there, for 10 minutes or more: Dana Okafor. "
        "Also there, counted and not kept: 1 of ours without a seat, 1 other person."
    ]
    assert changed
    assert states(house, review)[ME] == "attended"
    read_again(page, qtbot)
    assert any("the join report of Microsoft Teams" in text for text in texts(page))
    press(page, "Join report…", qtbot)
    qtbot.waitUntil(lambda: len(told.said) == 2)
    assert told.said[1].endswith("Nothing new: a report said so before.")


def test_sessions_in_two_files_are_united(told, house, review, answers, tmp_path, qtbot):
    later = START + timedelta(minutes=20)
    answers.paths = (
        file(tmp_path / "a.csv", ("Dana Okafor", ME, 6)),
        file(tmp_path / "b.csv", ("Dana Okafor", ME, 6), start=later),
    )
    press(shown(told, qtbot, review), "Join report…", qtbot)
    qtbot.waitUntil(lambda: bool(told.said))
    assert states(house, review)[ME] == "attended"


def test_one_wrong_file_stores_nothing_and_says_why(told, house, review, answers, inline, tmp_path, qtbot):
    other = file(tmp_path / "b.csv", ("Dana Okafor", ME, 50), start=START - timedelta(days=40))
    answers.paths = (file(tmp_path / "a.csv", ("Dana Okafor", ME, 50)), other)
    before = states(house, review)
    page = shown(told, qtbot, review)
    inline.problem.disconnect()  # the fixture takes any problem for a fault; this one is meant
    with qtbot.waitSignal(inline.problem) as heard:
        press(page, "Join report…", qtbot)
    assert (heard.args[0].code, heard.args[0].facts["wrong"]) == ("report_in_file", "report_other_meeting")
    assert not told.said
    assert states(house, review) == before


def test_backing_out_takes_nothing_in(told, house, review, answers, changed, qtbot):
    page = shown(told, qtbot, review)
    press(page, "Join report…", qtbot)
    assert len(answers.asked) == 1
    assert not told.said
    assert not changed


def test_only_a_meeting_that_is_over_has_a_report(told, house, qtbot):
    page = shown(told, qtbot, meeting(house, "Annual review", "Kestrel Plumbing Supply"))
    assert not [b for b in page.findChildren(QPushButton) if b.text() == "Join report…" and b.isVisibleTo(page)]


def test_from_the_board_to_each_seat_that_waits_and_on_until_none_is_left(
    told, house, review, answers, changed, qtbot
):  # fmt: skip
    board = shown(told, qtbot, "", BoardPage)
    assert not board.waiting.isVisibleTo(board)
    told_of(house, review, "mei.tan@ferro.example", "Mei Tan", 4)
    read_again(board, qtbot)
    press(board, "1 seat waits for a decision", qtbot)
    assert told.went == [("meetings", TO_DECIDE)]
    page = shown(told, qtbot, TO_DECIDE)
    assert page.list.current == review
    assert find(page, "Was not there").accessibleName() == "Mei Tan was not there"
    answers.texts = [""]
    press(page, "Was there", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    assert states(house, review)["mei.tan@ferro.example"] == "attended"
    read_again(page, qtbot)
    assert (find(page, "To decide").isChecked(), page.list.current) == (True, ""), "the list has nothing left"
    assert "Quarterly review" in texts(page), "who decided sees what became of it"
    find(page, "All").click()
    find(page, "To decide").click()
    assert "Nothing waits for a decision." in texts(page)
    read_again(board, qtbot)
    assert not board.waiting.isVisibleTo(board)


def test_the_keyboard_goes_to_the_filter_that_is_on(told, house, review, qtbot):
    told_of(house, review, "mei.tan@ferro.example", "Mei Tan", 4)
    page = shown(told, qtbot, "")
    page.activateWindow()
    find(page, "All").setFocus()
    qtbot.waitUntil(find(page, "All").hasFocus)
    page.arrive(TO_DECIDE)
    assert find(page, "To decide").hasFocus()


def test_what_waits_says_so_in_the_list(told, house, review, qtbot):
    told_of(house, review, "mei.tan@ferro.example", "Mei Tan", 4)
    _month, only = items(meetings(house), "decide")
    assert (only.key, only.make().tag) == (review, "to decide")


def test_what_the_host_denies_is_not_decided_by_ones_own_word(told, house, review, qtbot):
    set_state(house, review, ME, "missed", "host")
    told_of(house, review, ME, "Dana", 50)
    page = shown(told, qtbot, TO_DECIDE)
    assert page.list.current == review
    assert not [b for b in page.findChildren(QPushButton) if b.text() == "Was there" and b.isVisibleTo(page)]


def test_without_an_agreement_on_names_a_shared_workspace_shows_only_how_many(told, house, review, qtbot):
    told_of(house, review, "mei.tan@ferro.example", "Mei Tan", 4)
    object.__setattr__(house, "workspace_shared", True)
    board = shown(told, qtbot, "", BoardPage)
    assert not board.waiting.isVisibleTo(board)
    assert "1 seat waits for a decision; whose it is shows once" in board.foot.text()
    assert "Nothing waits for a decision." in texts(shown(told, qtbot, TO_DECIDE))


@pytest.mark.parametrize(
    ("address", "name", "minutes", "said"),
    [
        ("", "Dana Okafor", 50, "The join report has your name, without an address that is known."),
        (ME, "Dana", 4, "The join report: there for less than 10 minutes."),
    ],
)
def test_home_says_what_a_report_that_is_not_sure_has(told, house, review, qtbot, address, name, minutes, said):
    told_of(house, review, address, name, minutes)
    seen = texts(shown(told, qtbot, "", HomePage))
    at = next(at for at, text in enumerate(seen) if text.startswith("Did you join Północ"))
    assert seen[at + 1] == said
