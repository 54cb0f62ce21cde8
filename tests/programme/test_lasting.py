"""What people decide lasts: forgetting, merging, targets, tellings; and nothing gets stuck behind what is gone."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.basics.ids import meeting_id, new_id
from companion.bootstrap import backup, build, restore
from companion.crossing.model import Command
from companion.programme import answers, listening, meetings, outbox, people, publishing, seats, targets
from companion.programme.apply import cross
from companion.programme.channels import add_place
from companion.programme.merging import merge
from companion.programme.publishing import Order
from companion.programme.sync import sync
from companion.programme.views.board import board
from companion.programme.views.meetings import meetings as view
from companion.takeaways.model import Delivery
from fakes.house import Made
from fakes.ics import calendar, event

CRM = (
    "id,customer,start,end,timezone,host_email,title,link\n"
    "1,Kestrel,2026-12-10 14:00,2026-12-10 15:30,Europe/Amsterdam,,Review,\n"
)


def code(caught: pytest.ExceptionInfo[Problem]) -> str:
    return caught.value.code


@pytest.fixture
def work(made: Made) -> Made:
    made.account("Work", "dana@ferro.example").members = {
        "a": calendar(event("a", "20261110T130000Z", answer="ACCEPTED")),
        "b": calendar(event("b", "20261210T130000Z", answer="ACCEPTED", guests=("ann@kestrel.example",))),
    }
    sync(made.house)
    return made


def test_a_command_about_what_is_gone_blocks_nobody(work: Made) -> None:
    body = {"id": new_id(), "meeting_id": new_id(), "person_id": "dana", "source": "self", "says": "attended",
            "by": "x", "at": work.time[0].isoformat(), "reason": "", "to": ""}  # fmt: skip
    with work.house.device() as device:
        device.queue.put(Command(new_id(), "evidence", body, work.time[0]))
    seats.set_state(work.house, meeting_id("a", "-"), "dana@ferro.example", "attended")
    assert sum(row.standing.heard for row in board(work.house).rows) == 1
    with work.house.device() as device:
        assert device.queue.waiting() == []
    with work.house.workspace() as tx:
        assert "command.refused" in [entry.what for entry in tx.programme.entries()]


def test_an_answer_to_what_is_gone_keeps_its_words(work: Made) -> None:
    body = {"id": new_id(), "takeaway_id": new_id(), "kind": "question", "text": "Why?", "at": work.time[0].isoformat()}
    with work.house.device() as device:
        device.queue.put(Command(new_id(), "answer", body, work.time[0]))
    assert cross(work.house) == 0
    with work.house.device() as device:
        assert [command.body["text"] for command in device.queue.waiting()] == ["Why?"]


def test_forgetting_takes_everything_but_the_writers_lines(work: Made) -> None:
    key = meeting_id("b", "-")
    note = listening.take_text(work.house, key, "q Words of mine.")
    seats.set_state(work.house, key, "dana@ferro.example", "declined", reason="CANARY-REASON")
    meetings.forget(work.house, [key])
    assert [line.text for line in listening.get(work.house, note.id).lines] == ["Words of mine."]
    work.house.close()
    written = (work.house.paths.workspace).read_bytes()
    assert b"ann@kestrel.example" not in written
    assert b"ken@kestrel.example" in written
    house = build(work.house.paths.home, clock=lambda: work.time[0], secrets_mode="session")
    with house.workspace() as tx:
        assert [item for item in tx.seats.evidence() if item.meeting_id == key] == []
    assert listening.get(house, note.id).title == "2026-12-10"
    house.close()


def test_forgotten_then_confirmed_comes_back(work: Made) -> None:
    key = meeting_id("b", "-")
    meetings.confirm(work.house, [key])
    sync(work.house)
    meetings.forget(work.house, [key])
    assert len(view(work.house).rows) == 1
    meetings.confirm(work.house, [key], "Kestrel")
    assert sync(work.house)[0].added == 1
    assert len(view(work.house).rows) == 2


def test_confirm_refuses_what_is_no_id(work: Made) -> None:
    for text in ("zzzz", "deadbeef"):
        with pytest.raises(Problem) as caught:
            meetings.confirm(work.house, [text], "Kestrel")
        assert code(caught) == "meeting_unknown"


def test_a_review_of_a_crm_is_forgotten_for_good_and_never_doubled(made: Made) -> None:
    found, _ = meetings.import_table(made.house, CRM)
    meetings.forget(made.house, [found[0].id])
    again, problems = meetings.import_table(made.house, CRM)
    assert (again, [problem.code for problem in problems]) == ([], ["meeting_was_forgotten"])
    assert view(made.house).rows == ()
    made.account("Work", "dana@ferro.example").members = {"b": calendar(event("b", "20261210T130000Z"))}
    sync(made.house)
    other = CRM.replace("\n1,", "\n2,")
    again, problems = meetings.import_table(made.house, other)
    assert (again, [problem.code for problem in problems]) == ([], ["meeting_in_calendar"])


def test_a_review_told_of_twice_is_offered_to_nobody_once_somebody_sits(made: Made) -> None:
    meetings.import_table(made.house, CRM)
    assert len(board(made.house).open_reviews) == 1
    made.account("Work", "dana@ferro.example").members = {
        "b": calendar(event("b", "20261210T130000Z", answer="ACCEPTED"))
    }
    sync(made.house)
    assert board(made.house).open_reviews == ()


def test_a_merge_outlives_the_next_import(made: Made) -> None:
    table = "name,domains\nKestrel Plumbing Supply,kestrel.example\nKestrel UK,uk-kestrel.example\n"
    people.import_customers(made.house, table)
    merge(made.house, "Kestrel Plumbing Supply", "Kestrel UK")
    for text in (table, "name,domains\nKestrel UK,uk-kestrel.example\n"):
        done = people.import_customers(made.house, text)
        assert {problem.code for problem in done.problems} <= {"table_columns_absent"}
        with made.house.workspace() as tx:
            (kept,) = tx.customers.all()
        assert kept.name == "Kestrel Plumbing Supply"
        assert set(kept.domains) == {"kestrel.example", "uk-kestrel.example"}


def test_a_telling_counts_on_its_day_only(work: Made) -> None:
    key = meeting_id("a", "-")
    seats.set_state(work.house, key, "dana@ferro.example", "attended")
    note = listening.take_text(work.house, key, "q Words.")
    for days in (1, -30):
        with pytest.raises(Problem) as caught:
            publishing.tell(work.house, note.id, work.time[0].date() + timedelta(days=days), "H")
        assert code(caught) == "telling_day_wrong"
    publishing.tell(work.house, note.id, work.time[0].date(), "H")  # 21 November: more than five working days after
    assert sum(row.standing.completed for row in board(work.house).rows) == 0
    publishing.tell(work.house, note.id, work.time[0].date() - timedelta(days=9), "H")
    assert sum(row.standing.completed for row in board(work.house).rows) == 1


def test_nothing_is_told_of_a_meeting_to_come(work: Made) -> None:
    note = listening.take_text(work.house, meeting_id("b", "-"), "q Words.")
    with pytest.raises(Problem) as caught:
        publishing.publish(work.house, note.id, "H", "company")
    assert code(caught) == "not_over_yet"


def test_a_role_with_a_target_leads_and_targets_never_run_backwards(work: Made) -> None:
    table = "name,email,team,role\nMei Tan,mei@ferro.example,Legal,CFO\n"
    people.import_people(work.house, table)
    today = work.time[0].date()
    assert "Mei Tan" not in [row.person.name for row in board(work.house).rows]
    targets.set_target(work.house, "role:cfo", 2, today, "agreed")
    assert "Mei Tan" in [row.person.name for row in board(work.house).rows]
    for who, since, expected in (
        ("role:cfo", today - timedelta(days=1), "target_backwards"),
        ("role:x", today, "role_unknown"),
    ):
        with pytest.raises(Problem) as caught:
            targets.set_target(work.house, who, 2, since, "r")
        assert code(caught) == expected


def test_ones_own_entry_without_guests_says_only_that_it_is_there(made: Made) -> None:
    own = event("own", "20261201T130000Z", title="Kestrel review", guests=(), organiser="dana@ferro.example")
    made.account("Work", "dana@ferro.example").members = {"o": calendar(own)}
    sync(made.house)
    assert [seat.state for seat in view(made.house).rows[0].seats] == ["offered"]


def test_withdrawn_from_a_removed_place_is_told(work: Made, tmp_path: Path) -> None:
    channel = add_place(work.house, "site", "Intranet", str(tmp_path / "site"))
    note = listening.take_text(work.house, meeting_id("a", "-"), "q Words.")
    made = publishing.publish(work.house, note.id, "Told", "company", Order(("Intranet",)))
    outbox.run(work.house)
    assert outbox.standing_at(work.house, channel.id) == 1
    with work.house.workspace() as tx:
        tx.takeaways.remove_channel(channel.id)
    publishing.withdraw(work.house, made.id)
    (delivery,) = outbox.run(work.house)
    assert (delivery.state, delivery.trouble) == ("failed", "channel_gone_standing")


def test_a_mail_nobody_knows_of_goes_out_again_only_when_somebody_asks(work: Made) -> None:
    note = listening.take_text(work.house, meeting_id("a", "-"), "q Words.")
    made = publishing.publish(work.house, note.id, "Told", "company")
    with work.house.workspace() as tx:
        tx.takeaways.put_delivery(Delivery(made.id, 1, "mail", "agnes@ferro.example", "unknown", work.time[0]))
    assert outbox.send_again(work.house, made.id, "agnes@ferro.example").state == "pending"
    with pytest.raises(Problem):
        outbox.send_again(work.house, made.id, "agnes@ferro.example")


def test_a_backup_brings_seal_and_settings_to_another_machine(work: Made, tmp_path: Path) -> None:
    people.set_me(work.house, "dana@ferro.example")
    work.house.close()
    backup(work.house.paths.home, tmp_path / "copy.zip")
    elsewhere = tmp_path / "elsewhere"
    restore(elsewhere, tmp_path / "copy.zip")
    assert json.loads((elsewhere / "settings.json").read_text())["me"] == "dana@ferro.example"
    house = build(elsewhere, clock=lambda: work.time[0], secrets_mode="session")
    again = replace(house, open_reader=work.house.open_reader, open_source=work.house.open_source)
    work.sources["Work"].members.pop("b")
    done = sync(again)[0]
    assert (done.added, done.removed, done.problems) == (0, 1, ())
    house.close()


def test_only_the_author_answers_a_reader(work: Made) -> None:
    note = listening.take_text(work.house, meeting_id("a", "-"), "q Words.")
    made = publishing.publish(work.house, note.id, "Told", "company")
    asked = answers.answer(replace(work.house, me="agnes@ferro.example"), made.id, "question", "Why?")
    with pytest.raises(Problem) as caught:
        answers.reply(replace(work.house, me="lev@ferro.example"), asked.id, "Because.")
    assert code(caught) == "reply_not_yours"
    assert answers.reply(work.house, asked.id, "Because.").reply == "Because."


def test_a_target_changed_by_a_table_counts_from_today(made: Made) -> None:
    def targets() -> list[int]:
        with made.house.workspace() as tx:
            return [target.count for target in tx.seats.targets()]

    table = "name,email,team,role,target\nDana Okafor,dana@ferro.example,Finance,leader,{}\n"
    before = {row.person.name: row.standing.expected for row in board(made.house).rows}
    assert people.import_people(made.house, table.format(8)).changed == ("Dana Okafor",)
    after = {row.person.name: row.standing.expected for row in board(made.house).rows}
    assert before["Dana Okafor"] == 2
    assert 2 < after["Dana Okafor"] < 8, "only the rest of the year asks for more"
    assert people.import_people(made.house, table.format(8)).changed == ()
    assert targets() == [8]
