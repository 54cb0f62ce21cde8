"""CalDAV against a real Radicale."""

import json

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Cancelled, Ticket
from companion.connectors import sources
from connectors.sources.engine import Mirror, caldav
from servers.radicale import PASSWORD, Radicale

pytestmark = pytest.mark.server


def _sync(mirror: Mirror, radicale: Radicale, url: str = "", **options: object) -> Mirror:
    mirror.sync(sources.open_source(caldav(url or radicale.home(), radicale.user), PASSWORD), **options)  # type: ignore[arg-type]
    return mirror


def test_brings_every_entry_then_only_what_changed_then_what_went_away(radicale: Radicale) -> None:
    calendar = radicale.make_calendar("work")
    paths = [radicale.put(calendar, uid) for uid in ("one", "two", "three")]
    mirror = _sync(Mirror(), radicale)
    assert sorted(mirror.versions) == sorted(paths)
    assert mirror.seen[-1].complete
    assert mirror.seen[-1].full_round

    _sync(mirror, radicale)
    assert mirror.fetched == 0
    assert not mirror.seen[-1].full_round

    before = mirror.versions[paths[1]]
    radicale.put(calendar, "two", "Review moved")
    radicale.delete(f"{calendar}one.ics")
    _sync(mirror, radicale)
    assert mirror.fetched == 1
    assert mirror.versions[paths[1]] != before
    assert paths[0] not in mirror.versions
    assert len(mirror.versions) == 2


@pytest.mark.parametrize("where", ["/", "/{user}/", "/{user}/work/", "/nowhere/", "/.well-known/caldav"])
def test_any_address_on_the_server_finds_the_calendars(radicale: Radicale, where: str) -> None:
    radicale.make_calendar("work")
    assert sources.test_account(caldav(radicale.url + where.format(user=radicale.user), radicale.user), PASSWORD) == [
        "work"
    ]


@pytest.mark.case(67)
def test_an_address_that_is_a_calendar_is_that_calendar_alone(radicale: Radicale) -> None:
    radicale.put(radicale.make_calendar("visits"), "mine")
    work = radicale.make_calendar("work")
    path = radicale.put(work, "one")
    assert list(_sync(Mirror(), radicale, work).versions) == [path]


def test_task_lists_are_no_calendars(radicale: Radicale) -> None:
    radicale.make_calendar("tasks", kind="VTODO")
    with pytest.raises(Problem) as caught:
        sources.test_account(caldav(radicale.url, radicale.user), PASSWORD)
    assert caught.value.code == "no_calendars"


def test_a_lost_token_lists_all_again_without_fetching_it_again(radicale: Radicale) -> None:
    calendar = radicale.make_calendar("work")
    for uid in ("one", "two", "three"):
        radicale.put(calendar, uid)
    mirror = _sync(Mirror(), radicale)
    radicale.delete(f"{calendar}one.ics")
    radicale.put(calendar, "four")
    radicale.forget_tokens()
    _sync(mirror, radicale)
    assert mirror.fetched == 1
    assert mirror.seen[-1].full_round
    assert len(mirror.versions) == 3


def test_one_lost_token_makes_the_round_full_for_every_calendar(radicale: Radicale) -> None:
    home, work = radicale.make_calendar("visits"), radicale.make_calendar("work")
    radicale.put(home, "h1")
    radicale.put(work, "w1")
    radicale.put(work, "w2")
    mirror = _sync(Mirror(), radicale)
    raw = json.loads(mirror.cursor)
    raw["calendars"][f"/{radicale.user}/work/"]["token"] = "http://radicale.org/ns/sync/" + "0" * 64
    mirror.cursor = json.dumps(raw)
    radicale.delete(f"{work}w1.ics")
    _sync(mirror, radicale)
    assert mirror.seen[-1].full_round
    assert sorted(mirror.versions) == [f"/{radicale.user}/visits/h1.ics", f"/{radicale.user}/work/w2.ics"]
    assert mirror.fetched == 0


def test_a_calendar_that_went_away_takes_its_entries_along(radicale: Radicale) -> None:
    home, work = radicale.make_calendar("visits"), radicale.make_calendar("work")
    radicale.put(home, "h1")
    radicale.put(work, "w1")
    mirror = _sync(Mirror(), radicale)
    radicale.delete(work)
    _sync(mirror, radicale)
    assert list(mirror.versions) == [f"/{radicale.user}/visits/h1.ics"]


def test_a_new_calendar_comes_in_beside_the_others(radicale: Radicale) -> None:
    radicale.put(radicale.make_calendar("visits"), "h1")
    mirror = _sync(Mirror(), radicale)
    radicale.put(radicale.make_calendar("work"), "w1")
    _sync(mirror, radicale)
    assert mirror.fetched == 0
    mirror.look_again()
    _sync(mirror, radicale)
    assert mirror.fetched == 1
    assert len(mirror.versions) == 2
    assert not mirror.seen[-1].full_round


def test_a_first_round_cut_short_goes_on_where_it_stopped(radicale: Radicale) -> None:
    calendar = radicale.make_calendar("work")
    radicale.fill(calendar, 250)
    ticket = Ticket()
    mirror = Mirror()

    def stop(_page: object) -> bool:
        if len(mirror.versions) >= 100:
            ticket.cancel()
        return False

    with pytest.raises(Cancelled):
        _sync(mirror, radicale, ticket=ticket, until=stop)
    assert len(mirror.versions) == 100
    assert all(page.total == 250 for page in mirror.seen)
    radicale.delete(f"{calendar}{sorted(mirror.versions)[0].rpartition('/')[2]}")
    _sync(mirror, radicale)
    assert mirror.fetched == 150
    assert len(mirror.versions) == 249
    assert mirror.seen[-1].full_round
    _sync(mirror, radicale)
    assert mirror.fetched == 0
    assert len(mirror.seen) == 1


def test_a_wrong_password_is_said(radicale: Radicale) -> None:
    radicale.make_calendar("work")
    with pytest.raises(Problem) as caught:
        sources.test_account(caldav(radicale.home(), radicale.user), "wrong")
    assert caught.value.code == "signin_refused"
    for url in (radicale.home(), radicale.url):
        with pytest.raises(Problem) as caught:
            sources.test_account(caldav(url, radicale.user), None)
        assert caught.value.code == "password_missing"


def test_the_cursor_names_no_entry(radicale: Radicale) -> None:
    calendar = radicale.make_calendar("work")
    radicale.put(calendar, "private-dentist")
    assert "dentist" not in _sync(Mirror(), radicale).cursor


def test_addresses_with_odd_signs_are_one_and_the_same(radicale: Radicale) -> None:
    calendar = radicale.make_calendar("work")
    radicale.put(calendar, "a@b ü&c")
    mirror = _sync(Mirror(), radicale)
    assert len(mirror.versions) == 1
    _sync(mirror, radicale)
    radicale.forget_tokens()
    _sync(mirror, radicale)
    assert mirror.fetched == 0
    radicale.delete(f"{calendar}a@b ü&c.ics")
    _sync(mirror, radicale)
    assert mirror.versions == {}
