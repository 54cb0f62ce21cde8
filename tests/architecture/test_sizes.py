"""Small files, short functions."""

import ast

from architecture.tree import code_files, none, tree_of, where

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60


def test_no_file_is_too_long() -> None:
    counts = {where(path): len(path.read_text("utf-8").splitlines()) for path in code_files()}
    none(f"{name}: {count} lines" for name, count in counts.items() if count > MOST_LINES)


def test_no_function_is_too_long() -> None:
    long = [
        f"{where(path, node)} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for path in code_files()
        if "migrations" not in path.parts  # a revision is one list of tables, and never edited again
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= MOST_LINES_OF_A_FUNCTION
    ]
    none(long)
