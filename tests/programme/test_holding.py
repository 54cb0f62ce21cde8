"""Yes, hold, let go: by whom, what waits meanwhile, and what is written down."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.basics.errors import Problem
from companion.programme import composing, holding, outbox, publishing
from companion.programme.apply import cross
from companion.programme.model import AuditEntry, House
from companion.programme.publishing import Order
from companion.programme.views.reading import reading
from companion.takeaways.audience import judges, may_hold
from companion.takeaways.model import Takeaway
from companion.words.problems import SENTENCES
from fakes.house import AGNES, DANA, KESTREL, LEV, ROSA, Made
from fakes.post import MEETING, OPS, Post, as_, ready

MAIL = Order(("Mail", "Site"), ("agnes@ferro.example",))


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def house(made: Made, post: Post) -> House:
    return ready(made, post)


@pytest.fixture
def rosa(house: House) -> House:
    """The host, at her own machine."""
    return as_(house, "rosa@ferro.example")


def published(house: House, audience: str = "company", **more: object) -> Takeaway:
    return publishing.publish(house, MEETING, "By the tide", audience, MAIL, **more)  # type: ignore[arg-type]


def audit(house: House) -> list[AuditEntry]:
    with house.workspace(write=False) as tx:
        return [entry for entry in tx.programme.entries() if entry.what.startswith(("takeaway.", "command."))]


def test_held_while_it_waits_nothing_goes_until_it_is_let_go(house: House, rosa: House, made: Made, post: Post) -> None:
    takeaway = published(house)
    outbox.run(house)
    held = holding.hold(rosa, takeaway.id, "The name of the ship")
    assert (held.held_by, held.held_why) == ("Rosa Vidal", "The name of the ship")
    made.time[0] += timedelta(days=2)
    outbox.run(house)
    assert (post.sent, post.shown) == ([], {})
    assert ("held", "dana@ferro.example") in post.letters
    assert [row.state for row in reading(house).rows] == ["held"]
    assert reading(replace(house, me="agnes@ferro.example")).rows == ()
    holding.let_go(rosa, takeaway.id)
    outbox.run(house)
    assert (post.sent, post.shown) == ([("Mail", "agnes@ferro.example", 1)], {"Site": ["By the tide"]})


def test_held_after_it_went_out_the_site_lets_go_of_it_and_takes_it_back(
    house: House, rosa: House, made: Made, post: Post
) -> None:
    takeaway = published(house)
    outbox.run(house)
    made.time[0] += timedelta(days=2)
    outbox.run(house)
    holding.hold(rosa, takeaway.id, "")
    outbox.run(house)
    assert post.shown == {"Site": []}
    # A correction meanwhile does not let it go: its host does.
    publishing.correct(house, takeaway.id, "Without the ship", {"scene": "They plan by the moon."})
    outbox.run(house)
    assert (post.shown, len(post.sent)) == ({"Site": []}, 1)
    holding.let_go(rosa, takeaway.id)
    outbox.run(house)
    assert post.shown == {"Site": ["By the tide"]}
    assert sorted(revision for _, _, revision in post.sent) == [1, 2]


def test_held_twice_and_let_go_twice_is_once(house: House, rosa: House) -> None:
    takeaway = published(house)
    first = holding.hold(rosa, takeaway.id, "One")
    assert holding.hold(as_(house, "ola@ferro.example"), takeaway.id, "Two") == first
    holding.let_go(rosa, takeaway.id)
    assert holding.let_go(rosa, takeaway.id).held is None
    assert [(e.what, e.who, e.why) for e in reversed(audit(house))] == [
        ("takeaway.held", "rosa@ferro.example", "One"), ("takeaway.let_go", "rosa@ferro.example", "One"),
    ]  # fmt: skip


def test_every_decision_is_written_down_with_how_it_stood(house: House, rosa: House) -> None:
    takeaway = published(house)
    holding.agree(rosa, takeaway.id)
    publishing.withdraw(rosa, takeaway.id, "Told in confidence")
    told = [(e.what, e.old.split()[0], e.new.split()[0], e.why) for e in reversed(audit(house))]
    assert told == [
        ("takeaway.agreed", "waiting", "out", ""),
        ("takeaway.withdrawn", "out", "withdrawn", "Told in confidence"),
    ]
    assert all(takeaway.id in entry.new and entry.who == "rosa@ferro.example" for entry in audit(house))


def test_the_host_says_yes_and_it_goes_out_before_its_day(house: House, rosa: House, post: Post) -> None:
    takeaway = published(house)
    holding.agree(rosa, takeaway.id)
    outbox.run(house)
    assert post.sent == [("Mail", "agnes@ferro.example", 1)]


def test_a_yes_is_for_the_words_that_were_seen(house: House, rosa: House) -> None:
    with house.workspace() as tx:
        tx.customers.put(replace(KESTREL, nda=True, segment="shipping"))
    first = published(house)
    publishing.send(house, replace(first, scene="They plan by the moon."), Order())
    with pytest.raises(Problem, match="agree_other_revision"):
        holding.agree(rosa, first.id, revision=1)
    assert composing.find(house, first.id).needs_yes
    assert not holding.agree(rosa, first.id, revision=2).needs_yes
    # What was agreed to and is put right waits again, and rests meanwhile.
    assert publishing.correct(house, first.id, "The tide", {"scene": "By the tide."}).needs_yes


def test_by_letter_the_host_decides_from_the_desk(house: House, post: Post) -> None:
    takeaway = published(house, review=True)
    desk = as_(house, "ola@ferro.example")
    assert not holding.agree(desk, takeaway.id, by="Rosa@Ferro.example").needs_yes
    with pytest.raises(Problem, match="hold_not_yours"):
        holding.hold(desk, takeaway.id, "", by="lev@ferro.example")
    with pytest.raises(Problem, match="hold_not_yours"):
        holding.hold(desk, takeaway.id, "", by="x@partner.example")
    assert audit(house)[0].who == "rosa@ferro.example"


@pytest.mark.parametrize("kind", ["hold", "let_go", "agree", "withdraw", "prolong"])
def test_who_may_not_is_refused_with_a_sentence(house: House, rosa: House, kind: str) -> None:
    takeaway = published(house, review=True)
    if kind == "let_go":
        holding.hold(rosa, takeaway.id, "")
    stranger = as_(house, "lev@ferro.example")
    more = {"until": "2027-01-01"} if kind == "prolong" else {}
    with pytest.raises(Problem, match=f"{kind}_not_yours"):
        holding.decide(stranger, kind, takeaway.id, **more)
    assert f"{kind}_not_yours" in SENTENCES
    with house.device(write=False) as device:
        assert device.queue.waiting() == []


def test_rights_that_went_while_a_command_waited_count_when_it_crosses(house: House) -> None:
    """Ola of ops holds it, changes jobs before her machine is on the net again, and the hold is refused by then."""
    takeaway = published(house)
    ola = as_(house, "ola@ferro.example")
    body = {"id": takeaway.id, "by": "ola@ferro.example", "shared": True, "why": "Hm"}
    with house.device() as device:
        device.queue.put(publishing.Command("late", "hold", body, house.clock()))
    with house.workspace() as tx:
        tx.people.put(replace(OPS, role="staff"))
    cross(ola)
    assert composing.find(house, takeaway.id).held is None
    assert (audit(house)[0].what, audit(house)[0].why) == ("command.refused", "hold_not_yours")
    with house.device(write=False) as device:
        assert device.queue.waiting() == []


def test_an_author_lets_go_of_what_the_author_held_and_of_nothing_else(house: House, rosa: House) -> None:
    takeaway = published(house)
    dana = as_(house, "dana@ferro.example")
    holding.hold(dana, takeaway.id, "Let me look again")
    assert holding.let_go(dana, takeaway.id).held is None
    holding.hold(rosa, takeaway.id, "No")
    with pytest.raises(Problem, match="let_go_not_yours") as told:
        holding.let_go(dana, takeaway.id)
    assert told.value.facts["who"] == "Rosa Vidal"
    with pytest.raises(Problem, match="agree_not_yours"):
        holding.agree(dana, takeaway.id)


def test_the_hosts_hold_takes_the_place_of_the_authors_own(house: House, rosa: House, made: Made, post: Post) -> None:
    takeaway = published(house)
    dana = as_(house, "dana@ferro.example")
    holding.hold(dana, takeaway.id, "A slip of the pen")
    assert holding.hold(rosa, takeaway.id, "They forbid it").held_why == "They forbid it"
    with pytest.raises(Problem, match="let_go_not_yours"):
        holding.let_go(dana, takeaway.id)
    assert holding.hold(dana, takeaway.id, "Mine again").held_by == "Rosa Vidal"
    made.time[0] += timedelta(days=2)
    outbox.run(house)
    assert (post.sent, post.letters.count(("held", "dana@ferro.example"))) == ([], 1)


def test_of_two_with_one_name_only_who_held_it_lets_go(house: House) -> None:
    takeaway = published(house)
    other = replace(DANA, id="dana2", email="dana2@ferro.example", aliases=())
    with house.workspace() as tx:
        tx.people.put(other)
    holding.hold(as_(house, "dana@ferro.example"), takeaway.id, "")
    with pytest.raises(Problem, match="let_go_not_yours"):
        holding.let_go(as_(house, other.email), takeaway.id)


@pytest.mark.parametrize("kind", ["hold", "let_go", "agree", "withdraw", "prolong"])
def test_who_left_decides_nothing_any_more(house: House, rosa: House, kind: str) -> None:
    takeaway = published(house, review=True)
    if kind == "let_go":
        holding.hold(rosa, takeaway.id, "")
    with house.workspace() as tx:
        tx.people.put(replace(OPS, end=house.clock().date() - timedelta(days=30)))
    more = {"until": "2027-01-01"} if kind == "prolong" else {}
    with pytest.raises(Problem, match=f"{kind}_not_yours"):
        holding.decide(as_(house, OPS.email), kind, takeaway.id, **more)


def test_a_command_that_says_nobody_else_writes_here_is_not_believed(house: House) -> None:
    takeaway = published(house)
    lev = as_(house, "lev@ferro.example")
    body = {"id": takeaway.id, "by": "lev@ferro.example", "shared": False, "why": "Forged"}
    with lev.device() as device:
        device.queue.put(publishing.Command("forged", "hold", body, lev.clock()))
    cross(lev)
    assert composing.find(house, takeaway.id).held is None


@pytest.mark.parametrize("author", ["lev", "dana"])
def test_nobody_writes_in_anothers_name(house: House, author: str) -> None:
    takeaway = published(house)
    lev = as_(house, "lev@ferro.example")
    forged = publishing.to_json(replace(takeaway, scene="Forged", author_id=author))
    with lev.device() as device:
        device.queue.put(publishing.Command("forged", "takeaway", {"takeaway": forged, "deliveries": []}, lev.clock()))
    cross(lev)
    assert composing.find(house, takeaway.id).scene == takeaway.scene
    with lev.device(write=False) as device:  # words are let go of by nobody but their writer
        assert [command.id for command in device.queue.waiting()] == ["forged"]


def test_who_works_alone_decides_alone(house: House) -> None:
    takeaway = published(house, review=True)
    holding.hold(house, takeaway.id, "")
    holding.let_go(house, takeaway.id)
    assert not holding.agree(house, takeaway.id).needs_yes


def test_withdrawn_there_is_nothing_to_decide(house: House, rosa: House) -> None:
    takeaway = published(house)
    publishing.withdraw(house, takeaway.id)
    for decide in (holding.agree, holding.let_go):
        with pytest.raises(Problem, match="takeaway_withdrawn"):
            decide(rosa, takeaway.id)
    assert publishing.withdraw(house, takeaway.id, "Again").withdrawn_why == ""


def test_held_without_a_post_no_letter_waits_for_one(house: House, rosa: House) -> None:
    with house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), post=""))
    takeaway = published(house)
    holding.hold(rosa, takeaway.id, "")
    with house.workspace(write=False) as tx:
        assert tx.letters.all() == []


def test_who_may_hold_and_who_may_say_yes() -> None:
    assert may_hold(ROSA, KESTREL, None)
    assert may_hold(OPS, None, None)
    assert may_hold(DANA, KESTREL, None, "dana")
    assert not may_hold(DANA, KESTREL, None, "lev")
    assert not may_hold(AGNES, KESTREL, None, "dana")
    assert may_hold(AGNES, KESTREL, None, "dana", shared=False)
    everyone = (DANA, LEV, ROSA, AGNES, OPS)
    today = (KESTREL, None, "dana")
    from datetime import date

    day = date(2026, 11, 21)
    assert judges(everyone, *today, day) == (ROSA, OPS)
    assert judges(everyone, KESTREL, None, "rosa", day) == (OPS,)
    assert judges((DANA, ROSA), KESTREL, None, "rosa", day) == (ROSA,), "nobody else is there"
    assert judges((DANA, replace(ROSA, end=date(2026, 1, 1))), KESTREL, None, "dana", day) == ()
