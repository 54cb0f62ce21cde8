"""What only ops decide: in a workspace that is a file its owner does."""

from companion.basics.errors import Problem
from companion.programme.model import House, WorkspaceTx


def only_ops(house: House, tx: WorkspaceTx) -> None:
    """Problem `only_ops` for everybody else in a shared workspace."""
    me = tx.people.by_address(house.me) if house.me else None
    if house.workspace_shared and (me is None or me.kind != "ops"):
        raise Problem("only_ops")
