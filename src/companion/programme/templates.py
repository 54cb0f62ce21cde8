"""The questions of a note: ops edit, version and translate them; a note keeps those it was begun with."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from companion.basics.errors import Problem
from companion.notes.model import Note
from companion.notes.shipped_template import shipped
from companion.notes.template import Template
from companion.notes.template_file import check
from companion.programme.model import House


def current(house: House) -> Template:
    """The questions a note is begun with: the newest of ops, else those that ship with the app.

    With the workspace away, the newest that this computer saw.
    """
    try:
        with house.workspace(write=False) as tx:
            every = tx.templates.all()
    except Problem:
        with house.device(write=False) as device:
            return device.templates.newest() or shipped()
    return newest(every) or shipped()


def newest(every: Iterable[Template]) -> Template | None:
    """The version that was made last; None where there is none."""
    return max(every, key=_age, default=None)


def of_note(house: House, note: Note) -> Template:
    """The questions a note was begun with, whatever ops changed since."""
    with house.device(write=False) as device:
        kept = device.templates.get(note.template, note.template_version)
    if kept:
        return kept
    if not note.template:
        return shipped()
    known = [one for one in all_of(house) if one.id == note.template]
    same = [one for one in known if one.version == note.template_version]
    return (same or known or [shipped()])[-1]


def all_of(house: House) -> list[Template]:
    """Every version, the shipped one first; only that one with the workspace away."""
    try:
        with house.workspace(write=False) as tx:
            return [shipped(), *tx.templates.all()]
    except Problem:
        return [shipped()]


def save(house: House, template: Template) -> Template:
    """Make it the questions of every note from now on: a new version, by who works here.

    Problems: `template_…` of its file, `templates_by_ops`, and those of the workspace.
    """
    check(template)
    with house.workspace() as tx:
        me = tx.people.by_address(house.me) if house.me else None
        if house.workspace_shared and (me is None or me.kind != "ops"):
            raise Problem("templates_by_ops")
        versions = [one.version for one in (shipped(), *tx.templates.all()) if one.id == template.id]
        made = replace(template, version=max(versions, default=0) + 1, made=house.clock(), by=me.id if me else "")
        tx.templates.put(made)
    return made


def _age(template: Template) -> tuple[datetime, int]:
    return template.made or datetime.min.replace(tzinfo=UTC), template.version
