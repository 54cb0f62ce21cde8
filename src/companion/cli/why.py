"""board --why: what a figure of somebody's row rests on."""

import argparse
from datetime import date
from typing import Any

from companion.attendance.explain import CELLS
from companion.attendance.model import Evidence
from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.cli.out import say, say_json
from companion.people.addresses import normal
from companion.programme.model import House
from companion.programme.seats import person_of
from companion.programme.views.why import Why, WhyLine, why_of
from companion.words.attendance import flag, why
from companion.words.dates import clock_time
from companion.words.joined import statement
from companion.words.language import t
from companion.words.years import figure_name, period_name


def tell_why(house: House, options: argparse.Namespace, day: date | None) -> int:
    """Say it: sentence by sentence, with who said so."""
    if options.cell not in CELLS:
        raise Problem("cell_unknown", value=options.cell, known=", ".join(CELLS))
    with house.workspace(write=False) as tx:
        person = person_of(tx, options.why)
    found = why_of(house, person.id, options.period, day, options.cell)
    if options.json:
        say_json({
            "person": found.person.name, "email": found.person.email, "period": found.period.label,
            "cell": found.cell, "figure": found.figure, "of": found.n,
            "lines": [_line_json(found, line) for line in found.lines],
        })  # fmt: skip
        return 0
    shown = flag(found.figure) if found.cell == "state" and found.figure else found.figure
    span = period_name(found.period.label, found.period.first, found.period.last)
    say(t("{name}, {figure} in {period}: {value}", name=found.person.name, figure=figure_name(found.cell),
          period=span, value=shown))  # fmt: skip
    for line in found.lines:
        say(f"{'+' if line.counts else '-'} {sentence(found, line)}")
        for item in line.evidence:
            say(f"    {said(found, item)}")
    return 0


def said(found: Why, item: Evidence) -> str:
    """A statement as a sentence, with who said so and when."""
    name = found.names.get(normal(item.by) or item.by, item.by)
    day, time = day_of(item.at, found.zone), clock_time(item.at, found.zone)
    return statement(item.source, item.says, name, day, reason=item.reason, time=time)


def sentence(found: Why, line: WhyLine) -> str:
    """One line of why, with whose it is."""
    return why(line.reason.code, line.reason.facts, found.customers, found.person.name)


def _line_json(found: Why, line: WhyLine) -> dict[str, Any]:
    return {
        "counts": line.counts, "code": line.reason.code, "meeting": line.meeting_id or None,
        "sentence": sentence(found, line),
        "evidence": [
            {"source": item.source, "says": item.says, "by": item.by, "at": item.at, "reason": item.reason,
             "sentence": said(found, item)}
            for item in line.evidence
        ],
    }  # fmt: skip
