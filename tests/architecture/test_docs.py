"""The pages promise nothing that is not there: commands are understood, links lead somewhere, sentences are said."""

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from architecture.tree import ROOT, none, source_files, tree_of
from companion.cli.main import parser

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/decisions/*.md")])
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
LINK = re.compile(r"\]\((?!https?://)([^)\s]+)\)")


def commands(text: str) -> Iterator[str]:
    """What stands in code and begins with the program's name, without brackets, comments and what a shell joins."""
    for code in CODE.findall(text):
        for line in code.strip("`").splitlines():
            for command in re.split(r" && | \| ", line.split(" #")[0]):
                if command.strip().startswith("companion "):
                    yield re.sub(r"[][…,;]", " ", command).strip()


def unknown(command: str) -> list[str]:
    """The words of a command that the program does not understand."""
    words, at = command.split()[1:], parser()
    seen: list[argparse.ArgumentParser] = [at]
    while words:
        verbs = next((a.choices for a in at._actions if isinstance(a, argparse._SubParsersAction)), None)
        word = words.pop(0)
        if word.startswith("--"):
            if not any(word.split("=")[0] in known._option_string_actions for known in seen):
                return [word]
        elif verbs is not None:
            missing = [name for name in word.split("|") if name not in verbs]
            if missing:
                # "--home DIR" takes a word before the verb comes.
                if command.split()[command.split().index(word) - 1].startswith("--"):
                    continue
                return missing
            at = verbs[word.split("|")[0]]
            seen.append(at)
    return []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_on_a_page_is_understood(page: Path) -> None:
    none(
        f"{page.name}: {line} ({', '.join(wrong)})"
        for line in commands(page.read_text("utf-8"))
        if (wrong := unknown(line))
    )


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    heads = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    wrong: list[str] = []
    for link in LINK.findall(CODE.sub("", page.read_text("utf-8"))):
        name, _, anchor = link.partition("#")
        there = (page.parent / name).resolve() if name else page
        if not there.exists() or (anchor and there.suffix == ".md" and anchor not in anchors(there)):
            wrong.append(f"{page.name}: {link}")
    none(wrong)


def said() -> set[str]:
    """Every text the app may say, places to fill in left as dots."""
    texts = {
        node.value
        for path in source_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {re.sub(r"\{\w+\}", "…", text) for text in texts}


def test_sentences_quoted_in_the_guide_are_said() -> None:
    text = (ROOT / "docs" / "connect.md").read_text("utf-8").partition("## When something is wrong")[2]
    quoted = re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE)[1:]
    assert len(quoted) > 5
    texts = [text.lower() for text in said()]
    none(quote for quote in quoted if not any(quote.lower() in text for text in texts))


def test_a_command_that_is_not_there_is_found() -> None:
    assert unknown("companion accounts dance") == ["dance"]
    assert unknown("companion sync --never") == ["--never"]
    assert unknown("companion --home DIR meetings confirm|dismiss|forget ID") == []
    text = "`companion sync` and ```\ncompanion me X  # who\ncompanion sync && companion board\n```"
    assert list(commands(text)) == ["companion sync", "companion me X", "companion sync", "companion board"]
