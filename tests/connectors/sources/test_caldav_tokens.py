"""Tokens and lists as servers get them wrong: lost, replayed, by the clock, in endless pages, too much at once."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import formatdate

import pytest

from companion.connectors.caldav.clocktoken import may_hide_a_change
from connectors.sources.engine import Mirror, problem_of, synced
from servers.dav import CALENDAR, Dav, asked_for, item, multistatus, status
from servers.hostile import Answer, Asked, Hostile

Server = Callable[[Asked], Answer]


def _only(what: str, hostile: Hostile, answer: Server) -> None:
    """From now on this kind of request is answered otherwise."""
    normal = hostile.answer
    hostile.answer = lambda asked: answer(asked) if asked_for(asked) == what else normal(asked)


@pytest.mark.case(48, 51)
@pytest.mark.parametrize("etags", [True, False])
def test_a_server_that_tells_everything_again_as_a_change_hides_no_deletion(
    hostile: Hostile, dav: Dav, etags: bool
) -> None:
    dav.etags = etags
    mirror = synced(Mirror(), hostile.url)
    del dav.entries["/cal/0.ics"]

    def again(asked: Asked) -> Answer:
        listed = [item(path, f"<d:getetag>{tag}</d:getetag>" if etags else "<x/>") for path, tag in dav.entries.items()]
        return multistatus(*listed, token="t-anew")

    _only("sync", hostile, again)
    synced(mirror, hostile.url)
    assert sorted(mirror.versions) == sorted(dav.entries)
    assert mirror.seen[-1].full_round
    assert mirror.fetched == 0


def test_a_few_entries_told_twice_are_no_reason_to_list_all(hostile: Hostile, dav: Dav) -> None:
    dav.entries = {f"/cal/{n}.ics": f'"{n}"' for n in range(50)}
    mirror = synced(Mirror(), hostile.url)
    _only("sync", hostile, lambda _asked: multistatus(item("/cal/7.ics", '<d:getetag>"7"</d:getetag>'), token="t9"))
    synced(mirror, hostile.url)
    assert not mirror.seen[-1].full_round
    assert mirror.fetched == 0
    assert len(mirror.versions) == 50


class ByTheClock:
    """A server whose token is its clock: it tells what changed in a later second than the token's."""

    def __init__(self, dav: Dav, write: Callable[[int], str]) -> None:
        self.dav, self.write, self.now = dav, write, int(time.time())
        self.changed = dict.fromkeys(dav.entries, self.now - 100)

    def put(self, path: str, title: str) -> None:
        self.dav.put(path, title)
        self.changed[path] = self.now

    def __call__(self, asked: Asked) -> Answer:
        found = re.search(r"<d:sync-token>(.+?)</d:sync-token>", asked.body.decode())
        since = next((n for n in range(self.now - 999, self.now + 1) if found and self.write(n) == found.group(1)), 0)
        told = [
            item(path, f"<d:getetag>{tag}</d:getetag>")
            for path, tag in self.dav.entries.items() if self.changed[path] > since
        ]  # fmt: skip
        return multistatus(*told, token=self.write(self.now))


@pytest.mark.parametrize(
    "write",
    [str, "http://cal.example/sync/{}".format, lambda n: datetime.fromtimestamp(n, UTC).strftime("%Y%m%dT%H%M%SZ"),
     lambda n: datetime.fromtimestamp(n, UTC).isoformat()],
    ids=["seconds", "in an address", "basic", "iso"],
)  # fmt: skip
def test_a_change_in_the_very_second_of_a_clock_token_is_not_lost(
    hostile: Hostile, dav: Dav, write: Callable[[int], str]
) -> None:
    server = ByTheClock(dav, write)
    _only("sync", hostile, server)
    mirror = synced(Mirror(), hostile.url)
    server.put("/cal/0.ics", "Moved within the second")
    server.now += 1
    synced(mirror, hostile.url)
    assert mirror.told["0"] == "Moved within the second"
    assert mirror.fetched == 1


