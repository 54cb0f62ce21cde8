"""For whom a takeaway is: everyone, one team, the customer's listeners, or only its author."""

from collections.abc import Collection

from companion.basics.errors import Problem
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


def say(audience: str) -> str:
    """The audience as readers see it: "for everyone", "for Safety"."""
    parsed = parse(audience)
    if parsed == COMPANY:
        return t("for everyone")
    if parsed == LISTENERS:
        return t("for this customer's listeners")
    return t("only for me") if parsed == ME else t("for {team}", team=team_of(parsed))


def may_read(takeaway: Takeaway, person: Person, listeners_of_customer: Collection[str]) -> bool:
    """Whether a person may read it; `listeners_of_customer` are the ids of who sat with that customer."""
    if person.id == takeaway.author_id:
        return True
    if takeaway.withdrawn is not None:
        return False
    audience = parse(takeaway.audience)
    if audience == COMPANY:
        return True
    if audience == LISTENERS:
        return person.id in listeners_of_customer
    return audience != ME and _folded(team_of(audience)) == _folded(person.team)


def fits(takeaway_audience: str, channel_audience: str) -> bool:
    """Whether a channel may carry a takeaway.

    A place for everyone takes what is for everyone, a team's place that and the team's. A channel without an audience
    (mail to named people) takes all but `me`.
    """
    audience = parse(takeaway_audience)
    if not channel_audience:
        return audience != ME
    place = parse_bound(channel_audience)
    return audience == COMPANY or (bool(team_of(audience)) and _folded(audience) == _folded(place))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
