"""The first screen: an invitation, a start, or a look round."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QCheckBox, QPushButton

from companion import bootstrap
from companion.basics.settings import read_settings
from companion.calendars.signin import Registration
from companion.connectors.ics.worker import InlineReader
from companion.desktop.first import page as first_page
from companion.desktop.first.page import FirstPage
from companion.desktop.first.view import looked_back
from companion.programme.invitation import Invitation, write_invitation
from companion.programme.look_back import LookBack
from desktop.made import NOW
from desktop.pages.test_settings import ICS
from desktop.seen import find, press, texts
from fakes.identity import DANA, FakeIdentity
from fakes.source import FakeSource


@pytest.fixture
def house(tmp_path):
    """A profile in which nothing was begun."""
    built = bootstrap.build(tmp_path / "new", clock=lambda: NOW, secrets_mode="session")
    yield built
    built.close()


@pytest.fixture
def page(told, qtbot):
    made = FirstPage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    again(made, qtbot)
    return made


def again(page, qtbot):
    with qtbot.waitSignal(page.filled):
        page.reload()


def test_there_are_three_ways_in(page):
    seen = texts(page)
    assert "Hear your customers, twice a year, and tell your team." in seen
    assert "Private and internal events are dropped before anything is written." in seen


def test_an_invitation_is_taken(page, answers, told, house, tmp_path, qtbot):
    answers.path = tmp_path / "invitation.json"
    answers.path.write_text(write_invitation(Invitation("Ferro", "dana@ferro.example")), "utf-8")
    press(page, "I have an invitation", qtbot)
    qtbot.waitUntil(lambda: told.said == ["restart True"])
    assert read_settings(house.paths.settings)[0].me == "dana@ferro.example"


def test_what_is_no_invitation_is_told(page, answers, told, tmp_path, qtbot):
    heard = []
    told.tasks.problem.disconnect()
    told.tasks.problem.connect(heard.append)
    answers.path = tmp_path / "x.json"
    answers.path.write_bytes(b"\xff\x00 no json")
    press(page, "I have an invitation", qtbot)
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert heard[0].code == "invitation_wrong"


def test_a_programme_is_started_step_by_step(page, answers, told, house, tmp_path, qtbot):
    answers.forms = [
        {"firm": "Ferro", "domains": "ferro.example", "name": "Ola Nowak", "address": "ola@ferro.example"},
    ]
    press(page, "Start a programme", qtbot)
    qtbot.waitUntil(lambda: told.went == [("first", "")])
    told.went.clear()
    again(page, qtbot)
    assert "Four things, and the programme runs." in texts(page)
    calendar = tmp_path / "hosts.ics"
    calendar.write_text(ICS + ICS.replace("1@ferro", "3@ferro"), "utf-8", newline="")
    answers.forms = [{"name": "Hosts", "url": str(calendar), "hosts": "yes"}]
    answers.choice = "other"
    press(page, "Add a calendar…", qtbot)
    qtbot.waitUntil(lambda: told.tasks.busy == 0 and not answers.forms, timeout=20_000)
    again(page, qtbot)
    assert "Hosts" in texts(page)
    people = tmp_path / "people.csv"
    people.write_text("name,email,team,role\nLev Brandt,lev@ferro.example,People,leader\n", "utf-8")
    answers.path = people
    press(page, "Import people…", qtbot)
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    again(page, qtbot)
    assert "1 leader" in texts(page)
    press(page, "Open the programme", qtbot)
    assert told.went == [("home", "")]


def test_outside_firms_are_proposed_and_ticked(page, answers, told, house, tmp_path, qtbot, monkeypatch):
    answers.forms = [
        {"firm": "Ferro", "domains": "ferro.example", "name": "Ola", "address": "ola@ferro.example"},
    ]
    press(page, "Start a programme", qtbot)
    qtbot.waitUntil(lambda: bool(told.said))
    past = ICS.replace("20261203", "20260903").replace("20261204", "20260904")
    entries = "".join(past.replace("1@ferro", f"{n}@ferro") for n in (11, 12, 13))
    calendar = tmp_path / "hosts.ics"
    calendar.write_text(entries, "utf-8", newline="")
    answers.forms = [{"name": "Hosts", "url": str(calendar), "hosts": "yes"}]
    again(page, qtbot)
    answers.choice = "other"
    press(page, "Add a calendar…", qtbot)
    qtbot.waitUntil(lambda: told.tasks.busy == 0 and not answers.forms, timeout=20_000)
    again(page, qtbot)
    with qtbot.waitSignal(page.filled, timeout=20_000):
        press(page, "Look…", qtbot)
    boxes = page.findChildren(QCheckBox)
    assert [box.accessibleName() for box in boxes if box.isVisibleTo(page)] == [
        "Kestrel (kestrel.example), in 3 entries"
    ]
    boxes[0].setChecked(True)
    press(page, "These are customers", qtbot)
    qtbot.waitUntil(lambda: told.tasks.busy == 0, timeout=20_000)
    with house.workspace(write=False) as tx:
        assert [customer.domains for customer in tx.customers.all()] == [("kestrel.example",)]


def test_the_sample_opens_in_a_profile_of_its_own(page, told, qtbot, monkeypatch):
    started = []

    def start(program, arguments):
        started.append(arguments)
        return True, 1

    monkeypatch.setattr(first_page.QProcess, "startDetached", start)
    press(page, "Look round with a sample company", qtbot)
    assert started == [["-m", "companion", "demo"]]
    assert "in a moment" in told.said[0]


@pytest.fixture
def signs_in(told, house):
    """A house whose firm signs in with Microsoft; somebody comes back from the browser at once."""
    identity = FakeIdentity(who=DANA)
    identity.came.set()
    made = replace(
        house, identity=identity, registration=Registration(client_id="c0ffee", firm="Ferro Building Supply"),
        open_source=lambda account, _days: FakeSource({}), open_reader=InlineReader,
    )  # fmt: skip
    told.tasks.adopt(made)
    return made


def test_where_the_firm_signs_in_there_is_one_button(signs_in, page, answers, told, qtbot):
    seen = texts(page)
    assert "Ferro Building Supply" in seen
    assert "Your part: two customer meetings a year, only to listen." in seen
    assert "with your work account, in your browser" in seen
    filled = [b.text() for b in page.findChildren(QPushButton) if b.property("filled") and b.isVisibleTo(page)]
    assert filled == ["Sign in with Microsoft"]
    press(page, "Sign in with Microsoft", qtbot)
    qtbot.waitUntil(lambda: bool(answers.signing) and answers.signing[0].ended)
    again(page, qtbot)
    assert told.went[-1] == ("home", "")
    assert read_settings(signs_in.paths.settings)[0].me == DANA.address


def test_who_runs_the_programme_of_such_a_firm_finds_the_start_at_once(signs_in, page, answers, told, qtbot):
    find(page, "I have an invitation")
    asked = []
    answers.form = lambda title, text, fields, label, done: asked.append({one.key: one.start for one in fields})
    press(page, "Start a programme", qtbot)
    assert asked[0]["firm"] == "Ferro Building Supply"


def test_who_has_a_calendar_elsewhere_finds_the_three_ways_and_back(signs_in, page, told, qtbot):
    press(page, "My calendar is elsewhere…", qtbot)
    assert "Hear your customers, twice a year, and tell your team." in texts(page)
    press(page, "Back", qtbot)
    assert "Your part: two customer meetings a year, only to listen." in texts(page)


def test_who_was_invited_signs_in_or_adds_another_calendar(signs_in, page, answers, told, qtbot):
    told.tasks.adopt(replace(signs_in, me=DANA.address))
    again(page, qtbot)
    find(page, "Sign in with Microsoft")
    find(page, "Not now")
    press(page, "My calendar is elsewhere…", qtbot)
    assert answers.asked[-1][0] == "Add a calendar"


def test_the_look_back_is_one_sentence():
    assert looked_back(LookBack(31, 6)) == "31 reviews in 12 months; in 6 sat someone from the back office."
