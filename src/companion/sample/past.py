"""The sample company's past year as the stores hold it: statements on seats, takeaways, answers."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from companion.attendance.model import Evidence
from companion.basics.ids import meeting_id
from companion.customers.memory import Fact
from companion.customers.model import Contact
from companion.people.model import Person
from companion.programme.model import House
from companion.programme.remerge import finder
from companion.sample.model import Company, PastTakeaway
from companion.takeaways.model import Action, Answer, Takeaway

_SAMPLE = uuid.UUID("6e0a1f52-0f0b-5c53-9d43-9f4d6b1f6f3a")


def rec_key(occurrence: datetime | None) -> str:
    """The recurrence key of an occurrence, as the reader of calendars makes it."""
    return f"U:{int(occurrence.timestamp())}" if occurrence else "-"


def _id(*parts: str) -> str:
    return str(uuid.uuid5(_SAMPLE, "\n".join(parts)))


def past_evidence(house: House, company: Company) -> list[Evidence]:
    """Who said what on past seats; the ids are the same at every run."""
    people = _people(house)
    rows = []
    for said in company.statements:
        key, person = meeting_id(said.uid, rec_key(said.occurrence)), people[said.email]
        instead = people[said.to].id if said.to else ""
        name = _id("seat", key, said.email, said.source, said.state)
        rows.append(Evidence(name, key, person.id, said.source, said.state, said.by, said.at, said.reason, instead))
    return rows


def _people(house: House) -> dict[str, Person]:
    with house.workspace(write=False) as tx:
        everybody = tx.people.all()
    find = finder(everybody)
    return {address: person for one in everybody for address in one.addresses if (person := find(address))}


def past_takeaways(house: House, company: Company) -> list[Takeaway]:
    """The takeaways of the past year, tellings among them."""
    people = _people(house)
    return [_takeaway(story, people) for story in company.stories]


def _takeaway(story: PastTakeaway, people: dict[str, Person]) -> Takeaway:
    key = meeting_id(story.uid, rec_key(story.occurrence))
    author = people[story.author]
    return Takeaway(
        _id("takeaway", key, story.author, story.headline), 1, author.id, key, story.customer_id, story.audience,
        story.headline, story.scene, story.quote, story.quote_role, story.goal, story.matters, story.will_do,
        story.question, story.customer_name, story.published, story.told_on, pillars=story.pillars,
    )  # fmt: skip


def past_answers(house: House, company: Company) -> list[Answer]:
    """What staff answered, some only to the author, some answered back."""
    people = _people(house)
    rows = []
    for story in company.stories:
        takeaway = _takeaway(story, people)
        for at, said in enumerate(story.answers):
            person, when = people[said.email], story.published + timedelta(days=said.days_later)
            answer = Answer(
                _id("answer", takeaway.id, str(at)),
                takeaway.id,
                said.kind,
                said.text,
                when,
                person.name,
                person.team,
                person_id=person.id,
                address=person.email,
                only_author=said.only_author,
            )
            if said.reply:
                answer = replace(answer, reply=said.reply, replied=when + timedelta(days=1))
            rows.append(answer)
    return rows


def past_actions(house: House, company: Company) -> list[Action]:
    """What some of the answers set going, done or still to be done."""
    people = _people(house)
    rows = []
    for story in company.stories:
        takeaway = _takeaway(story, people)
        for at, plan in enumerate(story.actions):
            answer = _id("answer", takeaway.id, str(plan.answer))
            made = story.published + timedelta(days=story.answers[plan.answer].days_later + 1)
            due = (made + timedelta(days=plan.days)).date()
            done = made + timedelta(days=plan.days - 1) if plan.result else None
            name = _id("action", takeaway.id, str(at))
            owner = people[plan.owner].id
            rows.append(Action(name, takeaway.id, plan.text, owner, made, due, (answer,), done, plan.result))
    return rows


def past_facts(house: House, company: Company) -> list[Fact]:
    """What is remembered of the customers."""
    people = _people(house)
    contacts: dict[tuple[str, str], str] = {}
    with house.workspace(write=False) as tx:
        for customer_id in {fact.customer_id for fact in company.facts}:
            contacts |= {(customer_id, one.address): one.id for one in tx.customers.contacts(customer_id)}
    return [
        Fact(
            _id("fact", fact.key), fact.customer_id, fact.kind, fact.text,  # type: ignore[arg-type]
            topic=fact.topic, role=fact.role, contact_id=contacts.get((fact.customer_id, fact.contact), ""),
            heard_on=fact.heard_on, source=fact.source, may_quote=fact.may_quote,
            owner_id=people[fact.owner].id if fact.owner else "", due=fact.due,
            state=fact.state,  # type: ignore[arg-type]
            ended=fact.ended, result=fact.result, follows=_id("fact", fact.after) if fact.after else "",
            by=people[fact.by].id, changed=house.clock(), changed_by=people[fact.by].id,
        )
        for fact in company.facts
    ]  # fmt: skip


def known_contacts(house: House, company: Company) -> list[Contact]:
    """The customers' people of the calendars, with what the hosts know of their work."""
    roles = {(one.customer_id, one.address): one.role for one in company.contacts}
    with house.workspace(write=False) as tx:
        found = [one for customer in tx.customers.all() for one in tx.customers.contacts(customer.id)]
    return [
        replace(one, role=roles[one.customer_id, one.address])
        for one in found if not one.role and (one.customer_id, one.address) in roles
    ]  # fmt: skip
