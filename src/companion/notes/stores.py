"""What of notes is kept beside the notes themselves: versions, revisions, and how their copy stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from companion.notes.merge import Kept, Version, Versions
from companion.notes.model import Revision
from companion.notes.template import Template


@dataclass(frozen=True)
class Beside:
    """A version that stands beside the one that is shown, as it is kept."""

    id: str
    note_id: str
    unit: str
    version: Version = field(repr=False)
    since: datetime


class VersionStore(Protocol):
    """The slice of a device transaction that holds every version of every unit, and whole notes as they were."""

    def of(self, note_id: str, unit: str) -> Versions: ...
    def of_many(self, note_id: str, units: Iterable[str]) -> dict[str, Versions]: ...  # of each of them
    def put(self, note_id: str, unit: str, versions: Versions, since: datetime) -> None: ...
    def put_many(self, note_id: str, units: Mapping[str, Versions], since: datetime) -> None: ...
    def beside(self, note_ids: Iterable[str] | None = None) -> list[Beside]: ...  # None: of every note
    def kept(self, meeting_ids: Iterable[str] | None = None) -> dict[str, Kept]: ...  # by meeting; None: all
    def put_kept(self, kept: Kept, since: datetime) -> None: ...
    def mark(self) -> str: ...  # differs when anything of any note does
    def marks(self) -> dict[str, str]: ...  # by meeting: each differs when anything of its note does
    def revisions(self, note_id: str) -> list[Revision]: ...  # newest first
    def newest_revision(self, note_id: str) -> Revision | None: ...
    def revisions_kept(self, note_id: str) -> list[tuple[str, datetime, str]]: ...  # (id, when, why), newest first
    def put_revision(self, revision: Revision) -> None: ...
    def drop_revisions(self, ids: Iterable[str]) -> None: ...
    def device_id(self) -> str: ...  # under which this computer counts; made at first use, so in a writing transaction
    def new_device(self) -> str: ...  # somebody else counts under that name


class NotesCopyStore(Protocol):
    """The slice of a device transaction that says how the encrypted copy stands, by what is told."""

    def get(self, key: str) -> dict[str, Any]: ...  # {} for nothing
    def put(self, key: str, body: dict[str, Any]) -> None: ...
    def drop(self, key: str) -> None: ...


class KeptTemplates(Protocol):
    """The slice of a device transaction that holds the questions notes were begun with."""

    def get(self, template_id: str, version: int) -> Template | None: ...
    def newest(self) -> Template | None: ...  # of those that came from the workspace
    def put(self, template: Template) -> None: ...
