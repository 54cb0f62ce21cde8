"""A site's files as tests look at them."""

import json
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from companion.connectors import place

ATOM = "{http://www.w3.org/2005/Atom}"
CSP = """content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'">"""


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def index_data(folder: Path) -> list[dict[str, str]]:
    """What is searched, newest month first."""
    rows: list[dict[str, str]] = []
    for path in sorted((folder / "s").glob("*.js"), reverse=True):
        start = f'window.companionMonth("{path.stem}",'
        text = path.read_text("utf-8")
        assert text.startswith(start)
        rows += [{"id": row[0], "text": row[-1]} for row in json.loads(text.removeprefix(start).removesuffix(");\n"))]
    return rows


def watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files written from now on, in order."""
    written: list[str] = []
    whole = place.write_whole

    def note(path: Path, data: bytes, mode: int) -> None:
        written.append(f"{path.parent.name}/{path.name}" if len(path.parent.name) == 1 else path.name)
        whole(path, data, mode)

    monkeypatch.setattr(place, "write_whole", note)
    return written


def feed_of(folder: Path) -> Xml.Element:
    return Xml.fromstring((folder / "feed.xml").read_bytes())
