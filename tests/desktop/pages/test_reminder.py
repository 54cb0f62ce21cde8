"""The reminder: once, for what I come to, one click from the brief, never in the way."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from companion.attendance.model import Evidence
from companion.basics.settings import read_settings, write_settings
from companion.desktop.reminder.watch import Watch
from companion.programme import listening, reminding
from companion.programme.listening import Edit
from desktop.made import NOW, meeting
from desktop.seen import press, texts

ON_TOP = pytest.mark.qt_log_ignore("does not support", extend=True)  # the offscreen plugin has no windows on top

START = NOW.replace(day=26, hour=14)
END = START + timedelta(minutes=90)


def at(house, when):
    return replace(house, clock=lambda: when)


def kestrel(house):
    return meeting(house, "Annual review", "Kestrel Plumbing Supply")


def choose(house, **changes):
    settings, _ = read_settings(house.paths.settings)
    write_settings(house.paths.settings, replace(settings, **changes))


def moments(house, when):
    return [(one.moment, one.about.customer) for one in reminding.due(at(house, when)).reminders]


@pytest.fixture
def watch(told, qtbot):
    made = Watch(told, lambda: START - timedelta(minutes=10))
    yield made
    made.stop()


def shown(watch, house, when, qtbot):
    """The panel that comes at an instant."""
    watch._show(reminding.due(at(house, when)))  # the tick asks in the stores' thread; its answer comes in here
    return watch.panel


def test_a_quarter_of_an_hour_before_and_ten_minutes_after(house):
    assert moments(house, START - timedelta(minutes=16)) == []
    assert moments(house, START - timedelta(minutes=15)) == [("before", "Kestrel Plumbing Supply")]
    assert moments(house, END + timedelta(minutes=9)) == []
    assert moments(house, END + timedelta(minutes=10)) == [("after", "Kestrel Plumbing Supply")]


def test_what_was_shown_is_not_shown_again_even_by_another_window(house):
    soon = at(house, START - timedelta(minutes=10))
    for one in reminding.due(soon).reminders:
        reminding.shown(soon, one)
    assert moments(house, START - timedelta(minutes=5)) == []


def test_whoever_wrote_already_is_not_asked_to(house):
    note = listening.open_note(house, kestrel(house))
    listening.write_lines(house, note.id, [Edit("l1", 0, "", "A gate at ten.", START)])
    assert moments(house, END + timedelta(minutes=12)) == []


@pytest.mark.parametrize(
    ("settings", "when", "comes"),
    [
        ({"remind": "0"}, START - timedelta(minutes=10), False),
        ({"remind": "30"}, START - timedelta(minutes=29), True),
        ({"quiet": "13:00-15:00"}, START - timedelta(minutes=10), False),
        ({"remind_after": "no"}, END + timedelta(minutes=12), False),
        ({"quiet": "15:00-18:00"}, END + timedelta(hours=3), True),  # it waited for the quiet hours' end
    ],
)
def test_settings_and_quiet_hours_are_kept_to(house, settings, when, comes):
    choose(house, **settings)
    assert bool(moments(house, when)) is comes


def test_what_was_declined_or_called_off_reminds_of_nothing(house):
    key = kestrel(house)
    with house.workspace() as tx:
        me = tx.people.by_address(house.me)
        tx.seats.add(Evidence("no", key, me.id, "self", "declined", house.me, NOW + timedelta(hours=1)))
    assert moments(house, START - timedelta(minutes=10)) == []


@ON_TOP
def test_one_click_from_the_reminder_to_the_brief(watch, told, house, qtbot):
    panel = shown(watch, house, START - timedelta(minutes=10), qtbot)
    assert "Kestrel Plumbing Supply at 14:00" in panel.accessibleName()
    assert not panel.isActiveWindow()  # the keyboard stays where it was
    press(panel, "Brief", qtbot)
    assert told.went == [("brief", kestrel(house))]
    assert watch.panel is None


@ON_TOP
def test_join_leaves_the_brief_within_reach(watch, told, house, qtbot):
    panel = shown(watch, house, START - timedelta(minutes=10), qtbot)
    press(panel, "Join", qtbot)
    assert watch.panel is panel
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert watch.panel is None


@ON_TOP
def test_afterwards_it_leads_to_the_note(watch, told, house, qtbot):
    panel = shown(watch, house, END + timedelta(minutes=15), qtbot)
    assert any("three lines" in text for text in texts(panel))
    press(panel, "Write three lines", qtbot)
    assert told.went == [("listen", kestrel(house))]


@ON_TOP
def test_it_goes_by_itself_once_the_meeting_is_on(told, house, qtbot):
    hand = [START - timedelta(minutes=10)]
    watch = Watch(told, lambda: hand[0])
    shown(watch, house, hand[0], qtbot)
    watch.tick()
    assert watch.panel is not None
    hand[0] = START + timedelta(minutes=10)
    watch.tick()
    assert watch.panel is None
    watch.stop()


@ON_TOP
def test_what_is_about_to_begin_does_not_wait_for_what_is_over(watch, house, qtbot):
    """Two meetings back to back, and nobody closed the first one's question."""
    after = shown(watch, house, END + timedelta(minutes=10), qtbot)
    before = reminding.due(at(house, START - timedelta(minutes=10)))
    watch._show(before)
    assert watch.panel is not after
    assert watch.panel.reminder.moment == "before"
