"""The audit: each change with who, when, old, new and why, in the transaction of its effect; names as they may show."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from companion.attendance.model import Evidence
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.crossing.model import Command
from companion.programme import audits
from companion.programme.apply import HANDLERS, cross
from companion.programme.codec import to_json
from companion.programme.correcting import correct, decide
from companion.programme.meetings import dismiss
from companion.programme.model import AuditEntry, House
from companion.programme.people import import_customers, import_people
from companion.programme.seats import set_state
from companion.words.audit import unshown
from fakes.house import AGNES, DANA, Made
from fakes.meeting import THURSDAY, met, seated
from fakes.post import OPS, as_

ROSA, LEV = "rosa@ferro.example", "lev@ferro.example"


@pytest.fixture
def house(made: Made) -> House:
    """Dana sat with Kestrel yesterday, Rosa hosted; somebody of ops is there."""
    with made.house.workspace() as tx:
        tx.people.put(OPS)
    met(made.house)
    made.time[0] = THURSDAY - timedelta(days=1)
    seated(made.house, "m1", "dana")
    made.time[0] = THURSDAY + timedelta(days=1)
    return made.house


def lines(house: House) -> list[AuditEntry]:
    with house.workspace(write=False) as tx:
        return tx.programme.entries()


def last(house: House) -> tuple[str, str, str, str, str]:
    entry = lines(house)[0]
    return entry.who, entry.what, entry.old, entry.new, entry.why


def code(problem: pytest.ExceptionInfo[Problem]) -> str:
    return problem.value.code


def test_a_word_is_written_down_as_what_the_seat_is_by_it(house: House) -> None:
    set_state(house, "m1", "dana", "attended", "self")
    assert last(house) == (DANA.email, "seat.self", "unknown", "attended", "")
    set_state(house, "m1", "dana", "missed", "host", "he saw nobody")
    assert last(house) == (DANA.email, "seat.host", "attended", "disputed", "he saw nobody")
    set_state(house, "m1", "dana", "delegated", "ops", "as both say", AGNES.email)
    assert [(one.old, one.new, one.about) for one in lines(house)[:2]] == [
        ("open", "attended", "agnes m1"), ("disputed", "delegated", "dana m1"),
    ]  # fmt: skip


def test_the_line_and_the_effect_are_one(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between the two there is neither; tried again there is one of each."""
    real = audits.write

    def killed(*_: object, **__: object) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(audits, "write", killed)
    with pytest.raises(RuntimeError):
        set_state(house, "m1", "dana", "attended", "self")
    with house.workspace(write=False) as tx:
        assert [one.says for one in tx.seats.evidence(["m1"])] == ["accepted"]
    monkeypatch.setattr(audits, "write", real)
    assert [cross(house), cross(house)] == [1, 0]
    with house.workspace(write=False) as tx:
        assert [one.says for one in tx.seats.evidence(["m1"])] == ["accepted", "attended"]
    assert [one.what for one in lines(house)] == ["seat.self"]


@pytest.mark.parametrize(
    ("who", "by", "allowed"),
    [
        (DANA.email, "self", True), (DANA.email, None, True), (DANA.email, "host", False), (DANA.email, "ops", False),
        (LEV, "self", False), (LEV, "host", False), (LEV, None, False), (ROSA, "host", True), (ROSA, None, True),
        (ROSA, "self", False), (ROSA, "ops", False), (OPS.email, "ops", True), (OPS.email, "host", True),
        (OPS.email, None, True), (AGNES.email, "assistant", False), ("", None, False),
    ],
)  # fmt: skip
def test_of_a_seat_not_everybody_may_speak(house: House, who: str, by: str | None, allowed: bool) -> None:
    """Neither by the verb nor by a command of one's own making."""
    there = as_(house, who)
    before = len(lines(house))
    if allowed:
        said = set_state(there, "m1", "dana", "attended", by)  # type: ignore[arg-type]
        assert said.source == (by or {DANA.email: "self", ROSA: "host"}.get(who, "ops"))
    else:
        with pytest.raises(Problem, match=r"not_open_to_staff|assistant_not_allowed"):
            set_state(there, "m1", "dana", "attended", by)  # type: ignore[arg-type]
    assert len(lines(house)) == before + allowed
    forged = Evidence(new_id(), "m1", "dana", by or "ops", "missed", who or "ops", house.clock())  # type: ignore[arg-type]
    if by == "assistant" or (by is None and who in (DANA.email, ROSA)):
        return
    with there.device() as device:
        device.queue.put(Command(new_id(), "evidence", to_json(forged), house.clock()))
    cross(there)
    with house.workspace(write=False) as tx:
        assert any(one.id == forged.id for one in tx.seats.evidence(["m1"])) is allowed
    assert (lines(house)[0].what == "command.refused") is not allowed


