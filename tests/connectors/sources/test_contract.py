"""One contract for every source, whatever is behind it: what is told, what is fetched, and what is never done."""

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Cancelled, Ticket
from companion.calendars.model import Page
from companion.words.problems import sentence
from connectors.sources.calendars import KINDS, Calendar, calendar
from connectors.sources.engine import Mirror
from servers.hostile import Answer, Hostile

pytestmark = pytest.mark.server
START = {"one": "Review one", "two": "Review two", "three": "Review three", "four": "Review four", "five": "Review 5"}
ON_DISK = ("file", "folder")


@pytest.fixture(params=KINDS)
def at(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Calendar]:  # fmt: skip
    """A calendar with five entries, handed out two a page."""
    monkeypatch.setattr("companion.connectors.caldav.source.BATCH", 2)
    monkeypatch.setattr("companion.connectors.caldav.rounds.BATCH", 2)
    monkeypatch.setattr("companion.connectors.ics_source._PAGE_FILES", 2)
    monkeypatch.setattr("companion.connectors.microsoft.graph.pages.PAGE", 2)
    monkeypatch.setattr("companion.connectors.microsoft.graph.delta.PAGE", 2)
    with calendar(request.param, tmp_path, request.getfixturevalue) as made:
        for name, title in START.items():
            made.put(name, title)
        yield made


def _sync(mirror: Mirror, at: Calendar) -> Mirror:
    mirror.sync(at.source())
    return mirror


def test_a_first_round_lists_everything(at: Calendar) -> None:
    mirror = _sync(Mirror(), at)
    assert mirror.told == START
    last = mirror.seen[-1]
    assert last.complete
    assert last.full_round
    assert last.cursor
    assert not any(page.complete for page in mirror.seen[:-1])
    assert all(page.total == mirror.seen[0].total for page in mirror.seen)


def test_a_second_round_fetches_nothing_and_leaves_the_cursor(at: Calendar) -> None:
    mirror = _sync(Mirror(), at)
    # A server that tells neither tokens nor versions takes a second round to be sure of what it has.
    _sync(mirror, at)
    before, versions = mirror.cursor, dict(mirror.versions)
    _sync(mirror, at)
    assert mirror.fetched == 0
    assert not any(page.removed for page in mirror.seen)
    assert mirror.cursor == before
    assert mirror.versions == versions


def test_what_came_changed_and_went_is_seen_in_the_next_round(at: Calendar) -> None:
    mirror = _sync(Mirror(), at)
    at.put("six", "Review six")
    at.put("two", "Review two moved")
    at.remove("one")
    expected = {**START, "two": "Review two moved", "six": "Review six"}
    del expected["one"]
    assert _sync(mirror, at).told == expected
    assert _sync(mirror, at).told == expected


def test_back_and_forth_is_seen_too(at: Calendar) -> None:
    mirror = _sync(Mirror(), at)
    for _ in range(2):
        at.remove("one")
        assert "one" not in _sync(mirror, at).told
        at.put("one", "Review one")
        assert _sync(mirror, at).told == START


def test_a_round_cut_after_any_page_ends_as_an_uncut_one(at: Calendar) -> None:
    pages = len(_sync(Mirror(), at).seen)
    for cut in range(1, pages + 1):
        mirror = Mirror()
        seen: list[Page] = []

        def enough(page: Page, cut: int = cut, seen: list[Page] = seen) -> bool:
            seen.append(page)
            return len(seen) >= cut

        mirror.sync(at.source(), until=enough)
        at.remove("one")
        at.put("two", f"Review two moved after page {cut}")
        assert _sync(mirror, at).told == {**_without_one(), "two": f"Review two moved after page {cut}"}
        at.put("one", START["one"])
        at.put("two", START["two"])
        assert _sync(mirror, at).told == START


def _without_one() -> dict[str, str]:
    return {name: title for name, title in START.items() if name != "one"}


def test_a_change_round_cut_after_any_page_loses_nothing(at: Calendar) -> None:
    mirror = _sync(Mirror(), at)
    for cut in range(1, 6):
        for name in START:
            at.put(name, f"{name} {cut}")
        at.put(f"new-{cut}", "New")
        seen: list[Page] = []

        def enough(page: Page, cut: int = cut, seen: list[Page] = seen) -> bool:
            seen.append(page)
            return len(seen) >= cut

        mirror.sync(at.source(), until=enough)
        at.remove(f"new-{cut}")
        assert _sync(mirror, at).told == {name: f"{name} {cut}" for name in START}


