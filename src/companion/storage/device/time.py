"""My time: busy minutes by month and how meetings were held. Of this device alone."""

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, delete, select, update

from companion.meetings.form import Form
from companion.storage.device.tables import meeting_form, member
from companion.storage.rows import chunks, upsert


class Time:
    """Implements `reflection.time.TimeStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def forms(self) -> dict[str, Form]:
        """How meetings were held, where their owner said so."""
        rows = self._connection.execute(select(meeting_form.c.meeting_id, meeting_form.c.form))
        return {row[0]: row[1] for row in rows}

    def put_form(self, meeting_id: str, form: Form) -> None:
        """Say how a meeting was held; "" takes it back."""
        if form:
            upsert(self._connection, meeting_form, [{"meeting_id": meeting_id, "form": form}])
        else:
            self._connection.execute(delete(meeting_form).where(meeting_form.c.meeting_id == meeting_id))

    def busy(self, account_ids: Iterable[str]) -> dict[str, int]:
        """Busy minutes of these accounts by month (2026-11)."""
        chosen = select(member.c.busy).where(member.c.account_id.in_(list(account_ids)))
        sums: Counter[str] = Counter()
        for months in self._connection.scalars(chosen):
            sums.update(months)
        return dict(sums)

    def put_busy(self, account_id: str, members: Mapping[str, Mapping[str, int]]) -> None:
        """Busy minutes by month of members that are known; they go when their member goes."""
        known: dict[str, dict[str, int]] = {}
        for some in chunks(members):
            asked = select(member.c.seal, member.c.busy).where(
                member.c.account_id == account_id, member.c.seal.in_(some)
            )
            known |= {row.seal: row.busy for row in self._connection.execute(asked)}
        # What says the same is not written again: a round without news writes nothing.
        rows = [
            {"one": seal, "minutes": dict(months)}
            for seal, months in members.items() if seal in known and known[seal] != dict(months)
        ]  # fmt: skip
        if rows:
            mine = update(member).where(member.c.account_id == account_id, member.c.seal == bindparam("one"))
            self._connection.execute(mine.values(busy=bindparam("minutes")), rows)