def test_which_tokens_are_clocks() -> None:
    def at(token: str, seconds: int) -> bool:
        return may_hide_a_change(token, _dated(seconds))

    noon = int(datetime(2026, 11, 21, 12, tzinfo=UTC).timestamp())
    assert at(f"data:{noon}", noon)
    assert at("2026-11-21T12:00:00Z", noon + 3)
    assert not at(f"data:{noon - 3600}-17", noon)  # a calendar made an hour ago, and its counter
    assert not at("http://sabre.io/ns/sync/4711", noon)
    assert not at(f"a{noon}f0", noon)  # a hash
    assert not at("99999999T999999Z 9999-99-99T99:99:99", noon)
    assert may_hide_a_change(str(int(time.time())), _dated(None))


def _dated(seconds: int | None):  # type: ignore[no-untyped-def]
    import httpx

    return httpx.Headers({} if seconds is None else {"Date": formatdate(seconds, usegmt=True)})


@pytest.mark.parametrize("news", ["none", "the same page", "the same token"])
def test_pages_without_end_are_left_for_a_list_of_all(hostile: Hostile, dav: Dav, news: str) -> None:
    asked_so_far: list[int] = []

    def endless(asked: Asked) -> Answer:
        asked_so_far.append(1)
        token = "t-same" if news == "the same token" else f"t-{len(asked_so_far)}"
        page = [] if news == "none" else [item("/cal/1.ics", '<d:getetag>"1"</d:getetag>')]
        return multistatus(*page, status("/cal/", 507), token=token)

    _only("sync", hostile, endless)
    mirror = synced(Mirror(), hostile.url)
    assert mirror.versions == dav.entries
    assert mirror.seen[-1].full_round
    assert len(asked_so_far) <= 4


def test_endless_pages_of_changes_are_left_for_a_list_of_all_too(hostile: Hostile, dav: Dav) -> None:
    mirror = synced(Mirror(), hostile.url)
    del dav.entries["/cal/0.ics"]
    _only("sync", hostile, lambda _asked: multistatus(status("/cal/", 507), token=f"t-{time.monotonic_ns()}"))
    synced(mirror, hostile.url)
    assert mirror.versions == dav.entries


def test_one_address_twice_in_an_answer_is_one_member_and_the_last_word_counts(hostile: Hostile, dav: Dav) -> None:
    twice = [item("/cal/0.ics", f"<d:getetag>{tag}</d:getetag>") for tag in ('"old"', '"0"')]
    back = [status("/cal/1.ics"), item("/cal/1.ics", '<d:getetag>"1"</d:getetag>')]
    gone = [item("/cal/2.ics", '<d:getetag>"2"</d:getetag>'), status("/cal/2.ics")]
    _only("sync", hostile, lambda _asked: multistatus(*twice, *back, *gone, token="t1"))
    mirror = synced(Mirror(), hostile.url)
    assert mirror.versions == {"/cal/0.ics": '"0"', "/cal/1.ics": '"1"'}
    assert dav.asked.count("multiget") == 1


@pytest.mark.case(47)
@pytest.mark.parametrize("code", [400, 403, 500, 501, 507])
def test_a_first_list_by_token_that_is_too_much_is_had_by_other_means(hostile: Hostile, dav: Dav, code: int) -> None:
    _only("sync", hostile, lambda _asked: Answer(code))
    mirror = synced(Mirror(), hostile.url)
    assert mirror.versions == dav.entries
    assert mirror.seen[-1].full_round


