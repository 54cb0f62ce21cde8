"""Members and their versions as servers get them wrong: ETags, addresses, answers with too few or too many."""

import re
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import pytest

from companion.connectors.caldav.multistatus import same_version
from connectors.sources.engine import Mirror, problem_of, synced
from servers.dav import CALENDAR, Dav, asked_for, item, multistatus, status
from servers.hostile import Answer, Asked, Hostile


@pytest.mark.case(50)
@pytest.mark.parametrize(
    ("listed", "fetched"), [("W/{}", "{}"), ("{}", "W/{}"), ("{}", "{}-gzip"), ("W/{}", "{}-gzip")]
)
@pytest.mark.parametrize("alone", [False, True])
def test_an_etag_now_weak_and_now_strong_is_one_version(
    hostile: Hostile, dav: Dav, listed: str, fetched: str, alone: bool
) -> None:
    def tag(what: str, plain: str) -> str:
        return (
            (listed if what == "list" else fetched)
            .replace("{}", plain.strip('"'))
            .join(('"', '"'))
            .replace('"W/', 'W/"')
        )

    dav.tag, dav.syncs, dav.hides_data = tag, False, alone
    mirror = synced(Mirror(), hostile.url)
    assert len(mirror.versions) == 5
    dav.asked.clear()
    synced(mirror, hostile.url)
    assert mirror.fetched == 0
    assert dav.asked == ["list"]


def test_which_versions_are_the_same() -> None:
    assert same_version('W/"1"', '"1"')
    assert same_version('"1-gzip"', '"1"')
    assert same_version("1", '"1"')
    assert not same_version('"1"', '"2"')
    assert not same_version('"a"', '"A"')
    assert not same_version("", '"1"')


@pytest.mark.case(50)
def test_an_entry_that_changes_between_list_and_fetch_is_held_as_it_came(hostile: Hostile, dav: Dav) -> None:
    dav.syncs = False
    normal = hostile.answer

    def answer(asked: Asked) -> Answer:
        if asked_for(asked) == "multiget":
            dav.put("/cal/0.ics", "Changed meanwhile")
        return normal(asked)

    hostile.answer = answer
    mirror = synced(Mirror(), hostile.url)
    assert mirror.told["0"] == "Changed meanwhile"
    assert mirror.versions["/cal/0.ics"] == dav.entries["/cal/0.ics"]
    hostile.answer = normal
    assert synced(mirror, hostile.url).fetched == 0


@pytest.mark.case(49)
@pytest.mark.parametrize("syncs", [True, False])
def test_a_server_that_tells_no_etags_still_tells_its_entries(hostile: Hostile, dav: Dav, syncs: bool) -> None:
    dav.etags, dav.syncs = False, syncs
    mirror = synced(Mirror(), hostile.url)
    assert len(mirror.told) == 5
    dav.put("/cal/0.ics", "Moved")
    assert synced(mirror, hostile.url).told["0"] == "Moved"
    assert mirror.fetched == 1