def test_a_cancel_between_pages_stops_there(at: Calendar) -> None:
    ticket = Ticket()
    with closing(at.source()) as source:
        pages = source.pages("", lambda _key: "", ticket)
        first = next(pages)
        ticket.cancel()
        if not first.complete:
            with pytest.raises(Cancelled):
                list(pages)
        with pytest.raises(Cancelled):
            next(source.pages("", lambda _key: "", ticket))


def test_a_lost_cursor_ends_in_a_full_round(at: Calendar) -> None:
    mirror = _sync(Mirror(), at)
    for damaged in ("", "{", "[]", "null", '{"homes": 3}', "x" * 5000, mirror.cursor[: len(mirror.cursor) // 2]):
        mirror.cursor = damaged
        at.put("one", f"Review after {damaged[:9]}.")
        _sync(mirror, at)
        assert mirror.seen[-1].full_round
        assert mirror.told == {**START, "one": f"Review after {damaged[:9]}."}


def test_versions_that_are_known_are_not_handed_out_again(at: Calendar) -> None:
    mirror = _sync(Mirror(), at)
    mirror.cursor = ""
    _sync(mirror, at)
    assert mirror.fetched == 0
    assert mirror.seen[-1].full_round
    assert mirror.told == START


def test_what_is_forgotten_is_handed_out_again(at: Calendar) -> None:
    mirror = _sync(Mirror(), at)
    mirror.versions, mirror.cursor = dict.fromkeys(mirror.versions, ""), ""
    mirror.data.clear()
    assert _sync(mirror, at).told == START


def test_no_page_says_two_things_of_one_member(at: Calendar) -> None:
    mirror = Mirror()
    for name in ("one", "two"):
        _sync(mirror, at)
        at.remove(name)
        at.put("three", f"Changed with {name}")
        _sync(mirror, at)
        here = [key for page in mirror.seen for key in (*(blob.key for blob in page.blobs), *page.present)]
        gone = [key for page in mirror.seen for key in page.removed]
        assert len(here) == len(set(here))
        assert len(gone) == len(set(gone))
        assert not set(here) & set(gone)


def test_closing_twice_is_closing(at: Calendar) -> None:
    source = at.source()
    list(source.pages("", lambda _key: "", Ticket()))
    source.close()
    source.close()


def test_what_cannot_be_had_is_a_problem_that_names_the_account_and_no_secret(
    at: Calendar, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    mirror = _sync(Mirror(), at)
    before = dict(mirror.versions)
    if at.account.url.startswith("http"):
        hostile: Hostile = request.getfixturevalue("hostile")
        hostile.answer = lambda _asked: Answer(401)
        at.account = replace(at.account, url=hostile.url + "secret-of-the-address")
    else:
        at.account = replace(at.account, url=str(tmp_path / "not-here"))
    with pytest.raises(Problem) as caught:
        _sync(mirror, at)
    told = sentence(caught.value)
    assert at.account.name in told
    assert "went wrong" not in told
    for secret in (at.password or "canary", "secret-of-the-address"):
        assert secret not in told + repr(caught.value.facts)
    assert mirror.versions == before


def test_a_cancel_ends_a_request_that_hangs(at: Calendar, request: pytest.FixtureRequest) -> None:
    if at.account.kind == "ics" and not at.account.url.startswith("http"):
        return  # nothing hangs on a disk
    hostile: Hostile = request.getfixturevalue("hostile")
    ticket, hangs = Ticket(), threading.Event()

    def answer(_asked: object) -> Answer:
        hangs.set()
        return Answer(hang=True)

    hostile.answer = answer
    at.account = replace(at.account, url=hostile.url)
    source = at.source()
    watcher = threading.Thread(target=lambda: (hangs.wait(10), ticket.cancel()))
    watcher.start()
    with pytest.raises(Cancelled):
        next(source.pages("", lambda _key: "", ticket))
    watcher.join()
    source.close()
    assert not hostile.over.is_set()  # it was us who hung up
