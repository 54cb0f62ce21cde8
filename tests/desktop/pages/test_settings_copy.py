"""The encrypted copy of my notes in Settings: begun, joined, looked at, given new words, ended."""

import logging
import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from companion.connectors.notes_copy import NotesCopyFiles
from companion.desktop.notes_copy.grid import COLUMNS, WordCell
from companion.desktop.notes_copy.joining import JoinDialog
from companion.desktop.notes_copy.words import WordsDialog
from companion.desktop.settings.page import SettingsPage
from companion.notes.recovery import wordlist
from companion.programme import notes_copy
from companion.words.language import PSEUDO, speak, t
from desktop import made as profile
from desktop.seen import press, texts
from desktop.spoken import bare, spoken

CHEAP = {"n": 2**4, "r": 8, "p": 1}
OFF = "Your notes exist only on this computer."


@pytest.fixture
def house(house):
    """The small programme; its recovery words cost little."""
    return replace(house, notes_copy=NotesCopyFiles(CHEAP))


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "synced"
    made.mkdir()
    return made


@pytest.fixture
def other(laid_out, tmp_path):
    """The same person's other computer."""
    shutil.copytree(laid_out, tmp_path / "other")
    built = replace(profile.build(tmp_path / "other"), notes_copy=NotesCopyFiles(CHEAP))
    yield built
    built.close()


@pytest.fixture
def page(told, qtbot):
    made = SettingsPage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    settle(made, told, qtbot)
    return made


def settle(page, told, qtbot):
    """Read again, until nothing runs any more."""
    with qtbot.waitSignal(page.filled):
        page.reload()
    qtbot.waitUntil(lambda: told.tasks.busy == 0)


def come_back(page, told, qtbot):
    """Leave the page and come to it again, with nothing changed that it has read."""
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: told.tasks.busy == 0)


def dialog(kind, qtbot):
    def shown():
        return [w for w in QApplication.allWidgets() if isinstance(w, kind) and w.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()))
    return shown()[0]


def shown_words(words):
    """As somebody copies them from the screen."""
    return [cell.accessibleName().partition(", ")[2] for cell in words.findChildren(WordCell)]


def written_down(words, qtbot):
    """Copy the words, and give the two back that are asked for; all words."""
    found = shown_words(words)
    press(words, "I have written them down", qtbot)
    for number, field in words.fields.items():
        qtbot.keyClicks(field, found[number - 1])
    press(words, "Done", qtbot)
    return found


def test_off_is_one_sentence_and_two_buttons(page):
    assert any(text.startswith(OFF) for text in texts(page))
    says = {b.accessibleName() for b in page.findChildren(QPushButton)}
    assert {"Turn on the copy of your notes", "I have words already…"} <= says
    assert "Turn off the copy of your notes" not in says


def test_it_is_turned_on_once_two_words_came_back(page, answers, told, house, folder, qtbot, caplog):
    caplog.set_level(logging.DEBUG)
    QGuiApplication.clipboard().setText("before")
    answers.path = folder
    press(page, "Turn it on…", qtbot)
    words = dialog(WordsDialog, qtbot)
    found = written_down(words, qtbot)
    qtbot.waitUntil(lambda: told.said == ["Your notes are copied, encrypted, whenever they change."])
    assert len(found) == 24
    assert set(found) <= set(wordlist())
    assert QGuiApplication.clipboard().text() == "before"
    assert not any(" ".join(found[:3]) in text or " ".join(found) in text for text in [*told.said, caplog.text])
    settle(page, told, qtbot)
    seen = texts(page)
    assert f"In {folder}" in seen
    assert "Written just now" in seen
    assert not any(f"{word} {found[at]}" in text for at, word in enumerate(found[:-1], 1) for text in seen)
    assert not page.findChildren(WordCell)
    assert notes_copy.state_of(house).on
    assert [path.suffix for path in folder.iterdir()] == [".notes"]


def test_a_wrong_word_is_told_and_the_words_can_be_looked_at_again(page, answers, told, house, folder, qtbot):
    answers.path = folder
    press(page, "Turn it on…", qtbot)
    words = dialog(WordsDialog, qtbot)
    press(words, "I have written them down", qtbot)
    (first, field), (second, other_field) = words.fields.items()
    field.setText("nothing of the kind")
    press(words, "Done", qtbot)
    assert words.isVisible()
    assert f"Word {first} was another one. Look at your paper." in texts(words)
    press(words, "Show the words again", qtbot)
    found = shown_words(words)
    press(words, "I have written them down", qtbot)
    field.setText(f" {found[first - 1].upper()} ")
    other_field.setText(found[second - 1][:4])
    qtbot.keyClick(other_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(told.said))
    assert notes_copy.state_of(house).on


