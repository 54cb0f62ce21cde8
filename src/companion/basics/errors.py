"""The one error a person can mend; anything else is a bug and crashes loudly."""

from typing import Any


class Problem(Exception):  # noqa: N818 - the word on screen is "problem"
    """Something the user can mend: a code from `words.problems` and the facts its sentence needs.

    Facts are shown to people, so they never hold secrets, note text or titles of private events.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.code, self.facts)


def _rebuild(code: str, facts: dict[str, Any]) -> Problem:
    return Problem(code, **facts)
