"""No sentence a person reads stands bare in the code: it goes through `words.language`."""

import ast
from collections.abc import Iterator

import pytest

from architecture.tree import name_of, none, source_files, tree_of, where

SHOWS = {
    "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu",
    "QDockWidget", "QErrorMessage", "PlainLabel", "SectionLabel", "Section", "Chip", "Quote", "EmptyState",
    "setText", "setPlainText", "setWindowTitle", "setAccessibleName", "setAccessibleDescription", "setToolTip",
    "setStatusTip", "setWhatsThis", "setPlaceholderText", "setTitle", "setLabelText", "setInformativeText",
    "setDetailedText", "showMessage", "addAction", "addMenu", "addTab", "addItem", "setHeaderLabels", "setSuffix",
    "setPrefix", "addRow",
}  # fmt: skip
PRINTS = {"print", "write"}
ARGUMENTS = {"help", "description", "epilog"}


def is_bare(node: ast.expr) -> bool:
    """Whether an argument is words written here, not words that came through `t`, `tn` or a name."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and any(letter.isalpha() for letter in node.value)
    if isinstance(node, ast.JoinedStr):
        return any(is_bare(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return is_bare(node.left) or is_bare(node.right)
    if isinstance(node, ast.IfExp):
        return is_bare(node.body) or is_bare(node.orelse)
    if isinstance(node, ast.List | ast.Tuple):
        return any(is_bare(item) for item in node.elts)
    return False


def bare(tree: ast.AST, shows: set[str], keywords: set[str]) -> Iterator[ast.Call]:
    """The calls that show bare words."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            all_of_it = name_of(node) in shows
            shown = list(node.args) if all_of_it else []
            shown += [word.value for word in node.keywords if all_of_it or word.arg in keywords]
            if any(is_bare(argument) for argument in shown):
                yield node


def test_the_window_shows_no_bare_words() -> None:
    calls = [where(path, call) for path in source_files("desktop") for call in bare(tree_of(path), SHOWS, set())]
    none(calls)


def test_the_command_line_says_no_bare_words() -> None:
    calls = [where(path, call) for path in source_files("cli") for call in bare(tree_of(path), PRINTS, ARGUMENTS)]
    none(calls)


@pytest.mark.parametrize(
    ("line", "caught"),
    [
        ("label.setText('Hello')", True),
        ("label.setText(f'{count} left')", True),
        ("label.setText('a' if one else other)", True),
        ("label.setText(t('Hello'))", False),
        ("label.setText(f'{first} · {last}')", False),
        ("label.setText(title)", False),
    ],
)
def test_the_look_for_bare_words_sees(line: str, caught: bool) -> None:
    assert bool(list(bare(ast.parse(line), SHOWS, set()))) is caught
