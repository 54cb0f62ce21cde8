"""Questions to the user go through one port; `dialogs` answers it with Qt, tests with what they like."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

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


@dataclass(frozen=True)
class SignInStage:
    """How far a sign-in is. `sentence` is what went wrong, or what else is to be known."""

    at: Literal["beginning", "browser", "no_browser", "signing", "reading", "failed"]
    url: str = ""  # where the browser signs in; "" before it is known
    sentence: str = ""
    person: str = ""  # who signed in
    needs_it: bool = False  # only the firm's IT can mend it
    again: bool = False  # another try may end otherwise


@dataclass(frozen=True)
class SignInVerbs:
    """What somebody who is signing in can do."""

    cancel: Callable[[], None]
    copy_link: Callable[[], None]
    try_again: Callable[[], None]
    copy_request: Callable[[], None]
    go_on: Callable[[], None]  # it was read enough


class SignInPanel(Protocol):
    """Shows how far a sign-in is."""

    def show_stage(self, stage: SignInStage) -> None: ...
    def come_forward(self) -> None: ...
    def end(self) -> None: ...


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
    def show(
        self, title: str, content: "QWidget", label: str = "", done: Callable[[], None] | None = None
    ) -> Callable[[], None]: ...  # something to look at, with one thing to do; the answer closes it
    def sign_in(self, text: str, verbs: SignInVerbs) -> SignInPanel: ...
    def open_file(self, title: str, kinds: str, done: Callable[[Path], None]) -> None: ...
    def open_files(self, title: str, kinds: str, done: Callable[[tuple[Path, ...]], None]) -> None: ...
    def save_file(self, title: str, name: str, done: Callable[[Path], None]) -> None: ...
    def folder(self, title: str, done: Callable[[Path], None]) -> None: ...
