"""A host's reply to "Who sat in?", read line by line: what is plain is taken, what is not is left to people."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from companion.people.model import Person
from companion.words.presence import ALL, DOUBT, ELSE, NO, NOBODY, NOT_IN, WENT, YES

MOST = 300  # characters of a reason
_BULLET = re.compile(r"^\s*(?:[-*•–·]|\d{1,2}[.)])\s+")
_BEHIND = re.compile(r"(?:\s*[,;.:(]|\s+[–—-]+)\s*(?P<rest>.+)", re.DOTALL)
_PLAIN = str.maketrans({"đ": "d", "ł": "l", "ß": "ss", "ø": "o", "’": "'", "‘": "'"})


@dataclass(frozen=True)
class Said:
    """What a host said of one of ours. `to`: id of who came instead, with state delegated."""

    person_id: str
    state: str  # attended, missed or delegated
    to: str = ""
    reason: str = ""


@dataclass(frozen=True)
class SatRead:
    """A reply read. `unclear`: the lines nobody could be sure of; `nobody`: it says that none of us sat in."""

    said: tuple[Said, ...] = ()
    unclear: tuple[str, ...] = ()
    nobody: bool = False


@dataclass
class _Reading:
    listed: Sequence[Person]
    ours: Sequence[Person]
    language: str
    said: list[Said] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    nobody: bool = False


def read_sat(text: str, listed: Sequence[Person], ours: Iterable[Person], host: Person) -> SatRead:
    """Read a reply. `listed`: whom the host was asked about; `ours`: everybody of ours who may have come instead."""
    here = [person for person in ours if person.kind != "group" and person.id != host.id]
    reading = _Reading([person for person in listed if person.id != host.id], here, host.language)
    lines = [line for line in map(_bare, text.splitlines()) if line]
    for line in lines:
        _read(reading, line, host)
    _settle_contradictions(reading)
    if not (reading.said or reading.nobody or reading.unclear):
        return SatRead((), tuple(lines))
    reason = " ".join(reading.beside)[:MOST]
    said = tuple(Said(one.person_id, one.state, one.to, one.reason or reason) for one in reading.said)
    return SatRead(said, tuple(reading.unclear), reading.nobody and not said)


def whom(text: str, ours: Sequence[Person]) -> Person | None:
    """The one of ours that a text is the name or an address of, None where it is not just that."""
    wanted = _folded(text)
    found = [one for one in ours if wanted == _folded(one.name) or wanted in one.addresses]
    return found[0] if len(found) == 1 else None


def _read(reading: _Reading, line: str, host: Person) -> None:
    plain = _folded(line)
    if plain in _folded_all(NOBODY):
        reading.nobody = True
        reading.said += [Said(person.id, "missed") for person in reading.listed]
    elif plain in _folded_all(ALL) and reading.listed:
        reading.said += [Said(person.id, "attended") for person in reading.listed]
    elif (word := _word(plain, reading.language)) and len(reading.listed) == 1:
        reading.said.append(Said(reading.listed[0].id, word))
    elif word:
        reading.unclear.append(line)
    elif found := _label(line, reading):
        _of_person(reading, line, *found)
    elif _names_somebody(plain, reading, host):
        reading.unclear.append(line)
    elif plain not in (_folded(host.name), _folded(host.name).split(" ")[0]):  # below a mail stands who wrote it
        reading.beside.append(line)


def _of_person(reading: _Reading, line: str, person: Person, value: str) -> None:
    """A line that begins with somebody's name."""
    is_listed = person in reading.listed
    said = Said(person.id, "attended") if not value else _value(reading, person, value)
    if said is None or (not is_listed and said.state != "attended"):
        reading.unclear.append(line)  # of whom nobody was told, only that they came can be taken
    else:
        reading.said.append(said)