@pytest.mark.case(47, 51)
@pytest.mark.parametrize("how", [413, 504, 507, "cut"])
def test_a_list_that_is_too_much_as_well_is_asked_for_by_time(hostile: Hostile, dav: Dav, how: int | str) -> None:
    dav.syncs = False
    dav.entries = {f"/cal/{year}-{n}.ics": f'"{n}"' for year in (1999, 2025, 2026, 2027) for n in range(30)}
    spans: list[tuple[str, str]] = []

    def too_much(path: str, some: dict[str, str]) -> Answer:
        listed = [item(one, f"<d:getetag>{tag}</d:getetag>") for one, tag in list(some.items())[:40]]
        if len(some) <= 40:
            return multistatus(*listed)
        return multistatus(item(path, CALENDAR), *listed, status(path, 507)) if how == "cut" else Answer(int(how))

    def by_time(asked: Asked) -> Answer:
        span = re.search(rb'start="(\d{8})T000000Z" end="(\d{8})', asked.body)
        first, last = (day.decode() for day in span.groups()) if span else ("0", "9")
        spans.append((first, last))
        return too_much(asked.path, {p: tag for p, tag in dav.entries.items() if first <= f"{p[5:9]}0701" < last})

    _only("list", hostile, lambda asked: too_much(asked.path, dav.entries))
    _only("query", hostile, by_time)
    mirror = synced(Mirror(), hostile.url)
    assert mirror.versions == dav.entries
    assert mirror.seen[-1].full_round
    assert len(spans) < 60


@pytest.mark.case(47, 51)
def test_a_list_that_stays_too_much_is_a_problem_and_takes_nothing_away(hostile: Hostile, dav: Dav) -> None:
    dav.syncs = False
    mirror = synced(Mirror(), hostile.url)
    cut = multistatus(item("/cal/", CALENDAR), item("/cal/1.ics", '<d:getetag>"1"</d:getetag>'), status("/cal/", 507))
    for answer in (cut, Answer(507)):
        _only("list", hostile, lambda _asked, answer=answer: answer)  # type: ignore[misc]
        _only("query", hostile, lambda _asked, answer=answer: answer)  # type: ignore[misc]
        assert problem_of(lambda: synced(mirror, hostile.url)).code == "server_error"
        assert len(mirror.versions) == 5


@pytest.mark.case(48)
def test_a_deletion_said_as_418_is_a_deletion(hostile: Hostile, dav: Dav) -> None:
    mirror = synced(Mirror(), hostile.url)
    del dav.entries["/cal/0.ics"]
    dav.put("/cal/1.ics", "Moved")
    _only("sync", hostile, lambda _asked: multistatus(status("/cal/0.ics", 418), status("/cal/1.ics", 418), token="t8"))
    synced(mirror, hostile.url)
    assert mirror.versions == dav.entries
    assert mirror.told["1"] == "Moved"


def test_an_entry_that_is_listed_but_not_shown_stays_and_is_told(hostile: Hostile, dav: Dav) -> None:
    mirror = synced(Mirror(), hostile.url)
    listed = [item(path, f"<d:getetag>{tag}</d:getetag>") for path, tag in dav.entries.items() if path != "/cal/0.ics"]
    dav.lost = 403
    dav.syncs = False
    _only("list", hostile, lambda _asked: multistatus(item("/cal/", CALENDAR), *listed, status("/cal/0.ics", 403)))
    synced(mirror, hostile.url)
    assert mirror.seen[-1].full_round
    assert mirror.versions == dav.entries
    assert mirror.problems == ["entries_unread"]
    assert [key for page in mirror.seen for key in page.unread] == ["/cal/0.ics"]


@pytest.mark.parametrize("body", [b"<html><p>Sign in</html>", b"", b"<d:multistatus", b"\xff\xfe", b"{}"])
def test_a_207_that_is_none_takes_nothing_away(hostile: Hostile, dav: Dav, body: bytes) -> None:
    mirror = synced(Mirror(), hostile.url)
    dav.put("/cal/1.ics", "Moved")
    for what in ("sync", "multiget"):
        hostile.answer = dav
        _only(what, hostile, lambda _asked: Answer(207, body))
        code = problem_of(lambda: synced(mirror, hostile.url)).code
        assert code == ("answer_is_page" if b"html" in body else "answer_unreadable")
        assert len(mirror.versions) == 5
    hostile.answer = dav
    assert synced(mirror, hostile.url).versions == dav.entries
