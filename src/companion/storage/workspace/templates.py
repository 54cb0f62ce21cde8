"""Templates of notes."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, select

from companion.notes.template import Question, Template
from companion.storage.rows import upsert
from companion.storage.workspace.memory_tables import template


class Templates:
    """Implements `notes.model.TemplateStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Template]:
        """Every version of every template, oldest first."""
        rows = self._connection.execute(select(template).order_by(template.c.id, template.c.version))
        return [
            Template(row.id, row.version, row.name, tuple(map(_question, row.questions)), row.made, row.by)
            for row in rows
        ]

    def put(self, template_: Template) -> None:
        """Save one version."""
        questions = [asdict(question) for question in template_.questions]
        upsert(self._connection, template, [{**vars(template_), "questions": questions}])


def _question(body: dict[str, Any]) -> Question:
    choices = tuple((kept, texts) for kept, texts in body["choices"])
    return Question(**{**body, "choices": choices})
