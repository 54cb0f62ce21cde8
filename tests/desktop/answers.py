"""The Ask port with answers laid out beforehand; what was asked can be read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from companion.desktop.ask import SignInStage, SignInVerbs


@dataclass
class Panel:
    """A sign-in without a dialog: what it was told, and its verbs."""

    text: str
    verbs: SignInVerbs
    stages: list[SignInStage] = field(default_factory=list)
    forward: int = 0
    ended: bool = False

    def show_stage(self, stage: SignInStage) -> None:
        self.stages.append(stage)

    def come_forward(self) -> None:
        self.forward += 1

    def end(self) -> None:
        self.ended = True


@dataclass
class Answers:
    """None means that the user backs out."""

    yes_to_all: bool = True
    texts: list[str | None] = field(default_factory=list)
    choice: str | None = None
    path: Path | None = None
    paths: tuple[Path, ...] = ()  # where several are asked for
    forms: list[dict[str, str] | None] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)  # (title, text)
    shown: list[tuple] = field(default_factory=list)  # (content, what its button does)
    signing: list["Panel"] = field(default_factory=list)  # the sign-ins that were begun

    def tell(self, title: str, text: str) -> None:
        self.asked.append((title, text))

    def yes(self, title: str, text: str, label: str, done: Callable[[bool], None]) -> None:
        self.asked.append((title, text))
        done(self.yes_to_all)

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
    ) -> None:
        self.asked.append((title, text))
        answer = self.texts.pop(0) if self.texts else None
        if answer is not None:
            done(answer)

    def choose(self, title: str, text: str, choices: Sequence[tuple[str, str]], done: Callable[[str], None]) -> None:
        self.asked.append((title, text))
        if self.choice is not None:
            assert self.choice in {key for key, _label in choices}
            done(self.choice)

    def form(self, title, text, fields, label, done) -> None:
        self.asked.append((title, text))
        answer = self.forms.pop(0) if self.forms else None
        if answer is not None:
            assert set(answer) <= {item.key for item in fields}
            done({item.key: answer.get(item.key, item.start) for item in fields})

    def show(self, title: str, content, label: str = "", done: Callable[[], None] | None = None):
        """What is shown can be looked at until the test ends."""
        self.asked.append((title, ""))
        self.shown.append((content, done))
        return lambda: None

    def sign_in(self, text: str, verbs: SignInVerbs) -> Panel:
        self.signing.append(Panel(text, verbs))
        return self.signing[-1]

    def open_file(self, title: str, kinds: str, done: Callable[[Path], None]) -> None:
        self._give(title, done)

    def open_files(self, title: str, kinds: str, done: Callable[[tuple[Path, ...]], None]) -> None:
        self.asked.append((title, ""))
        if self.paths:
            done(self.paths)

    def save_file(self, title: str, name: str, done: Callable[[Path], None]) -> None:
        self._give(title, done)

    def folder(self, title: str, done: Callable[[Path], None]) -> None:
        self._give(title, done)

    def _give(self, title: str, done: Callable[[Path], None]) -> None:
        self.asked.append((title, ""))
        if self.path is not None:
            done(self.path)
