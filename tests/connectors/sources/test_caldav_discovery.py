"""Finding the calendars from whatever address a person has, and saying why where there are none."""

import json
from dataclasses import replace

import pytest

from companion.basics.progress import Ticket
from companion.connectors import sources
from connectors.sources.engine import PASSWORD, Mirror, caldav, problem_of, synced
from servers.dav import CALENDAR, STRANGER, Dav, item, multistatus
from servers.hostile import Answer, Asked, Hostile, hostile_server

PAGE = Answer(200, b"<!DOCTYPE html><html><body>Welcome to the cloud</body></html>", {"Content-Type": "text/html"})


def _names(url: str) -> list[str]:
    return sources.test_account(caldav(url), PASSWORD)


@pytest.mark.parametrize(
    "path", ["", "cal/", "cal", "cal/0.ics", "me/", "home/", "apps/calendar/dayGridMonth/now", "nowhere", "?view=week"]
)
@pytest.mark.case(52)
def test_any_address_on_the_server_will_do(hostile: Hostile, dav: Dav, path: str) -> None:
    hostile.answer = lambda asked: PAGE if asked.path.startswith("/apps/") else dav(asked)
    assert _names(hostile.url + path) == ["cal"]


def test_an_address_that_asks_to_be_looked_for_at_its_well_known_place(hostile: Hostile) -> None:
    dav = Dav()

    def answer(asked: Asked) -> Answer:
        if asked.path == "/.well-known/caldav":
            return Answer(301, b"", {"Location": "/dav/"})
        if asked.path == "/dav/":
            assert asked.method == "PROPFIND"
            return multistatus(
                item("/dav/", "<d:current-user-principal><d:href>/me/</d:href></d:current-user-principal>")
            )
        return PAGE if asked.path == "/" else dav(asked)

    hostile.answer = answer
    assert _names(hostile.url) == ["cal"]


def test_the_folders_above_an_entry_are_tried_where_the_server_tells_nothing_of_persons(hostile: Hostile) -> None:
    def answer(asked: Asked) -> Answer:
        if asked.path == "/users/alba/work/":
            return multistatus(item(asked.path, CALENDAR + "<d:displayname>Work</d:displayname>"))
        return multistatus(item(asked.path, "")) if asked.path.startswith("/users/") else Answer(404)

    hostile.answer = answer
    assert _names(hostile.url + "users/alba/work/0815.ics") == ["Work"]


@pytest.mark.case(52)
def test_a_web_page_is_no_calendar_and_is_named(hostile: Hostile) -> None:
    hostile.answer = lambda _asked: PAGE
    for path in ("", "cal/", "index.php/apps/calendar"):
        assert problem_of(lambda path=path: _names(hostile.url + path)).code == "answer_is_page"  # type: ignore[misc]
    hostile.answer = lambda _asked: Answer(207, PAGE.body)
    assert problem_of(lambda: _names(hostile.url)).code == "answer_is_page"


def test_a_hotel_network_takes_nothing_away_and_is_named(hostile: Hostile, dav: Dav) -> None:
    mirror = synced(Mirror(), hostile.url)
    with hostile_server() as portal:
        portal.answer = lambda _asked: PAGE
        away = portal.url.replace("127.0.0.1", "localhost")
        for answer in (PAGE, Answer(511, PAGE.body), Answer(302, b"", {"Location": away})):
            hostile.answer = lambda _asked, answer=answer: answer  # type: ignore[misc]
            for _ in range(2):
                code = problem_of(lambda: synced(mirror, hostile.url)).code
                assert code == ("moved_elsewhere" if answer.status == 302 else "answer_is_page")
                assert len(mirror.versions) == 5
                mirror.look_again()
        assert portal.asked == []
    hostile.answer = dav
    assert synced(mirror, hostile.url).fetched == 0


