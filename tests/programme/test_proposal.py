"""Other rules before they are saved: what differs, what is refused, what is written down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.basics.errors import Problem
from companion.meetings.recognise import (
    GENEROUS,
    MOST,
    NO_WORDS,
    NORMAL,
    STRICT,
    CustomerRule,
    Rules,
    hold_words_of,
    plain,
    review_words_of,
)
from companion.programme.proposal import (
    CustomerEdit,
    Draft,
    Edit,
    Proposal,
    applied,
    current,
    difference,
    drafted,
    level,
    save,
    shipped,
    with_draft,
)
from fakes.house import Made

WORDS = st.lists(st.sampled_from(["review", "Visita", "przegląd", "đánh giá", "qbr"]), unique_by=plain).map(tuple)
DRAFTS = st.builds(
    lambda words, hold, threshold, domains, names, both: Draft(
        words, hold, threshold,
        tuple(
            CustomerRule(key, key.title(), tuple(f"{key} {name}" for name in names),
                         tuple(f"{domain}.{key}.example" for domain in domains))
            for key in (["kestrel", "marea"] if both else ["kestrel"])
        ),
    ),
    WORDS, WORDS, st.integers(1, MOST), st.lists(st.sampled_from("abc"), unique=True),
    st.lists(st.sampled_from("xyz"), unique=True), st.booleans(),
)  # fmt: skip


def as_sets(draft: Draft) -> object:
    customers = {
        c.id: (c.name, frozenset(c.domains), frozenset(map(plain, c.aliases)), frozenset(c.addresses))
        for c in draft.customers
    }
    return frozenset(map(plain, draft.words)), frozenset(map(plain, draft.hold)), draft.threshold, customers


@given(DRAFTS, DRAFTS)
def test_a_difference_brings_one_to_the_other(before: Draft, after: Draft) -> None:
    gone = {c.id for c in before.customers} - {c.id for c in after.customers}
    made = applied(before, difference(before, after))
    rest = tuple(customer for customer in made.customers if customer.id not in gone)  # nobody is taken out here
    assert as_sets(Draft(made.words, made.hold, made.threshold, rest)) == as_sets(after)


@given(DRAFTS)
def test_nothing_differs_from_itself_and_applying_twice_is_once(draft: Draft) -> None:
    assert not difference(draft, draft)
    change = Proposal(Edit(("steering",), ("review",)), threshold=60)
    once = applied(draft, change)
    assert applied(once, change) == once


@given(DRAFTS)
def test_rules_and_drafts_tell_the_same(draft: Draft) -> None:
    assert as_sets(drafted(with_draft(Rules(), draft))) == as_sets(draft)


def test_an_empty_list_is_empty_and_a_shipped_one_is_shipped(made: Made) -> None:
    save(made.house, Proposal(words=Edit((), review_words_of(())), hold=Edit((), hold_words_of(()))))
    with made.house.workspace(write=False) as tx:
        programme = tx.programme.get()
    assert (programme.review_words, programme.hold_words) == (NO_WORDS, NO_WORDS)
    empty = current(made.house)
    assert (empty.words, empty.hold) == ((), ())
    save(made.house, difference(empty, shipped(empty)))
    with made.house.workspace(write=False) as tx:
        programme = tx.programme.get()
        assert [entry.what for entry in tx.programme.entries()] == ["rules.changed", "rules.changed"]
    assert (programme.review_words, programme.hold_words) == ((), ())


def test_a_word_stands_once_whatever_its_case() -> None:
    assert applied(Draft(("review",)), Proposal(Edit(("REVIEW", "Tour", "tour")))).words == ("review", "Tour")


def test_what_is_no_change_is_not_written(made: Made) -> None:
    assert not save(made.house, Proposal(words=Edit(("REVIEW",), ("never",)), threshold=50))
    with made.house.workspace(write=False) as tx:
        assert tx.programme.entries() == []


def test_two_people_who_save_at_once_both_keep_their_words(made: Made) -> None:
    seen = current(made.house)
    mine, hers = (applied(seen, Proposal(words=Edit((word,)))) for word in ("stocktake", "toolbox talk"))
    save(made.house, difference(seen, mine))
    save(made.house, difference(seen, hers))
    assert {"stocktake", "toolbox talk"} <= set(current(made.house).words)


def test_a_customer_keeps_what_is_not_edited(made: Made) -> None:
    edit = CustomerEdit("kestrel", "Kestrel Plumbing Supply", domains=Edit((" @Kestrel-Pipes.example",)))
    save(made.house, Proposal(customers=(edit,)))
    with made.house.workspace(write=False) as tx:
        known = tx.customers.get("kestrel")
    assert known
    assert known.domains == ("kestrel.example", "kestrel-pipes.example")
    assert (known.aliases, known.host_email) == (("Kestrel",), "rosa@ferro.example")


def test_the_same_new_customer_has_the_same_id_on_every_machine(made: Made) -> None:
    fresh = Proposal(customers=(CustomerEdit("", "Marea Boats", fresh=True),))
    one, two = (applied(current(made.house), fresh).customers for _ in range(2))
    assert one == two
    save(made.house, fresh)
    with pytest.raises(Problem) as refused:
        save(made.house, Proposal(customers=(CustomerEdit("", "marea BOATS", fresh=True),)))
    assert refused.value.code == "rule_taken"


def test_levels_have_their_numbers() -> None:
    assert [level(number) for number in (GENEROUS, NORMAL, STRICT, 51)] == ["generous", "normal", "strict", "own"]
    assert GENEROUS < NORMAL < STRICT < MOST
