"""Answers from a mailbox at Microsoft 365: subjects by delta, a whole message only where there is a code."""

from collections.abc import Callable, Generator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from companion.basics.clock import Clock
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.connectors.mails import HEADERS, MOST, reply_of
from companion.connectors.microsoft.graph.line import GraphError, GraphLine
from companion.connectors.microsoft.signin.scopes import READ_ANSWERS, READ_SHARED_ANSWERS
from companion.takeaways.code import read_tag
from companion.takeaways.inbox import Inbox, Reply, Swept

_PAGE = 200
_MARK = "graph1 "
_SUBJECTS = {"changeType": "created", "$select": "subject,receivedDateTime"}
_WHOLE = "internetMessageId,subject,from,sentDateTime,receivedDateTime,body,internetMessageHeaders"
_PREFER = (f"odata.maxpagesize={_PAGE}", 'IdType="ImmutableId"')
_LOST = frozenset({400, 404, 410})  # to a link that was given: the server no longer knows where we stand
_PERSON = frozenset({
    "ms_signin_needed", "ms_mfa_needed", "ms_consent_needed", "ms_consent_refused", "ms_password_changed",
})  # fmt: skip
_CLOSED = frozenset({"ms_not_shared", "ms_no_mailbox", "forbidden", "not_found"})
_AWAY = frozenset({"server_unreachable", "server_unknown", "certificate_bad", "ms_proxy", "answer_is_page"})


class GraphInbox:
    """Implements `takeaways.inbox.ReplySource`. `line` opens the way to Graph as whoever reads the mailbox."""

    def __init__(self, inbox: Inbox, line: Callable[[], GraphLine], clock: Clock) -> None:
        self._inbox, self._line, self._clock = inbox, line, clock

    def sweep(self, ticket: Ticket) -> Generator[Swept, None, None]:
        """Everything that came since the cursor; from the beginning where the server forgot it."""
        line = self._line()
        try:
            link = self._link(line)
            try:
                yield from self._pages(line, link, ticket)
            except GraphError as error:
                if not link or error.status not in _LOST:
                    raise
                yield from self._pages(line, "", ticket)
        except Problem as problem:
            raise self._told(problem, line.host) from problem
        finally:
            line.close()

    def test(self) -> None:
        """Ask for the folder; nothing is read."""
        line = self._line()
        try:
            line.get(f"{line.mailbox}/mailFolders/inbox", Ticket(), scopes=self._scopes(line), params={"$select": "id"})
        except Problem as problem:
            raise self._told(problem, line.host) from problem
        finally:
            line.close()

    def _scopes(self, line: GraphLine) -> tuple[str, ...]:
        return READ_ANSWERS if line.mailbox == "/me" else READ_SHARED_ANSWERS

    def _link(self, line: GraphLine) -> str:
        link = self._inbox.cursor.removeprefix(_MARK) if self._inbox.cursor.startswith(_MARK) else ""
        try:
            line.check(link or "/")
        except Problem:  # of another Graph than the one that is asked now
            return ""
        return link

    def _pages(self, line: GraphLine, link: str, ticket: Ticket) -> Generator[Swept, None, None]:
        path = link or f"{line.mailbox}/mailFolders/inbox/messages/delta"
        pages = line.pages(
            path, ticket, scopes=self._scopes(line), params=None if link else _SUBJECTS, prefer=_PREFER,
            account_fine=_LOST,
        )  # fmt: skip
        for page in pages:
            ticket.step("reading")
            onward = page.get("@odata.nextLink") or page.get("@odata.deltaLink") or ""
            line.check(str(onward))
            items = [item for item in page["value"] if isinstance(item, dict) and "@removed" not in item]
            coded = [item for item in items if read_tag(" ".join(str(item.get("subject") or "").split()))]
            yield self._page(line, coded, len(items) - len(coded), f"{_MARK}{onward}", ticket)

    def _page(self, line: GraphLine, coded: list[dict[str, Any]], left: int, cursor: str, ticket: Ticket) -> Swept:
        replies: list[Reply] = []
        problems: list[Exception] = []
        for item in coded:
            told = self._whole(line, str(item.get("id")), ticket)
            if told is None:
                continue  # taken away meanwhile
            try:
                replies.append(reply_of(_message(told), min(_moment(told), self._clock())))
            except Exception:  # a message that we cannot read must not stand before all that came after it
                problems.append(Problem("inbox_message", inbox=self._inbox.name, uid=str(item.get("id"))[-8:]))
        return Swept(tuple(replies), left, cursor, tuple(problems))

    def _whole(self, line: GraphLine, message_id: str, ticket: Ticket) -> dict[str, Any] | None:
        path = f"{line.mailbox}/messages/{quote(message_id, safe='')}"
        try:
            return line.get(
                path, ticket, scopes=self._scopes(line), params={"$select": _WHOLE}, prefer=_PREFER[1:],
                account_fine=(404,),
            )  # fmt: skip
        except GraphError as error:
            if error.status == 404:
                return None
            raise

    def _told(self, problem: Problem, host: str) -> Problem:
        """The problem as it is for this inbox; others stay what they are."""
        name, user = self._inbox.name, self._inbox.config.get("user", "")
        if problem.code in _PERSON:
            return Problem("inbox_signin_again", inbox=name, user=user)
        if problem.code in _CLOSED:
            return Problem("inbox_closed", inbox=name, user=user, mailbox=self._inbox.config.get("mailbox") or user)
        if problem.code == "server_silent":
            return Problem("inbox_silent", inbox=name, host=host)
        if problem.code in _AWAY:
            reason = problem.facts.get("reason") or problem.code
            return Problem("inbox_unreachable", inbox=name, host=host, port=443, reason=reason)
        return problem


def _message(told: Mapping[str, Any]) -> bytes:
    """What Graph tells of a message, as a message: so that one reader understands all of them."""
    given = [one for one in told.get("internetMessageHeaders") or () if isinstance(one, dict)]
    heads = {str(one.get("name", "")).lower(): _line(one.get("value")) for one in reversed(given)}
    sender = (told.get("from") or {}).get("emailAddress") or {}
    name = _line(sender.get("name")).replace('"', "").replace("\\", "")
    heads.setdefault("from", f'"{name}" <{_line(sender.get("address"))}>')
    heads.setdefault("message-id", _line(told.get("internetMessageId")))
    heads.setdefault("date", _line(told.get("sentDateTime")))
    heads["subject"] = _line(told.get("subject"))
    if heads.pop("content-type", "").lower().startswith("multipart/report"):
        heads["auto-submitted"] = "auto-replied"  # its parts are not told, that it is a bounce is
    body = told.get("body") or {}
    kind = "html" if str(body.get("contentType", "")).lower() == "html" else "plain"
    lines = [f"{name}: {heads[name.lower()]}" for name in HEADERS if name.lower() in heads]
    lines += [f"Content-Type: text/{kind}; charset=utf-8", "Content-Transfer-Encoding: 8bit", "", ""]
    return (
        "\r\n".join(lines).encode("utf-8", "replace") + str(body.get("content") or "").encode("utf-8", "replace")[:MOST]
    )


def _line(value: object) -> str:
    return " ".join(str(value or "").split())


def _moment(told: Mapping[str, Any]) -> datetime:
    try:
        at = datetime.fromisoformat(str(told.get("receivedDateTime")))
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)  # the clock's moment is the earlier one
    return at if at.tzinfo else at.replace(tzinfo=UTC)
