"""The audit in words: what its codes mean."""

import re
from datetime import date

from companion.words.attendance import SYSTEMS
from companion.words.dates import full_day, short_day
from companion.words.language import mark, t, tn

_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")
WHAT: dict[str, str] = {
    "seat": mark("seat"),
    "seat.self": mark("seat, by their own word"),
    "seat.host": mark("seat, by the host's word"),
    "seat.ops": mark("seat, noted for the programme"),
    "seat.report": mark("seat, by a join report"),
    "seat.calendar": mark("seat, by the calendar"),
    "seat.nobody": mark("nobody of ours sat in"),
    "seat.looked": mark("a mail about who sat in was looked at"),
    "target": mark("target"),
    "carried": mark("shortfall carried over"),
    "leave": mark("leave"),
    "year": mark("year closed"),
    "agreement": mark("agreement on names"),
    "person.added": mark("person added"),
    "person.imported": mark("person, from a table"),
    "person.team": mark("person: team"),
    "person.role": mark("person: role"),
    "person.target": mark("person: target"),
    "person.start": mark("person: first day in the role"),
    "person.end": mark("person: last day in the role"),
    "person.share": mark("person: share of full time"),
    "person.digest": mark("person: weekly mail"),
    "person.reminders": mark("person: briefs and questions by mail"),
    "person.assistants": mark("person: assistants"),
    "customer.visits": mark("customer: listeners a year"),
    "customers.merged": mark("customers merged"),
    "contact.erased": mark("somebody of a customer erased"),
    "meeting.confirmed": mark("a customer meeting"),
    "meeting.dismissed": mark("no customer meeting"),
    "meeting.forgotten": mark("meeting forgotten"),
    "rules.changed": mark("rules of recognition"),
    "command.refused": mark("refused on its way"),
    "offer.ask": mark("offer: a seat is asked for"),
    "offer.ops": mark("offer: somebody is proposed"),
    "offer.plan": mark("offer: by the plan"),
    "offer.swap": mark("offer: a seat is passed on"),
    "offer.handover": mark("offer: handed over"),
    "offer.allow": mark("offer: may sit in"),
    "offer.veto": mark("offer: may not sit in"),
    "offer.take": mark("offer: the seat is taken"),
    "offer.cannot": mark("offer: the seat is not taken"),
    "offer.withdraw": mark("offer: withdrawn"),
    "offer.swapped": mark("offer: the seat is passed on"),
    "offer.said": mark("offer: answered elsewhere"),
    "import": mark("past attendance brought in"),
    "import.undone": mark("past attendance taken back"),
    "programme.start": mark("programme: start"),
    "programme.zone": mark("programme: time zone"),
    "programme.targets": mark("programme: targets"),
    "programme.year": mark("programme: its year"),
    "programme.part_time": mark("programme: part time"),
    "programme.holidays": mark("programme: holidays"),
    "programme.visits": mark("programme: listeners a customer is to bear"),
    "programme.names_agreed": mark("programme: agreement on names"),
    "programme.names_agreed_on": mark("programme: agreement on names, since"),
    "programme.names_agreed_by": mark("programme: agreement on names, recorded by"),
    "programme.who_sat": mark("programme: hosts are asked who sat in"),
    "programme.weekly_yes": mark("programme: weekly mails wait for a yes"),
    "programme.shared": mark("programme: shared"),
    "programme.quiet": mark("programme: when no mail goes"),
    "programme.digest": mark("programme: when the weekly mails go"),
    "programme.post": mark("programme: the mail server it writes through"),
    "programme.answers_to": mark("programme: where answers arrive"),
    "programme.our_domains": mark("programme: our own domains"),
    "programme.review_words": mark("programme: words that tell a review"),
    "programme.hold_words": mark("programme: words that hold a meeting back"),
    "programme.threshold": mark("programme: score of a customer meeting"),
    "programme.min_client": mark("programme: people of the customer a meeting needs"),
    "programme.host_hours": mark("programme: hours the host sees it first"),
    "programme.expiry_months": mark("programme: months a takeaway is shown"),
    "plan.rule": mark("decision for the planner"),
    "handover": mark("what was handed over"),
    "takeaway.withdrawn": mark("takeaway withdrawn"),
    "takeaway.held": mark("takeaway held back"),
    "takeaway.let_go": mark("takeaway let go"),
    "takeaway.agreed": mark("takeaway agreed to"),
    "takeaway.prolonged": mark("takeaway shown for longer"),
    "takeaway.asked_again": mark("takeaway: its host is asked again"),
}


def what(code: str) -> str:
    """What a line is about; a code that this version does not know as it stands."""
    known = WHAT.get(code)
    return t(known) if known else code


def unshown() -> str:
    """What stands in the place of a reason that names others, for who reads the own lines."""
    return t("The reason names somebody else, so only ops read it.")


STATES: dict[str, str] = {
    "open": mark("open"),
    "proposed": mark("proposed"),
    "offered": mark("asked"),
    "accepted": mark("coming"),
    "declined": mark("said no"),
    "attended": mark("was there"),
    "missed": mark("was not there"),
    "excused": mark("excused"),
    "delegated": mark("somebody else went"),
    "cancelled": mark("did not take place"),
    "disputed": mark("does not agree"),
    "unknown": mark("nobody has said"),
}


OFFERS: dict[str, str] = {
    "host": mark("the host is asked"),
    "vetoed": mark("not this time"),
    "offered": mark("the leader is asked"),
    "accepted": mark("yes"),
    "declined": mark("no"),
    "withdrawn": mark("withdrawn"),
}


def from_to(code: str, old: str, new: str) -> str:
    """What was and what is: "nobody has said → was there"; only what is where there was nothing, or the same."""
    known = {"seat": STATES, "offer": OFFERS}.get(code.partition(".")[0], {})
    old, new = (t(known[word]) if word in known else _ISO.sub(_day, word) for word in (old, new))
    if old in ("", new):
        return new
    return t("{old} → {new}", old=old, new=new or "—")


def reason(why: str) -> str:
    """Why, as it is read: what the programme itself noted is said in words, what people wrote stays."""
    kind, _, system = why.partition(" ")
    return t("the join report of {system}", system=SYSTEMS[system]) if kind == "report" and system in SYSTEMS else why


def _day(found: re.Match[str]) -> str:
    try:
        return full_day(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]


def moment(day: date, time: str, today: date) -> str:
    """22 Nov 13:30, with its year where that is another."""
    return f"{short_day(day, today)} {time}"


def sentence(day: str, who: str, code: str, about: str, change: str, why: str) -> str:
    """A line as it is read out."""
    told = t("{day}: {who}, {what}", day=day, who=who or t("the programme itself"), what=what(code))
    parts = [f"{told}.", f"{about}." if about else "", f"{change}." if change else ""]
    parts += [t("Why: {why}", why=reason(why))] if why else []
    return " ".join(filter(None, parts))


def stands(count: int, *, mine: bool) -> str:
    """How many lines there are, and what they are; `mine`: only those about, or by, who reads."""
    if mine:
        return tn(
            "{count} change by you or about you, newest first. Lines are only ever added, and stay for three years.",
            "{count} changes by you or about you, newest first. Lines are only ever added, and stay for three years.",
            count,
        )
    return tn(
        "{count} change, newest first. Lines are only ever added, and stay for three years.",
        "{count} changes, newest first. Lines are only ever added, and stay for three years.",
        count,
    )
