"""A customer's person who wants to be forgotten: what is held of them, and that nothing brings them back."""

import gc
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from companion.attendance.model import Evidence
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.briefs.codec import brief_to_json
from companion.calendars.codec import event_to_json
from companion.calendars.model import Guest
from companion.crossing.model import Command
from companion.customers.memory import Fact
from companion.customers.model import Contact
from companion.meetings.model import Meeting
from companion.notes.merge import Version
from companion.programme import listening, memory
from companion.programme import people as people_verbs
from companion.programme.apply import cross
from companion.programme.forgetting import erase, held_about
from companion.programme.kept_briefs import kept, kept_of
from companion.programme.memory_tables import export_contacts, import_contacts
from companion.programme.preparing import brief_for, prepare_all
from companion.programme.sync import sync
from companion.programme.views.customer import customer_page
from companion.takeaways.model import Answer, Channel, Delivery, Takeaway
from fakes.house import Made
from fakes.ics import NOW, calendar, event
from fakes.killing import KilledError

MARA = "mara@kestrel.example"
TITLE = "Kestrel quarterly review with Mara Lindqvist"
INVITED = f"ATTENDEE;CN=Mara Lindqvist;PARTSTAT=ACCEPTED:mailto:{MARA}"
CALLED = f"ORGANIZER;CN=Mara Lindqvist:mailto:{MARA}"


@pytest.fixture
def told(made: Made) -> Made:
    """Mara is everywhere: on two calendars, in facts and their versions, a takeaway and a note of Dana's."""
    made.account("Work", "dana@ferro.example").members = {
        "a": calendar(event("a", "20261110T130000Z", INVITED, title=TITLE, answer="ACCEPTED")),
        "b": calendar(event("b", "20261117T130000Z", CALLED, organiser="", answer="ACCEPTED")),
    }
    made.account("Hosts", "rosa@ferro.example", hosts=True).members = {
        "a": calendar(event("a", "20261110T130000Z", INVITED, title=TITLE)),
    }
    sync(made.house)
    with made.house.workspace() as tx:
        contact = next(one for one in tx.customers.contacts("kestrel") if one.address == MARA)
        meeting = next(one for one in tx.meetings.of_customer("kestrel") if one.title == TITLE)
        for revision, text in ((1, f"{MARA} wrote it."), (2, "Mara walked the yard.")):
            tx.takeaways.put(Takeaway(
                "t1", revision, "dana", meeting.id, "kestrel", "company", "By six", text, "We count.", "the owner",
                published=NOW,
            ))  # fmt: skip
        tx.takeaways.put_answer(Answer("w1", "t1", "more", "Lindqvist rang.", NOW, "Mara Lindqvist", address=MARA))
        tx.takeaways.put_channel(Channel("site", "Site", "site", {}, "company"))
        tx.takeaways.put_channel(Channel("post", "Post", "smtp"))
        tx.takeaways.put_delivery(Delivery("t1", 2, "site", "", "sent", NOW))
        tx.takeaways.put_delivery(Delivery("t1", 2, "post", "lev@ferro.example", "sent", NOW))
    fact = memory.remember(made.house, Fact(
        "", "kestrel", "quote", "We count.", contact_id=contact.id, source="Mara Lindqvist, on the phone",
        heard_on=date(2026, 11, 10),
    ))  # fmt: skip
    memory.change(made.house, replace(fact, source="Mara, at the review"), 1)
    note = listening.open_note(made.house, meeting.id)
    with made.house.device() as device:
        device.versions.put(note.id, "line:l1", (Version("Mara Lindqvist counts.", (), "q", NOW),), NOW)
    return made


def hits(home: Path, *words: str) -> list[str]:
    """Files of a home that hold one of these words, in any case."""
    found = []
    for path in sorted(home.rglob("*")):
        if path.is_file():
            data = path.read_bytes().lower()
            found += [f"{path.relative_to(home)}: {word}" for word in words if word.lower().encode() in data]
    return found


def test_everything_held_is_told(told: Made) -> None:
    held = held_about(told.house, "Mara Lindqvist", "Kestrel")
    (at,) = held.at
    assert (held.address, held.name) == (MARA, "Mara Lindqvist")
    assert at.contact
    assert len(at.meetings) == 2
    assert [one.id for one in at.takeaways] == ["t1"]
    assert [fact.text for fact in at.facts] == ["We count."]
    assert [one.id for one in at.answers] == ["w1"]
    counts = {"contact": 1, "facts": 1, "versions": 1, "takeaways": 2, "meetings": 2, "copies": 3}
    assert counts.items() <= dict(at.shared.counts).items()
    assert at.here.counts["events"] == 3
    assert at.notes == 2


