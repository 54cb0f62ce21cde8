"""The files of the encrypted copy: a line that says which computer's, then AES-256-GCM over compressed JSON.

After that line comes a list of the notes, sealed together with it, and then each note sealed by itself: one that did
not change since the last file is taken over as it lies there. A note is sealed with its mark, which the list tells: an
older text of it fits nowhere.

The data key is random; each file carries it wrapped by a key made of the recovery words (scrypt), so that a new
computer needs the folder and the words and nothing else.
"""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import platform
import secrets
import zlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from companion.basics.errors import Problem
from companion.basics.paths import write_whole
from companion.notes.codec import kept_from_json, kept_to_json
from companion.notes.copying import Copied, Found, Part, Sheet, Wrap
from companion.notes.merge import Kept
from companion.notes.recovery import from_words, to_words

_MAGIC, _FAMILY = b"Companion notes 1\n", b"Companion notes "
COST = {"n": 2**17, "r": 8, "p": 1}
_MOST_MEMORY = 256 * 2**20
_KEY, _NONCE, _SIZE = 32, 12, 8  # bytes
_LONGEST_HEAD, _LARGEST = 4096, 2**30  # bytes
_NOT_OURS = (ValueError, KeyError, TypeError, AttributeError, zlib.error)


class NotesCopyFiles:
    """Implements `notes.copying.CopyBox`. `cost`: of scrypt; only a test takes less."""

    def __init__(self, cost: Mapping[str, int] = COST) -> None:
        self._cost = dict(cost)

    def new_key(self) -> str:
        """A random data key."""
        return base64.b64encode(secrets.token_bytes(_KEY)).decode()

    def new_words(self) -> tuple[str, ...]:
        """Recovery words that nobody had before."""
        return to_words(secrets.token_bytes(_KEY))

    def key_id(self, key: str) -> str:
        """What tells files of one key from those of another, and nothing of the key."""
        return hmac.new(_bytes(key), b"companion notes copy", hashlib.sha256).hexdigest()[:16]

    def wrap(self, key: str, words: str, number: int) -> Wrap:
        """The data key as only these words open it; `number` grows with each new set of words."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        salt, nonce = secrets.token_bytes(16), os.urandom(_NONCE)
        closed = AESGCM(self._stretched(from_words(words), salt)).encrypt(nonce, _bytes(key), b"")
        return {"cost": self._cost, "salt": salt.hex(), "nonce": nonce.hex(), "key": closed.hex(), "number": number}

    def unwrap(self, wrap: Wrap, words: str) -> str | None:
        """The data key; None for other words or a wrap that is none of ours."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        wished = from_words(words)  # a slip of the pen is told before any work
        try:
            if wrap["cost"] != self._cost:  # nobody's file may ask for all memory there is
                return None
            salt, nonce, closed = (bytes.fromhex(wrap[name]) for name in ("salt", "nonce", "key"))
            opened = AESGCM(self._stretched(wished, salt)).decrypt(nonce, closed, b"")
        except (InvalidTag, *_NOT_OURS):
            return None
        return base64.b64encode(opened).decode()

    def look(self, folder: Path) -> list[Found]:
        """Every file of a copy in a folder, by name. Problem `copy_away` where the folder is not there."""
        found = []
        try:
            for path in sorted(folder.iterdir()):
                if path.name.startswith("companion-") and path.suffix == ".notes":
                    with contextlib.suppress(FileNotFoundError):  # whoever syncs the folder may take it away meanwhile
                        found.append(_looked(path))
        except OSError as error:
            raise Problem("copy_away", folder=str(folder)) from error
        return found

    def read(self, folder: Path, found: Found, key: str, known: Mapping[str, str] = MappingProxyType({})) -> Copied:
        """What is in a file, save for the notes of the marks that are known.

        Problem `copy_damaged` (a half-synced one, too), `copy_newer`.
        """
        from cryptography.exceptions import InvalidTag

        try:
            if found.size > _LARGEST:
                raise ValueError("nobody notes so much")
            data = (folder / found.name).read_bytes()
            if not data.startswith(_MAGIC):
                raise Problem("copy_newer" if data.startswith(_FAMILY) else "copy_damaged", file=found.name)
            facts, name, parts = _taken_apart(data, key)
            asked = {meeting: part for meeting, part in parts.items() if known.get(meeting) != part.mark}
            notes = {meeting: _opened(key, meeting, part) for meeting, part in asked.items()}
            marks = {meeting: part.mark for meeting, part in parts.items()}
            return Copied(facts["device"], name, facts["counter"], notes, marks)
        except (InvalidTag, OSError, *_NOT_OURS) as error:
            raise Problem("copy_damaged", file=found.name) from error

    def parts(self, folder: Path, device: str, key: str) -> dict[str, Part]:
        """What lies whole in a computer's own file, to be taken over into the next."""
        from cryptography.exceptions import InvalidTag

        try:
            data = _place(folder, device).read_bytes()
            _, _, parts = _taken_apart(data, key) if data.startswith(_MAGIC) else ({}, "", {})
        except (InvalidTag, OSError, *_NOT_OURS):
            return {}
        return {meeting: part for meeting, part in parts.items() if _is_whole(key, meeting, part)}

    def seal(self, key: str, kept: Kept, mark: str) -> Part:
        """One meeting's note as a file holds it."""
        body = json.dumps(kept_to_json(kept), ensure_ascii=False).encode("utf-8", "surrogatepass")
        return Part(mark, _closed(key, zlib.compress(body, 6), _bound(kept.meeting_id, mark)))

    def write(self, folder: Path, key: str, wrap: Wrap, sheet: Sheet) -> Found:
        """Write this computer's file whole, or not at all; as it lies there now. Problem `file_not_written`."""
        facts = {"device": sheet.device, "counter": sheet.counter, "key_id": self.key_id(key), "wrap": wrap}
        head = json.dumps(facts, sort_keys=True).encode() + b"\n"
        listed = [[meeting, part.mark, len(part.sealed)] for meeting, part in sheet.parts.items()]
        body = json.dumps({"name": sheet.name, "notes": listed}, ensure_ascii=False)
        index = _closed(key, zlib.compress(body.encode("utf-8", "surrogatepass"), 6), _MAGIC + head)
        path = _place(folder, sheet.device)
        _sweep(path)
        parts = (part.sealed for part in sheet.parts.values())
        write_whole(path, b"".join((_MAGIC, head, len(index).to_bytes(_SIZE, "big"), index, *parts)))
        try:
            return _looked(path)
        except OSError as error:
            raise Problem("file_not_written", path=str(path), reason=error.strerror or str(error)) from error

    def remove(self, folder: Path, device: str) -> None:
        """Take away this computer's own file. Problem `file_not_written`."""
        path = _place(folder, device)
        _sweep(path)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise Problem("file_not_written", path=str(path), reason=error.strerror or str(error)) from error

    def this_computer(self) -> str:
        """What this computer is called, for its owner's other ones."""
        return platform.node() or "-"

    def _stretched(self, wished: bytes, salt: bytes) -> bytes:
        return hashlib.scrypt(wished, salt=salt, **self._cost, maxmem=_MOST_MEMORY, dklen=_KEY)


