"""Home with the workspace away: what I say of my seats waits on this computer, and is sent once."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from companion.basics.errors import Problem
from companion.desktop.home.page import HomePage
from companion.programme import offers, own_word, people, preparing
from companion.programme.apply import cross
from desktop.made import ME, NOW, meeting
from desktop.seen import press, texts

START = NOW.replace(day=26, hour=14)


@contextmanager
def away(*, write=True):
    raise Problem("workspace_unreachable", path="db.ferro.example")
    yield


@pytest.fixture
def kestrel(house):
    """The meeting whose brief is kept here, and the house an hour after it."""
    key = meeting(house, "Annual review", "Kestrel Plumbing Supply")
    preparing.prepare_all(replace(house, clock=lambda: START - timedelta(hours=40)))
    return key, replace(house, clock=lambda: START + timedelta(hours=3))


def shown(told, house, qtbot):
    told.tasks.adopt(house)
    page = HomePage(told)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    with qtbot.waitSignal(page.filled):
        page.reload()
    return page


def own_words(house, key):
    with house.workspace(write=False) as tx:
        return [(one.source, one.says) for one in tx.seats.evidence([key]) if one.by == ME]


def test_i_was_there_is_kept_and_sent_later_once(told, kestrel, qtbot, changed):
    key, house = kestrel
    page = shown(told, replace(house, workspace=away), qtbot)
    assert "Did you join Kestrel Plumbing Supply on 26 November?" in texts(page)
    press(page, "I was there", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    assert told.said == ["Kept on this computer; it will be sent once the workspace answers."]
    with qtbot.waitSignal(page.filled):
        page.reload()
    seen = texts(page)
    assert "Will be sent" in seen
    assert "You were at Kestrel Plumbing Supply." in seen
    assert not any("Did you join" in text for text in seen)
    assert own_words(house, key) == []
    cross(house)
    cross(house)
    assert own_words(house, key) == [("self", "attended")]
    assert own_word.waiting_words(house) == ()


def test_home_that_still_stands_keeps_a_word_as_the_workspace_goes(told, house, qtbot, changed):
    key = meeting(house, "Quarterly review", "Północ Logistyka")
    page = shown(told, house, qtbot)
    told.tasks.adopt(replace(house, workspace=away))
    press(page, "I was not", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    assert told.said == ["Kept on this computer; it will be sent once the workspace answers."]
    cross(house)
    assert own_words(house, key) == [("self", "missed")]


def test_a_yes_to_a_seat_is_shown_as_waiting(told, house, qtbot, changed):
    with house.workspace(write=False) as tx:
        december = next(one.id for one in tx.meetings.everything() if one.start > NOW + timedelta(days=10))
    made = offers.propose(house, december, "mei.tan@ferro.example")
    offers.allow(house, made.id, True)
    mei = people.set_me(house, "mei.tan@ferro.example")
    page = shown(told, mei, qtbot)
    told.tasks.adopt(replace(mei, workspace=away))
    press(page, "Yes", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert "Your yes to a seat." in texts(page)
    cross(mei)
    with house.workspace(write=False) as tx:
        assert tx.offers.get(made.id).state == "accepted"
    people.set_me(house, ME)


def test_a_host_says_that_nobody_sat_in_as_the_workspace_goes(told, house, qtbot, changed):
    key = meeting(house, "Quarterly review", "Północ Logistyka")
    rosa = people.set_me(house, "rosa.vidal@ferro.example")
    page = shown(told, rosa, qtbot)
    told.tasks.adopt(replace(rosa, workspace=away))
    press(page, "Nobody", qtbot)
    qtbot.waitUntil(lambda: bool(changed))
    assert told.said == ["Kept on this computer; it will be sent once the workspace answers."]
    with house.workspace(write=False) as tx:
        dana = tx.people.by_address(ME).id
    assert own_word.nobody_sat(replace(rosa, workspace=away), key, [dana]) is False  # said once more, it waits once
    with qtbot.waitSignal(page.filled):
        page.reload()
    assert "What you said of who sat in." in texts(page)
    assert len(own_word.waiting_words(rosa)) == 1
    cross(rosa)
    assert own_word.waiting_words(rosa) == ()
    with house.workspace(write=False) as tx:
        said = [(one.source, one.says, one.person_id) for one in tx.seats.evidence([key]) if one.source == "host"]
    assert said == [("host", "missed", dana)]
    people.set_me(house, ME)
