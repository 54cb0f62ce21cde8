"""By the clock: who is read when, what the bottom line says, and the one sentence about a calendar in trouble."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QTimer

from companion.calendars.model import Account, Ledger
from companion.calendars.store import SyncRun, SyncState
from companion.desktop.chrome import Chrome
from companion.desktop.clockwork import Clockwork, synced_sentence, troubled
from companion.desktop.health.banner import Banner
from companion.programme import accounts
from companion.programme.views.calendars import READ_EVERY, CalendarHealth
from desktop.made import NOW


def health(name="Dana", condition="in_order", **state):
    account = Account(name.lower(), name, "caldav", "https://cal.ferro.example/")
    return CalendarHealth(account, SyncState(**state), (), (), 0, condition)


def chrome(*items):
    return Chrome(False, 0, items, NOW, "UTC")


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ([], ""),
        ([None], "Not synced yet"),
        ([timedelta(minutes=2)], "Synced 2 minutes ago"),
        ([timedelta(minutes=2), None], "Synced 2 minutes ago"),
        ([timedelta(days=4)], "Dana not read since Tuesday"),
        ([timedelta(minutes=2), timedelta(days=4)], "Mei not read since Tuesday"),
        ([timedelta(minutes=2), timedelta(days=4), timedelta(days=5)], "2 calendars not read since Monday"),
        ([timedelta(days=4), timedelta(days=20)], "Calendars not read since Tuesday"),
    ],
)
def test_the_age_of_the_calendars_is_told(read, said):
    names = ("Dana", "Mei", "Zoë")
    items = [health(names[at], last_ok=NOW - ago if ago else None) for at, ago in enumerate(read)]
    assert synced_sentence(chrome(*items), NOW) == said


def test_what_cannot_be_read_goes_before_the_age():
    good = health("Zoë", last_ok=NOW)
    bad = health("Dana", "signed_out", last_ok=NOW, signed_out=NOW, trouble="signin_refused")
    away = health("Mei", "failing", last_ok=NOW, failures=1, trouble="server_silent")
    assert synced_sentence(chrome(good, bad), NOW) == "Dana: signed out"
    assert synced_sentence(chrome(bad, away, good), NOW) == "Dana: signed out, and 1 more"
    assert troubled(chrome(bad, away, good)) == ["Dana: signed out", "Mei: not reached"]


@pytest.fixture
def clock(told, house, tmp_path, qtbot):
    """A clock's hand, what was read by it, and the clockwork."""
    for name in ("Mine", "Hosts"):
        path = tmp_path / f"{name}.ics"
        path.write_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nEND:VCALENDAR\r\n", "utf-8")
        accounts.add(house, accounts.NewAccount("ics", name, str(path)))
    at, asked = [NOW], []
    made = Clockwork(lambda _sentence, _more: None, lambda names: asked.append(tuple(names)), told.tasks, lambda: at[0])

    def tick(later=timedelta()):
        at[0] += later
        asked.clear()
        made.tick()
        qtbot.waitUntil(lambda: told.tasks.busy == 0)
        return sorted(name for names in asked for name in names)

    yield made, tick
    made.deleteLater()


def attempted(house, name, at, **state):
    """A round of that account, which ended so."""
    with house.device() as device:
        account = device.accounts.by_name(name)
        device.events.add_run(SyncRun(account.id, at, at, Ledger()))
        device.events.save_state(account.id, SyncState(**state))


def test_only_those_are_read_whose_turn_it_is(clock, house, told, qtbot):
    made, tick = clock
    made.show(chrome(health()))
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    attempted(house, "Mine", NOW, last_ok=NOW)
    attempted(house, "Hosts", NOW, trouble="server_silent", failures=4, retry_at=NOW + timedelta(hours=2))
    assert tick(timedelta(minutes=10)) == []
    assert tick(timedelta(minutes=10)) == ["Mine"]
    assert tick() == [], "what was just asked is not asked at the next tick, run or no run"
    assert tick(READ_EVERY) == ["Mine"]
    assert tick(timedelta(hours=2)) == ["Hosts", "Mine"]


def test_nothing_is_read_before_the_first_facts(clock):
    _made, tick = clock
    assert tick() == []


@pytest.mark.case(71)
def test_a_signed_out_calendar_is_told_once_and_taken_back_when_mended(told):
    said, back = [], []

    def unsay(sentence):
        back.append(sentence)
        return bool(said) and said[-1][0] == sentence

    frame = replace(told, say=lambda sentence, tone="", label="", act=None: said.append((sentence, tone, label, act)),
                    unsay=unsay)  # fmt: skip
    banner = Banner(frame)
    out = health("Łucja", "signed_out", trouble="signin_refused", signed_out=NOW - timedelta(days=18))
    banner.show(chrome(health()))
    assert said == []
    for _ in range(3):
        banner.show(chrome(health(), out))
    (told_once,) = said
    assert told_once[0].startswith("Łucja: Signed out since 3 November: the server refuses")
    assert told_once[1:3] == ("bad", "Show")
    told_once[3]()
    assert told.went == [("calendars", "łucja")]
    banner.show(chrome(health(), health("Łucja")))
    assert back == [told_once[0]]
    banner.show(chrome(health(), out))
    assert len(said) == 2, "trouble that comes back is told again"


def test_several_are_told_in_one_sentence_and_what_is_left_stands(told):
    said = []
    frame = replace(told, say=lambda sentence, *_rest: said.append(sentence), unsay=lambda _sentence: True)
    banner = Banner(frame)
    out = [health(name, "signed_out", trouble="signin_refused", signed_out=NOW) for name in ("Ana", "Mei")]
    banner.show(chrome(*out))
    banner.show(chrome(out[0], health("Mei")))
    assert said[0] == "2 calendars need somebody: Ana, Mei"
    assert said[1].startswith("Ana: Signed out since 09:00")


def test_a_closed_sentence_stays_closed_while_others_mend(told):
    said = []
    frame = replace(told, say=lambda sentence, *_rest: said.append(sentence), unsay=lambda _sentence: False)
    banner = Banner(frame)
    out = [health(name, "signed_out", trouble="signin_refused", signed_out=NOW) for name in ("Ana", "Mei")]
    banner.show(chrome(*out))
    banner.show(chrome(out[0], health("Mei")))
    assert len(said) == 1


@pytest.mark.parametrize(
    ("code", "failures", "word"),
    [("server_silent", 1, False), ("server_silent", 3, True), ("not_found", 1, True)],
)
def test_a_server_that_is_away_for_a_moment_is_no_news(told, code, failures, word):
    said = []
    banner = Banner(replace(told, say=lambda sentence, *_rest: said.append(sentence)))
    banner.show(chrome(health("Ana", "failing", trouble=code, failures=failures)))
    assert bool(said) is word


def test_the_samples_own_calendars_are_no_news(told):
    said = []
    banner = Banner(replace(told, say=lambda sentence, *_rest: said.append(sentence)))
    banner.show(chrome(health("Ana", "demo_over", trouble="server_unreachable", failures=9)))
    assert said == []


def test_a_clockwork_that_is_stopped_says_and_reads_nothing_more(clock, house, told, qtbot):
    made, tick = clock
    made.show(chrome(health()))
    qtbot.waitUntil(lambda: told.tasks.busy == 0)
    made.stop()
    assert not made.findChild(QTimer).isActive()
    assert tick(READ_EVERY) == []
