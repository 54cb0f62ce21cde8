"""The page of one customer: what is known and what is not, whoever looks at it and with the workspace away."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint

from companion.basics.errors import Problem
from companion.briefs.model import Brief, Somebody, Stated
from companion.customers.memory import Fact
from companion.desktop.customer.page import ONLY_WITH_ROWS, ORDER, TOGETHER, CustomerPage
from companion.desktop.customer.row import KnownRow
from companion.programme import memory, people
from desktop.kestrel import calm, row
from desktop.seen import press, texts

LONG = "Công ty Trách nhiệm Hữu hạn Thương mại Dịch vụ Xuất nhập khẩu Hòa Bình – Zażółć Gęślą Jaźń Sp. z o.o."


@pytest.fixture
def page(known, open_page):
    return open_page(known)


def away(*, write=True):
    raise Problem("workspace_unreachable")


def test_what_is_known_stands_with_its_source_and_what_is_not_is_said(page):
    seen = texts(page)
    assert "Kestrel Plumbing Supply" in seen
    assert "Fourteen crews in two counties" in seen
    assert seen.count("unknown") == 5  # four of the five lines, and our teams
    assert "“Sixteen crews”" in seen
    assert "before: Twelve crews (1 May 2024)" in seen
    assert any("was due on 1 November" in text and "nobody knows who promised it" in text for text in seen)
    assert "the owner · 7 January 2025, more than a year ago · the spring review · heard by Dana Okafor" in seen
    assert "ask before quoting" in seen
    assert "Ken Ward, the owner" in seen
    assert "Nothing is known to avoid." in seen


def test_the_title_stands_above_what_it_is_about(page):
    title, head = (one.mapTo(page, QPoint(0, 0)) for one in (page.title, page.head))
    assert (title.x(), title.y() < head.y()) == (head.x(), True)


def test_what_became_of_a_promise_stands_under_its_own_words(known, open_page, house):
    memory.end(house, "p1", "kept", "It came every Friday.", date(2026, 11, 6))
    shown = open_page(known).sections["timeline"].shown
    assert "Promise kept: A forecast on Fridays — It came every Friday." in [one.text for one in shown]


def test_sections_come_into_sight_from_the_top_a_few_in_a_step(known, told, qtbot):
    page = CustomerPage(told)
    qtbot.addWidget(page)
    page.show()
    seen = []

    def note():
        seen.append([key for key, one in page.sections.items() if one.isVisibleTo(page)])

    page._next.timeout.connect(note)
    with qtbot.waitSignal(page.in_sight):
        page.arrive(known)
    note()
    steps = [len(after) - len(before) for before, after in zip([[], *seen], seen, strict=False)]
    assert max(steps) <= TOGETHER
    assert set(seen[-1]) == {key for key in ORDER if page.sections[key].shown or key not in ONLY_WITH_ROWS}
    for one in seen:
        assert seen[-1][: len(one)] == one, "what is in sight stays where it is"


def test_never_read_and_away_the_kept_brief_tells_what_it_said(known, told, house, qtbot):
    made = datetime(2026, 11, 20, 9, tzinfo=UTC)
    start = made + timedelta(days=2)
    brief = Brief(
        "m1", "p", made, "Review", "Kestrel Plumbing Supply", known, start, start, "UTC", "", "", "", "", None,
        (Somebody("Ken Ward", "the owner"),), (Stated("", "does"),), (Stated("Sixteen crews", source="Rosa"),), (),
        (Stated("The strike"),), "Finance", (Stated("My part"),), (), "", (), address=house.me,
    )  # fmt: skip
    with house.device() as device:
        device.briefs.put(brief)
        device.briefs.put(replace(brief, meeting_id="m2", made=made + timedelta(days=9), address="else@ferro.example"))
    object.__setattr__(house, "workspace", away)
    page = CustomerPage(told)
    qtbot.addWidget(page)
    page.show()
    page.arrive(known)
    qtbot.waitUntil(lambda: "“Sixteen crews”" in texts(page))
    seen = texts(page)
    assert {"Kestrel Plumbing Supply", "Their goals", "The strike"} <= set(seen)
    assert any(text.endswith("This is what your brief said on 20 November.") for text in seen)
    assert not any("My part" in text for text in seen)


def test_erasing_shows_what_is_held_and_asks_once(page, house, answers, told, qtbot):
    row(page, "contact:c1").wanted.emit("held", "contact:c1")
    qtbot.waitUntil(lambda: bool(answers.shown))
    content, ask = answers.shown[0]
    qtbot.addWidget(content)
    assert any("the entry among their people" in text for text in texts(content))
    ask()
    qtbot.waitUntil(lambda: bool(told.said))
    assert told.said[0].startswith("They are erased")
    title, text = answers.asked[-1]
    assert title == "Erase Ken Ward?"
    assert "beyond reach" in text
    calm(page, qtbot)
    with house.workspace(write=False) as tx:
        assert not tx.customers.contacts(page._id)


def test_staff_of_a_shared_workspace_are_told_why_they_see_nothing(known, told, house, open_page, qtbot):
    object.__setattr__(house, "workspace_shared", True)
    as_agnes = people.set_me(house, "agnes.mulder@ferro.example")
    told.tasks.adopt(as_agnes)
    page = open_page(known)
    assert not any("Sixteen crews" in text for text in texts(page))
    assert len([text for text in texts(page) if len(text) > 20]) >= 1


def test_of_many_facts_a_handful_is_built(known, open_page, house, qtbot):
    with house.workspace() as tx:
        for at in range(1200):
            tx.facts.put(Fact(f"n{at}", known, "quote", f"Sentence {at}", heard_on=date(2026, 1, 1)))
    page = open_page(known)
    assert len(page.sections["quote"].shown) == 1201
    assert len(page.findChildren(KnownRow)) < 100
    press(page, "Show more (1191)", qtbot)
    assert len(page.sections["quote"].rows.rows) == 50


def test_the_wanted_fact_is_reached_however_far_down_it_stands(known, open_page, house, qtbot):
    with house.workspace() as tx:
        for at in range(60):
            tx.facts.put(Fact(f"n{at:03}", known, "quote", f"Sentence {at}", heard_on=date(2026, 1, 1)))
    page = open_page(f"{known}#n055")
    qtbot.waitUntil(lambda: isinstance(page.focusWidget(), KnownRow) and page.focusWidget().shown.key == "n055")


def test_long_names_wrap_and_the_page_never_scrolls_sideways(known, open_page, house, qtbot):
    memory.remember(house, Fact("x1", known, "touch", LONG, "Đội Vận hành", source=LONG))
    page = open_page(known)
    page.resize(760, 500)
    assert page.column.horizontalScrollBar().maximum() == 0
    assert page.column.widget().width() <= page.column.viewport().width()
