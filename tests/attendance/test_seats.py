"""What evidence adds up to: the ladder, conflicts, amendments, delegation."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attendance.made import ANNA, BEN, NOW, at, meeting, said
from companion.attendance import seats
from companion.attendance.model import Evidence
from companion.attendance.seats import because, credited, in_force, known, seat, seats_of, word

PAST = meeting(at("2026-11-18T10:00"), "past")
COMING = meeting(at("2026-12-03T10:00"), "coming")
BEFORE = at("2026-11-01T08:00")


def state(about: object, *evidence: Evidence, **more: object) -> str:
    return seat(about, ANNA, evidence, NOW, **more).state  # type: ignore[arg-type]


def calendar(about: object, says: str) -> Evidence:
    return said(about, says, "calendar", BEFORE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("says", "before", "after"),
    [
        ("invited", "offered", "unknown"),
        ("tentative", "offered", "unknown"),
        ("none", "offered", "unknown"),
        ("accepted", "accepted", "unknown"),
        ("declined", "declined", "declined"),
    ],
)
def test_a_calendar_alone_never_says_who_was_there(says: str, before: str, after: str) -> None:
    assert state(COMING, calendar(COMING, says)) == before
    assert state(PAST, calendar(PAST, says)) == after


def test_nothing_said_is_an_open_seat() -> None:
    assert state(PAST) == "open"
    assert state(COMING) == "open"


def test_evidence_of_others_and_other_meetings_says_nothing() -> None:
    assert state(PAST, said(PAST, "attended", who=BEN), said(COMING, "attended")) == "open"


@pytest.mark.parametrize("says", ["attended", "missed", "excused", "delegated"])
@pytest.mark.parametrize("source", ["self", "host", "ops", "report"])
def test_a_person_says_what_happened(says: str, source: str) -> None:
    assert state(PAST, calendar(PAST, "accepted"), said(PAST, says, source)) == says  # type: ignore[arg-type]


@pytest.mark.parametrize("says", ["proposed", "offered", "accepted", "declined"])
def test_a_plan_for_a_coming_meeting(says: str) -> None:
    assert state(COMING, said(COMING, says, "ops", BEFORE)) == says


def test_yes_before_a_past_meeting_still_asks() -> None:
    assert state(PAST, said(PAST, "accepted", "self", BEFORE)) == "unknown"
    assert state(PAST, said(PAST, "offered", "ops", BEFORE)) == "unknown"
    assert state(PAST, said(PAST, "proposed", "ops", BEFORE)) == "open"


def test_the_calendar_answers_an_offer() -> None:
    offer = said(COMING, "offered", "ops", at("2026-11-10T08:00"))
    assert state(COMING, offer, calendar(COMING, "accepted")) == "accepted"
    assert state(COMING, offer, calendar(COMING, "invited")) == "offered"
    assert state(COMING, offer, calendar(COMING, "declined")) == "declined"


def test_an_invitation_weighs_more_than_a_proposal() -> None:
    assert state(COMING, said(COMING, "proposed", "ops", BEFORE), calendar(COMING, "invited")) == "offered"


def test_a_no_stands_against_another_persons_yes_until_asked_again() -> None:
    no = said(COMING, "declined", "self", at("2026-11-10T08:00"))
    assert state(COMING, no, said(COMING, "accepted", "host", at("2026-11-12T08:00"))) == "declined"
    assert state(COMING, no, said(COMING, "offered", "ops", at("2026-11-09T08:00"))) == "declined"
    assert state(COMING, no, said(COMING, "offered", "ops", at("2026-11-12T08:00"))) == "offered"


def test_own_word_stands_over_the_calendar() -> None:
    assert state(COMING, calendar(COMING, "declined"), said(COMING, "accepted", "self", BEFORE)) == "accepted"
    assert state(PAST, calendar(PAST, "declined"), said(PAST, "attended", "self")) == "attended"


def test_a_calendar_without_guests_needs_its_owners_word() -> None:
    assert state(COMING, calendar(COMING, "accepted"), owner_only=True) == "offered"
    assert state(PAST, calendar(PAST, "accepted"), owner_only=True) == "unknown"
    assert state(PAST, calendar(PAST, "accepted"), said(PAST, "attended"), owner_only=True) == "attended"


def test_an_answer_in_one_copy_stands_over_an_invitation_in_another() -> None:
    host_copy = replace(calendar(COMING, "invited"), at=NOW)
    assert state(COMING, host_copy, calendar(COMING, "accepted")) == "accepted"


@pytest.mark.parametrize("strong", ["report", "host"])
def test_declined_yet_seen_is_disputed(strong: str) -> None:
    assert state(PAST, calendar(PAST, "declined"), said(PAST, "attended", strong)) == "disputed"  # type: ignore[arg-type]
    no = said(PAST, "declined", "self", BEFORE)
    assert state(PAST, no, said(PAST, "attended", strong)) == "disputed"  # type: ignore[arg-type]


@pytest.mark.parametrize("absent", ["missed", "excused", "delegated"])
def test_there_and_not_there_is_disputed(absent: str) -> None:
    assert state(PAST, said(PAST, "attended"), said(PAST, absent, "host")) == "disputed"
    assert state(PAST, said(PAST, absent), said(PAST, "attended", "report")) == "disputed"


def test_a_later_word_of_ops_settles_a_dispute_and_an_earlier_one_does_not() -> None:
    conflict = [
        said(PAST, "attended", when=at("2026-11-18T12:00")),
        said(PAST, "missed", "host", at("2026-11-19T08:00")),
    ]
    assert state(PAST, *conflict, said(PAST, "attended", "ops", at("2026-11-20T08:00"))) == "attended"
    assert state(PAST, *conflict, said(PAST, "missed", "ops", at("2026-11-20T08:00"))) == "missed"
    assert state(PAST, *conflict, said(PAST, "attended", "ops", at("2026-11-18T20:00"))) == "disputed"


def test_a_later_statement_of_the_same_source_replaces_the_earlier() -> None:
    first = said(PAST, "missed", "host", at("2026-11-18T12:00"), key="z")
    then = said(PAST, "attended", "host", at("2026-11-19T12:00"), key="a")
    made = seat(PAST, ANNA, [then, first], NOW)
    assert made.state == "attended"
    assert set(made.evidence) == {first, then}  # kept as amendments
    assert because(made) == then


def test_open_takes_back_and_unknown_takes_nothing() -> None:
    there = said(PAST, "attended", when=at("2026-11-18T12:00"))
    assert state(PAST, there, said(PAST, "open", when=at("2026-11-18T12:05"))) == "open"
    assert state(PAST, there, said(PAST, "unknown", when=at("2026-11-18T12:05"))) == "attended"


def test_a_reason_for_absence_does_not_contradict_absence() -> None:
    made = seat(PAST, ANNA, [said(PAST, "missed", "host"), said(PAST, "excused", reason="ill")], NOW)
    assert (made.state, made.reason) == ("excused", "ill")


def test_a_cancelled_meeting_takes_nothing_from_who_was_there() -> None:
    off, soon = replace(PAST, status="cancelled"), replace(COMING, status="cancelled")
    assert state(soon, calendar(soon, "accepted")) == "cancelled"
    assert state(off, calendar(off, "accepted")) == "cancelled"
    assert state(off, said(off, "missed", "host")) == "cancelled"
    assert state(off, said(off, "attended", "host")) == "attended"


def test_a_meeting_that_left_the_calendars_afterwards_still_asks() -> None:
    gone = replace(PAST, status="gone")
    assert state(gone, calendar(gone, "accepted")) == "unknown"
    assert state(gone, said(gone, "missed", "host")) == "missed"
    assert state(gone, said(gone, "attended", "host")) == "attended"


def test_who_went_instead_is_credited() -> None:
    told = said(PAST, "delegated", to=BEN, when=at("2026-11-18T15:00"))
    mine, his = seat(PAST, ANNA, [told], NOW), seat(PAST, BEN, [told], NOW)
    assert (mine.state, credited(mine)) == ("delegated", "")
    assert (his.state, credited(his)) == ("attended", BEN)
    assert {item.person_id: item.state for item in seats_of([PAST], [told], NOW)} == {
        ANNA: "delegated",
        BEN: "attended",
    }


def test_a_plan_to_send_somebody_proves_nothing() -> None:
    told = said(PAST, "delegated", to=BEN, when=at("2026-11-16T15:00"))
    assert seat(PAST, BEN, [told], NOW).state == "unknown"
    soon = said(COMING, "delegated", to=BEN, when=BEFORE)
    assert seat(COMING, BEN, [soon], NOW).state == "offered"


def test_a_delegation_that_was_taken_back_or_is_disputed_credits_nobody() -> None:
    told = said(PAST, "delegated", to=BEN, when=at("2026-11-18T15:00"))
    back = said(PAST, "attended", when=at("2026-11-18T16:00"))
    assert seats_of([PAST], [told, back], NOW)[0].state == "attended"
    assert [item.person_id for item in seats_of([PAST], [told, back], NOW)] == [ANNA]
    assert seat(PAST, BEN, [told, said(PAST, "attended", "host")], NOW).state == "open"


def test_a_delegate_who_was_not_there_is_disputed() -> None:
    told = said(PAST, "delegated", to=BEN, when=at("2026-11-18T15:00"))
    assert seat(PAST, BEN, [told, said(PAST, "missed", "host", who=BEN)], NOW).state == "disputed"


@pytest.mark.parametrize("later", [0, 1])
@pytest.mark.parametrize("own", ["missed", "excused"])
def test_anothers_word_that_one_went_never_stands_above_the_own(own: str, later: int) -> None:
    told = said(PAST, "delegated", to=BEN, when=at("2026-11-18T15:00"))
    mine = said(PAST, own, who=BEN, when=at(f"2026-11-18T1{4 + 2 * later}:00"))
    his = seat(PAST, BEN, [told, mine], NOW)
    assert his.state == "disputed"
    assert {item.says for item in in_force(his)} == {"attended", own}
    settled = said(PAST, "missed", "ops", who=BEN, when=at("2026-11-19T15:00"))
    assert seat(PAST, BEN, [told, mine, settled], NOW).state == "missed"


def test_who_hands_on_what_was_handed_to_them_leaves_one_credit_to_the_last() -> None:
    chain = [
        said(PAST, "delegated", to=BEN, when=at("2026-11-18T16:00")),
        said(PAST, "delegated", who=BEN, to="cleo", when=at("2026-11-18T15:00")),
    ]
    for told in (chain, chain[::-1]):
        states = {item.person_id: item.state for item in seats_of([PAST], told, NOW)}
        assert states == {ANNA: "delegated", BEN: "delegated", "cleo": "attended"}
    missed = said(PAST, "missed", who="cleo", when=at("2026-11-18T17:00"))
    assert "attended" not in {item.state for item in seats_of([PAST], [*chain, missed], NOW)}
    seen = said(PAST, "delegated", "host", to=BEN, when=at("2026-11-18T17:00"))
    states = {item.person_id: item.state for item in seats_of([PAST], [*chain, seen], NOW)}
    assert states == {ANNA: "delegated", BEN: "disputed", "cleo": "attended"}  # the host saw who sat there


@pytest.mark.parametrize("ring", [(ANNA, BEN), (ANNA, BEN, "cleo")])
def test_a_circle_of_who_went_credits_nobody_until_somebody_decides(ring: tuple[str, ...]) -> None:
    told = [
        said(PAST, "delegated", who=who, to=to, when=at(f"2026-11-18T1{4 + n}:00"))
        for n, (who, to) in enumerate(zip(ring, (*ring[1:], ring[0]), strict=True))
    ]
    assert {item.person_id: item.state for item in seats_of([PAST], told, NOW)} == dict.fromkeys(ring, "disputed")
    settled = said(PAST, "attended", "ops", who=BEN, when=at("2026-11-19T15:00"))
    states = [item.state for item in seats_of([PAST], [*told, settled], NOW)]
    assert states.count("attended") == 1


def test_as_of_freezes_what_was_known() -> None:
    told = said(PAST, "attended", when=at("2026-11-20T09:00"))
    assert known([told], at("2026-11-19T00:00")) == []
    invited = calendar(PAST, "accepted")
    assert seats_of([PAST], [told, invited], NOW, as_of=at("2026-11-19T00:00"))[0].state == "unknown"
    assert seats_of([PAST], [told, invited], NOW, as_of=at("2026-11-10T00:00"))[0].state == "accepted"


def test_five_words() -> None:
    assert [word(s, True) for s in ("open", "unknown", "accepted", "attended", "missed")] == [
        "open", "asked", "asked", "was_there", "was_not_there",
    ]  # fmt: skip
    assert [word(s, False) for s in ("offered", "accepted", "declined", "cancelled")] == [
        "asked",
        "coming",
        "open",
        "open",
    ]


def test_the_last_word_of_each_source_is_in_force() -> None:
    first, then = at("2026-11-18T11:00"), at("2026-11-19T11:00")
    evidence = [
        calendar(PAST, "invited"), calendar(PAST, "declined"), said(PAST, "missed", "report", first),
        said(PAST, "attended", "report", then), said(PAST, "missed", "host", first),
        said(PAST, "attended", "self", first), said(PAST, "open", "self", then),
    ]  # fmt: skip
    made = seat(PAST, ANNA, evidence, NOW)
    assert [(item.source, item.says) for item in in_force(made)] == [
        ("report", "attended"), ("host", "missed"), ("calendar", "declined"),
    ]  # fmt: skip


HUMAN = st.builds(
    lambda source, says, minutes, number, to: said(
        PAST,
        says,
        source,
        PAST.end + timedelta(minutes=minutes),
        ANNA,
        to if says == "delegated" else "",
        key=str(number),
    ),
    st.sampled_from(["self", "host", "ops", "report"]),
    st.sampled_from(["attended", "missed", "excused", "delegated", "accepted", "declined", "offered", "open"]),
    st.integers(0, 90),
    st.integers(0, 10**6),
    st.sampled_from(["", BEN]),
)
CALENDARS = st.builds(
    lambda says, number: said(PAST, says, "calendar", BEFORE, key=str(number)),
    st.sampled_from(["invited", "accepted", "declined", "tentative"]),
    st.integers(0, 10**6),
)
SAID = st.lists(HUMAN | CALENDARS, max_size=7, unique_by=lambda item: item.id)


@given(SAID, st.randoms())
def test_the_order_of_evidence_never_matters(evidence: list[Evidence], chance: object) -> None:
    shuffled = list(evidence)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    for who in (ANNA, BEN):
        assert seat(PAST, who, evidence, NOW) == seat(PAST, who, shuffled, NOW)


@given(SAID)
def test_not_knowing_never_lowers_anyone(evidence: list[Evidence]) -> None:
    before = seat(PAST, ANNA, evidence, NOW)
    for source in ("self", "host", "ops"):
        assert seat(PAST, ANNA, [*evidence, said(PAST, "unknown", source, NOW)], NOW).state == before.state  # type: ignore[arg-type]
    asked = seat(PAST, ANNA, [*evidence, said(PAST, "unknown", "report", NOW)], NOW).state
    settled = before.state in ("attended", "missed", "excused", "delegated", "disputed")
    assert asked == (before.state if settled else "unknown"), "a report that is not sure only asks"
    if before.state == "attended":
        assert seat(PAST, ANNA, [*evidence, calendar(PAST, "invited")], NOW).state == "attended"


@given(SAID, st.integers(0, 22), st.integers(5, 59))
@settings(max_examples=200)
def test_moving_a_meeting_inside_its_day_changes_no_credit(evidence: list[Evidence], hour: int, minutes: int) -> None:
    start = PAST.start.replace(hour=hour)
    moved = replace(PAST, start=start, end=start + timedelta(minutes=minutes))
    for who in (ANNA, BEN):
        assert credited(seat(PAST, who, evidence, NOW)) == credited(seat(moved, who, evidence, NOW))


@given(SAID)
def test_a_meeting_credits_a_person_only_for_being_there(evidence: list[Evidence]) -> None:
    made = seat(PAST, ANNA, evidence, NOW)
    if credited(made) == ANNA:
        assert any(item.says == "attended" and item.source != "calendar" for item in evidence)


def test_a_seat_told_at_a_glance_is_the_seat_that_is_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [("calendar", says) for says in ("invited", "accepted", "declined", "tentative", "none")]
    human = ("attended", "missed", "excused", "unknown", "accepted", "declined", "offered", "proposed", "open")
    words += [(source, says) for source in ("self", "host", "ops", "report") for says in human]
    one = [said(PAST, says, source, PAST.end, reason=says, key="1") for source, says in words]  # type: ignore[arg-type]
    two = [replace(item, id="2", at=item.at + timedelta(minutes=1)) for item in one]
    told = [(first,) for first in one] + [(first, last) for first in one for last in two]
    cases = [(evidence, about, now) for evidence in told for about in STATUSES for now in (NOW, BEFORE)]
    glance = [seats_of([about], evidence, now) for evidence, about, now in cases]
    monkeypatch.setattr(seats, "_plain", lambda *_: None)
    assert glance == [[seat(about, ANNA, evidence, now)] for evidence, about, now in cases]


STATUSES = [replace(PAST, status=status) for status in ("confirmed", "cancelled")]
