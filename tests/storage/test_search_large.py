"""A text larger than an engine takes: its beginning is found, and it stands in no other's way."""

from dataclasses import replace
from pathlib import Path

import pytest

from companion.customers.memory import Fact
from companion.customers.model import Customer
from companion.programme.model import WorkspaceTx
from companion.storage import search as engines
from companion.storage.engine import Store
from storage.test_search import ids

STORY = " ".join(f"word{at}é" for at in range(90_000))
FIRM = Customer("c1", "Kestrel", ("kestrel.example",))


def told(workspace: Store[WorkspaceTx]) -> int:
    """A customer with that story, and after it a fact; how many rows are behind."""
    with workspace.begin() as tx:
        tx.customers.put(replace(FIRM, story=STORY))
        tx.facts.put(Fact("f0", "c1", "goal", "said at once"))
    with workspace.begin() as tx:
        tx.facts.put(Fact("f1", "c1", "goal", "said later"))
    with workspace.begin(write=False) as tx:
        return tx.search.behind()


def test_a_story_of_any_length_is_found_by_its_beginning(workspace: Store[WorkspaceTx]) -> None:
    assert told(workspace) == 0
    with workspace.begin(write=False) as tx:
        assert ids(tx, "word17e") == ["c1"]
        assert sorted(ids(tx, "said")) == ["f0", "f1"]


def test_a_text_that_cannot_be_found_stops_no_other(
    place: str | Path, workspace: Store[WorkspaceTx], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "_ROOM", 1 << 30)
    behind = told(workspace)
    assert behind == (1 if isinstance(place, str) else 0), "SQLite takes it"
    with workspace.begin(write=False) as tx:
        assert sorted(ids(tx, "said")) == ["f0", "f1"]
        assert ids(tx, "word17e") == ([] if behind else ["c1"])
        assert ids(tx, "kestrel") == ["c1"], "its name is found all the same"
    with workspace.begin() as tx:
        assert (tx.search.rebuild() > 2, tx.search.behind()) == (True, behind)
