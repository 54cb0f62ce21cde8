"""A brief as its page says it, in the language that is spoken: one walk for every form, and for counting its words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from companion.briefs.model import Brief, Somebody, Stated
from companion.briefs.role import host_card, role_card
from companion.briefs.words_in import words_in
from companion.words import brief as words
from companion.words.dates import span
from companion.words.language import speaking, t

MOST_WORDS = 450
GIVE_WAY = (  # what gives way first, and how many of each stay
    ("front_line", 0), ("promises", 2), ("team_facts", 1), ("goals", 2), ("promises", 1), ("room", 3),
    ("avoid", 2), ("listen_for", 1), ("goals", 1), ("room", 1), ("avoid", 1), ("promises", 0), ("team_facts", 0),
)  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One thing that is said; `number` is that of its source in `Outline.sources`, 0 for none."""

    text: str = field(repr=False)
    label: str = ""
    soft: str = ""  # what is to be known of it: heard long ago, due on 3 December
    number: int = 0
    unknown: bool = False
    link: str = ""


@dataclass(frozen=True)
class Section:
    """Some of it under its own few words. `key`: room, lines, goals, promises, avoid, team, listen, habit, …"""

    key: str
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Outline:
    """All that a brief's page says, in the order it is read."""

    customer: str
    title: str
    warning: str  # "" without a confidentiality agreement
    top: tuple[Item, ...]  # when, where, join, host, why
    role: tuple[str, ...]  # its first sentence says it in two words
    sections: tuple[Section, ...]
    expect: str
    expected: str = field(repr=False)  # "" leaves room to write
    known_from: str
    sources: tuple[str, ...]  # the first is number 1
    foot: tuple[str, ...]
    back: str  # what the ruled back page is for

    def words(self) -> int:
        """How many words stand on the page; a very long one counts as several."""
        return sum(map(words_in, self._texts()))

    def _texts(self) -> Iterator[str]:
        yield from (self.customer, self.title, self.warning, *self.role, self.expect, self.expected, self.known_from)
        for item in (*self.top, *(item for section in self.sections for item in section.items)):
            yield from (item.label, "1" if item.link else item.text, item.soft)  # an address is one word
        yield from (section.heading for section in self.sections)
        yield from (*self.sources, *self.foot)  # the numbers before the sources are no words


def outline(brief: Brief) -> Outline:
    """The page of a brief in the language that is spoken: at most 450 words.

    A brief fits in its reader's language as it is. With what they expect, or in a longer language, some gives way.
    """
    made = _whole(brief)
    if made.words() > MOST_WORDS and brief.quote:
        brief = replace(brief, quote=None)
        made = _whole(brief)
    for kind, least in GIVE_WAY:
        while made.words() > MOST_WORDS and len(getattr(brief, kind)) > least:
            brief = _shorter(brief, kind)
            made = _whole(brief)
    return made


def whole_words(brief: Brief, language: str = "en") -> int:
    """How many words its page would have in a language if nothing gave way."""
    with speaking(language):
        return _whole(brief).words()


def _shorter(brief: Brief, kind: str) -> Brief:
    """The brief without the last of a kind, which is counted."""
    fewer = {kind: getattr(brief, kind)[:-1]}
    if kind == "room":
        return replace(brief, **fewer, room_left_out=brief.room_left_out + 1)
    return replace(brief, **fewer, left_out=brief.left_out + 1) if kind != "listen_for" else replace(brief, **fewer)


def _whole(brief: Brief) -> Outline:
    sources = _Sources()
    sections = tuple(section for section in _sections(brief, sources) if section.items)
    card = host_card() if brief.holds else role_card(brief.host)
    made = brief.made.astimezone(ZoneInfo(brief.zone))
    return Outline(
        customer=brief.customer,
        title=brief.title,
        warning=words.agreement() if brief.nda else "",
        top=tuple(_top(brief)),
        role=card.lines,
        sections=sections,
        expect="" if brief.holds else t("What do you expect to hear?"),
        expected=brief.expected,
        known_from=t("Known from") if sources.texts else "",
        sources=tuple(sources.texts),
        foot=tuple(part for part in (
            words.left_out(brief.left_out), words.for_whom(brief.person), words.prepared(made.date(), f"{made:%H:%M}"),
        ) if part),
        back=t("{customer}: notes", customer=brief.customer),
    )  # fmt: skip


