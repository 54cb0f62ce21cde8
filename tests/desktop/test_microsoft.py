"""The real window, the real sign-in and a Microsoft 365 on loopback: in, cancelled, signed out, and back again."""

import json
import shutil
import threading
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from companion import bootstrap
from companion.basics.clock import now
from companion.basics.paths import Paths
from companion.basics.settings import Settings, read_settings
from companion.desktop import frame as framed
from companion.desktop.crash import Crashes
from companion.desktop.dialogs import Question
from companion.desktop.session import Purpose, Session
from companion.desktop.signing import SignInDialog
from companion.programme import accounts
from companion.programme.views.calendars import calendars
from companion.programme.views.ground import ground
from desktop.made import ME
from desktop.seen import find, press, texts
from desktop.test_by_keyboard import Hands
from servers.microsoft.fixtures import microsoft

__all__ = ["microsoft"]
WAIT = 30_000


class Browser:
    """The system's browser: keeps the addresses it was given; goes through with them when it `works`."""

    def __init__(self, microsoft):
        self.microsoft, self.works = microsoft, True
        self.opened, self.running = [], []

    def open(self, url):
        self.opened.append(url.toString(url.ComponentFormattingOption.FullyEncoded))
        if self.works:
            self.running.append(threading.Thread(target=self.microsoft.browse, args=(self.opened[-1],)))
            self.running[-1].start()
        return True

    def close(self):
        for one in self.running:
            one.join(30)


class Desk:
    """Hands at a window that is open on a profile."""

    def __init__(self, session, qtbot):
        self.session, self.qtbot, self.window = session, qtbot, session.window
        self.crashed = []
        session.tasks.crash.connect(self.crashed.append)

    def until(self, met):
        self.qtbot.waitUntil(lambda: bool(self.crashed) or met(), timeout=WAIT)
        assert self.crashed == []

    def calm(self):
        self.until(lambda: self.session.tasks.busy == 0)

    def show(self, key):
        self.window.show_page(key)
        self.calm()
        return self.window.page(key)

    def press(self, where, text):
        press(where, text, self.qtbot)

    def dialog(self, kind):
        def open_now():
            return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]

        self.until(lambda: len(open_now()) == 1)
        return open_now()[0]

    def no_dialog(self):
        self.until(
            lambda: not any(isinstance(w, SignInDialog) and w.isVisible() for w in QApplication.topLevelWidgets())
        )

    def add_mine(self):
        self.press(self.show("settings"), "Add a calendar…")
        self.press(self.dialog(Question), "Choose")  # one's own calendar stands first
        return self.dialog(SignInDialog)

    def look(self, fn):
        found = []
        self.session.tasks.read(lambda house, _ticket: fn(house), found.append)
        self.until(lambda: bool(found))
        return found[0]

    def titles(self):
        return self.look(lambda house: {meeting.title for meeting in ground(house).meetings.values()})


@pytest.fixture
def policy(microsoft, tmp_path, monkeypatch):
    """What IT of Ferro decided."""
    known = microsoft.registration(firm="Ferro Building Supply")
    told = {name: getattr(known, name) for name in ("client_id", "authority", "graph_url", "ca_bundle", "firm")}
    path = tmp_path / "policy.json"
    path.write_text(json.dumps(told), "utf-8")
    monkeypatch.setenv("COMPANION_POLICY", str(path))
    return path


@pytest.fixture
def browser(microsoft, monkeypatch):
    made = Browser(microsoft)
    monkeypatch.setattr(framed.QDesktopServices, "openUrl", made.open)
    yield made
    made.close()


@pytest.fixture
def dana(microsoft):
    made = microsoft.user(ME, "Dana Okafor")
    start = now().replace(minute=0, second=0, microsecond=0) + timedelta(days=2)
    made.calendar.add("Kestrel review", start, guests=[("anna@kestrel.example", "Anna Kowal", "accepted")])
    made.calendar.add("Dentist", start + timedelta(hours=3), sensitivity="private")
    return made


@pytest.fixture
def opened(qapp, qtbot, policy, browser):
    """Opens the window on a home."""
    made, font = [], qapp.font()

    def open_on(home):
        paths = Paths(home)
        build = lambda folder: bootstrap.build(folder, secrets_mode="session")  # noqa: E731
        session = Session(qapp, paths, Settings(), Crashes(paths.log), build)
        session._app = type("App", (), {"quit": lambda self=None: None})()
        made.append(session)
        session.start(Purpose())
        qtbot.waitUntil(lambda: session.window.current != "" and session.tasks.busy == 0, timeout=WAIT)
        return Desk(session, qtbot)

    yield open_on
    for session in made:
        session.shut_down()
        session.look.deleteLater()
        session.deleteLater()
    qapp.setStyleSheet("")
    qapp.setFont(font)


@pytest.fixture
def desk(laid_out, tmp_path, opened, dana):
    home = tmp_path / "home"
    shutil.copytree(laid_out, home)
    return opened(home)


