"""The programme's page and a leader's statement: what they say, and whom they name."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from companion.basics.errors import Problem
from companion.people.model import Person
from companion.programme import seats
from companion.programme.agreement import record
from companion.programme.document import Document
from companion.programme.programme_report import programme_report
from companion.programme.statement import statement
from companion.programme.sync import sync
from fakes.house import DANA, LEV, Made
from fakes.ics import calendar, event
from programme.test_years import hold

OLGA = Person("olga", "olga@ferro.example", "Olga Brandt", (), "Office", "ops")


@pytest.fixture
def heard(made: Made) -> Made:
    made.account("Work", "dana@ferro.example").members = {
        "a": calendar(event("a", "20261110T090000Z", answer="ACCEPTED")),
        "b": calendar(event("b", "20261110T130000Z", answer="ACCEPTED")),
    }
    sync(made.house)
    with made.house.workspace() as tx:
        meetings = tx.meetings.everything()
        tx.people.put(OLGA)
    for meeting in meetings:
        seats.set_state(made.house, meeting.id, "dana@ferro.example", "attended", "host")
    return made


def whole(made: Made, document: Document) -> str:
    page = made.house.render_report(document)
    assert "default-src 'none'" in page.html
    assert "http" not in page.html.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")
    return page.html


def test_the_page_tells_figures_with_what_they_are_of(heard: Made) -> None:
    found = programme_report(heard.house)
    said = whole(heard, found)
    assert "in 2 sat someone from the back office" in said  # two meetings, one credit
    assert "0 of 1" in said  # told of one seat heard
    assert "%" not in said.partition("<body>")[2].replace('width="100%"', "")
    assert "<title" in said  # each chart says what it shows
    chart = next(section.chart for section in found.sections if section.key == "teams")
    assert chart is not None
    assert [(bar.label, bar.parts, bar.said) for bar in chart.bars] == [
        ("Finance (1)", (1, 0, 1), "1 of 2"), ("People (1)", (0, 0, 2), "0 of 2"),
    ]  # fmt: skip
    assert DANA.name in said


def test_no_bar_hides_what_a_colleague_still_needs(heard: Made) -> None:
    with heard.house.workspace() as tx:
        tx.people.put(Person("ada", "ada@ferro.example", "Ada Brink", (), "Finance", "leader"))
    for day in ("2026-03-04", "2026-04-01", "2026-05-06"):
        hold(heard, day, "dana")
    (chart,) = [section.chart for section in programme_report(heard.house).sections if section.key == "teams"]
    assert chart is not None
    finance = chart.bars[0]
    assert (finance.label, finance.parts, finance.said) == ("Finance (2)", (2, 0, 2), "2 of 4, 2 beyond")


def test_on_paper_a_text_stands_apart_from_the_number_before_it(heard: Made) -> None:
    paper = heard.house.render_report(programme_report(heard.house)).paper
    assert 'padding-left: 12px;"><b>State' in paper
    assert '<td style="padding-left: 12px;">needs' in paper or '<td style="padding-left: 12px;">cannot' in paper


def test_a_page_of_a_year_that_is_over_says_what_was_heard(heard: Made) -> None:
    heard.time[0] = datetime(2028, 1, 11, 9, tzinfo=UTC)
    said = whole(heard, programme_report(heard.house, "2027"))
    assert "0 of 4 expected meetings were heard; 0 of 2 leaders reached what was expected." in said
    assert "cannot make it" not in said
    assert "12 months" not in said, "no review was held then, and today's are of another year"


def test_a_programme_without_leaders_says_so(made: Made) -> None:
    with made.house.workspace() as tx:
        for person in tx.people.all():
            tx.people.put(replace(person, end=date(2020, 1, 1)))
    said = whole(made, programme_report(made.house))
    assert "No leaders yet." in said
    assert "too few leaders" not in said


def test_the_page_names_nobody_before_the_agreement(heard: Made) -> None:
    ops = replace(heard.house, workspace_shared=True, me=OLGA.email)
    said = whole(heard, programme_report(ops))
    for name in (DANA.name, LEV.name, "Finance (1)"):
        assert name not in said
    assert "too few leaders" in said
    record(ops, "Works agreement 12/2026", heard.time[0].date())
    assert LEV.name in whole(heard, programme_report(ops))
    assert LEV.name not in whole(heard, programme_report(replace(ops, me=DANA.email)))


def test_my_statement_says_why_the_second_meeting_of_a_day_counts_once(heard: Made) -> None:
    made = statement(heard.house)
    grid = made.sections[0].grid
    assert grid is not None
    assert len(grid.rows) == 2
    assert sorted("same credit" in row[-1] for row in grid.rows) == [False, True]
    assert made.lead == ("Heard 1 of 2; 0 of them told in time; 0 coming; 1 still needed.",)
    assert any("target is 2" in item for item in made.sections[1].items)


def test_a_statement_is_its_owners_own(heard: Made) -> None:
    shared = replace(heard.house, workspace_shared=True)
    assert statement(shared, DANA.email).title.endswith(DANA.name)
    for me in (DANA.email, OLGA.email):
        with pytest.raises(Problem) as caught:
            statement(replace(shared, me=me), LEV.email)
        assert caught.value.code == "statement_only_own"
    ops = replace(shared, me=OLGA.email)
    record(ops, "Works agreement 12/2026", heard.time[0].date())
    assert statement(ops, LEV.email).title.endswith(LEV.name)
    with pytest.raises(Problem):
        statement(shared, LEV.email)


def test_who_has_no_target_has_a_statement_all_the_same(heard: Made) -> None:
    made = statement(heard.house, "agnes@ferro.example")
    assert "Nothing is expected here" in made.lead[0]