def words_on(brief: Brief, language: str = "en") -> int:
    """How many words its page has in a language."""
    with speaking(language):
        return outline(brief).words()


def _top(brief: Brief) -> Iterator[Item]:
    today = _today(brief)
    when = span(brief.start, brief.end, brief.zone, all_day=brief.all_day, today=today)
    yield Item(when, t("When"), "" if brief.all_day else brief.zone)
    if brief.place or not brief.link:
        yield Item(brief.place or words.unknown(), t("Where"), unknown=not brief.place)
    if brief.link:
        yield Item(brief.link, t("Join"), link=brief.link)
    yield Item(brief.host or words.unknown(), t("Host"), brief.host_address, unknown=not brief.host)
    yield Item(words.why(brief.last, today), t("Why"))


def _sections(brief: Brief, sources: "_Sources") -> Iterator[Section]:
    def said(facts: Iterable[Stated], *, quoted: bool = False) -> tuple[Item, ...]:
        return tuple(_item(fact, brief, sources, quoted=quoted) for fact in facts)

    room = [_in_room(one, brief) for one in brief.room if not one.host]  # the host stands at the top
    if brief.room_left_out:
        room.append(Item(words.more_people(brief.room_left_out)))
    yield Section("room", t("In the room"), tuple(room) or _unknown())
    lines = said(brief.customer_lines)
    yield Section("lines", t("In five lines"), tuple(_named(item) for item in lines))
    yield Section("goals", t("Their goals"), said(brief.goals, quoted=True) or _unknown())
    yield Section("promises", t("Promised to them"), said(brief.promises))
    yield Section("avoid", t("Avoid"), said(brief.avoid))
    where = t("Where {team} touches them", team=brief.team) if brief.team else t("Where your team touches them")
    if not brief.holds:
        yield Section("team", where, said(brief.team_facts) or _unknown())
        yield Section("listen", t("Listen for"), tuple(Item(t(point)) for point in brief.listen_for))
        yield Section("habit", t("Hold in mind"), (Item(t(brief.habit)),) if brief.habit else ())
    yield Section("front_line", t("The front line adds"), said(brief.front_line))
    yield Section("quote", t("Last heard"), said((brief.quote,), quoted=True) if brief.quote else ())


def _item(fact: Stated, brief: Brief, sources: "_Sources", *, quoted: bool = False) -> Item:
    if not fact.text:
        return Item(words.unknown(), fact.label, unknown=True)
    today = _today(brief)
    number = sources.number(words.known_from(fact.source, fact.day, today))
    soft = [fact.label] if quoted and fact.label else []
    soft += [words.due(fact.due, today)] if fact.due else []
    soft += [words.old()] if fact.old else []
    if quoted:
        return Item(t("“{words}”", words=fact.text), "", ", ".join(soft), number)
    return Item(fact.text, fact.label, ", ".join(soft), number)


def _named(item: Item) -> Item:
    return Item(item.text, words.line_name(item.label), item.soft, item.number, item.unknown)


def _in_room(one: Somebody, brief: Brief) -> Item:
    if one.ours:
        return Item(one.name, soft=", ".join(part for part in (one.role, t("listens")) if part))
    soft = [one.role or t("role unknown"), words.met(one.met, brief.last, _today(brief))]
    soft += [t(words.QUOTING[one.may_quote])] if one.may_quote in words.QUOTING else []
    soft += [one.line] if one.line else []
    return Item(one.name, soft=", ".join(soft))


def _today(brief: Brief) -> date:
    return brief.made.astimezone(ZoneInfo(brief.zone)).date()


def _unknown() -> tuple[Item, ...]:
    return (Item(words.unknown(), unknown=True),)


class _Sources:
    """Where the facts of a page are known from: each named once, by its number."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def number(self, text: str) -> int:
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text) + 1
