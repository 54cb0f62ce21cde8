"""Columns of a customers' table that say what is kept back: nda, off_limits, public_name."""

from dataclasses import replace

import pytest

from companion.customers.model import Customer
from companion.customers.table import customer_id, read_customers
from companion.words.problems import sentence

HEAD = "name,domains,aliases,host_email,tier"


def read(row: str, *known: Customer, columns: str = "nda,off_limits,public_name") -> Customer:
    found, problems = read_customers(f"{HEAD},{columns}\n{row}\n", known)
    assert not problems
    return found[0]


@pytest.mark.parametrize("word", ["yes", "Y", "TRUE", "1", "sì", "SI", "tak", "Có", "x"])
def test_yes_in_four_languages(word: str) -> None:
    assert read(f"Nord,,,,,{word},,").nda is True


@pytest.mark.parametrize("word", ["", "no", "N", "0", "nie", "không", "-"])
def test_no_in_four_languages(word: str) -> None:
    assert read(f"Nord,,,,,{word},,").nda is False


def test_what_is_kept_back_is_read_and_an_empty_cell_clears_it() -> None:
    nord = read("Nord,,,,,yes,Falcon; price list ;Falcon,A yard in the north")
    assert (nord.off_limits, nord.public_name) == (("Falcon", "price list"), "A yard in the north")
    assert read("Nord,,,,", nord, columns="segment") == nord, "a column that is not there leaves what is known"
    cleared = read("Nord,,,,,,,", nord)
    assert (cleared.nda, cleared.off_limits, cleared.public_name) == (False, (), "")


def test_a_row_under_an_alias_only_adds() -> None:
    nord = Customer(customer_id("Nord"), "Nord", aliases=("North",), nda=True, off_limits=("Falcon",))
    added = read("North,,,,,no,Heron,", nord)
    assert (added.name, added.nda, added.off_limits) == ("Nord", True, ("Falcon", "Heron"))
    two, problems = read_customers(f"{HEAD},nda,off_limits\nNord,,North,,,no,Owl\nNorth,,,,,yes,Heron\n", [nord])
    assert not problems
    assert [replace(one, aliases=()) for one in two] == [
        replace(nord, aliases=(), nda=True, off_limits=("Owl", "Heron"))
    ]  # fmt: skip


def test_what_is_neither_is_told_and_skipped() -> None:
    found, problems = read_customers(f"{HEAD},nda\nNord,,,,,perhaps\nSud,,,,,no\n", [])
    assert [one.name for one in found] == ["Sud"]
    assert [sentence(one) for one in problems] == [
        "Row 2 says perhaps where yes or no belongs (nda). Write yes or no."
    ]  # fmt: skip
