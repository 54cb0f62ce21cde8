"""What the Graph connectors ask of whoever signs in."""

from collections.abc import Sequence
from typing import Protocol


class Tokens(Protocol):
    """Access tokens, renewed silently. Raises Problem `ms_*` where only a person can help."""

    def token(self, person_id: str, scopes: Sequence[str], account: str, claims: str = "") -> str:
        """A token for these scopes. `claims`: what a refusal (401) demanded; `account` is named in problems."""
        ...
