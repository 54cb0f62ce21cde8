"""A trial of other rules: what it catches and loses, and that it leaves nothing behind."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from companion.attendance.model import Evidence
from companion.basics.errors import Problem
from companion.basics.ids import meeting_id
from companion.basics.progress import Cancelled, Ticket
from companion.calendars.model import Known, Page, Window
from companion.connectors.ics.worker import Reader
from companion.meetings.model import Verdict
from companion.programme.inspect import inspect_account
from companion.programme.proposal import CustomerEdit, Edit, Proposal, save
from companion.programme.sync import sync
from companion.programme.trial import Case, compare
from companion.words.recognition import explain
from fakes.house import Made
from fakes.ics import NOW, calendar, event

CANARY = "Zebrafinch appointment"
WEAK = {"title": "Kestrel stocktake", "guests": (), "organiser": ""}  # 30 for the name, 5 for its length


def made_calendar(*more: str) -> dict[str, bytes]:
    return {
        "1": calendar(event("review", "20260310T130000Z")),
        "2": calendar(event("weak", "20260512T130000Z", **WEAK)),
        "3": calendar(event("secret", "20260513T130000Z", "CLASS:PRIVATE", title=f"{CANARY} Kestrel stocktake")),
        "4": calendar(event("lunch", "20260514T110000Z", title="Lunch", guests=())),
        "5": calendar(event("old", "20250101T130000Z", **WEAK)),
        "6": calendar(event("ahead", "20261212T130000Z", **WEAK)),
        **{f"more-{at}": calendar(text) for at, text in enumerate(more)},
    }


@pytest.fixture
def own(made: Made) -> Made:
    made.account("Dana", "dana@ferro.example").members = made_calendar()
    return made


def said(case: Case, made: Made, needed: int) -> str:
    assert case.after
    return explain(case.after, case.customer, needed)


ADD = Proposal(words=Edit(("stocktake",)))
HOLD = Proposal(hold=Edit(("quarterly",)))


def test_a_word_more_catches_what_it_should_and_nothing_private(own: Made) -> None:
    trial = compare(own.house, ADD)
    assert (trial.now, trial.then, trial.lost, trial.moved, trial.standing) == (1, 2, (), (), ())
    (case,) = trial.caught
    assert (case.uid, case.title, case.account, case.customer) == (
        "weak", "Kestrel stocktake", "Dana", "Kestrel Plumbing Supply",
    )  # fmt: skip
    assert case.before
    assert case.after
    assert (case.before.decision, case.before.score, case.after.score) == ("not_customer", 35, 60)
    assert explain(case.before, case.customer, trial.needed_now) == (
        "Not kept, 35 of 50 points: “Kestrel” is in the title (30), it takes 90 minutes (5); "
        "nobody of theirs is a guest, no word of a review is in the title."
    )
    assert CANARY not in repr(trial)


def test_a_word_that_holds_back_loses(own: Made) -> None:
    trial = compare(own.house, HOLD)
    assert (trial.now, trial.then, trial.caught) == (1, 0, ())
    (case,) = trial.lost
    assert said(case, own, 50) == "Held back: “quarterly” is in the title."
    assert case.before
    assert case.before.decision == "kept"


def test_the_points_needed_are_tried_too(own: Made) -> None:
    assert [case.uid for case in compare(own.house, Proposal(threshold=30)).caught] == ["weak"]
    assert [case.uid for case in compare(own.house, Proposal(threshold=125)).lost] == ["review"]


def test_customers_and_their_domains_are_tried(made: Made) -> None:
    made.account("Dana", "dana@ferro.example").members = made_calendar(
        event("marea", "20260601T090000Z", title="Spring talk", guests=("ana@marea.example",), organiser=""),
    )
    fresh = CustomerEdit("", "Marea Boats", True, Edit(("marea.example",)))
    trial = compare(made.house, Proposal(customers=(fresh,)))
    assert [(case.uid, case.customer) for case in trial.caught] == [("marea", "Marea Boats")]
    gone = CustomerEdit("kestrel", "Kestrel Plumbing Supply", False, Edit((), ("kestrel.example",)),
                        aliases=Edit((), ("Kestrel",)))  # fmt: skip
    (case,) = compare(made.house, Proposal(customers=(gone,))).lost
    assert said(case, made, 50) == "Not kept: no customer is on the list or in the title."
    both = compare(made.house, Proposal(customers=(gone, replace(fresh, aliases=Edit(("Kestrel",))))))
    assert [(case.uid, case.customer) for case in both.moved] == [("review", "Marea Boats")]
    assert not both.lost


def test_a_meeting_in_two_calendars_counts_once_and_is_lost_only_in_both(made: Made) -> None:
    text = event("both", "20260310T130000Z", title="Talk")
    for name in ("Dana", "Lev"):
        made.account(name, f"{name.lower()}@ferro.example").members = {"1": calendar(text)}
    made.sources["Lev"].members = {"1": calendar(text.replace("Talk", "Kestrel talk"))}
    trial = compare(made.house, Proposal(threshold=70))
    assert (trial.now, trial.then, trial.lost, trial.caught) == (1, 1, (), ())


def test_the_other_side_is_told_exactly_as_inspect_tells_it(made: Made) -> None:
    members = made_calendar(
        event("talk", "20260601T090000Z", title="Talk"),
        event("short", "20260602T090000Z", title="Kestrel review", guests=(), end="20260602T091000Z"),
        event("days", "20260603T090000Z", "RRULE:FREQ=WEEKLY;COUNT=3", title="Kestrel stocktake"),
    )
    made.account("Dana", "dana@ferro.example").members = members
    days = Window(date(2025, 11, 21), date(2026, 11, 21))
    today = {item.id: item.row.judgement for item in inspect_account(made.house, "Dana", days).items}
    change = Proposal(Edit(("stocktake",)), Edit(("quarterly", "talk")), 30)
    trial = compare(made.house, change)
    assert {case.uid for case in trial.caught} == {"weak", "short"}
    assert {case.uid for case in trial.lost} == {"review", "talk"}
    assert all(case.before == today[case.id] for case in (*trial.caught, *trial.lost))
    save(made.house, change)
    then = {item.id: item.row.judgement for item in inspect_account(made.house, "Dana", days).items}
    assert all(case.after == then[case.id] for case in (*trial.caught, *trial.lost))


def test_of_several_copies_the_one_with_the_most_points_is_shown(made: Made) -> None:
    plain = event("both", "20260310T130000Z", title="Talk")
    for name, text in (("Agnes", plain), ("Dana", plain.replace("Talk", "Kestrel review")), ("Lev", plain)):
        made.account(name, "lev@ferro.example").members = {"1": calendar(text)}
    (case,) = compare(made.house, Proposal(threshold=125)).lost
    assert (case.account, case.title) == ("Dana", "Kestrel review")


def test_a_cancelled_meeting_is_no_meeting(made: Made) -> None:
    made.account("Dana", "dana@ferro.example").members = {
        "1": calendar(event("off", "20260512T130000Z", "STATUS:CANCELLED", **WEAK))
    }
    trial = compare(made.house, ADD)
    assert (trial.now, trial.caught) == (0, ())


def test_peoples_word_stands(own: Made) -> None:
    kept, weak = meeting_id("review", "-"), meeting_id("weak", "-")
    sync(own.house)
    with own.house.workspace() as tx:
        tx.seats.add(Evidence("e", kept, "dana", "host", "attended", "rosa", NOW))
        tx.meetings.put_verdict(Verdict(weak, "no", "", "dana@ferro.example", NOW))
    (case,) = compare(own.house, HOLD).standing
    assert (case.id, case.stands) == (kept, "seat")
    trial = compare(own.house, ADD)
    assert [(case.id, case.stands) for case in trial.standing] == [(weak, "no")]
    assert (trial.now, trial.then, trial.caught) == (1, 1, ())


def test_what_somebody_said_yes_to_is_not_lost(own: Made) -> None:
    with own.house.workspace() as tx:
        tx.meetings.put_verdict(Verdict(meeting_id("review", "-"), "yes", "kestrel", "dana@ferro.example", NOW))
    trial = compare(own.house, HOLD)
    assert (trial.now, trial.then, trial.lost) == (1, 1, ())


def test_one_calendar_that_cannot_be_read_is_told_and_the_others_count(own: Made) -> None:
    own.account("Broken", "lev@ferro.example")

    class Down:
        def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
            raise Problem("password_wrong", account="Broken")

        def close(self) -> None:
            return

    sources = own.sources
    house = replace(own.house, open_source=lambda a, _days: Down() if a.name == "Broken" else sources[a.name])
    trial = compare(house, ADD)
    assert [(name, problem.code) for name, problem in trial.problems] == [("Broken", "password_wrong")]
    assert (trial.read, len(trial.caught)) == (1, 1)


def test_nothing_is_written_anywhere(own: Made) -> None:
    sync(own.house)
    home = own.house.paths.home

    def everything() -> dict[Path, bytes]:
        files = (path for path in home.rglob("*") if path.is_file())
        return {path: path.read_bytes() for path in files if not path.name.endswith("-shm")}  # who reads, no row

    before = everything()
    assert any(before.values())
    trial = compare(own.house, Proposal(words=Edit(("stocktake",)), hold=Edit(("quarterly",)), threshold=60))
    assert (len(trial.caught), len(trial.lost)) == (1, 1)
    assert everything() == before
    assert not any(CANARY.encode() in content for content in everything().values())


def test_the_trial_is_what_the_next_sync_does(own: Made) -> None:
    sync(own.house)
    trial = compare(own.house, ADD)
    save(own.house, ADD)
    (done,) = sync(own.house)
    assert done.added == len(trial.caught) + 1  # and the one that lies ahead
    with own.house.workspace(write=False) as tx:
        assert {case.id for case in trial.caught} <= {meeting.id for meeting in tx.meetings.everything()}
    assert not compare(own.house, ADD).caught


def test_a_trial_is_cancelled_while_a_calendar_is_read(own: Made) -> None:
    rows = [event(f"e{at}", "20260310T130000Z", "RRULE:FREQ=DAILY;COUNT=300") for at in range(4000)]
    own.sources["Dana"].members = {"1": calendar(*rows)}
    readers: list[Reader] = []

    def open_reader() -> Reader:
        readers.append(Reader())
        return readers[-1]

    ticket, ended = Ticket(), threading.Event()

    def run() -> None:
        with pytest.raises(Cancelled):
            compare(replace(own.house, open_reader=open_reader), ADD, ticket)
        ended.set()

    thread = threading.Thread(target=run)
    thread.start()
    while not (readers and readers[0].pid):
        ended.wait(0.01)
    ticket.cancel()
    assert ended.wait(10), "the reading went on"
    thread.join()
    assert readers[0].pid is None


def test_the_days_are_the_past_twelve_months(own: Made) -> None:
    trial = compare(own.house, Proposal())
    assert trial.window.last == NOW.date()
    assert trial.window.last - trial.window.first == timedelta(days=365)
    assert (trial.now, trial.then, trial.caught, trial.lost) == (1, 1, (), ())
