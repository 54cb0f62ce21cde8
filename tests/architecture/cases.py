"""Which test holds which known calendar fault, and the page that says so; as a program it writes the page anew."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from architecture.tree import ROOT, code_files, tree_of, where

PAGE = ROOT / "docs" / "calendar-cases.md"
_ROW = re.compile(r"^\| (\d+) \| (.*?) \| (.*?) ?\| (.*?) ?\|$", re.MULTILINE)
_NAME = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Row:
    """One case on the page: its number, what hurts, the tests named, and the reason beside them."""

    number: int
    hurts: str
    tests: tuple[str, ...]
    reason: str

    @property
    def open(self) -> bool:
        """Whether no test holds it and nothing excuses that; a remark beside the tests is no excuse."""
        return not self.tests and not self.reason.startswith("Not here:")


def rows(text: str) -> list[Row]:
    """The cases in the order of the page."""
    return [Row(int(n), hurts, tuple(_NAME.findall(tests)), reason) for n, hurts, tests, reason in _ROW.findall(text)]


def marks(paths: list[Path] | None = None) -> tuple[dict[int, tuple[str, ...]], list[str]]:
    """(case number -> names of the tests that carry its mark, marks that nothing carries or nobody can read)."""
    held: dict[int, set[str]] = defaultdict(set)
    loose: list[str] = []
    for path in paths if paths is not None else code_files():
        if not path.name.startswith("test_"):
            continue
        carried: set[int] = set()
        for test, calls in _carriers(path):
            for call in calls:
                carried.add(id(call))
                numbers = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and type(arg.value) is int]
                if not numbers or len(numbers) != len(call.args):
                    loose.append(where(path, call))
                for number in numbers:
                    held[number].add(f"{path.stem}.{test}" if test else path.stem)
        loose += [where(path, call) for call in _cases(tree_of(path)) if id(call) not in carried]
    return {number: tuple(sorted(names)) for number, names in sorted(held.items())}, loose


def _carriers(path: Path) -> Iterator[tuple[str, list[ast.Call]]]:
    """(test, its marks), "" for the whole file: marks of its decorators, and of tables that its decorators name."""
    tables: dict[str, list[ast.Call]] = {}
    for node in tree_of(path).body:
        names = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for name in names:
            if isinstance(name, ast.Name) and (calls := list(_cases(node))):
                tables[name.id] = calls
                if name.id == "pytestmark":
                    yield "", calls
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name.lower().startswith("test"):
            calls = [call for decorator in node.decorator_list for call in _cases(decorator)]
            used = {
                name.id for item in node.decorator_list for name in ast.walk(item) if isinstance(name, ast.Name)
            }  # fmt: skip
            calls += [call for name in used & tables.keys() for call in tables[name]]
            if calls:
                yield node.name, calls


def _cases(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.case":
            yield node


def written(text: str, held: dict[int, tuple[str, ...]]) -> str:
    """The page with the third column as the marks are."""

    def row(found: re.Match[str]) -> str:
        tests = ", ".join(f"`{name}`" for name in held.get(int(found[1]), ()))
        return " ".join(part for part in ("|", found[1], "|", found[2], "|", tests, "|", found[4], "|") if part)

    return _ROW.sub(row, text)


if __name__ == "__main__":
    found, _ = marks()
    PAGE.write_text(written(PAGE.read_text("utf-8"), found), "utf-8")
    print(f"{len(found)} cases are held by tests")
    for case in rows(PAGE.read_text("utf-8")):
        if case.open:
            print(f"{case.number} is not held: {case.hurts}")
