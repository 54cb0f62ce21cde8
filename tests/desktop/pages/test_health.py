"""The page Calendars: every account in words, its runs, what is set aside; and what its buttons do."""

import threading
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.calendars.model import Account
from companion.connectors.ics.worker import InlineReader
from companion.desktop.health.page import HealthPage
from companion.desktop.rounds import in_turn, sync
from companion.programme import accounts
from companion.programme.sync import sync as read_calendars
from companion.programme.views.calendars import calendars
from desktop.made import ME, NOW
from desktop.seen import find, press, texts
from fakes.ics import calendar, event
from fakes.source import FakeSource

BROKEN = "BEGIN:VEVENT\r\nUID:secret-uid@x\r\nSUMMARY:Kestrel secret\r\nDTSTART:yesterday\r\n"
BROKEN += "ATTENDEE:mailto:ken@kestrel.example\r\nEND:VEVENT"


@dataclass
class Refusing:
    """A calendar of which nothing can be had."""

    problem: Problem

    def pages(self, cursor, known, ticket):
        raise self.problem
        yield

    def close(self):
        return


@dataclass
class Hanging(FakeSource):
    """A server that answers only when it is let go."""

    go: threading.Event = field(default_factory=threading.Event)
    members: dict = field(default_factory=dict)

    def pages(self, cursor, known, ticket):
        while not self.go.wait(0.02):  # as the real ones do: a cancel ends it, whatever the server does
            ticket.step()
        raise Problem("server_silent", host="cal.ferro.example", account="Slow", seconds=30)
        yield


@dataclass
class Office:
    """The house with calendars that a test writes by hand."""

    house: object
    sources: dict
    time: list

    def add(self, name, *events, url="https://cal.ferro.example/", owner=ME):
        with self.house.device() as device:
            device.accounts.put(Account(name.lower(), name, "caldav", url, "dana", owner, not owner, NOW))
        self.sources[name] = FakeSource({str(at): calendar(one) for at, one in enumerate(events)})
        return self.sources[name]

    def refuse(self, name, code, **facts):
        self.sources[name] = Refusing(Problem(code, host="cal.ferro.example", account=name, **facts))


@pytest.fixture
def office(house):
    sources, time = {}, [NOW]
    made = replace(
        house, open_source=lambda account, _days: sources[account.name], open_reader=InlineReader, clock=lambda: time[0]
    )
    return Office(made, sources, time)


@pytest.fixture
def page(told, office, qtbot):
    told.tasks.adopt(office.house)
    made = HealthPage(told)
    qtbot.addWidget(made)
    made.resize(1264, 600)
    made.show()
    return made


def again(page, qtbot):
    qtbot.waitUntil(lambda: page.frame.tasks.busy == 0, timeout=20_000)
    with qtbot.waitSignal(page.filled):
        page.reload()


def review(number, title="Kestrel review"):
    return event(f"{number}@x", f"202612{number + 1:02}T130000Z", title=title)


def test_without_a_calendar_one_is_offered(page, answers, qtbot):
    again(page, qtbot)
    assert "No calendar is connected yet." in texts(page)
    assert not any(b.text() == "Read all" for b in page.findChildren(QPushButton) if b.isVisibleTo(page))
    press(page, "Add a calendar…", qtbot)
    assert answers.asked[-1][0] == "Add a calendar"


def test_a_calendar_never_read_says_so(page, office, qtbot):
    office.add("Dana")
    again(page, qtbot)
    seen = texts(page)
    assert f"Calendar of {ME} · calendar server · cal.ferro.example" in seen
    assert "Not read yet." in seen
    assert "No day was read yet." in seen
    assert any(text.startswith("It was not read yet.") for text in seen)


def test_it_reads_now_and_tells_what_came(page, office, told, qtbot):
    office.add("Dana", review(1), event("2@x", title="Dentist", guests=()))
    again(page, qtbot)
    press(page, "Read now", qtbot)
    qtbot.waitUntil(lambda: told.said == ["1 meeting added."])
    again(page, qtbot)
    seen = texts(page)
    assert "Read just now, 1 meeting kept, nothing to do." in seen
    assert "Today, 09:00 · less than a second · 1 meeting added" in seen
    assert "seen 2 · private 0 dropped · not a customer meeting 1 dropped · kept 1" in seen
    assert "Days from 17 October 2025 to 26 December 2027" in seen
    assert "Everything in it was listed last at 09:00." in seen


