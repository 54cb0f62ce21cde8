"""The slice of a device transaction that holds accounts, kept events and where each sync stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from companion.basics.errors import Problem
from companion.calendars.model import Account, Event, Ledger


@dataclass(frozen=True)
class SyncState:
    """Where the sync of one account stands."""

    cursor: str = ""
    rules: str = ""  # fingerprint of the rules the stored events passed
    first: date | None = None  # the window that was read
    last: date | None = None
    last_ok: datetime | None = None
    failures: int = 0
    trouble: str = ""  # code of the last problem, "" for none
    retry_at: datetime | None = None  # the clock does not ask before it; a person may
    signed_out: datetime | None = None  # since when the sign-in is refused, None where it is not
    last_full: datetime | None = None  # the last round that listed everything
    counts: dict[str, int] = field(default_factory=dict)  # seal of a calendar -> entries in it when last listed whole


@dataclass(frozen=True)
class SyncRun:
    """One sync of one account, as Settings shows it."""

    account_id: str
    started: datetime
    finished: datetime | None
    ledger: Ledger
    added: int = 0
    changed: int = 0
    removed: int = 0
    problems: tuple[dict[str, Any], ...] = ()  # {code, facts}, never of dropped events


@dataclass(frozen=True)
class Quarantined:
    """An item that could not be read; nothing of its words is kept."""

    account_id: str
    seal: str  # of the member it stands in
    code: str  # of the Problem
    facts: dict[str, Any]  # no uid, title or address of anything that did not pass the gate
    since: datetime
    tries: int


class AccountStore(Protocol):
    """Calendar accounts of this device."""

    def all(self) -> list[Account]: ...
    def by_name(self, name: str) -> Account | None: ...
    def put(self, account: Account) -> None: ...
    def remove(self, account_id: str) -> None: ...


class EventStore(Protocol):
    """Kept occurrences, by sealed member: `seal` is HMAC(key), so that no address of a dropped event stays."""

    def state(self, account_id: str) -> SyncState: ...
    def save_state(self, account_id: str, state: SyncState) -> None: ...
    def versions(self, account_id: str) -> dict[str, str]: ...  # seal -> version
    def put_versions(
        self, account_id: str, versions: Mapping[str, str], busy: Mapping[str, Mapping[str, int]] | None = None
    ) -> None: ...
    def drop(self, account_id: str, seals: Iterable[str]) -> None: ...  # members, their events, what was set aside
    def of(self, account_id: str, seals: Iterable[str]) -> dict[str, list[Event]]: ...
    def replace_all(self, account_id: str, members: Mapping[str, Iterable[Event]]) -> None: ...  # by seal
    def all(self, account_id: str) -> list[Event]: ...
    def count(self, account_id: str) -> int: ...
    def add_run(self, run: SyncRun) -> None: ...
    def runs(self, account_id: str, most: int = 10) -> list[SyncRun]: ...
    def quarantined(self, account_id: str) -> list[Quarantined]: ...  # those that wait longest first
    def set_aside(self, account_id: str, seal: str, problems: Iterable[Problem], at: datetime) -> None: ...
    def read_again(self, account_id: str) -> int: ...  # the next round fetches what was set aside; how many members
    def forget(self, uid: str, rec_key: str) -> None: ...
