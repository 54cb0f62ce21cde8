"""The line to Graph: one mailbox, JSON in and out, every link checked before a token goes along it."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Account
from companion.calendars.signin import APP, Registration
from companion.connectors.answers import is_page
from companion.connectors.http import Client, Reply, origin
from companion.connectors.line import Network
from companion.connectors.microsoft.graph.bearer import Bearer
from companion.connectors.microsoft.graph.gate import Gate
from companion.connectors.microsoft.graph.walk import Walk
from companion.connectors.microsoft.tokens import Tokens
from companion.takeaways.model import Unsure

_VERSION = "/v1.0"
_ANY = frozenset(range(200, 600))
_UNSENT = frozenset({429})  # a question with effects is asked again only where it was surely not taken
_TWICE = frozenset({502, 504})  # a gateway that lost its patience
_LOST = frozenset({"server_silent", "server_unreachable", "answer_unreadable", "answer_too_big"})


class GraphError(Problem):
    """A refusal that callers may know what to do about: `status` and Graph's own `error`; else it is a Problem."""

    def __init__(self, account: str, host: str, status: int, error: str) -> None:
        known = {403: "forbidden", 404: "not_found", 410: "not_found"}
        super().__init__(known.get(status, "server_error"), account=account, host=host, status=status)
        self.status, self.error = status, error


