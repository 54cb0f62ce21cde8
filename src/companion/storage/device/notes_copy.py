"""How the encrypted copy of the notes stands, and the questions notes were begun with."""

from typing import Any

from sqlalchemy import Connection, delete, select

from companion.notes.codec import template_from_json, template_to_json
from companion.notes.template import Template
from companion.storage.device.tables import note_template, notes_copy
from companion.storage.rows import upsert


class NotesCopies:
    """Implements `notes.stores.NotesCopyStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> dict[str, Any]:
        """What is told under a key, {} for nothing."""
        return self._connection.scalar(select(notes_copy.c.body).where(notes_copy.c.key == key)) or {}

    def put(self, key: str, body: dict[str, Any]) -> None:
        """Tell it."""
        upsert(self._connection, notes_copy, [{"key": key, "body": body}])

    def drop(self, key: str) -> None:
        """Tell it no more."""
        self._connection.execute(delete(notes_copy).where(notes_copy.c.key == key))


class KeptTemplates:
    """Implements `notes.stores.KeptTemplates`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, template_id: str, version: int) -> Template | None:
        """One version."""
        mine = (note_template.c.id == template_id) & (note_template.c.version == version)
        body = self._connection.scalar(select(note_template.c.body).where(mine))
        return template_from_json(body) if body else None

    def newest(self) -> Template | None:
        """The newest that the workspace had; what ships with the app has no day and is older than any."""
        bodies = self._connection.scalars(select(note_template.c.body))
        found = [(one.made, one.version, one) for one in map(template_from_json, bodies) if one.made]
        return max(found, key=lambda one: one[:2])[2] if found else None

    def put(self, template: Template) -> None:
        """Keep one version."""
        key = {"id": template.id, "version": template.version}
        upsert(self._connection, note_template, [{**key, "body": template_to_json(template)}])
