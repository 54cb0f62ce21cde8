"""Who is to have a token, and for what."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wish:
    """One token, or one sign-in. `login`: an address to begin with, "" lets the person choose."""

    account: str  # how problems call it, "" where nobody is known yet
    scopes: tuple[str, ...]
    login: str = ""
    claims: str = ""  # what an earlier refusal demanded
