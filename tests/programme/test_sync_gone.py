"""What goes from a calendar: a series is one thing, and removals that are doubted hold nothing else up."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from companion.basics.progress import Ticket
from companion.calendars.model import Known, Page
from companion.programme.sync import Synced, sync
from companion.programme.views.meetings import meetings
from fakes.desk import written
from fakes.house import Made
from fakes.ics import calendar, event
from fakes.killing import FailingReader
from fakes.source import FakeSource


class Telling(FakeSource):
    """A server with tokens: it tells what came and what went, and told it once the token is past it."""

    removed: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()

    def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
        if not cursor:
            yield from super().pages(cursor, known, ticket)
            return
        told = [] if cursor == "after" else self.fresh
        blobs = (page.blobs for page in FakeSource({key: self.members[key] for key in told}).pages("", known, ticket))
        gone = () if cursor == "after" else self.removed
        yield Page(tuple(blob for some in blobs for blob in some), gone, (), "after", True, False)


def series(uid: str, months: int) -> dict[str, bytes]:
    """A series as Graph's is held: a member for each month."""
    days = [f"{2026 + month // 12}{month % 12 + 1:02d}11T130000Z" for month in range(months)]
    return {f"{uid}/{day}": calendar(event(uid, day, f"RECURRENCE-ID:{day}")) for day in days}


def lunches(months: int) -> dict[str, bytes]:
    """A series of one's own that is no customer's business: nothing is held of it."""
    days = [f"{2026 + month // 12}{month % 12 + 1:02d}12T130000Z" for month in range(months)]
    return {f"lunch/{day}": calendar(event("lunch", day, title="Lunch", guests=())) for day in days}


def singles(count: int) -> dict[str, bytes]:
    return {f"one{at}": calendar(event(f"one{at}", f"202612{at % 28 + 1:02d}T130000Z")) for at in range(count)}


def telling(made: Made, members: dict[str, bytes]) -> Telling:
    made.account("Work", "dana@ferro.example")
    source = made.sources["Work"] = Telling(members)
    (done,) = sync(made.house)
    assert done.problems == ()
    return source


def told(done: Synced) -> list[tuple[str, object, object]]:
    return [(problem.code, problem.facts["held"], problem.facts["listed"]) for problem in done.problems]


@pytest.mark.case(46)
@pytest.mark.parametrize("gone", ["series", "lunch"])
def test_a_series_told_gone_is_believed_though_it_has_most_of_the_members(made: Made, gone: str) -> None:
    source = telling(made, (series("weekly", 24) if gone == "series" else lunches(24)) | singles(4))
    source.removed = tuple(key for key in source.members if not key.startswith("one"))
    source.members["new"] = calendar(event("new", "20261209T130000Z", title="Kestrel new"))
    source.fresh = ("new",)
    (done,) = sync(made.house)
    assert (done.problems, done.added, done.removed) == ((), 1, 23 + 1 if gone == "series" else 0)


def test_all_there_is_told_gone_by_name_is_believed_while_it_is_little(made: Made) -> None:
    source = telling(made, singles(3))
    source.removed = tuple(source.members)
    (done,) = sync(made.house)
    assert (done.problems, done.removed) == ((), 3)


@pytest.mark.case(46)
def test_a_series_missing_from_a_listing_is_believed(made: Made) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = series("weekly", 24) | singles(4)
    sync(made.house)
    source.members = singles(4)
    (done,) = sync(made.house)
    assert (done.problems, done.removed) == ((), 24)


@pytest.mark.case(46)
def test_a_listing_that_lost_the_months_of_many_series_is_doubted(made: Made) -> None:
    source = made.account("Work", "dana@ferro.example")
    source.members = {key: body for at in range(4) for key, body in series(f"s{at}", 24).items()}
    sync(made.house)
    source.members = {key: body for key, body in source.members.items() if "/2026" in key and key < "s3"}
    (done,) = sync(made.house)
    assert (told(done), done.removed) == ([("calendar_shrunk", 96, 36)], 0)


@pytest.mark.case(46)
@pytest.mark.parametrize("tells", [True, False])
def test_removals_in_doubt_hold_up_nothing_that_came_and_are_told_again(made: Made, tells: bool) -> None:
    source = telling(made, singles(60)) if tells else made.account("Work", "dana@ferro.example")
    if not tells:
        source.members = singles(60)
        sync(made.house)
    gone = tuple(source.members)[:50]
    new = calendar(event("new", "20261209T130000Z", title="Kestrel new"))
    source.members = {key: body for key, body in source.members.items() if key not in gone} | {"new": new}
    if isinstance(source, Telling):
        source.removed, source.fresh = gone, ("new",)
    for added in (1, 0):
        (done,) = sync(made.house)
        assert ([code for code, _, _ in told(done)], done.added, done.removed) == (["calendar_shrunk"], added, 0)
    assert "Kestrel new" in [row.meeting.title for row in meetings(made.house).rows]
    (done,) = sync(made.house, accept_fewer=True)
    assert (done.problems, done.removed) == ((), 50)


class Paging(FakeSource):
    """A server with tokens that tells of removals, a few a page."""

    removed: tuple[str, ...] = ()
    a_page = 5

    def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
        if not cursor:
            yield from super().pages(cursor, known, ticket)
            return
        for at in range(0, len(self.removed), self.a_page):
            ticket.step()
            yield Page((), self.removed[at : at + self.a_page], (), "no cursor", complete=False, full_round=False)
        yield Page((), (), (), "token", complete=True, full_round=False)


@pytest.mark.case(46)
def test_removals_told_over_many_pages_are_doubted_as_one(made: Made) -> None:
    made.account("Work", "dana@ferro.example")
    source = Paging({f"{at:03d}": calendar(event(str(at), f"202612{1 + at % 28:02d}T130000Z")) for at in range(60)})
    made.sources["Work"] = source
    sync(made.house)
    source.removed = tuple(sorted(source.members)[:45])
    (done,) = sync(made.house)
    assert [(p.code, p.facts["listed"]) for p in done.problems] == [("calendar_shrunk", 15)]
    assert (done.removed, len(meetings(made.house).rows)) == (0, 60)
    source.removed = source.removed[:12]
    (done,) = sync(made.house)
    assert (done.problems, done.removed, len(meetings(made.house).rows)) == ((), 12, 48)


def test_made_private_while_the_reader_has_no_time_it_waits_and_then_leaves_no_word(made: Made) -> None:
    """The second look, which tells private from gone, may fail: then nothing is decided, and it is read again."""
    source = made.account("Work", "dana@ferro.example")
    source.members = {"a": calendar(event("a", "20261101T130000Z", title="Kestrel CANARY review"))}
    sync(made.house)
    source.members = {"a": calendar(event("a", "20261101T130000Z", "CLASS:PRIVATE", title="Kestrel CANARY review"))}
    sync(replace(made.house, open_reader=lambda: FailingReader(2)))
    assert [row.meeting.status for row in meetings(made.house).rows] == ["confirmed"]
    sync(made.house)
    assert meetings(made.house).rows == ()
    assert b"CANARY" not in written(made.house)
