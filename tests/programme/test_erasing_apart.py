"""Who is taken out, and nobody else: after a merge, beside colleagues of the same name, among words that are names."""

import pytest

from companion.customers.memory import Fact
from companion.customers.model import Contact, Customer
from companion.programme import listening, memory
from companion.programme.forgetting import erase, held_about
from companion.programme.merging import merge
from companion.programme.nameless import Nameless
from companion.programme.sync import sync
from fakes.house import Made
from fakes.ics import NOW, calendar, event

MARA = "mara@kestrel.example"
AWAY = "mara@heron.example"


def fact_after(made: Made, who: Contact, *told: str) -> list[str]:
    """Facts as they stand once somebody is erased."""
    memory.put_contact(made.house, who)
    facts = [memory.remember(made.house, Fact("", "kestrel", "goal", text)) for text in told]
    erase(made.house, who.address)
    return [memory.get(made.house, fact.id).text for fact in facts]


def test_what_a_merged_customer_had_on_this_device_is_reached(made: Made) -> None:
    with made.house.workspace() as tx:
        tx.customers.put(Customer("heron", "Heron Ltd", ("heron.example",)))
    guest = f"ATTENDEE;CN=Mara Lindqvist:mailto:{AWAY}"
    told = event("a", "20261110T130000Z", guest, title="Heron with Mara Lindqvist", guests=(), answer="ACCEPTED")
    made.account("Work", "dana@ferro.example").members = {"a": calendar(told)}
    sync(made.house)
    with made.house.workspace(write=False) as tx:
        (meeting,) = tx.meetings.of_customer("heron")
    note = listening.open_note(made.house, meeting.id)
    edit = listening.Edit("l1", 0, "q", "Mara Lindqvist counts.", NOW, "")
    listening.write_lines(made.house, note.id, [edit])
    merge(made.house, "kestrel", "heron")
    assert held_about(made.house, AWAY).at[0].notes
    erase(made.house, AWAY, also_my_notes=True)
    kept = listening.get(made.house, note.id)
    assert "Lindqvist" not in kept.title + str([line.text for line in kept.lines])
    with made.house.device(write=False) as device:
        assert "Lindqvist" not in str(
            [one for account in device.accounts.all() for one in device.events.all(account.id)]
        )


def test_colleagues_and_other_contacts_keep_their_names(made: Made) -> None:
    memory.put_contact(made.house, Contact("", "kestrel", "ken@kestrel.example", "Ken Lindqvist"))
    firm = "somebody at Kestrel Plumbing Supply"
    assert fact_after(
        made, Contact("", "kestrel", MARA, "Dana Lindqvist"), "Dana Okafor promised to call; Dana heard it.",
        "Dana Okafor and Ken Lindqvist met Dana Lindqvist; Dana heard it.", "Mrs Lindqvist counts; Dana heard it.",
    ) == [
        "Dana Okafor promised to call; Dana heard it.", f"Dana Okafor and Ken Lindqvist met {firm}; {firm} heard it.",
        f"Mrs {firm} counts; {firm} heard it.",
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), [
    ("Will Park", "We will park the van; will park the crew too."), ("An Vo", "An order came. an vo"),
    ("May Long", "It may long be so."), ("Will Park", "Will park the van at six."),
])  # fmt: skip
def test_a_name_of_plain_words_needs_its_capitals(name: str, text: str) -> None:
    clean = Nameless.of([(name, "x@kestrel.example")], "Kestrel")
    assert clean(text) == text
    assert clean(f"{name} came.") == "somebody at Kestrel came."


def test_a_namesake_is_no_reason_to_keep_a_name(made: Made) -> None:
    clean = Nameless.of([("Ken Stern", MARA)], "Kestrel", others=["Ken Stern", "Ken"])
    assert clean("Ken Stern rang; Ken waited.") == "somebody at Kestrel rang; somebody at Kestrel waited."


def test_a_link_that_names_them_goes_and_no_sync_brings_it_back(made: Made) -> None:
    guest = f"ATTENDEE;CN=Mara Lindqvist:mailto:{MARA}"
    made.account("Work", "dana@ferro.example").members = {
        "a": calendar(
            event("a", "20261110T130000Z", guest, "URL:https://zoom.us/my/mara.lindqvist", answer="ACCEPTED")
        ),
        "b": calendar(event("b", "20261111T130000Z", guest, "URL:https://zoom.us/j/12345678", answer="ACCEPTED")),
    }
    sync(made.house)

    def links() -> list[str]:
        with made.house.workspace(write=False) as tx:
            met = tx.meetings.of_customer("kestrel")
            copies = [copy.event for some in tx.meetings.copies([one.id for one in met]).values() for copy in some]
        with made.house.device(write=False) as device:
            here = [one for account in device.accounts.all() for one in device.events.all(account.id)]
        return sorted(one.link for one in (*met, *copies, *here))

    mine, plain = "https://zoom.us/my/mara.lindqvist", "https://zoom.us/j/12345678"
    assert links() == [plain] * 3 + [mine] * 3
    erase(made.house, MARA)
    assert links() == [""] * 3 + [plain] * 3
    made.sources["Work"].members["a"] = calendar(
        event("a", "20261110T140000Z", guest, f"URL:{mine}", answer="ACCEPTED")
    )  # fmt: skip
    sync(made.house)
    assert links() == [""] * 3 + [plain] * 3


@pytest.mark.parametrize("link", [
    "https://zoom.us/my/Mara%20Lindqvist", "https://zoom.us/my/mara_lindqvist?pwd=1", "https://zoom.us/my/lindqvist",
    "msteams://l/mara%40kestrel.example",
])  # fmt: skip
def test_a_link_names_them_in_many_ways(link: str) -> None:
    clean = Nameless.of([("Mara Lindqvist", MARA)], "Kestrel")
    assert clean(link) == ""
    assert clean(f"Join by {link} at six").startswith("Join by ")
    assert clean("https://zoom.us/my/ken.doyle") == "https://zoom.us/my/ken.doyle"