def test_one_who_is_taken_for_a_stranger_is_told_so_and_loses_nothing(hostile: Hostile, dav: Dav) -> None:
    mirror = synced(Mirror(), hostile.url)
    dav.signed_in = False
    dav.lost = 403  # and the token of somebody else is no token
    for _ in range(2):
        assert problem_of(lambda: synced(mirror, hostile.url)).code == "not_signed_in"
        assert len(mirror.versions) == 5
        mirror.look_again()
    assert problem_of(lambda: _names(hostile.url)).code == "not_signed_in"
    dav.signed_in, dav.lost = True, 0
    assert synced(mirror, hostile.url).fetched == 0
    assert len(mirror.versions) == 5


@pytest.mark.case(46)
@pytest.mark.parametrize("syncs", [True, False])
def test_a_calendar_that_is_empty_for_strangers_is_not_believed(hostile: Hostile, dav: Dav, syncs: bool) -> None:
    dav.syncs = syncs
    mirror = synced(Mirror(), hostile.url + "cal/")
    dav.signed_in, dav.lost = False, 403
    for _ in range(2):
        assert problem_of(lambda: synced(mirror, hostile.url + "cal/")).code == "not_signed_in"
        assert len(mirror.versions) == 5
        mirror.look_again()
    dav.signed_in, dav.lost = True, 0
    assert synced(mirror, hostile.url + "cal/").fetched == 0


def test_a_calendar_that_is_truly_empty_is_empty(hostile: Hostile, dav: Dav) -> None:
    dav.entries.clear()
    mirror = synced(Mirror(), hostile.url)
    assert mirror.versions == {}
    assert mirror.seen[-1].full_round
    dav.put("/cal/first.ics", "First")
    assert synced(mirror, hostile.url).told == {"first": "First"}


def test_a_folder_that_does_not_even_list_itself_is_no_answer(hostile: Hostile, dav: Dav) -> None:
    dav.syncs = False
    mirror = synced(Mirror(), hostile.url)
    normal = hostile.answer
    hostile.answer = lambda asked: multistatus() if b"getcontenttype" in asked.body else normal(asked)
    assert problem_of(lambda: synced(mirror, hostile.url)).code == "answer_unreadable"
    assert len(mirror.versions) == 5


def test_a_stranger_without_a_password_is_asked_for_one(hostile: Hostile) -> None:
    hostile.answer = lambda asked: multistatus(item(asked.path, STRANGER))
    account = replace(caldav(hostile.url), user="")
    assert problem_of(lambda: sources.test_account(account, None)).code == "password_missing"


@pytest.mark.parametrize(
    "written", ["http://127.0.0.1:1{}", "https://127.0.0.1{}", "http://127.0.0.1{}", "//127.0.0.1:1{}"]
)
def test_a_server_behind_a_proxy_that_writes_the_wrong_door_is_spoken_to_at_ours(
    hostile: Hostile, dav: Dav, written: str
) -> None:
    dav.href = written.format
    normal = hostile.answer

    def answer(asked: Asked) -> Answer:
        reply = normal(asked)
        for path in (b"/me/", b"/home/", b"/cal/<"):
            reply = replace(
                reply, body=reply.body.replace(b"<d:href>" + path, b"<d:href>" + written.encode().replace(b"{}", path))
            )
        return reply

    hostile.answer = answer
    mirror = synced(Mirror(), hostile.url)
    assert len(mirror.versions) == 5
    dav.hides_data, dav.lost = True, 403  # now each by itself
    mirror.versions.clear()
    assert len(synced(mirror, hostile.url).versions) == 5
    assert all("authorization" in asked.headers for asked in hostile.asked)


def test_addresses_that_are_none_are_passed_over(hostile: Hostile, dav: Dav) -> None:
    odd = [
        item(href, "<d:getetag>1</d:getetag>") for href in ("http://[::1", "http://h:99999/a.ics", "", "http://h:0/x")
    ]
    normal = hostile.answer

    def answer(asked: Asked) -> Answer:
        reply = normal(asked)
        if b"sync-collection" not in asked.body:
            return reply
        return replace(reply, body=reply.body.replace(b"</d:multistatus>", "".join(odd).encode() + b"</d:multistatus>"))

    hostile.answer = answer
    assert len(synced(Mirror(), hostile.url).versions) == 5


