"""Prepared in five minutes, listened to with both ears: the sample company, and an hour with the network off."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.bootstrap import build
from companion.briefs.outline import MOST_WORDS, words_on
from companion.calendars.model import Guest
from companion.customers.model import Contact
from companion.meetings.model import Meeting
from companion.programme import listening, people, preparing, publishing, start
from companion.programme.listening import Edit
from companion.programme.model import House
from companion.sample.past import past_facts
from fakes.house import Made
from fakes.meeting import THURSDAY, met, seated
from sample.reading import company

PAGES = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[House]:
    """The sample company's people, customers and what is remembered of them; Dana sits with each of them."""
    now = THURSDAY - timedelta(days=3)
    firm = company(now.date())
    house = build(tmp_path / "home", clock=lambda: now, secrets_mode="session")
    start.begin(house, firm.name, list(firm.our_domains), firm.zone)
    people.import_people(house, firm.people_csv)
    people.import_customers(house, firm.customers_csv)
    house = people.set_me(house, "dana.okafor@ferro.example")
    with house.workspace() as tx:
        for one in firm.contacts:
            tx.customers.put_contact(Contact(one.address, one.customer_id, one.address, one.name, one.role))
        for customer in tx.customers.all():
            guests = [Guest(one.address, one.name) for one in firm.contacts if one.customer_id == customer.id]
            tx.meetings.put(_meeting(customer.id, customer.host_email, guests))
    facts = past_facts(house, firm)
    with house.workspace() as tx:
        for fact in facts:
            tx.facts.put(fact)
    for name in {one.customer_id for one in firm.contacts}:
        seated(house, f"m-{name}", "dana-okafor")
    yield house
    house.close()


def _meeting(customer: str, host: str, guests: list[Guest]) -> Meeting:
    return Meeting(
        id=f"m-{customer}", uid=customer, rec_key="", title="Annual review", start=THURSDAY,
        end=THURSDAY + timedelta(hours=1), all_day=False, zone="Europe/Amsterdam", status="confirmed",
        customer_id=customer, score=90, why=(), host_email=host, link="https://meet.example/1",
        place="Their yard, Mill Lane 4", guests=tuple(guests),
    )  # fmt: skip


def test_no_customer_of_the_sample_company_needs_more_than_a_page(sample: House) -> None:
    """Their own pages, in the language of each leader's team, and the longest of them printed."""
    with sample.workspace(write=False) as tx:
        customers = tx.customers.all()
    briefs = [preparing.brief_for(sample, f"m-{customer.id}") for customer in customers]
    assert len(briefs) >= 20
    assert all(
        words_on(brief, language) <= MOST_WORDS == 450 for brief in briefs for language in ("en", "it", "pl", "vi")
    )
    longest = max(briefs, key=words_on)
    assert longest.customer == "Kestrel Plumbing Supply"
    assert longest.goals
    assert longest.promises
    assert any(not line.text for line in longest.customer_lines)  # what nobody knows stays visible
    printed = sample.render_pdf(sample.render_brief(longest, "en").paper)
    assert len(PAGES.findall(printed)) == 2  # the page, and its ruled back


def test_a_fact_of_kestrel_is_said_whole_where_there_is_room(sample: House) -> None:
    """A sentence is not cut to spare words nobody needs."""
    brief = preparing.brief_for(sample, "m-kestrel")
    told = [*brief.goals, *brief.promises, *brief.avoid, *brief.team_facts, *brief.customer_lines]
    cut = [one.text for one in told if one.text.endswith("…")]
    assert len(cut) <= 4, cut


@contextmanager
def _away(*, write: bool = True) -> Iterator[None]:
    raise Problem("workspace_away")
    yield


def test_an_hour_with_the_network_off(made: Made) -> None:
    """Two days before, the brief was made. Then nothing but this computer: read, expect, listen, answer, draft."""
    met(made.house, start=THURSDAY)
    seated(made.house, "m1", "dana")
    made.time[0] = THURSDAY - timedelta(hours=40)
    assert preparing.prepare_all(made.house) == 1
    house = replace(made.house, workspace=_away)

    made.time[0] = THURSDAY - timedelta(minutes=5)
    brief = preparing.brief_for(house, "m1")
    assert brief.customer == "Kestrel Plumbing Supply"
    assert brief.made == THURSDAY - timedelta(hours=40)  # told as of then
    preparing.expect(house, "m1", "Complaints about payment terms.")
    assert preparing.brief_for(house, "m1").expected == "Complaints about payment terms."

    made.time[0] = THURSDAY + timedelta(minutes=20)
    note = listening.open_note(house, "m1")
    now = made.time[0]
    listening.write_lines(house, note.id, [Edit(new_id(), 0, "q", "We lose a crew day when a pallet is late.", now)])
    made.time[0] = THURSDAY + timedelta(hours=1, minutes=10)
    for key, text in (
        ("said", "My foreman has three numbers for you."), ("scene", "He held up the card with all three."),
        ("surprise", "Not a word about payment terms."),
    ):  # fmt: skip
        listening.write_answer(house, note.id, key, text)

    draft = publishing.begin(house, note.id)
    assert (draft.quote, draft.scene) == (
        "My foreman has three numbers for you.",
        "He held up the card with all three.",
    )
    assert (draft.author_id, draft.customer_id, draft.customer_name) == ("dana", "kestrel", "Kestrel Plumbing Supply")
