"""Every problem has its sentence, every sentence its problem, and each is told all it needs."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

from architecture.tree import SOURCE, name_of, none, source_files, tree_of, where
from companion.words.problems import SENTENCES

SAID_BY_OTHERS = SOURCE / "words" / "problems"


def raised() -> Iterator[tuple[Path, ast.Call, str]]:
    """Every `Problem("code", ...)` of the app."""
    for path in source_files():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and name_of(node) == "Problem" and node.args:
                for code in ast.walk(node.args[0]):
                    if isinstance(code, ast.Constant) and isinstance(code.value, str):
                        yield path, node, code.value


def needed(code: str) -> set[str]:
    """The facts a problem's sentence is made of."""
    return {field.split(".")[0].split("[")[0] for _, field, _, _ in string.Formatter().parse(SENTENCES[code]) if field}


def test_every_problem_has_a_sentence() -> None:
    none(f"{where(path, call)} {code}" for path, call, code in raised() if code not in SENTENCES)


def test_every_sentence_is_needed() -> None:
    words = {
        node.value
        for path in source_files()
        if not path.is_relative_to(SAID_BY_OTHERS)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    none(set(SENTENCES) - words)


def test_every_problem_brings_the_facts_of_its_sentence() -> None:
    short = []
    for path, call, code in raised():
        given = {word.arg for word in call.keywords}
        if code in SENTENCES and None not in given and not needed(code) <= given:
            short.append(f"{where(path, call)} {code} lacks {sorted(needed(code) - given)}")
    none(short)


def test_no_code_is_said_twice() -> None:
    seen: dict[str, str] = {}
    twice = []
    for path in sorted(SAID_BY_OTHERS.glob("*.py")):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Dict):
                for key in node.keys:
                    if isinstance(key, ast.Constant) and isinstance(key.value, str):
                        if key.value in seen:
                            twice.append(f"{key.value} in {seen[key.value]} and {path.name}")
                        seen[key.value] = path.name
    none(twice)
