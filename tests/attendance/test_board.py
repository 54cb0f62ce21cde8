"""The board: leaders by team, sums with their n, and the sentence."""

from datetime import date

from attendance.made import NOW, Terms, at, meeting, person, sits
from companion.attendance.board import Board, board
from companion.attendance.days import period
from companion.attendance.model import Target
from companion.words.attendance import directors

YEAR = period("2026", date(2026, 11, 21))
HEARD = [meeting(at(f"2026-03-0{n}T10:00"), f"h{n}", f"c{n}") for n in (2, 3)]
FREE = [meeting(at(f"2026-12-0{n}T10:00"), f"f{n}", f"d{n}") for n in range(1, 6)]
PEOPLE = [
    person("anna", team="Finance"),
    person("ben", team="IT"),
    person("carla", team="Finance"),
    person("dan", team="Finance", start=date(2026, 11, 1)),
    person("rosa", role="host"),
    person("sam", role="staff"),
    person("gone", end=date(2025, 6, 1)),
]
SEATS = [
    *(sits(item, "attended", "anna") for item in HEARD),
    sits(HEARD[0], "attended", "ben"),
    sits(HEARD[1], "unknown", "ben"),
]


def made(when: object = NOW, **more: object) -> Board:
    values: dict[str, object] = {
        "people": PEOPLE, "meetings": [*HEARD, *FREE], "seats": SEATS, "takeaways": [], "targets": [],
        "leaves": [], "programme": Terms(), "period": YEAR, "as_of": when,
    }  # fmt: skip
    return board(**{**values, **more})  # type: ignore[arg-type]


def test_leaders_by_team_and_name() -> None:
    assert [row.person.id for row in made().rows] == ["anna", "carla", "dan", "ben"]


def test_a_target_makes_a_leader() -> None:
    found = made(targets=[Target("sam", 1, date(2026, 1, 1), "asked to")])
    assert "sam" in {row.person.id for row in found.rows}


def test_sums_tell_their_n() -> None:
    found = made()
    finance = found.teams[0]
    assert (finance.team, finance.leaders, finance.on_track, finance.expected, finance.heard) == ("Finance", 2, 1, 4, 2)
    assert (found.totals.leaders, found.totals.heard, found.totals.needs) == (3, 3, 3)
    assert found.unknown_count == 1
    assert len(found.open_reviews) == 5


def test_the_sentence_follows_the_rows() -> None:
    assert directors(made().facts) == "1 of 3 is on track. 2 need 3 seats between them; open reviews: 5."
    short = made(meetings=[*HEARD, FREE[0]])
    assert directors(short.facts) == (
        "1 of 3 is on track. 1 needs the one open review. 1 cannot make it before 31 December unless a review is added."
    )
    assert directors(made(people=PEOPLE[4:]).facts) == "Nothing is expected of anybody in this period."
    assert directors(made(at("2027-01-02T10:00")).facts) == (
        "3 of 6 expected meetings were heard; 1 of 3 leaders reached what was expected."
    )


def test_what_somebody_hears_beyond_their_own_pays_for_nobody_else() -> None:
    third = meeting(at("2026-03-05T10:00"), "h4", "c4")
    found = made(meetings=[*HEARD, third, *FREE], seats=[*SEATS, sits(third, "attended", "anna")])
    finance = found.teams[0]
    assert (finance.expected, finance.heard, finance.within, finance.needs) == (4, 3, 2, 2)
    assert (found.facts.expected, found.facts.heard) == (6, 3)


def test_a_period_that_is_over_wants_nothing_more_and_keeps_to_itself() -> None:
    later = meeting(at("2027-01-01T10:00"), "l1", "c9")
    found = made(at("2027-01-02T10:00"), meetings=[*HEARD, *FREE, later],
                 seats=[*SEATS, sits(later, "attended", "anna"), sits(FREE[0], "accepted", "ben")])  # fmt: skip
    rows = {row.person.id: row.standing for row in found.rows}
    assert rows["anna"].last == HEARD[1]
    assert not {reason.code for row in found.rows for reason in row.standing.why} & {
        "needs_seat", "cannot_reach", "waiting"
    }  # fmt: skip


def test_what_comes_after_a_period_is_not_its_next() -> None:
    ahead = meeting(at("2027-01-20T10:00"), "n1", "c9")
    seats = [*SEATS, sits(ahead, "accepted", "anna")]
    assert made(meetings=[*HEARD, ahead], seats=seats).rows[0].standing.next == ahead
    assert made(at("2027-01-02T10:00"), meetings=[*HEARD, ahead], seats=seats).rows[0].standing.next is None


def test_what_can_still_be_told_is_told_apart_from_what_is_too_late() -> None:
    late = meeting(at("2026-11-19T10:00"), "t1", "c8")
    found = made(meetings=[*HEARD, late], seats=[*SEATS, sits(late, "attended", "carla")])
    said = {row.person.id: [one.code for one in row.standing.why] for row in found.rows}
    assert (said["anna"].count("untold"), said["anna"].count("tell_by")) == (2, 0)
    assert (said["carla"].count("untold"), said["carla"].count("tell_by")) == (0, 1)


def test_a_host_at_their_own_review_leaves_the_seat_open() -> None:
    found = made(seats=[*SEATS, *(sits(item, "accepted", "rosa") for item in FREE)])
    assert len(found.open_reviews) == 5