def test_who_is_signed_out_comes_first_and_gives_the_password(page, office, answers, told, qtbot):
    office.add("Ana Nguyễn Thị Ánh")
    office.add("Łucja Żółć")
    read_calendars(office.house)
    office.refuse("Łucja Żółć", "signin_refused")
    read_calendars(office.house)
    again(page, qtbot)
    assert [item.title for item in page.list.items] == ["To look at", "Łucja Żółć", "In order", "Ana Nguyễn Thị Ánh"]
    assert [item.tag for item in page.list.items if item.key] == ["signed out", ""]
    said = "Signed out since 09:00: the server refuses the user name or the password. Meetings are as of that day."
    assert said in texts(page)
    office.sources["Łucja Żółć"] = FakeSource({})
    answers.forms = [{"password": "new-secret"}]
    press(page, "Password…", qtbot)
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    again(page, qtbot)
    assert "Read just now, 0 meetings kept, nothing to do." in texts(page)
    assert office.house.secrets.get(accounts.secret_name("łucja żółć")) == "new-secret"
    assert not any(b.text() == "Password…" for b in page.findChildren(QPushButton) if b.isVisibleTo(page))


def test_a_lost_secret_address_is_asked_for(page, office, answers, qtbot):
    office.add("Dana", url="https://cal.ferro.example/…")
    office.refuse("Dana", "address_missing", shown="https://cal.ferro.example/…")
    read_calendars(office.house)
    again(page, qtbot)
    press(page, "Address…", qtbot)
    assert answers.asked[-1][0] == "Address of Dana"


def test_what_fails_says_how_often_why_and_when_it_is_tried_again(page, office, qtbot):
    office.add("Dana")
    office.refuse("Dana", "server_silent", seconds=30)
    for _ in range(2):
        read_calendars(office.house)
    again(page, qtbot)
    seen = texts(page)
    assert any(text.startswith("Could not be reached 2 times; will be tried again at 09:3") for text in seen)
    assert any(text.startswith("cal.ferro.example does not answer") for text in seen)
    assert "Today, 09:00 to today, 09:00 · 2 times · nothing was taken in" in seen


def test_what_is_set_aside_is_shown_without_its_name_and_tried_again(page, office, qtbot):
    source = office.add("Dana", review(1), BROKEN)
    read_calendars(office.house)
    again(page, qtbot)
    seen = texts(page)
    assert "Read just now, 1 meeting kept; 1 entry could not be read and is set aside." in seen
    assert "since 09:00, tried once" in seen
    assert not any("secret" in text for text in seen)
    source.members["1"] = calendar(review(2))
    press(page, "Try again", qtbot)
    again(page, qtbot)
    assert "Read just now, 2 meetings kept, nothing to do." in texts(page)


def test_a_calendar_that_shrank_is_believed_after_a_question(page, office, answers, qtbot):
    source = office.add("Dana", *(review(number) for number in range(1, 26)))
    read_calendars(office.house)
    source.members = {"1": source.members["1"]}
    read_calendars(office.house)
    again(page, qtbot)
    assert any(text.startswith("It suddenly holds far less than before") for text in texts(page))
    press(page, "It is right so…", qtbot)
    assert answers.asked[-1][0] == "Does Dana hold so few entries now?"
    again(page, qtbot)
    assert "Read just now, 1 meeting kept, nothing to do." in texts(page)


def test_it_is_removed_after_a_question(page, office, answers, qtbot):
    office.add("Dana")
    again(page, qtbot)
    press(page, "Remove…", qtbot)
    qtbot.waitUntil(lambda: accounts.all_of(office.house) == [])
    assert answers.asked[-1][0] == "Remove Dana?"


