"""Which texts reach readers and hosts without the app: found in the code and in the templates."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, nodes

from architecture.tree import ROOT, SOURCE
from companion.words.dates import BESIDE_A_DAY, MONTHS, SHORT, SHORT_MONTHS

READERS = (
    "connectors/rendering.py", "connectors/letters.py", "connectors/mail_buttons.py", "connectors/letter.py",
    "connectors/cutting.py",
    "connectors/card.py", "connectors/teams.py", "connectors/slack.py", "connectors/graph_channel.py",
    "connectors/folder.py", "connectors/site/*.py", "words/letters.py", "words/mail.py", "words/meeting_mail.py",
    "words/weekly.py", "words/presence.py", "words/seats.py", "words/former.py", "words/dates.py", "words/card.py",
    "takeaways/audience.py", "takeaways/text.py", "takeaways/pillars.py", "words/brief.py", "briefs/outline.py",
    "words/privacy.py",
    "desktop/widgets/article.py",  # the last is the preview: a reader's text in the window
)  # fmt: skip
SPEAKS = {"t": 1, "mark": 1, "tn": 2}
Text = tuple[str, ...]  # a text, or the singular and the plural


def reached() -> dict[tuple[str, Text], str]:
    """Every (context, text) with the file it was found in."""
    found: dict[tuple[str, Text], str] = {}
    for path in sorted(path for pattern in READERS for path in SOURCE.glob(pattern)):
        for text in in_code(path):
            found.setdefault(("", text), path.relative_to(ROOT).as_posix())
    for path in sorted((ROOT / "resources" / "templates").rglob("*.*")):
        for text in in_template(path):
            found.setdefault(("", text), path.relative_to(ROOT).as_posix())
    for path in sorted((ROOT / "resources" / "briefs").glob("*.json")):
        for said in in_data(json.loads(path.read_text("utf-8"))):
            found.setdefault(("", (said,)), path.relative_to(ROOT).as_posix())
    months = [(BESIDE_A_DAY, name) for name in MONTHS] + [(SHORT, name) for name in SHORT_MONTHS]
    return found | {(context, (name,)): "src/companion/words/dates.py" for context, name in months}


def in_code(path: Path) -> Iterator[Text]:
    """The texts written in the calls of a module; what is marked elsewhere is found where it is marked."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPEAKS:
            given = node.args[: SPEAKS[node.func.id]]
            texts = tuple(one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str))
            if texts and len(texts) == len(given):
                yield texts


def in_data(value: Any) -> Iterator[str]:
    """The texts of a file of data: whatever is not a name of something in it."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from in_data(part)


def in_template(path: Path) -> Iterator[Text]:
    """The texts written in the calls of a template."""
    for call in Environment(autoescape=True).parse(path.read_text("utf-8")).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in SPEAKS:
            given = call.args[: SPEAKS[call.node.name]]
            yield tuple(str(one.value) for one in given if isinstance(one, nodes.Const))