class GraphLine:
    """Requests of one account. Problems are those of the HTTP client, of the gate, and `ms_*`."""

    def __init__(self, account: Account, registration: Registration, tokens: Tokens, gate: Gate) -> None:
        self._account = account
        self.gate = gate
        self._bearer = Bearer(account, tokens)
        self._root = registration.graph_url.rstrip("/") + _VERSION
        network = Network(registration.proxy, registration.ca_bundle)
        self._client = Client(account.name, self._root, signin=self._bearer, network=network)
        self.mailbox = _mailbox(account)

    @property
    def host(self) -> str:
        """Who is asked, as problems name it."""
        return self._client.host

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def get(
        self, path_or_link: str, ticket: Ticket, *, scopes: Sequence[str], params: Mapping[str, str] | None = None,
        prefer: Sequence[str] = (), account_fine: Collection[int] = (),
    ) -> dict[str, Any]:  # fmt: skip
        """The object at a path below the version, or at a link that Graph gave. GraphError for what it refuses.

        `account_fine`: statuses that say nothing about the account here, so that they are GraphErrors too.
        """
        url = self._url(path_or_link, params)
        headers = {"Accept": "application/json", **({"Prefer": ", ".join(prefer)} if prefer else {})}

        def ask() -> Reply:
            self._bearer.scopes = scopes
            return self._client.ask("GET", url, ticket, headers=headers, fine=_ANY)

        reply = self.gate.through(self._account.name, self.host, ticket, ask)
        if reply.status in _TWICE:
            reply = self.gate.through(self._account.name, self.host, ticket, ask)
        return self._answer(reply, account_fine)

    def post(self, path: str, body: Mapping[str, Any], ticket: Ticket, *, scopes: Sequence[str]) -> dict[str, Any]:
        """What a POST answers, {} for nothing. Never sent twice where it may have arrived."""
        return self._answer(self._posted(path, json.dumps(body).encode(), "application/json", ticket, scopes), ())

    def hand_over(
        self, path: str, body: bytes, ticket: Ticket, *, scopes: Sequence[str], kind: str = "application/json"
    ) -> dict[str, Any]:
        """As `post`, for what a person will read: `Unsure` where nobody can know whether it arrived."""
        try:
            reply = self._posted(path, body, kind, ticket, scopes)
        except Problem as problem:
            if self._client.handed_over and problem.code in _LOST:
                raise Unsure from problem
            raise
        if reply.status in _TWICE:
            raise Unsure
        return self._answer(reply, (403, 404))

    def _posted(self, path: str, data: bytes, kind: str, ticket: Ticket, scopes: Sequence[str]) -> Reply:
        headers = {"Accept": "application/json", "Content-Type": kind}

        def ask() -> Reply:
            self._bearer.scopes = scopes
            return self._client.ask(
                "POST", self._url(path), ticket, headers=headers, body=data, fine=_ANY, again=False
            )  # fmt: skip

        return self.gate.through(self._account.name, self.host, ticket, ask, busy=_UNSENT)

    def pages(
        self, path: str, ticket: Ticket, *, scopes: Sequence[str], params: Mapping[str, str] | None = None,
        prefer: Sequence[str] = (), account_fine: Collection[int] = (),
    ) -> Iterator[dict[str, Any]]:  # fmt: skip
        """Every page from a path or a link on, each with the same `prefer`. LoopError where they have no end."""
        walk = Walk(self._account.name, self.host)
        place, told = path, params
        while place:
            page = self.get(place, ticket, scopes=scopes, params=told, prefer=prefer, account_fine=account_fine)
            if not isinstance(page.get("value"), list):
                raise Problem("answer_unreadable", account=self._account.name, host=self.host)
            following = page.get("@odata.nextLink") or ""
            walk.step(page, place)
            yield page
            place, told = str(following), None

    def check(self, link: str) -> None:
        """Problem `ms_link_foreign` for a link that leads anywhere but to Graph itself."""
        self._url(link)

    def _url(self, path_or_link: str, params: Mapping[str, str] | None = None) -> str:
        if path_or_link.startswith("/"):
            query = f"?{urlencode(params, quote_via=quote, safe='$,:')}" if params else ""
            return f"{self._root}{path_or_link}{query}"
        try:
            parts = urlsplit(path_or_link)
            home = origin(path_or_link) == origin(self._root) and "@" not in parts.netloc
        except ValueError:
            parts, home = urlsplit(""), False
        home = home and path_or_link.isprintable()  # no line ends, no half characters
        if not home or not parts.path.startswith(f"{urlsplit(self._root).path}/"):
            raise Problem("ms_link_foreign", account=self._account.name, host=self.host)
        return path_or_link

    def _answer(self, reply: Reply, account_fine: Collection[int]) -> dict[str, Any]:
        account = self._account.name
        if reply.status in (407, 511) or 300 <= reply.status < 400:
            code = "ms_proxy" if reply.status == 407 else "answer_is_page"
            raise Problem(code, account=account, host=self.host)
        told = _json(reply.body)
        if reply.status < 300:
            if told is None and reply.body.strip():
                code = "answer_is_page" if is_page(reply.body) else "answer_unreadable"
                raise Problem(code, account=account, host=self.host)
            return told or {}
        fault = told.get("error") if told else None
        error = str(fault.get("code") or "") if isinstance(fault, dict) else ""
        if reply.status not in account_fine:
            if reply.status == 404 and error.startswith("MailboxNotEnabled"):
                raise Problem("ms_no_mailbox", account=account)
            if reply.status == 403 and error == "ErrorAccessDenied":
                shared = self.mailbox != "/me" and self._account.user != APP
                raise Problem("ms_not_shared" if shared else "ms_consent_needed", account=account)
        raise GraphError(account, self.host, reply.status, error)


def _json(body: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(body)
        try:
            json.dumps(told, ensure_ascii=False).encode()
        except UnicodeEncodeError:  # half a character, which could be neither asked for nor kept
            whole = json.dumps(told, ensure_ascii=False).encode("utf-16-le", "surrogatepass")
            told = json.loads(whole.decode("utf-16-le", "replace"))
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _mailbox(account: Account) -> str:
    """The mailbox's path below the version: /me, or /users/ and whose it is."""
    path = urlsplit(account.url).path
    who = path.partition("/users/")[2].strip("/")
    return f"/users/{quote(unquote(who), safe='@')}" if who else "/me"
