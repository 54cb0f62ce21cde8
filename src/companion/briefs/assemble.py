"""Assembling a brief: pure, by rule, and never longer than its page, whatever is known of the customer."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import replace

from companion.basics.clock import day_of
from companion.briefs.asking import habit_for, listen_for
from companion.briefs.choosing import (
    Speakable,
    five_lines,
    from_page,
    last_quote,
    open_facts,
    promises,
    speakable,
    stated,
    story,
    touches,
)
from companion.briefs.codec import brief_to_json
from companion.briefs.known import Known
from companion.briefs.levels import EXPECTED, LEVELS, WIDENED, Level
from companion.briefs.model import Brief, Somebody, Stated
from companion.briefs.outline import MOST_WORDS, whole_words
from companion.briefs.words_in import cut, one_line
from companion.customers.memory import Fact
from companion.customers.model import Contact
from companion.people.addresses import normal
from companion.people.model import Person
from companion.takeaways.gate import called
from companion.words.brief import CUSTOMERS_PAGE


def assemble(known: Known) -> Brief:
    """The brief of one person for one meeting: at most 450 words on its page, in English and in the reader's language.

    What there is no room for is cut at the end of a sentence, or left out and counted.
    """
    may = speakable(known.customer.off_limits)

    def fits(level: Level) -> bool:
        return _fits(_at(level, known, may), known.person.language)

    last = len(LEVELS) - 1
    at = next((at for at in range(last) if fits(LEVELS[at])), last)
    brief = _at(_widened(at, fits), known, may)
    return replace(brief, fingerprint=fingerprint(brief))


def fingerprint(brief: Brief) -> str:
    """Tells two briefs apart that say something else; when it was made is no news."""
    body = brief_to_json(replace(brief, fingerprint="", expected=""))
    del body["made"]
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def expecting(brief: Brief, text: str) -> Brief:
    """The brief with what the listener expects to hear, as much of it as one writes in a line."""
    return replace(brief, expected=cut(text, EXPECTED))


def _widened(at: int, fits: Callable[[Level], bool]) -> Level:
    """The level that fits, and what room it leaves given to one kind of text after the other."""
    level = LEVELS[at]
    for name, most in WIDENED:
        steps = {getattr(richer, name) for richer in LEVELS[:at]}
        for step in sorted(step for step in steps if getattr(level, name) < step <= most):
            more = replace(level, **{name: step})
            if not fits(more):
                break
            level = more
    return level


def _fits(brief: Brief, language: str) -> bool:
    return all(whole_words(brief, one) <= MOST_WORDS for one in {"en", language})


def _at(level: Level, known: Known, may: Speakable) -> Brief:
    meeting, customer = known.meeting, known.customer
    holds = normal(meeting.host_email or customer.host_email) in known.person.addresses
    room, room_left = _room(level, known, may)
    brief = Brief(
        meeting_id=meeting.id, person_id=known.person.id, made=known.now,
        title=_title(known, level, may), customer=cut(customer.name, level.name), customer_id=customer.id,
        start=meeting.start, end=meeting.end, zone=known.zone, place=_named(meeting.place, level, may, 2),
        link=one_line(meeting.link), host=_host(known, level),
        host_address=normal(meeting.host_email or customer.host_email),
        last=day_of(known.last, known.zone) if known.last else None,
        room=room, customer_lines=_lines(level, known, may),
        goals=_said(open_facts(known, "goal"), known, level, level.goals, may),
        promises=_said(promises(known, may), known, level, level.promises, may),
        avoid=_said(open_facts(known, "avoid"), known, level, level.avoid, None),
        team=_role(known.person.team, level.name, may),
        team_facts=() if holds else _said(touches(known, may), known, level, level.touches, may),
        listen_for=() if holds else listen_for(known.person.team), habit="" if holds else habit_for(meeting.id),
        front_line=_said(open_facts(known, "front_line"), known, level, level.front_line, may),
        quote=_quote(level, known, may), room_left_out=room_left, nda=customer.nda, all_day=meeting.all_day,
        holds=holds, called=called(customer), person=cut(known.person.name, level.name), language=known.person.language,
    )  # fmt: skip
    return replace(brief, left_out=_left_out(brief, known))


def _named(text: str, level: Level, may: Speakable, times: int = 1) -> str:
    return cut(text, level.name * times) if may(text) else ""


def _title(known: Known, level: Level, may: Speakable) -> str:
    """What the calendar calls the meeting, without the customer's name before it: that stands there anyway."""
    title, name = one_line(known.meeting.title), one_line(known.customer.name)
    rest = title[len(name) :].lstrip(" :,;–—-|/") if title.casefold().startswith(name.casefold()) else title
    return _named(rest[:1].upper() + rest[1:], level, may)


