"""For whom a takeaway is: everyone, one team, the customer's listeners, or only its author."""

from collections.abc import Collection, Iterable
from datetime import date

from companion.basics.errors import Problem
from companion.customers.model import Customer
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.people.model import Person
from companion.takeaways.model import Takeaway
from companion.words.language import t

COMPANY, LISTENERS, ME = "company", "listeners", "me"
_TEAM = "team:"


def parse(text: str, teams: Collection[str] = ()) -> str:
    """The audience in its one form: `company`, `team:NAME`, `listeners` or `me`; `teams` are the known ones.

    Problems: `audience_wrong`, `team_unknown` (only where teams are given).
    """
    word, colon, rest = text.partition(":")
    kind, team = word.strip().casefold(), " ".join(rest.split())
    if not colon and kind in (COMPANY, LISTENERS, ME):
        return kind
    if kind != "team" or not team:
        raise Problem("audience_wrong", value=text)
    known = {_folded(one): one for one in teams}
    if teams and _folded(team) not in known:
        raise Problem("team_unknown", team=team, known=", ".join(sorted(teams)))
    return _TEAM + known.get(_folded(team), team)


def parse_bound(text: str) -> str:
    """What a site or folder can be bound to, `company` or `team:NAME`; Problem `site_audience` otherwise."""
    audience = parse(text)
    if audience in (LISTENERS, ME):
        raise Problem("site_audience", audience=audience)
    return audience


def team_of(audience: str) -> str:
    """The team an audience names, "" for any other."""
    return audience.removeprefix(_TEAM) if audience.startswith(_TEAM) else ""


def same_audience(one: str, other: str) -> bool:
    """Whether two name the same readers, however the team is spelt."""
    return _folded(one) == _folded(other)


def say(audience: str) -> str:
    """The audience as readers see it: "for everyone", "for Safety"."""
    parsed = _read(audience)
    if not parsed:
        return t("for nobody")
    if parsed == COMPANY:
        return t("for everyone")
    if parsed == LISTENERS:
        return t("for this customer's listeners")
    return t("only for me") if parsed == ME else t("for {team}", team=team_of(parsed))


def may_read(takeaway: Takeaway, person: Person, listeners_of_customer: Collection[str]) -> bool:
    """Whether a person may read it; `listeners_of_customer` are the ids of who sat with that customer.

    What names no audience that there is may be read by its author alone.
    """
    if person.id == takeaway.author_id:
        return True
    if takeaway.withdrawn is not None:
        return False
    audience = _read(takeaway.audience)
    if audience == COMPANY:
        return True
    if audience == LISTENERS:
        return person.id in listeners_of_customer
    return bool(team_of(audience)) and _folded(team_of(audience)) == _folded(person.team)


def fits(takeaway_audience: str, channel_audience: str) -> bool:
    """Whether a channel may carry a takeaway.

    A place for everyone takes what is for everyone, a team's place that and the team's. A channel without an audience
    (mail to named people) takes all but `me`.
    """
    audience = _read(takeaway_audience)
    if not channel_audience:
        return audience not in (ME, "")
    place = parse_bound(channel_audience)
    return audience == COMPANY or (bool(team_of(audience)) and _folded(audience) == _folded(place))


def hosts_of(customer: Customer | None, meeting: Meeting | None) -> tuple[str, ...]:
    """Addresses (normal) of who looks after the customer, and of who held the meeting."""
    found = (normal(one.host_email) for one in (customer, meeting) if one)
    return tuple(dict.fromkeys(address for address in found if address))


def may_hold(
    person: Person, customer: Customer | None, meeting: Meeting | None, author_id: str = "", *, shared: bool = True
) -> bool:
    """Whether a person may stop a takeaway: the host, ops, its author; anyone where nobody else writes (`shared`)."""
    if not shared or person.kind == "ops" or (author_id and person.id == author_id):
        return True
    return any(address in person.addresses for address in hosts_of(customer, meeting))


def here(person: Person, today: date) -> bool:
    """Whether somebody is still with us: who left decides nothing any more. `today`: the programme's day."""
    return person.end is None or person.end >= today


def judges(
    people: Iterable[Person], customer: Customer | None, meeting: Meeting | None, author_id: str, today: date
) -> tuple[Person, ...]:
    """Who may say yes to a takeaway: the hosts, then ops. Its author only where there is nobody else."""
    ours = [p for p in people if p.kind != "group" and here(p, today)]
    able = [p for address in hosts_of(customer, meeting) for p in ours if address in p.addresses]
    able += [p for p in ours if p.kind == "ops"]
    able = list(dict.fromkeys(able))
    return tuple(p for p in able if p.id != author_id) or tuple(able)


def _read(audience: str) -> str:
    """The audience in its one form, "" where it names none."""
    try:
        return parse(audience)
    except Problem:
        return ""


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
