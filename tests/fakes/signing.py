"""Somebody who signs in at once, without a Microsoft, for verbs."""

from collections.abc import Callable
from datetime import UTC, datetime

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.signin import Code, SignedIn

DANA = SignedIn("oid-dana.tid", "Dana@Ferro.example", "Dana Okafor")
LEV = SignedIn("oid-lev.tid", "lev@ferro.example", "Lev Brandt")


class SigningIn:
    """`calendars.signin.Identity`: `who` sits at the browser; `refuse` is what comes instead."""

    def __init__(self) -> None:
        self.who = DANA
        self.refuse: Problem | None = None
        self.here: dict[str, SignedIn] = {}
        self.asked: list[tuple[str, tuple[str, ...]]] = []  # (hint, needs) of each sign-in

    def sign_in(
        self, ticket: Ticket, show: Callable[[str], None], *, hint: str = "", needs: tuple[str, ...] = ()
    ) -> SignedIn:
        """Sign in who sits there."""
        self.asked.append((hint, needs))
        show("https://login.example/authorize")
        return self._come(ticket)

    def sign_in_by_code(self, ticket: Ticket, show: Callable[[Code], None], *, needs: tuple[str, ...] = ()) -> SignedIn:
        """Sign in who types the code."""
        self.asked.append(("", needs))
        show(Code("https://login.example/device", "ABCD-1234", datetime(2026, 11, 30, tzinfo=UTC)))
        return self._come(ticket)

    def people(self) -> list[SignedIn]:
        """Who is signed in."""
        return list(self.here.values())

    def sign_out(self, person_id: str) -> None:
        """Forget somebody."""
        self.here.pop(person_id, None)

    def _come(self, ticket: Ticket) -> SignedIn:
        ticket.step()
        if self.refuse:
            raise self.refuse
        self.here[self.who.id] = self.who
        return self.who
