"""A calendar in Microsoft 365 on its page and in Settings: since when, why, and the button that mends it."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from companion.basics.errors import Problem
from companion.calendars.signin import APP, Registration
from companion.calendars.store import SyncState
from companion.desktop.health.page import HealthPage
from companion.desktop.rounds import sync
from companion.desktop.settings.page import SettingsPage
from companion.programme.sync import sync as read_calendars
from desktop.at_microsoft import REVIEWS, WAIT, Office, panel
from desktop.made import ME, NOW
from desktop.seen import find, press, texts
from fakes.identity import DANA


@pytest.fixture
def office(house):
    return Office(house)


@pytest.fixture
def page(told, office, qtbot):
    told.tasks.adopt(office.house)
    made = HealthPage(told)
    qtbot.addWidget(made)
    made.resize(1264, 600)
    made.show()
    return made


def reloaded(page, qtbot):
    with qtbot.waitSignal(page.filled, timeout=WAIT):
        page.reload()


def offered(page):
    return [b.text() for b in page.column.findChildren(type(find(page, "Test"))) if b.isVisibleTo(page)]


def test_the_page_says_since_when_and_why_and_signs_in(page, office, told, answers, qtbot):
    office.calendar("Łucja Żółć")
    read_calendars(office.house)
    reloaded(page, qtbot)
    seen = texts(page)
    assert f"Calendar of {ME} · Microsoft 365" in seen
    assert ("Signed out since 09:00: Microsoft wants you to sign in once more. Nothing of it was ever read.") in seen
    assert offered(page) == ["Test", "Read now", "Sign in", "Remove…"]
    office.identity.came.set()
    press(page, "Sign in", qtbot)
    qtbot.waitUntil(lambda: panel(answers).ended, timeout=WAIT)
    reloaded(page, qtbot)
    assert "Read just now, 1 meeting kept, nothing to do." in texts(page)
    assert offered(page) == ["Test", "Read now", "Who joined…", "Sign out…", "Remove…"]


def test_who_joined_takes_a_permission_of_its_own(page, office, told, answers, qtbot):
    office.calendar("Dana")
    office.identity.here[DANA.id] = DANA
    reloaded(page, qtbot)
    answers.choice = "on"
    office.identity.came.set()
    press(page, "Who joined…", qtbot)
    qtbot.waitUntil(lambda: bool(answers.signing) and panel(answers).ended, timeout=WAIT)
    assert "who of us joined" in panel(answers).text
    assert office.identity.asked == [(DANA.address, ("join_reports",))]
    answers.choice = "off"
    press(page, "Who joined…", qtbot)
    qtbot.waitUntil(lambda: "Join reports are collected no more by Dana." in told.said, timeout=WAIT)


def test_where_it_must_help_the_page_has_the_request(page, office, told, qtbot):
    office.calendar("Dana")
    office.refusal = Problem("ms_admin_consent", account="Dana", scopes="Calendars.Read")
    read_calendars(office.house)
    reloaded(page, qtbot)
    seen = " ".join(texts(page))
    assert "only your IT can permit that the calendar is read" in seen
    press(page, "Copy the request for IT", qtbot)
    qtbot.waitUntil(lambda: told.said == ["The request is copied. Paste it into a mail to your IT."])
    assert "adminconsent" in QGuiApplication.clipboard().text()


def test_microsoft_that_wants_to_be_left_alone_is_quoted(page, office, qtbot):
    office.calendar("Dana")
    office.refusal = Problem("server_busy_for", host="graph.microsoft.com", account="Dana", after=3600)
    read_calendars(office.house)
    reloaded(page, qtbot)
    assert any(text.startswith("Microsoft asked us to wait; will be tried again at 10:00.") for text in texts(page))
    assert [item.tag for item in page.list.items if item.key] == ["asked to wait"]


def test_another_mailbox_is_named(page, office, qtbot):
    office.calendar("Reviews", url=REVIEWS, owner="", hosts=True)
    reloaded(page, qtbot)
    assert "Calendar of our hosts · Microsoft 365 · reviews@ferro.example" in texts(page)


def test_a_collected_mailbox_has_no_sign_in(page, office, qtbot):
    office.calendar("Mei", user=APP, url=f"https://graph.microsoft.com/v1.0/users/{ME}")
    with office.house.device() as device:
        device.events.save_state("mei", SyncState(failures=1, trouble="ms_not_set_up", signed_out=NOW))
    reloaded(page, qtbot)
    assert f"Calendar of {ME} · Microsoft 365, read by the collector" in texts(page)
    assert "Ops read it, with the collector. What it finds comes here by itself." in texts(page)
    seen = [b.text() for b in page.findChildren(QPushButton) if b.isVisibleTo(page)]
    assert seen == ["Remove…"]


def test_a_collected_mailbox_is_not_read_from_here_whichever_way_it_is_asked(settings, office, told, qtbot):
    office.calendar("Mei", user=APP, url=f"https://graph.microsoft.com/v1.0/users/{ME}")
    reloaded(settings, qtbot)
    more = next(b for b in settings.findChildren(QPushButton) if b.accessibleName() == "More for Mei")
    assert [action.text() for action in more.menu().actions()] == ["Remove…"]
    done = []
    sync(told, then=lambda: done.append(True))  # F5
    qtbot.waitUntil(lambda: done == [True], timeout=WAIT)
    assert told.said == ["Ops read it, with the collector. What it finds comes here by itself."]


@pytest.fixture
def settings(told, office, qtbot):
    told.tasks.adopt(office.house)
    made = SettingsPage(told)
    qtbot.addWidget(made)
    made.resize(1264, 900)
    made.show()
    return made


def test_settings_shows_what_a_policy_decides_and_does_not_offer_to_change_it(settings, office, told, qtbot):
    fixed = Registration(client_id="c0ffee", authority="https://login.microsoftonline.com/ferro.example", firm="Ferro",
                         fixed=frozenset({"client_id", "authority"}))  # fmt: skip
    told.tasks.adopt(replace(office.house, registration=fixed))
    reloaded(settings, qtbot)
    assert "Set up by Ferro · app c0ffee · ferro.example" in texts(settings)
    names = [b.accessibleName() for b in settings.findChildren(type(find(settings, "Add a calendar…")))]
    assert "Set up Microsoft 365" not in names


def test_settings_asks_for_what_no_policy_decides(settings, office, told, answers, qtbot):
    part = Registration(client_id="c0ffee", fixed=frozenset({"client_id"}))
    told.tasks.adopt(replace(office.house, registration=part))
    reloaded(settings, qtbot)
    asked = []
    answers.form = lambda title, text, fields, label, done: asked.append((text, [field.key for field in fields]))
    buttons = settings.findChildren(type(find(settings, "Add a calendar…")))
    next(b for b in buttons if b.accessibleName() == "Set up Microsoft 365").click()
    qtbot.waitUntil(lambda: bool(asked))
    text, keys = asked[0]
    assert "client_id" not in keys
    assert "authority" in keys
    assert text == "Your IT gives you these. They are no secrets. Your firm's policy decides: The app's id (client id)."