def test_who_left_speaks_for_nobody_any_more(house: House, made: Made) -> None:
    with house.workspace() as tx:
        tx.people.put(replace(OPS, end=made.time[0].date() - timedelta(days=1)))
    with pytest.raises(Problem) as problem:
        set_state(as_(house, OPS.email), "m1", "dana", "attended")
    assert code(problem) == "not_open_to_staff"


def test_what_is_settled_is_corrected_for_a_reason(house: House) -> None:
    set_state(house, "m1", "dana", "attended", "self")
    ops = as_(house, OPS.email)
    with pytest.raises(Problem) as problem:
        correct(ops, "m1", "dana", "missed", " ")
    assert code(problem) == "reason_missing"
    made = correct(ops, "m1", "dana", "missed", "The host was asked.")
    assert (made.source, last(house)[2:]) == ("ops", ("attended", "missed", "The host was asked."))
    with house.workspace(write=False) as tx:
        assert {one.says for one in tx.seats.evidence(["m1"])} == {"accepted", "attended", "missed"}
    with pytest.raises(Problem) as problem:
        correct(as_(house, LEV), "m1", "dana", "attended", "I know better.")
    assert code(problem) == "correct_not_yours"


def test_a_dispute_is_decided_and_comes_back_when_somebody_contradicts_it_later(house: House, made: Made) -> None:
    ops, rosa, dana = as_(house, OPS.email), as_(house, ROSA), as_(house, DANA.email)
    set_state(dana, "m1", "dana", "attended")
    with pytest.raises(Problem) as problem:
        decide(ops, "m1", "dana", there=True)
    assert code(problem) == "seat_not_open"
    made.time[0] += timedelta(hours=1)
    set_state(rosa, "m1", "dana", "missed")
    assert last(house)[3] == "disputed"
    made.time[0] += timedelta(hours=1)
    decide(ops, "m1", "dana", there=True, reason="Her badge says so.")
    assert last(house)[2:] == ("disputed", "attended", "Her badge says so.")
    made.time[0] += timedelta(hours=1)
    set_state(dana, "m1", "dana", "attended")  # says the same: nothing to decide
    assert last(house)[3] == "attended"
    made.time[0] += timedelta(hours=1)
    set_state(rosa, "m1", "dana", "missed", reason="No.")
    assert last(house)[3] == "disputed"


def test_tables_verdicts_and_settings_leave_their_lines(house: House) -> None:
    import_people(
        house, "name,email,team,role,target,start\nDana Okafor,dana@ferro.example,Legal,leader,3,2026-02-01\n"
    )
    told = {(one.what, one.old, one.new, one.about) for one in lines(house)}
    assert {("person.team", "Finance", "Legal", "dana"), ("person.start", "", "2026-02-01", "dana")} <= told
    assert any(one.what == "target" and one.about == "dana" and one.new.startswith("3 ") for one in lines(house))
    dismiss(house, ["m1"])
    assert last(house)[1:4] == ("meeting.dismissed", "kestrel", "no kestrel")
    count = len(lines(house))
    import_customers(house, "name,domains\nKestrel Plumbing Supply,kestrel.example\n")
    assert len(lines(house)) == count
    with house.workspace() as tx:
        old = tx.programme.get()
        audits.programme_changed(tx, house, old, replace(old, part_time=True, holidays=("2026-12-25",), name="X"))
    assert {(one.what, one.old, one.new) for one in lines(house)[:2]} == {
        ("programme.part_time", "no", "yes"), ("programme.holidays", "", "2026-12-25"),
    }  # fmt: skip