def _place(folder: Path, device: str) -> Path:
    return folder / f"companion-{device}.notes"


def _sweep(path: Path) -> None:
    """Take away what a killed writer of this file left."""
    for left in path.parent.glob(f".{path.name}.*.new"):
        left.unlink(missing_ok=True)


def _looked(path: Path) -> Found:
    with path.open("rb") as file:
        facts, start = os.fstat(file.fileno()), file.read(_LONGEST_HEAD)
    try:
        told: Any = json.loads(_split(start)[0])
        device, counter, key_id, wrap = told["device"], told["counter"], told["key_id"], told["wrap"]
        if not (isinstance(device, str) and isinstance(counter, int) and isinstance(key_id, str)):
            raise ValueError("not as we write it")
        return Found(path.name, facts.st_size, facts.st_mtime_ns, device, counter, key_id, dict(wrap))
    except _NOT_OURS:
        return Found(path.name, facts.st_size, facts.st_mtime_ns)


def _split(data: bytes) -> tuple[bytes, bytes]:
    """The open line, with its end, and what is sealed."""
    _, _, rest = data.partition(b"\n")
    head, end, sealed = rest.partition(b"\n")
    return head + end, sealed


def _taken_apart(data: bytes, key: str) -> tuple[dict[str, Any], str, dict[str, Part]]:
    """What the open line says, the computer's name, and the notes as they lie there."""
    head, rest = _split(data)
    at = _SIZE + int.from_bytes(rest[:_SIZE], "big")
    listed = json.loads(zlib.decompress(_plain(key, rest[_SIZE:at], _MAGIC + head)))
    parts = {}
    for meeting, mark, size in listed["notes"]:
        parts[str(meeting)] = Part(str(mark), rest[at : at + size])
        at += size
    if at != len(rest):
        raise ValueError("not all of it is there")
    facts: dict[str, Any] = json.loads(head)
    return facts, str(listed["name"]), parts


def _opened(key: str, meeting_id: str, part: Part) -> Kept:
    kept = kept_from_json(json.loads(zlib.decompress(_plain(key, part.sealed, _bound(meeting_id, part.mark)))))
    if kept.meeting_id != meeting_id:
        raise ValueError("another meeting's note")
    return kept


def _is_whole(key: str, meeting_id: str, part: Part) -> bool:
    from cryptography.exceptions import InvalidTag

    try:
        return bool(_plain(key, part.sealed, _bound(meeting_id, part.mark)))
    except (InvalidTag, ValueError):
        return False


def _bound(meeting_id: str, mark: str) -> bytes:
    """What a note is sealed with, so that it opens as this one alone."""
    return json.dumps(["Companion note 1", meeting_id, mark]).encode()


def _closed(key: str, plain: bytes, beside: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_bytes(key)).encrypt(nonce, plain, beside)


def _plain(key: str, closed: bytes, beside: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(_bytes(key)).decrypt(closed[:_NONCE], closed[_NONCE:], beside)


def _bytes(key: str) -> bytes:
    found = base64.b64decode(key, validate=True)
    if len(found) != _KEY:
        raise ValueError("a key has 32 bytes")
    return found
