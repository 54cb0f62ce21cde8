"""The encrypted copy: one file for each computer, in a folder its owner already has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from companion.notes.merge import Kept

Wrap = dict[str, Any]  # the data key, wrapped by the recovery words: nothing in it is secret


@dataclass(frozen=True)
class Found:
    """A file of a copy, as its folder and its open first line tell. `device`: "" where that cannot be told."""

    name: str
    size: int  # bytes
    changed: int  # nanoseconds, by the folder's clock: only to see that it is another file than before
    device: str = ""
    counter: int = 0
    key_id: str = ""
    wrap: Wrap = field(default_factory=dict)


@dataclass(frozen=True)
class Copied:
    """What one computer knows."""

    device: str
    name: str  # what that computer is called
    counter: int  # how many files it wrote
    notes: Mapping[str, Kept] = field(default_factory=dict, repr=False)  # those that were asked for
    marks: Mapping[str, str] = field(default_factory=dict)  # of every note in its file


@dataclass(frozen=True)
class Part:
    """One meeting's note as it lies in a file. `mark`: differs when the note does, by meeting and computer."""

    mark: str
    sealed: bytes = field(repr=False)


@dataclass(frozen=True)
class Sheet:
    """A whole file, ready to be written."""

    device: str
    name: str
    counter: int
    parts: Mapping[str, Part] = field(default_factory=dict, repr=False)  # by meeting


class CopyBox(Protocol):
    """Writes and reads the files of a copy. Keys are base64 text, as the keyring keeps them."""

    def new_key(self) -> str: ...
    def new_words(self) -> tuple[str, ...]: ...
    def key_id(self, key: str) -> str: ...
    def wrap(self, key: str, words: str, number: int) -> Wrap: ...  # Problems as `recovery.from_words`
    def unwrap(self, wrap: Wrap, words: str) -> str | None: ...  # None: other words
    def look(self, folder: Path) -> list[Found]: ...  # Problem `copy_away`
    # Notes whose mark is the known one are passed over. Problems `copy_damaged`, `copy_newer`
    def read(self, folder: Path, found: Found, key: str, known: Mapping[str, str]) -> Copied: ...
    def parts(self, folder: Path, device: str, key: str) -> dict[str, Part]: ...  # of that file, the whole ones
    def seal(self, key: str, kept: Kept, mark: str) -> Part: ...
    def write(self, folder: Path, key: str, wrap: Wrap, sheet: Sheet) -> Found: ...  # Problem `file_not_written`
    def remove(self, folder: Path, device: str) -> None: ...  # only that computer's file
    def this_computer(self) -> str: ...