def _value(reading: _Reading, person: Person, value: str) -> Said | None:
    """What stands behind a name; None where it is not plain."""
    plain = _folded(value)
    if "?" in value or any(doubt in plain for doubt in _folded_all(DOUBT)):
        return None
    if word := _word(plain, reading.language):
        return Said(person.id, word)
    others = [one for one in reading.ours if one.id != person.id]
    if plain in _folded_all(ELSE):
        return Said(person.id, "delegated")
    if instead := _instead(value, others):
        return Said(person.id, "delegated", instead.id)
    for state, words in (("attended", YES), ("missed", NO)):
        for known in sorted(_folded_all(words), key=len, reverse=True):
            if not plain.startswith(known) or known in NOT_IN.get(reading.language, ()):
                continue
            behind = _BEHIND.fullmatch(plain[len(known) :])
            if behind is None:
                continue
            if state == "missed" and (behind["rest"].strip(" ).") in _folded_all(ELSE)):
                return Said(person.id, "delegated")
            if state == "missed" and (instead := _instead(behind["rest"], others)):
                return Said(person.id, "delegated", instead.id)
            asked = [_folded(one.name).split(" ")[0] for one in reading.listed if one.id != person.id]
            if _mentions(behind["rest"], others) or any(_stands_in(first, behind["rest"]) for first in asked):
                return None
            return Said(person.id, state, "", _reason(value, behind["rest"]))
    return None


def _reason(value: str, rest: str) -> str:
    """The words behind the yes or no, as they were written."""
    for at in range(len(value)):
        if value[at] in ",;.:(–—-" and _folded(value[at + 1 :]) == _folded(rest):
            return value[at + 1 :].strip(" ()")[:MOST]
    return rest.strip(" ()")[:MOST]


def _instead(text: str, others: Sequence[Person]) -> Person | None:
    """Who came instead, where the text says only that."""
    plain = _folded(text)
    tails = sorted(_folded_all(WENT), key=len, reverse=True)
    cut = [plain, *(plain.removesuffix(tail).strip() for tail in tails if plain.endswith(tail))]
    cut += [plain.removeprefix(tail).strip(" :,") for tail in tails if plain.startswith(tail)]
    return next((found for one in cut if one and (found := whom(one, others))), None)


def _label(line: str, reading: _Reading) -> tuple[Person, str] | None:
    """Whose name or address a line begins with, and what stands behind it."""
    known: dict[str, list[Person]] = {}
    for person in reading.ours:
        for name in (person.name, *person.addresses):
            known.setdefault(_folded(name), []).append(person)
    for person in reading.listed:  # asked about them, people write the first name
        first = _folded(person.name).split(" ")[0]
        known.setdefault(first, []).append(person)
    plain = _folded(line)
    for name in sorted(known, key=len, reverse=True):
        if not plain.startswith(name) or plain[len(name) : len(name) + 1].isalnum():
            continue
        if len({one.id for one in known[name]}) > 1:
            return None
        rest = _behind(line, name)
        return known[name][0], rest.strip().lstrip(":=–—-,").strip()
    return None


def _behind(line: str, name: str) -> str:
    """What stands behind a name that was found without accents and case."""
    at = next((at for at in range(1, len(line) + 1) if _folded(line[:at]) == name), len(line))
    return line[at:]


def _names_somebody(plain: str, reading: _Reading, host: Person) -> bool:
    names = [_folded(one.name) for one in reading.ours]
    names += [_folded(one.name).split(" ")[0] for one in reading.listed]
    return any(_stands_in(name, plain) for name in names) and plain != _folded(host.name)


def _mentions(text: str, others: Sequence[Person]) -> bool:
    plain = _folded(text)
    return any(_stands_in(name, plain) for one in others for name in (_folded(one.name), *one.addresses))


def _stands_in(name: str, plain: str) -> bool:
    return bool(name) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain) is not None


def _settle_contradictions(reading: _Reading) -> None:
    """Of whom two lines say two things nothing is taken."""
    told: dict[str, set[tuple[str, str]]] = {}
    for one in reading.said:
        told.setdefault(one.person_id, set()).add((one.state, one.to))
    torn = {key for key, ways in told.items() if len(ways) > 1}
    names = {person.id: person.name for person in (*reading.ours, *reading.listed)}
    reading.unclear += [f"{names[key]}: {', '.join(sorted({state for state, _ in told[key]}))}" for key in sorted(torn)]
    kept = {one.person_id: one for one in reversed(reading.said) if one.person_id not in torn}
    reading.said = list(reversed(kept.values()))


def _word(plain: str, language: str) -> str:
    if plain in NOT_IN.get(language, ()):
        return ""
    return "attended" if plain in _folded_all(YES) else "missed" if plain in _folded_all(NO) else ""


@cache
def _folded_all(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_folded, words))


def _folded(text: str) -> str:
    """Without case, accents, doubled spaces and the signs at its end."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_PLAIN)
    return " ".join(plain.split()).strip(" .!*_")


def _bare(line: str) -> str:
    return _BULLET.sub("", line).strip()
