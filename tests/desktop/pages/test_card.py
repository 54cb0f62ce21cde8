"""The opening card: as a picture it holds any text, in the window the arrow keys turn it."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage

from companion.basics.errors import Problem
from companion.desktop.card.page import CardPage
from companion.desktop.card.picture import lay_out, paint, write_picture
from companion.desktop.read.page import ReadPage
from companion.desktop.tokens import DARK, LIGHT
from companion.takeaways.slide import Slide
from desktop.seen import find, press, texts

LONG = Slide(
    "en", "Ngược dòng thủy triều, łódź źdźbło " * 12, "Forty minutes. " * 200, "the head of the yard " * 20,
    "Marea Boats · " + "boats " * 90, "A question to Finance", "W" * 400, "Heard by Ines. " * 60, "Answer to x " * 60,
)  # fmt: skip
MIDDLE = Slide(
    "en", "They plan the whole week by the tide table, and our delivery window ignores it",
    "“I live in forty minutes. If your lorry comes at ten past, I send the crane away and the crew with it, and that "
    "day is gone for everybody.”", "the head of the yard", "Marea Boats · a boat yard with three slips",
    "A question to Finance", "Which of our forms would you fill in standing on a pontoon, with wet gloves?",
    "Heard by Mei Tan (Legal) on 17 November 2026", "Answer to mei.tan@ferro.example",
)  # fmt: skip
SHORT = replace(LONG, headline="Tide", said="", role="", who="", question="Why?", foot="Heard.", answer="")


@pytest.mark.parametrize("slide", [LONG, SHORT], ids=["long", "short"])
@pytest.mark.parametrize("dark", [False, True])
def test_the_picture_holds_any_text_within_its_edges(qapp, tmp_path, slide, dark):
    path = tmp_path / "card.png"
    write_picture(slide, path, dark=dark)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1920, 1080)
    ground = QColor(DARK.panel if dark else LIGHT.panel)
    for y in range(0, 1080, 3):
        assert image.pixelColor(1860, y) == ground, "text beyond the right edge"
    for x in range(100, 1900, 3):
        assert image.pixelColor(x, 1060) == ground, "text beyond the lower edge"
        assert image.pixelColor(x, 60) == ground, "text beyond the upper edge"
    assert paint(slide, dark=dark) == paint(slide, dark=dark)


@pytest.mark.parametrize("slide", [LONG, SHORT, MIDDLE], ids=["long", "short", "middle"])
def test_no_line_stands_on_another(qapp, slide):
    boxes = [line.box for line in lay_out(slide)]
    assert len(boxes) == len(slide.lines)
    for above, below in pairwise(boxes):
        assert above.bottom() <= below.top() + 3, (above, below)


def test_what_fits_is_not_cut(qapp):
    assert [line.text for line in lay_out(MIDDLE)] == list(MIDDLE.lines)
    assert lay_out(LONG)[0].text.endswith("…")


def test_a_picture_that_cannot_be_written_says_why(qapp, tmp_path):
    with pytest.raises(Problem) as problem:
        write_picture(SHORT, tmp_path / "none" / "card.png")
    assert problem.value.facts["reason"]


@pytest.fixture
def two(house):
    with house.workspace() as tx:
        first = next(iter(tx.takeaways.all()))
        older = first.published - timedelta(days=9)
        tx.takeaways.put(replace(first, id="second", headline="A gate at ten", published=older))


@pytest.fixture
def page(told, qtbot, house):
    made = CardPage(told)
    qtbot.addWidget(made)
    made.resize(848, 560)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.reload()
    return made


def test_the_own_teams_story_is_shown_and_spoken(page):
    assert page.card.team == "Finance"
    assert "Twelve drivers, one badge reader" in page.slide.accessibleName()
    assert "“We count in minutes.”" in page.slide.accessibleName()
    assert find(page, "Finance").accessibleName() == "Team: Finance"
    assert not [text for text in texts(page) if "story 1" in text]


def test_the_arrow_keys_turn_the_stories(two, page, qtbot):
    shown = page.card.takeaway.id
    page.slide.setFocus()
    with qtbot.waitSignal(page.filled):
        qtbot.keyClick(page.slide, Qt.Key.Key_Right)
    assert page.card.number == 2
    assert page.card.takeaway.id != shown
    assert any("story 2 of 2" in text for text in texts(page))
    with qtbot.waitSignal(page.filled):
        qtbot.keyClick(page.slide, Qt.Key.Key_Left)
    assert page.card.takeaway.id == shown


def test_a_button_keeps_the_keyboard_while_it_turns(two, page, qtbot):
    page.activateWindow()
    find(page, "›").setFocus()
    with qtbot.waitSignal(page.filled):
        qtbot.keyClick(find(page, "›"), Qt.Key.Key_Space)
    assert page.card.number == 2
    assert page.window().focusWidget() is find(page, "›")


def test_it_fills_the_screen_and_escape_goes_back(two, page, qtbot):
    page.slide.setFocus()
    qtbot.keyClick(page.slide, Qt.Key.Key_F)
    assert page.full.isVisible()
    assert page.full.isFullScreen()
    with qtbot.waitSignal(page.filled):
        qtbot.keyClick(page.full.view, Qt.Key.Key_Right)
    assert page.full.view.slide == page.card.slide
    assert page.card.number == 2
    qtbot.keyClick(page.full.view, Qt.Key.Key_Escape)
    assert not page.full.isVisible()
    press(page, "Full screen", qtbot)
    assert page.full.isVisible()
    page.leave()
    assert not page.full.isVisible()


def test_another_team_can_be_chosen(page, qtbot, house):
    menu = find(page, "Finance").menu()
    with qtbot.waitSignal(page.filled):
        next(one for one in menu.actions() if one.text() == "Legal").trigger()
    assert page.card.team == "Legal"
    assert "A question to Legal" in page.slide.accessibleName()


def test_nothing_to_show_says_what_to_do(page, house, qtbot, told):
    with house.workspace() as tx:
        tx.takeaways.put(replace(next(iter(tx.takeaways.all())), audience="me"))
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert any("Nothing that Finance may read has been published yet" in text for text in texts(page))
    press(page, "Read", qtbot)
    assert told.went == [("read", "")]


def test_it_is_kept_as_text_picture_and_page(page, qtbot, told, answers, tmp_path):
    menu = {one.text(): one for one in find(page, "Keep it").menu().actions()}
    menu["Copy the text"].trigger()
    assert "“We count in minutes.”" in QGuiApplication.clipboard().text()
    for label, name in (("Save the picture…", "card.png"), ("Save the page…", "card.html")):
        answers.path = tmp_path / name
        menu[label].trigger()
        qtbot.waitUntil(lambda name=name: f"Written to {tmp_path / name}." in told.said)
    assert QImage(str(tmp_path / "card.png")).width() == 1920
    assert "Twelve drivers" in (tmp_path / "card.html").read_text("utf-8")


def test_read_leads_to_it(told, qtbot):
    made = ReadPage(told)
    qtbot.addWidget(made)
    made.show()
    press(made, "Opening card", qtbot)
    assert told.went == [("card", "")]
