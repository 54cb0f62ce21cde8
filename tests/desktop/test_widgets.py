"""The parts pages are made of: foreign text stays text, names are heard, narrow windows hold."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from companion.desktop.widgets.buttons import button, menu_button
from companion.desktop.widgets.card import PressCard
from companion.desktop.widgets.column import Column, ReadingColumn
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.pips import Pips, kinds
from companion.desktop.widgets.quote import Quote, quoted
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel, Reading, Sentence, paragraphs
from companion.words.language import PSEUDO, speak

PLANTED = '<img src="file:///etc/passwd"><b>Kestrel & Sons</b>'


def test_foreign_text_is_never_mark_up(qtbot, look):
    plain = PlainLabel(PLANTED)
    told = Sentence("Did you join {customer}?", strong=("customer",), customer=PLANTED)
    read = Reading(PLANTED, "Why <it> matters.")
    for widget in (plain, told, read):
        qtbot.addWidget(widget)
    assert plain.textFormat() == Qt.TextFormat.PlainText
    for widget in (told, read):
        assert "<img" not in widget.text()
        assert "&lt;img" in widget.text()
    assert told.accessibleName() == f"Did you join {PLANTED}?"
    assert "<b>Why &lt;it&gt; matters.</b>" in paragraphs("x", "Why <it> matters.")


def test_a_sentence_is_translated_before_it_is_filled(qtbot, look):
    speak(PSEUDO)
    told = Sentence("R & D at {customer}", strong=("customer",), customer="A<B")
    qtbot.addWidget(told)
    assert "⟦R &amp; D at <b>A&lt;B</b>⟧" in told.text()
    assert told.accessibleName() == "⟦R & D at A<B⟧"


def test_a_long_name_is_cut_and_told_whole(qtbot, look):
    name = "Przedsiębiorstwo Handlowo-Usługowe Północ Logistyka Spółka z ograniczoną odpowiedzialnością"
    label = PlainLabel(name, elide=True)
    qtbot.addWidget(label)
    label.resize(120, 24)
    label.show()
    assert QLabel.text(label).endswith("…")
    assert label.text() == label.accessibleName() == name
    assert name in label.toolTip()
    label.resize(2000, 24)
    assert QLabel.text(label) == name
    assert label.toolTip() == ""


def test_pips_are_told_in_words(qtbot, look):
    pips = Pips(1, 1, 0)
    qtbot.addWidget(pips)
    assert pips.accessibleName() == "1 attended, 1 planned"
    pips.show_pips(0, 0, 2)
    assert pips.accessibleName() == "0 attended, 2 missing"
    assert kinds(1, 1, 1) == "FPM"
    assert len(kinds(40, 0, 0)) == 6
    pips.show()
    assert not pips.grab().isNull()


def test_quotes_get_marks_once():
    assert quoted("We lose a day.") == "“We lose a day.”"
    assert quoted("„Tracimy dzień”") == "„Tracimy dzień”"


def test_a_row_list_is_walked_with_the_arrows(qtbot, look):
    pressed = []
    rows = RowList()
    qtbot.addWidget(rows)
    for name in ("one", "two"):
        rows.add(
            Row(name, PlainLabel(name), [button(f"{name} a", lambda: None), button(f"{name} b", lambda: None)]),
        )
    rows.add(Row("three", PlainLabel("three"), press=True), lambda: pressed.append("three"))
    rows.show()
    rows.activateWindow()
    qtbot.waitExposed(rows)
    rows.rows[0].buttons[0].setFocus()

    def key(which):
        qtbot.keyClick(rows.focusWidget(), which)
        return rows.focusWidget().accessibleName()

    assert key(Qt.Key.Key_Right) == "one b"
    assert key(Qt.Key.Key_Down) == "two a"
    assert key(Qt.Key.Key_Down) == "three"
    key(Qt.Key.Key_Return)
    assert pressed == ["three"]
    assert key(Qt.Key.Key_Up) == "two a"


def test_buttons_go_under_the_text_where_it_is_narrow(qtbot, look):
    row = Row("a", PlainLabel("Did you join them?"), [button("I was there", lambda: None), button("No", lambda: None)])
    qtbot.addWidget(row)
    row.resize(700, 60)
    row.show()
    QApplication.processEvents()
    assert row.buttons[0].mapTo(row, row.buttons[0].rect().topLeft()).x() > 300
    row.resize(240, 120)
    QApplication.processEvents()
    assert row.buttons[0].mapTo(row, row.buttons[0].rect().topLeft()).x() < 40


def test_a_flow_goes_on_in_the_next_line(qtbot, look):
    flow = Flow([button("This changes my work", lambda: None) for _ in range(4)])
    qtbot.addWidget(flow)
    line = flow.layout().heightForWidth(4000)
    assert flow.layout().heightForWidth(200) >= 4 * line


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_running_text_keeps_60_to_75_characters(qtbot, look, scale):
    look.enlarge(scale)
    text = "Nineteen people work in a harbour that empties twice a day. " * 6
    column = ReadingColumn()
    reading = Reading(text)
    column.add(reading)
    qtbot.addWidget(column)
    column.resize(3000, 900)
    column.show()
    QApplication.processEvents()
    per_line = len(text) / max(1, reading.fontMetrics().horizontalAdvance(text) / reading.width())
    assert 60 <= per_line <= 75


def test_a_card_is_pressed_by_mouse_and_key(qtbot, look):
    card = PressCard("They plan by the tide")
    qtbot.addWidget(card)
    card.resize(200, 80)
    card.show()
    with qtbot.waitSignal(card.pressed):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(card.pressed):
        qtbot.keyClick(card, Qt.Key.Key_Space)


def test_an_empty_state_has_one_sentence_and_one_button(qtbot, look):
    pressed = []
    empty = Empty("No meetings yet.", "Add a calendar", lambda: pressed.append(True))
    qtbot.addWidget(empty)
    buttons = [child for child in empty.findChildren(QWidget) if child.accessibleName() == "Add a calendar"]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert pressed == [True]


def test_a_column_scrolls_down_and_never_sideways(qtbot, look):
    column = Column()
    qtbot.addWidget(column)
    for _ in range(40):
        column.add(PlainLabel("Tell your team about Hòa Bình Foods — your note has three lines, 10 minutes"))
    column.resize(300, 300)
    column.show()
    qtbot.waitUntil(lambda: column.verticalScrollBar().maximum() > 0)
    assert column.widget().width() <= column.viewport().width()


def test_a_menu_button_offers_its_choices(qtbot, look):
    chosen = []
    other = menu_button("Other", [("Someone went for me", lambda: chosen.append("for")), ("No meeting", lambda: None)])
    qtbot.addWidget(other)
    other.menu().actions()[0].trigger()
    assert chosen == ["for"]
    other.menu().close()


def test_a_quote_says_who_said_it_by_role(qtbot, look):
    quote = Quote("You send me half a day.", "the head of the yard")
    qtbot.addWidget(quote)
    assert quote.accessibleName() == "“You send me half a day.” the head of the yard"
