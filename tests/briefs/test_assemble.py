"""What goes on a brief, and that it never gets longer than its page."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefs.cases import DANA, KESTREL, LEV, MEETING, MUCH, NOTHING, NOW, ROSA, fact
from companion.briefs.assemble import assemble, expecting, fingerprint
from companion.briefs.codec import brief_from_json, brief_to_json
from companion.briefs.outline import MOST_WORDS, words_on
from companion.calendars.model import Guest
from companion.connectors.brief import render_brief
from companion.customers.memory import ENDS, KINDS, WHO
from companion.customers.model import Contact
from companion.takeaways.gate_text import fold
from companion.takeaways.model import Takeaway
from companion.words.brief import agreement, met
from companion.words.language import LANGUAGES, speaking


def texts(said) -> list[str]:
    return [one.text for one in said]


def test_the_five_lines_are_always_there_and_unknown_stays_visible():
    brief = assemble(NOTHING)
    assert [one.label for one in brief.customer_lines] == list(WHO)
    assert texts(brief.customer_lines) == [""] * 5
    page = render_brief(brief, "en").text
    assert page.count("unknown") == 5 + 1 + 1 + 1, "five lines, goals, what touches the team, a role"
    assert "Mood last time: unknown" in page
    assert brief.quote is None
    assert (brief.promises, brief.avoid, brief.left_out) == ((), (), 0)


def test_what_they_bought_tells_what_they_get_where_nobody_said_it():
    brief = assemble(MUCH)
    assert texts(brief.customer_lines) == [
        "Keeps fourteen plumbing crews supplied.", "Plumbers in two counties.", "The first van is out at 6.31.", "",
        "They were annoyed about September.",
    ]  # fmt: skip
    assert [one.old for one in brief.customer_lines] == [False, False, False, False, True]


def test_the_newest_goals_come_first_and_one_that_was_reached_or_changed_is_none():
    brief = assemble(MUCH)
    assert texts(brief.goals) == ["My Thursday evenings back.", "Sixteen crews by summer.", "To stop counting boxes."]
    assert [one.old for one in brief.goals] == [False, False, True], "older than twelve months"
    assert brief.left_out == 2, "a fourth goal without a day, and what touches another team"
    assert "2 more on the customer's page." in render_brief(brief, "en").text


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_heard_on_a_day_to_come_stands_nowhere(kind):
    topic = "Finance" if kind == "touch" else "does"
    for day, shown in ((NOW.date(), True), (NOW.date() + timedelta(days=1), False)):
        one = fact("x", kind, "A slip of the year.", topic=topic, heard_on=day)
        assert ("A slip of the year." in str(brief_to_json(assemble(replace(NOTHING, facts=(one,)))))) == shown


def test_promises_come_by_their_day_then_by_their_age_with_who_made_them():
    brief = assemble(MUCH)
    assert texts(brief.promises) == ["A second driver.", "One invoice a week.", "A list of each pallet."]
    assert [one.label for one in brief.promises] == ["", "Lev Brandt", "Rosa Vidal"]
    page = render_brief(brief, "en").text
    assert "A second driver.[1] (was due on 20 November)" in page
    assert "Lev Brandt: One invoice a week.[1] (due on 3 December)" in page


def test_what_touches_my_own_team_comes_before_its_department_and_nothing_of_other_teams():
    mine = ["Every delivery is an invoice of its own.", "Two reminders for what was paid."]
    assert texts(assemble(MUCH).team_facts) == mine
    assert texts(assemble(replace(MUCH, person=LEV)).team_facts) == ["Badges at the gate."]
    assert assemble(replace(MUCH, person=replace(DANA, team=""))).team_facts == ()


def test_listening_points_are_of_the_department_and_the_question_is_of_the_meeting():
    mine, other = assemble(MUCH), assemble(replace(MUCH, person=LEV))
    assert len(mine.listen_for) == len(other.listen_for) == 2
    assert mine.listen_for != other.listen_for
    assert mine.habit == other.habit, "of one meeting always the same"
    asked = {assemble(replace(MUCH, meeting=replace(MEETING, id=f"m{n}"))).habit for n in range(60)}
    assert len(asked) == 8, "two of each habit"


def test_the_last_quote_is_exact_and_of_what_this_person_may_read():
    quote = assemble(MUCH).quote
    assert quote
    assert (quote.text, quote.label, quote.source, quote.day) == (
        "We count in minutes.", "the foreman", "Lev Brandt", date(2026, 9, 28),
    )  # fmt: skip
    assert assemble(replace(MUCH, takeaways=())).quote is None
    in_own_words = tuple(replace(one, origins=(("quote", "heard"),)) for one in MUCH.takeaways)
    assert assemble(replace(MUCH, takeaways=in_own_words)).quote is None
    later = fact("q", "quote", "Six o'clock is six o'clock.", heard_on=date(2026, 10, 1))
    assert assemble(replace(MUCH, facts=(*MUCH.facts, later))).quote.text == later.text
    assert assemble(replace(MUCH, facts=(*MUCH.facts, replace(later, may_quote="no")))).quote.text == quote.text


def test_an_off_limits_word_stands_nowhere_but_under_avoid():
    heron = replace(KESTREL, off_limits=("Project Heron",))
    elsewhere = ("goal", "promise", "bought", "front_line", "quote")
    where = [("who", "does"), ("touch", "Finance"), *((kind, "") for kind in elsewhere)]
    told = tuple(fact(f"x{kind}", kind, "They asked about project  HÉRON again.", topic=topic) for kind, topic in where)
    quoted = (Takeaway("z", 1, "lev", "m0", "k", "company", "H", quote="Heron? Project Heron!", published=NOW),)
    meeting = replace(MEETING, title="Project Heron review", place="Project Heron yard")
    known = replace(MUCH, customer=heron, facts=(*MUCH.facts, *told), takeaways=quoted, meeting=meeting)
    page = render_brief(assemble(known), "en").text
    before, after = page.split("Avoid\n")
    assert "heron" not in before.casefold() + after.split("\n\n", 1)[1].casefold()
    assert "Project Heron is not announced." in after


def test_no_role_team_or_name_says_an_off_limits_word():
    """Not in the room, not beside a goal or a quote, not over my own points: who is called so is only counted."""
    heron = replace(KESTREL, off_limits=("Heron",))
    guests = (Guest("ken@kestrel.example", "Ken"), Guest("jo.h@kestrel.example", "Jo Heron"),
              Guest("jo.heron@kestrel.example"))  # fmt: skip
    ken = replace(MUCH.contacts[0], role="leads Heron", line="Runs the Hérons at night.")
    goal = fact("g9", "goal", "Sixteen crews.", role="head of Heron", source="Jo Heron", heard_on=date(2026, 11, 1))
    quote = fact("q9", "quote", "Six is six.", role="the Heron lead", heard_on=date(2026, 11, 2))
    known = replace(
        MUCH, customer=heron, contacts=(ken,), meeting=replace(MEETING, guests=guests), facts=(goal, quote),
        takeaways=(), person=replace(MUCH.person, team="Heron finance"),
        ours=(MUCH.person, replace(MUCH.ours[1], team="Heron team")),
    )  # fmt: skip
    brief = assemble(known)
    assert "heron" not in fold(render_brief(brief, "en").text).letters
    assert [one.name for one in brief.room] == ["Ken Barlow", "Rosa Vidal", "Lev Brandt"]
    assert (brief.room_left_out, brief.quote.text, brief.goals[0].text) == (2, "Six is six.", "Sixteen crews.")
    told = render_brief(assemble(replace(known, customer=KESTREL)), "en").text
    assert told.casefold().count("heron") >= 6, "without the word off limits all of it is told"


def test_a_customer_under_an_agreement_says_so_first_and_takes_an_alias_for_what_lies_about():
    nda = assemble(replace(MUCH, customer=replace(KESTREL, nda=True, segment="supplies")))
    page = render_brief(nda, "en")
    assert agreement() in page.text.split("When")[0]
    assert all(escape(agreement()) in form for form in (page.html, page.paper))
    assert "Kestrel" not in nda.called
    assert agreement() not in render_brief(assemble(MUCH), "en").text


def test_who_comes_is_told_with_what_is_known_and_who_declined_is_not():
    brief = assemble(MUCH)
    assert [(one.name, one.role, one.met, one.may_quote, one.ours, one.host) for one in brief.room] == [
        ("Ken Barlow", "the owner", date(2026, 5, 12), "yes", False, False),
        ("Ngô Ánh", "", None, "", False, False),
        ("Rosa Vidal", "Sales", None, "", True, True),
        ("Lev Brandt", "People", None, "", True, False),
    ]
    off = replace(MEETING, guests=(Guest("ken@kestrel.example", "Ken", answer="declined"),
                                   Guest("room@kestrel.example", kind="room")))  # fmt: skip
    assert [one.name for one in assemble(replace(MUCH, meeting=off)).room] == ["Rosa Vidal", "Lev Brandt"]


def test_who_was_met_is_told_so_that_nobody_takes_it_for_themselves():
    with speaking("en"):
        assert met(None, NOW.date(), NOW.date()) == "not met before"
        assert met(NOW.date(), NOW.date(), NOW.date()) == "was there last time"
        assert met(date(2026, 5, 12), NOW.date(), NOW.date()) == "last met us on 12 May"


def test_a_meeting_that_is_still_ahead_is_no_meeting_somebody_was_met_at():
    ahead = replace(MUCH.contacts[0], last_met=MEETING.start)
    assert assemble(replace(MUCH, contacts=(ahead,))).room[0].met is None


def test_the_host_gets_a_card_of_their_own_and_no_points_to_listen_for():
    brief = assemble(replace(MUCH, person=ROSA))
    assert brief.holds
    assert (brief.team_facts, brief.listen_for, brief.habit) == ((), (), "")
    page = render_brief(brief, "en").text
    assert "You hold this meeting" in page
    assert "What do you expect to hear?" not in page
    assert "Dana Okafor (Finance, listens)" in page


def test_news_changes_the_fingerprint_and_the_hour_does_not():
    brief = assemble(MUCH)
    assert brief.fingerprint == assemble(replace(MUCH, now=datetime(2026, 11, 24, 9, tzinfo=UTC))).fingerprint
    assert brief.fingerprint == fingerprint(expecting(brief, "That we are late again."))
    moved = replace(MUCH, meeting=replace(MEETING, start=datetime(2026, 11, 26, 12, tzinfo=UTC)))
    assert assemble(moved).fingerprint != brief.fingerprint


def test_a_brief_survives_being_kept():
    brief = expecting(assemble(MUCH), "That we are late again.")
    assert brief_from_json(brief_to_json(brief)) == brief


def test_the_role_card_names_the_host_and_is_there_without_one():
    page = render_brief(assemble(MUCH), "en").text
    for said in ("Your part: listen.", "two clarifying", "“I will pass that to Rosa Vidal.”", "nothing is recorded"):
        assert said in page
    assert "“I will pass that on.”" in render_brief(assemble(replace(MUCH, host=None)), "en").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_known_of_most_fits_uncut(language):
    brief = assemble(replace(MUCH, person=replace(DANA, language=language)))
    assert all(not one.text.endswith("…") for one in (*brief.goals, *brief.promises, *brief.avoid))


WORDS = st.text(max_size=30) | st.sampled_from(["Świętokrzyska", "nghiêng", "a" * 400, "so.", "\u202e", "日本語" * 40])
TEXT = st.lists(WORDS, max_size=60).map(" ".join)
FACT = st.builds(
    lambda kind, text, topic, source, heard, due, ended, owner: fact(
        text[:5] + kind, kind, text, topic=topic, source=source, heard_on=heard, due=due, owner_id=owner,
        role=topic, state=(ENDS.get(kind, ("dropped",))[0] if ended else "open"),
    ),
    st.sampled_from(KINDS), TEXT, st.sampled_from((*WHO, "Finance", "")) | TEXT, TEXT,
    st.none() | st.dates(date(2020, 1, 1), date(2026, 12, 31)),
    st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.booleans(), st.sampled_from(["rosa", "lev", ""]),
)  # fmt: skip


@st.composite
def anything(draw):
    text = TEXT
    guests = tuple(Guest(f"g{n}@k.example", draw(text)) for n in range(draw(st.integers(0, 30))))
    contacts = tuple(
        Contact(f"c{n}", "k", guest.address, draw(text), draw(text), NOW, draw(st.sampled_from(["no", ""])), draw(text))
        for n, guest in enumerate(guests[:4])
    )  # fmt: skip
    person = replace(DANA, name=draw(text), team=draw(text), language=draw(st.sampled_from(LANGUAGES)))
    customer = replace(KESTREL, name=draw(text), story=draw(text), nda=draw(st.booleans()))
    meeting = replace(MEETING, title=draw(text), place=draw(text), link=draw(WORDS), guests=guests)
    host = replace(ROSA, name=draw(text))
    ours = tuple(replace(LEV, id=f"p{n}", name=draw(text), team=draw(text)) for n in range(draw(st.integers(0, 9))))
    told = tuple(draw(st.lists(FACT, max_size=40)))
    quoted = tuple(replace(one, quote=draw(text), quote_role=draw(text)) for one in MUCH.takeaways)
    return replace(MUCH, person=person, customer=customer, meeting=meeting, host=host, ours=ours, facts=told,
                   contacts=contacts, takeaways=quoted)  # fmt: skip


@given(anything(), TEXT)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_page_has_at_most_450_words_whatever_is_known(known, expected):
    brief = expecting(assemble(known), expected)
    for language in LANGUAGES:
        assert MOST_WORDS == 450
        assert words_on(brief, language) <= MOST_WORDS
        text = re.sub(r"(?m)^  \d+ ", "", render_brief(brief, language).text)  # the numbers of the sources
        assert len(text.split()) <= MOST_WORDS, text
    assert len(brief.customer_lines) == 5
    goals = [one for one in known.facts if one.kind == "goal" and one.state == "open" and one.text.strip()]
    assert len(brief.goals) >= min(2, len(goals))
