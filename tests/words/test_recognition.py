"""Every reason of recognition has its sentence, and every event is explained in one."""

import ast
import string
from dataclasses import replace
from typing import get_args

import pytest

from architecture.tree import SOURCE
from companion.calendars.model import Decision, Glimpse, Judgement, Reason
from companion.meetings.recognise import CustomerRule, Rules, judge
from companion.words.attendance import WHY, why
from companion.words.recognition import (
    CLAUSES,
    COUNTED,
    COUNTED_CLAUSES,
    DROPPED,
    REASONS,
    explain,
    reason,
    reasons,
)

MAKERS = ("Reason", "_about", "about", "_since", "_why_seats")  # each takes the code first
STANDING = {"carried", "unsaid", "leave", "needs_seat", "cannot_reach", "waiting"}


def raised(room: str) -> dict[str, set[str]]:
    """Every code of a `Reason(...)` under a room, with the names of facts written beside it."""
    found: dict[str, set[str]] = {}
    for path in (SOURCE / room).rglob("*.py"):
        if "planner" in path.parts:  # it has its own words
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MAKERS:
                code = node.args[0]
                parts = [code.body, code.orelse] if isinstance(code, ast.IfExp) else [code]
                codes = [part.value for part in parts if isinstance(part, ast.Constant)]
                facts = [n.value for a in node.args[1:] for n in ast.walk(a) if isinstance(n, ast.Constant)]
                for code in codes:
                    if isinstance(code, str):
                        found.setdefault(code, set()).update(fact for fact in facts if isinstance(fact, str))
    return found


def test_every_reason_of_recognition_has_a_sentence() -> None:
    codes = raised("meetings") | raised("calendars")
    assert "guest_domain" in codes
    assert set(codes) <= set(REASONS) | set(COUNTED)


def test_every_reason_brings_what_its_sentence_needs() -> None:
    for code, facts in raised("meetings").items():
        text = REASONS.get(code) or COUNTED[code][2]
        needed = {field for _, field, _, _ in string.Formatter().parse(text) if field} - {"count"}
        assert needed <= facts, code


def test_every_reason_has_its_place_in_the_one_sentence() -> None:
    whole = {"said_yes", "imported"} | set(DROPPED)
    assert set(raised("meetings")) <= set(CLAUSES) | set(COUNTED_CLAUSES) | whole
    for code, facts in raised("meetings").items():
        text = CLAUSES.get(code) or (COUNTED_CLAUSES.get(code) or ("", "", DROPPED.get(code, "")))[2]
        needed = {field for _, field, _, _ in string.Formatter().parse(text) if field} - {"count"}
        assert needed <= facts, code


@pytest.mark.parametrize("decision", get_args(Decision))
def test_every_decision_is_explained(decision: Decision) -> None:
    told = explain(Judgement(decision, "kestrel", 60), "Kestrel", 50)
    assert told.endswith(".")
    assert "Kestrel" in told or decision != "kept"


def test_every_reason_of_a_standing_has_a_sentence() -> None:
    codes = set(raised("attendance"))
    assert {"heard", "coming", "target", "pro_rata"} <= codes
    assert codes <= set(WHY) | STANDING | set(REASONS)  # a meeting that only a table tells of has a reason of its own


@pytest.mark.parametrize(
    ("count", "told"), [("1", "1 guest is from kestrel.example."), ("2", "2 guests are from kestrel.example.")]
)
def test_numbers_have_their_grammar(count: str, told: str) -> None:
    assert reason("guest_domain", (("domain", "kestrel.example"), ("count", count))) == told


def test_reasons_keep_their_order() -> None:
    told = reasons([Reason("name_in_title", (("name", "Kestrel"),), 30), Reason("length", (("minutes", "60"),), 5)])
    assert told == ["The title names Kestrel.", "It takes 60 minutes, as reviews do."]


def test_a_code_of_a_newer_version_is_told_as_such() -> None:
    assert "newer" in reason("newer")
    assert "newer" in why("newer", (), {})


RULES = Rules(
    our_domains=frozenset({"ferro.example"}), hosts=frozenset({"rosa@ferro.example"}),
    customers=(CustomerRule("kestrel", "Kestrel Plumbing Supply", ("Kestrel",), ("kestrel.example",)),),
)  # fmt: skip


def entry(title: str, *guests: str, **changes: object) -> Glimpse:
    plain = Glimpse("uid-1", "", title, False, "", guests, 60, False, False, "")
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (
            entry("Quarterly review", "ken@kestrel.example", "kim@kestrel.example", repeats="yearly"),
            "Kept as a meeting with Kestrel Plumbing Supply: 2 guests are from kestrel.example (50), “review” in the "
            "title is a word of a review (25), it comes round every few months (5), it takes 60 minutes (5); "
            "85 points, and 50 are enough.",
        ),
        (
            entry("Kestrel", minutes=15),
            "Not kept, 10 of 50 points: “Kestrel” is in the title (30), it takes only 15 minutes (−20); "
            "nobody of theirs is a guest, no word of a review is in the title.",
        ),
        (
            entry("Talk", "ken@kestrel.example", minutes=15),
            "Not kept, 30 of 50 points: 1 guest is from kestrel.example (50), it takes only 15 minutes (−20); "
            "their name is not in the title, no word of a review is in the title.",
        ),
        (entry("Review", "dana@ferro.example"), "Not kept: everybody on the list is one of us."),
        (entry("Lunch"), "Not kept: no customer is on the list or in the title."),
        (entry("Kestrel lawsuit", "ken@kestrel.example"), "Held back: “lawsuit” is in the title."),
        (entry("Dentist", private=True), "Private: it is dropped unread."),
    ],
)
def test_one_event_is_explained_in_one_sentence(seen: Glimpse, told: str) -> None:
    judged = judge(seen, RULES)
    names = {"kestrel": "Kestrel Plumbing Supply"}
    assert explain(judged, names.get(judged.customer_id, ""), RULES.threshold) == told


def test_peoples_words_and_tables_are_explained_without_points() -> None:
    yes = Judgement("kept", "kestrel", 50, (Reason("said_yes"),))
    assert explain(yes, "Kestrel", 50) == "Kept as a meeting with Kestrel: somebody said that it is one."
    brought = Judgement("kept", "kestrel", 100, (Reason("imported", (), 100),))
    assert explain(brought, "Kestrel", 50) == "Kept as a meeting with Kestrel: it came in with a table of reviews."


def test_a_meeting_kept_under_older_rules_does_not_claim_that_today_is_enough() -> None:
    old = Judgement("kept", "kestrel", 50, (Reason("guest_domain", (("domain", "k.example"), ("count", "1")), 50),))
    assert explain(old, "Kestrel", 70).endswith("50 points, enough under the rules it was read with.")


def test_a_reason_of_a_newer_version_is_named_within_the_sentence() -> None:
    assert "newer" in explain(Judgement("kept", "k", 60, (Reason("newer", (), 60),)), "Kestrel", 50)
