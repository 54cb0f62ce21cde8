"""No sentence a person reads stands bare in the code: it goes through `words.language`."""

import ast
import re
from collections.abc import Iterator

import pytest

from architecture.tree import name_of, none, source_files, tree_of, where

SHOWS = {
    "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu",
    "QDockWidget", "setText", "setPlainText", "setWindowTitle", "setAccessibleName", "setAccessibleDescription",
    "setToolTip", "setStatusTip", "setWhatsThis", "setPlaceholderText", "setTitle", "setLabelText",
    "setInformativeText", "setDetailedText", "showMessage", "addAction", "addMenu", "addTab", "addItem",
    "setHeaderLabels", "setSuffix", "setPrefix", "addRow",
}  # fmt: skip
SHOWS_FIRST = {"PlainLabel", "Quote", "EmptyState", "Chip", "Section", "SectionLabel"}  # ours; the rest are roles
TAG = re.compile(r"<[^>]*>|&\w+;|\x1b\[[\d;]*[A-Za-z]")  # markup, and what moves a terminal's cursor
SYNTAX = re.compile(r"\S+(?: \| \S+)+")  # what may be typed, as in `company | team:T`
PRINTS = {"print", "write"}
ARGUMENTS = {"help", "description", "epilog"}


def written(node: ast.expr) -> str:
    """The letters written in an expression, markup and filled-in values left out."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return TAG.sub("", "".join(written(part) for part in node.values))
    if isinstance(node, ast.BinOp):
        return written(node.left) + written(node.right)
    if isinstance(node, ast.IfExp):
        return written(node.body) + written(node.orelse)
    if isinstance(node, ast.List | ast.Tuple):
        return "".join(map(written, node.elts))
    return ""


def is_bare(node: ast.expr) -> bool:
    """Whether an argument is words written here, not words that came through `t`, `tn` or a name."""
    text = TAG.sub("", written(node))
    return any(letter.isalpha() for letter in text) and not SYNTAX.fullmatch(text)


def bare(tree: ast.AST, shows: set[str], keywords: set[str]) -> Iterator[ast.Call]:
    """The calls that show bare words."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            all_of_it = name_of(node) in shows
            shown = list(node.args) if all_of_it else node.args[: name_of(node) in SHOWS_FIRST]
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
        ("label.setText(f'<p{style}>{body}</p>')", False),
        ("label.setText('<b>Bold</b>')", True),
        ("label.setText('\\r\\033[K')", False),
        ("label.setText('company | team:T')", False),
        ("label.setText('one word | or two')", True),
        ("PlainLabel(title, 'soft')", False),
        ("PlainLabel('Hello', 'soft')", True),
    ],
)
def test_the_look_for_bare_words_sees(line: str, caught: bool) -> None:
    assert bool(list(bare(ast.parse(line), SHOWS, set()))) is caught
