"""Commands on their way from the device to the workspace."""

from sqlalchemy import Connection, delete, func, select, update

from companion.crossing.model import Command
from companion.storage.device.tables import command


class CommandQueue:
    """Implements `crossing.model.Queue`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, command_: Command) -> None:
        """Add a command behind all others."""
        self._connection.execute(command.insert(), vars(command_))

    def waiting(self) -> list[Command]:
        """Every command that has not crossed, oldest first; the held ones among them wait for a yes."""
        rows = self._connection.execute(
            select(*(command.c[name] for name in Command.__dataclass_fields__)).order_by(command.c.place)
        )
        return [Command(*row) for row in rows]

    def change(self, command_: Command) -> None:
        """Give the command with this id another body; it keeps its place."""
        self._connection.execute(update(command).where(command.c.id == command_.id).values(body=command_.body))

    def begin(self, command_id: str) -> bool:
        """From now on it cannot be taken back; False where it was."""
        chosen = update(command).where(command.c.id == command_id)
        return self._connection.execute(chosen.values(not_before=None)).rowcount == 1

    def take_back(self, command_id: str) -> bool:
        """Take a command out that has not begun to cross; False where it has, or is not there."""
        mine = delete(command).where(command.c.id == command_id, command.c.not_before.is_not(None))
        return self._connection.execute(mine).rowcount == 1

    def done(self, command_id: str) -> None:
        """Take away a command that the workspace has."""
        self._connection.execute(delete(command).where(command.c.id == command_id))

    def failed(self, command_id: str, trouble: str) -> None:
        """Remember that a try met this problem."""
        self._connection.execute(
            update(command).where(command.c.id == command_id).values(tries=command.c.tries + 1, trouble=trouble)
        )

    def release(self, uid: str) -> int:
        """Free the held commands whose body lists this uid; how many."""
        uids = func.json_each(command.c.body, "$.uids").table_valued("value")
        named = select(1).select_from(uids).where(uids.c.value == uid).correlate(command).exists()
        freed = self._connection.execute(update(command).where(command.c.held, named).values(held=False))
        return freed.rowcount