def _host(known: Known, level: Level) -> str:
    return cut(known.host.name, level.name) if known.host else ""


def _lines(level: Level, known: Known, may: Speakable) -> tuple[Stated, ...]:
    told = []
    for topic, fact in five_lines(known, may):
        line = replace(stated(fact, known), label=topic) if fact else Stated("", topic)
        if topic == "does" and fact is None and (text := story(known, may)):
            line = from_page(text, topic)
        told.append(_short(line, level, level.line, may))
    return tuple(told)


def _said(facts: Iterable[Fact], known: Known, level: Level, most: int, may: Speakable | None) -> tuple[Stated, ...]:
    """The first of the facts that may stand there; `may` None: whatever it says."""
    fit = [fact for fact in facts if may is None or may(fact.text)]
    return tuple(_short(stated(fact, known), level, level.text, may) for fact in fit[:most])


def _quote(level: Level, known: Known, may: Speakable) -> Stated | None:
    found = last_quote(known, may) if level.quote else None
    return _short(found, level, level.quote, may) if found else None


def _short(one: Stated, level: Level, most: int, may: Speakable | None) -> Stated:
    source = one.source if may is None or may(one.source) else ""
    return replace(
        one, text=cut(one.text, most), label=_role(one.label, level.name, may), source=cut(source, level.source)
    )


def _role(text: str, most: int, may: Speakable | None) -> str:
    """What somebody does, "" where that says what may not stand on the page."""
    return cut(text, most) if may is None or may(text) else ""


def _room(level: Level, known: Known, may: Speakable) -> tuple[tuple[Somebody, ...], int]:
    """Who comes, the customer's people first; how many are only counted: no room, or a name that may not stand."""
    by_address = {contact.address: contact for contact in known.contacts}
    coming = [
        by_address.get(guest.address) or Contact("", "", guest.address, guest.name)
        for guest in known.meeting.guests
        if guest.kind == "person" and guest.answer != "declined" and guest.address not in known.not_theirs
    ]
    theirs = [
        _contact(one, known, level, may)
        for one in coming
        if may(one.name or one.address.partition("@")[0].replace(".", " "))
    ]
    ours = [_colleague(known.host, level, may, host=True)] if known.host and known.host.id != known.person.id else []
    ours += [_colleague(one, level, may) for one in known.ours if one.id != known.person.id]
    most = max(1, level.room - len(ours[:2]))
    shown = (*theirs[:most], *ours[: max(2, level.room - len(theirs))])
    return shown, len(coming) + len(ours) - len(shown)


def _contact(one: Contact, known: Known, level: Level, may: Speakable) -> Somebody:
    # The day of a meeting that is still ahead says nothing of having met.
    met = one.last_met if one.last_met and one.last_met < min(known.now, known.meeting.start) else None
    return Somebody(
        cut(one.name or one.address, level.name), _role(one.role, 5, may), day_of(met, known.zone) if met else None,
        cut(one.line, max(4, level.source * 2)) if level.quote and may(one.line) else "", one.may_quote,
    )  # fmt: skip


def _colleague(one: Person, level: Level, may: Speakable, *, host: bool = False) -> Somebody:
    return Somebody(cut(one.name, level.name), _role(one.team, 5, may), ours=True, host=host)


def _left_out(brief: Brief, known: Known) -> int:
    """How many facts that hold are not on the page; quotes count as one, the newest."""
    kinds = ("who", "goal", "bought", "touch", "promise", "avoid", "front_line")
    held = sum(len(open_facts(known, kind)) for kind in kinds)
    on_page = (*brief.customer_lines, *brief.goals, *brief.promises, *brief.avoid, *brief.team_facts, *brief.front_line)
    return max(0, held - sum(1 for one in on_page if one.text and one.source != CUSTOMERS_PAGE))
