"""What never changes a count: the order of what was said, a move of the same meeting, what nobody knows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import combinations

from hypothesis import example, given
from hypothesis import strategies as st

from attendance.made import ANNA, BEN, NOW, Story, Terms, at, meeting, person
from companion.attendance.board import Board, board, sums
from companion.attendance.closing import Carried
from companion.attendance.days import Period, period
from companion.attendance.model import Evidence, Source, Target
from companion.attendance.openings import Key, could_take, openings, unmet
from companion.attendance.seats import seats_of
from companion.attendance.standing import Standing
from companion.attendance.target import FEWEST_DAYS, expectation, half_up, target_on
from companion.meetings.model import Meeting
from companion.people.model import Leave, Person

YEAR = period("2026", date(2026, 11, 21))
PEOPLE = (ANNA, BEN)
SAYS: dict[Source, list[str]] = {
    "calendar": ["invited", "accepted", "declined", "tentative"],
    "self": ["accepted", "declined", "attended", "missed", "excused", "delegated", "open", "proposed", "unknown"],
    "host": ["attended", "missed", "excused", "open", "unknown"],
    "ops": ["proposed", "offered", "accepted", "attended", "missed", "excused", "delegated", "open", "unknown"],
    "report": ["attended", "missed", "unknown"],
}
STATEMENT = st.sampled_from([(source, says) for source, some in SAYS.items() for says in some])
MEETINGS = st.lists(
    st.tuples(st.integers(0, 364), st.integers(7, 20), st.sampled_from(["kestrel", "orchard", "mill"])),
    min_size=1, max_size=6,
)  # fmt: skip
SAID = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(PEOPLE), STATEMENT, st.integers(0, 500)), max_size=14)


def held(plan: Sequence[tuple[int, int, str]]) -> list[Meeting]:
    start = at("2026-01-01T00:00")
    return [
        meeting(start + timedelta(days=day, hours=hour), f"m{number}", customer)
        for number, (day, hour, customer) in enumerate(plan)
    ]


def statements(
    meetings: list[Meeting], said: Sequence[tuple[int, str, tuple[Source, str], int]], batch: str = ""
) -> list[Evidence]:
    found = []
    for number, (index, who, (source, says), hours) in enumerate(said):
        about = meetings[index % len(meetings)]
        to = {ANNA: BEN, BEN: ANNA}[who] if says == "delegated" else ""
        moment = about.start - timedelta(days=10) + timedelta(hours=hours)
        found.append(Evidence(f"e{number:03}", about.id, who, source, says, who, moment, "", to, batch))
    return found


def counted(
    meetings: list[Meeting], said: list[Evidence], when: datetime = NOW, stories: Sequence[Story] = (),
    leaves: Sequence[Leave] = (), **more: object,
) -> Board:  # fmt: skip
    people = [person(ANNA, team="Finance"), person(BEN, team="IT"), person("carla", team="IT")]
    seats = seats_of(meetings, said, NOW, as_of=when)
    return board(people, meetings, seats, stories, [], leaves, Terms(), YEAR, when, **more)  # type: ignore[arg-type]


def figures(found: Board) -> list[Standing]:
    return [row.standing for row in found.rows]


@given(MEETINGS, SAID, st.randoms())
def test_the_order_of_what_was_said_never_matters(
    plan: list[tuple[int, int, str]], said: list[tuple[int, str, tuple[Source, str], int]], chance: object
) -> None:
    meetings = held(plan)
    evidence = statements(meetings, said)
    first = counted(meetings, evidence)
    chance.shuffle(meetings)  # type: ignore[attr-defined]
    chance.shuffle(evidence)  # type: ignore[attr-defined]
    assert counted(meetings, evidence) == first


@given(MEETINGS, SAID, st.integers(0, 5), st.sampled_from(PEOPLE), st.sampled_from(["self", "host", "ops", "report"]))
def test_what_nobody_knows_lowers_nothing(
    plan: list[tuple[int, int, str]], said: list[tuple[int, str, tuple[Source, str], int]], index: int, who: str,
    source: Source,
) -> None:  # fmt: skip
    meetings = held(plan)
    evidence = statements(meetings, said)
    about = meetings[index % len(meetings)]
    asked = Evidence("zz", about.id, who, source, "unknown", who, NOW - timedelta(minutes=1))
    for before, after in zip(
        figures(counted(meetings, evidence)), figures(counted(meetings, [*evidence, asked])), strict=True
    ):
        assert (after.heard, after.completed, after.coming, after.needs, after.flag) == (
            before.heard, before.completed, before.coming, before.needs, before.flag,
        )  # fmt: skip


@given(MEETINGS, SAID, SAID)
def test_a_correction_is_an_amendment(
    plan: list[tuple[int, int, str]], said: list[tuple[int, str, tuple[Source, str], int]],
    later: list[tuple[int, str, tuple[Source, str], int]],
) -> None:  # fmt: skip
    meetings, then = held(plan), NOW - timedelta(days=30)
    known = [item for item in statements(meetings, said, "list") if item.at <= then and item.source != "calendar"]
    fresh = [
        replace(item, id=f"x{item.id}", at=then + timedelta(hours=1 + number))
        for number, item in enumerate(statements(meetings, later))
        if item.source != "calendar"
    ]
    before = counted(meetings, known, then)
    assert counted(meetings, [*known, *fresh], then) == before
    back = [replace(item, withdrawn=then + timedelta(days=1)) for item in known]
    assert counted(meetings, [*back, *fresh], then) == before
    assert counted(meetings, [*back, *fresh]) == counted(meetings, fresh)


@given(st.lists(st.tuples(st.integers(0, 320), st.integers(0, 320), st.booleans()), min_size=1, max_size=6))
def test_moving_the_same_meeting_never_changes_the_count(moves: list[tuple[int, int, bool]]) -> None:
    before = held([(day, 10, f"c{number}") for number, (day, _, _) in enumerate(moves)])
    after = held([(day, 15, f"c{number}") for number, (_, day, _) in enumerate(moves)])
    evidence = [
        Evidence(f"e{number}", f"m{number}", ANNA, "host", "attended" if there else "missed", "rosa", NOW)
        for number, (_, _, there) in enumerate(moves)
    ]
    first, moved = figures(counted(before, evidence))[0], figures(counted(after, evidence))[0]
    assert moved.heard == first.heard == sum(there for _, _, there in moves)
    assert (moved.needs, moved.flag) == (first.needs, first.flag)


@given(MEETINGS, SAID, st.randoms())
def test_one_credit_per_customer_and_day_and_sums_are_of_rows(
    plan: list[tuple[int, int, str]], said: list[tuple[int, str, tuple[Source, str], int]], chance: object
) -> None:
    meetings = held(plan)
    found = counted(meetings, statements(meetings, said))
    for row in found.rows:
        assert row.standing.heard <= len({(one.customer_id, one.start.date()) for one in meetings})
        assert row.standing.completed <= row.standing.heard
        assert row.standing.needs == max(0, row.standing.expected - row.standing.heard - row.standing.coming)
    for name in ("leaders", "on_track", "expected", "heard", "completed", "coming", "needs"):
        assert sum(getattr(team, name) for team in found.teams) == getattr(found.totals, name)
        rows = list(found.rows)
        chance.shuffle(rows)  # type: ignore[attr-defined]
        assert getattr(sums("", rows), name) == getattr(found.totals, name)


DAY = st.dates(date(2025, 6, 1), date(2027, 6, 1))
LEAVES = st.lists(st.tuples(DAY, st.integers(0, 200)), max_size=3)


@given(
    LEAVES, st.none() | DAY, st.none() | DAY, st.none() | DAY, st.lists(st.tuples(DAY, st.integers(0, 6)), max_size=3),
    st.sampled_from([100, 80, 50, 20]),
)  # fmt: skip
def test_what_is_expected_is_the_share_of_every_day(
    spans: list[tuple[date, int]], start: date | None, end: date | None, began: date | None,
    dated: list[tuple[date, int]], share: int,
) -> None:  # fmt: skip
    leaves = [Leave(ANNA, first, first + timedelta(days=days), "leave") for first, days in spans]
    targets = [Target(ANNA, count, since, "r") for since, count in dated]
    who, terms = person(start=start, end=end, share=share), Terms(start=began, part_time=True)
    due = expectation(who, YEAR, targets, leaves, terms)
    days = [date(2026, 1, 1) + timedelta(days=step) for step in range(365)]
    days = [day for day in days if (start is None or day >= start) and (end is None or day <= end)]
    days = [day for day in days if began is None or day >= began]
    days = [day for day in days if not any(leave.start <= day <= leave.end for leave in leaves)]
    owed = sum(target_on(who, day, targets, terms.targets) for day in days)

    assert due.eligible == len(days)
    assert due.expected == (half_up(Fraction(owed * share, 365 * 100)) if len(days) >= FEWEST_DAYS else 0)


@given(st.integers(0, 300), st.integers(1, 400), st.integers(0, 700))
def test_a_rolling_year_reaches_back_as_far_as_leave_took(ago: int, length: int, role: int) -> None:
    rolling = period("rolling", NOW.date())
    last = rolling.last - timedelta(days=ago)
    leave = Leave(ANNA, last - timedelta(days=length - 1), last, "leave")
    free = expectation(person(), rolling, [], [leave], Terms())
    assert (free.eligible, free.expected, free.reaches) == (rolling.days, 2, True)
    start = rolling.last - timedelta(days=role)
    bound = expectation(person(start=start), rolling, [], [leave], Terms())
    assert bound.span.first >= min(start, rolling.first)
    assert bound.eligible <= rolling.days


def test_a_rolling_year_reaches_over_leave_before_it_too() -> None:
    rolling = period("rolling", NOW.date())
    inside = Leave(ANNA, rolling.first + timedelta(days=100), rolling.first + timedelta(days=159), "leave")
    before = Leave(ANNA, rolling.first - timedelta(days=40), rolling.first - timedelta(days=11), "leave")
    due = expectation(person(), rolling, [], [inside, before], Terms())
    assert (due.eligible, due.span.first) == (rolling.days, rolling.first - timedelta(days=90))


def test_meetings_before_the_leave_count_in_a_rolling_year() -> None:
    rolling = period("rolling", NOW.date())
    early = meeting(NOW - timedelta(days=420), "early")
    said = [Evidence("e", "early", ANNA, "host", "attended", "rosa", early.end)]
    leave = [Leave(ANNA, NOW.date() - timedelta(days=200), NOW.date() - timedelta(days=100), "leave")]
    seats = seats_of([early], said, NOW)

    def stands(leaves: list[Leave]) -> Standing:
        found = board([person()], [early], seats, [], [], leaves, Terms(), rolling, NOW)
        return found.rows[0].standing

    assert (stands([]).heard, stands([]).since) == (0, None)
    reached = stands(leave)
    assert (reached.heard, reached.expected, reached.since) == (1, 2, rolling.first - timedelta(days=101))
    assert reached.flag == "needs_seat"  # twelve months that roll on have no last day


def test_what_was_carried_is_expected_in_addition_once_it_is_known() -> None:
    carried = [Carried(ANNA, YEAR.first, 1, "rosa", "two fell through", at("2026-06-01T10:00"))]
    assert expectation(person(), YEAR, [], [], Terms(), carried=carried).expected == 3
    assert expectation(person(), YEAR, [], [], Terms(), carried=carried, as_of=at("2026-05-01T10:00")).expected == 2
    assert expectation(person(BEN), YEAR, [], [], Terms(), carried=carried).expected == 2
    later = Period(date(2027, 1, 1), date(2027, 12, 31), "2027")
    assert expectation(person(), later, [], [], Terms(), carried=carried).expected == 2


def test_holidays_are_no_working_days() -> None:
    one = meeting(at("2026-04-01T10:00"), "one")  # a Wednesday
    told = [Story(ANNA, "one", told_on=date(2026, 4, 10), published=at("2026-04-10T10:00"))]
    said = [Evidence("e", "one", ANNA, "host", "attended", "rosa", one.end)]
    seats = seats_of([one], said, NOW)
    easter = Terms(holidays=("2026-04-03", "2026-04-06"))
    for terms, completed in ((Terms(), 0), (easter, 1)):
        found = board([person()], [one], seats, told, [], [], terms, YEAR, NOW)
        assert found.rows[0].standing.completed == completed


def leaders(count: int) -> list[Person]:
    return [person(f"p{number}") for number in range(count)]


def most_seated(wanting: list[tuple[int, set[Key]]], free: set[Key]) -> int:
    """How many seats can be filled at most, by trying everything."""
    if not wanting:
        return 0
    (needs, could), rest = wanting[0], wanting[1:]
    best = 0
    for number in range(min(needs, len(could & free)) + 1):
        for some in combinations(sorted(could & free), number):
            best = max(best, number + most_seated(rest, free - set(some)))
    return best


@given(
    st.lists(st.tuples(st.integers(1, 3), st.sets(st.integers(0, 4))), min_size=1, max_size=5), st.integers(1, 5)
)  # fmt: skip
@example([(1, {1}), (1, {2}), (1, {2})], 3)  # the first has to give way
@example([(2, {3, 4}), (1, {1, 2, 3, 4}), (1, {0, 2, 3, 4})], 3)
def test_the_open_reviews_are_shared_out_as_well_as_can_be(needs: list[tuple[int, set[int]]], count: int) -> None:
    free = [meeting(at(f"2026-12-{number + 1:02}T10:00"), f"f{number}", f"c{number}") for number in range(count)]
    reviews = openings(free, "UTC")
    wanting = []
    for who, (needed, barred) in zip(leaders(len(needs)), needs, strict=True):
        ids = {f"f{number}" for number in barred}
        wanting.append((needed, could_take(reviews, who, NOW.date(), YEAR.last, (), (), (), ids, "UTC")))
    best = most_seated([(needed, set(could)) for needed, could in wanting], set(reviews.keys))
    assert unmet(wanting) == sum(needed for needed, _ in wanting) - best


def test_three_who_need_the_same_review() -> None:
    free = [meeting(at("2026-12-01T10:00"), "f", "c")]
    found = board(leaders(3), free, [], [], [], [], Terms(targets={"leader": 1}), YEAR, NOW)
    assert (found.facts.needing, found.facts.open_reviews, found.facts.missing, found.facts.cannot) == (3, 1, 2, 0)


def test_one_can_only_take_what_the_other_would_take_first() -> None:
    free = [meeting(at(f"2026-12-0{day}T10:00"), f"f{day}", f"c{day}") for day in (1, 2)]
    away = [Leave("p1", date(2026, 12, 2), date(2026, 12, 31), "leave")]
    found = board(leaders(2), free, [], [], [], away, Terms(targets={"leader": 1}), YEAR, NOW)
    assert (found.facts.needing, found.facts.open_reviews, found.facts.missing) == (2, 2, 0)
    assert [row.standing.last_feasible for row in found.rows] == [date(2026, 12, 2), date(2026, 12, 1)]


def test_a_clash_with_an_own_seat_leaves_no_review() -> None:
    free = meeting(at("2026-12-01T10:00"), "f", "c")
    own = replace(meeting(at("2026-12-01T10:30"), "own", "kestrel"))
    seats = seats_of([free, own], [Evidence("e", "own", "p0", "ops", "accepted", "o", NOW)], NOW)
    found = board(leaders(2), [free, own], seats, [], [], [], Terms(), YEAR, NOW)
    assert [row.standing.open for row in found.rows] == [0, 1]
