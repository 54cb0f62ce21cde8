"""Meetings decides which meeting is shown and what its buttons do."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot

from companion.basics.changes import Changes
from companion.desktop.frame import OPEN_SEATS, TO_DECIDE, Frame, Page
from companion.desktop.meetings.listing import first_of, items, passes
from companion.desktop.meetings.reports import take_in
from companion.desktop.meetings.view import Verbs, fill
from companion.desktop.widgets.buttons import Choices
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.items import ItemList
from companion.desktop.widgets.panes import lay_out
from companion.desktop.widgets.text import PlainLabel
from companion.programme import meetings, seats
from companion.programme.model import House
from companion.programme.views.meetings import MeetingsView
from companion.programme.views.meetings import meetings as read_meetings
from companion.words.language import t

ChosenPerson = Callable[[str], None]
SAID = Changes.ATTENDANCE | Changes.MEETINGS


class MeetingsPage(Page):
    """The list by month; beside it the facts of one meeting."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._view: MeetingsView | None = None
        self._wanted = ""
        self._filter = "all"
        self.list = ItemList(frame.look, t("Meetings"))
        self.list.chosen.connect(self._on_chosen)
        self.column = Column(margin=28)
        self.filters = Choices(
            [("all", t("All")), ("mine", t("Mine")), ("open", t("Open seats")), ("decide", t("To decide"))],
            self._on_filter,
            t("Which meetings"),
        )
        lay_out(self, [PlainLabel(t("Meetings"), "title"), self.filters], self.list, self.column, frame.look)
        self.verbs = self._verbs()

    def reload(self) -> None:
        """Read the meetings again."""
        self.read(lambda house, _ticket: read_meetings(house), self._show)

    def arrive(self, item: str) -> None:
        """Show one meeting, or those with open seats."""
        if item in (OPEN_SEATS, TO_DECIDE):
            self.filters.choose("open" if item == OPEN_SEATS else "decide")
            return
        self._wanted = item
        if self._view is not None:
            self._show(self._view)

    def _show(self, view: MeetingsView) -> None:
        self._view = view
        if self._wanted and view.row(self._wanted) and not self._is_listed(self._wanted):
            self._filter = "all"
            self.filters.show_choice("all")
        before = self.list.current
        key = next((one for one in (self._wanted, before) if self._is_listed(one)), "")
        key = key or first_of(view, self._filter)
        self._wanted = ""
        self.list.show_items(items(view, self._filter), key if key != before else "")
        self._show_one(self.list.current)

    def _is_listed(self, key: str) -> bool:
        row = self._view.row(key) if self._view else None
        return row is not None and passes(row, self._filter)

    def _show_one(self, key: str) -> None:
        view = self._view
        row = view.row(key) if view else None
        if row is None or view is None:
            self.column.begin()
            nothing = Empty(t("Nothing waits for a decision.")) if self._filter == "decide" else None
            self.column.add(
                nothing
                or Empty(
                    t("No customer meeting is listed here. They are found in calendars, once the programme knows its "
                      "customers."),
                    t("Calendars"), lambda: self.frame.go("settings", "calendars"),
                )
            )  # fmt: skip
            self.column.end()
            return
        fill(self.column, row, view.zone, view.now, view.me, self.verbs, threshold=view.threshold)

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        self._show_one(key)

    def _on_filter(self, chosen: str) -> None:
        self._filter = chosen
        if self._view is not None:
            self._show(self._view)
            self.list.choose(self.list.current)

    def _verbs(self) -> Verbs:
        go = self.frame.go
        return Verbs(
            say=self._say,
            someone_else=self._someone_else,
            seat_somebody=self._seat_somebody,
            ask_for=self._ask_for,
            confirm=self._confirm,
            dismiss=self._dismiss,
            forget=self._forget,
            listen=lambda key: go("listen", key),
            takeaway=lambda key: go("read", key),
            customer=lambda key: go("customer", key),
            join=self.frame.follow,
            rules=lambda key: go("rules", key),
            report=self._report,
        )

    def _say(self, meeting_id: str, person_id: str, state: str, to: str = "") -> None:
        self.frame.tasks.write(
            lambda house, _ticket: seats.set_state(house, meeting_id, person_id, state, to=to), rooms=SAID
        )

    def _someone_else(self, meeting_id: str, person_id: str) -> None:
        self._choose(t("Who went instead?"), lambda key: self._say(meeting_id, person_id, "delegated", key))

    def _seat_somebody(self, meeting_id: str) -> None:
        self._choose(t("Who has a seat?"), lambda key: self._say(meeting_id, key, "offered"))

    def _choose(self, title: str, done: ChosenPerson) -> None:
        def ask(found: list[tuple[str, str]]) -> None:
            self.frame.ask.choose(title, "", found, done)

        self.frame.tasks.read(lambda house, _ticket: everyone(house), ask, owner=self)

    def _ask_for(self, meeting_id: str) -> None:
        self.frame.tasks.write(
            lambda house, _ticket: seats.ask_for(house, meeting_id),
            lambda _evidence: self.frame.say(t("You asked for a seat. The host and the programme answer.")),
            rooms=SAID,
        )

    def _confirm(self, meeting_id: str) -> None:
        self.frame.tasks.write(lambda house, _ticket: meetings.confirm(house, [meeting_id]), rooms=SAID)

    def _dismiss(self, meeting_id: str) -> None:
        self.frame.tasks.write(
            lambda house, _ticket: meetings.dismiss(house, [meeting_id]),
            lambda _ids: self.frame.say(t("It is not counted any more, and no calendar brings it back.")),
            rooms=SAID,
        )

    def _report(self, meeting_id: str) -> None:
        def chosen(paths: tuple[Path, ...]) -> None:
            self.frame.tasks.write(
                lambda house, _ticket: take_in(house, meeting_id, paths), self.frame.say, rooms=Changes.ATTENDANCE
            )

        self.frame.ask.open_files(
            t("The join report of Microsoft Teams, Zoom or Google Meet; several files of one meeting together"),
            t("Join reports (*.csv *.tsv *.txt *.xlsx)"), chosen,
        )  # fmt: skip

    def _forget(self, meeting_id: str) -> None:
        def told(sure: bool) -> None:
            if sure:
                self.frame.tasks.write(lambda house, _ticket: meetings.forget(house, [meeting_id]), rooms=SAID)

        self.frame.ask.yes(
            t("Forget this meeting?"),
            t("It leaves this computer and the workspace with its seats; only a fingerprint stays, so that no "
              "calendar brings it back. Your own note stays."),
            t("Forget it"), told,
        )  # fmt: skip


def everyone(house: House) -> list[tuple[str, str]]:
    """Everyone of ours, as (id, name and team)."""
    with house.workspace(write=False) as tx:
        found = [person for person in tx.people.all() if person.end is None and person.kind != "group"]
    return [(p.id, f"{p.name}, {p.team}" if p.team else p.name) for p in sorted(found, key=lambda p: p.name)]