def test_the_server_is_asked_for_its_calendars(page, office, told, qtbot):
    office.add("Dana")
    told.tasks.adopt(replace(office.house, test_account=lambda account: ["Work", "Home"]))
    again(page, qtbot)
    press(page, "Test", qtbot)
    qtbot.waitUntil(lambda: told.said == ["Dana answers: 2 calendars."])


def test_it_comes_for_one_account_and_keeps_it(page, office, qtbot):
    for name in ("Ana", "Dana", "Zoë"):
        office.add(name)
    page.arrive("zoë")
    again(page, qtbot)
    assert page.list.current == "zoë"
    again(page, qtbot)
    assert page.list.current == "zoë"
    page.arrive("ana")
    assert page.list.current == "ana"
    assert find(page, "Read now").accessibleName() == "Read Ana now"


def test_fifty_accounts_are_listed(page, office, qtbot):
    for number in range(50):
        office.add(f"A calendar with quite a long name, of the team number {number}", owner="")
    again(page, qtbot)
    assert len([item for item in page.list.items if item.key]) == 50
    assert page.column.horizontalScrollBar().maximum() == 0


def test_one_that_hangs_does_not_hold_up_the_others(tasks, told, office, qtbot):
    """Real threads: what the others brought stands while one server says nothing."""
    hanging = Hanging()
    office.add("Slow", url="https://slow.example/")
    office.sources["Slow"] = hanging
    for number in range(6):
        office.add(f"Quick {number}", review(number + 1), url="https://quick.example/")
    frame = replace(told, tasks=tasks)
    tasks.open(lambda: office.house, lambda _house: None, lambda _problem: None)
    changed = []
    tasks.changed.connect(changed.append)
    sync(frame)

    def read():
        return {item.account.name for item in calendars(office.house).items if item.state.last_ok}

    qtbot.waitUntil(lambda: len(read()) == 6, timeout=20_000)
    qtbot.waitUntil(lambda: frame.reading == {"Slow"})
    assert tasks.busy == 1
    assert sum(Changes.MEETINGS in rooms for rooms in changed) >= 1
    sync(frame, ["Slow"])  # it is being read: nothing more is begun
    qtbot.waitUntil(lambda: tasks.busy == 1)
    assert told.said == []
    hanging.go.set()
    qtbot.waitUntil(lambda: tasks.busy == 0 and not frame.reading)
    assert told.said == [
        "Slow: cal.ferro.example does not answer (account Slow, waited 30 seconds). Check the connection and try again."
    ]


def test_cancelling_one_cancels_the_whole_round(tasks, told, office, qtbot):
    office.add("Slow", url="https://slow.example/")
    hanging = office.sources["Slow"] = Hanging()
    for number in range(8):
        name = f"Waiting {number}"
        office.add(name, url="https://slow.example/")
        office.sources[name] = hanging
    frame = replace(told, tasks=tasks)
    tasks.open(lambda: office.house, lambda _house: None, lambda _problem: None)
    running = []
    tasks.step.connect(lambda step: running.append(step.task))
    sync(frame)
    qtbot.waitUntil(lambda: tasks.busy == 9 and bool(running))
    running[0].cancel()
    qtbot.waitUntil(lambda: tasks.busy == 0)
    assert frame.reading == set()
    tried = [item for item in calendars(office.house).items if item.runs]
    assert len(tried) < 6


def test_by_the_clock_only_news_is_said(told, office, qtbot):
    told.tasks.adopt(office.house)
    office.add("Dana", review(1))
    office.add("Mei")
    office.refuse("Mei", "server_silent", seconds=30)
    sync(told, by_clock=True)
    qtbot.waitUntil(lambda: told.said == ["1 meeting added."])
    sync(told, by_clock=True)
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    assert len(told.said) == 1
    sync(told)
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    assert len(told.said) == 2
    assert told.said[1].startswith("Mei: cal.ferro.example does not answer")


def test_each_server_has_its_turn():
    def account(name, url):
        return Account(name, name, "caldav", url)

    found = [account(f"a{n}", "https://one.example/x") for n in range(3)]
    found += [account("b", "https://two.example/"), account("c", "/calendars/c.ics"), account("d", "/calendars/d.ics")]
    assert in_turn(found) == ["a0", "b", "c", "d", "a1", "a2"]


