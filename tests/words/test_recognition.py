"""Every reason and decision of recognition has its sentence."""

import ast
import string
from typing import get_args

import pytest

from architecture.tree import SOURCE
from companion.calendars.model import Decision, Reason
from companion.words.attendance import WHY, why
from companion.words.recognition import COUNTED, DECISIONS, REASONS, decision, reason, reasons

STANDING = {"leave", "needs_seat", "cannot_reach", "waiting"}


def raised(room: str) -> dict[str, set[str]]:
    """Every code of a `Reason(...)` under a room, with the names of facts written beside it."""
    found: dict[str, set[str]] = {}
    for path in (SOURCE / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Reason", "_about", "_why_seats"):
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


def test_every_decision_has_its_words() -> None:
    assert set(DECISIONS) == set(get_args(Decision))
    assert decision("private") == "Dropped: private"


def test_every_reason_of_a_standing_has_a_sentence() -> None:
    codes = set(raised("attendance"))
    assert {"heard", "coming", "target", "pro_rata"} <= codes
    assert codes <= set(WHY) | STANDING


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