def test_a_round_without_news_is_one_request_a_calendar(hostile: Hostile, dav: Dav) -> None:
    dav.calendars = {"/cal/": 207, "/two/": 207}
    mirror = synced(Mirror(), hostile.url)
    before = mirror.cursor
    dav.asked.clear()
    synced(mirror, hostile.url)
    assert dav.asked == ["sync", "sync"]
    assert mirror.cursor == before
    # An hour later the folder is asked for new calendars, once.
    dav.asked.clear()
    mirror.look_again()
    dav.calendars["/three/"] = 207
    dav.entries["/three/a.ics"] = '"a"'
    synced(mirror, hostile.url)
    assert dav.asked == ["place", "sync", "sync", "sync", "multiget"]
    assert "/three/a.ics" in mirror.versions


def test_a_cursor_of_an_older_version_goes_on_where_it_stood(hostile: Hostile, dav: Dav) -> None:
    mirror = synced(Mirror(), hostile.url)
    raw = json.loads(mirror.cursor)
    calendars = {key: {"token": value["token"]} for key, value in raw["calendars"].items()}
    mirror.cursor = json.dumps({"homes": raw["homes"], "calendars": calendars, "full": False})
    dav.put("/cal/0.ics", "Moved")
    synced(mirror, hostile.url)
    assert mirror.fetched == 1
    assert not mirror.seen[-1].full_round


def test_entries_are_fetched_in_few_large_answers_as_far_as_the_server_bears_them(hostile: Hostile, dav: Dav) -> None:
    dav.entries = {f"/cal/{n}.ics": f'"{n}"' for n in range(1000)}
    mirror = synced(Mirror(), hostile.url)
    assert dav.asked == ["place", "place", "place", "sync", *["multiget"] * 4]
    assert [len(page.blobs) for page in mirror.seen] == [100, 200, 400, 300]
    dav.most = 60
    dav.asked.clear()
    assert len(synced(Mirror(), hostile.url).versions) == 1000
    assert dav.asked.count("multiget") == 3 + 18  # one too many, its halves, and fifty at a time from there on


def test_a_calendar_that_moved_is_looked_for_at_once(hostile: Hostile, dav: Dav) -> None:
    mirror = synced(Mirror(), hostile.url)
    dav.calendars = {"/other/": 207}
    dav.entries = {path.replace("/cal/", "/other/"): tag for path, tag in dav.entries.items()}
    synced(mirror, hostile.url)
    assert sorted(mirror.versions) == sorted(dav.entries)
    assert mirror.seen[-1].full_round


def test_an_account_that_was_moved_or_given_to_another_starts_afresh(hostile: Hostile, dav: Dav) -> None:
    mirror = synced(Mirror(), hostile.url)
    mirror.sync(sources.open_source(caldav(hostile.url, "berta"), PASSWORD))
    assert mirror.seen[-1].full_round
    with hostile_server() as other:
        other.answer = Dav({"/cal/new.ics": '"1"'})
        dav.asked.clear()
        synced(mirror, other.url)
        assert dav.asked == []
        assert list(mirror.versions) == ["/cal/new.ics"]


@pytest.mark.case(71)
def test_a_sign_in_refused_later_names_the_account(hostile: Hostile, dav: Dav) -> None:
    mirror = synced(Mirror(), hostile.url)
    hostile.answer = lambda _asked: Answer(401, b"", {"WWW-Authenticate": 'Basic realm="cal"'})
    for _ in range(2):
        problem = problem_of(lambda: synced(mirror, hostile.url))
        assert (problem.code, problem.facts["account"]) == ("signin_refused", "Alba")
        assert len(mirror.versions) == 5
        mirror.look_again()


def test_looking_can_be_cancelled(hostile: Hostile, dav: Dav) -> None:
    from companion.basics.progress import Cancelled

    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        sources.test_account(caldav(hostile.url), PASSWORD, ticket)
    assert hostile.asked == []
