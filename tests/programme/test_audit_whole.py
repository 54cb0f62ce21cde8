"""Nothing that people are counted by, or asked and shown by, changes without a line in the audit."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from companion.programme import agreement, audits, digest, leaves, policy, start, targets, years
from companion.programme.apply import cross
from companion.programme.assisting import want_reminders
from companion.programme.audits import UNTOLD
from companion.programme.channels import add_smtp, remove, set_post
from companion.programme.model import AuditEntry, House, Programme
from companion.programme.policy import Change
from companion.programme.proposal import Edit, Proposal, save
from companion.words.audit import WHAT
from fakes.house import DANA, Made

OTHER: dict[type, Any] = {str: "x", int: 7, bool: None, tuple: ("x",), dict: {"leader": 3}}


def lines(house: House) -> list[AuditEntry]:
    with house.workspace(write=False) as tx:
        return tx.programme.entries()


@pytest.mark.parametrize("name", sorted(one.name for one in fields(Programme) if one.name not in UNTOLD))
def test_each_setting_of_the_programme_has_its_line_and_its_words(made: Made, name: str) -> None:
    old = Programme()
    now = getattr(old, name)
    other = date(2026, 3, 1) if now is None else (not now) if isinstance(now, bool) else OTHER[type(now)]
    with made.house.workspace() as tx:
        audits.programme_changed(tx, made.house, old, replace(old, **{name: other}))
    (line,) = lines(made.house)
    assert (line.what, line.old != line.new) == (f"programme.{name}", True)
    assert line.what in WHAT


VERBS: dict[str, tuple[Callable[[House], object], tuple[str, ...]]] = {
    "agreement": (lambda house: agreement.record(house, "Works agreement 4", date(2026, 1, 1)), ("agreement",)),
    "year": (lambda house: policy.set_policy(house, Change(year="4")), ("programme.year",)),
    "part_time": (lambda house: policy.set_policy(house, Change(part_time=True)), ("programme.part_time",)),
    "holidays": (lambda house: policy.set_policy(house, Change(holidays=("2026-12-24",))), ("programme.holidays",)),
    "visits": (lambda house: policy.set_policy(house, Change(visits=5)), ("programme.visits",)),
    "who_sat": (lambda house: policy.set_policy(house, Change(who_sat=False)), ("programme.who_sat",)),
    "weekly_yes": (lambda house: policy.set_policy(house, Change(weekly_yes=True)), ("programme.weekly_yes",)),
    "wait": (lambda house: digest.wait_for_yes(house, wait=True), ("programme.weekly_yes",)),
    "start": (
        lambda house: start.begin(house, "", ["ferro.example"], "Europe/Rome", date(2026, 2, 1)), ("programme.start",),
    ),
    "words": (lambda house: save(house, Proposal(hold=Edit(("hold off",)))), ("rules.changed",)),
    "target": (lambda house: targets.set_target(house, DANA.email, 3, date(2027, 1, 1), "A new role"), ("target",)),
    "leave": (lambda house: leaves.put(house, DANA.email, date(2026, 1, 1), date(2026, 2, 1)), ("leave",)),
    "share": (lambda house: policy.set_share(house, DANA.email, 50, "Part time"), ("person.share",)),
    "closing": (lambda house: years.close(house, "2025", "It is over"), ("year",)),
    "weekly mail": (lambda house: digest.wanted(house, DANA.email, wanted=False), ("person.digest",)),
    "reminders": (lambda house: (want_reminders(house, wanted=False), cross(house)), ("person.reminders",)),
}  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_that_changes_counting_or_privacy_leaves_a_line_and_doing_it_twice_no_second(
    made: Made, verb: str
) -> None:
    do, wanted = VERBS[verb]
    do(made.house)
    told = lines(made.house)
    assert {*wanted} <= {one.what for one in told}
    assert all(one.old != one.new for one in told)
    assert all(one.who == made.house.me for one in told)
    if verb not in ("target", "closing", "agreement"):
        do(made.house)
        assert len(lines(made.house)) == len(told)


def test_lines_about_a_person_say_whom(made: Made) -> None:
    for verb in ("target", "leave", "share", "weekly mail", "reminders"):
        VERBS[verb][0](made.house)
    assert {one.about for one in lines(made.house)} == {"dana"}


def test_what_is_taken_back_has_a_line_too(made: Made) -> None:
    VERBS["agreement"][0](made.house)
    agreement.take_back(made.house, "It ended")
    VERBS["leave"][0](made.house)
    leaves.drop(made.house, DANA.email, date(2026, 1, 1))
    assert [(one.what, one.new, one.why) for one in lines(made.house)] == [
        ("leave", "", ""), ("leave", "2026-01-01–2026-02-01", ""),
        ("agreement", "", "It ended"), ("agreement", "Works agreement 4 (2026-01-01)", ""),
    ]  # fmt: skip


def test_the_mail_server_is_told_by_its_name(made: Made) -> None:
    add_smtp(made.house, "Mail", "127.0.0.1:9", "none", "", "p@ferro.example")
    set_post(made.house, "Mail")
    remove(made.house, "Mail")
    assert [(one.what, one.old, one.new) for one in lines(made.house)] == [
        ("programme.post", "Mail", ""), ("programme.post", "", "Mail"),
    ]  # fmt: skip
