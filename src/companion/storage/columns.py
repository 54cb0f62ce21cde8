"""Column types that carry a room's values in and out, so that rows and dataclasses share their names."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Integer, MetaData, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from companion.calendars.model import Guest, Reason

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_ALIKE = 4096  # texts of a column that are kept as read: of ten thousand meetings most were recognised alike


def new_metadata() -> MetaData:
    """Metadata that names every constraint, so that a migration can find it again."""
    return MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Instant(TypeDecorator[datetime]):
    """An aware instant as microseconds since 1970 UTC; ValueError for a naive one."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """The instant as a number."""
        return _as_number(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """The number as an instant in UTC."""
        return _as_instant(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """Straight, for a board reads a hundred thousand of them: no engine has anything to add."""
        return _as_number

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], Any] | None:
        """Straight, as `bind_processor`."""
        return _as_instant


def _as_number(value: datetime | None) -> int | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return (value - _EPOCH) // _TICK


def _as_instant(value: int | None) -> datetime | None:
    return None if value is None else _EPOCH + timedelta(microseconds=value)


class Texts(TypeDecorator[tuple[str, ...]]):
    """A tuple of texts as a JSON list."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> Any:
        """The tuple as a list."""
        return list(value or ())

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:
        """The list as a tuple."""
        return tuple(value or ())


class Pairs(TypeDecorator[tuple[tuple[str, str], ...]]):
    """A tuple of pairs of texts as a JSON list of lists."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[tuple[str, str], ...] | None, dialect: Dialect) -> Any:
        """The pairs as lists."""
        return [list(pair) for pair in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[tuple[str, str], ...]:
        """The lists as pairs."""
        return tuple((first, second) for first, second in value or ())


class Stamps(TypeDecorator[tuple[tuple[str, int], ...]]):
    """How many changes of which device are in a text, as a JSON list of lists."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[tuple[str, int], ...] | None, dialect: Dialect) -> Any:
        """The pairs as lists."""
        return [list(pair) for pair in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[tuple[str, int], ...]:
        """The lists as pairs."""
        return tuple((device, int(count)) for device, count in value or ())


class Facts(TypeDecorator[tuple[dict[str, Any], ...]]):
    """A tuple of plain facts as a JSON list."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[dict[str, Any], ...] | None, dialect: Dialect) -> Any:
        """The tuple as a list; what JSON does not know is written as text."""
        return [_plain(item) for item in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[dict[str, Any], ...]:
        """The list as a tuple."""
        return tuple(value or ())


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _once(process: Callable[[Any], Any] | None) -> Callable[[Any], Any] | None:
    """The same reading, done once for rows that hold the same text; what is read is never changed, so it is shared."""
    if process is None:
        return None
    read = lru_cache(maxsize=_ALIKE)(process)

    def shared(value: Any) -> Any:
        plain = value is None or isinstance(value, str)  # a driver may have read the JSON itself
        return read(value) if plain else process(value)

    return shared


def _written_once(process: Callable[[Any], Any] | None) -> Callable[[Any], Any] | None:
    """The same writing, done once for rows that hold equal values: most guest lists are empty, most reasons alike."""
    if process is None:
        return None
    write = lru_cache(maxsize=_ALIKE)(process)

    def shared(value: Any) -> Any:
        try:
            return write(value)
        except TypeError:  # a list, which cannot be looked up
            return process(value)

    return shared


class OneGuest(TypeDecorator[Guest]):
    """A guest, or nobody, as a JSON list of four texts."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], Any] | None:
        """Reads each text once."""
        return _once(super().result_processor(dialect, coltype))

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """Writes equal values once."""
        return _written_once(super().bind_processor(dialect))

    def process_bind_param(self, value: Guest | None, dialect: Dialect) -> Any:
        """The guest as a list."""
        return None if value is None else _guest_out(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Guest | None:
        """The list as a guest."""
        return None if value is None else Guest(*value)


class Guests(TypeDecorator[tuple[Guest, ...]]):
    """A guest list as JSON."""

    impl = JSON
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], Any] | None:
        """Reads each text once."""
        return _once(super().result_processor(dialect, coltype))

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """Writes equal values once."""
        return _written_once(super().bind_processor(dialect))

    def process_bind_param(self, value: tuple[Guest, ...] | None, dialect: Dialect) -> Any:
        """The guests as lists."""
        return [_guest_out(guest) for guest in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Guest, ...]:
        """The lists as guests."""
        return tuple(Guest(*item) for item in value or ())


def _guest_out(guest: Guest) -> list[str]:
    return [guest.address, guest.name, guest.kind, guest.answer]


class Reasons(TypeDecorator[tuple[Reason, ...]]):
    """Reasons as JSON, each with its facts in their order."""

    impl = JSON
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], Any] | None:
        """Reads each text once."""
        return _once(super().result_processor(dialect, coltype))

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """Writes equal values once."""
        return _written_once(super().bind_processor(dialect))

    def process_bind_param(self, value: tuple[Reason, ...] | None, dialect: Dialect) -> Any:
        """The reasons as lists."""
        return [[item.code, [list(fact) for fact in item.facts], item.points] for item in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Reason, ...]:
        """The lists as reasons."""
        return tuple(Reason(code, tuple((k, v) for k, v in facts), points) for code, facts, points in value or ())


def event_columns() -> list[Column[Any]]:
    """The columns of one occurrence, named as in `calendars.model.Event`."""
    return [
        Column("uid", Text, nullable=False),
        Column("rec_key", Text, nullable=False),
        Column("start", Instant, nullable=False),
        Column("end", Instant, nullable=False),
        Column("all_day", Boolean, nullable=False),
        Column("zone", Text, nullable=False),
        Column("title", Text, nullable=False),
        Column("status", Text, nullable=False),
        Column("organiser", OneGuest),
        Column("guests", Guests, nullable=False),
        Column("others", Integer, nullable=False),
        Column("link", Text, nullable=False),
        Column("sequence", BigInteger, nullable=False),
        Column("customer_id", Text, nullable=False),
        Column("score", Integer, nullable=False),
        Column("why", Reasons, nullable=False),
        Column("guests_known", Boolean, nullable=False),
        Column("place", Text, nullable=False, server_default=""),
    ]
