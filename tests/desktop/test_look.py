"""Light and dark, by the system or by choice, and text that can be read."""

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel

from companion.desktop.look import Look, style_sheet
from companion.desktop.tokens import DARK, LIGHT, contrast


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_has_a_contrast_of_at_least_four_and_a_half(tokens):
    for ground in ("window", "panel", "quote", "over"):
        for text in ("text", "soft"):
            assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5, (text, ground)
    for text, ground in (
        ("accent", "window"),
        ("accent", "panel"),
        ("accent", "accent_back"),
        ("on_accent", "accent"),
        ("on_accent", "accent_over"),
        ("warning", "warning_back"),
        ("warning", "panel"),
        ("bad", "bad_back"),
        ("bad", "panel"),
        ("text", "accent_back"),
        ("soft", "accent_back"),
    ):
        assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5, (text, ground)
    assert contrast(tokens.edge, tokens.panel) >= 3


def test_a_switch_reaches_widgets_that_are_there(look, qapp, qtbot):
    label = QLabel("x")
    qtbot.addWidget(label)
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == LIGHT.text
    with qtbot.waitSignal(look.switched):
        look.choose("dark")
    assert look.dark
    assert label.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    assert DARK.accent in qapp.styleSheet()
    assert LIGHT.accent not in qapp.styleSheet()


def test_the_system_is_followed_live_unless_the_user_chose(look, qapp):
    look.choose("system")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert look.dark
    look.choose("light")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not look.dark


def test_sizes_grow_with_the_text(look, qapp):
    small = look.px(176)
    look.enlarge(2.0)
    assert (look.px(176), qapp.font().pixelSize()) == (small * 2, 28)
    assert "font-size: 44px" in qapp.styleSheet()


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_template_is_filled_whole(tokens):
    sheet = style_sheet(tokens, 1.0)
    assert "@" not in sheet
    assert all(str(value).startswith("#") for value in dataclasses.asdict(tokens).values())


def test_a_user_with_large_text_gets_all_of_it_larger(qapp):
    before = qapp.font()
    large = qapp.font()
    large.setPixelSize(28)
    qapp.setFont(large)
    made = Look(qapp, "light")
    assert made.scale == 2.0
    made.deleteLater()
    qapp.setStyleSheet("")
    qapp.setFont(before)
