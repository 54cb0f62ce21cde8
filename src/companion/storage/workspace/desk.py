"""What the desk needs: the inboxes it reads, and the lease that makes one machine the desk."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, or_, select

from companion.storage.rows import insert_of, upsert
from companion.storage.workspace.tables import inbox, lease
from companion.takeaways.inbox import Inbox

ASTRAY = timedelta(hours=1)  # how far two clocks may lie apart


class Inboxes:
    """Implements `takeaways.inbox.InboxStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Inbox]:
        """Every inbox, by name."""
        return [Inbox(**row._mapping) for row in self._connection.execute(select(inbox).order_by(inbox.c.name))]

    def put(self, inbox_: Inbox) -> None:
        """Add an inbox, or change the one with this id."""
        upsert(self._connection, inbox, [vars(inbox_)])

    def remove(self, inbox_id: str) -> None:
        """Forget an inbox."""
        self._connection.execute(delete(inbox).where(inbox.c.id == inbox_id))


class Leases:
    """Implements `programme.model.LeaseStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, name: str, holder: str, now: datetime, until: datetime) -> bool:
        """Take or prolong the lease; False while another holder's runs.

        One that would run for longer than any is given was taken by a clock that is wrong, and counts as over.
        """
        statement = insert_of(self._connection.dialect.name, lease).values(name=name, holder=holder, until=until)
        free = or_(lease.c.holder == holder, lease.c.until <= now, lease.c.until > until + ASTRAY)
        taken = statement.on_conflict_do_update(
            index_elements=["name"], set_={"holder": holder, "until": until}, where=free
        ).returning(lease.c.name)
        return self._connection.execute(taken).first() is not None

    def held(self, name: str, now: datetime) -> tuple[str, datetime] | None:
        """Who holds the lease and until when; None where nobody does."""
        query = select(lease.c.holder, lease.c.until).where(lease.c.name == name, lease.c.until > now)
        row = self._connection.execute(query).first()
        return (row[0], row[1]) if row else None

    def drop(self, name: str, holder: str) -> None:
        """Let the lease go, if it is this holder's."""
        self._connection.execute(delete(lease).where(lease.c.name == name, lease.c.holder == holder))
