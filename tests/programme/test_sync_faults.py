"""A fault of the app itself in one account: told, logged without words, and nobody else's."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from companion.basics.progress import Cancelled, Ticket
from companion.calendars.model import Known, Page
from companion.programme.sync import due, sync
from companion.programme.views.meetings import meetings
from companion.words.problems import sentence
from fakes.house import Made
from fakes.ics import NOW, calendar, event
from fakes.source import FakeSource


class Breaking(FakeSource):
    """A source that has a fault of its own after its first page."""

    error: Exception | None = ValueError("Kestrel CANARY review")

    def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
        for page in super().pages(cursor, known, ticket):
            yield page
            if self.error:
                raise self.error


def broken(made: Made) -> Breaking:
    """An account that breaks, asked before another that does not."""
    made.account("Broken", "dana@ferro.example")
    members = {str(at): calendar(event(str(at), f"2026120{at + 1}T130000Z")) for at in range(4)}
    source = made.sources["Broken"] = Breaking(members, per_page=1)
    made.account("Hosts", hosts=True).members = {"z": calendar(event("z", "20261220T130000Z"))}
    return source


def test_a_fault_in_one_account_leaves_what_was_read_and_the_others(made: Made) -> None:
    source = broken(made)
    bad, good = sync(made.house)
    assert ([problem.code for problem in bad.problems], bad.failed, bad.added) == (["account_broken"], True, 1)
    assert (good.failed, good.added, len(meetings(made.house).rows)) == (False, 1, 2)
    log = made.house.paths.log.read_text("utf-8")
    assert "ValueError" in log
    assert "test_sync_faults.py" in log
    assert "CANARY" not in log
    assert str(made.house.paths.log) in sentence(bad.problems[0])
    assert "CANARY" not in sentence(bad.problems[0])
    assert due(made.house, NOW + timedelta(minutes=10), timedelta(minutes=5)) == ["Hosts"], "it waits its turn"
    source.error = None
    bad, _ = sync(made.house)
    assert (bad.problems, bad.added, len(meetings(made.house).rows)) == ((), 3, 5)


def test_whoever_cancels_is_heard(made: Made) -> None:
    broken(made).error = Cancelled()
    with pytest.raises(Cancelled):
        sync(made.house)
    assert not made.house.paths.log.exists()
