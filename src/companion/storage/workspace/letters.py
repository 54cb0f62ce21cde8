"""Letters of the programme on their way."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select, update

from companion.storage.rows import chunks, insert_of, upsert
from companion.storage.workspace.tables import letter
from companion.takeaways.letters import Letter

_LETTER = [letter.c[name] for name in Letter.__dataclass_fields__]


class Letters:
    """Implements `takeaways.letters.LetterStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Letter]:
        """Every letter, longest in its state first."""
        query = select(*_LETTER).order_by(letter.c.since.is_not(None), letter.c.since, letter.c.made, letter.c.id)
        return [Letter(*row) for row in self._connection.execute(query)]

    def of(self, about: str) -> list[Letter]:
        """The letters about one thing, oldest first."""
        query = select(*_LETTER).where(letter.c.about == about).order_by(letter.c.made, letter.c.id)
        return [Letter(*row) for row in self._connection.execute(query)]

    def of_any(self, about: Iterable[str], to: Iterable[str] = ()) -> list[Letter]:
        """The letters about any of these, oldest first. `to`: only those to these addresses."""
        query, only = select(*_LETTER), list(to)
        if only:
            query = query.where(letter.c.recipient.in_(only))
        found = [
            Letter(*row)
            for some in chunks(dict.fromkeys(about))
            for row in self._connection.execute(query.where(letter.c.about.in_(some)))
        ]
        return sorted(found, key=lambda one: (one.made, one.id))

    def get(self, letter_id: str) -> Letter | None:
        """One letter."""
        row = self._connection.execute(select(*_LETTER).where(letter.c.id == letter_id)).first()
        return Letter(*row) if row else None

    def add(self, letters: Iterable[Letter]) -> int:
        """Add the letters that are not there yet; how many."""
        added = 0
        for one in letters:
            statement = insert_of(self._connection.dialect.name, letter).values(vars(one))
            once = statement.on_conflict_do_nothing(index_elements=["id"]).returning(letter.c.id)
            added += self._connection.execute(once).first() is not None
        return added

    def put(self, letter_: Letter) -> None:
        """Add a letter, or move it to another state."""
        upsert(self._connection, letter, [vars(letter_)])

    def claim(self, letter_: Letter, at: datetime) -> bool:
        """Take a waiting or failed letter for sending; False where somebody else has it or it went out."""
        taken = self._connection.execute(
            update(letter)
            .where(letter.c.id == letter_.id, letter.c.state.in_(("pending", "failed")))
            .values(state="sending", since=at)
        )
        return taken.rowcount == 1