def test_it_is_read_in_names_by_ops_alone(house: House) -> None:
    set_state(house, "m1", "dana", "attended", "self")
    with pytest.raises(Problem) as problem:
        audits.entries(as_(house, "stranger@ferro.example"))
    assert code(problem) == "only_ops"
    assert audits.entries(as_(house, LEV)).lines == ()
    ops = as_(house, OPS.email)
    assert [(one.what, found.hidden) for found in [audits.entries(ops)] for one in found.lines] == []
    assert audits.entries(ops).hidden == 1
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), names_agreed="Works agreement"))
    (line,) = audits.entries(ops).lines
    assert (line.who, line.about) == ("Dana Okafor", ("Dana Okafor", "Kestrel quarterly review (26 November 2026)"))
    assert audits.entries(house).lines == (line,)


def test_it_is_found_by_day_by_person_and_by_kind(house: House, made: Made) -> None:
    set_state(house, "m1", "dana", "attended", "self")
    made.time[0] += timedelta(days=2)
    dismiss(house, ["m1"])
    assert [one.what for one in audits.entries(house).lines] == ["meeting.dismissed", "seat.self"]
    assert [one.what for one in audits.entries(house, since=date(2026, 11, 28)).lines] == ["meeting.dismissed"]
    assert [one.what for one in audits.entries(house, until=date(2026, 11, 27)).lines] == ["seat.self"]
    assert [one.what for one in audits.entries(house, what="seat").lines] == ["seat.self"]
    assert audits.entries(house, who=LEV).lines == ()
    assert len(audits.entries(house, who="Dana Okafor").lines) == 2


def test_everybody_reads_the_lines_about_themselves_and_names_of_nobody_else(house: House) -> None:
    correct(house, "m1", "dana", "delegated", "She was ill.", to="agnes")
    dana, agnes = (audits.entries(as_(house, one.email)) for one in (DANA, AGNES))
    assert (dana.mine, agnes.mine) == (True, True)
    assert [(one.new, one.about[0]) for one in agnes.lines] == [("attended", "Agnes Moll")]
    assert "Dana" not in str([one.about for one in agnes.lines])
    assert [one.new for one in dana.lines] == ["attended", "delegated"]  # both by her
    assert "Agnes" not in str([one.about for one in dana.lines])


def test_lines_of_before_name_people_too(house: House) -> None:
    with house.workspace() as tx:
        tx.programme.audit(AuditEntry(house.clock(), DANA.email, "seat", "", "m1 dana attended", ""))
        tx.programme.audit(AuditEntry(house.clock(), DANA.email, "leave", "", "2026-01-01–2026-02-01", LEV))
    leave, seat = audits.entries(house).lines
    assert (leave.about, seat.about) == (
        ("Lev Brandt",), ("Kestrel quarterly review (26 November 2026)", "Dana Okafor"),
    )  # fmt: skip
    assert seat.new == "Kestrel quarterly review (26 November 2026) Dana Okafor attended"


def test_every_command_has_its_hands() -> None:
    assert {"evidence", "sat", "forget"} <= HANDLERS.keys()


@pytest.mark.parametrize(
    ("why", "read"),
    [
        ("Agnes was ill", False), ("as (brandt) said", False), ("see lev@ferro.example", False),
        ("Dana Okafor was ill", True), ("D'accordo con la sede", True), ("They told us", True), ("", True),
    ],
)  # fmt: skip
def test_a_reason_that_names_others_is_read_by_ops_alone(house: House, why: str, read: bool) -> None:
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), names_agreed="Works agreement"))
        audits.note(tx, house, "seat.host", "unknown", "missed", why, ("dana", "m1"))
    (own,) = audits.entries(as_(house, DANA.email)).lines
    assert own.why == (why if read else unshown())
    assert [one.why for one in audits.entries(as_(house, OPS.email)).lines] == [why]
    assert [one.why for one in audits.entries(house).lines] == [why]
