"""Takeaways and the answers to them."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, Select, func, select

from companion.storage.rows import chunks, insert_of, upsert
from companion.storage.workspace.deliveries import Deliveries
from companion.storage.workspace.tables import action, answer, opening, takeaway
from companion.takeaways.model import Action, Answer, Takeaway

_ACTION = [action.c[name] for name in Action.__dataclass_fields__]
_ANSWER = [answer.c[name] for name in Answer.__dataclass_fields__]
_NEVER = datetime.min.replace(tzinfo=UTC)


class Takeaways(Deliveries):
    """Implements `takeaways.model.TakeawayStore`."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._connection = connection

    def all(self) -> list[Takeaway]:
        """The newest revision of each takeaway, newest first."""
        return self._read(_newest())

    def get(self, takeaway_id: str) -> Takeaway | None:
        """The newest revision of a takeaway."""
        return next(iter(self._read(_newest().where(takeaway.c.id == takeaway_id))), None)

    def put(self, takeaway_: Takeaway) -> None:
        """Add a revision, or change the one with this number."""
        upsert(self._connection, takeaway, [vars(takeaway_)])

    def lock(self, takeaway_id: str) -> None:
        """Wait until nobody else is at it, and be alone with it until the transaction ends; ask before it is read.

        In a file nothing is to be done: of two that write, one waits for the other there.
        """
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(takeaway_id, 0))))

    def of_meetings(self, meeting_ids: Iterable[str]) -> list[Takeaway]:
        """The newest revision of each takeaway from these meetings, newest first."""
        found = [
            item
            for some in chunks(dict.fromkeys(meeting_ids))
            for item in self._read(_newest().where(takeaway.c.meeting_id.in_(some)))
        ]
        return sorted(found, key=lambda item: item.published or _NEVER, reverse=True)

    def of_customer(self, customer_id: str) -> list[Takeaway]:
        """The newest revision of each takeaway about a customer, newest first."""
        return self._read(_newest().where(takeaway.c.customer_id == customer_id))

    def some(self, takeaway_ids: Iterable[str]) -> list[Takeaway]:
        """The newest revision of each of these takeaways, newest first."""
        found = [
            item
            for some in chunks(dict.fromkeys(takeaway_ids))
            for item in self._read(_newest().where(takeaway.c.id.in_(some)))
        ]
        return sorted(found, key=lambda item: item.published or _NEVER, reverse=True)

    def answers(self, takeaway_ids: Iterable[str] | None = None) -> list[Answer]:
        """Every answer that was taken in, or those to these takeaways, oldest first."""
        query = select(*_ANSWER).where(answer.c.state == "taken")
        if takeaway_ids is None:
            return [Answer(*row) for row in self._connection.execute(query.order_by(answer.c.at, answer.c.id))]
        found = [
            Answer(*row)
            for some in chunks(dict.fromkeys(takeaway_ids))
            for row in self._connection.execute(query.where(answer.c.takeaway_id.in_(some)))
        ]
        return sorted(found, key=lambda item: (item.at, item.id))

    def to_review(self) -> list[Answer]:
        """Answers of senders nobody knows, oldest first."""
        query = select(*_ANSWER).where(answer.c.state == "review").order_by(answer.c.at, answer.c.id)
        return [Answer(*row) for row in self._connection.execute(query)]

    def answer(self, answer_id: str) -> Answer | None:
        """One answer, whatever its state."""
        row = self._connection.execute(select(*_ANSWER).where(answer.c.id == answer_id)).first()
        return Answer(*row) if row else None

    def answered(self, external_id: str) -> bool:
        """Whether that mail was taken in before."""
        query = select(answer.c.id).where(answer.c.external_id == external_id).limit(1)
        return self._connection.execute(query).first() is not None

    def put_answer(self, answer_: Answer) -> None:
        """Add an answer, or change the one with this id."""
        upsert(self._connection, answer, [vars(answer_)])

    def published(self) -> dict[str, datetime]:
        """When each takeaway was first told."""
        first = func.min(takeaway.c.published)
        query = select(takeaway.c.id, first).where(takeaway.c.published.is_not(None)).group_by(takeaway.c.id)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def actions(self, takeaway_ids: Iterable[str] | None = None) -> list[Action]:
        """Every action, or those of these takeaways, oldest first."""
        query = select(*_ACTION)
        if takeaway_ids is None:
            return [Action(*row) for row in self._connection.execute(query.order_by(action.c.made, action.c.id))]
        found = [
            Action(*row)
            for some in chunks(dict.fromkeys(takeaway_ids))
            for row in self._connection.execute(query.where(action.c.takeaway_id.in_(some)))
        ]
        return sorted(found, key=lambda item: (item.made, item.id))

    def put_action(self, action_: Action) -> None:
        """Add an action, or change the one with this id."""
        upsert(self._connection, action, [vars(action_)])

    def openings(self) -> dict[str, int]:
        """How many devices opened each takeaway."""
        query = select(opening.c.takeaway_id, opening.c.count)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def count_opening(self, takeaway_id: str) -> None:
        """One more device opened it."""
        statement = insert_of(self._connection.dialect.name, opening).values(takeaway_id=takeaway_id, count=1)
        more = {"count": opening.c.count + 1}
        self._connection.execute(statement.on_conflict_do_update(index_elements=["takeaway_id"], set_=more))

    def _read(self, query: Select[tuple[object, ...]]) -> list[Takeaway]:
        rows = self._connection.execute(
            query.order_by(takeaway.c.published.is_(None), takeaway.c.published.desc(), takeaway.c.id)
        )
        return [Takeaway(**row._mapping) for row in rows]


def _newest() -> Select[tuple[object, ...]]:
    later = takeaway.alias()
    newest = select(func.max(later.c.revision)).where(later.c.id == takeaway.c.id).scalar_subquery()
    return select(takeaway).where(takeaway.c.revision == newest)
