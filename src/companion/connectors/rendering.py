"""A parcel as a reader sees it: the one set of facts behind site, mail and copy, and the templates that show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote as percent

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from companion.basics.resources import resource
from companion.connectors.markdown import clean, one_line, to_html
from companion.people.addresses import normal
from companion.takeaways.audience import say
from companion.takeaways.code import tag
from companion.takeaways.model import Parcel
from companion.words.dates import MONTHS
from companion.words.language import mark, speaking, t, tn

KINDS = {
    "changes": mark("This changes my work"),
    "question": mark("A question"),
    "already": mark("We already do this"),
    "differently": mark("I see it differently"),
}


@dataclass(frozen=True)
class Passage:
    """One part of a takeaway under its own few words."""

    label: str
    html: Markup
    text: str


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
    audience: str
    heard: str  # "Heard by Ines Prado (Safety) on 12 November 2026"
    scene: Passage
    quote: str
    role: str
    passages: Sequence[Passage]
    question: str
    answer_to: str
    links: Sequence[tuple[str, str]]  # label, mailto address
    answers: Sequence[Said]


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
        heard=_heard(author, team, parcel),
        scene=_passage("", takeaway.scene),
        quote=clean(takeaway.quote).strip(),
        role=one_line(takeaway.quote_role),
        passages=_passages(parcel, team),
        question=one_line(takeaway.question),
        answer_to=answer_to,
        links=[(t(label), _mailto(answer_to, takeaway.headline, takeaway.id, kind)) for kind, label in KINDS.items()]
        if answer_to
        else [],
        answers=[
            Said(_who(answer.name, answer.team), t(KINDS.get(answer.kind, "")) if answer.kind in KINDS else "",
                 clean(answer.text).strip(), clean(answer.reply).strip())
            for answer in parcel.answers if answer.name and answer.text.strip()
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


def full_day(day: date) -> str:
    """A day as it is written in running text: 12 November 2026."""
    return t("{day} {month} {year}", day=day.day, month=t(MONTHS[day.month - 1]), year=day.year)


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


def _passages(parcel: Parcel, team: str) -> list[Passage]:
    takeaway = parcel.takeaway
    matters = t("Why it matters to us in {team}", team=team) if team else t("Why it matters to us")
    found = [
        _passage(t("What they are trying to do"), takeaway.goal),
        _passage(matters, takeaway.matters),
        _passage(t("What we will do"), takeaway.will_do or t("Nothing yet.")),
    ]
    return [passage for passage in found if passage.text]


def _passage(label: str, text: str) -> Passage:
    return Passage(label, to_html(text), clean(text).strip())


def _mailto(address: str, headline: str, takeaway_id: str, kind: str) -> str:
    subject = t("Re: {headline}", headline=one_line(headline)) + " " + tag(takeaway_id, kind)
    return f"mailto:{percent(address, safe='@')}?subject={percent(subject, safe='')}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(str(resource("templates"))),
        autoescape=select_autoescape(disabled_extensions=("txt",), default_for_string=True, default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(t=t, tn=tn)
    environment.filters["percent"] = lambda text: percent(text, safe="")
    environment.filters["spaced"] = _spaced
    return environment


def _spaced(html: Markup) -> Markup:
    """Paragraphs and lists with their distance written on each: a mail has no style sheet."""
    for tag_name in ("p", "ul", "ol"):
        html = html.replace(Markup(f"<{tag_name}>"), Markup(f'<{tag_name} style="margin:0 0 12px">'))  # noqa: S704
    return html
