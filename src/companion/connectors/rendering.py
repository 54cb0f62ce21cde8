"""A parcel as a reader sees it: the one set of facts behind site, mail and copy, and the templates that show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote as percent

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from companion.basics.resources import resource
from companion.connectors.markdown import clean, one_line, to_html
from companion.people.addresses import normal
from companion.takeaways.audience import COMPANY, parse, say, team_of
from companion.takeaways.code import ONLY, tag
from companion.takeaways.model import Parcel, Takeaway
from companion.words.dates import full_day
from companion.words.language import mark, speaking, spoken, t, tn

KINDS = {
    "changes": mark("This changes my work"),
    "question": mark("A question"),
    "already": mark("We already do this"),
    "differently": mark("I see it differently"),
    "more": mark("I know more about this customer"),
}

_MOST_OF_SUBJECT = 100


@dataclass(frozen=True)
class Passage:
    """One part of a takeaway under its own few words."""

    label: str
    html: Markup
    text: str
    reading: str = ""  # "interpretation by Ines Prado"; "" where it was heard or seen


@dataclass(frozen=True)
class AnswerLink:
    """One kind of answer in two ways: seen by colleagues with the reader's name, or by the author only."""

    label: str
    address: str
    only_address: str
    tag: str  # what of it a reader types into a subject where nothing can be pressed: [T-K7QX2M4A question]
    only_tag: str


@dataclass(frozen=True)
class Said:
    """A reader's answer, and the author's answer back."""

    who: str
    kind: str
    text: str
    reply: str


@dataclass(frozen=True)
class Story:
    """Everything a template shows of one takeaway, cleaned; only `html` is HTML, and that is safe."""

    id: str
    revision: int
    headline: str
    customer: str
    author: str
    team: str
    audience: str  # "for Safety"
    label: str  # what the footer of every form says of it: "For Safety only. Please do not pass it on."
    expiry: str  # "Shown until 12 May 2027.", "" where it has no end
    corrected: str  # "Corrected on 20 November 2026: …", "" where nothing was put right
    heard: str  # "Heard by Ines Prado (Safety) on 12 November 2026"
    scene: Passage
    quote: str
    role: str
    whose: str  # which of its words are whose
    passages: Sequence[Passage]
    question: str
    answer_to: str
    code: str  # [T-K7QX2M4A]
    links: Sequence[AnswerLink]
    answers: Sequence[Said]

    @property
    def footer(self) -> str:
        """For whom it is and how long it holds, in one line."""
        return " ".join(part for part in (self.label, self.expiry) if part)


def story(parcel: Parcel) -> Story:
    """The parcel's takeaway, ready to show in the language that is being spoken."""
    takeaway = parcel.takeaway
    author, team = one_line(parcel.author), one_line(parcel.team)
    answer_to = normal(parcel.answer_to)
    return Story(
        id=takeaway.id,
        revision=takeaway.revision,
        headline=one_line(takeaway.headline),
        customer=one_line(takeaway.customer_name),
        author=author,
        team=team,
        audience=one_line(say(takeaway.audience)),
        label=_label(takeaway.audience),
        expiry=t("Shown until {day}.", day=full_day(takeaway.expires)) if takeaway.expires else "",
        corrected=_corrected(takeaway),
        heard=_heard(author, team, parcel),
        scene=_passage("", takeaway.scene, _reading(takeaway, "scene", author)),
        quote=clean(takeaway.quote).strip() if _is_word_for_word(takeaway) else "",
        role=one_line(takeaway.quote_role),
        whose=_whose(takeaway),
        passages=_passages(parcel, author, team),
        question=one_line(takeaway.question),
        answer_to=answer_to,
        code=tag(takeaway.id),
        links=_links(answer_to, takeaway) if answer_to else [],
        answers=[
            Said(_who(answer.name, answer.team), t(KINDS.get(answer.kind, "")) if answer.kind in KINDS else "",
                 clean(answer.text).strip(), clean(answer.reply).strip())
            for answer in parcel.answers if answer.name and answer.text.strip() and not answer.only_author
        ],
    )  # fmt: skip


def render(template: str, **facts: Any) -> str:
    """One template of resources/templates filled in; names ending in .html escape what they are given."""
    return _environment().get_template(template).render(**facts)


def render_copy(parcel: Parcel) -> tuple[str, str]:
    """The takeaway for the clipboard: rich text (plain HTML tags, no styles) and the same as plain text."""
    with speaking(parcel.language):
        told = story(parcel)
        return render("copy/takeaway.html", s=told, heading=True), tidy(render("copy/takeaway.txt", s=told))


