"""What commands about customers' facts and people do in the workspace; who may write is asked again here."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from companion.attendance.target import aimed
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.customers.changing import changed, ended, ends_of
from companion.customers.memory import KINDS, Fact
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.codec import contact_from_json, fact_from_json
from companion.programme.erased_names import told_without, without_names
from companion.programme.model import WorkspaceTx
from companion.takeaways.audience import here

Handler = Callable[[WorkspaceTx, dict[str, Any], datetime], None]
MEMORY_WORDS = frozenset({"fact", "contact"})  # commands that hold what somebody wrote
MEMORY_HOPELESS = frozenset({
    "memory_not_yours", "fact_unknown", "fact_customer_unknown", "fact_kind_unknown", "fact_state_unknown",
})  # fmt: skip


def sees_customers(tx: WorkspaceTx, person: Person | None, now: datetime, *, shared: bool) -> bool:
    """Whether somebody sees what is remembered of customers, and may write it: leaders, hosts and ops who are here.

    Where nobody else writes, whoever works there does.
    """
    if not shared:
        return True
    programme = tx.programme.get()
    if person is None or person.kind == "group" or not here(person, day_of(now, programme.zone)):
        return False
    if person.kind in ("leader", "host", "ops") or aimed(person, tx.seats.targets(), programme.targets):
        return True
    return any(normal(customer.host_email) in person.addresses for customer in tx.customers.all())


def check_writer(tx: WorkspaceTx, by: str, now: datetime, *, shared: bool) -> str:
    """The person id of who writes, "" where nobody said who works here; Problem `memory_not_yours`."""
    person = tx.people.by_address(normal(by)) if by else None
    if not sees_customers(tx, person, now, shared=shared):
        raise Problem("memory_not_yours")
    return person.id if person else ""


def find(tx: WorkspaceTx, fact_id: str) -> Fact:
    """A fact by its id or the beginning of it; Problem `fact_unknown`."""
    known = tx.facts.get(fact_id)
    if known is None and len(fact_id) >= 4:
        hits = [one for one in tx.facts.all() if one.id.startswith(fact_id)]
        known = hits[0] if len(hits) == 1 else None
    if known is None:
        raise Problem("fact_unknown", fact=fact_id)
    return known


def take_fact(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """A fact told for the first time, or changed: what was there stays as a version, whoever was first."""
    news = fact_from_json(body["fact"])
    by = _writer(tx, body, now)
    if news.kind not in KINDS:
        raise Problem("fact_kind_unknown", value=news.kind, known=", ".join(KINDS))
    tx.facts.lock(news.id)
    now_is, at = tx.facts.get(news.id), _told_at(body, now)
    if now_is is None:
        customer_id = tx.customers.now_at(news.customer_id)
        if tx.customers.get(customer_id) is None:
            raise Problem("fact_customer_unknown")
        _end_former(tx, news, by, at)
        first = replace(news, customer_id=customer_id, by=by, changed=at, changed_by=by, revision=1, unseen=0)
        tx.facts.put(told_without(tx, first, at))
        return
    base = next((one.fact for one in tx.facts.versions(news.id) if one.fact.revision == body["base_revision"]), None)
    before = base or now_is
    news = told_without(tx, replace(news, customer_id=now_is.customer_id), min(before.changed or at, at))
    _save(tx, now_is, changed(now_is, news, base, by, at))


def take_end(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """What became of a fact, and on which day."""
    by = _writer(tx, body, now)
    fact_id = find(tx, body["id"]).id
    tx.facts.lock(fact_id)
    now_is = find(tx, fact_id)
    if body["state"] not in ends_of(now_is):
        raise Problem("fact_state_unknown", value=body["state"], known=", ".join(ends_of(now_is)))
    on, at = date.fromisoformat(body["on"]) if body.get("on") else None, _told_at(body, now)
    clean = without_names(tx, now_is.customer_id, [body.get("result", "")], at)
    result = clean(body["result"]) if clean else body.get("result", "")
    _save(tx, now_is, ended(now_is, body["state"], result, on, by, at))


def take_contact(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """What is known of one of a customer's people; who was erased stays erased."""
    news = contact_from_json(body["contact"])
    _writer(tx, body, now)
    customer_id = tx.customers.now_at(news.customer_id)
    if tx.customers.get(customer_id) is None:
        raise Problem("fact_customer_unknown")
    if not tx.customers.erased().holds(normal(news.address)):
        clean = without_names(tx, customer_id, [news.role, news.line], _told_at(body, now)) or str
        tx.customers.change_contact(
            replace(news, customer_id=customer_id, role=clean(news.role), line=clean(news.line))
        )


def _writer(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> str:
    return check_writer(tx, body.get("by", ""), now, shared=bool(body.get("shared")) or tx.programme.get().shared)


def _told_at(body: dict[str, Any], now: datetime) -> datetime:
    """When it was written, which may be days before it crosses; never later than now."""
    return min(datetime.fromisoformat(body["at"]), now) if body.get("at") else now


def _end_former(tx: WorkspaceTx, news: Fact, by: str, at: datetime) -> None:
    """The goal that a new one came in place of ends as changed, where it had not ended."""
    former = tx.facts.get(news.follows) if news.follows else None
    if former and former.state == "open" and former.kind == "goal":
        _save(tx, former, ended(former, "changed", former.result, news.heard_on, by, at))


def _save(tx: WorkspaceTx, before: Fact, after: Fact) -> None:
    if after is not before:
        tx.facts.put(after)


MEMORY_HANDLERS: dict[str, Handler] = {"fact": take_fact, "fact.end": take_end, "contact": take_contact}
