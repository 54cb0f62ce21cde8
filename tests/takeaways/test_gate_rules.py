"""What holds a takeaway back, what is on offer instead, and who may be quoted."""

from dataclasses import replace

import pytest

from companion.customers.model import Contact, Customer
from companion.takeaways.gate import Finding, GateFacts, alias_of, apply, blocking, called, check, consent
from companion.words.gate import DISCREET, FINDINGS, field_name, finding, in_field
from takeaways.firm import BARE, FACTS, KESTREL, MAREA, PEOPLE, found, saying
from takeaways.made import a_takeaway


def only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


@pytest.mark.parametrize(
    ("text", "audience", "blocks"),
    [
        ("Falcon comes.", "listeners", True),
        ("Project Heron comes.", "listeners", True),
        ("Beside Kestrel Plumbing.", "company", True),
        ("Beside Kestrel Plumbing.", "team:Finance", True),
        ("Beside Kestrel Plumbing.", "listeners", False),
        ("Kowalska waits.", "company", False),
        ("It cost €5.", "company", False),
        ("They close in March 2027.", "company", False),
    ],
)
def test_few_findings_hold_a_takeaway_back(text: str, audience: str, blocks: bool) -> None:
    assert only(found(text, audience=audience)).blocks is blocks


def test_a_feeling_is_held_back_only_beside_a_person() -> None:
    line = "went quiet and looked at her hands"
    beside = only([item for item in found(f"Kowalska {line}.") if item.code == "feeling"])
    assert (beside.blocks, beside.text) == (True, ""), "the line is not repeated"
    assert only(found(f"The owner {line}.")).blocks
    assert not only(found(f"The room {line}.")).blocks
    assert only(found("", quote="She went quiet and looked at her hands", quote_role="the buyer")).blocks
    assert not only(found("", quote="She went quiet and looked at her hands")).blocks
    assert found("They went quiet and left.") == [], "five words of it are the line, four are not"
    assert only(found("Dana Okafor was FURIOUS.")).blocks
    far = "The owner came. " + "The crane turned. " * 20 + "Somebody was furious."
    assert not only(found(far)).blocks


def test_one_speaker_has_one_form() -> None:
    shown = check(replace(saying("Kowalska came."), quote="We wait.", quote_role="the owner"), FACTS)
    assert (only(shown).code, only(shown).replacement) == ("speaker", "the owner")
    named = replace(saying(""), quote="We wait.", quote_role="Anna Kowalska")
    assert only(check(named, FACTS)).code == "speaker"
    assert apply(named, only(check(named, FACTS))).quote_role == "The owner"
    assert check(replace(named, audience="listeners"), FACTS) == []
    assert only(found("Kowalska came.")).code == "name"


@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        ("Kowalska came.", "The owner came."),
        ("We met Kowalska.", "We met the owner."),
        ("We met Anna Kowalska’s dog.", "We met the owner’s dog."),
        ("We met Paweł there.", "We met somebody at Marea Boats there."),
        ("Beside Kestrel Plumbing Supply Ltd it is dry.", "Beside a customer in pipes it is dry."),
        ("Kestrel is near.", "A customer in pipes is near."),
    ],
)
def test_what_is_offered_takes_the_place_of_the_words(text: str, replaced: str) -> None:
    takeaway = saying(text, customer_name="Marea Boats")
    assert apply(takeaway, only(check(takeaway, FACTS))).scene == replaced


@pytest.mark.parametrize(
    ("quote", "shortened"),
    [
        ("Anna waits with the crane for a day.", "… waits with the crane for a day."),
        ("I ask Anna, then I wait.", "I ask … then I wait."),
        ("It cost us €40,000", "It cost us …"),
        ("We ask … Anna and wait.", "We ask … and wait."),
    ],
)
def test_a_quote_is_shortened_and_never_changed(quote: str, shortened: str) -> None:
    takeaway = saying("", quote=quote)
    assert apply(takeaway, only(check(takeaway, FACTS))).quote == shortened


