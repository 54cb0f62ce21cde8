"""What one piece of work with the identity provider needs: the registration, a line, and the house's clock."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from companion.basics.clock import Clock
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.signin import Registration
from companion.connectors.microsoft.signin.authority import environment
from companion.connectors.microsoft.signin.kept import is_token
from companion.connectors.microsoft.signin.reasons import problem_of
from companion.connectors.microsoft.signin.skew import times
from companion.connectors.microsoft.signin.transport import Transport

# What MSAL raises over an answer that is not as it expects: a number where a list should be, half an id token.
_PUZZLED = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError, OSError)


@dataclass(frozen=True)
class Work:
    """One piece of work, for as long as its line is open."""

    registration: Registration
    transport: Transport
    clock: Clock

    @property
    def host(self) -> str:
        """The authority's host and port."""
        return urlsplit(self.registration.authority).netloc

    def checked(
        self, result: Mapping[str, Any] | None, account: str, scopes: Iterable[str], person: str = ""
    ) -> dict[str, Any]:
        """MSAL's answer where it holds a token; its reason as a Problem otherwise. `person`: the address, if known."""
        if result and "access_token" in result:
            if not is_token(result["access_token"]):
                raise Problem("ms_answer_wrong", account=account, host=self.host)
            return dict(result)
        problem = problem_of(result, self.registration, account, scopes, times(self.clock(), self.transport.date))
        if person and person != account:
            problem.facts["person"] = person
        raise problem

    @contextmanager
    def understood(self, account: str) -> Iterator[None]:
        """Around whatever reads an answer: Problem `ms_answer_wrong` where it cannot be made sense of."""
        try:
            yield
        except _PUZZLED:
            # Without its cause, which may quote the answer.
            raise Problem("ms_answer_wrong", account=account, host=self.host) from None


@contextmanager
def working(registration: Registration, clock: Clock, account: str, ticket: Ticket) -> Iterator[Work]:
    """Work whose line is closed at the end. Problem `ms_authority_wrong` before anything is sent."""
    environment(registration)
    transport = Transport(registration, account, ticket)
    try:
        yield Work(registration, transport, clock)
    finally:
        transport.close()
