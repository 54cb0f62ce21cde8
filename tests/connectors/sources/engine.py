"""What a sync does with pages, in its simplest form: members and versions, swept after a full round."""

import json
import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Account, CalendarSource, Page
from companion.connectors import sources
from companion.words.problems import sentence

_LINE = re.compile(rb"^(UID|SUMMARY):([^\r\n]+)", re.MULTILINE)


@dataclass
class Mirror:
    """What an engine holds of one account; `keep_going` False cuts a round short after a page."""

    versions: dict[str, str] = field(default_factory=dict)
    cursor: str = ""
    data: dict[str, bytes] = field(default_factory=dict)
    fetched: int = 0
    seen: list[Page] = field(default_factory=list)

    def sync(
        self, source: CalendarSource, ticket: Ticket | None = None, *, until: Callable[[Page], bool] | None = None
    ) -> None:
        self.fetched, self.seen, round_keys = 0, [], set[str]()
        try:
            for page in source.pages(self.cursor, lambda key: self.versions.get(key, ""), ticket or Ticket()):
                self.seen.append(page)
                self.fetched += len(page.blobs)
                self.versions.update({blob.key: blob.version for blob in page.blobs})
                self.data.update({blob.key: blob.data for blob in page.blobs})
                round_keys |= {blob.key for blob in page.blobs} | set(page.present)
                for key in page.removed:
                    self.versions.pop(key, None)
                if page.complete and page.full_round:
                    self.versions = {key: value for key, value in self.versions.items() if key in round_keys}
                self.cursor = page.cursor
                if until and until(page):
                    return
        finally:
            source.close()

    @property
    def told(self) -> dict[str, str]:
        """What the calendars say, whatever their members are: the title of every entry by its UID."""
        held = b"\n".join(self.data[key] for key in self.versions)
        entries = [dict(_LINE.findall(entry)) for entry in held.split(b"BEGIN:VEVENT")[1:]]
        return {entry[b"UID"].decode(): entry[b"SUMMARY"].decode() for entry in entries}

    def look_again(self) -> None:
        """As an hour later: the next round asks anew which calendars there are."""
        self.cursor = json.dumps({**json.loads(self.cursor), "looked": 0})

    @property
    def problems(self) -> list[str]:
        return [problem.code for page in self.seen for problem in page.problems]


PASSWORD = "canary-Hb5-hunter2"


def synced(mirror: Mirror, url: str) -> Mirror:
    """The mirror after one round of a CalDAV account there."""
    mirror.sync(sources.open_source(caldav(url), PASSWORD))
    return mirror


def problem_of(call: Callable[[], object]) -> Problem:
    """The problem a call ends in, which a person can read and which tells no secret."""
    with pytest.raises(Problem) as caught:
        call()
    told = "".join(traceback.format_exception(caught.value)) + sentence(caught.value) + repr(caught.value.facts)
    assert PASSWORD not in told
    assert "went wrong" not in sentence(caught.value)
    assert caught.value.facts["account"] in sentence(caught.value)
    return caught.value


def caldav(url: str, user: str = "alba") -> Account:
    return Account("a1", "Alba", "caldav", url, user)


def ics(url: str) -> Account:
    return Account("a2", "Feed", "ics", url)
