"""Settings: calendars, people, channels, privacy, look."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from companion.basics.settings import read_settings
from companion.crossing.model import Command
from companion.desktop.settings.page import SettingsPage
from companion.desktop.widgets.rows import Row
from companion.programme import accounts, apply
from companion.programme.invitation import read_invitation
from desktop.made import ME, NOW
from desktop.seen import press, texts

ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
BEGIN:VEVENT
UID:1@ferro
DTSTAMP:20261101T000000Z
DTSTART:20261203T100000Z
DTEND:20261203T110000Z
SUMMARY:Kestrel review
ATTENDEE:mailto:ken@kestrel.example
ATTENDEE:mailto:dana.okafor@ferro.example
END:VEVENT
BEGIN:VEVENT
UID:2@ferro
DTSTAMP:20261101T000000Z
DTSTART:20261204T100000Z
DTEND:20261204T110000Z
SUMMARY:Dentist
CLASS:PRIVATE
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


@pytest.fixture
def page(told, qtbot):
    made = SettingsPage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    again(made, qtbot)
    return made


def again(page, qtbot):
    with qtbot.waitSignal(page.filled):
        page.reload()


@pytest.fixture
def calendar(tmp_path):
    path = tmp_path / "mine.ics"
    path.write_text(ICS, "utf-8", newline="")
    return path


def test_a_calendar_is_added_read_and_its_ledger_shown(page, answers, told, house, calendar, qtbot):
    answers.forms = [{"name": "Mine", "url": str(calendar)}]
    answers.choice = "other"
    press(page, "Add a calendar…", qtbot)
    qtbot.waitUntil(lambda: told.said == ["1 meeting added."], timeout=20_000)
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    again(page, qtbot)
    seen = texts(page)
    assert "Seen 2 · private 1 dropped · not a customer meeting 0 dropped · kept 1" in seen
    assert f"{ME} · Read just now, 1 meeting kept, nothing to do." in seen
    assert not any("Dentist" in text for text in seen)
    assert accounts.named(house, "Mine").kind == "ics"


def test_a_calendar_that_is_not_there_is_told(page, answers, told, tmp_path, qtbot):
    heard = []
    told.tasks.problem.disconnect()
    told.tasks.problem.connect(heard.append)
    answers.forms = [{"name": "Mine", "url": str(tmp_path / "none.ics")}]
    answers.choice = "other"
    press(page, "Add a calendar…", qtbot)
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert heard[0].code == "file_missing"


def test_a_calendar_is_removed_after_a_question(page, answers, told, house, calendar, qtbot):
    accounts.add(house, accounts.NewAccount("ics", "Mine", str(calendar)))
    again(page, qtbot)
    more = next(b for b in page.findChildren(QPushButton) if b.accessibleName() == "More for Mine")
    more.menu().actions()[2].trigger()
    qtbot.waitUntil(lambda: accounts.all_of(house) == [])
    assert answers.asked[-1][0] == "Remove Mine?"


def test_a_calendar_in_the_list_opens_how_it_stands(page, told, house, calendar, qtbot):
    made = accounts.add(house, accounts.NewAccount("ics", "Mine", str(calendar)))
    again(page, qtbot)
    row = next(row for row in page.findChildren(Row) if row.accessibleName().startswith("Mine, "))
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Return)
    press(page, "How they stand", qtbot)
    assert told.went == [("calendars", made.id), ("calendars", "")]


def test_the_look_and_the_role_are_kept_and_take_effect(page, told, house, qtbot):
    look = next(b for b in page.findChildren(QPushButton) if b.accessibleName().startswith("Light or dark"))
    look.menu().actions()[2].trigger()
    qtbot.waitUntil(lambda: told.said == ["restart False"])
    assert read_settings(house.paths.settings)[0].look == "dark"
    press(page, "I do", qtbot)
    qtbot.waitUntil(lambda: len(told.said) == 2)
    assert read_settings(house.paths.settings)[0].role == "ops"


def test_a_language_is_chosen(page, answers, told, house, qtbot):
    answers.choice = "pl"
    change = next(b for b in page.findChildren(QPushButton) if b.accessibleName() == "Change the language")
    change.click()
    qtbot.waitUntil(lambda: told.said == ["restart False"])
    assert read_settings(house.paths.settings)[0].language == "pl"


def test_people_come_from_a_table(page, answers, told, tmp_path, qtbot):
    answers.path = tmp_path / "people.csv"
    answers.path.write_text("name,email,team,role\nLev Brandt,lev.brandt@ferro.example,People,leader\n", "utf-8")
    press(page, "Import people…", qtbot)
    qtbot.waitUntil(lambda: bool(told.said))
    assert told.said[0].startswith("1 added, 0 changed, 0 as they were. There is no column aliases")
    again(page, qtbot)
    assert "People · leader · lev.brandt@ferro.example" in texts(page)


def test_an_invitation_is_written(page, answers, told, tmp_path, qtbot):
    answers.choice, answers.path = "mei.tan@ferro.example", tmp_path / "mei.json"
    press(page, "Write an invitation…", qtbot)
    qtbot.waitUntil(lambda: bool(told.said))
    found = read_invitation(answers.path.read_text("utf-8"))
    assert (found.firm, found.me) == ("Ferro Building Supply", "mei.tan@ferro.example")
    assert "password" not in json.loads(answers.path.read_text())


def test_a_site_and_a_mail_server_are_added_and_removed(page, answers, told, house, tmp_path, qtbot):
    answers.forms = [
        {"name": "Ours", "folder": str(tmp_path / "site"), "audience": "team:Finance"},
        {"name": "Mail", "server": "mail.ferro.example:465", "security": "tls", "sender": "a@ferro.example"},
    ]
    press(page, "Add a site…", qtbot)
    qtbot.waitUntil(lambda: told.tasks.busy == 0 and len(answers.forms) == 1)
    press(page, "Add a mail server…", qtbot)
    qtbot.waitUntil(lambda: told.tasks.busy == 0 and not answers.forms)
    again(page, qtbot)
    seen = texts(page)
    assert f"site for Finance, in {tmp_path / 'site'}" in seen
    assert "mail by mail.ferro.example, from a@ferro.example" in seen
    more = next(b for b in page.findChildren(QPushButton) if b.accessibleName() == "More for Ours")
    more.menu().actions()[1].trigger()
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    again(page, qtbot)
    assert not any("site for Finance" in text for text in texts(page))


def test_the_programme_is_changed(page, answers, told, house, qtbot):
    answers.forms = [{"name": "Ferro", "domains": "ferro.example, ferro.pl", "zone": "Europe/Warsaw"}]
    change = next(b for b in page.findChildren(QPushButton) if b.accessibleName() == "Change the programme")
    change.click()
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    again(page, qtbot)
    assert any("our domains: ferro.example, ferro.pl · days by the clock of Europe/Warsaw" in s for s in texts(page))


def test_a_section_can_be_gone_to(page, qtbot):
    page.arrive("channels")
    qtbot.waitUntil(lambda: page.column.verticalScrollBar().value() > 0)


def test_a_meeting_that_waits_for_my_yes_is_shared_by_it(page, told, house, qtbot, monkeypatch):
    crossed = []
    monkeypatch.setitem(apply.HANDLERS, "test", lambda _tx, body, _now: crossed.append(body["ids"]))
    body = {"ids": ["m9"], "uids": ["u9"], "put": [{"title": "Kestrel, only in my calendar"}]}
    with house.device() as device:
        device.queue.put(Command("u9", "test", body, NOW, held=True))
    again(page, qtbot)
    assert "Kestrel, only in my calendar" in texts(page)
    press(page, "Yes, share it", qtbot)
    qtbot.waitUntil(lambda: told.said == ["It is shared now."])
    assert crossed == [["m9"]]
    again(page, qtbot)
    assert "Kestrel, only in my calendar" not in texts(page)


def test_the_links_above_go_to_their_sections(page, qtbot):
    bar = page.column.verticalScrollBar()
    press(page, "People", qtbot)
    qtbot.waitUntil(lambda: bar.value() > 0)
    press(page, "You", qtbot)
    qtbot.waitUntil(lambda: bar.value() == 0)
