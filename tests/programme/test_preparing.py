"""Briefs are made two days ahead, kept on the device, made anew with news, and there without a network."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest

from companion.attendance.model import Evidence
from companion.basics.errors import Problem
from companion.customers.memory import Fact
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme import listening, preparing
from companion.programme.meetings import forget
from companion.takeaways.model import Takeaway
from fakes.house import Made
from fakes.ics import NOW

SOON = NOW + timedelta(hours=30)
REVIEW = Meeting("review-1", "u1", "-", "Annual review", SOON, SOON + timedelta(hours=1), False, "UTC", "confirmed",
                 "kestrel", 90, (), host_email="rosa@ferro.example", source="import")  # fmt: skip


def seat(tx, meeting: str, person: str, says: str = "accepted") -> None:
    tx.seats.add(Evidence(f"{meeting}-{person}-{says}", meeting, person, "self", says, person, NOW - timedelta(days=1)))


@pytest.fixture
def review(made: Made) -> Meeting:
    """Dana comes to a review tomorrow, and something is known of the customer."""
    with made.house.workspace() as tx:
        tx.meetings.put(REVIEW)
        seat(tx, REVIEW.id, "dana")
        tx.facts.put(Fact("g", "kestrel", "goal", "Sixteen crews by summer.", heard_on=date(2026, 9, 1), by="rosa"))
    return REVIEW


def away(house):
    """The same house on a train."""

    @contextmanager
    def nothing(*, write: bool = True):
        raise Problem("workspace_unreachable", path="db.ferro.example")
        yield

    return replace(house, workspace=nothing)


def move(made: Made, **changes) -> None:
    with made.house.workspace() as tx:
        tx.meetings.put(replace(tx.meetings.get(REVIEW.id), **changes))


def test_what_lies_two_days_ahead_is_prepared_once_and_again_with_news(made, review):
    assert preparing.prepare_all(made.house) == 1
    assert preparing.prepare_all(made.house) == 0, "nothing new"
    made.time[0] = SOON - timedelta(minutes=12)
    assert preparing.prepare_all(made.house) == 0
    kept = preparing.kept(made.house)
    assert [brief.made for brief in kept] == [NOW], "as of when it says so"
    with made.house.workspace() as tx:
        tx.facts.put(Fact("a", "kestrel", "avoid", "The credit note.", by="rosa"))
    assert preparing.prepare_all(made.house) == 1
    assert preparing.kept(made.house)[0].avoid[0].text == "The credit note."


def test_a_moved_meeting_keeps_its_brief_with_the_new_time(made, review):
    preparing.prepare_all(made.house)
    move(made, start=SOON + timedelta(hours=3), end=SOON + timedelta(hours=4))
    assert preparing.prepare_all(made.house) == 1
    assert [brief.start for brief in preparing.kept(made.house)] == [SOON + timedelta(hours=3)]


@pytest.mark.parametrize("ahead", [timedelta(hours=47), timedelta(hours=49)])
def test_two_days_are_the_bound(made, review, ahead):
    move(made, start=NOW + ahead, end=NOW + ahead + timedelta(hours=1))
    assert preparing.prepare_all(made.house) == int(ahead < timedelta(hours=48))


@pytest.mark.parametrize("changes", [{"status": "cancelled"}, {"verdict": "no"}])
def test_what_is_off_is_not_prepared_and_its_brief_goes(made, review, changes):
    preparing.prepare_all(made.house)
    move(made, **changes)
    assert preparing.prepare_all(made.house) == 0
    assert preparing.kept(made.house) == []


def test_a_declined_seat_and_a_forgotten_meeting_have_no_brief(made, review):
    preparing.prepare_all(made.house)
    with made.house.workspace() as tx:
        tx.seats.add(Evidence("no", REVIEW.id, "dana", "self", "declined", "dana", NOW))
    assert preparing.prepare_all(made.house) == 0
    assert preparing.kept(made.house) == []
    preparing.brief_for(made.house, REVIEW.id)
    forget(made.house, [REVIEW.id])
    assert preparing.kept(made.house) == []


def test_a_brief_is_let_go_thirty_days_after_its_meeting(made, review):
    preparing.prepare_all(made.house)
    made.time[0] = SOON + timedelta(days=29)
    preparing.prepare_all(made.house)
    assert len(preparing.kept(made.house)) == 1
    made.time[0] = SOON + timedelta(days=31)
    preparing.prepare_all(made.house)
    assert preparing.kept(made.house) == []


def test_with_the_workspace_away_the_kept_one_is_there(made, review):
    preparing.prepare_all(made.house)
    made.time[0] = NOW + timedelta(hours=5)
    brief = preparing.brief_for(away(made.house), REVIEW.id[:6])
    assert (brief.goals[0].text, brief.made) == ("Sixteen crews by summer.", NOW)
    assert preparing.mine_next(away(made.house)) == REVIEW.id
    preparing.expect(away(made.house), REVIEW.id, "That we were late.")
    assert preparing.brief_for(away(made.house), REVIEW.id).expected == "That we were late."


def test_with_the_workspace_away_and_nothing_kept_it_is_said(made, review):
    gone = away(made.house)
    for asked in (lambda: preparing.brief_for(gone, REVIEW.id), lambda: preparing.mine_next(gone)):
        with pytest.raises(Problem) as problem:
            asked()
        assert problem.value.code == "workspace_unreachable"


def test_somebody_elses_kept_brief_is_not_mine(made, review):
    preparing.prepare_all(made.house)
    with pytest.raises(Problem) as problem:
        preparing.brief_for(away(replace(made.house, me="lev@ferro.example")), REVIEW.id)
    assert problem.value.code == "workspace_unreachable"


def test_what_i_expect_is_in_my_brief_alone_and_nowhere_in_the_workspace(made, review):
    preparing.expect(made.house, REVIEW.id, "  That we\nwere late. ")
    assert preparing.brief_for(made.house, REVIEW.id).expected == "That we were late."
    assert preparing.brief_for(made.house, REVIEW.id, "dana").expected == "", "a mailed copy"
    assert preparing.brief_for(made.house, REVIEW.id, "rosa").expected == ""
    assert all(brief.expected == "" for brief in preparing.kept(made.house))
    note = listening.open_note(made.house, REVIEW.id)
    assert (note.expected, note.lines) == ("That we were late.", ())
    assert b"were late" not in made.house.paths.workspace.read_bytes()


def test_a_copy_for_somebody_else_is_not_kept_here_and_shows_what_they_may_read(made, review):
    with made.house.workspace() as tx:
        for name, audience in (("all", "company"), ("people", "team:People")):
            tx.takeaways.put(Takeaway(name, 1, "rosa", "", "kestrel", audience, "H", quote=f"Said to {name}.",
                                      published=NOW - timedelta(days=2 if name == "all" else 1)))  # fmt: skip
        seat(tx, REVIEW.id, "lev")
    assert preparing.brief_for(made.house, REVIEW.id, "lev").quote.text == "Said to people."
    assert preparing.kept(made.house) == []
    assert preparing.brief_for(made.house, REVIEW.id).quote.text == "Said to all."
    ours = [one.name for one in preparing.brief_for(made.house, REVIEW.id).room if one.ours]
    assert ours == ["Rosa Vidal", "Lev Brandt"]


def test_a_takeaway_that_waits_or_is_held_is_not_quoted(made, review):
    told = Takeaway("t", 1, "lev", "", "kestrel", "company", "H", quote="Not yet.", published=NOW - timedelta(days=1))
    for changes in ({"needs_yes": True}, {"held": NOW}, {"withdrawn": NOW}, {"out_at": NOW + timedelta(hours=1)}):
        with made.house.workspace() as tx:
            tx.takeaways.put(replace(told, **changes))
        assert preparing.brief_for(made.house, REVIEW.id).quote is None


def test_in_a_shared_workspace_a_brief_is_for_who_may_see_the_customer_or_sits_there(made, review):
    shared = replace(made.house, workspace_shared=True)
    agnes = replace(shared, me="agnes@ferro.example")
    with pytest.raises(Problem) as problem:
        preparing.brief_for(agnes, REVIEW.id)
    assert problem.value.code == "brief_not_yours"
    with made.house.workspace() as tx:
        seat(tx, REVIEW.id, "agnes")
    assert preparing.brief_for(agnes, REVIEW.id).person == "Agnes Moll"
    assert preparing.brief_for(replace(shared, me="rosa@ferro.example"), REVIEW.id).holds


def test_a_leaders_brief_is_printed_by_an_assistant_the_host_and_ops(made, review):
    shared = replace(made.house, workspace_shared=True)
    preparing.expect(made.house, REVIEW.id, "Secret.")
    agnes = replace(shared, me="agnes@ferro.example")
    with pytest.raises(Problem) as problem:
        preparing.for_somebody(agnes, REVIEW.id, "dana@ferro.example")
    assert problem.value.code == "brief_not_for_you"
    with made.house.workspace() as tx:
        dana = tx.people.get("dana")
        tx.people.put(replace(dana, assistants=("agnes@ferro.example",)))
        tx.people.put(Person("ola", "ola@ferro.example", "Ola", role="ops"))
    for who in ("agnes@ferro.example", "rosa@ferro.example", "ola@ferro.example"):
        brief = preparing.for_somebody(replace(shared, me=who), REVIEW.id, "Dana@ferro.example")
        assert (brief.person, brief.expected) == ("Dana Okafor", "")
    assert preparing.for_somebody(shared, REVIEW.id, "dana@ferro.example").expected == "Secret.", "my own"
    with pytest.raises(Problem) as problem:
        preparing.for_somebody(shared, REVIEW.id, "nobody@ferro.example")
    assert problem.value.code == "person_unknown"


def test_the_next_is_the_earliest_i_sit_in_also_under_way(made, review):
    made.time[0] = SOON + timedelta(minutes=10)
    assert preparing.mine_next(made.house) == REVIEW.id
    made.time[0] = SOON + timedelta(hours=2)
    with pytest.raises(Problem) as problem:
        preparing.mine_next(made.house)
    assert problem.value.code == "brief_none_ahead"


def test_when_we_met_last_is_told_and_not_what_was_called_off(made, review):
    assert preparing.brief_for(made.house, REVIEW.id).last is None
    with made.house.workspace() as tx:
        for name, days, status in (("a", 90, "confirmed"), ("b", 30, "cancelled")):
            at = NOW - timedelta(days=days)
            past = replace(REVIEW, id=f"old-{name}", uid=name, start=at, end=at + timedelta(hours=1))
            tx.meetings.put(replace(past, status=status))
    assert preparing.brief_for(made.house, REVIEW.id).last == (NOW - timedelta(days=90)).date()


def test_a_house_where_nobody_works_prepares_nothing(made, review):
    assert preparing.prepare_all(replace(made.house, me="")) == 0
    with pytest.raises(Problem) as problem:
        preparing.brief_for(replace(made.house, me=""), REVIEW.id)
    assert problem.value.code == "me_unset"
