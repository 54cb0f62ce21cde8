"""What the confidentiality gate found and what it offers, as sentences for the author."""

from typing import Protocol

from companion.words.language import mark, t

FINDINGS = {
    "name": mark("“{text}” is the name of somebody at the customer. Say their role instead."),
    "speaker": mark("“{text}” names a person, and a quote stands under a role. One speaker, one form: say the role."),
    "nda": mark("“{text}” is a customer under a confidentiality agreement. Use an alias, or ask the host."),
    "money": mark("“{text}” speaks of money. Leave the figure out, unless the customer said it in public."),
    "percentage": mark("“{text}” stands beside a figure of money. Leave it out, unless it is known anyway."),
    "date": mark("“{text}” may tell of something not yet announced. Leave the day out, unless it is known anyway."),
    "off_limits": mark("“{text}” is kept back for this customer. Put it another way."),
    "ops_word": mark("“{text}” is a word your firm keeps back. Put it another way."),
    "feeling": mark("A feeling from your note stands beside a person. Say what happened, not how somebody felt."),
    "may_quote": mark("The speaker does not want to be quoted. Tell it in your own words."),
}
# The same without the words themselves, for where others may read along: a terminal, a log.
DISCREET = {
    "off_limits": mark("a word that is kept back for this customer. Put it another way."),
    "ops_word": mark("a word your firm keeps back. Put it another way."),
    "nda": mark("the name of a customer under a confidentiality agreement. Use an alias, or ask the host."),
    "feeling": mark("a feeling from your note. Say what happened, not how somebody felt."),
    "may_quote": mark("words of a speaker who does not want to be quoted. Tell it in your own words."),
}
FIELDS = {
    "headline": mark("Headline"),
    "scene": mark("Scene"),
    "quote": mark("Quote"),
    "quote_role": mark("Who spoke"),
    "goal": mark("What they are trying to do"),
    "matters": mark("Why it matters"),
    "will_do": mark("What we will do"),
    "question": mark("Question"),
    "customer_name": mark("Name of the customer"),
    "correction": mark("Correction"),
}
BESIDE = {  # words that reach its readers without being part of it
    "withdrawn_why": mark("Why it is withdrawn"),
    "reply": mark("Answer"),
    "action": mark("What is to be done"),
    "result": mark("What was done"),
}


class Found(Protocol):
    """What the sentence needs of a finding."""

    @property
    def code(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def span(self) -> tuple[int, int]: ...


def names_known() -> str:
    """What the gate cannot know."""
    return t("Only names from calendars and tables are known here. Look for others yourself.")


def finding(code: str, text: str) -> str:
    """One finding, with the words it is about."""
    return t(FINDINGS.get(code, FINDINGS["ops_word"]), text=text)


def field_name(field: str) -> str:
    """A field of a takeaway, as its form calls it, or of what is written beside it."""
    named = FIELDS.get(field) or BESIDE.get(field)
    return t(named) if named else field


def in_field(found: Found) -> str:
    """One finding with its field, and without the words where they are a secret: "Scene, character 12: …"."""
    where = t("{field}, character {place}", field=field_name(found.field), place=found.span[0] + 1)
    said = t(DISCREET[found.code]) if found.code in DISCREET else finding(found.code, found.text)
    return f"{where}: {said}"
