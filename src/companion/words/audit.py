"""The audit in words: what its codes mean."""

from companion.words.language import mark, t

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
    "person.assistants": mark("person: assistants"),
    "customer.visits": mark("customer: listeners a year"),
    "customers.merged": mark("customers merged"),
    "contact.erased": mark("somebody of a customer erased"),
    "meeting.confirmed": mark("a customer meeting"),
    "meeting.dismissed": mark("no customer meeting"),
    "meeting.forgotten": mark("meeting forgotten"),
    "rules.changed": mark("rules of recognition"),
    "command.refused": mark("refused on its way"),
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
}


def what(code: str) -> str:
    """What a line is about; a code that this version does not know as it stands."""
    known = WHAT.get(code)
    return t(known) if known else code


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


def from_to(code: str, old: str, new: str) -> str:
    """What was and what is: "nobody has said → was there"."""
    if code == "seat" or code.startswith("seat."):
        old, new = (t(STATES[word]) if word in STATES else word for word in (old, new))
    if old == new:
        return new
    return t("{old} → {new}", old=old or "—", new=new or "—") if old or new else ""


def sentence(day: str, who: str, code: str, about: str, change: str, why: str) -> str:
    """A line as it is read out."""
    told = t("{day}: {who}, {what}", day=day, who=who or t("the programme itself"), what=what(code))
    parts = [f"{told}.", f"{about}." if about else "", f"{change}." if change else ""]
    parts += [t("Why: {why}", why=why)] if why else []
    return " ".join(filter(None, parts))
