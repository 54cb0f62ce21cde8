"""Lines of the audit are written in one place, and who writes the programme writes one with it."""

import ast
from pathlib import Path

from architecture.tree import SOURCE, name_of, none, source_files, tree_of, where

MAKES = {SOURCE / "programme" / "audits.py", SOURCE / "storage" / "workspace" / "programme.py"}
TELLS = {"note", "write", "changed", "programme_changed"}
FIRST = {SOURCE / "programme" / "first_time.py"}  # a zone where there was none; nobody chose it


def _puts_programme(call: ast.AST) -> bool:
    """Whether it is `….programme.put(…)`."""
    func = call.func if isinstance(call, ast.Call) else None
    return (
        isinstance(func, ast.Attribute) and func.attr == "put"
        and isinstance(func.value, ast.Attribute) and func.value.attr == "programme"
    )  # fmt: skip


def test_lines_of_the_audit_are_made_in_one_place() -> None:
    none(
        where(path, node)
        for path in source_files()
        if path not in MAKES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and name_of(node) in ("AuditEntry", "audit") and _of_tx(node)
    )


def _of_tx(call: ast.Call) -> bool:
    """Whether it makes an entry, or gives one to a store."""
    return name_of(call) == "AuditEntry" or (
        isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Attribute)
        and call.func.value.attr == "programme"
    )  # fmt: skip


def test_who_writes_the_programme_writes_a_line() -> None:
    none(where(path, node) for path in source_files("programme", "cli", "desktop") for node in _silent(path))


def _silent(path: Path) -> list[ast.stmt]:
    if path in FIRST:
        return []
    found: list[ast.stmt] = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef) and any(map(_puts_programme, ast.walk(node))):
            called = {name_of(call) for call in ast.walk(node) if isinstance(call, ast.Call)}
            if not called & TELLS:
                found.append(node)
    return found