def test_nobody_is_told_of_who_is_not_there(told: Made) -> None:
    for name, customer in (("Nobody", ""), ("nobody@elsewhere.example", ""), ("Mara", "Kestrel")):
        with pytest.raises(Problem, match="contact_nowhere"):
            held_about(told.house, name, customer)
    with pytest.raises(Problem, match="memory_not_yours"):
        erase(replace(told.house, workspace_shared=True, me="agnes@ferro.example"), MARA)


def test_a_dry_run_changes_nothing(told: Made) -> None:
    before = held_about(told.house, MARA)
    assert erase(told.house, MARA, dry_run=True).held == before
    assert held_about(told.house, MARA) == before


def test_what_they_said_stays_and_they_are_gone(told: Made) -> None:
    done = erase(told.house, MARA)
    assert (done.notes_left, done.mailed, done.waits) == (2, 1, False)
    page = customer_page(told.house, "kestrel")
    assert [one.contact.address for one in page.people] == ["ken@kestrel.example"]
    (quote,) = [one for one in page.quotes if one.fact]
    assert (quote.text, quote.source) == ("We count.", "somebody at Kestrel Plumbing Supply, at the review")
    with told.house.workspace(write=False) as tx:
        takeaway = tx.takeaways.get("t1")
        assert takeaway
        assert takeaway.scene == "somebody at Kestrel Plumbing Supply walked the yard."
        assert {d.channel_id: d.state for d in tx.takeaways.deliveries("t1")} == {"site": "pending", "post": "sent"}
        (answer,) = tx.takeaways.answers(["t1"])
        assert (answer.name, answer.address) == ("", "")
        assert "Lindqvist" not in answer.text
        meetings = tx.meetings.of_customer("kestrel")
        assert [meeting.others for meeting in meetings] == [1, 0]
        assert meetings[1].organiser is None
        assert [entry.what for entry in tx.programme.entries() if entry.what == "contact.erased"] == ["contact.erased"]
    note = listening.get(told.house, listening.all_of(told.house)[0].id)
    assert [line.text for line in note.lines] == ["Mara Lindqvist counts."]  # it is Dana's own
    again = erase(told.house, MARA, "Kestrel")
    assert not again.held.at[0].shared.counts
    assert not again.held.at[0].here.counts


def test_no_file_of_the_home_knows_them_and_no_sync_brings_them_back(told: Made) -> None:
    assert hits(told.house.paths.home, MARA, "lindqvist")  # so that the search can fail
    erase(told.house, MARA, also_my_notes=True)
    table = f"customer,address,name\nKestrel,{MARA},Mara Lindqvist\n"
    for _round in range(2):
        assert [one.failed for one in sync(told.house)] == [False, False]
        assert [one.code for one in import_contacts(told.house, table).problems] == ["row_contact_erased"]
        people_verbs.import_customers(told.house, f"name,domains\nKestrel Plumbing Supply,kestrel.example; {MARA}\n")
    with pytest.raises(Problem, match="contact_erased"):
        memory.put_contact(told.house, Contact("", "kestrel", MARA, "Mara Lindqvist"))
    assert [row[1] for row in export_contacts(told.house)] == ["ken@kestrel.example"]
    with told.house.workspace(write=False) as tx:
        assert {meeting.status for meeting in tx.meetings.of_customer("kestrel")} == {"confirmed"}
        copies = [tx.meetings.copies([meeting.id])[meeting.id] for meeting in tx.meetings.of_customer("kestrel")]
        assert [len(some) for some in copies] == [2, 1]
    told.house.close()
    gc.collect()
    assert hits(told.house.paths.home, MARA, "lindqvist", "mara ") == []


