"""Join reports from files, for one meeting."""

from collections.abc import Sequence
from pathlib import Path

from companion.basics.errors import Problem
from companion.programme.joined import Taken, import_reports
from companion.programme.model import House
from companion.words import joined
from companion.words.language import t


def take_in(house: House, meeting_id: str, paths: Sequence[Path]) -> str:
    """Take in the report files of one meeting, all of them or none, and say what came."""
    texts = [house.read_table(path) for path in paths]
    try:
        taken = import_reports(house, meeting_id, texts)
    except Problem as problem:
        raise joined.in_file(problem, [path.name for path in paths]) from problem
    with house.workspace(write=False) as tx:
        names = {person.id: person.name for person in tx.people.all()}
    return said(taken, names)


def said(taken: Taken, names: dict[str, str]) -> str:
    """What came of a report, for the message bar; `names` by person id."""

    def of(keys: Sequence[str]) -> list[str]:
        return [names[key] for key in keys]

    parts = joined.who(of(taken.met), of(taken.not_met), taken.minutes)
    parts += [joined.perhaps(names[item.person_id], item.reason) for item in taken.proposals]
    parts += [joined.unclear(of(some)) for some in taken.unclear]
    parts += [joined.untold(of(taken.untold))] if taken.untold else []
    parts += joined.kept(taken.kept, names)
    parts += joined.doubts(taken, taken.meeting.title)
    parts += [t("To be decided: {names}.", names=", ".join(of(taken.conflicts)))] if taken.conflicts else []
    parts += [joined.numbers(taken.numbers)]
    parts += [] if taken.fresh else [t("Nothing new: a report said so before.")]
    return t("The join report of {system}. {told}", system=joined.system(taken.system),
             told=" ".join(part for part in parts if part))  # fmt: skip