@pytest.mark.parametrize(
    "written",
    [
        lambda path, _url: path.replace("@", "%40"),
        lambda path, _url: path.replace("%40", "@"),
        lambda path, _url: path.replace("%40", "%40").replace("%2f", "%2F"),
        lambda path, _url: path.replace("%2F", "%2f"),
        lambda path, url: url.rstrip("/") + path,
        lambda path, url: url.upper().replace("HTTP", "http").rstrip("/") + path,
        lambda path, _url: path.rpartition("/")[2],
        lambda path, _url: "./" + path.rpartition("/")[2],
        lambda path, _url: f"\n    {path}\n  ",
    ],
    ids=["%40", "@", "%2F", "%2f", "whole", "upper-case host", "relative", "dot", "spaced"],
)
def test_one_address_in_all_its_spellings_is_one_member(
    hostile: Hostile, dav: Dav, written: Callable[[str, str], str]
) -> None:
    dav.syncs = False
    dav.entries = {"/cal/a%40b%2Fc.ics": '"1"', "/cal/plain.ics": '"2"', "/cal/%C3%BC%20x.ics": '"3"'}
    mirror = synced(Mirror(), hostile.url)
    assert len(mirror.versions) == 3
    dav.href = lambda path: written(path, hostile.url)
    assert synced(mirror, hostile.url).fetched == 0
    assert len(mirror.versions) == 3
    # Everything once more under the new spelling, many at once and one by one.
    for alone in (False, True):
        dav.hides_data = alone
        mirror = Mirror()
        normal = hostile.answer

        def answer(asked: Asked, normal: Callable[[Asked], Answer] = normal) -> Answer:
            if asked_for(asked) == "multiget":
                asked = replace(asked, body=re.sub(rb"<d:href>.*?</d:href>", _plain, asked.body, flags=re.DOTALL))
            return normal(replace(asked, path=_one_spelling(asked.path)))

        hostile.answer = answer
        assert len(synced(mirror, hostile.url).versions) == 3
        hostile.answer = normal


def _one_spelling(path: str) -> str:
    plain = path.replace("@", "%40").replace("%2f", "%2F").strip()
    return "/" + plain.split("/", 3)[3] if plain.lower().startswith("http:") else plain


def _plain(found: re.Match[bytes]) -> bytes:
    path = _one_spelling(found.group()[8:-9].decode())
    return b"<d:href>" + (path if path.startswith("/") else "/cal/" + path.removeprefix("./")).encode() + b"</d:href>"


@pytest.mark.case(51)
def test_an_answer_with_fewer_entries_than_asked_for_is_completed(hostile: Hostile, dav: Dav) -> None:
    dav.entries = {f"/cal/{n}.ics": f'"{n}"' for n in range(130)}
    normal = hostile.answer

    def answer(asked: Asked) -> Answer:
        if asked_for(asked) != "multiget":
            return normal(asked)
        hrefs = re.findall(rb"<d:href>.*?</d:href>", asked.body)
        return normal(replace(asked, body=b"calendar-multiget" + b"".join(hrefs[:90])))

    hostile.answer = answer
    mirror = synced(Mirror(), hostile.url)
    assert mirror.versions == dav.entries
    assert dav.asked.count("get") == 10


def test_an_answer_with_more_or_other_entries_brings_only_what_was_asked_for(hostile: Hostile, dav: Dav) -> None:
    normal = hostile.answer

    def answer(asked: Asked) -> Answer:
        if asked_for(asked) != "multiget":
            return normal(asked)
        dav.entries["/cal/unasked.ics"] = '"x"'
        hrefs = b"".join(f"<d:href>{path}</d:href>".encode() for path in [*dav.entries, *dav.entries])
        return normal(replace(asked, body=b"calendar-multiget" + hrefs))

    hostile.answer = answer
    mirror = synced(Mirror(), hostile.url)
    assert sorted(mirror.versions) == [f"/cal/{n}.ics" for n in range(5)]
    hostile.answer = normal
    assert "/cal/unasked.ics" in synced(mirror, hostile.url).versions

    def other(asked: Asked) -> Answer:
        if asked_for(asked) != "multiget":
            return normal(asked)
        return normal(replace(asked, body=b"calendar-multiget<d:href>/cal/unasked.ics</d:href>"))

    hostile.answer = other
    assert len(synced(Mirror(), hostile.url).versions) == 6


def test_an_entry_that_vanishes_between_list_and_fetch_is_gone(hostile: Hostile, dav: Dav) -> None:
    mirror = synced(Mirror(), hostile.url)
    dav.put("/cal/0.ics", "Moved")
    dav.put("/cal/1.ics", "Moved too")
    normal = hostile.answer

    def answer(asked: Asked) -> Answer:
        if asked_for(asked) == "multiget":
            dav.entries.pop("/cal/0.ics", None)
        return normal(asked)

    hostile.answer = answer
    synced(mirror, hostile.url)
    assert mirror.versions == dav.entries
    assert mirror.problems == []
    assert "/cal/0.ics" not in mirror.versions


