"""The dialog of a sign-in: what it says at each moment, its buttons, Escape, and who hears it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from companion.desktop.ask import SignInStage, SignInVerbs
from companion.desktop.dialogs import QtAsk
from companion.desktop.signing import SignInDialog
from companion.words.language import PSEUDO, speak, t
from desktop.seen import find, press, texts
from desktop.test_words_of_pages import nameless, untranslated

URL = "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?client_id=0&state=1"
TEXT = "Your browser opens so that you can sign in. Companion only reads your calendar."
STAGES = [
    SignInStage("beginning"),
    SignInStage("browser", URL),
    SignInStage("no_browser", URL),
    SignInStage("reading", person="dana@ferro.example"),
    SignInStage("failed", sentence="⟦It did not work.⟧", needs_it=True, again=True),
]


@pytest.fixture
def window(qtbot, look):
    made = QWidget()
    made.resize(1024, 600)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def heard():
    return []


@pytest.fixture
def dialog(window, heard, qtbot):
    names = ("cancel", "copy_link", "try_again", "copy_request", "go_on")
    verbs = SignInVerbs(**{name: lambda name=name: heard.append(name) for name in names})
    made = QtAsk(window).sign_in(TEXT, verbs)
    assert isinstance(made, SignInDialog)
    qtbot.waitUntil(made.isVisible)
    yield made
    if isValid(made):
        made.end()


def buttons(dialog):
    return [b.text() for b in dialog.findChildren(QWidget) if hasattr(b, "setDefault") and b.isVisibleTo(dialog)]


def test_it_waits_for_the_browser_and_offers_the_link(dialog, heard, qtbot):
    dialog.show_stage(SignInStage("browser", URL))
    seen = texts(dialog)
    assert TEXT in seen
    assert "Waiting for your browser…" in seen
    agree = "If the browser says that an administrator has to agree, copy the request for IT."
    assert f"The link is good for five minutes. {agree}" in seen
    press(dialog, "Copy the link", qtbot)
    assert heard == ["copy_link"]
    assert "The link is copied. Open it in a browser on this computer." in texts(dialog)
    assert buttons(dialog) == ["Copy the link", "Copy the request for IT", "Cancel"]
    press(dialog, "Copy the request for IT", qtbot)
    assert heard == ["copy_link", "copy_request"]


def test_without_a_browser_the_link_stands_there(dialog):
    dialog.show_stage(SignInStage("no_browser", URL))
    assert "The browser could not be opened." in texts(dialog)
    line = dialog.findChild(QLineEdit)
    assert line.isVisible()
    assert (line.text(), line.isReadOnly()) == (URL, True)


def test_what_failed_is_said_and_can_be_tried_again(dialog, heard, qtbot):
    dialog.show_stage(SignInStage("failed", sentence="Nobody signed in.", again=True))
    assert "Nobody signed in." in texts(dialog)
    assert buttons(dialog) == ["Close", "Try again"]
    assert dialog.focusWidget() is find(dialog, "Try again")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert heard == ["try_again"]


def test_what_only_it_can_mend_has_the_request_for_them(dialog, heard, qtbot):
    dialog.show_stage(SignInStage("failed", sentence="Your IT has to agree.", needs_it=True))
    assert buttons(dialog) == ["Copy the request for IT", "Close"]
    press(dialog, "Copy the request for IT", qtbot)
    assert heard == ["copy_request"]
    assert "The request is copied. Paste it into a mail to your IT." in texts(dialog)


@pytest.mark.parametrize("stage", STAGES[:3] + STAGES[4:])
def test_escape_cancels_at_any_moment(dialog, heard, qtbot, stage):
    dialog.show_stage(stage)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert heard == ["cancel"]


def test_while_it_reads_only_the_dialog_goes(dialog, heard, qtbot):
    dialog.show_stage(SignInStage("reading", person="dana@ferro.example"))
    assert "You are signed in as dana@ferro.example." in texts(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    press(dialog, "Go on", qtbot)
    assert heard == ["go_on", "go_on"]


def test_it_goes_when_it_is_told_and_says_nothing(dialog, heard, qtbot):
    dialog.end()
    qtbot.waitUntil(lambda: not any(isinstance(w, SignInDialog) and w.isVisible() for w in QApplication.allWidgets()))
    assert heard == []


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.at)
def test_it_speaks_in_whole_sentences_and_every_button_has_a_name(window, heard, dialog, stage):
    speak(PSEUDO)
    again = SignInDialog(window, t("It is for this."), dialog._verbs)
    again.show()
    again.show_stage(stage)
    assert untranslated(again, {URL, "dana@ferro.example"}) == []
    assert nameless(again) == []
    assert again.accessibleDescription()
    again.end()


def test_tab_reaches_every_button(dialog, qtbot):
    dialog.show_stage(STAGES[4])
    reached = set()
    for _ in range(8):
        reached.add(dialog.focusWidget().accessibleName())
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert {"Try again", "Close", "Copy the request for IT"} <= reached


def test_long_names_and_sentences_wrap_in_a_small_window(window, dialog, qtbot):
    long = "Nguyễn Thị Bích Hằng (hang.nguyen-thi-bich@budowlane-zaopatrzenie-łódź.example) " * 4
    dialog.show_stage(SignInStage("failed", sentence=long, needs_it=True, again=True))
    assert dialog.width() <= window.width() - 48
    label = next(w for w in dialog.findChildren(QWidget) if getattr(w, "text", str)() == long)
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))