@pytest.mark.parametrize("seen_first", [False, True])
def test_going_back_turns_it_off_again(page, answers, told, house, folder, qtbot, seen_first):
    answers.path = folder
    press(page, "Turn it on…", qtbot)
    words = dialog(WordsDialog, qtbot)
    if seen_first:
        press(words, "I have written them down", qtbot)
    qtbot.keyClick(words, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: told.said == ["No copy was begun: its words were not written down."])
    assert not notes_copy.state_of(house).on
    assert list(folder.iterdir()) == []
    settle(page, told, qtbot)
    assert any(text.startswith(OFF) for text in texts(page))


def test_the_words_are_read_by_the_arrows_and_nothing_copies_them(page, answers, told, folder, qtbot):
    answers.path = folder
    QGuiApplication.clipboard().setText("before")
    press(page, "Turn it on…", qtbot)
    words = dialog(WordsDialog, qtbot)
    cells = words.findChildren(WordCell)
    for key, at in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Down, 1 + COLUMNS), (Qt.Key.Key_Left, COLUMNS)):
        qtbot.keyClick(words.focusWidget(), key)
        assert words.focusWidget() is cells[at]
        qtbot.keyClick(words.focusWidget(), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "before"
    words.reject()
    qtbot.waitUntil(lambda: bool(told.said))


def test_it_is_turned_on_by_keyboard(page, answers, told, house, folder, qtbot):
    answers.path = folder
    on = next(b for b in page.findChildren(QPushButton) if b.accessibleName() == "Turn on the copy of your notes")
    on.setFocus()
    qtbot.keyClick(on, Qt.Key.Key_Space)
    words = dialog(WordsDialog, qtbot)
    found = shown_words(words)
    for expected in ("Cancel, and keep no copy", "I have written them down"):
        qtbot.keyClick(words.focusWidget(), Qt.Key.Key_Tab)
        assert words.focusWidget().accessibleName() == expected
    qtbot.keyClick(words.focusWidget(), Qt.Key.Key_Space)
    for number in words.fields:
        assert words.focusWidget().accessibleName() == f"Word {number}"
        qtbot.keyClicks(words.focusWidget(), found[number - 1])
        qtbot.keyClick(words.focusWidget(), Qt.Key.Key_Tab)
    assert [words.focusWidget().accessibleName()] == ["Cancel, and keep no copy"]
    qtbot.keyClick(words.fields[max(words.fields)], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(told.said))
    assert notes_copy.state_of(house).on


def test_both_dialogs_speak_the_language_of_the_window(told, house, qtbot):
    speak(PSEUDO)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    window.show()
    drawn = house.notes_copy.new_words()
    words = WordsDialog(window, drawn, (7, 19), t("Cancel, and keep no copy"), lambda _yes: None)
    words.open()
    join = JoinDialog(window, "elsewhere", lambda _words: None)
    join.open()
    said = [text for one in (words, join) for _widget, text in spoken(one)]
    press(words, t("I have written them down"), qtbot)
    press(words, t("Done"), qtbot)
    said += [text for _widget, text in spoken(words)]
    assert [text for text in said if bare(text, {*drawn, "elsewhere"})] == []


def test_my_other_computer_s_copy_is_joined_with_its_words(page, answers, told, house, other, folder, qtbot):
    _state, words = notes_copy.turn_on(other, folder)
    answers.path = folder
    press(page, "I have words already…", qtbot)
    join = dialog(JoinDialog, qtbot)
    join.words.setPlainText(" ".join(words[:20]))
    press(join, "Join", qtbot)
    qtbot.waitUntil(lambda: any("Those are 20 words" in text for text in texts(join)))
    assert join.words.toPlainText() == " ".join(words[:20]), "what was typed stays"
    QGuiApplication.clipboard().setText("before")
    join.words.selectAll()
    qtbot.keyClick(join.words, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert words[0] not in QGuiApplication.clipboard().text()
    assert not notes_copy.state_of(house).on
    join.words.setPlainText("\n".join(f"{number}. {word}" for number, word in enumerate(words, 1)))
    press(join, "Join", qtbot)
    qtbot.waitUntil(lambda: bool(told.said))
    assert told.said[0].startswith("The copy is up to date.")
    settle(page, told, qtbot)
    assert notes_copy.state_of(house).others
    assert ", ".join(notes_copy.state_of(house).others) in texts(page)


def test_a_copy_of_other_words_is_told_with_the_buttons_there_are(page, answers, told, house, other, folder, qtbot):
    notes_copy.turn_on(other, folder)
    answers.path = folder
    press(page, "Turn it on…", qtbot)
    qtbot.waitUntil(lambda: bool(told.said))
    assert "choose I have words already" in told.said[0]
    assert not notes_copy.state_of(house).on


def test_a_folder_that_is_away_is_said_and_told_again_when_written(page, answers, told, house, folder, qtbot):
    notes_copy.turn_on(house, folder)
    settle(page, told, qtbot)
    folder.rename(folder.with_name("gone"))
    come_back(page, told, qtbot)
    wanted = f"The folder {folder} is not there now, so the copy of your notes waits."
    assert any(text.startswith(wanted) for text in texts(page))
    assert "Written just now · the folder went away just now" in texts(page)
    folder.with_name("gone").rename(folder)
    press(page, "Write now", qtbot)
    qtbot.waitUntil(lambda: told.said == ["The copy is up to date."])
    settle(page, told, qtbot)
    assert not any(text.startswith(wanted) for text in texts(page))


def test_without_its_key_the_words_are_asked_for(page, answers, told, house, folder, qtbot):
    _state, words = notes_copy.turn_on(house, folder)
    settle(page, told, qtbot)
    house.secrets.drop("notes copy")
    come_back(page, told, qtbot)
    assert any("Type your recovery words in Settings." in text for text in texts(page))
    press(page, "Type your words…", qtbot)
    join = dialog(JoinDialog, qtbot)
    join.words.setPlainText(" ".join(words))
    press(join, "Join", qtbot)
    qtbot.waitUntil(lambda: told.said == ["The copy is up to date."])
    settle(page, told, qtbot)
    assert not any("Type your recovery words" in text for text in texts(page))


def test_new_words_take_the_place_of_the_old(page, answers, told, house, other, folder, qtbot):
    _state, old = notes_copy.turn_on(house, folder)
    settle(page, told, qtbot)
    press(page, "New words…", qtbot)
    assert answers.asked[-1][0] == "New recovery words?"
    new = written_down(dialog(WordsDialog, qtbot), qtbot)
    qtbot.waitUntil(lambda: told.said == ["The new words hold from here on. Destroy the old paper."])
    assert tuple(new) != old
    assert notes_copy.join(other, folder, " ".join(new)).on


def test_new_words_not_written_down_are_warned_of(page, answers, told, house, folder, qtbot):
    notes_copy.turn_on(house, folder)
    settle(page, told, qtbot)
    press(page, "New words…", qtbot)
    qtbot.keyClick(dialog(WordsDialog, qtbot), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: bool(told.said))
    assert told.said == ["The old words open the copy no more, and the new ones were not written down."]
    assert notes_copy.state_of(house).on


def test_it_moves_to_another_folder_with_the_words_it_has(page, answers, told, house, folder, tmp_path, qtbot):
    notes_copy.turn_on(house, folder)
    settle(page, told, qtbot)
    answers.path = tmp_path / "elsewhere"
    answers.path.mkdir()
    press(page, "Another folder…", qtbot)
    qtbot.waitUntil(lambda: told.said == [f"The copy is kept in {answers.path} from here on."])
    assert list(answers.path.iterdir())


def test_it_is_turned_off_after_a_question(page, answers, told, house, folder, qtbot):
    notes_copy.turn_on(house, folder)
    settle(page, told, qtbot)
    answers.yes_to_all = False
    press(page, "Turn off…", qtbot)
    assert notes_copy.state_of(house).on
    answers.yes_to_all = True
    press(page, "Turn off…", qtbot)
    qtbot.waitUntil(lambda: told.said == ["No copy is kept from here on. Your notes stay on this computer."])
    assert answers.asked[-1][0] == "Turn the copy off?"
    assert list(folder.iterdir()) == []
