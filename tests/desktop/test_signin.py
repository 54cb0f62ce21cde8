"""Signing in from wherever it is asked for: one at a time, cancelled at once, tried again, and all of a person back."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.calendars.signin import APP, Registration
from companion.desktop.calendars import add_calendar
from companion.desktop.chrome import read_chrome
from companion.desktop.health.banner import Banner, worth_a_word
from companion.desktop.health.view import tone
from companion.desktop.rounds import sync
from companion.desktop.signin import connect, sign_in_again, sign_out
from companion.programme import accounts
from companion.programme.sync import sync as read_calendars
from companion.programme.views.ground import ground
from companion.words.health import standing
from desktop.at_microsoft import REVIEWS, WAIT, Office, at, calm, panel, stages
from desktop.made import ME, NOW
from fakes.ics import calendar, event
from fakes.identity import ADDRESS, DANA
from fakes.source import FakeSource

GUESTS = ("ken@kestrel.example", ME)


@pytest.fixture
def office(house):
    return Office(house)


@pytest.fixture
def frame(told, tasks, office):
    """A frame on the small programme with real threads."""
    tasks.open(lambda: office.house, lambda _house: None, lambda _problem: None)
    problems = []
    tasks.problem.connect(problems.append)
    tasks.crash.connect(problems.append)
    made = replace(told, tasks=tasks, signing=[], reading=set())
    for name in ("said", "opened"):
        object.__setattr__(made, name, getattr(told, name))
    yield made
    assert problems == []


def test_the_browser_opens_and_the_calendar_is_read(frame, office, answers, qtbot):
    done = []
    connect(frame, lambda: done.append(True))
    at(answers, "browser", qtbot)
    assert frame.opened == [ADDRESS]
    office.identity.came.set()
    qtbot.waitUntil(lambda: panel(answers).ended, timeout=WAIT)
    assert stages(answers) == ["beginning", "browser", "reading"]
    assert panel(answers).stages[-1].person == DANA.address
    assert done == [True]
    assert frame.signing == []
    assert frame.said == ["1 meeting added."]
    made = accounts.named(office.house, DANA.address)
    assert (made.kind, made.user, made.owner) == ("microsoft365", DANA.id, DANA.address)


def test_a_cancelled_sign_in_leaves_nothing(frame, office, answers, qtbot):
    connect(frame, lambda: pytest.fail("nothing was added"))
    at(answers, "browser", qtbot)
    panel(answers).verbs.cancel()
    assert panel(answers).ended
    assert frame.signing == []
    calm(frame, qtbot)
    assert accounts.all_of(office.house) == []
    assert office.identity.people() == []


def test_without_a_browser_the_link_can_be_copied(frame, office, answers, qtbot):
    connect(replace(frame, open_link=lambda _link: False), lambda: None)
    at(answers, "no_browser", qtbot)
    assert panel(answers).stages[-1].url == ADDRESS
    panel(answers).verbs.copy_link()
    assert QGuiApplication.clipboard().text() == ADDRESS
    panel(answers).verbs.cancel()
    calm(frame, qtbot)


def test_only_one_sign_in_at_a_time(frame, office, answers, qtbot):
    connect(frame, lambda: None)
    at(answers, "browser", qtbot)
    connect(frame, lambda: None)
    assert len(answers.signing) == 1
    assert panel(answers).forward == 1
    panel(answers).verbs.cancel()
    calm(frame, qtbot)
    connect(frame, lambda: None)
    at(answers, "browser", qtbot)
    assert len(answers.signing) == 2
    panel(answers).verbs.cancel()
    calm(frame, qtbot)


def test_what_failed_is_told_and_tried_again(frame, office, answers, qtbot):
    office.identity.problem = Problem("ms_signin_timeout", minutes=5)
    office.identity.came.set()
    connect(frame, lambda: None)
    at(answers, "failed", qtbot)
    told = panel(answers).stages[-1]
    assert told.again
    assert told.needs_it  # perhaps the browser stood at "an administrator has to agree"
    office.identity.problem = None
    panel(answers).verbs.try_again()
    qtbot.waitUntil(lambda: panel(answers).ended, timeout=WAIT)
    assert accounts.named(office.house, DANA.address)
    assert frame.opened == [ADDRESS, ADDRESS]


def test_a_missing_consent_has_the_request_for_it(frame, office, answers, qtbot):
    office.identity.problem = Problem("ms_admin_consent", account=DANA.address, scopes="Calendars.Read")
    office.identity.came.set()
    connect(frame, lambda: None)
    at(answers, "failed", qtbot)
    assert panel(answers).stages[-1].needs_it
    panel(answers).verbs.copy_request()
    calm(frame, qtbot)
    text = QGuiApplication.clipboard().text()
    assert "c0ffee" in text
    assert "Calendars.Read" in text
    panel(answers).verbs.cancel()
    assert frame.signing == []


def test_what_another_try_would_not_mend_offers_none(frame, office, answers, qtbot):
    office.calendar("Dana")
    office.identity.here[DANA.id] = DANA
    office.identity.came.set()
    connect(frame, lambda: None)
    at(answers, "failed", qtbot)
    assert not panel(answers).stages[-1].again
    panel(answers).verbs.cancel()


def test_a_bug_leaves_no_dialog_behind(frame, office, answers, qtbot):
    frame.tasks.crash.disconnect()
    crashed = []
    frame.tasks.crash.connect(crashed.append)
    office.identity.problem = ZeroDivisionError()
    office.identity.came.set()
    connect(frame, lambda: None)
    qtbot.waitUntil(lambda: panel(answers).ended, timeout=WAIT)
    assert len(crashed) == 1


def test_one_sign_in_brings_every_calendar_of_that_person_back(frame, office, answers, qtbot):
    mine = office.calendar("Dana")
    shared = office.calendar("Reviews", url=REVIEWS, owner="", hosts=True)
    read_calendars(office.house)
    office.identity.came.set()
    sign_in_again(frame, mine)
    qtbot.waitUntil(lambda: bool(answers.signing) and panel(answers).ended, timeout=WAIT)
    calm(frame, qtbot)
    with office.house.device(write=False) as device:
        states = [device.events.state(account.id) for account in (mine, shared)]
    assert [(state.signed_out, state.trouble) for state in states] == [(None, ""), (None, "")]
    assert all(state.last_ok for state in states)


def test_signing_out_asks_and_keeps_the_account(frame, office, answers, qtbot):
    mine = office.calendar("Dana")
    office.identity.here[DANA.id] = DANA
    sign_out(frame, mine)
    calm(frame, qtbot)
    assert answers.asked[-1][0] == "Sign out of Dana?"
    assert office.identity.people() == []
    assert frame.said == ["Signed out: Dana."]
    with office.house.device(write=False) as device:
        assert device.events.state(mine.id).signed_out == NOW
    read_calendars(office.house)  # and whatever Microsoft says to the next rounds:
    (item,) = chrome_of(office).calendars
    assert standing(item, NOW, "UTC") == "You signed out at 09:00. Nothing of it was ever read."
    assert tone(item) == "soft"
    assert not worth_a_word(item)
    office.identity.came.set()
    sign_in_again(frame, mine)
    qtbot.waitUntil(lambda: bool(answers.signing) and panel(answers).ended, timeout=WAIT)
    calm(frame, qtbot)
    assert [item.condition for item in chrome_of(office).calendars] == ["in_order"]


def test_a_round_that_finds_somebody_signed_out_offers_to_sign_in(frame, office, qtbot):
    said, again = [], []
    told = replace(frame, say=lambda *words: said.append(words), sign_in=again.append)
    mine = office.calendar("Dana")
    sync(told)
    qtbot.waitUntil(lambda: bool(said), timeout=WAIT)
    office.calendar("Reviews", url=REVIEWS)
    sync(told)
    qtbot.waitUntil(lambda: len(said) == 2, timeout=WAIT)
    assert [words[2] for words in said] == ["Sign in", "Sign in"]
    assert said[0][0].startswith("Microsoft wants Dana to sign in once more.")
    assert said[1][0] == "Signed out of Microsoft, so these calendars are not read: Dana, Reviews"
    said[0][3]()
    assert again == [mine]


class Slow(FakeSource):
    """Two pages; the second waits for the test."""

    def __init__(self, members):
        super().__init__(members, per_page=1)
        self.go = threading.Event()

    def pages(self, cursor, known, ticket):
        for number, page in enumerate(super().pages(cursor, known, ticket)):
            while number and not self.go.wait(0.01):
                ticket.step()
            yield page


def test_the_first_page_is_seen_while_the_rest_is_read(frame, office, qtbot):
    near, far = (event(f"{n}@x", f"2026120{n}T130000Z", title="Kestrel review", guests=GUESTS) for n in (1, 2))
    office.seen = slow = Slow({"1": calendar(near), "2": calendar(far)})
    office.identity.here[DANA.id] = DANA
    office.calendar("Dana")
    changed = []
    frame.tasks.changed.connect(changed.append)
    sync(frame, ["Dana"])

    def shown():
        return [m for m in ground(office.house).meetings.values() if m.title == "Kestrel review"]

    qtbot.waitUntil(lambda: len(shown()) == 1, timeout=WAIT)
    qtbot.waitUntil(lambda: any(Changes.MEETINGS in rooms for rooms in changed), timeout=WAIT)
    assert frame.reading == {"Dana"}
    slow.go.set()
    calm(frame, qtbot)
    assert len(shown()) == 2
    assert frame.said == ["2 meetings added."]


def chrome_of(office):
    return read_chrome(office.house)


@pytest.mark.case(71)
def test_one_banner_for_all_calendars_of_a_person(frame, office, answers, qtbot):
    said = []
    shown = replace(frame, say=lambda sentence, tone="", label="", act=None: said.append((sentence, label, act)))
    office.calendar("Dana")
    office.calendar("Reviews", url=REVIEWS)
    read_calendars(office.house)
    banner = Banner(shown)
    for _ in range(3):
        banner.show(chrome_of(office))
    assert [(sentence, label) for sentence, label, _act in said] == [
        ("Signed out of Microsoft, so these calendars are not read: Dana, Reviews", "Sign in")
    ]
    said[0][2]()  # who backs out finds the sentence there again
    at(answers, "browser", qtbot)
    panel(answers).verbs.cancel()
    assert len(said) == 2
    calm(frame, qtbot)
    office.identity.came.set()
    said[1][2]()
    qtbot.waitUntil(lambda: panel(answers).ended, timeout=WAIT)
    calm(frame, qtbot)
    banner.show(chrome_of(office))
    assert len([one for one in said if one[1] == "Sign in"]) == 2


def test_two_people_who_are_signed_out_are_told_and_brought_back_one_after_the_other(frame, office, answers, qtbot):
    said = []
    shown = replace(frame, say=lambda sentence, tone="", label="", act=None: said.append((sentence, label, act)))
    office.calendar("Dana")
    office.calendar("Mei", user="mei-oid.tid", owner="mei.tan@ferro.example")
    sync(shown)
    qtbot.waitUntil(lambda: bool(said), timeout=WAIT)
    both = "2 people are signed out of Microsoft, so these calendars are not read: Dana, Mei"
    assert said[0][:2] == (both, "Sign in")
    calm(frame, qtbot)
    said.clear()
    banner = Banner(shown)
    banner.show(chrome_of(office))
    assert [one[:2] for one in said] == [(both, "Sign in")]
    office.identity.came.set()
    said[0][2]()
    qtbot.waitUntil(lambda: bool(answers.signing) and panel(answers).ended, timeout=WAIT)
    calm(frame, qtbot)
    banner.show(chrome_of(office))
    assert [one[:2] for one in said if one[0].startswith("Mei")] == [
        (
            "Mei: Signed out since 09:00: Microsoft wants you to sign in once more. Nothing of it was ever read.",
            "Sign in",
        )
    ]


def test_a_mailbox_of_the_collector_is_shown_and_nobody_is_asked_to_sign_in(frame, office):
    said = []
    shown = replace(frame, say=lambda sentence, tone="", label="", act=None: said.append(label))
    office.calendar("Mei", user=APP, url="https://graph.microsoft.com/v1.0/users/mei.tan@ferro.example")
    office.refusal = Problem("ms_not_set_up")
    office.house = replace(office.house, collector=True)
    read_calendars(office.house)
    Banner(shown).show(chrome_of(office))
    assert said == ["Show"]


def test_another_mailbox_is_asked_for_and_added(frame, office, answers, qtbot):
    answers.choice = "mailbox"
    answers.forms = [{"mailbox": "reviews@ferro.example", "hosts": "yes"}]
    office.identity.came.set()
    add_calendar(frame, lambda: None)
    qtbot.waitUntil(lambda: bool(answers.signing) and panel(answers).ended, timeout=WAIT)
    made = accounts.named(office.house, "reviews@ferro.example")
    assert made.hosts
    assert made.url.endswith("/users/reviews%40ferro.example")
    assert office.identity.asked == [("", ("shared_calendar",))]


def test_another_mailbox_without_an_address_opens_no_browser(frame, office, answers, qtbot):
    answers.choice = "mailbox"
    answers.forms = [{"mailbox": "", "name": "Reviews", "hosts": ""}, {"mailbox": "reviews@ferro.example"}]
    office.identity.came.set()
    add_calendar(frame, lambda: None)
    qtbot.waitUntil(lambda: bool(answers.signing), timeout=WAIT)
    assert [text[:23] for title, text in answers.asked if title == "Another mailbox"][1:] == ["Its address is missing:"]
    at(answers, "failed", qtbot)  # what was typed stood there still: of no person, and not of the hosts
    assert frame.opened == []
    panel(answers).verbs.cancel()
    assert accounts.all_of(office.house) == []


def test_where_it_is_not_set_up_it_is_asked_for_first(frame, office, answers, qtbot):
    frame.tasks.adopt(replace(office.house, registration=Registration()))
    answers.choice = "mine"
    choices = iter(["mine", "have"])
    answers.choose = lambda title, text, found, done: (answers.asked.append((title, text)), done(next(choices)))
    answers.forms = [{"client_id": "c0ffee", "authority": "ferro.example"}]
    office.identity.came.set()
    add_calendar(frame, lambda: None)
    qtbot.waitUntil(lambda: bool(answers.signing) and panel(answers).ended, timeout=WAIT)
    assert [title for title, _text in answers.asked] == [
        "Add a calendar", "Microsoft 365 is not set up yet", "Microsoft 365",
    ]  # fmt: skip
    known = []
    frame.tasks.read(lambda house, _ticket: house.registration, known.append)
    calm(frame, qtbot)
    assert (known[0].client_id, known[0].authority) == ("c0ffee", "https://login.microsoftonline.com/ferro.example")


def test_it_is_asked_for_the_apps_id(frame, office, answers, qtbot):
    frame.tasks.adopt(replace(office.house, registration=Registration()))
    choices = iter(["mine", "ask"])
    answers.choose = lambda title, text, found, done: done(next(choices))
    add_calendar(frame, lambda: None)
    qtbot.waitUntil(lambda: frame.said == ["The request is copied. Paste it into a mail to your IT."], timeout=WAIT)
    assert "Calendars.Read" in QGuiApplication.clipboard().text()
