"""The collector: mailboxes of leaders and hosts, read by the firm's app itself. One machine of ops runs it, if any."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.basics.progress import Ticket
from companion.calendars.model import Account, Window, is_microsoft, mailbox_of
from companion.calendars.signin import APP
from companion.people.addresses import domain_of, normal, within
from companion.people.model import Person
from companion.programme.accounts import all_of
from companion.programme.model import House
from companion.programme.sync import Synced, sync

# Whatever mailbox is asked for, the answer is the same.
_OF_APP = frozenset({
    "ms_certificate_bad", "ms_app_unknown", "ms_tenant_unknown", "ms_device_refused", "ms_clock_wrong",
    "ms_signin_failed", "ms_signin_needed", "ms_authority_wrong", "ms_graph_wrong", "ms_proxy_wrong", "ms_proxy_secret",
    "ms_proxy", "policy_wrong", "policy_unreadable", "policy_no_json", "ms_ca_empty", "ms_ca_unreadable",
})  # fmt: skip


def collect(
    house: House, only: Sequence[str] = (), window: Window | None = None, ticket: Ticket | None = None,
    *, accept_fewer: bool = False,
) -> list[Synced]:  # fmt: skip
    """Read the mailbox of every leader and host (or of those addresses alone); one that fails holds up no other.

    Problem of the app itself, as `ms_certificate_bad`, which ends the round before it begins. Problem
    `ms_collector_not_set_up`, `ms_collector_nobody`, or `ms_collector_not_ours` for an address of nobody.
    """
    registration = house.registration
    if not (registration.collector_id and registration.certificate):
        raise Problem("ms_collector_not_set_up")
    accounts = [_account(house, person, mailbox) for person, mailbox in _mailboxes(house, only)]
    if not accounts:
        raise Problem("ms_collector_nobody")
    _try_app(house, accounts[0])
    return sync(house, [account.name for account in accounts], window, ticket, accept_fewer=accept_fewer)


def _try_app(house: House, account: Account) -> None:
    """Raise what is wrong with the app itself: told once, and no mailbox is in trouble for it."""
    try:
        house.test_account(account)
    except Problem as problem:
        if problem.code in _OF_APP:
            raise


def _mailboxes(house: House, only: Sequence[str]) -> list[tuple[Person, str]]:
    """Leaders and hosts who are here today, each with an address at the firm."""
    with house.workspace(write=False) as tx:
        programme, people = tx.programme.get(), tx.people.all()
    if not programme.our_domains:
        raise Problem("ms_collector_domains")
    domains, today = frozenset(programme.our_domains), day_of(house.clock(), programme.zone)
    found: list[tuple[Person, str]] = []
    for person in people:
        ours = [address for address in person.addresses if within(domain_of(address), domains)]
        if person.kind in ("leader", "host") and ours and (person.end is None or person.end >= today):
            found.append((person, ours[0]))
    chosen = {address: normal(address) for address in only}
    for address, asked in chosen.items():
        if not any(asked in person.addresses for person, _ in found):
            raise Problem("ms_collector_not_ours", address=address)
    wanted = set(chosen.values())
    found = [(person, mailbox) for person, mailbox in found if not wanted or wanted & set(person.addresses)]
    return sorted(found, key=lambda item: item[1])


def _account(house: House, person: Person, mailbox: str) -> Account:
    """The account through which a mailbox is collected; made where there is none."""
    here = all_of(house)
    url = f"{house.registration.graph_url}/v1.0/users/{quote(mailbox)}"
    hosts = person.kind == "host"
    for account in here:
        if is_microsoft(account) and account.user == APP and normal(mailbox_of(account)) == mailbox:
            now = replace(account, url=url, owner=person.email, hosts=hosts)  # a host may have become a leader
            break
    else:
        taken = {account.name for account in here}
        name = next(n for n in (mailbox, f"{mailbox} (collector)", new_id()) if n not in taken)
        now = Account(new_id(), name, "microsoft365", url, APP, person.email, hosts, house.clock())
    with house.device() as device:
        device.accounts.put(now)
    return now
