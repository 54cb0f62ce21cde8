"""What must not be in the tree: traces of one machine, loose ends, swallowed errors."""

import ast
import re
from pathlib import Path

from architecture.tree import ROOT, SOURCE, code_files, none, source_files, texts, tree_of, where

MACHINE_PATH = re.compile(r"(?<![\w.:/~-])/(?:home|Users|root|work)/[\w.-]+/|\b[A-Z]:\\+Users\\+\w+")
REGISTRY = re.compile(
    r"https?://\S*(?:py" r"pi|pythonhosted|npmjs|artifactory|deb\.debian)|^--(?:extra-)?index-url|^--find-links",
    re.MULTILINE,
)
LOOSE_END = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
MAKE_LIKE = {"", ".sh", ".toml", ".py", ".in", ".j2", ".css", ".js", ".html", ".qss"}


def found(pattern: re.Pattern[str], *suffixes: str) -> list[str]:
    """Where in the project a pattern is."""
    return [
        f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, hit.start()) + 1} {hit.group()}"
        for path, text in texts(*suffixes)
        for hit in pattern.finditer(text)
    ]


def test_no_path_of_one_machine() -> None:
    none(found(MACHINE_PATH))


def test_no_registry_address() -> None:
    none(found(REGISTRY))


def test_no_loose_ends() -> None:
    none(found(LOOSE_END, *MAKE_LIKE))


def is_silent(handler: ast.ExceptHandler, lines: list[str]) -> bool:
    """Whether a handler swallows everything, or something without a word why."""
    if not all(isinstance(line, ast.Pass) for line in handler.body):
        return False
    broad = handler.type is None or ast.unparse(handler.type) in ("Exception", "BaseException")
    return broad or "#" not in "".join(lines[handler.lineno - 1 : handler.end_lineno])


def test_no_error_is_swallowed() -> None:
    none(
        where(path, node)
        for path in code_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and is_silent(node, path.read_text("utf-8").splitlines())
    )


def test_only_the_command_line_prints() -> None:
    """And the desktop where there is no window: before it stands, and on stderr after a crash."""

    def may_print(path: Path, call: ast.Call) -> bool:
        to_a_stream = any(word.arg == "file" for word in call.keywords)
        no_window = path == SOURCE / "desktop" / "main.py" or (path in source_files("desktop") and to_a_stream)
        return no_window or path in source_files("cli", "__main__.py")

    none(
        where(path, node)
        for path in source_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
        and not may_print(path, node)
    )
