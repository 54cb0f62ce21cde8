"""Labels of a takeaway's file, pillars, where each text is from, questions for a team, and blame."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.basics.errors import Problem
from companion.takeaways import labels, pillars
from companion.takeaways.blame import blames, full_name
from companion.takeaways.compose import also_for, draft, with_file
from companion.takeaways.origins import ORIGINS, USUAL, origin_of, say, settled, with_origin
from companion.takeaways.pillars import MEANING, PILLARS
from companion.takeaways.prompts import ANY, PROMPTS, prompts_for
from companion.takeaways.reading import hints
from companion.takeaways.text import FIELDS, from_markdown, to_markdown
from companion.words.language import PSEUDO, speaking
from companion.words.problems import sentence
from takeaways.made import a_note, a_takeaway

SIGNED = st.sampled_from([name + sign for name in PILLARS for sign in "+-"])
TEAM = st.text("abc :;·-é", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
SAID = st.fixed_dictionaries({
    "audience": st.one_of(st.sampled_from(["company", "listeners", "me"]), TEAM.map(lambda team: f"team:{team}")),
    "expires": st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2036, 1, 1))),
    "pillars": st.sets(SIGNED).map(lambda found: pillars.parse_all(sorted(found))),
    "may_quote": st.sampled_from(["", *labels.MAY_QUOTE]),
    "origins": st.lists(st.tuples(st.sampled_from(FIELDS), st.sampled_from(list(ORIGINS))), unique_by=lambda o: o[0]),
})  # fmt: skip


@pytest.mark.parametrize("language", ["en", PSEUDO])
@given(said=SAID, footer=st.sampled_from(["", "Heard by Ines Prado", "Note: nothing\n\n- More: nothing"]))
def test_labels_that_go_out_come_back(language: str, said: dict[str, Any], footer: str) -> None:
    said["origins"] = tuple(said["origins"])
    takeaway = replace(a_takeaway(), **said)
    with speaking(language):
        written = to_markdown(takeaway, footer, labelled=True)
        assert labels.read(written) == labels.Labels(**said)
        assert from_markdown(written)["scene"] == takeaway.scene
        back = with_file(replace(takeaway, expires=None, pillars=(), may_quote="", origins=()), written)
    assert (back.expires, back.pillars, back.may_quote) == (said["expires"], said["pillars"], said["may_quote"])
    assert dict(said["origins"]).items() <= dict(back.origins).items()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Audience: everybody", "audience_wrong"),
        ("Shown until: soon", "date_wrong"),
        ("Pillars: price+", "pillar_unknown"),
        ("May be quoted: perhaps", "may_quote_wrong"),
        ("Where it comes from: Scene: dreamt", "origin_wrong"),
        ("Where it comes from: Weather: as seen", "origin_wrong"),
    ],
)
def test_a_wrong_label_is_refused(line: str, code: str) -> None:
    with pytest.raises(Problem, match=code) as caught:
        labels.read(f"# A\n\n---\n\n{line}\n", "a.md")
    assert "{" not in sentence(caught.value)
    assert labels.read(f"# A\n\n{line}\n") == labels.Labels(), "only below the rule"


@pytest.mark.parametrize(
    ("text", "read"),
    [("integrity+", "integrity+"), ("Trust -", "integrity-"), ("TIME−", "time-"), ("emp+", "empathy+")],
)
def test_pillars_are_read_as_people_write_them(text: str, read: str) -> None:
    assert pillars.parse(text) == read


@pytest.mark.parametrize("text", ["", "+", "integrity", "e+", "price+"])
def test_what_is_no_pillar_is_refused(text: str) -> None:
    with pytest.raises(Problem, match="pillar_unknown"):
        pillars.parse(text)


def test_pillars_are_said_plainly() -> None:
    assert pillars.say("resolution-") == "Putting things right: badly kept"
    assert pillars.say("integrity+") == "Trust: well kept"
    assert pillars.say("else") == "else"
    assert set(MEANING) == set(PILLARS)
    assert pillars.parse_all(["time-, integrity+", "integrity+"]) == ("integrity+", "time-")


def test_a_draft_says_where_each_text_is_from() -> None:
    note = a_note(("q", "They send one van."), ("f", "14 crews"))
    assert draft(note, "p", "Marea").origins == (("scene", "heard"), ("quote", "verbatim"))
    seen = draft(replace(note, answers={"scene": "We stood there."}), "p", "Marea")
    assert origin_of(seen, "scene") == "observed"
    assert origin_of(settled(replace(seen, matters="We book late.")), "matters") == "interpretation"
    assert origin_of(settled(replace(seen, quote="They send … van."), note), "quote") == "verbatim"
    changed = settled(replace(seen, quote="They send a van."), note)
    assert origin_of(changed, "quote") == "heard", "one word changed is not word for word"
    assert origin_of(settled(replace(seen, scene="")), "scene") == ""
    assert origin_of(with_origin(seen, "goal", "interpretation"), "goal") == "interpretation"
    assert {say(origin) for origin in {*USUAL.values(), "observed"}} == set(ORIGINS.values())
    assert say("else") == "else"


def test_one_note_gives_each_team_a_takeaway_and_questions_of_its_own() -> None:
    note = a_note(("q", "They send one van."))
    teams = ("Finance", "Legal & Compliance", "Poets")
    made = [also_for(draft(note, "p", "Marea", customer_id="c9"), f"team:{team}") for team in teams]
    assert [one.audience for one in made] == ["team:Finance", "team:Legal & Compliance", "team:Poets"]
    assert len({one.id for one in made}) == 3
    assert {one.customer_id for one in made} == {"c9"}
    assert [prompts_for(team) for team in teams] == [PROMPTS["finance"], PROMPTS["legal"], ANY]
    other = also_for(a_takeaway(correction="x", unannounced=True, held_by_id="rosa"), "team:Legal")
    assert (other.matters, other.correction, other.revision) == ("", "", 1)
    assert (other.scene, other.published) == (a_takeaway().scene, None)
    assert (other.unannounced, other.held_by_id) == (False, ""), "nothing of what became of the first one"
    assert other.id != a_takeaway().id


@pytest.mark.parametrize(
    ("team", "department"),
    [("Finanza", "finance"), ("Dział prawny", "legal"), ("Nhân sự", "hr"), ("Supply chain", "supply"),
     ("HSE", "safety"), ("IT", "it"), ("Kế toán", "finance")],
)  # fmt: skip
def test_teams_are_known_by_their_names_in_four_languages(team: str, department: str) -> None:
    assert prompts_for(team) == PROMPTS[department]


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("It was Dana's fault.", True),
        ("Okafor forgot the forms.", True),
        ("Lỗi là do chị, Dana quên rồi.", True),
        ("Dana Okafor zapomniała o formularzach.", True),
        ("È colpa di Dana.", True),
        ("Dana came. The forms were forgotten; somebody forgot.", False),
        ("We forgot the forms.", False),
        ("Dana waited with them.", False),
    ],
)
def test_blame_by_name_is_seen(text: str, blamed: bool) -> None:
    assert blames(text, ["Dana Okafor"]) is blamed


def test_blame_is_a_hint_and_what_a_customer_says_is_theirs() -> None:
    codes = [hint.code for hint in hints(a_takeaway(matters="Dana forgot the forms."), colleagues=["Dana Okafor"])]
    assert codes == ["hint_blame"]
    assert hints(a_takeaway(quote="Dana forgot the forms."), colleagues=["Dana Okafor"]) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Then Maria Keller of the crew waits.", "Maria Keller"),
        ("The crew, said Anna-Lena O'Brien, waits.", "Anna-Lena O'Brien"),
        ("We asked Nguyễn Văn An about the tide.", "Nguyễn Văn An"),
        ("Maria waits at the gate. Then Ida comes.", ""),
        ("They wait at Marea Boats until noon.", ""),
        ("It was Dana Okafor who drove there.", ""),
        ("They Plan By The Tide", ""),
        ("The gate opens in New York on Monday morning.", ""),
        ("It asks the UI TEAM for more.", ""),
    ],
)
def test_a_full_name_nobody_knows_is_a_hint(text: str, name: str) -> None:
    assert full_name(text, ["Marea Boats", "Dana Okafor"]) == name
    codes = [h.code for h in hints(a_takeaway(scene=text, customer_name="Marea Boats"), "en", ["Dana Okafor"])]
    assert ("hint_full_name" in codes) is bool(name)
