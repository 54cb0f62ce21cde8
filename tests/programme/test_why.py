"""Why a figure is what it is: what counted, what did not, why not, and by whose word."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from companion.attendance.explain import CELLS, Cell
from companion.attendance.model import Evidence
from companion.attendance.rules import PlanRule
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.calendars.model import Reason
from companion.customers.model import Customer
from companion.people.model import Person
from companion.programme import leaves, meetings, seats, targets, years
from companion.programme.views.board import board
from companion.programme.views.why import Why, figure, why_of
from companion.takeaways.model import Takeaway
from companion.words.attendance import why
from fakes.house import Made
from programme.test_years import hold, in_2027, meeting

OPS = Person("olga", "olga@ferro.example", "Olga Lind", (), "Programme", "ops")


def said(made: Made, cell: Cell = "heard", who: str = "dana", span: str = "2026") -> Why:
    return why_of(made.house, who, span, cell=cell)


def told(found: Why, *, counts: bool) -> list[str]:
    lines = [one for one in found.lines if one.counts is counts]
    return [why(one.reason.code, one.reason.facts, found.customers, found.person.name) for one in lines]


def customer(made: Made, key: str) -> None:
    with made.house.workspace() as tx:
        tx.customers.put(Customer(key, key.title()))


def test_one_and_not_two_in_sentences(made: Made) -> None:
    customer(made, "orchard")
    hold(made, "2026-03-04", "dana")
    second = replace(meeting("2026-03-04", key="afternoon"), start=datetime(2026, 3, 4, 14, tzinfo=UTC),
                     end=datetime(2026, 3, 4, 15, tzinfo=UTC))  # fmt: skip
    dropped, rehearsed = hold(made, "2026-05-05", "dana", customer="orchard"), hold(made, "2026-05-06", "dana")
    hold(made, "2025-11-05", "dana")
    hold(made, "2026-02-02", "dana", batch="old list")
    gone = hold(made, "2026-06-01", "lev")
    with made.house.workspace() as tx:
        tx.meetings.put(second)
        tx.meetings.put(replace(rehearsed, why=(Reason("internal_only"),)))
        tx.seats.add(Evidence(new_id(), second.id, "dana", "self", "attended", "dana@ferro.example", made.time[0]))
        tx.seats.withdraw("old list", made.time[0])
        tx.seats.add(Evidence(new_id(), gone.id, "dana", "self", "accepted", "dana@ferro.example",
                              gone.start - timedelta(days=1)))  # fmt: skip
    meetings.dismiss(made.house, [dropped.id])
    seats.set_state(made.house, hold(made, "2026-07-01").id, "dana", "missed", "host", "fog")
    found = said(made)
    assert (found.figure, found.n) == ("1", 2)
    assert told(found, counts=True) == ["Heard Kestrel Plumbing Supply on 4 March, by the host's word."]
    assert told(found, counts=False) == [
        "What an import said of Kestrel Plumbing Supply on 2 February was taken back.",
        "A second meeting with Kestrel Plumbing Supply on 4 March is the same credit.",
        "Orchard on 5 May was dismissed: it was no customer meeting.",
        "Kestrel Plumbing Supply on 6 May was among ourselves, without the customer.",
        "Nobody has said yet whether Dana Okafor was with Kestrel Plumbing Supply on 1 June; "
        "that counts for nobody and against nobody.",
        "Was not with Kestrel Plumbing Supply on 1 July.",
        "Kestrel Plumbing Supply on 5 November 2025 lies outside this period.",
    ]
    fog = next(one for one in found.lines if one.reason.code == "missed")
    assert [(one.source, one.reason) for one in fog.evidence] == [("host", "fog")]
    first = found.lines[1]
    assert (first.evidence[0].source, found.names[first.evidence[0].by]) == ("host", "Rosa Vidal")
    assert first.meeting_id == "kestrel-2026-03-04"


def test_every_cell_says_the_figure_of_the_board(made: Made) -> None:
    hold(made, "2026-03-04", "dana", "lev")
    hold(made, "2026-12-09", customer="kestrel")
    seats.set_state(made.house, "kestrel-2026-12-09", "lev", "accepted", "ops")
    with made.house.workspace() as tx:
        tx.customers.put(Customer("orchard", "Orchard"))
    hold(made, "2026-12-16", customer="orchard")
    hold(made, "2026-12-17", customer="kestrel")  # who had two listeners this year, and has a third: it bears no more
    rows = {row.person.id: row.standing for row in board(made.house, "2026").rows}
    for person_id, standing in rows.items():
        for cell in CELLS:
            found = said(made, cell, person_id)
            assert found.figure == figure(standing, cell)
            assert found.lines
            assert all("(" not in sentence for sentence in (*told(found, counts=True), *told(found, counts=False)))
    assert told(said(made, "needs"), counts=True) == [
        "2 expected, 1 heard, 0 coming: 1 still needed.",
        "Needs 1 more; 1 open review before 31 December. Must be seated by 16 December.",
        "Orchard on 16 December is open.",
    ]
    assert told(said(made, "coming", "lev"), counts=True) == ["Coming to Kestrel Plumbing Supply on 9 December."]


def test_what_is_expected_names_its_target_and_leave(made: Made) -> None:
    targets.set_target(made.house, "role:leader", 4, made.time[0].date(), "a year of listening")
    leaves.put(made.house, "dana@ferro.example", date(2026, 2, 1), date(2026, 5, 31))
    assert told(said(made, "expected", "dana"), counts=False) == ["120 days of leave are left out."]
    with made.house.workspace() as tx:
        tx.people.put(Person("cy", "cy@ferro.example", "Cy", (), "IT", "leader", start=date(2026, 7, 1)))
    lines = told(said(made, "expected", "cy"), counts=True)
    assert lines[0].startswith("The target of the role is 4 a year from ")
    assert lines[0].endswith("2026 on: a year of listening")
    assert lines[1] == "184 of 365 days count, so 1 expected."


@pytest.mark.parametrize(
    ("told_on", "more", "code"),
    [
        (date(2026, 11, 12), {}, "told"),
        (date(2026, 11, 20), {}, "told_late"),
        (date(2026, 11, 12), {"quote": ""}, "told_half"),
        (date(2026, 11, 12), {"withdrawn": datetime(2026, 11, 13, tzinfo=UTC)}, "told_withdrawn"),
        (None, {"audience": "me", "published": datetime(2026, 11, 12, tzinfo=UTC)}, "told_to_me"),
        (None, None, "untold"),
    ],
)
def test_why_completed_or_not(made: Made, told_on: date | None, more: dict[str, object] | None, code: str) -> None:
    made.time[0] = datetime(2026, 12, 1, 9, tzinfo=UTC)
    held = hold(made, "2026-11-11", "dana")
    if more is not None:
        values: dict[str, object] = {"headline": "They count", "quote": "We lose a day", "told_on": told_on,
                                     "published": datetime(2026, 11, 21, tzinfo=UTC), **more}  # fmt: skip
        with made.house.workspace() as tx:
            tx.takeaways.put(Takeaway(new_id(), 1, "dana", held.id, "kestrel", str(values.pop("audience", "company")),
                                      **values))  # type: ignore[arg-type]  # fmt: skip
    assert [one.reason.code for one in said(made, "completed").lines] == [code]
    assert said(made, "completed").figure == ("1" if code == "told" else "0")


def test_a_review_they_cannot_take_says_why(made: Made) -> None:
    for number, day in enumerate(("2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22")):
        customer(made, f"c{number}")
        hold(made, day, customer=f"c{number}")
    leaves.put(made.house, "dana@ferro.example", date(2026, 12, 1), date(2026, 12, 3))
    with made.house.workspace() as tx:
        tx.plan_rules.put(PlanRule(new_id(), "not_here", "dana", "c1-2026-12-08", at=made.time[0]))
        tx.meetings.put(replace(meeting("2026-12-15", key="clash"), customer_id="kestrel"))
    seats.set_state(made.house, "clash", "dana", "accepted", "ops")
    found = said(made, "needs")
    assert [one.reason.code for one in found.lines if not one.counts] == ["open_leave", "open_barred", "open_taken"]
    (row,) = [row for row in board(made.house, "2026").rows if row.person.id == "dana"]
    assert (row.standing.needs, row.standing.open) == (1, 1)
    assert row.standing.last_feasible == date(2026, 12, 22)


def test_a_closed_year_tells_what_changed_since(made: Made) -> None:
    later = hold(made, "2026-05-06")
    in_2027(made)
    years.close(made.house, "2026", "agreed")
    made.time[0] += timedelta(days=1)
    seats.set_state(made.house, later.id, "dana", "attended", "ops", "the sheet was found")
    found = said(made)
    assert found.figure == "0"
    assert told(found, counts=False)[-3:] == [
        "2026 was closed on 11 January 2027; the figures are of that day.",
        "Amended since: 0 → 1.",
        "What was said of Kestrel Plumbing Supply on 6 May came in on 12 January 2027.",
    ]
    assert why_of(made.house, "dana", "2026", date(2027, 1, 12)).figure == "1"


def test_others_figures_are_not_for_everybody(made: Made) -> None:
    shared = replace(made.house, workspace_shared=True)
    assert why_of(shared, "dana", "2026").figure == "0"
    with pytest.raises(Problem, match="names_not_shown"):
        why_of(shared, "lev", "2026")
    with shared.workspace() as tx:
        tx.people.put(OPS)
    with pytest.raises(Problem, match="names_not_shown"):
        why_of(replace(shared, me=OPS.email), "lev", "2026")
    with shared.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), names_agreed="agreement 12"))
    assert why_of(replace(shared, me=OPS.email), "lev", "2026").person.id == "lev"
    with pytest.raises(Problem, match="names_not_shown"):
        why_of(shared, "lev", "2026")
