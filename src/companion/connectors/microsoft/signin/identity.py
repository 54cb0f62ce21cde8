"""Who signed in at Microsoft on this device, and their tokens. What asks Microsoft is loaded when it is needed."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from companion.basics.clock import Clock
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.signin import APP, Code, Registration, SignedIn
from companion.connectors.microsoft.signin.authority import environment
from companion.connectors.microsoft.signin.kept import LEAST, Owner, TokenStore, claims_of
from companion.connectors.microsoft.signin.proof import is_proof
from companion.connectors.microsoft.signin.scopes import OWN_CALENDAR, SIGN_IN, asked, graph_scopes
from companion.connectors.microsoft.signin.skew import check_clock
from companion.connectors.microsoft.signin.wish import Wish
from companion.programme.model import Secrets

if TYPE_CHECKING:
    from companion.connectors.microsoft.signin.journal import Journal
    from companion.connectors.microsoft.signin.work import Work

MINUTES = 5.0  # until nobody is thought to come back from the browser
_HOLD = 60.0  # seconds a token is used without a look at the secrets, where another process may have signed out


@dataclass(frozen=True)
class _Held:
    token: str = field(repr=False)
    since: float  # of the monotonic clock, as `until`
    until: float
    claims: str = ""  # what it was asked for with

    def serves(self, claims: str, asked_at: float) -> bool:
        """Whether it does for somebody who asked then: still good, or what a refusal demands came meanwhile."""
        return self.since > asked_at and self.claims == claims if claims else time.monotonic() < self.until


class MicrosoftIdentity:
    """`calendars.signin.Identity` and `connectors.microsoft.tokens.Tokens` of one profile, over MSAL."""

    def __init__(self, registration: Registration, secrets: Secrets, clock: Clock, minutes: float = MINUTES) -> None:
        self._registration, self._clock, self._minutes = registration, clock, minutes
        self._store = TokenStore(secrets)
        self._renewing = threading.Lock()  # whoever waits finds what the one before was given
        self._held: dict[tuple[str, ...], _Held] = {}

    def sign_in(
        self, ticket: Ticket, show: Callable[[str], None], *, hint: str = "", needs: tuple[str, ...] = ()
    ) -> SignedIn:
        """See `calendars.signin.Identity`. `hint` is an id, who then must be the one, or an address to begin with.

        `needs` are purposes or Graph permissions; without any, those of one's own calendar.
        """
        from companion.connectors.microsoft.signin.flow import sign_in_by_browser

        wanted = self._known(hint)
        wish = Wish(
            wanted.address, graph_scopes((*SIGN_IN, *(needs or OWN_CALENDAR))),
            login=wanted.address, claims=self._store.demanded(wanted.id),
        )  # fmt: skip

        def browse(work: "Work", journal: "Journal") -> dict[str, Any]:
            return sign_in_by_browser(work, journal, wish, ticket, show, self._minutes)

        return self._signed_in(ticket, wish, wanted, browse)

    def sign_in_by_code(self, ticket: Ticket, show: Callable[[Code], None], *, needs: tuple[str, ...] = ()) -> SignedIn:
        """See `calendars.signin.Identity`; `needs` as for `sign_in`."""
        from companion.connectors.microsoft.signin.device_code import sign_in_by_code

        wish = Wish("", graph_scopes((*SIGN_IN, *(needs or OWN_CALENDAR))))
        anyone = SignedIn("", "", "")
        return self._signed_in(
            ticket, wish, anyone, lambda work, journal: sign_in_by_code(work, journal, wish, ticket, show)
        )

    def people(self) -> list[SignedIn]:
        """Who is signed in with this registration, by address; nobody with one that cannot be used. Asks nobody."""
        try:
            host = environment(self._registration)
        except Problem:  # told where somebody signs in; what only lists goes on
            return []
        return self._store.people(self._registration.client_id, host)

    def sign_out(self, person_id: str) -> None:
        """Forget every token of a person. The browser stays signed in: that is its own affair."""
        self._store.forget(person_id)
        self._let_go(person_id)

    def token(self, person_id: str, scopes: Sequence[str], account: str, claims: str = "") -> str:
        """See `connectors.microsoft.tokens.Tokens`. Asks for no more than it must; one renewal at a time."""
        key, asked_at = (person_id, *scopes), time.monotonic()
        held = self._held.get(key)
        if held and held.serves(claims, asked_at):
            return held.token
        with self._renewing:
            held = self._held.get(key)
            if held and held.serves(claims, asked_at):
                return held.token
            token, lives = self._found(person_id, Wish(account, tuple(scopes), claims=claims))
            longest = max(0.0, lives - LEAST)
            now = time.monotonic()
            until = now + (longest if person_id == APP else min(_HOLD, longest))
            self._held[key] = _Held(token, now, until, claims)
            return token

    def _found(self, person_id: str, wish: Wish) -> tuple[str, float]:
        if wish.claims:
            self._let_go(person_id)
        elif person_id != APP:
            owner = Owner(self._registration.client_id, environment(self._registration), person_id)
            kept = self._store.token(owner, asked(self._registration, wish.scopes))
            if kept:
                return kept
        from companion.connectors.microsoft.signin.certificate import app_token
        from companion.connectors.microsoft.signin.silent import renewed_token
        from companion.connectors.microsoft.signin.work import working

        with working(self._registration, self._clock, wish.account, Ticket()) as work:
            if person_id == APP:
                return app_token(work, wish.account, wish.scopes, wish.claims)
            return renewed_token(work, self._store, person_id, wish)

    def _signed_in(
        self, ticket: Ticket, wish: Wish, wanted: SignedIn, way: "Callable[[Work, Journal], dict[str, Any]]"
    ) -> SignedIn:
        """Who came back, once all is right with them; nothing is kept before."""
        from companion.connectors.microsoft.signin.journal import Journal
        from companion.connectors.microsoft.signin.work import working

        journal = Journal(self._store.read())
        with working(self._registration, self._clock, wish.account, ticket) as work:
            result = way(work, journal)
            claims = claims_of(str(result.get("id_token", "")))
            person = _person(journal.signed_in(), claims)
            issuer = work.transport.issuer
            if not person.id or not is_proof(claims, self._registration.client_id, issuer, person.id):
                raise Problem("ms_answer_wrong", account=wish.account, host=work.host)
            if wanted.id and person.id != wanted.id:
                raise Problem("ms_other_person", account=wish.account, other=person.address)
            check_clock(person.address, self._clock(), claims, work.transport.date)
        ticket.step()
        self._store.keep(journal.changes)
        self._store.met(person.id)
        self._let_go(person.id)
        return person

    def _known(self, hint: str) -> SignedIn:
        """Who a hint means: somebody known, an id, or no more than an address."""
        for person in self.people():
            if hint and hint.lower() in (person.id.lower(), person.address.lower()):
                return person
        return SignedIn("", hint, "") if "@" in hint else SignedIn(hint, "", "")

    def _let_go(self, person_id: str) -> None:
        for key in [key for key in self._held if key[0] == person_id]:
            self._held.pop(key, None)


def _person(person_id: str, claims: dict[str, Any]) -> SignedIn:
    address = next((claims[name] for name in ("preferred_username", "upn", "email") if claims.get(name)), "")
    return SignedIn(person_id, str(address), str(claims.get("name", "")))
