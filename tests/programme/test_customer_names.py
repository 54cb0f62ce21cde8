"""Whose names the customer's page tells in a shared workspace: who sat where is not for everybody."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.attendance.model import Evidence
from companion.calendars.model import Guest
from companion.customers.model import Contact
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.views.customer import CustomerPage, customer_page
from fakes.house import Made
from fakes.ics import NOW

NAMED = ("Dana Okafor", "Lev Brandt")


def _page(made: Made, me: str, *, agreed: str = "", shared: bool = True) -> CustomerPage:
    start = NOW - timedelta(days=3)
    meeting = Meeting(
        "m1", "m1", "", "Kestrel review", start, start + timedelta(hours=1), False, "UTC", "confirmed", "kestrel", 9,
        (), host_email="rosa@ferro.example", guests=(Guest("jo@kestrel.example", "Jo"),),
    )  # fmt: skip
    with made.house.workspace() as tx:
        tx.people.put(Person("olga", "olga@ferro.example", "Olga Reyes", (), "Strategy", "ops"))
        tx.people.put(Person("mia", "mia@ferro.example", "Mia Lund", (), "Legal", "leader", 2))
        tx.programme.put(replace(tx.programme.get(), names_agreed=agreed))
        tx.meetings.put(meeting)
        tx.customers.put_contact(Contact("jo", "kestrel", "jo@kestrel.example", "Jo"))
        for who in ("dana", "lev"):
            tx.seats.add(Evidence(f"e-{who}", "m1", who, "host", "attended", "rosa@ferro.example", NOW))
    return customer_page(replace(made.house, me=f"{me}@ferro.example", workspace_shared=shared), "kestrel")


@pytest.mark.parametrize(
    ("me", "agreed", "shown"),
    [
        ("mia", "", ("2 of us",)), ("mia", "agreement of 3 May", ("2 of us",)), ("olga", "", ("2 of us",)),
        ("olga", "agreement of 3 May", NAMED), ("rosa", "", NAMED), ("dana", "", NAMED),
    ],
)  # fmt: skip
def test_who_sat_in_is_named_to_who_may_know(made: Made, me: str, agreed: str, shown: tuple[str, ...]) -> None:
    page = _page(made, me, agreed=agreed)
    assert tuple(sorted(page.heard_by)) == shown
    assert tuple(sorted(page.people[0].met_by)) == shown
    assert [tuple(sorted(one.who)) for one in page.timeline if one.kind == "meeting"] == [shown]


def test_a_workspace_of_ones_own_names_everybody(made: Made) -> None:
    assert tuple(sorted(_page(made, "mia", shared=False).heard_by)) == NAMED
