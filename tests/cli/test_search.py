"""Search by command: people and programs are told the same, and bad input is a sentence."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from companion.basics.clock import now
from companion.bootstrap import opened
from companion.customers.memory import Fact
from companion.notes.model import Note
from companion.programme.listening import Edit, write_answer, write_lines
from companion.takeaways.model import Takeaway
from fakes.commands import Cli

DAY = now().replace(microsecond=0) - timedelta(days=3)


@pytest.fixture
def told(ferro: Cli) -> Cli:
    """A takeaway, a fact and a note with a private answer."""
    with opened(ferro.home) as house:
        with house.workspace() as tx:
            tx.takeaways.put(
                Takeaway("t1", 1, "lev", "m1", "kestrel", "company", "Pallets before money", "At six in the morning",
                         "I count the pallets", customer_name="A wholesaler", published=DAY)
            )  # fmt: skip
            tx.facts.put(Fact("f1", "kestrel", "goal", "Never count pallets twice", heard_on=DAY.date()))
        with house.device() as device:
            device.notes.put(Note("n1", "m1", "kestrel", "Spring review", DAY, DAY))
        write_lines(house, "n1", [Edit("l1", 0, "q", "They wait for pallets, Đặng says", DAY, "")])
        write_answer(house, "n1", "off_record", "Pelican", "")
    return ferro


def test_people_and_programs_are_told_the_same(told: Cli) -> None:
    said = told("search", "pallets")
    found = told.json("search", "pallets")
    assert (found["more"], found["away"]) == (False, False)
    assert sorted((hit["kind"], hit["id"]) for hit in found["hits"]) == [
        ("fact", "f1"), ("note", "n1"), ("takeaway", "t1")
    ]  # fmt: skip
    for hit in found["hits"]:
        assert hit["excerpt"] in said
        assert [hit["excerpt"][begin:end].lower() for begin, end in hit["marks"]] == ["pallets"]
    assert set(found["hits"][0]) == {"kind", "id", "customer_id", "customer", "title", "excerpt", "marks", "at"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (("dang", "pallets"), ["n1"]),
        (("count the pallets",), ["t1"]),
        (("wait for", "dang"), ["n1"]),
        (("the count", "pallets"), []),
        (('"count the pallets"',), ["t1"]),
        (("pelican",), []),
        (("pallets OR pelican",), []),
        (("NEAR(pallets money)",), []),
        (("scope:company",), []),
        (("x" * 10_000,), []),
    ],
)
def test_what_is_typed(told: Cli, typed: tuple[str, ...], found: list[str]) -> None:
    assert sorted(hit["id"] for hit in told.json("search", *typed)["hits"]) == found
    assert ("Nothing was found." in told("search", *typed)) is not bool(found)


def test_there_is_more(told: Cli) -> None:
    found = told.json("search", "pallets", "--most", "2")
    assert (len(found["hits"]), found["more"]) == (2, True)
    assert "There are more; add a word" in told("search", "pallets", "--most", "2")
    told("search", "pallets", "--most", "0", code=1)
    assert "0 is no number from 1 upwards" in told.said
    with pytest.raises(SystemExit):
        told("search")


@pytest.mark.parametrize("typed", ["", '"', "🦜", " - "])
def test_without_a_word_it_asks_for_one(told: Cli, typed: str) -> None:
    told("search", typed, code=1)
    assert "Say what to look for" in told.said


def test_a_line_says_each_thing_once(told: Cli) -> None:
    (line,) = (one for one in told("search", "kestrel").splitlines() if one.startswith("Customer · Kestrel"))
    assert line.count("Kestrel Plumbing Supply") == 1
    assert "Customer · Goal · Kestrel Plumbing Supply" in told("search", "twice")


def test_a_search_that_is_broken_names_doctor_who_mends_it(told: Cli) -> None:
    with closing(sqlite3.connect(told.home / "workspace.db")) as store, store:
        store.execute("DROP TABLE search_text")
    told("search", "pallets", code=1)
    assert "companion doctor" in told.said
    assert "made anew" in told("doctor")
    assert told.json("doctor")["search_mended"] == 0
    assert len(told.json("search", "pallets")["hits"]) == 3
