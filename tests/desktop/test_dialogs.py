"""Questions are shown, not waited for: type, accept, read the answer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFileDialog, QLineEdit, QListWidget, QWidget

from companion.desktop.ask import Field
from companion.desktop.dialogs import FormField, QtAsk, Question
from desktop.seen import find, press, texts


@pytest.fixture
def window(qtbot, look):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def ask(window):
    return QtAsk(window)


def shown():
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, Question) and w.isVisible())


def test_yes_and_no(ask, qtbot):
    got = []
    ask.yes("Forget this meeting?", "It leaves this computer.", "Forget it", got.append)
    assert texts(shown()) == ["Forget this meeting?", "It leaves this computer."]
    press(shown(), "Forget it", qtbot)
    ask.yes("Forget this meeting?", "", "Forget it", got.append)
    qtbot.keyClick(shown(), Qt.Key.Key_Escape)
    assert got == [True, False]


def test_a_text(ask, qtbot):
    got = []
    ask.text("Who are you?", "This is me", got.append, start="old")
    qtbot.keyClicks(shown().findChild(QLineEdit), "  dana@ferro.example ")
    press(shown(), "This is me", qtbot)
    assert got == ["dana@ferro.example"]
    ask.text("Answer", "Send", got.append, lines=3)
    press(shown(), "Cancel", qtbot)
    assert len(got) == 1


def test_a_secret_is_hidden_and_kept_as_it_is(ask, qtbot):
    got = []
    ask.text("Password", "Go on", got.append, secret=True)
    field = shown().findChild(QLineEdit)
    assert field.echoMode() == QLineEdit.EchoMode.Password
    field.setText(" pass word ")
    press(shown(), "Go on", qtbot)
    assert got == [" pass word "]


def test_a_few_choices_are_buttons_many_are_a_list(ask, qtbot):
    got = []
    ask.choose("Language", "", [("en", "English"), ("pl", "Polski")], got.append)
    shown().findChildren(QWidget)
    next(b for b in shown().findChildren(QWidget) if b.accessibleName() == "Polski").setChecked(True)
    press(shown(), "Choose", qtbot)
    ask.choose("Who?", "", [(str(n), f"Person {n}") for n in range(40)], got.append)
    rows = shown().findChild(QListWidget)
    rows.setCurrentRow(7)
    press(shown(), "Choose", qtbot)
    assert got == ["pl", "7"]


def test_a_form(ask, qtbot):
    got = []
    fields = [
        Field("name", "Name", start="Mine"),
        Field("url", "Address", "file"),
        Field("secret", "Password", "secret"),
        Field("hosts", "Of our hosts", "check"),
        Field("kind", "Kind", "choice", start="b", choices=(("a", "A"), ("b", "B"))),
    ]
    ask.form("Add", "", fields, "Add it", got.append)
    inputs = {field.field.key: field for field in shown().findChildren(FormField)}
    inputs["url"].findChild(QLineEdit).setText(" https://x.example ")
    inputs["secret"].findChild(QLineEdit).setText(" s ")
    inputs["hosts"].findChild(QCheckBox).setChecked(True)
    assert inputs["kind"].findChild(QComboBox).accessibleName() == "Kind"
    press(shown(), "Add it", qtbot)
    assert got == [{"name": "Mine", "url": "https://x.example", "secret": " s ", "hosts": "yes", "kind": "b"}]


def test_enter_says_yes_and_the_first_field_has_the_cursor(ask, qtbot):
    got = []
    ask.form("Add", "", [Field("name", "Name")], "Add it", got.append)
    dialog = shown()
    qtbot.waitUntil(lambda: dialog.focusWidget() is not None)
    qtbot.keyClicks(dialog.focusWidget(), "x")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert got == [{"name": "x"}]


@pytest.mark.parametrize("kind", ["open_file", "save_file", "folder"])
def test_files_are_asked_for(ask, window, tmp_path, qtbot, kind):
    got = []
    if kind == "open_file":
        ask.open_file("Open", "Tables (*.csv)", got.append)
    elif kind == "save_file":
        ask.save_file("Save", "board.xlsx", got.append)
    else:
        ask.folder("Where", got.append)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog))
    dialog.fileSelected.emit(str(tmp_path / "x.csv"))
    dialog.close()
    assert got == [tmp_path / "x.csv"]


def test_several_files_are_asked_for_at_once(ask, window, tmp_path, qtbot):
    got = []
    ask.open_files("Open", "Tables (*.csv)", got.append)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog))
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFiles
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).touch()
    dialog.filesSelected.emit([str(tmp_path / name) for name in ("a.csv", "b.csv")])
    dialog.close()
    assert got == [(tmp_path / "a.csv", tmp_path / "b.csv")]


def test_backing_out_of_choosing_files_asks_for_nothing(ask, window, qtbot):
    got = []
    ask.open_files("Open", "Tables (*.csv)", got.append)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not got


def test_what_is_told_can_be_closed(ask, qtbot):
    ask.tell("Keys", "F1    Show the keys")
    assert find(shown(), "Close").isDefault()
    press(shown(), "Close", qtbot)
    assert not any(isinstance(w, Question) and w.isVisible() for w in QApplication.topLevelWidgets())


def test_something_to_look_at_has_one_thing_to_do_and_can_be_closed(ask, qtbot):
    done = []
    ask.show("Tell it", QLineEdit("two minutes"), "I told it", lambda: done.append("told"))
    press(shown(), "I told it", qtbot)
    close = ask.show("Where it went", QLineEdit("here"))
    assert find(shown(), "Close")
    close()
    assert done == ["told"]
    close()  # closed already
