"""Questions to the user go through one port; `dialogs` answers it with Qt, tests with what they like."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

Choice = tuple[str, str]  # key, label


@dataclass(frozen=True)
class Field:
    """One thing a form asks for. `kind` check answers "yes" or ""; choices are (key, label)."""

    key: str
    label: str
    kind: Literal["text", "secret", "check", "file", "folder", "choice"] = "text"
    start: str = ""
    hint: str = ""
    choices: tuple[Choice, ...] = ()


class Ask(Protocol):
    """What a page may ask. `done` is called with the answer; where the user backs out, only `yes` answers (False)."""

    def tell(self, title: str, text: str) -> None: ...
    def yes(self, title: str, text: str, label: str, done: Callable[[bool], None]) -> None: ...
    def text(
        self,
        title: str,
        label: str,
        done: Callable[[str], None],
        *,
        text: str = "",
        start: str = "",
        lines: int = 1,
        secret: bool = False,
    ) -> None: ...
    def choose(self, title: str, text: str, choices: Sequence[Choice], done: Callable[[str], None]) -> None: ...
    def form(
        self, title: str, text: str, fields: Sequence[Field], label: str, done: Callable[[dict[str, str]], None]
    ) -> None: ...
    def open_file(self, title: str, kinds: str, done: Callable[[Path], None]) -> None: ...
    def save_file(self, title: str, name: str, done: Callable[[Path], None]) -> None: ...
    def folder(self, title: str, done: Callable[[Path], None]) -> None: ...
