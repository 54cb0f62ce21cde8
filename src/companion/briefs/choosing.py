"""Which facts go on a brief, by rule: the newest goals, the promises due first, what touches the reader's own team."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache

from companion.basics.clock import day_of
from companion.briefs.known import Known
from companion.briefs.model import Stated
from companion.customers.memory import WHO, Fact
from companion.takeaways.gate_text import fold, places_of, word
from companion.takeaways.model import Takeaway
from companion.takeaways.origins import origin_of
from companion.takeaways.prompts import department_of
from companion.words.brief import CUSTOMERS_PAGE

FRESH = timedelta(days=365)  # after which a fact was heard long ago
Speakable = Callable[[str], bool]


def speakable(words: Iterable[str]) -> Speakable:
    """Whether a text may stand on a page that may be left lying about: none of a customer's off-limits words is in it.

    What a listener is to avoid is told nonetheless, under that word.
    """
    wanted = [word(one) for one in words if one.strip()]

    @cache
    def may(text: str) -> bool:
        folded = fold(text) if wanted else None
        return folded is None or not any(next(places_of(folded, one), None) for one in wanted)

    return may


def open_facts(known: Known, kind: str) -> list[Fact]:
    """The facts of a kind that hold, newest heard first, those without a day last.

    None of a day to come: nobody has heard it, the year is a slip, and it would stand before all others.
    """
    today = day_of(known.now, known.zone)
    found = [fact for fact in known.facts if fact.kind == kind and fact.state == "open" and fact.text.strip()]
    found = [fact for fact in found if fact.heard_on is None or fact.heard_on <= today]
    return sorted(found, key=lambda fact: (fact.heard_on or date.min, fact.id), reverse=True)


def five_lines(known: Known, may: Speakable) -> list[tuple[str, Fact | None]]:
    """The newest fact for each of the five lines; what they bought tells what they get from us where nobody said it."""
    told = {fact.topic: fact for fact in reversed(open_facts(known, "who")) if may(fact.text)}
    bought = [fact for fact in open_facts(known, "bought") if may(fact.text)]
    if bought:
        told.setdefault("from_us", bought[0])
    return [(topic, told.get(topic)) for topic in WHO]


def story(known: Known, may: Speakable) -> str:
    """What the customer's page says they do, "" where that is nothing or may not lie about."""
    text = known.customer.story or known.customer.segment
    plain = " ".join(line.lstrip("#>*- ") for line in text.splitlines()).replace("*", "").replace("`", "")
    return plain.strip() if may(plain) else ""


def promises(known: Known, may: Speakable) -> list[Fact]:
    """Open promises: those with a day first, the earliest day first, then the oldest."""
    found = [fact for fact in open_facts(known, "promise") if may(fact.text)]
    return sorted(found, key=lambda fact: (fact.due or date.max, fact.heard_on or date.min, fact.id))


def touches(known: Known, may: Speakable) -> list[Fact]:
    """What touches the team of whoever it is for: what is told of that very team, then of its department."""
    team = fold(known.person.team).letters
    department = department_of(known.person.team)
    found = [fact for fact in open_facts(known, "touch") if may(fact.text) and team]
    own = [fact for fact in found if fold(fact.topic).letters == team]
    alike = [fact for fact in found if fact not in own and department and department_of(fact.topic) == department]
    return own + alike


def last_quote(known: Known, may: Speakable) -> Stated | None:
    """Exact words they said last, of a takeaway this person may read or of the customer's page."""
    said = [_of_takeaway(one, known) for one in known.takeaways if one.quote.strip() and _is_exact(one)]
    said += [stated(fact, known) for fact in open_facts(known, "quote") if fact.may_quote != "no"]
    fit = [one for one in said if may(one.text)]
    return max(fit, key=lambda one: (one.day or date.min, one.text), default=None)


def stated(fact: Fact, known: Known) -> Stated:
    """A fact as a page says it."""
    source = fact.source.strip() or known.names.get(fact.by, "")
    label = known.names.get(fact.owner_id, "") if fact.kind == "promise" else fact.role
    return Stated(fact.text, label, source, fact.heard_on, _old(fact.heard_on, known), fact.due)


def from_page(text: str, topic: str) -> Stated:
    """What stands on the customer's page without a source."""
    return Stated(text, topic, CUSTOMERS_PAGE)


def _of_takeaway(one: Takeaway, known: Known) -> Stated:
    day = known.heard_on.get(one.meeting_id) or (day_of(one.published, known.zone) if one.published else None)
    return Stated(one.quote, one.quote_role, known.names.get(one.author_id, ""), day, _old(day, known))


def _is_exact(one: Takeaway) -> bool:
    return origin_of(one, "quote") in ("", "verbatim") and one.may_quote != "no"


def _old(day: date | None, known: Known) -> bool:
    return day is not None and day < day_of(known.now, known.zone) - FRESH
