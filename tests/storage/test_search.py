"""Search in the workspace, on both engines: what is found, by whom, in which order, and that it keeps up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from companion.basics.query import parse
from companion.programme.model import WorkspaceTx
from companion.programme.sight import PAGE, Eyes, author_scope, team_scope
from companion.storage.engine import Store
from storage.made import NOON, takeaway

Workspace = Store[WorkspaceTx]
STAFF = Eyes(
    "ana", ("company", team_scope("Finance"), author_scope("ana")), NOON + timedelta(days=9), date(2026, 5, 20)
)
LEADER = replace(STAFF, scopes=(*STAFF.scopes, PAGE))


def ids(tx: WorkspaceTx, wanted: str, eyes: Eyes = LEADER, most: int = 50) -> list[str]:
    """What is found, by id."""
    return [one.id for one in tx.search.find(parse(wanted), eyes, most)]


def put(workspace: Workspace, *takeaways: object) -> None:
    """Save takeaways, each in a transaction of its own."""
    for one in takeaways:
        with workspace.begin() as tx:
            tx.takeaways.put(one)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("pallets", ["t1"]),
        ("PALLETS money", ["t1"]),
        ("pallets ovens", []),
        ("lodz", ["t1"]),
        ("Łódź", ["t1"]),
        ("danh gia", ["t2"]),
        ("đánh giá", ["t2"]),
        ("inv", ["t2", "t1"]),
        ("inv pal", []),
        ("pallets inv", ["t1"]),
        ("kestrel foods", ["t2", "t1"]),
        ("the", ["t1"]),
        ("q3", ["t2"]),
        ("-5", ["t2"]),
        ("3d", ["t2"]),
        ("a.b@kestrel.example", ["t2"]),
        ("", []),
        ("  …  ", []),
        ('"', []),
        ("' OR 1=1 --", []),
        ('pallets" OR "x', []),
        ("NEAR(pallets money)", []),
        ("words:pallets", []),
        ("pallets:*", ["t1"]),
        ("pallets & !money | x", []),
        ("pal*", ["t1"]),
        ("\\", []),
        ("pallets\0", ["t1"]),
    ],
)
def test_words(workspace: Workspace, wanted: str, found: list[str]) -> None:
    other = takeaway(
        "t2",
        headline="Invoice 3d, q3: -5 %",
        scene="Đánh giá",
        quote="a.b@kestrel.example",
        published=NOON + timedelta(1),
        told_on=None,
    )
    put(workspace, takeaway(told_on=None), other)
    with workspace.begin(write=False) as tx:
        assert ids(tx, wanted) == found
