"""Kept occurrences, and where the sync of each account stands."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, select

from companion.basics.errors import Problem
from companion.basics.ids import meeting_id
from companion.calendars.model import Event, Ledger
from companion.calendars.store import Quarantined, SyncRun, SyncState
from companion.storage.device import aside
from companion.storage.device.tables import event, member, quarantine, sync_run, sync_state
from companion.storage.rows import chunks, insert_all, upsert

_KEPT_RUNS = 50  # runs kept of each account
_EVENT = [event.c[name] for name in Event.__dataclass_fields__]
_CLEAR = delete(event).where(event.c.account_id == bindparam("one"), event.c.seal == bindparam("two"))


class Events:
    """Implements `calendars.store.EventStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def state(self, account_id: str) -> SyncState:
        """Where the sync stands; the beginning where there was none."""
        row = self._connection.execute(select(sync_state).where(sync_state.c.account_id == account_id)).first()
        if row is None:
            return SyncState()
        return SyncState(**{key: value for key, value in row._mapping.items() if key != "account_id"})

    def save_state(self, account_id: str, state: SyncState) -> None:
        """Remember where the sync stands."""
        upsert(self._connection, sync_state, [{"account_id": account_id, **vars(state)}])

    def versions(self, account_id: str) -> dict[str, str]:
        """The version we hold of each member, by its seal."""
        rows = self._connection.execute(select(member.c.seal, member.c.version).where(_of(member, account_id)))
        return {row.seal: row.version for row in rows}

    def put_versions(
        self, account_id: str, versions: Mapping[str, str], busy: Mapping[str, Mapping[str, int]] | None = None
    ) -> None:
        """Remember members with their versions, and the busy minutes by month of those for whom they are known."""
        known = busy or {}
        rows = [{"account_id": account_id, "seal": seal, "version": version} for seal, version in versions.items()]
        upsert(self._connection, member, [row for row in rows if row["seal"] not in known])
        counted = [{**row, "busy": dict(known[row["seal"]])} for row in rows if row["seal"] in known]
        upsert(self._connection, member, counted)

    def drop(self, account_id: str, seals: Iterable[str]) -> None:
        """Forget members, their occurrences and what was set aside of them."""
        for some in chunks(seals):
            for table in (event, member, quarantine):
                self._connection.execute(delete(table).where(_of(table, account_id), table.c.seal.in_(some)))

    def of(self, account_id: str, seals: Iterable[str]) -> dict[str, list[Event]]:
        """The occurrences of these members; an empty list where a member has none."""
        found: dict[str, list[Event]] = {}
        for some in chunks(seals):
            found.update((seal, []) for seal in some)
            rows = self._connection.execute(
                select(event.c.seal, *_EVENT).where(_of(event, account_id), event.c.seal.in_(some)).order_by(event.c.id)
            )
            for row in rows:
                found[row[0]].append(Event(*row[1:]))
        return found

    def replace_all(self, account_id: str, members: Mapping[str, Iterable[Event]]) -> None:
        """Put occurrences in the place of these members' former ones."""
        if not members:
            return
        self._connection.execute(_CLEAR, [{"one": account_id, "two": seal} for seal in members])
        rows = [
            {
                "account_id": account_id,
                "seal": seal,
                "meeting_id": meeting_id(item.uid, item.rec_key),
                **vars(item),
            }
            for seal, events in members.items()
            for item in events
        ]
        insert_all(self._connection, event, rows)

    def all(self, account_id: str) -> list[Event]:
        """Every occurrence of an account, by time."""
        rows = self._connection.execute(
            select(*_EVENT).where(_of(event, account_id)).order_by(event.c.start, event.c.id)
        )
        return [Event(*row) for row in rows]

    def count(self, account_id: str) -> int:
        """How many occurrences of an account are kept."""
        count = self._connection.scalar(select(func.count()).select_from(event).where(_of(event, account_id)))
        return count or 0

    def add_run(self, run: SyncRun) -> None:
        """Remember a sync; of each account the last fifty stay."""
        self._connection.execute(sync_run.insert(), {**vars(run), "ledger": vars(run.ledger)})
        newest = (
            select(sync_run.c.id)
            .where(_of(sync_run, run.account_id))
            .order_by(sync_run.c.started.desc(), sync_run.c.id.desc())
            .limit(_KEPT_RUNS)
        )
        self._connection.execute(delete(sync_run).where(_of(sync_run, run.account_id), sync_run.c.id.not_in(newest)))

    def runs(self, account_id: str, most: int = 10) -> list[SyncRun]:
        """The last syncs of an account, newest first."""
        rows = self._connection.execute(
            select(sync_run)
            .where(_of(sync_run, account_id))
            .order_by(sync_run.c.started.desc(), sync_run.c.id.desc())
            .limit(most)
        )
        return [_run(row) for row in rows]

    def quarantined(self, account_id: str) -> list[Quarantined]:
        """What was set aside of an account, what waits longest first."""
        return aside.of(self._connection, account_id)

    def set_aside(self, account_id: str, seal: str, problems: Iterable[Problem], at: datetime) -> None:
        """What could not be read of a member now; none releases it."""
        aside.put(self._connection, account_id, seal, list(problems), at)

    def read_again(self, account_id: str) -> int:
        """Let the next round fetch every member of which something was set aside; how many there are."""
        return aside.read_again(self._connection, account_id)

    def forget(self, uid: str, rec_key: str) -> None:
        """Remove an occurrence from every account, whichever form of its uid each calendar wrote."""
        self._connection.execute(delete(event).where(event.c.meeting_id == meeting_id(uid, rec_key)))


def _of(table: Any, account_id: str) -> Any:
    return table.c.account_id == account_id


def _run(row: Row[Any]) -> SyncRun:
    values = {key: value for key, value in row._mapping.items() if key != "id"}
    return SyncRun(**{**values, "ledger": Ledger(**values["ledger"])})