def test_a_day_old_calendar_is_to_be_looked_at(page, office, qtbot):
    office.add("Dana")
    read_calendars(office.house)
    office.time[0] += timedelta(days=4)
    again(page, qtbot)
    assert [item.tag for item in page.list.items if item.key] == ["not read lately"]
    assert "Not read since Saturday; meetings are as of then." in texts(page)


def filled(page):
    return [b.text() for b in page.findChildren(QPushButton) if b.isVisibleTo(page) and b.property("filled")]


def test_a_doubted_calendar_is_mended_by_its_one_filled_button(page, office, qtbot):
    source = office.add("Dana", *(review(number) for number in range(1, 26)))
    read_calendars(office.house)
    source.members = {"1": source.members["1"]}
    read_calendars(office.house)
    again(page, qtbot)
    assert filled(page) == ["It is right so…"]
    told = [text for text in texts(page) if "where it held 25" in text]
    assert told
    assert all("now lists 1 entry where" in text and "companion" not in text for text in told)


def test_a_way_of_signing_in_that_we_cannot_do_asks_for_another_address(page, office, answers, told, qtbot):
    account = office.add("Dana") and accounts.named(office.house, "Dana")
    office.house.secrets.put(accounts.secret_name(account.id), "pw")
    office.refuse("Dana", "signin_other", ways="bearer")
    read_calendars(office.house)
    again(page, qtbot)
    assert filled(page) == ["Address…"]
    assert not any("app password" in text for text in texts(page))
    office.sources["Dana"] = FakeSource({"1": calendar(review(1))})
    answers.forms = [{"url": "https://cal.ferro.example/private-T0KEN/basic.ics"}]
    press(page, "Address…", qtbot)
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    moved = accounts.named(office.house, "Dana")
    assert (moved.id, moved.kind, moved.url, moved.user) == (account.id, "ics", "https://cal.ferro.example/…", "")
    assert office.house.secrets.get(accounts.secret_name(account.id)) is None
    again(page, qtbot)
    assert filled(page) == ["Read now"]
    assert "Read just now, 1 meeting kept, nothing to do." in texts(page)


def test_the_address_of_every_calendar_can_be_changed(page, office, answers, told, qtbot):
    office.add("Dana")
    again(page, qtbot)
    answers.forms = [{"url": "https://p37.ferro.example/"}]
    press(page, "Address…", qtbot)
    qtbot.waitUntil(lambda: accounts.named(office.house, "Dana").url == "https://p37.ferro.example/")
    qtbot.waitUntil(lambda: told.tasks.busy == 0)


def test_what_is_set_aside_alike_is_one_row_with_its_number(page, office, qtbot):
    office.add("Dana", review(1), *(BROKEN.replace("secret-uid", f"secret-{number}") for number in range(25)))
    read_calendars(office.house)
    again(page, qtbot)
    rows = [text for text in texts(page) if text.startswith("25 entries of this calendar could not be read")]
    assert len(rows) == 1
    assert texts(page).count("since 09:00, tried once") == 1
    heading = next(text for text in page.findChildren(QLabel) if text.text() == "Set aside" and text.isVisibleTo(page))
    assert find(page, "Try again").parent() is heading.parent()


def test_why_it_fails_is_told_once(page, office, qtbot):
    office.add("Dana")
    office.refuse("Dana", "server_silent", seconds=30)
    read_calendars(office.house)
    again(page, qtbot)
    assert len([text for text in texts(page) if "does not answer" in text]) == 1


def test_what_a_sync_took_away_is_told_as_such(told, office, qtbot):
    told.tasks.adopt(office.house)
    source = office.add("Dana", review(1), review(2))
    sync(told)
    qtbot.waitUntil(lambda: told.said == ["2 meetings added."])
    source.members = {"0": source.members["0"], "2": calendar(review(3))}
    sync(told)
    qtbot.waitUntil(lambda: told.said[1:] == ["1 meeting added, 1 removed."])
    source.members = {"0": source.members["0"]}
    sync(told)
    qtbot.waitUntil(lambda: told.said[2:] == ["1 meeting removed."])
