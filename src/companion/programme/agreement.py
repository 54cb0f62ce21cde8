"""The agreement or policy behind names on the board: recorded with who and when, and taken back with a reason."""

from dataclasses import dataclass, replace
from datetime import date

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.programme.audits import note
from companion.programme.model import House, Programme
from companion.programme.ops import only_ops

WHAT = "agreement"  # as the audit calls it
LONGEST = 300  # characters of its name


@dataclass(frozen=True)
class Agreement:
    """What is recorded: nothing where `text` is empty."""

    text: str
    on: date | None
    by: str  # an address
    needed: bool  # a workspace that is a file shows names to its owner without one


def agreement(house: House) -> Agreement:
    """The agreement that is recorded now."""
    with house.workspace(write=False) as tx:
        return _of(tx.programme.get(), house)


def record(house: House, text: str, on: date) -> Agreement:
    """Names may be shown to ops from now on, under this agreement or policy, which holds since `on`.

    Problems: `only_ops`, `agreement_nameless`, `agreement_too_long`, `agreement_ahead`.
    """
    name = " ".join(text.split())
    if not name:
        raise Problem("agreement_nameless")
    if len(name) > LONGEST:
        raise Problem("agreement_too_long", length=len(name), most=LONGEST)
    with house.workspace() as tx:
        only_ops(house, tx)
        old = tx.programme.get()
        if on > day_of(house.clock(), old.zone):
            raise Problem("agreement_ahead", day=on.isoformat())
        new = replace(old, names_agreed=name, names_agreed_on=on, names_agreed_by=house.me)
        tx.programme.put(new)
        note(tx, house, WHAT, said(old), said(new))
        return _of(new, house)


def take_back(house: House, reason: str) -> None:
    """From now on nobody sees others by name. Problems: `only_ops`, `reason_missing`, `agreement_none`."""
    why = reason.strip()
    if not why:
        raise Problem("reason_missing")
    with house.workspace() as tx:
        only_ops(house, tx)
        old = tx.programme.get()
        if not old.names_agreed:
            raise Problem("agreement_none")
        tx.programme.put(replace(old, names_agreed="", names_agreed_on=None, names_agreed_by=""))
        note(tx, house, WHAT, said(old), "", why)


def said(programme: Programme) -> str:
    """What is recorded, as the audit writes it; "" for nothing."""
    if not programme.names_agreed:
        return ""
    return f"{programme.names_agreed} ({programme.names_agreed_on.isoformat() if programme.names_agreed_on else '—'})"


def _of(programme: Programme, house: House) -> Agreement:
    return Agreement(
        programme.names_agreed, programme.names_agreed_on, programme.names_agreed_by, house.workspace_shared
    )  # fmt: skip