def tidy(text: str) -> str:
    """Plain text with at most one empty line in a row and none at its ends."""
    lines: list[str] = []
    for line in (line.rstrip() for line in text.strip().split("\n")):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"


def _heard(author: str, team: str, parcel: Parcel) -> str:
    who = f"{author} ({team})" if author and team else author
    if not who:
        return ""
    if parcel.heard_on:
        return t("Heard by {who} on {day}", who=who, day=full_day(parcel.heard_on))
    if parcel.takeaway.published:  # then the day of the meeting is not known, and is not guessed
        return t("Heard by {who}, told on {day}", who=who, day=full_day(parcel.takeaway.published.date()))
    return t("Heard by {who}", who=who)


def _who(name: str, team: str) -> str:
    return ", ".join(part for part in (one_line(name), one_line(team)) if part)


def _label(audience: str) -> str:
    if parse(audience) == COMPANY:
        return t("For everyone in the company, and for nobody outside it.")
    return t("{audience}, and for nobody else. Please do not pass it on.", audience=_capital(one_line(say(audience))))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _corrected(takeaway: Takeaway) -> str:
    correction = one_line(takeaway.correction)
    if not correction:  # said again in other words: whoever has the first one should know which is the later
        return t("This is version {number}.", number=takeaway.revision) if takeaway.revision > 1 else ""
    at = takeaway.revised or takeaway.published
    if at is None:
        return t("Corrected: {correction}", correction=correction)
    return t("Corrected on {day}: {correction}", day=full_day(at.date()), correction=correction)


def _passages(parcel: Parcel, author: str, team: str) -> list[Passage]:
    takeaway = parcel.takeaway
    matters = t("Why it matters to us in {team}", team=team) if team else t("Why it matters to us")
    other = one_line(team_of(takeaway.audience))
    if other and other != team:
        matters = t("Why it matters to {team}", team=other)
    role = one_line(takeaway.quote_role)
    as_heard = t("As heard from {role}", role=role) if role else t("As heard")
    found = [
        (as_heard, "" if _is_word_for_word(takeaway) else takeaway.quote, "quote"),
        (t("What they are trying to do"), takeaway.goal, "goal"),
        (matters, takeaway.matters, "matters"),
        (t("What we will do"), takeaway.will_do or t("Nothing yet."), ""),  # a promise of ours, not a reading of them
    ]
    return [_passage(label, text, _reading(takeaway, field, author)) for label, text, field in found if text.strip()]


def _whose(takeaway: Takeaway) -> str:
    if clean(takeaway.quote).strip() and _is_word_for_word(takeaway):
        return t("The quote is the customer's own words; what it means is the author's reading.")
    return t("What it means is the author's reading.")


def _is_word_for_word(takeaway: Takeaway) -> bool:
    """Whether the quotation is one; put in the author's words it is told as a passage, without quotation marks."""
    return dict(takeaway.origins).get("quote", "verbatim") == "verbatim"


def _reading(takeaway: Takeaway, field: str, author: str) -> str:
    if dict(takeaway.origins).get(field) != "interpretation":
        return ""
    return t("interpretation by {author}", author=author) if author else t("an interpretation")


def _passage(label: str, text: str, reading: str) -> Passage:
    return Passage(label, to_html(text), clean(text).strip(), reading)


def _links(answer_to: str, takeaway: Takeaway) -> list[AnswerLink]:
    headline = one_line(takeaway.headline)
    if len(headline) > _MOST_OF_SUBJECT:  # mail programs cut long addresses, and the code stands at the end
        headline = headline[: _MOST_OF_SUBJECT - 1] + "…"

    def mail(code: str) -> str:
        subject = t("Re: {headline}", headline=headline) + " " + code
        return f"mailto:{percent(answer_to, safe='@')}?subject={percent(subject, safe='')}"

    codes = {kind: (tag(takeaway.id, kind), tag(takeaway.id, kind + ONLY)) for kind in KINDS}
    return [
        AnswerLink(t(label), mail(open_), mail(only), open_, only)
        for (open_, only), label in zip(codes.values(), KINDS.values(), strict=True)
    ]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(str(resource("templates"))),
        autoescape=select_autoescape(disabled_extensions=("txt",), default_for_string=True, default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(t=t, tn=tn, spoken=spoken)
    environment.filters["percent"] = lambda text: percent(text, safe="")
    environment.filters["spaced"] = _spaced
    return environment


def _spaced(html: Markup) -> Markup:
    """Paragraphs and lists with their distance written on each: a mail has no style sheet."""
    for tag_name in ("p", "ul", "ol"):
        html = html.replace(Markup(f"<{tag_name}>"), Markup(f'<{tag_name} style="margin:0 0 12px">'))  # noqa: S704
    return html
