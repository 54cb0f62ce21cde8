"""Calendar accounts of this device."""

from sqlalchemy import Connection, delete, select

from companion.calendars.model import Account
from companion.storage.device.tables import account
from companion.storage.rows import upsert


class Accounts:
    """Implements `calendars.store.AccountStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Account]:
        """Every account, by name."""
        rows = self._connection.execute(select(account).order_by(account.c.name))
        return [Account(**row._mapping) for row in rows]

    def by_name(self, name: str) -> Account | None:
        """The account of that name."""
        row = self._connection.execute(select(account).where(account.c.name == name)).first()
        return Account(**row._mapping) if row else None

    def put(self, account_: Account) -> None:
        """Add an account, or change the one with this id."""
        upsert(self._connection, account, [vars(account_)])

    def remove(self, account_id: str) -> None:
        """Remove an account with all that was read from it."""
        self._connection.execute(delete(account).where(account.c.id == account_id))
