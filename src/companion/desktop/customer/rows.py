"""A customer's page as rows, section by section; what nobody knows stays visible."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from companion.basics.clock import day_of
from companion.desktop.customer.facts import today_of
from companion.desktop.customer.row import Shown
from companion.desktop.customer.words import (
    MAY_THEM,
    day_said,
    may_said,
    outcome,
    provenance,
)
from companion.programme.views.customer import CustomerPage, Goal, Quote, Remembered, TheirPerson
from companion.programme.views.customer_time import Moment
from companion.words.answers import from_whom
from companion.words.brief import line_name, unknown
from companion.words.dates import day_month
from companion.words.language import t, tn
from companion.words.memory import happened

Menu = tuple[tuple[str, str], ...]
OPENS = {"meeting": "meetings", "takeaway": "read"}


def rows_of(page: CustomerPage, waiting: Collection[str], names: Mapping[str, str]) -> dict[str, tuple[Shown, ...]]:
    """The rows of every section, by its key; `waiting`: keys of rows that have not crossed, `names`: ours by id."""
    today = today_of(page)
    found = {
        "who": tuple(_who(topic, one, today) for topic, one in page.who),
        "people": tuple(_person(one, page, today) for one in page.people),
        "goal": tuple(_goal(one, today) for one in (*page.goals, *page.past_goals)),
        "quote": tuple(_quote(one, today) for one in page.quotes),
        "bought": tuple(_plain(one, today) for one in page.bought),
        "promise": tuple(_promise(one, today) for one in (*page.promises, *page.past_promises)),
        "touch": tuple(_plain(one, today, one.fact.topic) for one in page.touches),
        "avoid": tuple(_plain(one, today) for one in page.avoid),
        "front_line": (*(_plain(one, today) for one in page.front_line), *_known(page, today)),
        "under_way": tuple(_under_way(page, today)),
        "timeline": tuple(_moment(one, at, today) for at, one in enumerate(page.timeline)),
        "ended": tuple(_over(one, today) for one in page.ended),
    }
    return {
        key: tuple(
            replace(
                row, waits=row.key in waiting, others=tuple((names.get(by, ""), text) for by, text in row.others)
            )
            for row in rows
        )
        for key, rows in found.items()
    }  # fmt: skip


def _who(topic: str, one: Remembered | None, today: date) -> Shown:
    lead = line_name(topic)
    if one is None:
        return Shown(f"new:who:{topic}", unknown(), lead, soft=True, edits=True)
    return replace(_plain(one, today, lead), key=one.fact.id)


def _plain(one: Remembered, today: date, lead: str = "") -> Shown:
    fact = one.fact
    small = tuple(part for part in (provenance(one, today), outcome(fact, today)) if part)
    menu = (*_history(one), ("remove", t("Remove")))
    return Shown(
        fact.id, fact.text, lead, small, others=_others(one), soft=one.old or fact.state != "open", edits=True,
        menu=menu,
    )  # fmt: skip


def _goal(goal: Goal, today: date) -> Shown:
    one = goal.now
    ends: Menu = ()
    if one.fact.state == "open":
        ends = (
            ("end:reached", t("They reached it…")), ("follow", t("They want something else now…")),
            ("end:dropped", t("They dropped it…")),
        )  # fmt: skip
    else:
        ends = (("reopen", t("They want it after all")),)
    before = tuple(
        t("{text} ({day})", text=old.fact.text, day=day_said(old.fact.heard_on, today, old=False))
        for old in goal.before
    )
    return replace(_plain(one, today), quote=True, before=before, menu=(*ends, *_history(one)))


def _promise(one: Remembered, today: date) -> Shown:
    if one.fact.state == "open":
        ends: Menu = (
            ("end:kept", t("Kept…")), ("end:broken", t("Broken…")), ("end:dropped", t("Dropped…")),
        )  # fmt: skip
    else:
        ends = (("reopen", t("It is open after all")),)
    return replace(_plain(one, today), menu=(*ends, *_history(one)))


def _quote(one: Quote, today: date) -> Shown:
    parts = [one.role or t("nobody knows who said it"), day_said(one.heard_on, today, old=one.old)]
    if one.fact is not None and one.fact.contact:
        parts.insert(0, one.fact.contact)
    parts.append(one.meeting.title if one.meeting else one.source or t("nobody knows from where"))
    parts.append(t("heard by {name}", name=one.author) if one.author else t("nobody knows who heard it"))
    small = (" · ".join(parts), may_said(one.may_quote))
    if one.fact is not None:
        fact = _plain(one.fact, today)
        return replace(fact, quote=True, small=small)
    takeaway = one.takeaway.id if one.takeaway else ""
    return Shown(f"takeaway:{takeaway}", one.text, "", small, quote=True, soft=one.old, opens="read", item=takeaway)


def _known(page: CustomerPage, today: date) -> list[Shown]:
    return [
        Shown(
            f"answer:{one.answer.id}", one.answer.text, "",
            (f"{from_whom(one.answer)} · {day_month(day_of(one.answer.at, page.zone), today)} · "
             f"{one.takeaway.headline}",), opens="read", item=one.takeaway.id,
        )
        for one in page.known
    ]  # fmt: skip


def _under_way(page: CustomerPage, today: date) -> list[Shown]:
    found = []
    for one in page.under_way:
        small: tuple[str, ...] = ()
        if one.due:
            day = day_month(one.due, today)
            small = (t("was due on {day}", day=day) if one.due < today else t("until {day}", day=day),)
        found.append(Shown(f"action:{one.id}", one.text, "", small, opens="read", item=one.takeaway_id))
    return found


def _over(one: Remembered, today: date) -> Shown:
    row = _plain(one, today)
    return replace(row, quote=one.fact.kind == "quote", soft=True, edits=False, menu=(("reopen", t("It holds again")),))


def _person(one: TheirPerson, page: CustomerPage, today: date) -> Shown:
    contact = one.contact
    name = contact.name or contact.address
    if one.met:
        day = day_month(day_of(one.met[0].start, page.zone), today)
        met = t("met on {day}", day=day)
        if one.met_by:
            met = t("{met} by {names}", met=met, names=", ".join(one.met_by[:3]))
    else:
        met = t("not met yet")
    quotes = tn("{count} thing known from them", "{count} things known from them", one.quotes) if one.quotes else ""
    small = " · ".join(part for part in (met, t(MAY_THEM.get(contact.may_quote, MAY_THEM[""])), quotes) if part)
    line = contact.line or t("no line on them yet")
    quote: Menu = tuple(
        (f"quote:{key}", label)
        for key, label in (
            ("yes", t("We may quote them")), ("ask", t("Ask them before quoting")), ("no", t("Not to be quoted")),
        )
        if key != contact.may_quote
    )  # fmt: skip
    menu = (*quote, ("held", t("What is held about them…")), ("erase", t("Erase this person…")))
    title = t("{name}, {role}", name=name, role=contact.role) if contact.role else name
    return Shown(f"contact:{contact.id}", title, "", (line, small), edits=True, menu=menu)


def _moment(one: Moment, at: int, today: date) -> Shown:
    text = happened(one.kind, one.state, one.text, one.result)
    if one.state == "cancelled":
        text = t("{text} (cancelled)", text=text)
    opens = OPENS.get(one.kind, "")
    small = " · ".join((day_month(one.on, today), *one.who))
    return Shown(f"moment:{at}:{one.id}", text, "", (small,), opens=opens, item=one.id if opens else "")


def _history(one: Remembered) -> Menu:
    return (("history", t("What it said before…")),) if one.versions else ()


def _others(one: Remembered) -> tuple[tuple[str, str], ...]:
    """What others wrote at the same time, each with the id of its writer."""
    return tuple((version.by, version.fact.text) for version in one.others)
