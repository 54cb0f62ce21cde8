"""Channels that go out under somebody's own name at Microsoft 365: added, and signed in on this computer."""

from collections.abc import Callable
from dataclasses import replace

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.basics.progress import Ticket
from companion.calendars.model import Account
from companion.calendars.signin import Code, SignedIn
from companion.people.addresses import normal
from companion.programme import accounts, channels
from companion.programme.microsoft import faults
from companion.programme.model import House
from companion.programme.refused import remembering
from companion.takeaways.audience import parse_bound
from companion.takeaways.model import Channel

NEEDS = {"graph_mail": "send_mail", "graph_channel": "channel_message"}  # purposes of a sign-in
Show = Callable[[str], None]
ByCode = Callable[[Code], None] | None
_SIGN_IN_HELPS = ("channel_elsewhere", "channel_signin")


def add_graph_mail(
    house: House, name: str, user: str, ticket: Ticket, show: Show, *, by_code: ByCode = None
) -> Channel:  # fmt: skip
    """Mail from that person's own mailbox. They sign in by the browser where a permission is missing; nothing is sent.

    `show` opens an address in the browser; `by_code` shows a code instead, where a policy file allows it.
    """
    return _add(house, Channel(new_id(), name.strip(), "graph_mail", {"user": user}), ticket, show, by_code)


def add_graph_channel(
    house: House, name: str, user: str, team: str, channel: str, ticket: Ticket, show: Show,
    *, audience: str = "company", by_code: ByCode = None,
) -> Channel:  # fmt: skip
    """A Teams channel in which that person posts. `channel` may be the link that Teams copies; then no team is needed.

    Problems as for `add_graph_mail`, and `teams_link_wrong`, `teams_ids_missing`.
    """
    if "://" in channel:
        team, channel = channels.read_teams_link(channel)
    if not team.strip() or not channel.strip():
        raise Problem("teams_ids_missing")
    config = {"user": user, "team": team.strip(), "channel": channel.strip()}
    made = Channel(new_id(), name.strip(), "graph_channel", config, parse_bound(audience))
    return _add(house, made, ticket, show, by_code)


def sign_in(house: House, name: str, ticket: Ticket, show: Show, *, by_code: ByCode = None) -> Channel:
    """Sign in the sender of a channel on this computer; Problem `channel_has_no_sender` for another kind."""
    channel = channels.named(house, name)
    if channel.kind not in channels.BY_PERSON:
        raise Problem("channel_has_no_sender", name=name)
    _sign_in(house, channel, ticket, show, by_code)
    house.open_channel(channel).test()
    return channel


def account_of(house: House, channel: Channel) -> Account:
    """Whom a channel goes out as, as an account; Problem `channel_elsewhere` where they are not signed in here."""
    user = channel.config.get("user", "")
    for person in house.identity.people():
        if normal(person.address) == user:
            return Account(channel.id, user, "microsoft365", "", person.id, user, False, house.clock())
    raise channels.elsewhere(channel)


def remove(house: House, name: str) -> None:
    """Forget a channel; its sender is signed out where nothing else of theirs is here."""
    channel = channels.named(house, name)
    channels.remove(house, name)
    user = normal(channel.config.get("user", ""))
    if channel.kind in channels.BY_PERSON:
        for person in house.identity.people():
            if normal(person.address) == user:
                accounts.let_go(house, person.id)


def _add(house: House, channel: Channel, ticket: Ticket, show: Show, by_code: ByCode) -> Channel:
    user = channel.config["user"].strip() or house.me
    if not normal(user):
        raise Problem("address_wrong", value=user)
    channel = replace(channel, config={**channel.config, "user": normal(user)})
    channels.check_name(house, channel)
    if not house.registration.client_id and not house.registration.unclear:
        raise Problem("ms_not_set_up")
    for fault in faults(house.registration):
        raise fault
    try:
        house.open_channel(channel).test()
    except Problem as problem:
        if problem.code not in _SIGN_IN_HELPS:
            raise
        person = _sign_in(house, channel, ticket, show, by_code)
        try:
            ticket.step()
            house.open_channel(channel).test()
            return channels.keep(house, channel)
        except BaseException:
            accounts.let_go(house, person.id)
            raise
    return channels.keep(house, channel)


def _sign_in(house: House, channel: Channel, ticket: Ticket, show: Show, by_code: ByCode) -> SignedIn:
    return sign_in_as(house, channel.config["user"], (NEEDS[channel.kind],), ticket, show, by_code)


def sign_in_as(
    house: House, user: str, needs: tuple[str, ...], ticket: Ticket, show: Show, by_code: ByCode
) -> SignedIn:  # fmt: skip
    """Sign in exactly that person (by address) for these purposes; Problem `ms_other_person` where another came."""
    known = {person.id for person in house.identity.people()}
    with remembering(house, needs):
        if by_code is not None:
            person = house.identity.sign_in_by_code(ticket, by_code, needs=needs)
        else:
            person = house.identity.sign_in(ticket, show, hint=user, needs=needs)
    if normal(person.address) != user:
        if person.id not in known:
            accounts.let_go(house, person.id)
        raise Problem("ms_other_person", account=user, other=person.address)
    return person