@pytest.mark.case(71)
def test_sign_in_cancel_be_signed_out_and_come_back(desk, microsoft, dana, browser, qtbot):
    # Escape ends it at once, and nothing stays behind.
    browser.works = False
    dialog = desk.add_mine()
    desk.until(lambda: "Waiting for your browser…" in texts(dialog))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desk.no_dialog()
    desk.calm()
    assert desk.look(accounts.all_of) == []

    # Signed in: the calendar is read, and what is private is not.
    browser.works = True
    desk.add_mine()
    desk.no_dialog()
    desk.calm()
    assert "Kestrel review" in desk.titles()
    assert "Dentist" not in desk.titles()
    assert [(one.name, one.owner) for one in desk.look(accounts.all_of)] == [(ME, ME)]

    # Signed out by IT: one banner, however often it is tried.
    said = []
    say = desk.window.messages.say
    desk.window.messages.say = lambda *told: (said.append(told), say(*told))
    object.__setattr__(desk.window.frame, "say", desk.window.messages.say)
    microsoft.revoke(dana)
    page = desk.show("calendars")
    for _ in range(2):
        desk.press(page, "Read all")
        desk.calm()
        desk.until(lambda: find(page, "Sign in") is not None)
    banner = f"{ME}: Signed out since"
    desk.until(lambda: any(told[0].startswith(banner) for told in said))
    assert sum(told[0].startswith(banner) for told in said) == 1
    assert {told[2] for told in said} == {"Sign in"}
    assert len(browser.opened) == 2
    assert any(text.startswith("Signed out since") for text in texts(page))
    assert "Kestrel review" in desk.titles()

    # Back again by its button.
    microsoft.welcome(dana)
    later = now().replace(minute=0, second=0, microsecond=0) + timedelta(days=5)
    dana.calendar.add("Kestrel plans the spring", later, guests=[("anna@kestrel.example", "Anna Kowal", "accepted")])
    desk.press(desk.window.messages, "Sign in")
    desk.dialog(SignInDialog)
    desk.no_dialog()
    desk.calm()
    assert {"Kestrel review", "Kestrel plans the spring"} <= desk.titles()
    assert [item.condition for item in desk.look(calendars).items] == ["in_order"]
    assert microsoft.elsewhere.asked == []


def test_what_was_refused_is_said_and_mended_by_trying_again(desk, microsoft, dana):
    microsoft.signin.refuse("65004", times=1)
    dialog = desk.add_mine()
    desk.until(lambda: any("declined in the browser" in text for text in texts(dialog)))
    desk.press(dialog, "Try again")
    desk.no_dialog()
    desk.calm()
    assert "Kestrel review" in desk.titles()


def test_the_first_screen_of_a_firm_signs_in_and_goes_home(tmp_path, opened, dana, browser):
    home = tmp_path / "new"
    home.mkdir()
    desk = opened(home)
    assert desk.window.current == "first"
    page = desk.window.page("first")
    seen = texts(page)
    assert "Ferro Building Supply" in seen
    assert "Your part: two customer meetings a year, only to listen." in seen
    desk.press(page, "Sign in with Microsoft")
    desk.until(lambda: desk.window.current == "home")
    desk.no_dialog()
    desk.calm()
    assert read_settings(Paths(home).settings)[0].me == ME
    assert desk.look(lambda house: house.me) == ME
    home = desk.window.page("home")
    desk.until(lambda: find(home, "Open my invitation") is not None)
    assert any(text.startswith(f"You are signed in as {ME}. The programme is not on") for text in texts(home))
    find(home, "Start a programme")


def test_by_keyboard_alone(desk, browser, qtbot):
    browser.works = False
    hands = Hands(desk.session, qtbot)
    desk.show("settings")
    hands.press("Add a calendar…")
    hands.dialog()
    qtbot.keyClick(hands.focus, Qt.Key.Key_Return)
    dialog = desk.dialog(SignInDialog)
    desk.until(lambda: bool(browser.opened) and hands.focus.accessibleName() == "Copy the link")
    qtbot.keyClick(hands.focus, Qt.Key.Key_Space)
    assert QApplication.clipboard().text() == browser.opened[0]
    assert "The link is copied. Open it in a browser on this computer." in texts(dialog)
    qtbot.keyClick(hands.focus, Qt.Key.Key_Tab)
    assert hands.focus.accessibleName() == "Copy the request for IT"
    qtbot.keyClick(hands.focus, Qt.Key.Key_Tab)
    assert hands.focus.accessibleName() == "Cancel"
    qtbot.keyClick(hands.focus, Qt.Key.Key_Space)
    desk.no_dialog()
    hands.back()
    assert hands.focus.accessibleName() == "Add a calendar…"
    assert desk.look(accounts.all_of) == []


def test_the_first_screen_by_keyboard_alone(tmp_path, opened, dana, browser, qtbot):
    browser.works = False
    home = tmp_path / "new"
    home.mkdir()
    desk = opened(home)
    hands = Hands(desk.session, qtbot)
    for _ in range(2):  # and Escape leads back to where it began
        desk.until(lambda: hands.focus is not None and hands.focus.accessibleName() == "Sign in with Microsoft")
        qtbot.keyClick(hands.focus, Qt.Key.Key_Return)
        dialog = desk.dialog(SignInDialog)
        desk.until(lambda: "Waiting for your browser…" in texts(dialog))
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        desk.no_dialog()
        desk.calm()
        hands.back()
    assert hands.focus.accessibleName() == "Sign in with Microsoft"


def test_a_window_that_closes_meanwhile_leaves_nothing_running(desk, browser):
    """The fixture shuts the window down while the browser is waited for; `check_leaks` finds any thread left."""
    browser.works = False
    dialog = desk.add_mine()
    desk.until(lambda: "Waiting for your browser…" in texts(dialog))
    assert desk.session.tasks.busy == 1
