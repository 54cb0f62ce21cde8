"""What join reports told, in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from companion.basics.errors import Problem
from companion.words.attendance import SYSTEMS, evidence, report_reason
from companion.words.language import mark, t, tn
from companion.words.problems import sentence

SAYS: dict[str, str] = {
    "attended": mark("was there"),
    "missed": mark("was not there"),
    "excused": mark("excused"),
    "delegated": mark("somebody else went"),
    "accepted": mark("said yes"),
    "declined": mark("said no"),
    "offered": mark("asked"),
    "proposed": mark("asked for a seat"),
    "unknown": mark("perhaps there"),
    "open": mark("taken back"),
}


def in_file(problem: Problem, names: Sequence[str]) -> Problem:
    """The problem with the name of its file, where one of several is wrong; `number` says which, from 1."""
    number = problem.facts.get("number", 0)
    if not number:
        return problem
    return Problem("report_in_file", file=names[number - 1], told=sentence(problem), wrong=problem.code)


class Numbers(Protocol):
    """Who else was there, as numbers."""

    @property
    def ours(self) -> int: ...
    @property
    def others(self) -> int: ...
    @property
    def rooms(self) -> int: ...
    @property
    def phones(self) -> int: ...
    @property
    def nameless(self) -> int: ...


class Doubts(Protocol):
    """What makes a report uncertain."""

    @property
    def titles(self) -> Sequence[str]: ...
    @property
    def undated(self) -> bool: ...
    @property
    def partly(self) -> bool: ...


def system(code: str) -> str:
    """The name of what made a report."""
    return SYSTEMS.get(code, code)


def statement(source: str, says: str, name: str, day: date, *, reason: str = "", time: str = "") -> str:
    """One statement with what it says: `was there (Rosa, the host, on 18 November)`. `time`: 14:05."""
    told = evidence(source, says, name, day, reason=reason, time=time)
    return told if source == "calendar" or says not in SAYS else t("{says} ({told})", says=t(SAYS[says]), told=told)


def who(met: Sequence[str], not_met: Sequence[str], least: int) -> list[str]:
    """Who was there and who was not, by name; `least` is the minutes from which on it counts."""
    said = []
    if met:
        told = tn("Was there, for {count} minute or more: {names}.", "Was there, for {count} minutes or more: {names}.",
                  least, names=", ".join(met))  # fmt: skip
        said.append(told)
    if not_met:
        said.append(t("Was not there: {names}.", names=", ".join(not_met)))
    return said


def perhaps(name: str, reason: str) -> str:
    """Somebody whom a report only proposes; `reason` as in `words.attendance.report_reason`."""
    return t("Perhaps {name}: {reason}.", name=name, reason=report_reason(reason))


def to_you(reason: str) -> str:
    """What a report that is not sure says to the one it means."""
    if reason == "name":
        return t("The join report has your name, without an address that is known.")
    if reason == "reports":
        return t("One join report says that you were there, another does not.")
    return t("The join report: {reason}.", reason=report_reason(reason))


def waiting(count: int) -> str:
    """How many seats wait for a decision."""
    return tn("{count} seat waits for a decision", "{count} seats wait for a decision", count)


def hidden(count: int) -> str:
    """How many seats wait whose names are not to be shown."""
    return tn("{count} seat waits for a decision; whose it is shows once the agreement on names is noted.",
              "{count} seats wait for a decision; whose they are shows once the agreement on names is noted.",
              count)  # fmt: skip


def untold(names: Sequence[str]) -> str:
    """Who has a seat and is in no line, where the report cannot tell."""
    return t(
        "Not in the report, but it cannot tell who was not there: {names}. Nothing was noted of them.",
        names=", ".join(names),
    )


def unclear(names: Sequence[str]) -> str:
    """One name that several of ours have."""
    return t(
        "Several of ours have one name in the report: {names}. Nothing was noted; say who it was.",
        names=", ".join(names),
    )


def kept(said: Sequence[tuple[str, str]], names: Mapping[str, str]) -> list[str]:
    """What earlier reports said and still stands: (person id, a key of `SAYS`), and the names by id."""
    return [t("An earlier report stands: {name} {says}.", name=names[key], says=t(SAYS[says])) for key, says in said]


def doubts(found: Doubts, title: str) -> list[str]:
    """Why a report might be of another meeting than `title`, or of a part of it; [] where nothing speaks for that."""
    said = [
        t("The report calls itself “{other}”, not “{title}”: check that it is of this meeting. "
          "Nobody is noted as missing.", other=other, title=title)
        for other in found.titles
    ]  # fmt: skip
    if found.undated:
        said.append(t("The report does not say for certain on which day it was. Nobody is noted as missing."))
    if found.partly:
        said.append(
            t("A part of the meeting is not in the report, so nobody is noted as missing. If the meeting was begun "
              "again, give the files of all its sessions together.")
        )  # fmt: skip
    return said


def numbers(found: Numbers) -> str:
    """Everybody else, counted; "" where there was nobody else."""
    parts = [
        tn("{count} of ours without a seat", "{count} of ours without a seat", found.ours) if found.ours else "",
        tn("{count} other person", "{count} other people", found.others) if found.others else "",
        tn("{count} room device (how many sat there, it does not say)",
           "{count} room devices (how many sat there, they do not say)", found.rooms) if found.rooms else "",
        tn("{count} telephone", "{count} telephones", found.phones) if found.phones else "",
        tn("{count} without a name", "{count} without a name", found.nameless) if found.nameless else "",
    ]  # fmt: skip
    told = ", ".join(part for part in parts if part)
    return t("Also there, counted and not kept: {told}.", told=told) if told else ""
