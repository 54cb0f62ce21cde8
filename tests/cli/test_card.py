"""The opening card: the same story for everyone in a week, another one the week after, nobody's secret on it."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from companion.basics.errors import Problem
from companion.cli.main import run
from companion.connectors.card import render_card
from companion.programme.card import Card, card, keep_page, of_week, opening
from companion.takeaways.model import Parcel, Takeaway
from desktop import made

MONDAY = date(2026, 11, 16)
STORY = Takeaway("a", 1, "p", "m", "c", "company", "They plan by the tide", quote="I live in forty minutes.",
                 quote_role="the head of the yard", customer_name="Marea Boats",
                 published=datetime(2026, 11, 2, 9, tzinfo=UTC))  # fmt: skip


def of(name: str, day: int, quote: str = "Said.") -> Takeaway:
    return replace(STORY, id=name, quote=quote, published=datetime(2026, 11, day, 9, tzinfo=UTC))


def slide_of(**changes):
    return render_card(Parcel(replace(STORY, **changes), "Ines Prado", "Safety"), "a boat yard", "Finance", MONDAY)


@pytest.fixture
def house(tmp_path):
    made.lay_out(tmp_path / "home")
    built = made.build(tmp_path / "home")
    yield built
    built.close()


def told(house, **changes) -> Takeaway:
    """The one story there is, changed."""
    with house.workspace() as tx:
        changed = replace(next(iter(tx.takeaways.all())), **changes)
        tx.takeaways.put(changed)
    return changed


def test_each_week_shows_another_story_while_there_is_one():
    stories = [of("a", 2), of("b", 3), of("c", 4, quote="")]
    weeks = [of_week(stories, MONDAY + timedelta(weeks=n), "UTC").id for n in (-2, -1, 0)]
    assert sorted(weeks) == ["a", "b", "c"]
    assert weeks[0] == "b", "the newest with a quote comes first"
    assert of_week(stories, MONDAY, "UTC") == of_week(list(reversed(stories)), MONDAY, "UTC")


def test_nine_stories_are_all_shown_before_one_comes_again():
    stories = [of(f"s{n}", 1) for n in range(9)]
    weeks = [of_week(stories, MONDAY + timedelta(weeks=n), "UTC").id for n in range(20)]
    for at in range(len(weeks) - 8):
        assert len(set(weeks[at : at + 9])) == 9, weeks


def test_one_story_alone_is_shown_again():
    assert {of_week([STORY], MONDAY + timedelta(weeks=n), "UTC").id for n in range(12)} == {"a"}


def test_a_quote_in_the_authors_words_counts_as_none():
    heard = replace(of("b", 3), origins=(("quote", "heard"),))
    assert of_week([of("a", 2), heard], MONDAY - timedelta(weeks=2), "UTC").id == "a"


def test_only_what_is_word_for_word_stands_in_quotation_marks():
    assert slide_of().said == "“I live in forty minutes.”"
    heard = slide_of(origins=(("quote", "heard"),))
    assert (heard.said, heard.role) == ("I live in forty minutes.", "As heard from the head of the yard")
    seen = slide_of(quote="", quote_role="", scene="A **gate** at ten.", origins=(("scene", "interpretation"),))
    assert (seen.said, seen.role) == ("A gate at ten.", "interpretation by Ines Prado")


def test_the_page_runs_nothing_that_somebody_wrote():
    page = slide_of(headline="<script>x</script>", quote="<img src=x>").html
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page


def test_the_page_takes_answers_and_needs_nothing_else():
    parcel = Parcel(STORY, "Ines Prado", "Safety", answer_to="ines@ferro.example")
    slide = render_card(parcel, "a boat yard", "Finance", MONDAY)
    assert slide.html.count("mailto:ines@ferro.example") == 10, "five kinds, each to all and to the author only"
    assert "https:" not in slide.html
    assert "http:" not in slide.html
    assert "ines@ferro.example" in slide.text
    assert "mailto" not in slide_of().html, "nobody takes answers"


def test_text_and_page_say_all_of_it():
    slide = slide_of(question="Which of our forms takes longer?")
    for line in ("They plan by the tide", "the head of the yard", "Marea Boats · a boat yard", "A question to Finance",
                 "Which of our forms takes longer?", "For everyone in the company",
                 " · Card of the week of 16 November 2026"):  # fmt: skip
        assert line in slide.text
        assert line in slide.html


def test_a_team_without_stories_is_told_so(house):
    found = card(house, "finance")
    assert (found.team, found.takeaway.headline) == ("Finance", "Twelve drivers, one badge reader")
    told(house, held=made.NOW, held_by="Rosa")
    assert opening(house, "finance").card is None
    with pytest.raises(Problem) as problem:
        card(house, "Finance")
    assert problem.value.code == "card_none"


@pytest.mark.parametrize(
    "changes", [{"withdrawn": made.NOW}, {"needs_yes": True}, {"out_at": made.NOW + timedelta(hours=1)},
                {"expires": date(2026, 11, 20)}, {"told_on": date(2026, 11, 20)}, {"audience": "team:Legal"},
                {"audience": "me"}, {"audience": "listeners"}],
)  # fmt: skip
def test_only_what_is_out_for_the_team_is_shown(house, changes):
    told(house, **changes)
    assert opening(house, "Finance").card is None


def test_another_teams_own_story_is_not_opened_in_a_shared_workspace(house):
    told(house, audience="team:Legal")
    assert card(house, "Legal").takeaway.audience == "team:Legal", "a local file is all mine"
    shared = replace(house, workspace_shared=True)
    assert opening(shared, "Legal").card is None
    assert opening(replace(shared, me="mei.tan@ferro.example"), "Legal").card is not None


def test_a_customer_under_nda_goes_by_the_alias_whenever_that_came(house):
    assert card(house, "Finance").slide.who == "Północ Logistyka"
    with house.workspace() as tx:
        customer = tx.customers.by_name("Północ Logistyka")
        tx.customers.put(replace(customer, nda=True, segment="freight"))
    slide = card(house, "Finance").slide
    assert slide.who == "a customer in freight"
    assert "Północ" not in slide.html + slide.text


def test_the_own_team_comes_first_and_the_row_goes_round(house):
    first = told(house)
    with house.workspace() as tx:
        tx.takeaways.put(replace(first, id="second", headline="Older", published=first.published - timedelta(days=9)))
    found = opening(house)
    assert (found.team, found.teams) == ("Finance", ("Finance", "Legal", "Sales"))
    numbers = [card(house, "", n).number for n in range(3)]
    assert numbers == [1, 2, 1]
    assert card(house, "", 0).takeaway.id == card(house, "", 2).takeaway.id != card(house, "", 1).takeaway.id


def test_a_page_that_cannot_be_written_says_why(tmp_path):
    with pytest.raises(Problem) as problem:
        keep_page(Card(STORY, "Finance", MONDAY, slide_of()), tmp_path / "none" / "card.html")
    assert problem.value.code == "file_not_written"
    assert problem.value.facts["reason"]


def test_the_command_tells_it_and_writes_it(house, tmp_path, capsys):
    home = str(tmp_path / "home")
    page, picture = tmp_path / "card.html", tmp_path / "card.png"
    assert run(["--home", home, "card", "finance", "--html", str(page), "--png", str(picture), "--json"]) == 0
    got = json.loads(capsys.readouterr().out)
    assert (got["team"], got["headline"], got["number"], got["of"]) == (
        "Finance", "Twelve drivers, one badge reader", 1, 1,
    )  # fmt: skip
    assert "Twelve drivers" in page.read_text("utf-8")
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert run(["--home", home, "card", "finance"]) == 0
    out = capsys.readouterr().out
    assert "“We count in minutes.”" in out
    assert got["foot"] in out
    assert "For everyone in the company" in got["foot"]
    assert "Card of the week of " in got["foot"]
    assert run(["--home", home, "card", "finance", "--next", "1"]) == 1, "it does not go round without a word"
    assert "There is no story 1 after this week's. Give --next a number from 0 to 0." in capsys.readouterr().err
