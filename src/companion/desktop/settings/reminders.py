"""Reminders in Settings: before and after a meeting, the quiet hours, and what comes by mail."""

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from companion.basics.changes import Changes
from companion.basics.settings import Settings, read_settings, write_settings
from companion.desktop.frame import Frame
from companion.desktop.widgets.buttons import button, menu_button
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.lines import two
from companion.desktop.widgets.rows import Row, RowList
from companion.people.model import Person
from companion.programme import assisting
from companion.programme.model import House
from companion.programme.moments import read_quiet
from companion.words.language import t, tn

BEFORE = ("0", "5", "15", "30")  # minutes before a meeting; "0" never


class Reminding:
    """Keeps what somebody wants to be reminded of."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def before(self, minutes: str) -> None:
        """So many minutes before a meeting; "0" never."""
        self._keep(remind=minutes)

    def after(self, wanted: str) -> None:
        """Whether the window asks after a meeting: yes or no."""
        self._keep(remind_after=wanted)

    def quiet(self, now: str) -> None:
        """Ask for the quiet hours; `now` are those that hold."""
        self._frame.ask.text(
            t("Quiet hours"), t("Keep"), self._keep_quiet,
            text=t("When they begin and end, such as 19:00-07:00. Empty: none. In them no reminder comes up; those "
                   "that follow a meeting wait until they are over."),
            start=now,
        )  # fmt: skip

    def mails(self, *, wanted: bool) -> None:
        """Whether briefs, and the questions afterwards, come by mail."""
        self._frame.tasks.write(
            lambda house, _ticket: assisting.want_reminders(house, wanted=wanted), rooms=Changes.PROGRAMME
        )

    def _keep_quiet(self, text: str) -> None:
        self._keep(quiet=text)

    def _keep(self, **choice: str) -> None:
        self._frame.tasks.write(lambda house, _ticket: keep(house, **choice), rooms=Changes.PROGRAMME)


def keep(house: House, **choice: str) -> None:
    """Keep choices of reminders in the settings; quiet hours as 19:00-07:00. Problem `quiet_wrong`."""
    if choice.get("quiet"):
        hours = read_quiet(choice["quiet"])
        choice["quiet"] = "" if hours.begins == hours.ends else f"{hours.begins:%H:%M}-{hours.ends:%H:%M}"
    chosen, _dropped = read_settings(house.paths.settings)
    write_settings(house.paths.settings, replace(chosen, **choice))  # type: ignore[arg-type]


def reminders_panel(choices: Settings, me: Person | None, verbs: Reminding) -> QWidget:
    """The section; without what comes by mail while nobody said who works here."""
    card, rows = Card(margin=18), RowList()
    title, now = t("Before a meeting"), _before(choices.remind)
    pick = menu_button(
        now, [(_before(minutes), partial(verbs.before, minutes)) for minutes in BEFORE],
        says=t("Before a meeting: {now}", now=now),
    )  # fmt: skip
    rows.add(Row(f"{title}, {now}", two(title, t("a small window says what it is, and opens its brief")), [pick]))
    rows.add(_after(choices, verbs))
    title, now = t("Quiet hours"), _quiet(choices.quiet)
    change = button(t("Change…"), partial(verbs.quiet, choices.quiet), says=t("Change the quiet hours"))
    rows.add(Row(f"{title}, {now}", two(title, now), [change]))
    if me is not None:
        rows.add(_mails(me, verbs))
    card.add(rows)
    return card


def _after(choices: Settings, verbs: Reminding) -> Row:
    wanted = choices.remind_after != "no"
    title = t("After a meeting")
    now = t("ten minutes after the end it asks for three lines") if wanted else t("it asks nothing")
    other = button(
        t("Not any more") if wanted else t("Ask me"), partial(verbs.after, "no" if wanted else "yes"),
        says=t("Change whether you are asked after a meeting"),
    )  # fmt: skip
    return Row(f"{title}, {now}", two(title, now), [other])


def _mails(me: Person, verbs: Reminding) -> Row:
    title = t("By mail")
    now = (
        t("the brief two days before a meeting, three questions after it, where the programme writes mails")
        if me.reminders
        else t("neither briefs nor questions")
    )
    other = button(
        t("Not any more") if me.reminders else t("Send them"), partial(verbs.mails, wanted=not me.reminders),
        says=t("Change whether you get briefs and questions by mail"),
    )  # fmt: skip
    return Row(f"{title}, {now}", two(title, now), [other])


def _before(minutes: str) -> str:
    count = int(minutes) if minutes.isdecimal() else 0
    return tn("{count} minute before", "{count} minutes before", count) if count else t("Never")


def _quiet(hours: str) -> str:
    return hours.replace("-", "–") if hours else t("none")
