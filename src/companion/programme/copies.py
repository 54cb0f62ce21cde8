"""What a round's news makes of commands: copies that cross at once, and copies that wait for their owner's yes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from companion.basics.ids import canonical_uid, meeting_id, new_id
from companion.calendars.codec import event_to_json
from companion.calendars.model import Account, Event
from companion.calendars.plan import Plan
from companion.crossing.model import Command
from companion.programme.model import DeviceTx, House, WorkspaceTx


@dataclass(frozen=True)
class News:
    """What one page of an account says. `closed`: the meetings that went because they became private."""

    house: House
    account: Account
    known_uids: frozenset[str]  # series that need no yes
    plan: Plan
    closed: frozenset[str]


def commands(news: News) -> list[Command]:
    """The commands that carry the news across."""
    put, drop = [*news.plan.added, *news.plan.changed], list(news.plan.removed)
    if not put and not drop:
        return []
    if not news.house.workspace_shared or news.account.hosts:
        return [_command(news, put, drop, held=False)]
    free = [event for event in put if canonical_uid(event.uid) in news.known_uids]
    made = [_command(news, free, drop, held=False)] if free or drop else []
    asking: dict[str, list[Event]] = {}
    for event in put:
        if canonical_uid(event.uid) not in news.known_uids:
            asking.setdefault(canonical_uid(event.uid), []).append(event)
    # A meeting found only in a person's own calendar waits for that person's yes, once per series.
    return made + [_command(news, events, [], held=True) for events in asking.values()]


def _command(news: News, put: Iterable[Event], drop: Iterable[Event], *, held: bool) -> Command:
    events = list(put)
    going = [meeting_id(event.uid, event.rec_key) for event in drop]
    body = {
        "account": news.account.id, "owner": news.account.owner, "hosts": news.account.hosts,
        "put": [event_to_json(event) for event in events],
        "drop": going, "closed": sorted(news.closed & set(going)),
        "ids": sorted({meeting_id(event.uid, event.rec_key) for event in events}) if held else [],
        "uids": sorted({canonical_uid(event.uid) for event in events}),
    }  # fmt: skip
    return Command(new_id(), "copies", body, news.house.clock(), held)


def supersede(device: DeviceTx, news: News) -> None:
    """What waits for a yes waits in its newest form, and not at all once it is gone or private."""
    ids = {meeting_id(event.uid, event.rec_key) for event in (*news.plan.changed, *news.plan.removed)}
    for command in device.queue.waiting() if ids else ():
        if command.held and command.body["account"] == news.account.id:
            _without(device, command, ids)


def let_go(device: DeviceTx, meeting: str) -> None:
    """Take a meeting's words out of every command that waits on this device."""
    for command in device.queue.waiting():
        if command.kind == "copies":
            _without(device, command, {meeting})


def _without(device: DeviceTx, command: Command, ids: set[str]) -> None:
    body: dict[str, Any] = command.body
    put = [item for item in body["put"] if meeting_id(item["uid"], item["rec_key"]) not in ids]
    if len(put) == len(body["put"]):
        return
    if put or body["drop"]:
        left = [key for key in body.get("ids", ()) if key not in ids]
        device.queue.change(replace(command, body={**body, "put": put, "ids": left}))
    else:
        device.queue.done(command.id)


def known_uids(tx: WorkspaceTx, accounts: Sequence[Account], waiting: Sequence[Command]) -> frozenset[str]:
    """Series that need no yes: the hosts' side has them, or what their owner said yes to crossed or is about to."""
    known = set(tx.meetings.known_uids())
    for account in accounts:
        if not account.hosts:
            known |= {meeting.uid for meeting in tx.meetings.some(tx.meetings.of_account(account.id))}
    for command in waiting:
        if command.kind == "copies" and not command.held:
            known.update(command.body["uids"])
    return frozenset(canonical_uid(uid) for uid in known)


def free_what_hosts_know(house: House) -> int:
    """Let cross what waited only because the hosts' calendar was read after one's own."""
    with house.device(write=False) as device:
        held = {uid for command in device.queue.waiting() if command.held for uid in command.body["uids"]}
    if not held:
        return 0
    with house.workspace(write=False) as tx:
        known = {canonical_uid(uid) for uid in tx.meetings.known_uids()}
    with house.device() as device:
        return sum(device.queue.release(uid) for uid in sorted(held & known))
