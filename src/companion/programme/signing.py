"""Signing in at Microsoft and out again. One person signs in once, whatever accounts and mailboxes that opens."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from urllib.parse import quote

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.basics.progress import Ticket
from companion.calendars.model import Account, is_microsoft, mailbox_of
from companion.calendars.signin import APP, Code, SignedIn
from companion.people.addresses import normal
from companion.programme.accounts import all_of, let_go, named
from companion.programme.microsoft import faults
from companion.programme.model import House
from companion.programme.patience import SIGNED_OUT, SIGNED_OUT_MYSELF
from companion.programme.people import set_me
from companion.programme.refused import last, remembering
from companion.words.microsoft import request_for_it

OWN, SHARED, REPORTS = "own_calendar", "shared_calendar", "join_reports"  # purposes of a sign-in
PERMISSIONS = {OWN: ("User.Read", "Calendars.Read"), SHARED: ("User.Read", "Calendars.Read.Shared"),
               REPORTS: ("User.Read", "OnlineMeetings.Read", "OnlineMeetingArtifact.Read.All"),
               "send_mail": ("User.Read", "Mail.Send"),
               "channel_message": ("User.Read", "ChannelMessage.Send")}  # fmt: skip
Show = Callable[[str], None]


def connect(
    house: House, ticket: Ticket, show: Show,
    *, name: str = "", mailbox: str = "", owner: str = "", hosts: bool = False,
    by_code: Callable[[Code], None] | None = None,
) -> Account:  # fmt: skip
    """Sign somebody in and remember the account; nothing is read yet. Cancelled or refused, nothing stays behind.

    `mailbox`: another one than that person's own. `show` opens an address in the browser; `by_code` shows a code
    instead, where a policy file allows it. Where nobody has said who works here, who signs in to an own calendar does.
    """
    _check(house)
    wanted, whose = normal(mailbox), normal(owner)
    for given, read in ((mailbox, wanted), (owner, whose)):
        if given.strip() and not read:
            raise Problem("address_wrong", value=given.strip())
    if wanted and not hosts and not whose:
        whose = _whose(house, wanted)
    _check_name(house, name)
    _let_strays_go(house)
    needs = (SHARED if wanted else OWN,)
    with remembering(house, needs, mailbox=wanted):
        if by_code is not None:
            person = house.identity.sign_in_by_code(ticket, by_code, needs=needs)
        else:
            person = house.identity.sign_in(ticket, show, needs=needs)
    try:
        ticket.step()
        account = _remember(house, person, name.strip(), wanted, whose, hosts=hosts)
    except BaseException:
        let_go(house, person.id)
        raise
    _back(house, person.id)
    return account


def sign_in_again(
    house: House, name: str, ticket: Ticket, show: Show, *, by_code: Callable[[Code], None] | None = None
) -> list[Account]:
    """Sign in the person of an account once more, with what its last problem asked for; the accounts it brings back.

    Problem `ms_other_person` where somebody else signed in; nothing of that is kept.
    """
    account = _of_person(house, name)
    _check(house)
    known = {person.id: person for person in house.identity.people()}
    asked = known[account.user].address if account.user in known else _address_of(house, account.user)
    hint = account.user if account.user in known else asked  # an id is who it must be, an address a beginning
    if asked and any(normal(other.address) == normal(asked) for other in known.values() if other.id != account.user):
        asked, hint = "", account.user  # the calendar's owner, who is somebody else than who signs in to it
    needs = _needs(house, account.user)
    with remembering(house, needs, name, mailbox_of(account)):
        if by_code is not None:
            person = house.identity.sign_in_by_code(ticket, by_code, needs=needs)
        else:
            person = _come_back(house, ticket, show, hint, needs, asked or name)
    if person.id != account.user:
        if person.id not in known:
            let_go(house, person.id)
        raise Problem("ms_other_person", account=asked or name, other=person.address)
    return _back(house, person.id)


def _come_back(
    house: House, ticket: Ticket, show: Show, hint: str, needs: tuple[str, ...], called: str
) -> SignedIn:  # fmt: skip
    try:
        return house.identity.sign_in(ticket, show, hint=hint, needs=needs)
    except Problem as problem:
        if problem.code == "ms_other_person":  # by an id alone Microsoft's side cannot say who was wanted
            raise Problem("ms_other_person", **{**problem.facts, "account": called}) from problem
        raise


def sign_out(house: House, name: str) -> list[Account]:
    """Sign out the person of an account: every account of that person; all keep their meetings. Those accounts."""
    account = _of_person(house, name)
    house.identity.sign_out(account.user)
    found = _accounts_of(house, account.user)
    now = house.clock()
    with house.device() as device:
        for each in found:
            state = device.events.state(each.id)
            told = replace(state, trouble=SIGNED_OUT_MYSELF, signed_out=state.signed_out or now, retry_at=None)
            device.events.save_state(each.id, told)
    _let_strays_go(house)
    return found


def request(house: House, name: str = "") -> str:
    """The text one can mail to IT: of an account with what went wrong last, or (no name) of the last refused sign-in.

    Where nothing was refused lately, it is of what the app may need.
    """
    refused = last(house)
    if not name:
        if refused is None:
            return request_for_it(house.registration, _permissions((OWN, SHARED)), house.me)
        return request_for_it(
            refused.registration(house.registration), _permissions(refused.needs), house.me, refused.problem,
            mailbox=refused.mailbox,
        )  # fmt: skip
    account = _of_person(house, name)
    mailbox, address = mailbox_of(account), _called(house, account)
    if refused is not None and refused.account == name:
        wanted = _permissions(refused.needs)
        return request_for_it(house.registration, wanted, address, refused.problem, mailbox=mailbox)
    with house.device(write=False) as device:
        state, runs = device.events.state(account.id), device.events.runs(account.id, 1)
    said = [one for run in runs for one in run.problems if one["code"] == state.trouble]
    problem = Problem(state.trouble, **said[0]["facts"]) if said else None
    wanted = _permissions(_needs(house, account.user))
    return request_for_it(house.registration, wanted, address, problem, mailbox=mailbox)


def _called(house: House, account: Account) -> str:
    """The address of who signs in to an account."""
    try:
        known = [normal(person.address) for person in house.identity.people() if person.id == account.user]
    except Problem:  # what cannot be reached now is what IT is asked about
        known = []
    return known[0] if known else _address_of(house, account.user) or house.me


def _permissions(needs: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for need in needs for part in PERMISSIONS.get(need, (need,))))


def _check(house: House) -> None:
    if not house.registration.client_id and not house.registration.unclear:
        raise Problem("ms_not_set_up")
    for fault in faults(house.registration):
        raise fault


def _whose(house: House, mailbox: str) -> str:
    """Whose calendar another mailbox is: that of the person who has the address."""
    with house.workspace(write=False) as tx:
        person = tx.people.by_address(mailbox)
    if person is None or person.kind == "group":
        raise Problem("ms_mailbox_whose", mailbox=mailbox)
    return person.email


def _let_strays_go(house: House) -> None:
    """Sign out who has no account: something stopped between the sign-in and the account it was for."""
    for person in house.identity.people():
        let_go(house, person.id)


def _check_name(house: House, name: str) -> None:
    with house.device(write=False) as device:
        if name.strip() and device.accounts.by_name(name.strip()):
            raise Problem("account_exists", name=name.strip())


def _remember(house: House, person: SignedIn, name: str, mailbox: str, owner: str, *, hosts: bool) -> Account:
    own = mailbox in ("", normal(person.address))
    url = f"{house.registration.graph_url}/v1.0/" + ("me" if own else f"users/{quote(mailbox)}")
    for other in _accounts_of(house, person.id):
        if mailbox_of(other) == ("" if own else mailbox):
            raise Problem("ms_connected_already", name=other.name, address=mailbox or person.address)
    name = name or mailbox or person.address
    _check_name(house, name)
    if not owner and not hosts:
        owner = normal(person.address)
    account = Account(new_id(), name, "microsoft365", url, person.id, owner, hosts, house.clock())
    with house.device() as device:
        device.accounts.put(account)
    if own and not hosts and not house.me:
        set_me(house, owner)
    return account


def _back(house: House, person_id: str) -> list[Account]:
    """A person is there again: none of the accounts is signed out any more, and the clock need not wait."""
    found = _accounts_of(house, person_id)
    with house.device() as device:
        for account in found:
            state = device.events.state(account.id)
            if state.signed_out or state.trouble in SIGNED_OUT:
                mended = replace(state, trouble="", failures=0, signed_out=None, retry_at=house.clock())
                device.events.save_state(account.id, mended)
    return found


def _address_of(house: House, person_id: str) -> str:
    """What address a person who is signed out probably has: that of the own calendar, "" where there is none."""
    own = (account for account in _accounts_of(house, person_id) if not (mailbox_of(account) or account.hosts))
    return next((account.owner for account in own), "")


def _needs(house: House, person_id: str) -> tuple[str, ...]:
    """What the accounts of a person are for, and the permissions that a refusal said were lacking."""
    found = _accounts_of(house, person_id)
    needs = [SHARED if mailbox_of(account) else OWN for account in found]
    with house.device(write=False) as device:
        for account in found:
            state, runs = device.events.state(account.id), device.events.runs(account.id, 1)
            said = (one["facts"] for run in runs for one in run.problems if one["code"] == state.trouble)
            needs += [scope for facts in said for scope in str(facts.get("scopes", "")).split(", ") if scope]
    return tuple(dict.fromkeys(needs))


def _accounts_of(house: House, person_id: str) -> list[Account]:
    return [account for account in all_of(house) if is_microsoft(account) and account.user == person_id]


def _of_person(house: House, name: str) -> Account:
    account = named(house, name)
    if not is_microsoft(account):
        raise Problem("ms_not_microsoft", name=name)
    if account.user == APP:
        raise Problem("ms_collector_alone", name=name)
    return account
