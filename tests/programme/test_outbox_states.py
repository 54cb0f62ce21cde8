"""What waits, what is over, what only one channel suffers from: each delivery in a state with a sentence."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.programme import channels, outbox
from companion.programme.model import House, WorkspaceTx
from companion.takeaways.model import Channel, Takeaway, Unsure
from companion.words.desk import waits
from companion.words.publishing import delivery_sentence
from fakes.house import Made
from fakes.sending import Ways, house_with, promised, told

AGNES, LEV, ROSA = "agnes@ferro.example", "lev@ferro.example", "rosa@ferro.example"


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def house(made: Made, ways: Ways) -> House:
    return house_with(made.house, ways, "Mail", "Slow")


def states(house: House) -> dict[tuple[str, int], tuple[str, str]]:
    return {(d.recipient, d.revision): (d.state, d.trouble) for d, _, _ in outbox.all_of(house)}


def sentences(house: House) -> list[str]:
    return [delivery_sentence(delivery) for delivery, _, _ in outbox.all_of(house)]


@pytest.mark.parametrize(
    ("news", "why"),
    [
        ({"out_at": datetime(2026, 11, 24, 9, 15, tzinfo=UTC)}, "It waits until Tuesday, 24 November, 10:15"),
        ({"out_at": datetime(2026, 11, 21, 20, tzinfo=UTC)}, "It waits until 21:00 today"),
        ({"needs_yes": True}, "It waits for a yes"),
        ({"held": datetime(2026, 11, 21, tzinfo=UTC), "held_by": ROSA}, f"It is held by {ROSA}"),
    ],
)
def test_what_is_not_out_waits_and_says_why(
    house: House, made: Made, ways: Ways, news: dict[str, object], why: str
) -> None:
    takeaway = told(house, **news)
    promised(house, takeaway, "Mail", AGNES)
    outbox.run(house, retry=True)
    assert (ways["Mail"].sent, states(house)[(AGNES, 1)][0]) == ([], "pending")
    assert waits(takeaway, made.time[0], "Europe/Amsterdam").startswith(why)
    told(house)
    outbox.run(house)
    assert ways["Mail"].sent == [(AGNES, 1)]


def test_held_in_the_moment_it_would_go_it_does_not_go(house: House, ways: Ways, made: Made) -> None:
    promised(house, told(house), "Mail", AGNES, LEV)
    ways["Mail"].each = lambda: told(house, held=made.time[0]) and None
    outbox.run(house)
    assert len(ways["Mail"].sent) == 1
    assert sorted(state for state, _ in states(house).values()) == ["pending", "sent"]


def test_withdrawn_between_our_look_and_our_claim_it_is_not_sent(house: House, ways: Ways, made: Made) -> None:
    """As two machines on one server can do it: whoever withdraws sees nothing on its way, so nobody would be told."""
    takeaway = told(house)
    promised(house, takeaway, "Mail", AGNES)
    begin = house.workspace
    claims: list[str] = []

    @contextmanager
    def workspace(*, write: bool = True) -> Iterator[WorkspaceTx]:
        with begin(write=write) as tx:
            yield tx
            claimed = write and any(d.state == "sending" for d in tx.takeaways.deliveries())
        if claimed and not claims:
            claims.append("claimed")
            told(house, withdrawn=made.time[0])

    outbox.run(replace(house, workspace=workspace))
    assert (claims, ways["Mail"].sent) == (["claimed"], [])
    outbox.run(house)
    assert states(house)[(AGNES, 1)] == ("withdrawn", "withdrawn_before")


def test_an_older_revision_never_goes_after_a_newer_one(house: House, made: Made, ways: Ways) -> None:
    first = told(house)
    promised(house, first, "Mail", AGNES)
    promised(house, first, "Mail", LEV, state="failed", tries=1, trouble="mail_later", since=made.time[0])
    promised(house, told(house, revision=2), "Mail", AGNES, LEV)
    outbox.run(house, retry=True)
    assert sorted(ways["Mail"].sent) == [(AGNES, 2), (LEV, 2)]
    assert states(house)[(AGNES, 1)] == states(house)[(LEV, 1)] == ("withdrawn", "superseded_before")
    assert "never sent. A newer version took its place before it could go out." in sentences(house)


def test_whoever_got_it_hears_once_that_it_was_withdrawn_and_nobody_else(house: House, made: Made, ways: Ways) -> None:
    takeaway = told(house, withdrawn=made.time[0])
    promised(house, takeaway, "Mail", AGNES, state="sent")
    promised(house, takeaway, "Mail", LEV)
    promised(house, takeaway, "Mail", AGNES, revision=0)
    outbox.run(house)
    outbox.run(house, retry=True)
    assert ways["Mail"].sent == [(AGNES, 0)]
    assert states(house) == {
        (AGNES, 1): ("sent", ""), (AGNES, 0): ("sent", ""), (LEV, 1): ("withdrawn", "withdrawn_before"),
    }  # fmt: skip


def test_shown_for_longer_after_its_day_it_goes_out_after_all(house: House, ways: Ways) -> None:
    promised(house, told(house, expires=date(2026, 11, 20)), "Mail", AGNES)
    outbox.run(house)
    told(house, expires=date(2027, 11, 20))
    for _ in range(2):
        outbox.run(house)
    assert (ways["Mail"].sent, states(house)[(AGNES, 1)]) == ([(AGNES, 1)], ("sent", ""))


@pytest.mark.parametrize(
    ("news", "word"), [({"team": "People"}, "reader_elsewhere"), ({"end": date(2026, 11, 20)}, "reader_left")]
)
def test_a_teams_words_go_to_nobody_who_left_the_team_or_the_firm(
    house: House, ways: Ways, made: Made, news: dict[str, object], word: str
) -> None:
    promised(house, told(house, audience="team:Finance"), "Mail", AGNES)
    with house.workspace() as tx:
        agnes = tx.people.by_address(AGNES)
        assert agnes
        tx.people.put(replace(agnes, **news))  # type: ignore[arg-type]
    outbox.run(house)
    assert (ways["Mail"].sent, states(house)[(AGNES, 1)]) == ([], ("withdrawn", word))
    assert sentences(house)[0].startswith("never sent. ")
    promised(house, told(house, audience="team:Finance", withdrawn=made.time[0]), "Mail", AGNES, revision=0)
    outbox.run(house)
    assert ways["Mail"].sent == [(AGNES, 0)], "that it was withdrawn tells nothing of it"


def test_looked_at_before_another_machine_tried_it_ends_as_sent(house: House, ways: Ways) -> None:
    promised(house, told(house), "Mail", AGNES)
    stale = outbox.look(house)
    ways["Mail"].next = [Problem("mail_later", host="mail.example", status=451, reason="later")]
    outbox.deliver(house)
    assert states(house)[(AGNES, 1)][0] == "failed"
    outbox._Round(house, stale, Ticket()).send_all()
    assert (ways["Mail"].sent, states(house)[(AGNES, 1)]) == ([(AGNES, 1)], ("sent", ""))


def test_past_its_day_it_goes_to_nobody(house: House, ways: Ways) -> None:
    promised(house, told(house, expires=date(2026, 11, 20)), "Mail", AGNES)
    outbox.run(house)
    assert (ways["Mail"].sent, states(house)[(AGNES, 1)]) == ([], ("withdrawn", "expired_before"))


@pytest.mark.parametrize("code", ["mail_unreachable", "channel_unreachable", "channel_host_unknown", "channel_silent"])
def test_with_the_network_away_one_try_is_made_and_all_of_it_goes_later(
    house: House, made: Made, ways: Ways, code: str
) -> None:
    promised(house, told(house), "Mail", AGNES, LEV, ROSA)
    ways["Mail"].always = Problem(code, host="mail.example", port=587, reason="no route", name="Mail")
    tried = outbox.run(house)
    assert (ways["Mail"].asked, len(tried)) == (1, 3), "400 readers are not 400 time-outs"
    assert {state for state, _ in states(house).values()} == {"pending"}
    assert sentences(house)[0].startswith("waiting to go out. ")
    assert sentences(house)[0].endswith("It goes out later by itself.")
    outbox.run(house)
    assert ways["Mail"].asked == 1, "not asked again at once"
    ways["Mail"].always = None
    made.time[0] += timedelta(minutes=2)
    outbox.run(house)
    assert len(ways["Mail"].sent) == 3


def test_one_bad_recipient_holds_up_nobody(house: House, ways: Ways) -> None:
    promised(house, told(house), "Mail", AGNES, LEV, ROSA)
    ways["Mail"].next = [Problem("mail_refused", host="h", status=550, reason="no such user", final="1")]
    outbox.run(house)
    assert sorted(state for state, _ in states(house).values()) == ["failed", "sent", "sent"]
    assert any(line.endswith("It is not tried again by itself.") for line in sentences(house))


def test_what_is_final_is_tried_again_only_when_somebody_asks(house: House, made: Made, ways: Ways) -> None:
    promised(house, told(house), "Mail", AGNES)
    ways["Mail"].next = [Problem("mail_refused", host="h", status=550, reason="no such user", final="1")]
    outbox.run(house)
    made.time[0] += timedelta(days=9)
    outbox.run(house)
    assert ways["Mail"].sent == []
    outbox.run(house, retry=True)
    assert ways["Mail"].sent == [(AGNES, 1)]


def test_a_service_that_names_a_moment_is_asked_no_earlier(house: House, made: Made, ways: Ways) -> None:
    promised(house, told(house), "Mail", AGNES, LEV)
    ways["Mail"].next = [Problem("channel_busy", name="Mail", host="h", after=3600)]
    outbox.run(house)
    assert ways["Mail"].asked == 1, "the others wait as well"
    made.time[0] += timedelta(minutes=59)
    outbox.run(house, retry=True)
    assert ways["Mail"].asked == 1
    made.time[0] += timedelta(minutes=2)
    outbox.run(house)
    assert sorted(ways["Mail"].sent) == [(AGNES, 1), (LEV, 1)]


def test_what_another_machine_has_the_secret_of_waits_for_it_without_counting(house: House, ways: Ways) -> None:
    promised(house, told(house), "Mail", AGNES)
    ways["Mail"].always = Problem("channel_elsewhere", name="Mail", how="…")
    for _ in range(9):
        outbox.run(house)
    assert states(house)[(AGNES, 1)] == ("pending", "channel_elsewhere")
    ways["Mail"].always = None
    outbox.run(house)
    assert ways["Mail"].sent == [(AGNES, 1)]


def test_a_slow_channel_keeps_no_other_waiting(house: House, made: Made, ways: Ways) -> None:
    def takes(seconds: int) -> Callable[[], None]:
        def pass_() -> None:
            made.time[0] += timedelta(seconds=seconds)

        return pass_

    takeaway = told(house)
    readers = [f"reader{at}@ferro.example" for at in range(30)]
    promised(house, takeaway, "Mail", *readers)
    promised(house, takeaway, "Slow", *readers)
    ways["Slow"].each, ways["Mail"].each = takes(30), takes(1)
    began = made.time[0]
    outbox.run(house)
    assert len(ways["Mail"].sent) == 30, "all of the quick one's"
    assert 0 < len(ways["Slow"].sent) < 30
    assert made.time[0] - began < timedelta(minutes=6), "the rest goes with the next run"
    while len(ways["Slow"].sent) < 30:
        outbox.run(house)
    assert len(set(ways["Slow"].sent)) == 30


def test_a_fault_of_ours_leaves_it_open_and_the_others_go(house: House, ways: Ways) -> None:
    promised(house, told(house), "Mail", AGNES, LEV)
    ways["Mail"].next = [ValueError("a word of the customer's")]
    outbox.run(house)
    assert sorted(state for state, _ in states(house).values()) == ["sent", "unknown"]
    log = house.paths.log.read_text()
    assert "ValueError" in log
    assert "a word of the customer's" not in log


def test_whoever_looked_says_what_became_of_it(house: House, ways: Ways) -> None:
    takeaway = told(house)
    promised(house, takeaway, "Mail", AGNES, LEV)
    ways["Mail"].next = [Unsure(), Unsure()]
    outbox.run(house)
    assert len(ways["Mail"].sent) == 2
    outbox.it_arrived(house, takeaway.id, AGNES)
    outbox.send_again(house, takeaway.id, LEV)
    outbox.run(house)
    assert {state for state, _ in states(house).values()} == {"sent"}
    assert [to for to, _ in ways["Mail"].sent].count(AGNES) == 1
    with pytest.raises(Problem) as caught:
        outbox.it_arrived(house, takeaway.id, AGNES)
    assert caught.value.code == "delivery_not_unknown"


def test_what_goes_to_a_channel_is_asked_for_by_its_name(house: House, ways: Ways) -> None:
    with house.workspace() as tx:
        tx.takeaways.put_channel(Channel("c", "Room", "teams"))
    takeaway = told(house)
    promised(house, takeaway, "Room", "", state="unknown")
    assert outbox.send_again(house, takeaway.id, "Room").state == "pending"
    outbox.run(house)
    assert ways["Room"].sent == [("", 1)]


@pytest.fixture
def place(house: House, ways: Ways) -> Takeaway:
    with house.workspace() as tx:
        tx.takeaways.put_channel(Channel("site", "Site", "site", {}, "company"))
    takeaway = told(house)
    promised(house, takeaway, "Site", "")
    outbox.run(house)
    assert ways["Site"].shown == [("Headline t1",)]
    return takeaway


def test_a_place_lets_go_of_what_is_held_and_takes_it_back_when_it_is_let_go(
    house: House, made: Made, ways: Ways, place: Takeaway
) -> None:
    with house.workspace() as tx:
        tx.takeaways.put(replace(place, held=made.time[0]))
    outbox.run(house)
    outbox.run(house)
    assert (ways["Site"].shown[1:], states(house)[("", 1)]) == ([()], ("pending", ""))
    with house.workspace() as tx:
        tx.takeaways.put(place)
    outbox.run(house)
    assert (ways["Site"].shown[-1], states(house)[("", 1)]) == (("Headline t1",), ("sent", ""))


def test_while_a_correction_waits_for_a_yes_the_place_shows_neither(house: House, ways: Ways, place: Takeaway) -> None:
    corrected = told(house, revision=2, needs_yes=True)
    promised(house, corrected, "Site", "")
    outbox.run(house)
    assert ways["Site"].shown[-1] == ()
    assert states(house) == {("", 1): ("withdrawn", "superseded"), ("", 2): ("pending", "")}
    told(house, revision=2)
    outbox.run(house)
    assert (ways["Site"].shown[-1], states(house)[("", 2)][0]) == (("Headline t1",), "sent")


def test_past_its_day_a_place_shows_it_no_more(house: House, made: Made, ways: Ways, place: Takeaway) -> None:
    told(house, expires=made.time[0].date())
    outbox.run(house)
    assert len(ways["Site"].shown) == 1, "its last day is a day"
    made.time[0] += timedelta(days=1)
    outbox.run(house)
    assert (ways["Site"].shown[-1], states(house)[("", 1)]) == ((), ("withdrawn", "expired"))
    outbox.run(house)
    assert len(ways["Site"].shown) == 2
    told(house, expires=made.time[0].date())
    outbox.run(house)
    outbox.run(house)
    assert ways["Site"].shown[2:] == [("Headline t1",)], "shown for longer after all"


def test_withdrawn_a_place_is_told_and_cleared(house: House, made: Made, ways: Ways, place: Takeaway) -> None:
    told(house, withdrawn=made.time[0])
    outbox.run(house)
    assert (ways["Site"].sent, ways["Site"].shown[-1]) == ([("", 0)], ())
    assert states(house)[("", 1)] == ("withdrawn", "")


def test_an_answer_brings_a_place_up_to_date_and_moves_no_day_of_delivery(
    house: House, made: Made, ways: Ways, place: Takeaway
) -> None:
    since = [delivery.since for delivery, _, _ in outbox.all_of(house)]
    made.time[0] += timedelta(days=2)
    outbox.republish(house)
    assert len(ways["Site"].shown) == 2
    assert [delivery.since for delivery, _, _ in outbox.all_of(house)] == since
    assert outbox.standing_at(house, "site") == 1


def test_a_removed_channel_keeps_what_it_cannot_clear_in_sight(
    house: House, made: Made, ways: Ways, place: Takeaway
) -> None:
    channels.remove(house, "Site")
    told(house, withdrawn=made.time[0])
    for _ in range(3):
        made.time[0] += timedelta(hours=1)
        outbox.run(house)
    assert states(house)[("", 1)] == ("failed", "channel_gone_standing")


def test_trying_one_takeaway_again_leaves_the_others_to_their_turn(house: House, made: Made, ways: Ways) -> None:
    for key in ("t1", "t2"):
        promised(house, told(house, key), "Mail", AGNES, state="failed", tries=1, trouble="mail_later",
                 since=made.time[0])  # fmt: skip
    outbox.run(house, retry=True, about="t2")
    assert {d.takeaway_id: d.state for d, _, _ in outbox.all_of(house)} == {"t1": "failed", "t2": "sent"}


def test_of_two_of_which_nobody_knows_the_one_that_is_meant_is_settled(house: House) -> None:
    takeaway = told(house)
    for channel in ("Mail", "Slow"):
        promised(house, takeaway, channel, AGNES, state="unknown")
    slow = next(d for d, _, channel in outbox.all_of(house) if channel and channel.name == "Slow")
    assert outbox.settle(house, slow, arrived=True).state == "sent"
    standing = {channel.name: d.state for d, _, channel in outbox.all_of(house) if channel}
    assert standing == {"Mail": "unknown", "Slow": "sent"}
    with pytest.raises(Problem, match="delivery_not_unknown"):
        outbox.settle(house, slow, arrived=False)


def test_of_several_of_which_nobody_knows_it_is_said_which(house: House) -> None:
    promised(house, told(house), "Mail", AGNES, state="unknown")
    takeaway = told(house, revision=2)
    promised(house, takeaway, "Mail", AGNES, state="unknown")
    promised(house, takeaway, "Slow", AGNES, state="unknown")
    for to, revision in ((AGNES, None), (AGNES, 2), ("Mail", None)):
        with pytest.raises(Problem, match="delivery_which"):
            outbox.it_arrived(house, takeaway.id, to, revision)
    assert outbox.it_arrived(house, takeaway.id, AGNES, 1).revision == 1
    assert outbox.send_again(house, takeaway.id, f"Slow:{AGNES}").revision == 2
    assert {(d.revision, channel.name, d.state) for d, _, channel in outbox.all_of(house) if channel} == {
        (1, "Mail", "sent"), (2, "Mail", "unknown"), (2, "Slow", "pending"),
    }  # fmt: skip
