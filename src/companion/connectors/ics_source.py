"""Calendars as .ics: a file, a folder of files, or an address."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Account, Blob, Known, Page
from companion.connectors.ics_body import checked, version_of

if TYPE_CHECKING:  # a file needs no network
    from companion.connectors.http import Client

KEY = "file"
_PAGE_FILES = 100
_UNSURE = 2.0  # seconds in which a file may change again within one tick of its clock


class IcsFeed:
    """An .ics address, asked only whether it changed where the server can tell."""

    def __init__(self, account: Account, client: Client) -> None:
        self._account = account.name
        self._client = client

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def pages(self, cursor: str, known: Known, ticket: Ticket) -> Iterator[Page]:
        """One page with the whole file, or without it where it is the one we know."""
        was = read_cursor(cursor)
        held = known(KEY)
        headers = {"Accept": "text/calendar, */*;q=0.5"}
        if held and held == was.get("hash"):
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
            {"etag": etag * etag.isascii(), "modified": modified * modified.isascii(), "hash": version}
        )  # fmt: skip
        yield _unchanged(new) if version == held else _changed(body, version, new)


class IcsFile:
    """An .ics file, or a folder of them (one member for each file, named by it)."""

    def __init__(self, account: Account) -> None:
        self._account = account.name
        self._path = _path(account.url)

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
        except FileNotFoundError as error:
            raise Problem("calendar_file_missing", account=self._account, path=str(self._path)) from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise Problem(
                "calendar_file_unreadable", account=self._account, path=str(self._path), reason=reason
            ) from error

    def _file(self, was: dict[str, Any], known: Known) -> Page:
        held = known(KEY)
        stat = self._path.stat()
        # A file that was written just now may be written again within the same tick.
        sure = time.time() - stat.st_mtime > _UNSURE
        stamp = [stat.st_mtime_ns, stat.st_size] if sure else []
        if stamp and held and was.get("hash") == held and was.get("stamp") == stamp:
            return _unchanged(json.dumps(was))
        body = checked(self._path.read_bytes(), self._account, str(self._path))
        version = version_of(body)
        new = json.dumps({"stamp": stamp, "hash": version})
        return _unchanged(new) if version == held else _changed(body, version, new)

    def _folder(self, known: Known, ticket: Ticket) -> Iterator[Page]:
        files = sorted(path for path in self._path.iterdir() if path.suffix.lower() == ".ics" and path.is_file())
        if not files:
            raise Problem("folder_empty", account=self._account, path=str(self._path))
        for start in range(0, len(files), _PAGE_FILES):
            part = files[start : start + _PAGE_FILES]
            blobs, present, problems = self._read(part, known, ticket)
            last = start + len(part) == len(files)
            if len(problems) == len(files):
                raise problems[0]
            yield Page(tuple(blobs), (), tuple(present), "{}", last, last, len(files), tuple(problems))

    def _read(
        self, files: list[Path], known: Known, ticket: Ticket
    ) -> tuple[list[Blob], list[str], list[Problem]]:  # fmt: skip
        blobs, present, problems = list[Blob](), list[str](), list[Problem]()
        for path in files:
            ticket.step()
            try:
                body = checked(path.read_bytes(), self._account, str(path))
            except Problem as problem:
                # A bad file says nothing about what it held: what was read from it stays.
                problems.append(problem)
                present.append(path.name)
                continue
            version = version_of(body)
            if known(path.name) == version:
                present.append(path.name)
            else:
                blobs.append(Blob(path.name, version, body))
        return blobs, present, problems


def read_cursor(cursor: str) -> dict[str, Any]:
    """A cursor as its facts; one that cannot be read is as good as none."""
    try:
        raw = json.loads(cursor or "{}")
    except ValueError:
        return {}
    return raw if isinstance(raw, dict) else {}


def _path(url: str) -> Path:
    return Path(url2pathname(urlsplit(url).path)) if url.lower().startswith("file:") else Path(url).expanduser()


def _unchanged(cursor: str) -> Page:
    return Page((), (), (KEY,), cursor, complete=True, full_round=True, total=1)


def _changed(body: bytes, version: str, cursor: str) -> Page:
    return Page((Blob(KEY, version, body),), (), (), cursor, complete=True, full_round=True, total=1)