def test_a_kept_brief_forgets_them_at_once(told: Made) -> None:
    start = NOW + timedelta(days=1)
    guests = (Guest(MARA, "Mara Lindqvist"), Guest("ken@kestrel.example", "Ken"))
    ahead = Meeting("m9", "u9", "-", "With Mara Lindqvist", start, start + timedelta(hours=1), False, "UTC",
                    "confirmed", "kestrel", 90, (), source="import", guests=guests)  # fmt: skip
    with told.house.workspace() as tx:  # in nobody's calendar of this computer
        tx.meetings.put(ahead)
        mara = next(one for one in tx.customers.contacts("kestrel") if one.address == MARA)
        tx.customers.change_contact(replace(mara, role="the dispatcher", line="Plays the tuba."))
    tells = (MARA, "Lindqvist", "dispatcher", "tuba")

    def page() -> str:
        brief = kept_of(told.house, "m9")
        assert brief
        return str(brief_to_json(brief))

    brief_for(told.house, "m9")
    assert all(word in page() for word in tells[1:])
    assert held_about(told.house, MARA).at[0].here.counts["briefs"] == 1
    erase(told.house, MARA)
    assert not any(word in page() for word in tells)
    brief = kept_of(told.house, "m9")
    assert brief
    assert (len([one for one in brief.room if not one.ours]), brief.room_left_out) == (1, 1)


def test_kept_briefs_of_another_computer_forget_them_too(told: Made) -> None:
    over, ahead = (
        Meeting(key, key, "-", "Review", start, start + timedelta(hours=1), False, "UTC", "confirmed", "kestrel", 90,
                (), source="import", guests=(Guest(MARA, "Mara Lindqvist"),))
        for key, start in (("m8", NOW + timedelta(hours=2)), ("m9", NOW + timedelta(days=1)))
    )  # fmt: skip
    with told.house.workspace() as tx:
        tx.meetings.put(ahead)
        tx.meetings.put(over)
        for key in ("m8", "m9"):
            tx.seats.add(Evidence(new_id(), key, "dana", "self", "accepted", "dana@ferro.example", NOW))
    other = [brief_for(told.house, key) for key in ("m8", "m9")]
    assert all("Mara Lindqvist" in {one.name for one in brief.room} for brief in other)
    told.time[0] = NOW + timedelta(hours=4)
    erase(told.house, MARA)
    with told.house.device() as device:  # as they stand on a computer where nobody gave the command
        for brief in other:
            device.briefs.put(brief)
    assert prepare_all(told.house)
    (kept_one,) = [brief for brief in kept(told.house) if brief.meeting_id in ("m8", "m9")]
    assert (kept_one.meeting_id, "Mara" in str(brief_to_json(kept_one))) == ("m9", False)
    assert prepare_all(told.house) == 0


def test_an_old_copy_that_crosses_late_is_taken_in_without_them(told: Made) -> None:
    with told.house.device(write=False) as device:  # what another computer read before it heard of the wish
        old = next(one for one in device.events.all(device.accounts.all()[0].id) if one.title == TITLE)
    late = {"account": "other", "owner": "lev@ferro.example", "hosts": False, "put": [event_to_json(old)], "drop": [],
            "closed": [], "ids": [], "uids": [old.uid]}  # fmt: skip
    erase(told.house, MARA)
    with told.house.device() as device:
        device.queue.put(Command("late", "copies", late, NOW))
    cross(told.house)
    with told.house.workspace(write=False) as tx:
        people = {guest.address for one in tx.meetings.of_customer("kestrel") for guest in one.guests}
        assert MARA not in people
        assert [one.address for one in tx.customers.contacts("kestrel")] == ["ken@kestrel.example"]


def test_killed_between_the_two_stores_it_is_finished_by_the_next_crossing(told: Made) -> None:
    def killed(*, write: bool = True) -> object:
        if write:
            raise KilledError
        return told.house.workspace(write=False)

    with pytest.raises(KilledError):
        erase(replace(told.house, workspace=killed), MARA)  # type: ignore[arg-type]
    with told.house.device(write=False) as device:
        assert [command.kind for command in device.queue.waiting()] == ["erase"]
        assert not any(MARA in str(one) for account in device.accounts.all() for one in device.events.all(account.id))
    cross(told.house)
    assert not held_about(told.house, MARA, "Kestrel").at[0].shared.counts


def test_their_own_address_no_longer_marks_the_customer(told: Made) -> None:
    with told.house.workspace() as tx:
        customer = tx.customers.get("kestrel")
        assert customer
        tx.customers.put(replace(customer, addresses=(MARA,), off_limits=("Lindqvist", "crane"), story="Mara runs it."))
    erase(told.house, MARA)
    with told.house.workspace(write=False) as tx:
        customer = tx.customers.get("kestrel")
    assert customer
    assert (customer.addresses, customer.off_limits) == ((), ("crane",))
    assert customer.story == "somebody at Kestrel Plumbing Supply runs it."
