"""Real servers through the whole house: meetings come, move and go, and nothing else is written."""

from dataclasses import replace
from pathlib import Path

import pytest

from companion.connectors import sources
from companion.programme.sync import Synced, sync
from companion.programme.views.meetings import meetings
from connectors.sources.calendars import OnServer, calendar
from connectors.sources.engine import ics
from fakes.house import Made, laid_out, made
from fakes.ics import calendar as text
from fakes.ics import event
from servers.hostile import Answer, Asked, Hostile

__all__ = ["laid_out", "made"]


def _connect(made: Made, name: str, opened: OnServer) -> None:
    made.account(name, "dana@ferro.example")
    made.house = replace(
        made.house, open_source=lambda _account, _days: sources.open_source(opened.account, opened.password)
    )  # fmt: skip


def _told(made: Made) -> dict[str, str]:
    return {f"{row.meeting.start:%d %b %H:%M}": row.meeting.title for row in meetings(made.house).rows}


def _sync(made: Made) -> Synced:
    done = sync(made.house)[0]
    assert not done.problems
    return done


def _put(at: OnServer, name: str, entry: str) -> None:
    assert at.server
    at.server.put_text(at.calendar, name, text(entry).decode())


@pytest.mark.server
@pytest.mark.parametrize("kind", ["radicale", "xandikos"])
def test_meetings_come_move_and_go(
    kind: str, made: Made, tmp_path: Path, request: pytest.FixtureRequest
) -> None:  # fmt: skip
    with calendar(kind, tmp_path, request.getfixturevalue) as at:
        assert isinstance(at, OnServer)
        _connect(made, "Work", at)
        for number in range(4):
            _put(at, f"review-{number}", event(f"review-{number}", f"2026121{number}T130000Z"))
        _put(at, "lunch", event("lunch", title="Lunch CANARY-LUNCH", guests=("lev@ferro.example",)))
        first = _sync(made)
        assert (first.ledger.seen, first.ledger.kept, first.added) == (5, 4, 4)
        assert list(_told(made)) == [f"1{number} Dec 13:00" for number in range(4)]

        again = _sync(made)
        assert (again.ledger.seen, again.added, again.changed, again.removed) == (0, 0, 0, 0)

        _put(at, "review-1", event("review-1", "20261218T150000Z"))
        at.remove("review-2")
        _put(at, "lunch", event("lunch", title="Dinner CANARY-DINNER", guests=("lev@ferro.example",)))
        moved = _sync(made)
        assert (moved.added, moved.changed, moved.removed) == (0, 1, 1)
        assert list(_told(made)) == ["10 Dec 13:00", "13 Dec 13:00", "18 Dec 15:00"]

        at.remove("review-0")
        assert _sync(made).removed == 1
        assert list(_told(made)) == ["13 Dec 13:00", "18 Dec 15:00"]
    made.house.close()
    written = b"".join(path.read_bytes() for path in made.house.paths.home.rglob("*") if path.is_file())
    assert b"Kestrel" in written
    assert b"CANARY" not in written
    assert b"review-0.ics" not in written  # the address of an entry


@pytest.mark.case(44)
def test_an_address_is_still_asked_only_whether_it_changed_after_a_restart(made: Made, hostile: Hostile) -> None:
    body = text(event("a", "20261210T130000Z"))

    def answer(asked: Asked) -> Answer:
        return Answer(304) if asked.headers.get("if-none-match") == '"1"' else Answer(200, body, {"ETag": '"1"'})

    hostile.answer = answer
    made.account("Feed", "dana@ferro.example")
    account = ics(hostile.url + "a.ics")
    open_source = lambda _account, _days: sources.open_source(account, None)  # noqa: E731
    made.house = replace(made.house, open_source=open_source)
    assert _sync(made).added == 1
    home = made.house.paths.home
    made.house.close()

    from companion.bootstrap import build
    from companion.connectors.ics.worker import InlineReader

    made.house = replace(
        build(home, clock=lambda: made.time[0], secrets_mode="session"),
        me="dana@ferro.example", open_reader=InlineReader, open_source=open_source,
    )  # fmt: skip
    assert _sync(made).added == 0
    assert [asked.headers.get("if-none-match") for asked in hostile.asked] == [None, '"1"']


@pytest.mark.case(46, 71)
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(401), "signin_refused"), (Answer(403), "no_calendars"), (Answer(404), "no_calendars"),
        (Answer(200, b"<!DOCTYPE html><html>Sign in</html>"), "answer_is_page"), (Answer(200), "no_calendars"),
        (Answer(207, b'<d:multistatus xmlns:d="DAV:"/>'), "no_calendars"), (Answer(503), "server_busy"),
        (Answer(reset=True), "server_unreachable"),
    ],
    ids=["401", "403", "404", "web page", "nothing", "empty 207", "503", "reset"],
)  # fmt: skip
@pytest.mark.parametrize("later", [0, 7200], ids=["at once", "hours later"])
def test_a_server_that_turns_on_us_takes_no_meeting_away(
    made: Made, hostile: Hostile, tmp_path: Path, answer: Answer, code: str, later: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with calendar("caldav in small pages", tmp_path, lambda _name: hostile) as at:
        at.put("one", "x")
        hostile_answer = hostile.answer
        hostile.answer = lambda asked: _with_reviews(hostile_answer(asked))
        _connect(made, "Work", at)  # type: ignore[arg-type]
        assert _sync(made).added == 1
        before = _told(made)
        hostile.answer = lambda _asked: answer
        monkeypatch.setattr("companion.connectors.caldav.rounds.LOOK_EVERY", 3600 - later)
        done = sync(made.house)[0]
        assert done.failed
        assert _told(made) == before
        assert code in {problem.code for problem in done.problems} | _codes_of_one(done)
        assert all(problem.facts["account"] == "Alba" for problem in done.problems)


def _codes_of_one(done: Synced) -> set[str]:
    # With the calendars at hand it is a calendar that fails, and not the account.
    return {"no_calendars"} if done.problems[0].code in ("forbidden", "not_found", "answer_unreadable") else set()


def _with_reviews(answer: Answer) -> Answer:
    whole = text(event("one", "20261210T130000Z")).decode()
    start, end = b"BEGIN:VCALENDAR", b"END:VCALENDAR"
    if start not in answer.body:
        return answer
    body = answer.body[: answer.body.index(start)] + whole.strip().encode()
    return replace(answer, body=body + answer.body[answer.body.index(end) + len(end) :])
