"""The files of the project and their syntax trees, as the architecture tests see them."""

import ast
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "companion"
CODE = ("src", "tests", "bench", "packaging")


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is in the repository or about to be, ignored ones left out."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return tuple(ROOT / name for name in sorted(set(listed.split("\0"))) if name and (ROOT / name).is_file())


def texts(*suffixes: str) -> Iterator[tuple[Path, str]]:
    """The text files of the project, of the given suffixes where any are given."""
    for path in project_files():
        if suffixes and path.suffix not in suffixes:
            continue
        data = path.read_bytes()
        if b"\0" not in data[:8000]:
            yield path, data.decode("utf-8", "replace")


def code_files() -> list[Path]:
    """Every Python file of the project."""
    return [path for path in project_files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in CODE]


def source_files(*rooms: str) -> list[Path]:
    """The Python files of the app, of the given rooms where any are given."""
    inside = [path for path in project_files() if path.suffix == ".py" and path.is_relative_to(SOURCE)]
    return [path for path in inside if not rooms or path.relative_to(SOURCE).parts[0] in rooms]


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def where(path: Path, node: ast.AST | None = None) -> str:
    """A file and line as a person finds it."""
    line = f":{node.lineno}" if isinstance(node, ast.expr | ast.stmt | ast.excepthandler) else ""
    return f"{path.relative_to(ROOT)}{line}"


def name_of(call: ast.Call) -> str:
    """The last name of what is called: `setText` of `self.title.setText(...)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def none(offenders: Iterable[str]) -> None:
    """Fails with every offender on a line of its own."""
    listed = sorted(set(offenders))
    assert not listed, "\n" + "\n".join(listed)
