"""Assistants in Settings: who may act for me, and what they said of my seats lately."""

from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from companion.basics.changes import Changes
from companion.basics.clock import day_of
from companion.desktop.ask import Choice
from companion.desktop.frame import Frame
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.lines import two
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel
from companion.people.model import Person
from companion.programme import assisting
from companion.programme.assisting import Acted, Assistance
from companion.words.dates import ago, short_day
from companion.words.language import mark, t

LATELY = 5  # of what they did, as many are shown
_SAID = {
    "accepted": mark("{name}: you are coming to {title} on {day}"),
    "declined": mark("{name}: you are not coming to {title} on {day}"),
    "attended": mark("{name}: you were there, {title} on {day}"),
}


class Assistants:
    """Lets somebody act for me, or no more."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def add(self, might: tuple[Choice, ...]) -> None:
        """Ask whom; `might` are those who could."""
        if not might:
            self._frame.say(t("Nobody else of yours is known here yet. Import people first."), "warning")
            return
        self._frame.ask.choose(
            t("Who may act for you?"),
            t("They see where you are expected, say for you whether you come, and print your briefs. Your notes, "
              "drafts and answers stay yours alone."),
            might, self._allow,
        )  # fmt: skip

    def remove(self, address: str, name: str) -> None:
        """Take it back, after a question."""

        def sure(yes: bool) -> None:
            if yes:
                self._frame.tasks.write(
                    lambda house, _ticket: assisting.withdraw(house, address),
                    lambda _none: self._frame.say(t("{name} acts for you no more.", name=name)),
                    rooms=Changes.PEOPLE | Changes.ATTENDANCE,
                )

        self._frame.ask.yes(
            t("Shall {name} act for you no more?", name=name), t("What was said for you until now stays said."),
            t("No more"), sure,
        )  # fmt: skip

    def _allow(self, address: str) -> None:
        self._frame.tasks.write(
            lambda house, _ticket: assisting.allow(house, address),
            lambda person: self._frame.say(t("{name} may act for you from now on.", name=person.name)),
            rooms=Changes.PEOPLE | Changes.ATTENDANCE,
        )


def assistants_panel(
    me: Person | None, found: Assistance, might: tuple[Choice, ...], now: datetime, zone: str, verbs: Assistants
) -> QWidget:
    """The section: who may, what was done, and how to add somebody."""
    card = Card(margin=18)
    if me is None:
        card.add(PlainLabel(t("Say above who you are; then you can name somebody who acts for you."), "soft"))
        return card
    rows = RowList()
    for one in found.may:
        address, name = (one.email, one.name) if isinstance(one, Person) else (one, one)
        line = " · ".join(part for part in (one.team, one.email) if part) if isinstance(one, Person) else ""
        remove = button(t("Remove…"), partial(verbs.remove, address, name), says=t("Remove {name}", name=name))
        rows.add(Row(f"{name}, {line}" if line else name, two(name, line), [remove]))
    if not found.may:
        nobody = t("Nobody yet. Somebody of yours can say for you whether you come, and print your briefs; notes stay "
                   "yours alone.")  # fmt: skip
        rows.add(Row("", PlainLabel(nobody, "soft")))
    for acted in found.did[:LATELY]:
        said, when = did(acted, now, zone), ago(acted.at, now, zone)
        rows.add(Row(f"{said}, {when}", two(said, when)))
    card.add(rows)
    card.add(Flow([button(t("Let somebody act for you…"), partial(verbs.add, might))], spacing=8))
    return card


def did(acted: Acted, now: datetime, zone: str) -> str:
    """Mei Tan: you are coming to Annual review on 26 Nov."""
    day = short_day(day_of(acted.meeting.start, zone), day_of(now, zone))
    return t(_SAID[acted.says], name=acted.by, title=acted.meeting.title, day=day)
