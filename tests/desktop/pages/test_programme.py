"""Programme: how it is counted, targets, leave, part time, closed years."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from companion.desktop.programme.page import ProgrammePage
from companion.people.model import Person
from companion.programme import leaves, targets, years
from companion.programme.policy import Change, set_policy
from companion.words.attendance import directors
from desktop.made import ME, NOW
from desktop.seen import find, press, texts

TODAY = NOW.date()


@pytest.fixture
def page(told, qtbot):
    made = ProgrammePage(told)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    again(made, qtbot)
    return made


def again(page, qtbot):
    with qtbot.waitSignal(page.filled):
        page.reload()


def done(told, qtbot, count=1):
    qtbot.waitUntil(lambda: len(told.said) >= count and told.tasks.busy == 0)


def buttons(page):
    return {one.text().replace("&&", "&") for one in page.findChildren(QPushButton) if one.isVisibleTo(page)}


def test_targets_are_set_with_a_reason(page, answers, told, house, qtbot):
    answers.forms = [{"who": "role:leader", "count": "3", "first": TODAY.isoformat(), "reason": "a year of listening"}]
    press(page, "Set a target…", qtbot)
    done(told, qtbot)
    again(page, qtbot)
    seen = texts(page)
    assert "Everybody with the role leader" in seen
    assert any(text.startswith("3 a year from") and text.endswith("on: a year of listening") for text in seen)
    assert targets.of_all(house)[0].target.count == 3


def test_leave_is_written_down_and_taken_back(page, answers, told, house, qtbot):
    answers.forms = [{"who": ME, "first": "2026-12-01", "last": "2026-12-05", "kind": "role_change"}]
    press(page, "Write down a leave…", qtbot)
    done(told, qtbot)
    again(page, qtbot)
    assert "1 Dec 2026 – 5 Dec 2026, change of role" in texts(page)
    press(page, "Take back…", qtbot)
    done(told, qtbot, 2)
    assert leaves.all_of(house) == []
    title, text = answers.asked[-1]
    assert title.startswith("Take back the leave of ")
    assert text == "1 Dec 2026 – 5 Dec 2026, change of role. These days count again."


def test_what_is_counted_by_is_changed_in_place(page, answers, told, house, qtbot):
    assert "the calendar year" in texts(page)
    page.verbs.change(Change(year="04"))
    done(told, qtbot)
    answers.texts = ["2026-12-25\n2026-12-24", "3"]
    page.verbs.holidays()
    done(told, qtbot, 2)
    page.verbs.visits()
    done(told, qtbot, 3)
    again(page, qtbot)
    seen = texts(page)
    assert "from April to March" in seen
    assert "2 days on which nobody works; next: 24 Dec, 25 Dec" in seen
    assert "3 listeners a year are enough for one" in seen
    named = [one for one in page.findChildren(QPushButton) if one.accessibleName().startswith("Who sat in?: change to")]
    named[0].click()
    done(told, qtbot, 4)
    with house.workspace(write=False) as tx:
        programme = tx.programme.get()
    assert (programme.year, programme.visits, programme.who_sat) == ("04", 3, False)


def test_a_year_is_closed_and_says_what_changed_since(page, answers, told, house, qtbot):
    year = TODAY.year - 1
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), start=date(year, 1, 1)))
    again(page, qtbot)
    answers.forms = [{"reason": "agreed with the board"}]
    press(page, f"Close {year}…", qtbot)
    done(told, qtbot)
    assert told.said[-1].startswith(f"{year} is closed. ")
    again(page, qtbot)
    assert f"Close {year}…" not in buttons(page)
    (line,) = [text for text in texts(page) if text.startswith(f"{year}, closed on ")]
    assert line.endswith(": agreed with the board")
    assert any(text.endswith("Nothing changed since.") for text in texts(page))
    assert years.closed(house)[0].label == str(year)


def test_a_closed_year_is_told_in_the_words_of_today(page, answers, told, house, monkeypatch, qtbot):
    year = TODAY.year - 1
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), start=date(year, 1, 1)))
    again(page, qtbot)
    monkeypatch.setattr(years, "directors", lambda _facts: "Words of another day.")
    answers.forms = [{"reason": "agreed with the board"}]
    press(page, f"Close {year}…", qtbot)
    done(told, qtbot)
    again(page, qtbot)
    assert years.closed(house)[0].body["sentence"] == "Words of another day."
    sentence = directors(years.shown(house, str(year)).facts)
    assert told.said[-1] == f"{year} is closed. {sentence}"
    assert f"{sentence} Nothing changed since." in texts(page)


def test_part_time_says_whether_it_counts(page, answers, told, house, qtbot):
    answers.forms = [{"who": ME, "share": "60", "reason": "half the week"}]
    press(page, "Part time…", qtbot)
    done(told, qtbot)
    again(page, qtbot)
    assert "60 % of full time" in texts(page)
    assert any("changes nothing that is expected" in text for text in texts(page))
    set_policy(house, Change(part_time=True))
    again(page, qtbot)
    assert not any("changes nothing that is expected" in text for text in texts(page))


def test_what_is_wrong_is_said(page, answers, told, qtbot):
    heard = []
    told.tasks.problem.disconnect()
    told.tasks.problem.connect(lambda problem, *_: heard.append(problem.code))
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    answers.forms = [{"who": "role:leader", "count": "3", "first": yesterday, "reason": "r"}]
    press(page, "Set a target…", qtbot)
    qtbot.waitUntil(lambda: heard == ["target_backwards"])


def test_others_read_it_and_change_nothing(page, told, house, qtbot):
    with house.workspace() as tx:
        me = tx.people.by_address(ME)
        tx.people.put(replace(me, role="leader"))
        tx.people.put(Person("zoe", "zoe@ferro.example", "Zoë Ångström-Nguyễn", (), "Łódź", "leader", 2))
    leaves.put(house, "zoe@ferro.example", TODAY, TODAY)
    told.tasks.adopt(replace(house, workspace_shared=True))
    again(page, qtbot)
    assert "These are for everybody to read; only ops change them." in texts(page)
    assert buttons(page) == set()
    assert not any("Zoë" in text for text in texts(page))


def test_it_is_walked_by_keyboard(page, house, qtbot):
    leaves.put(house, ME, TODAY, TODAY)
    again(page, qtbot)
    page.take_keyboard()
    assert page.window().focusWidget() is not None
    assert find(page, "Set a target…").focusPolicy()
