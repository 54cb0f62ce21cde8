"""The command line in this process, on a home of its own."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from companion.cli.main import run
from fakes.house import laid_out

__all__ = ["laid_out"]


@dataclass
class Cli:
    """Runs commands and reads what they say."""

    home: Path
    capsys: pytest.CaptureFixture[str]
    folder: Path

    def __call__(self, *arguments: str, code: int = 0) -> str:
        """Standard output of one command, which must end with `code`; its standard error is in `said`."""
        got = run(["--home", str(self.home), *arguments])
        out, self.said = self.capsys.readouterr()
        assert got == code, (arguments, out, self.said)
        assert "Traceback" not in self.said
        return out

    def json(self, *arguments: str, code: int = 0) -> Any:
        """The JSON a command answers."""
        return json.loads(self(*arguments, "--json", code=code))

    def file(self, name: str, text: str | bytes) -> str:
        """A file for a command to read."""
        path = self.folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return str(path)


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """An empty profile."""
    monkeypatch.setenv("COMPANION_SECRETS", "session")
    return Cli(tmp_path / "home", capsys, tmp_path)


@pytest.fixture
def ferro(cli: Cli, laid_out: Path) -> Cli:
    """A profile in which the programme of the other tests is laid out, and Dana works."""

    shutil.copytree(laid_out, cli.home)
    cli("me", "dana@ferro.example")
    return cli
