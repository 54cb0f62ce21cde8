"""When reports of meetings were looked for, and what came of it."""

from sqlalchemy import Connection, select

from companion.attendance.report import Look
from companion.storage.device.tables import report_look
from companion.storage.rows import upsert


class Looks:
    """Implements `attendance.report.LookStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Look]:
        """Every look, the newest of each meeting."""
        return [Look(**row._mapping) for row in self._connection.execute(select(report_look))]

    def put(self, look: Look) -> None:
        """Remember a look in place of the one before."""
        upsert(self._connection, report_look, [vars(look)])
