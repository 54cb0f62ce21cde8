"""What every channel that sends promises alike: sent once, told honestly, and shown before as it is sent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.takeaways.code import tag
from companion.takeaways.letters import Letter, LetterParcel
from companion.takeaways.model import MAILS, Parcel, Unsure
from companion.words.problems import sentence
from connectors.publishing.made import a_parcel
from connectors.publishing.ways import KINDS, Way, offline, way
from servers.chat import SECRET
from takeaways.made import NOON

pytestmark = pytest.mark.server
ALL_OF_IT = ("headline", "scene", "quote", "quote_role", "goal", "matters", "will_do", "question", "customer_name")


def parcel(**changes: object) -> Parcel:
    return a_parcel(recipient="agnes@ferro.example", **changes)


def problem_of(made: Way, told: Parcel) -> Problem:
    """The problem of one send: a whole sentence, and no secret in it wherever one looks."""
    with pytest.raises(Problem) as caught:
        made.driver.send(told)
    error: BaseException | None = caught.value
    said = sentence(caught.value)
    assert "{" not in said
    assert "went wrong" not in said
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        assert SECRET not in repr(error) + str(error) + repr(vars(error)) + said
        request = getattr(error, "_request", None)
        assert request is None or SECRET not in str(request.url)
        error = error.__cause__ or error.__context__
    return caught.value


@pytest.fixture(params=KINDS)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    with way(request.param, tmp_path) as opened:
        yield opened


def test_the_whole_takeaway_arrives_once(made: Way) -> None:
    made.driver.send(parcel())
    [arrived] = made.arrived()
    arrived = unescape(arrived)
    for field in ALL_OF_IT:
        assert getattr(parcel().takeaway, field) in arrived, field
    assert tag(parcel().takeaway.id) in arrived or made.kind in MAILS  # a mail has it in its subject


def test_the_preview_is_what_is_sent(made: Way) -> None:
    shown = made.driver.preview(parcel())
    made.driver.send(parcel())
    [arrived] = made.arrived()
    if made.kind in MAILS:
        assert shown.text.strip() in arrived.replace("\r\n", "\n")
    if shown.html:
        assert shown.html.replace("\r\n", "\n").strip() in arrived.replace("\r\n", "\n")
    if made.kind in ("teams", "slack"):
        said = [part for part in shown.text.split("\n\n") if "A question" not in part]  # what stands on buttons
        for part in said:
            assert part.strip().strip("“”") in unescape(arrived).replace("> ", ""), part


def test_a_correction_says_what_it_puts_right(made: Way) -> None:
    made.driver.send(parcel(revision=2, correction="It is the whole yard, not only the slip."))
    assert "It is the whole yard, not only the slip." in made.arrived()[0]


def test_a_withdrawal_says_so_and_nothing_of_what_was_told(made: Way) -> None:
    withdrawn = parcel(withdrawn=NOON + timedelta(days=1), withdrawn_why="Told in confidence.")
    made.driver.retract(withdrawn)
    [arrived] = made.arrived()
    assert "Told in confidence." in arrived
    for field in ALL_OF_IT:
        assert getattr(withdrawn.takeaway, field) not in unescape(arrived), field
    shown = made.driver.preview(withdrawn)
    assert "Told in confidence." in shown.text
    assert withdrawn.takeaway.headline not in shown.text + shown.html


def test_an_answer_lost_after_the_message_is_unsure(made: Way) -> None:
    made.breaks("cut_after")
    with pytest.raises(Unsure):
        made.driver.send(parcel())
    assert len(made.arrived()) == 1  # it did arrive, and nobody could know


@pytest.mark.parametrize("how", ["busy", "error"])
def test_not_now_is_not_sent_and_may_be_tried_again(made: Way, how: str) -> None:
    made.breaks(how)
    problem = problem_of(made, parcel())
    assert "final" not in problem.facts
    assert made.arrived() == []
    if how == "busy" and made.kind != "smtp":
        assert (problem.code, problem.facts["after"]) == ("channel_busy", 30)


def test_a_final_no_is_told_as_final(made: Way) -> None:
    made.breaks("final")
    assert problem_of(made, parcel()).facts["final"] == "1"
    assert made.arrived() == []


@pytest.mark.parametrize("how", ["lost_gateway"])
def test_a_gateway_that_gave_up_leaves_it_open(made: Way, how: str) -> None:
    if made.kind == "smtp":
        pytest.skip("mail has no gateways")
    made.breaks(how)
    with pytest.raises(Unsure):
        made.driver.send(parcel())


@pytest.mark.parametrize("how", ["proxy_page", "redirect"])
def test_what_stands_between_is_not_taken_for_the_service(made: Way, how: str) -> None:
    if made.kind == "smtp":
        pytest.skip("mail has no web pages")
    made.breaks(how)
    assert problem_of(made, parcel()).code in ("channel_proxy", "webhook_moved")
    assert made.arrived() == []


@pytest.mark.parametrize("kind", KINDS)
def test_offline_is_surely_not_sent(kind: str, tmp_path: Path) -> None:
    for driver in offline(kind, tmp_path):
        for call in (driver.send, driver.retract):
            with pytest.raises(Problem) as caught:
                call(parcel())
            assert caught.value.code == ("mail_unreachable" if kind == "smtp" else "channel_unreachable")
            assert "secret-8842" not in repr(caught.value) + sentence(caught.value)


def test_a_test_reaches_no_reader(made: Way) -> None:
    made.driver.test()
    assert made.arrived() == []


def test_letters_go_by_mail_alone(made: Way) -> None:
    letter = Letter("l1", "held", "ines@ferro.example", parcel().takeaway.id, NOON, NOON, {"by": "Rosa", "why": "Ask."})
    told = LetterParcel(letter, "Ines Prado", programme="Ferro", parcels=(parcel(),))
    if made.kind in MAILS:
        made.driver.write(told)
        assert len(made.arrived()) == 1
    else:
        with pytest.raises(Problem, match="channel_writes_no_letters"):
            made.driver.write(told)


@pytest.mark.parametrize("language", ["it", "pl", "vi"])
def test_a_very_long_takeaway_is_cut_after_a_sentence_and_says_so(made: Way, language: str) -> None:
    long = parcel(scene="They plan by the tide & the wind. " * 3_000, matters="Vì “nước” <quan trọng>. " * 900)
    made.driver.send(replace(long, language=language))
    [arrived] = made.arrived()
    if made.kind in MAILS:
        assert arrived.count("They plan by the tide") > 3_000  # whole in every body
    else:
        assert len(arrived.encode()) < 22_000
        assert parcel().takeaway.question in arrived
        assert tag(parcel().takeaway.id) in arrived
        assert "…" in arrived
