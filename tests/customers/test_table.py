"""Customers from tables, good and bad."""

import pytest

from companion.basics.errors import Problem
from companion.customers.model import Customer
from companion.customers.table import customer_id, read_customers
from companion.words.problems import sentence

HEADER = "name,domains,aliases,host_email,tier"
KESTREL = Customer(
    "1", "Kestrel", ("kestrel.example",), (), ("KST",), "rosa@us.example", "A", "boats", "They build boats."
)


def read(
    *rows: str, existing: tuple[Customer, ...] = (), ours: tuple[str, ...] = ()
) -> tuple[list[Customer], list[Problem]]:
    return read_customers("\n".join((HEADER, *rows)), existing, ours)


def test_a_good_row_with_domains_and_whole_addresses() -> None:
    customers, problems = read(
        "Kestrel,@Kestrel.example;https://www.kestrel-boats.example/x;owner@gmail.com,KST;Kes,Rosa@us.example,A"
    )
    assert problems == []
    assert customers == [
        Customer(customer_id("kestrel"), "Kestrel", ("kestrel.example", "kestrel-boats.example"), ("owner@gmail.com",),
                 ("KST", "Kes"), "rosa@us.example", "A"),
    ]  # fmt: skip


@pytest.mark.case(64)
def test_a_domain_of_other_letters_is_one_with_its_punycode() -> None:
    customers, problems = read("Laka,xn--ka-ola7v.example;jan@XN--KA-OLA7V.example,,,", "Other,ŁĄKA.example,,,")
    assert [(one.domains, one.addresses) for one in customers] == [(("łąka.example",), ("jan@łąka.example",))]
    assert [(problem.code, problem.facts["value"]) for problem in problems] == [("row_twice", "łąka.example")]


def test_who_they_are_comes_in() -> None:
    table = f"{HEADER},story,public_name\nKestrel,kestrel.example,,,,Ken began with a van.,A shop"
    (customer,), problems = read_customers(table, ())
    assert problems == []
    assert (customer.story, customer.public_name) == ("Ken began with a van.", "A shop")


def test_what_the_table_does_not_say_stays() -> None:
    customers, _ = read("kestrel,kestrel.example,,,B", existing=(KESTREL,))
    assert customers[0].id == "1"
    assert (customers[0].story, customers[0].segment, customers[0].aliases) == ("They build boats.", "boats", ())
    by_alias, _ = read_customers("name\nKST\n", [KESTREL])
    assert (by_alias[0].id, by_alias[0].name, by_alias[0].domains) == ("1", "Kestrel", ("kestrel.example",))


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",x.example,,,", "Row 2: name is empty. Fill it in."),
        ("Mill,mill,,,", "Row 2: mill is not a mail domain. Write it as firm.example."),
        (
            "Mill,gmail.com,,,",
            "Row 2: everybody can have an address at gmail.com. Give the customer's whole addresses instead.",
        ),
        (
            "Mill,mail.us.example,,,",
            "Row 2: mail.us.example is our own domain. Leave it out; the customer has another.",
        ),
        ("Mill,,,rosa,", "Row 2: rosa is not a mail address for host_email. Write it as name@firm.example."),
        ("Mill,kestrel.example,,,", "Row 2: kestrel.example already belongs to Kestrel. Take it from one of them."),
        ("Mill,,kst,,", "Row 2: kst already belongs to Kestrel. Take it from one of them."),
    ],
)
def test_a_bad_row_is_told_and_the_rest_comes_in(row: str, says: str) -> None:
    customers, problems = read(row, "Orchard,orchard.example,,,", existing=(KESTREL,), ours=("us.example",))
    assert [customer.name for customer in customers] == ["Orchard"]
    assert [sentence(problem) for problem in problems] == [says]


def test_the_same_customer_twice_in_the_file() -> None:
    customers, problems = read("Mill,mill.example,,,", "MILL,other.example,,,", "Weir,mill.example,,,")
    assert [customer.name for customer in customers] == ["Mill"]
    assert [problem.code for problem in problems] == ["row_twice", "row_twice"]
