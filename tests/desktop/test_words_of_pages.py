"""Every page in the pseudo-language, so that a bare sentence is seen; and every interactive thing has a name."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from companion import bootstrap
from companion.basics.settings import Settings, write_settings
from companion.calendars.signin import Registration
from companion.desktop.dialogs import QtAsk
from companion.desktop.frame import Page
from companion.desktop.pages import PAGES
from companion.desktop.window import Window
from companion.programme import accounts, answers, channels, letters, listening, people, publishing, start
from companion.programme.proposal import Draft, current
from companion.takeaways.model import Delivery
from companion.words.language import PSEUDO, speak, t
from desktop.made import ME, NOW, meeting
from desktop.spoken import bare, data_of, spoken

INTERACTIVE = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
KEYS = [
    "home", "meetings", "listen", "takeaway", "read", "customers", "board", "settings", "calendars", "rules", "outbox",
    "card", "answers", "customer", "search",
]  # fmt: skip
SEEN = {"welcome": "I have an invitation", "steps": "Where the reviews are", "invited": "Add my calendar",
        "signs in": "Sign in with Microsoft"}  # fmt: skip
ABBREVIATIONS = {"TLS", "STARTTLS", "Ctrl", "Tab"}


@pytest.fixture
def rich(house, tmp_path):
    """The small programme with a calendar, a channel, answers with and without a reply, and my own takeaway."""
    path = tmp_path / "mine.ics"
    path.write_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nEND:VCALENDAR\r\n", "utf-8")
    accounts.add(house, accounts.NewAccount("ics", "Calendar of mine", str(path)))
    channels.add_place(house, "site", "Finance pages", str(tmp_path / "site"), "company")
    note = listening.get(house, meeting(house, "Customer review", "<b>Hòa & Bình</b>"))
    listening.answer(house, note.id, said="You sent me two trainers.", scene="Lunch at eleven.", surprise="Our terms.")
    mine = publishing.publish(house, note.id, "Two trainers, wrong lessons", "company")
    agnes = people.set_me(house, "agnes.mulder@ferro.example")
    answers.answer(agnes, mine.id, "question", "Could we do the same?")
    answered = answers.answer(agnes, mine.id, "changes", "It changes my audit.")
    people.set_me(house, ME)
    answers.reply(house, answered.id, "Please tell me how it went.")
    return house


def send(rich) -> None:
    """One takeaway on its way in every state, and a letter."""
    with rich.workspace() as tx:
        takeaway = tx.takeaways.all()[0]
        channel = tx.takeaways.channels()[0].id
        stands = {"mei.tan": "unknown", "agnes.mulder": "failed", "dana.okafor": "pending", "rosa.vidal": "sent"}
        for name, state in stands.items():
            trouble = "channel_gone" if state == "failed" else ""
            made = Delivery(takeaway.id, 2, channel, f"{name}@ferro.example", state, NOW, 2, trouble)
            tx.takeaways.put_delivery(made)
        tx.letters.add([letters.host_copy(takeaway, "rosa.vidal@ferro.example", NOW)])


def open_page(told, rich, key: str, qtbot) -> Page:
    if key == "outbox":
        send(rich)
    page = next(info for info in PAGES if info.key == key).make(told)
    qtbot.addWidget(page)
    page.setAccessibleName(t(key)) if key == "first" else None
    page.resize(1300, 900)
    page.show()
    about = meeting(rich, "Customer review", "<b>Hòa & Bình</b>")
    if key in ("listen", "takeaway"):
        page.arrive(listening.get(rich, about).id)
    elif key == "meetings":
        page.arrive(about)
    elif key == "customer":
        with rich.workspace(write=False) as tx:
            page.arrive(tx.meetings.get(about).customer_id)
    elif key == "search":
        page.arrive("trainers")
    page.reload()
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    return page


def untranslated(widget: QWidget, data: set[str]) -> list[str]:
    found = ((text, bare(text, data)) for _widget, text in spoken(widget))
    return sorted({f"{text!r}: {words}" for text, words in found if set(words) - ABBREVIATIONS})


def nameless(page: QWidget) -> list[str]:
    """What can be worked with and has no name to be spoken."""
    found = []
    for widget in page.findChildren(QWidget):
        own = not widget.objectName().startswith("qt_") and not isinstance(widget.parentWidget(), QLineEdit | QComboBox)
        focusable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(widget, QLabel)
        worked_with = isinstance(widget, INTERACTIVE) or (focusable and type(widget) is not QWidget)
        if own and worked_with and widget.isVisibleTo(page) and not widget.accessibleName().strip():
            found.append(f"{type(widget).__name__} {getattr(widget, 'text', str)()!r}")
    return found


@pytest.mark.parametrize("key", KEYS)
def test_no_page_shows_a_bare_word(told, rich, qtbot, key):
    speak(PSEUDO)
    page = open_page(told, rich, key, qtbot)
    assert len(list(spoken(page))) > 4
    rules = current(rich) if key == "rules" else Draft()  # words of any language, shown as they are looked for
    written = page.card.slide.text.splitlines() if key == "card" else []  # in the team's language, not the window's
    assert untranslated(page, {*data_of(rich), *rules.words, *rules.hold, *written}) == []


@pytest.mark.parametrize("key", KEYS)
def test_everything_that_can_be_worked_with_has_a_name(told, rich, qtbot, key):
    page = open_page(told, rich, key, qtbot)
    assert nameless(page) == []


@pytest.mark.parametrize("key", KEYS)
def test_no_dialog_asks_in_bare_words(told, rich, answers, qtbot, key):
    """Every button that ends in three dots asks something first; everybody backs out of all of it."""
    speak(PSEUDO)
    answers.yes_to_all = False
    page = open_page(told, rich, key, qtbot)
    openers: list[Callable[[], object]] = []
    for button in page.findChildren(QPushButton):
        if button.menu():
            openers += [action.trigger for action in button.menu().actions() if "…" in action.text()]
        elif "…" in button.text() and button.isVisibleTo(page):
            openers.append(button.click)
    for opener in openers:
        opener()
        qtbot.waitUntil(lambda: told.tasks.busy == 0)
    data = data_of(rich)
    for shown, _done in answers.shown:
        qtbot.addWidget(shown)
        assert nameless(shown) == []
    said = [text for pair in answers.asked for text in pair] + told.said
    assert [text for text in said if set(bare(text, data)) - ABBREVIATIONS] == []


@pytest.mark.parametrize("stage", list(SEEN))
def test_no_first_screen_shows_a_bare_word(told, inline, house, tmp_path, qtbot, stage):
    built = bootstrap.build(tmp_path / "fresh", clock=lambda: NOW, secrets_mode="session")
    inline.adopt(built)
    if stage == "steps":
        start.begin(built, "Ferro", ["ferro.example"], "UTC")
        write_settings(built.paths.settings, Settings(role="ops"))
    if stage == "signs in":
        inline.adopt(replace(built, registration=Registration(client_id="c0ffee", firm="Ferro")))
    if stage == "invited":
        inline.adopt(people.set_me(built, ME))
    speak(PSEUDO)
    page = open_page(told, house, "first", qtbot)
    assert any(SEEN[stage] in text for _widget, text in spoken(page))
    assert untranslated(page, data_of(built) | {"Ferro", ME}) == []
    assert nameless(page) == []
    built.close()


def test_the_window_and_its_dialogs_speak_in_whole_sentences(look, tasks, state, qtbot):
    speak(PSEUDO)
    window = Window(look, tasks, PAGES, state, sync=lambda: None)
    qtbot.addWidget(window)
    window.show()
    window.navigation.say_synced(t("Synced {ago}", ago=t("just now")))
    window.navigation.show_count("read", 3)
    window.strip.tell(t("Stopping"), 1, 2)
    ask = QtAsk(window)
    ask.yes(t("Sure?"), t("It goes."), t("Yes"), lambda _yes: None)
    ask.text(t("Who?"), t("Me"), lambda _text: None, lines=3)
    ask.choose(t("Which?"), "", [("a", t("One")), ("b", t("Two"))], lambda _key: None)
    window.keys()
    found = [line for widget in (window, *window.findChildren(QFrame)) for line in untranslated(widget, set())]
    assert found == []
    assert nameless(window) == []
    window.close()


def test_a_bare_word_and_a_nameless_button_are_found(qtbot):
    box = QFrame()
    qtbot.addWidget(box)
    QLabel("⟦Heard by ⟦Dana⟧⟧ Oops", box)
    QPushButton("", box)
    box.show()
    assert untranslated(box, {"Kestrel"}) == ["'⟦Heard by ⟦Dana⟧⟧ Oops': ['Oops']"]
    assert nameless(box) == ["QPushButton ''"]
    assert bare("Kestrel · ⟦26 ⟦November⟧⟧", {"Kestrel"}) == []