def test_the_calendar_itself_and_the_folders_in_it_are_no_members(hostile: Hostile, dav: Dav) -> None:
    dav.syncs = False
    odd = [
        item("/cal", CALENDAR),
        item("/cal/", ""),
        item("/cal/sub/", "<d:resourcetype><d:collection/></d:resourcetype>"),
    ]
    task = item(
        "/cal/t.ics", '<d:getetag>"t"</d:getetag><d:getcontenttype>text/calendar; component=VTODO</d:getcontenttype>'
    )
    _listed(hostile, *odd, task, item("/cal/1.ics", '<d:getetag>"1"</d:getetag>'))
    assert list(synced(Mirror(), hostile.url).versions) == ["/cal/1.ics"]


def _listed(hostile: Hostile, *items: str) -> None:
    normal = hostile.answer
    hostile.answer = lambda asked: multistatus(*items) if asked_for(asked) == "list" else normal(asked)


def test_twenty_thousand_members_are_listed_in_bounded_memory(hostile: Hostile, dav: Dav) -> None:
    dav.syncs = False
    tags = {f"/cal/{n:05d}-{n * 7919:08x}.ics": f'"{n}"' for n in range(20_000)}
    answer = multistatus(
        item("/cal/", CALENDAR), *(item(path, f"<d:getetag>{tag}</d:getetag>") for path, tag in tags.items())
    )
    normal = hostile.answer
    hostile.answer = lambda asked: answer if asked_for(asked) == "list" else normal(asked)
    mirror = Mirror(dict(tags))
    mirror.cursor = ""
    tracemalloc.start()
    try:
        synced(mirror, hostile.url)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(mirror.versions) == 20_000
    assert mirror.fetched == 0
    assert peak < 60 * 1024 * 1024


@pytest.mark.parametrize(
    "bomb",
    [
        b'<!DOCTYPE a [<!ENTITY a "aaaaaaa"><!ENTITY b "&a;&a;">]><d:multistatus xmlns:d="DAV:">&b;</d:multistatus>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><d:multistatus xmlns:d="DAV:"/>',
        b'<d:multistatus xmlns:d="DAV:">' + b"<a/>" * 4_100_000 + b"</d:multistatus>",
        b'<d:multistatus xmlns:d="DAV:">' + b"<a>" * 300_000,
    ],
    ids=["entities", "a file of ours", "four million tags", "depth"],
)
def test_xml_bombs_do_not_go_off(hostile: Hostile, dav: Dav, bomb: bytes) -> None:
    mirror = synced(Mirror(), hostile.url)
    for what in ("sync", "multiget"):
        normal = hostile.answer = dav
        dav.put("/cal/1.ics", what)
        hostile.answer = lambda asked, what=what, normal=normal: (  # type: ignore[misc]
            Answer(207, bomb) if asked_for(asked) == what else normal(asked)
        )
        assert problem_of(lambda: synced(mirror, hostile.url)).code == "answer_unreadable"
        assert len(mirror.versions) == 5
    hostile.answer = dav
    assert synced(mirror, hostile.url).versions == dav.entries


def test_a_calendar_that_is_gone_for_one_entry_is_not_gone_for_all(hostile: Hostile, dav: Dav) -> None:
    mirror = synced(Mirror(), hostile.url)
    normal = hostile.answer
    hostile.answer = lambda asked: (
        multistatus(status("/cal/0.ics", 404), token="t7") if asked_for(asked) == "sync" else normal(asked)
    )
    synced(mirror, hostile.url)
    assert sorted(mirror.versions) == [f"/cal/{n}.ics" for n in range(1, 5)]
