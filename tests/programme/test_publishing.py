"""Publishing: what is refused, who is told first, corrections from one device and from two."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from companion.attendance.model import Evidence
from companion.basics.errors import Problem
from companion.connectors.rendering import story
from companion.customers.model import Contact
from companion.programme import channels, checking, composing, outbox, publishing, readers
from companion.programme.apply import cross
from companion.programme.model import House
from companion.programme.publishing import Order
from companion.programme.views.home import home
from companion.programme.views.reading import reading
from companion.takeaways.model import WITHDRAWAL, Takeaway
from companion.words.problems import sentence
from fakes.house import AGNES, KESTREL, LEV, Made
from fakes.killing import Fate, KilledError, fated
from fakes.post import MEETING, Post, as_, ready

MAIL = Order(("Mail",), ("agnes@ferro.example",))


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def house(made: Made, post: Post) -> House:
    return ready(made, post)


def published(house: House, audience: str = "team:Finance", order: Order = MAIL, **more: Any) -> Takeaway:
    return publishing.publish(house, MEETING, "They plan by the tide", audience, order, **more)


def customer(house: House, **news: Any) -> None:
    with house.workspace() as tx:
        tx.customers.put(replace(KESTREL, **news))


def hosted_by(house: House, customers: str, meetings: str) -> None:
    """Who looks after the customer, and who held the meeting."""
    customer(house, host_email=customers)
    with house.workspace() as tx:
        meeting = tx.meetings.get(MEETING)
        assert meeting is not None
        tx.meetings.put(replace(meeting, host_email=meetings))


def letters(house: House) -> list[tuple[str, str]]:
    with house.workspace(write=False) as tx:
        return sorted((letter.kind, letter.recipient) for letter in tx.letters.all())


def test_a_teams_takeaway_goes_out_and_its_host_gets_a_copy(house: House, post: Post) -> None:
    published(house)
    outbox.run(house)
    assert (post.sent, post.letters) == (
        [("Mail", "agnes@ferro.example", 1)], [("host_copy", "rosa@ferro.example")]
    )  # fmt: skip


def test_one_for_everyone_reaches_its_host_a_day_before_everyone(house: House, made: Made, post: Post) -> None:
    takeaway = published(house, "company", Order(("Mail", "Site"), ("agnes@ferro.example",)))
    assert takeaway.out_at == made.time[0] + timedelta(hours=24)
    outbox.run(house)
    assert (post.sent, post.shown, post.letters) == ([], {}, [("host_notice", "rosa@ferro.example")])
    assert reading(replace(house, me="lev@ferro.example")).rows == ()
    assert [row.state for row in reading(house).rows] == ["waiting"]
    made.time[0] += timedelta(hours=25)
    outbox.run(house)
    assert (post.sent, post.shown) == ([("Mail", "agnes@ferro.example", 1)], {"Site": ["They plan by the tide"]})
    assert len(reading(replace(house, me="lev@ferro.example")).rows) == 1
    assert len(post.letters) == 1, "the host is told once"


def test_without_a_post_it_goes_out_at_once_and_is_foreseen_to_tell_nobody(house: House) -> None:
    channels.set_post(house, "")
    draft = replace(composing.begin(house, MEETING), audience="company", headline="By the tide")
    seen = publishing.foreseen(house, draft)
    assert (seen.untold, seen.host, seen.takeaway.out_at) == (True, "Rosa Vidal", None)
    published(house, "company")
    assert letters(house) == []


def test_a_customer_under_nda_waits_for_a_yes_under_an_alias(house: House, post: Post) -> None:
    customer(house, nda=True, segment="shipping")
    takeaway = published(house)
    outbox.run(house)
    assert (takeaway.needs_yes, takeaway.customer_name) == (True, "a customer in shipping")
    assert (post.sent, post.letters) == ([], [("host_yes", "rosa@ferro.example")])


def test_where_there_is_no_host_ops_are_asked_for_the_yes(house: House) -> None:
    hosted_by(house, "", "")
    published(house, review=True)
    assert letters(house) == [("host_yes", "ola@ferro.example")]


def test_the_author_who_is_the_host_is_not_told_by_letter(house: House) -> None:
    hosted_by(house, "dana@ferro.example", "dana@ferro.example")
    assert published(house, "company").out_at is None
    assert letters(house) == []
    published(house, "listeners", Order(), review=True)
    assert letters(house) == [("host_yes", "ola@ferro.example")], "nobody says yes to their own words"


def test_what_is_kept_back_goes_out_only_after_a_review(house: House, post: Post) -> None:
    customer(house, off_limits=("Borealis",))
    with pytest.raises(Problem, match="gate_blocks") as told:
        published(house, text="# H\n\nBorealis moves in May.")
    assert "Borealis" not in sentence(told.value), "a word that is kept back is not said again"
    assert "Scene" in sentence(told.value)
    assert composing.all_of(house) == []
    takeaway = published(house, text="# H\n\nBorealis moves in May.", review=True)
    outbox.run(house)
    assert (takeaway.needs_yes, post.sent) == (True, [])


def test_ops_words_and_feelings_hold_it_back_too(house: House) -> None:
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), ops_words=("Nordstern",)))
        tx.customers.put_contact(Contact("c", "kestrel", "mara@kestrel.example", "Mara Lindqvist", "the owner"))
    begun = replace(composing.begin(house, MEETING), audience="company", headline="By the tide")
    felt = replace(begun, scene="Mara Lindqvist: she was tired.")
    assert [f.code for f in checking.findings(house, felt) if f.blocks] == ["feeling"]
    for scene in ("The Nordstern plan", "Mara Lindqvist said she was tired"):
        with pytest.raises(Problem, match="gate_blocks"):
            publishing.send(house, replace(begun, scene=scene), MAIL)
    publishing.send(house, replace(begun, audience="me", scene="The Nordstern plan"), Order())


def test_who_said_no_is_not_quoted_not_even_after_a_review(house: House) -> None:
    with pytest.raises(Problem, match="quote_not_allowed"):
        published(house, review=True, changes={"may_quote": "no"})
    assert published(house, changes={"may_quote": "no", "quote": ""}).quote == ""
    with house.workspace() as tx:
        tx.customers.put_contact(Contact("c", "kestrel", "m@kestrel.example", "M", "the owner", may_quote="ask"))
    for _ in range(2):
        asked = published(house, "listeners", Order(), changes={"quote_role": "the owner"})
        assert (asked.needs_yes, asked.revision) == (True, 1), "as the customer's people said"


def test_only_for_me_goes_nowhere(house: House, post: Post) -> None:
    with pytest.raises(Problem, match="only_me_goes_nowhere"):
        published(house, "me")
    takeaway = published(house, "me", Order())
    outbox.run(house)
    assert (post.sent, post.letters, takeaway.expires) == ([], [], None)
    assert [row.takeaway.id for row in reading(house).rows] == [takeaway.id]
    assert reading(as_(house, "rosa@ferro.example")).rows == ()


def test_addresses_outside_the_firm_are_told_first(house: House) -> None:
    order = Order(("Mail",), ("agnes@ferro.example", "x@partner.example", "list@eu.ferro.example"))
    with pytest.raises(Problem, match="recipients_outside") as told:
        published(house, order=order)
    assert told.value.facts["addresses"] == "list@eu.ferro.example, x@partner.example"
    reached = readers.recipients(house, replace(composing.begin(house, MEETING), audience="team:Finance"), order)
    assert [p.name for p in reached.people] == ["Agnes Moll"]
    assert reached.outside == ("list@eu.ferro.example", "x@partner.example")
    published(house, order=replace(order, outside_ok=True))


def test_nobody_gets_what_is_for_others(house: House) -> None:
    with pytest.raises(Problem, match="recipients_beyond"):
        published(house, order=Order(("Mail",), ("lev@ferro.example",)))


def test_it_is_seen_as_somebody_of_a_team_would(house: House) -> None:
    with house.workspace() as tx:
        tx.people.put(replace(AGNES, language="pl"))
    draft = replace(composing.begin(house, MEETING), audience="team:Finance")
    seen = readers.as_reader(house, draft, "Finance")
    assert (seen.may_read, seen.how_many, seen.parcel.language) == (True, 1, "pl")
    other = readers.as_reader(house, draft, "People", "vi")
    assert (other.may_read, other.how_many, other.parcel.language) == (False, 0, "vi")


def test_one_note_is_several_takeaways_one_for_each_audience(house: House) -> None:
    one = published(house, "team:Finance")
    two = published(house, "company", Order())
    again = published(house, "team:Finance", changes={"matters": "Cash comes later"})
    assert one.id != two.id
    assert (again.id, again.revision, two.revision) == (one.id, 2, 1)
    # The same takeaway sent with another audience is another one; the first stays as it is.
    moved = publishing.send(house, replace(again, audience="listeners"), Order())
    assert moved.id not in (one.id, two.id)
    assert len(composing.all_of(house)) == 3


def test_only_its_author_publishes_it(house: House) -> None:
    takeaway = published(house)
    with pytest.raises(Problem, match="publish_not_yours"):
        publishing.send(as_(house, "lev@ferro.example"), takeaway, Order())


def test_a_correction_goes_everywhere_it_went_and_keeps_its_day(house: House, made: Made, post: Post) -> None:
    first = published(house, order=Order(("Mail",), ("agnes@ferro.example", "x@partner.example"), outside_ok=True))
    outbox.run(house)
    made.time[0] += timedelta(days=2)
    second = publishing.correct(house, first.id, "It was the tide of six.", {"scene": "They plan by the tide of six."})
    assert (second.published, second.revised) == (first.published, made.time[0])
    assert (first.revised, f"on {made.time[0].day} November" in story(outbox.parcel_of(house, second)).corrected) == (
        None,
        True,
    )
    outbox.run(house)
    assert (second.revision, second.correction, second.published) == (2, "It was the tide of six.", first.published)
    assert sorted(post.sent) == [
        ("Mail", "agnes@ferro.example", 1), ("Mail", "agnes@ferro.example", 2),
        ("Mail", "x@partner.example", 1), ("Mail", "x@partner.example", 2),
    ]  # fmt: skip
    with pytest.raises(Problem, match="nothing_changed"):
        publishing.correct(house, first.id, "Again", {"scene": "They plan by the tide of six."})
    with pytest.raises(Problem, match="correction_missing"):
        publishing.correct(house, first.id, " ", {"scene": "Other"})


def test_two_devices_that_write_the_next_revision_at_once_lose_neither(house: House, post: Post) -> None:
    first = published(house)
    outbox.run(house)
    bodies = []
    for scene in ("By the tide of six.", "By the tide of seven.", "By the tide of seven."):
        body: dict[str, Any] = {"takeaway": {}, "deliveries": []}
        new = replace(first, revision=2, scene=scene, correction="The hour")
        body["takeaway"] = publishing.to_json(new)
        bodies.append(body)
    for number, body in enumerate(bodies):
        with house.device() as device:
            device.queue.put(publishing.Command(f"c{number}", "takeaway", body, house.clock()))
        cross(house)
        outbox.run(house)
    newest = composing.find(house, first.id)
    assert (newest.revision, newest.scene) == (3, "By the tide of seven.")
    assert [revision for _, _, revision in post.sent] == [1, 2, 3], "the same words are no revision of their own"


def test_a_correction_meets_a_withdrawal_and_nothing_comes_back(house: House, post: Post) -> None:
    first = published(house)
    outbox.run(house)
    publishing.withdraw(house, first.id, "Told in confidence")
    late = publishing.to_json(replace(first, revision=2, scene="New words"))
    with house.device() as device:
        device.queue.put(publishing.Command("late", "takeaway", {"takeaway": late, "deliveries": []}, house.clock()))
    cross(house)
    outbox.run(house)
    newest = composing.find(house, first.id)
    assert (newest.withdrawn is None, newest.scene, newest.withdrawn_why) == (False, "New words", "Told in confidence")
    assert {(to, revision) for _, to, revision in post.sent} == {
        ("agnes@ferro.example", 1), ("agnes@ferro.example", WITHDRAWAL), ("rosa@ferro.example", WITHDRAWAL)
    }  # fmt: skip
    again = published(house)
    assert again.id != first.id, "what is told after a withdrawal is another takeaway"


def test_who_was_sent_it_is_told_of_the_withdrawal_and_who_was_not_is_not(house: House, post: Post) -> None:
    order = Order(("Mail",), ("agnes@ferro.example", "list@ferro.example"), outside_ok=True)
    first = published(house, order=order)
    post.trouble = [Problem("mail_refused", host="h", status="550", reason="no")]
    outbox.run(house)
    assert [to for _, to, _ in post.sent] == ["list@ferro.example"]
    publishing.withdraw(house, first.id)
    outbox.run(house, retry=True)
    outbox.run(house, retry=True)
    told = [to for _, to, revision in post.sent if revision == WITHDRAWAL]
    # The host had the whole text in a letter.
    assert sorted(told) == ["list@ferro.example", "rosa@ferro.example"]


def test_expired_it_leaves_readers_and_stays_with_its_author_who_can_prolong(house: House, made: Made) -> None:
    takeaway = published(house, changes={"expires": date(2026, 12, 1)})
    made.time[0] += timedelta(days=30)
    assert reading(replace(house, me="agnes@ferro.example")).rows == ()
    assert [row.state for row in reading(house).rows] == ["expired"]
    with pytest.raises(Problem, match="prolong_not_yours"):
        publishing.prolong(as_(house, "agnes@ferro.example"), takeaway.id, date(2027, 3, 1))
    with pytest.raises(Problem, match="expiry_too_long"):
        publishing.prolong(house, takeaway.id, date(2029, 3, 1))
    assert publishing.prolong(house, takeaway.id, date(2027, 3, 1)).expires == date(2027, 3, 1)
    assert [row.state for row in reading(replace(house, me="agnes@ferro.example")).rows] == ["out"]


def test_published_again_it_keeps_its_last_day(house: House, made: Made) -> None:
    first = published(house)
    made.time[0] += timedelta(days=40)
    assert published(house).expires == first.expires == date(2027, 11, 21)


def test_a_first_opening_crosses_once_and_without_a_person(house: House) -> None:
    takeaway = published(house)
    reader = as_(house, "agnes@ferro.example")
    for _ in range(3):
        publishing.mark_read(reader, takeaway.id)
    publishing.mark_read(reader, "gone")
    with house.device(write=False) as device:
        waiting = [(c.kind, c.body) for c in device.queue.waiting()]
    assert waiting == [("opening", {"id": takeaway.id}), ("opening", {"id": "gone"})]
    with house.workspace(write=False) as tx:
        before = len(tx.programme.entries())
    cross(reader)
    with house.workspace(write=False) as tx:
        assert (tx.takeaways.openings(), len(tx.programme.entries())) == ({takeaway.id: 1}, before)


def test_killed_anywhere_the_letters_come_with_the_takeaway_and_once(house: House, made: Made) -> None:
    for point in range(1, 40):
        fate = Fate(dies_at=point)
        try:
            published(fated(house, fate), "company", changes={"matters": f"Number {point}"})
            break
        except KilledError:
            with house.workspace(write=False) as tx:
                told = {(x.about, x.facts["revision"]) for x in tx.letters.all() if x.kind == "host_notice"}
                kept = {(t.id, t.revision) for t in tx.takeaways.all()}
                assert kept <= told, f"point {point}: a takeaway without its letter"
            with house.device(write=False) as device:
                waits = [c.body["takeaway"]["matters"] for c in device.queue.waiting()]
            cross(house)
            stands = {t.matters for t in composing.all_of(house)}
            assert set(waits) <= stands, "what was kept on the device arrives"
    else:
        raise AssertionError("it never came to an end")
    assert point > 4


def test_nobody_else_finds_what_is_not_theirs(house: House) -> None:
    mine, teams = published(house, "me", Order()), published(house)
    waiting = published(house, "company", Order())
    everyone = {t.id for t in composing.all_of(as_(house, "ola@ferro.example"))}
    assert everyone == {mine.id, teams.id, waiting.id}
    hidden = composing.find(as_(house, "ola@ferro.example"), mine.id)
    assert (hidden.headline, hidden.quote, hidden.scene) == ("They plan by the tide", "", "")
    assert [t.id for t in composing.all_of(as_(house, "agnes@ferro.example"))] == [teams.id]
    for takeaway in (mine, teams, waiting):
        with pytest.raises(Problem, match="takeaway_unknown"):
            composing.find(as_(house, "lev@ferro.example"), takeaway.id)
    assert len(composing.all_of(as_(house, ""))) == 0


def test_home_quotes_only_what_is_there_to_read(house: House, made: Made) -> None:
    with house.workspace() as tx:
        past = tx.meetings.get(MEETING)
        assert past is not None
        coming = made.time[0] + timedelta(days=3)
        tx.meetings.put(replace(past, id="next", uid="next", start=coming, end=coming + timedelta(hours=1)))
        tx.seats.add(Evidence("e", "next", "agnes", "self", "accepted", "agnes", made.time[0]))
    agnes = as_(house, "agnes@ferro.example")
    published(house, "me", Order())
    published(house, "company", Order())
    upcoming = home(agnes).next
    assert upcoming is not None
    assert upcoming.quote == "", "one is for its author, one waits for its host"
    published(house)
    upcoming = home(agnes).next
    assert upcoming is not None
    assert upcoming.quote == "We lose a crew day."


def test_the_meetings_own_host_is_asked_where_the_customer_has_none(house: House) -> None:
    with house.workspace() as tx:
        tx.people.put(replace(LEV, role="host"))
    hosted_by(house, "", "lev@ferro.example")
    published(house)
    assert letters(house) == [("host_copy", "lev@ferro.example")]
    with house.workspace() as tx:
        tx.people.put(replace(LEV, role="host", end=date(2026, 11, 1)))
    published(house, changes={"matters": "Cash"})
    assert letters(house) == [("host_copy", "lev@ferro.example")], "who has left is told nothing"
