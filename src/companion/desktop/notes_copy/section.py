"""The copy of my notes as Settings shows it: off in one sentence, on with how it stands."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from companion.basics.errors import Problem
from companion.desktop.notes_copy.copying import Copying
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.lines import two
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel
from companion.programme.notes_copy import CopyState
from companion.words.dates import ago
from companion.words.language import t
from companion.words.problems import sentence


def copy_panel(
    state: CopyState, problems: tuple[Problem, ...], now: datetime, zone: str, lasting: bool, verbs: Copying
) -> QWidget:
    """The section. `problems` as the last run found them; `lasting`: whether the keyring outlives the window."""
    card = Card(margin=18)
    if not state.on:
        card.add(PlainLabel(t(
            "Your notes exist only on this computer. A copy in a folder that is synced or backed up, encrypted so "
            "that only your 24 recovery words open it, brings them back when this computer is lost, and to your other "
            "one."
        )))  # fmt: skip
        card.add(Flow([button(t("Turn it on…"), verbs.turn_on, says=t("Turn on the copy of your notes")),
                       button(t("I have words already…"), verbs.join)], spacing=8))  # fmt: skip
        return card
    rows = RowList()
    title, line = t("In {folder}", folder=state.folder), written_line(state, now, zone)
    rows.add(Row(f"{title}, {line}", two(title, line, "warning" if state.away_since else "small")))
    others = ", ".join(state.others) or t("none yet; there choose “I have words already”")
    title = t("Your other computers")
    rows.add(Row(f"{title}, {others}", two(title, others)))
    card.add(rows)
    for problem in problems:
        card.add(PlainLabel(sentence(problem, "window"), "warning"))
    if not lasting:
        card.add(PlainLabel(t("This system keeps no keys safely: after the window closes your words are asked for."),
                            "warning"))  # fmt: skip
    card.add(Flow(_buttons(state, problems, verbs), spacing=8))
    return card


def written_line(state: CopyState, now: datetime, zone: str) -> str:
    """When it was written, and since when it waits for its folder."""
    written = t("Written {ago}", ago=ago(state.written, now, zone)) if state.written else t("Not written yet")
    if not state.away_since:
        return written
    waits = t("the folder went away {ago}", ago=ago(state.away_since, now, zone))
    return f"{written} · {waits}"


def _buttons(state: CopyState, problems: tuple[Problem, ...], verbs: Copying) -> list[QWidget]:
    found: list[QWidget] = []
    if any(problem.code == "copy_key_missing" for problem in problems):
        found.append(button(t("Type your words…"), lambda: verbs.join(state.folder), filled=True))
    else:
        found += [
            button(t("Write now"), verbs.run, says=t("Write the copy of your notes now")),
            button(t("New words…"), verbs.new_words, says=t("New recovery words")),
            button(t("Another folder…"), verbs.turn_on, says=t("Keep the copy in another folder")),
        ]
    return [*found, button(t("Turn off…"), verbs.turn_off, says=t("Turn off the copy of your notes"))]
