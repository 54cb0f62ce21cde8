"""The last sign-in that Microsoft refused, as the request for IT needs it: what was wanted, and the answer."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from companion.basics.errors import Problem
from companion.basics.paths import write_whole
from companion.calendars.signin import Registration
from companion.programme.model import House
from companion.programme.patience import FOR_IT

# What IT can mend or explain; the rest of what refuses a sign-in is the person's own.
ASK_IT = FOR_IT | {"ms_mfa_needed", "ms_account_gone", "ms_signin_failed"}
_KEPT = timedelta(days=30)
_FILE = "refused.json"


@dataclass(frozen=True)
class Refused:
    """What was refused; `account` is "" where none was made of it."""

    code: str
    facts: dict[str, Any]
    needs: tuple[str, ...]  # purposes of the sign-in
    account: str
    mailbox: str
    client_id: str
    authority: str
    at: str

    @property
    def problem(self) -> Problem:
        """What Microsoft said."""
        return Problem(self.code, **self.facts)

    def registration(self, now: Registration) -> Registration:
        """The registration that was refused: a refused one is not kept in the settings."""
        return replace(now, client_id=self.client_id, authority=self.authority)


@contextmanager
def remembering(house: House, needs: tuple[str, ...], account: str = "", mailbox: str = "") -> Iterator[None]:
    """Remember for the request for IT what a sign-in in this block ended in; one that succeeds forgets it."""
    known = house.registration
    try:
        yield
    except Problem as problem:
        if problem.code in ASK_IT:
            refused = Refused(problem.code, problem.facts, needs, account, mailbox, known.client_id, known.authority,
                              house.clock().isoformat())  # fmt: skip
            write_whole(_file(house), json.dumps(asdict(refused), default=str).encode())
        raise
    forget(house)


def forget(house: House) -> None:
    """Ask IT for nothing that was refused before."""
    _file(house).unlink(missing_ok=True)


def last(house: House) -> Refused | None:
    """The last refusal of the last 30 days; None where there is none that can be read."""
    try:
        raw = json.loads(_file(house).read_bytes())
        found = Refused(**{**raw, "needs": tuple(raw["needs"])})
        fresh = house.clock() - datetime.fromisoformat(found.at) < _KEPT
    except (OSError, ValueError, TypeError, KeyError):  # lost, it costs a general request instead of a precise one
        return None
    return found if fresh else None


def _file(house: House) -> Path:
    return house.paths.home / _FILE
