"""Words that were written before somebody was erased, and cross after: they are kept without them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from companion.basics.ids import new_id
from companion.crossing.model import Command
from companion.customers.memory import Fact
from companion.customers.model import Contact, Customer
from companion.programme import memory
from companion.programme.apply import cross
from companion.programme.codec import to_json
from companion.programme.forgetting import erase
from companion.programme.merging import merge
from fakes.house import Made
from fakes.ics import NOW

MARA = "mara@kestrel.example"
FIRM = "somebody at Kestrel Plumbing Supply"


@pytest.fixture
def mara(made: Made) -> Contact:
    """A contact of Kestrel's; Ken is another."""
    memory.put_contact(made.house, Contact("", "kestrel", "ken@kestrel.example", "Ken Stern"))
    memory.put_contact(made.house, Contact("", "kestrel", MARA, "Mara Lindqvist"))
    with made.house.workspace(write=False) as tx:
        return next(one for one in tx.customers.contacts("kestrel") if one.address == MARA)


def late(made: Made, kind: str = "fact", **body: Any) -> None:
    """What another computer wrote before it heard of the wish, crossing now."""
    told = {"by": "dana@ferro.example", "shared": False, "at": (NOW - timedelta(hours=1)).isoformat(), **body}
    with made.house.device() as device:
        device.queue.put(Command(new_id(), kind, told, NOW))
    cross(made.house)


def told(fact: Fact, base_revision: int = 0) -> dict[str, Any]:
    """The body of a command that tells a fact."""
    return {"fact": to_json(fact), "base_revision": base_revision}


def test_a_fact_that_crosses_late_names_nobody_who_was_erased(made: Made, mara: Contact) -> None:
    erase(made.house, MARA)
    text = "MARA LINDQVIST wants Thursdays; Ken Stern told Mara, and Lindqvist's crews start at six."
    late(made, **told(Fact("f1", "kestrel", "quote", text, source=f"a mail of {MARA}", contact_id=mara.id)))
    fact = memory.get(made.house, "f1")
    assert fact.text == f"{FIRM} wants Thursdays; Ken Stern told {FIRM}, and {FIRM}'s crews start at six."
    assert (fact.source, fact.contact_id) == (f"a mail of {FIRM}", "")


def test_a_change_or_an_end_from_before_names_nobody(made: Made, mara: Contact) -> None:
    fact = memory.remember(made.house, Fact("", "kestrel", "promise", "Mara Lindqvist gets the drawings."))
    erase(made.house, MARA)
    made.time[0] = NOW + timedelta(days=1)  # a page that was open all night
    open_page = replace(fact, source="the phone")
    late(made, **told(open_page, 1), at=made.time[0].isoformat())
    after = memory.get(made.house, fact.id)
    assert (after.text, after.source, after.unseen) == (f"{FIRM} gets the drawings.", "the phone", 0)
    late(made, "fact.end", id=fact.id, state="kept", result="Mara Lindqvist has them.", on="")
    assert memory.get(made.house, fact.id).result == f"{FIRM} has them."


def test_a_line_about_somebody_else_names_nobody(made: Made, mara: Contact) -> None:
    erase(made.house, MARA)
    late(
        made, "contact", contact=to_json(Contact("", "kestrel", "ken@kestrel.example", "Ken Stern", line="Mara's boss"))
    )
    with made.house.workspace(write=False) as tx:
        (ken,) = tx.customers.contacts("kestrel")
    assert (ken.name, ken.line) == ("Ken Stern", f"{FIRM}'s boss")


def test_only_whole_names_go_from_what_is_written_afterwards(made: Made, mara: Contact) -> None:
    erase(made.house, MARA)
    made.time[0] = NOW + timedelta(days=1)
    memory.put_contact(made.house, Contact("", "kestrel", "mara.jones@kestrel.example", "Mara Jones"))
    fact = memory.remember(made.house, Fact("", "kestrel", "goal", "Mara walks the yard."))
    assert fact.text == "Mara walks the yard."
    assert memory.remember(made.house, Fact("", "kestrel", "goal", "Mara Lindqvist walks.")).text == f"{FIRM} walks."
    late(made, **told(Fact("f2", "kestrel", "goal", "Mara Jones starts; Mara counts.")))
    assert memory.get(made.house, "f2").text == "Mara Jones starts; Mara counts."


def test_a_name_that_somebody_has_today_stays(made: Made, mara: Contact) -> None:
    erase(made.house, MARA)
    memory.put_contact(made.house, Contact("", "kestrel", "m.lindqvist@kestrel.example", "Mara Lindqvist"))
    late(made, **told(Fact("f1", "kestrel", "goal", "Mara Lindqvist wants crews.")))
    assert memory.get(made.house, "f1").text == "Mara Lindqvist wants crews."


def test_a_namesake_elsewhere_keeps_the_name(made: Made, mara: Contact) -> None:
    with made.house.workspace() as tx:
        tx.customers.put(Customer("heron", "Heron Ltd"))
    erase(made.house, MARA)
    late(made, **told(Fact("f1", "heron", "goal", "Mara Lindqvist of Heron wants crews.")))
    assert memory.get(made.house, "f1").text == "Mara Lindqvist of Heron wants crews."
    merge(made.house, "heron", "kestrel")  # from here on it is one customer, and the wish counts for it
    late(made, **told(Fact("f2", "kestrel", "goal", "Mara Lindqvist wants crews.")))
    assert memory.get(made.house, "f2").text == "somebody at Heron Ltd wants crews."


def test_the_store_knows_names_of_the_erased_by_seals_alone(made: Made, mara: Contact) -> None:
    erase(made.house, MARA)
    with made.house.workspace(write=False) as tx:
        assert len(tx.customers.erased().seals) == 4  # the address, the name, and its two parts
    home = made.house.paths.home
    made.house.close()
    assert not [path for path in home.rglob("*") if path.is_file() and b"lindqvist" in path.read_bytes().lower()]