def test_what_is_not_on_offer_changes_nothing() -> None:
    takeaway = saying("Falcon comes.")
    paraphrase = only(check(takeaway, FACTS))
    assert apply(takeaway, paraphrase) is takeaway
    assert only(check(saying("", quote="Anna"), FACTS)).replacement == "", "a quote of nothing is none"
    stale = only(check(saying("Kowalska came."), FACTS))
    assert apply(saying("Nobody came at all."), stale).scene == "Nobody came at all."
    assert apply(saying("K"), stale).scene == "K"


def test_a_customer_under_nda_is_called_by_an_alias() -> None:
    assert (called(MAREA), called(KESTREL)) == ("Marea Boats", "a customer in pipes")
    assert called(Customer("c", "Nord", nda=True)) == "one of our customers"
    assert alias_of(Customer("c", "Nord", public_name="A yard in the north")) == "A yard in the north"
    own = replace(FACTS, customer=KESTREL, contacts=())
    takeaway = saying("Kestrel waits.", customer_name="Kestrel Plumbing Supply Ltd")
    fields = [(item.field, item.blocks) for item in check(takeaway, own)]
    assert fields == [("scene", True), ("customer_name", True)]
    fixed = takeaway
    for item in check(takeaway, own):
        fixed = apply(fixed, item)
    assert (fixed.scene, fixed.customer_name) == ("A customer in pipes waits.", "A customer in pipes")
    assert check(fixed, own) == []


def test_a_public_name_may_hold_the_name() -> None:
    public = Customer("c1", "Nord", nda=True, public_name="Nord Group, a yard")
    assert check(saying("We met Nord Group, a yard."), GateFacts(customer=public)) == []
    assert [item.text for item in check(saying("We met Nord."), GateFacts(customer=public))] == ["Nord"]


def test_who_may_not_be_quoted_is_not_quoted() -> None:
    people = (Contact("k", "c1", "", "Anna Kowalska", "The owner", may_quote="no"),)
    takeaway = replace(BARE, quote="We wait.", quote_role="the owner")
    refused = only(check(takeaway, GateFacts(contacts=people)))
    assert (refused.code, refused.blocks, refused.offers) == ("may_quote", True, ("paraphrase", "review"))
    assert check(replace(takeaway, may_quote="yes"), GateFacts(contacts=people)) == []
    assert check(replace(takeaway, quote_role="the buyer"), GateFacts(contacts=people)) == []
    assert check(replace(takeaway, quote=""), GateFacts(contacts=people)) == []
    twice = (*people, Contact("l", "c1", "", "", "the owner", may_quote="ask"))
    assert (consent(takeaway, twice), consent(takeaway, twice[1:]), consent(takeaway, ())) == ("no", "ask", "")
    assert consent(replace(takeaway, may_quote="ask"), people) == "ask"


def test_every_field_that_leaves_is_read() -> None:
    for field in ("headline", "scene", "quote", "quote_role", "goal", "matters", "will_do", "question", "correction"):
        shown = check(replace(BARE, **{field: "of Falcon"}), FACTS)
        assert [(item.field, item.code) for item in shown] == [(field, "off_limits")], field
    assert check(a_takeaway(), GateFacts()) == []
    assert blocking(check(saying("Falcon, €5"), FACTS))[0].code == "off_limits"


def test_every_finding_is_a_sentence_and_secrets_are_not_said_again() -> None:
    shown = found("Kowalska: Falcon, Project Heron, Kestrel Plumbing, furious, €5, closing in March 2027.")
    assert {item.code for item in shown} == {
        "name", "off_limits", "ops_word", "nda", "feeling", "money", "date"
    }  # fmt: skip
    for item in shown:
        said = in_field(item)
        assert said.startswith("Scene, character ")
        assert "{" not in said + finding(item.code, item.text)
        if item.code in DISCREET:
            assert item.text == "" or item.text not in said
    assert field_name("elsewhere") == "elsewhere"
    assert set(DISCREET) < set(FINDINGS)


def test_words_of_the_firms_own_name_are_no_person() -> None:
    family = GateFacts(customer=MAREA, contacts=(Contact("k", "c1", "", "Luca Marea"), *PEOPLE))
    assert check(saying("Marea Boats waits for the tide, and Marea knows it."), family) == []
    assert [item.text for item in check(saying("We met Luca Marea."), family)] == ["Luca Marea"]
