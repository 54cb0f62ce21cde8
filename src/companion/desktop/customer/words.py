"""What the page of a customer calls things, and the small line below each fact: who said it, when, known from where."""

from datetime import date

from companion.customers.memory import Fact, FactKind, FactState
from companion.programme.views.customer import Remembered
from companion.words.brief import line_name
from companion.words.dates import day_month
from companion.words.language import mark, t

TITLES: dict[FactKind, str] = {
    "who": mark("Who they are"),
    "goal": mark("Their goals"),
    "quote": mark("What they said"),
    "bought": mark("What what they bought changed for them"),
    "touch": mark("Which of our teams touch them, and how"),
    "promise": mark("Promised to them"),
    "avoid": mark("Avoid"),
    "front_line": mark("The front line adds"),
}
SHORT: dict[FactKind, str] = {  # in the list of sections
    "who": mark("Who they are"),
    "goal": mark("Goals"),
    "quote": mark("Their words"),
    "bought": mark("What changed for them"),
    "touch": mark("Our teams"),
    "promise": mark("Promises"),
    "avoid": mark("Avoid"),
    "front_line": mark("The front line"),
}
NONE_YET: dict[FactKind, str] = {
    "who": "",
    "goal": mark("Nobody has written down yet what they want."),
    "quote": mark("Nobody has written down yet what they said."),
    "bought": mark("unknown: ask what is different for them since they have it"),
    "touch": mark("unknown"),
    "promise": mark("No promise is known."),
    "avoid": mark("Nothing is known to avoid."),
    "front_line": mark("Nobody who serves them has added anything yet."),
}
ADD: dict[FactKind, str] = {
    "who": "",
    "goal": mark("Add a goal…"),
    "quote": mark("Add exact words…"),
    "bought": mark("Add what changed…"),
    "touch": mark("Add a team…"),
    "promise": mark("Add a promise…"),
    "avoid": mark("Add what to avoid…"),
    "front_line": mark("Add what you know…"),
}
LABELS: dict[FactKind, str] = {  # of the words in an editor
    "who": "",
    "goal": mark("What they want, in their words"),
    "quote": mark("Their exact words"),
    "bought": mark("What changed for them"),
    "touch": mark("How the team touches them"),
    "promise": mark("What was promised"),
    "avoid": mark("What to avoid"),
    "front_line": mark("What you know of them"),
}
FIELD_NAMES = {
    "role": mark("Who said it, by role"),
    "contact_id": mark("Which of their people"),
    "heard_on": mark("Heard on"),
    "source": mark("Known from"),
    "may_quote": mark("May we quote it"),
    "owner_id": mark("Who promised it"),
    "due": mark("Until when"),
    "topic": mark("Our team"),
}
MAY_QUOTE = (
    ("", mark("nobody asked them")), ("yes", mark("yes")), ("ask", mark("ask them first")), ("no", mark("no")),
)  # fmt: skip
MAY_SAID = {
    "": mark("nobody asked whether it may be quoted"),
    "yes": mark("may be quoted"),
    "ask": mark("ask before quoting"),
    "no": mark("not to be quoted"),
}
MAY_THEM = {
    "": mark("nobody asked whether we may quote them"),
    "yes": mark("may be quoted"),
    "ask": mark("ask before quoting them"),
    "no": mark("not to be quoted"),
}
ENDED: dict[FactState, str] = {
    "kept": mark("Kept"),
    "broken": mark("Broken"),
    "dropped": mark("Dropped"),
    "reached": mark("Reached"),
    "changed": mark("Changed"),
}


def text_label(fact: Fact) -> str:
    """What the words of a fact are called."""
    if fact.kind == "who":
        return line_name(fact.topic)
    return t(LABELS[fact.kind])


def provenance(one: Remembered, today: date) -> str:
    """The owner · 12 May · the spring review · ask before quoting; what nobody knows is said."""
    fact = one.fact
    parts: list[str] = []
    if fact.kind == "promise":
        parts.append(one.owner or t("nobody knows who promised it"))
        if fact.due and fact.state == "open":
            day = day_month(fact.due, today)
            parts.append(t("was due on {day}", day=day) if fact.due < today else t("until {day}", day=day))
    said_by = " · ".join(part for part in (one.contact, fact.role) if part)
    if said_by:
        parts.append(said_by)
    elif fact.kind == "quote":
        parts.append(t("nobody knows who said it"))
    parts += [day_said(fact.heard_on, today, old=one.old), fact.source or t("nobody knows from where")]
    if fact.kind == "quote":
        parts.append(may_said(fact.may_quote))
    return " · ".join(parts)


def day_said(day: date | None, today: date, *, old: bool) -> str:
    """12 May; what was heard more than a year ago says so."""
    if day is None:
        return t("no day known")
    said = day_month(day, today)
    return t("{day}, more than a year ago", day=said) if old else said


def may_said(answer: str) -> str:
    """Whether it may be quoted, in words."""
    return t(MAY_SAID.get(answer, MAY_SAID[""]))


def outcome(fact: Fact, today: date) -> str:
    """Kept on 3 May: the pallets came on Friday; "" for what is open."""
    if fact.state == "open":
        return ""
    said = t(ENDED[fact.state])
    if fact.ended:
        said = t("{what} on {day}", what=said, day=day_month(fact.ended, today))
    return t("{what}: {result}", what=said, result=fact.result) if fact.result else said
