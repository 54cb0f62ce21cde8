"""A CalDAV request and its answer, over the one HTTP client."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.connectors.answers import is_page
from companion.connectors.caldav.multistatus import Multistatus, UnreadableError
from companion.connectors.caldav.reading import parse
from companion.connectors.http import Client, Reply, origin

_XML = 'application/xml; charset="utf-8"'


@dataclass(frozen=True)
class Talk:
    """One sync's conversation with a server; every request looks at the ticket."""

    client: Client
    ticket: Ticket

    def ask(self, method: str, href: str, body: bytes, depth: str, fine: Collection[int] = (207,)) -> Reply:
        """Send XML. Statuses that are not `fine` are raised as Problems."""
        headers = {"Depth": depth, "Content-Type": _XML}
        return self.client.ask(method, href, self.ticket, headers=headers, body=body, fine=fine)

    def at_home(self, url: str) -> str:
        """The address on the account's own server; Problem `moved_elsewhere` where it is on another.

        Servers behind a proxy write the wrong scheme or port: what counts is the host, and we stay at our own door.
        """
        home, there = urlsplit(self.client.url), urlsplit(url)
        if origin(url) == origin(self.client.url):
            return url
        if there.hostname and there.hostname == home.hostname:
            return there._replace(scheme=home.scheme, netloc=home.netloc).geturl()
        other = there.netloc.rpartition("@")[2]
        raise Problem("moved_elsewhere", account=self.client.account, host=self.client.host, other=other)

    def read(self, reply: Reply) -> Multistatus:
        """The answer's items; Problem `answer_unreadable` or `answer_is_page` where it is no multistatus."""
        try:
            return parse(reply.body)
        except UnreadableError as error:
            code = "answer_is_page" if is_page(reply.body) else "answer_unreadable"
            raise Problem(code, account=self.client.account, host=self.client.host) from error
