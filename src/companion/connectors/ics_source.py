"""Calendars as .ics: a file, a folder of files, or an address."""

from __future__ import annotations

import hashlib
import json
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Account, Blob, Known, Page
from companion.connectors.ics_body import checked, version_of
from companion.connectors.ics_file import plain, read_file, unreadable

if TYPE_CHECKING:  # a file needs no network
    from companion.connectors.http import Client

KEY = "file"
_PAGE_FILES = 100
_PAGE_BYTES = 32 * 1024 * 1024
_UNSURE = 2.0  # seconds in which a file may change again within one tick of its clock


class IcsFeed:
    """An .ics address, asked only whether it changed where the server can tell."""

    def __init__(self, account: Account, client: Client) -> None:
        self._account = account.name
        self._client = client
        self._place = mark_of(client.url)

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
        """One page with the whole file, or without it where it is the one we know."""
        was = read_cursor(cursor)
        held = known(KEY)
        headers = {"Accept": "text/calendar, */*;q=0.5"}
        if held and held == was.get("hash") and was.get("place") == self._place:
            # With both, a server looks at If-None-Match alone (RFC 9110, 13.2.2).
            if was.get("etag"):
                headers["If-None-Match"] = was["etag"]
            if was.get("modified"):
                headers["If-Modified-Since"] = was["modified"]
        ticket.step("asking")
        reply = self._client.ask("GET", self._client.url, ticket, headers=headers, fine=(200, 304))
        if reply.status == 304:
            if not held:
                raise Problem("answer_unreadable", account=self._account, host=self._client.host)
            yield _unchanged(cursor)
            return
        body = checked(reply.body, self._account, self._client.host)
        version = version_of(body)
        etag, modified = (reply.headers.get(name, "") for name in ("etag", "last-modified"))
        # What is not plain ASCII could not be sent back.
        new = json.dumps(
            {
                "place": self._place, "etag": etag * etag.isascii(), "modified": modified * modified.isascii(),
                "hash": version,
            }
        )  # fmt: skip
        yield _unchanged(new) if version == held else _changed(body, version, new)


class IcsFile:
    """An .ics file, or a folder of them (one member for each file, named by it)."""

    def __init__(self, account: Account) -> None:
        self._account = account.name
        self._path = _path(account.url)
        self._place = mark_of(account.url)

    def close(self) -> None:
        """Nothing is held open."""

    def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
        """The file in one page, or a folder's files a hundred at a time."""
        ticket.step("asking")
        try:
            if self._path.is_dir():
                yield from self._folder(known, ticket)
            else:
                yield self._file(read_cursor(cursor), known)
        except OSError as error:
            raise unreadable(error, self._account, self._path) from error

    def _file(self, was: dict[str, Any], known: Known) -> Page:
        held = known(KEY)
        seen = self._path.stat()
        # A file that was written just now may be written again within the same tick.
        sure = time.time() - seen.st_mtime > _UNSURE
        stamp = [seen.st_mtime_ns, seen.st_size] if sure else []
        if was.get("place") == self._place and stamp and held and was.get("hash") == held and was.get("stamp") == stamp:
            return _unchanged(json.dumps(was))
        body = checked(read_file(self._path, self._account), self._account, str(self._path))
        version = version_of(body)
        new = json.dumps({"place": self._place, "stamp": stamp, "hash": version})
        return _unchanged(new) if version == held else _changed(body, version, new)

    def _folder(self, known: Known, ticket: Ticket) -> Iterator[Page]:
        files = sorted(path for path in self._path.iterdir() if path.suffix.lower() == ".ics" and not _no_file(path))
        if not files:
            raise Problem("folder_empty", account=self._account, path=str(self._path))
        part, failed = _Part(), list[Problem]()
        for path in files:
            ticket.step()
            try:
                part.take(path, checked(read_file(path, self._account), self._account, plain(str(path))), known)
            except FileNotFoundError as error:
                if path.is_symlink():  # what it points at is away, as with a drive that is not plugged in
                    part.keep(path, unreadable(error, self._account, path))
            except (Problem, OSError) as error:
                # A bad file says nothing about what it held: what was read from it stays.
                part.keep(path, error if isinstance(error, Problem) else unreadable(error, self._account, path))
            if part.full:
                failed += part.problems
                yield part.page(len(files))
                part = _Part()
        failed += part.problems
        if len(failed) == len(files):
            raise failed[0]
        yield part.page(len(files), last=True)


@dataclass
class _Part:
    """The files of one page."""

    blobs: list[Blob] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    size: int = 0

    @property
    def full(self) -> bool:
        return len(self.blobs) + len(self.present) >= _PAGE_FILES or self.size >= _PAGE_BYTES

    def take(self, path: Path, body: bytes, known: Known) -> None:
        key, version = plain(path.name), version_of(body)
        if known(key) == version:
            self.present.append(key)
        else:
            self.blobs.append(Blob(key, version, body))
            self.size += len(body)

    def keep(self, path: Path, problem: Problem) -> None:
        self.problems.append(problem)
        self.present.append(plain(path.name))

    def page(self, total: int, *, last: bool = False) -> Page:
        return Page(tuple(self.blobs), (), tuple(self.present), "{}", last, last, total, tuple(self.problems))


def read_cursor(cursor: str) -> dict[str, Any]:
    """A cursor as its facts; one that cannot be read is as good as none."""
    try:
        raw = json.loads(cursor or "{}")
    except ValueError:
        return {}
    return raw if isinstance(raw, dict) else {}


def mark_of(url: str) -> str:
    """What an address, a path or a mailbox is known by in a cursor, without telling it."""
    return hashlib.sha256(url.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _no_file(path: Path) -> bool:
    """A folder, a pipe or a device; of what cannot be looked at the reading tells more."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _path(url: str) -> Path:
    return Path(url2pathname(urlsplit(url).path)) if url.lower().startswith("file:") else Path(url).expanduser()


def _unchanged(cursor: str) -> Page:
    return Page((), (), (KEY,), cursor, complete=True, full_round=True, total=1)


def _changed(body: bytes, version: str, cursor: str) -> Page:
    return Page((Blob(KEY, version, body),), (), (), cursor, complete=True, full_round=True, total=1)
