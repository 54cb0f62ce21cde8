"""Meetings decides which meeting is shown and what its buttons do."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication

from companion.basics.changes import Changes
from companion.basics.paths import write_whole
from companion.basics.progress import Ticket
from companion.briefs.model import Page as Pages
from companion.desktop.frame import OPEN_SEATS, TO_DECIDE, Frame, Page
from companion.desktop.meetings.listing import EARLIER, after, first_of, items, last_of, passes
from companion.desktop.meetings.reports import take_in
from companion.desktop.meetings.verbs import Verbs
from companion.desktop.meetings.view import fill
from companion.desktop.meetings.words import SAID, Words
from companion.desktop.seating import Seating
from companion.desktop.widgets.buttons import Choices
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.items import ItemList
from companion.desktop.widgets.panes import lay_out
from companion.desktop.widgets.text import PlainLabel
from companion.programme import meetings, preparing, seats
from companion.programme.model import House
from companion.programme.views.meeting_list import PAST, meeting_list
from companion.programme.views.meetings import MeetingRow, MeetingsView
from companion.words.language import mark, t

NOTHING = {
    "decide": mark("Nothing waits for a decision."),
    "open": mark("No review ahead has an open seat just now."),
    "mine": mark("You have no seat in any customer meeting yet. Open seats are listed beside."),
}


class MeetingsPage(Page):
    """The list by month; beside it the facts of one meeting."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._view: MeetingsView | None = None
        self._wanted = self._on_right = ""
        self._filter = "all"
        self._past = PAST  # so many that are over are listed, and more once somebody goes down to them
        self._last = ""  # where the list ended as more was asked for
        self.list = ItemList(frame.look, t("Meetings"))
        self.list.chosen.connect(self._on_chosen)
        self.column = Column(margin=28)
        self.filters = Choices(
            [("all", t("All")), ("mine", t("Mine")), ("leaders", t("My leaders")), ("open", t("Open seats")),
             ("decide", t("To decide"))],
            self._on_filter,
            t("Which meetings"),
        )  # fmt: skip
        self.filters.offer("leaders", there=False)  # only for who acts for one
        lay_out(self, [PlainLabel(t("Meetings"), "title"), self.filters], self.list, self.column, frame.look)
        self.verbs = self._verbs()

    def reload(self) -> None:
        """Read the meetings again, as far as they are listed."""
        past, wanted = self._past, self._wanted or (self.list.current if self._filter == "all" else "")
        self.read(lambda house, _ticket: meeting_list(house, past, wanted), self._show)

    def arrive(self, item: str) -> None:
        """Show one meeting, or those with open seats."""
        if item in (OPEN_SEATS, TO_DECIDE):
            self.filters.choose("open" if item == OPEN_SEATS else "decide")
            return
        self._wanted = item
        row = self._view.row(item) if self._view else None
        if self._view is not None and (row is None or row.apart) and not self._is_listed(item):
            self.reload()  # from before what is listed
        elif self._view is not None:
            self._show(self._view)

    def _show(self, view: MeetingsView, *, stays: bool = True) -> None:
        """List them. `stays`: a meeting that the filter has let go of is still shown, for who just dealt with it."""
        self._view = view
        self.filters.offer("leaders", there=view.assists)
        if self._filter == "leaders" and not view.assists:
            self._filter = "all"
            self.filters.show_choice("all")
        if self._wanted and view.row(self._wanted) and not self._is_listed(self._wanted):
            self._filter = "all"
            self.filters.show_choice("all")
        if self._last:
            self._wanted, self._last = self._wanted or after(view, self._last), ""
        before = self.list.current or self._on_right
        key = next((one for one in (self._wanted, before) if self._is_listed(one)), "")
        self._wanted = ""
        if not key and stays and view.row(self._on_right):
            self.list.show_items(items(view, self._filter))
            self._show_one(self._on_right)
            return
        key = key or first_of(view, self._filter)
        self.list.show_items(items(view, self._filter), key if key != self.list.current else "")
        self._show_one(self.list.current)

    def _is_listed(self, key: str) -> bool:
        row = self._view.row(key) if self._view else None
        return row is not None and passes(row, self._filter)

    def _show_one(self, key: str) -> None:
        view = self._view
        row = view.row(key) if view else None
        self._on_right = key
        if row is None or view is None:
            self.column.begin()
            nothing = Empty(t(NOTHING[self._filter])) if self._filter in NOTHING else None
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
        fill(self.column, row, view, self.verbs)

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        if key != EARLIER:
            self._show_one(key)
        elif self._view is not None:
            self._past, self._last = self._past * 4, last_of(self._view)
            self.reload()

    def _on_filter(self, chosen: str) -> None:
        self._filter = chosen
        if self._view is not None:
            self._show(self._view, stays=False)
            self.list.choose(self.list.current)

    def _verbs(self) -> Verbs:
        go = self.frame.go
        seating, words = Seating(self, self.frame), Words(self, self.frame)
        return Verbs(
            say=words.say,
            say_for=self._say_for,
            print_for=self._print_for,
            save_for=self._save_for,
            someone_else=words.someone_else,
            seat_somebody=words.seat_somebody,
            ask_for=seating.ask_for,
            confirm=self._confirm,
            dismiss=self._dismiss,
            forget=self._forget,
            brief=lambda key: go("brief", key),
            listen=lambda key: go("listen", key),
            takeaway=lambda key: go("read", key),
            customer=lambda key: go("customer", key),
            join=self.frame.follow,
            rules=lambda key: go("rules", key),
            report=self._report,
            propose=seating.propose,
            correct=words.correct,
            decide=words.decide,
            history=words.history,
            allow=seating.allow,
            answer_for=seating.answer_for,
            answer_offer=seating.answer,
            no_with_words=seating.no_with_words,
            withdraw=seating.withdraw,
            swap=seating.swap,
            copy=self._copy,
            settle=words.settle,
        )

    def _say_for(self, meeting_id: str, person_id: str, state: str) -> None:
        self.frame.tasks.write(
            lambda house, _ticket: seats.set_state(house, meeting_id, person_id, state, "assistant"), rooms=SAID
        )

    def _print_for(self, meeting_id: str, address: str) -> None:
        def made(page: Pages) -> None:
            from companion.desktop.brief.printing import print_paper  # 24 ms that only assistants need

            print_paper(self, page.paper)

        self.frame.tasks.read(lambda house, _ticket: brief_of(house, meeting_id, address), made, owner=self)

    def _save_for(self, meeting_id: str, address: str) -> None:
        def write(path: Path) -> None:
            def made(house: House, ticket: Ticket) -> None:
                page = brief_of(house, meeting_id, address)
                write_whole(path, house.render_pdf(page.paper, ticket=ticket))

            self.frame.tasks.fetch(made, lambda _n: self.frame.say(t("Written to {path}.", path=str(path))))

        row = self._view.row(meeting_id) if self._view else None
        if row is not None:
            self.frame.ask.save_file(t("Save the brief"), f"{file_name(row)}.pdf", write)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.frame.say(t("Copied."))

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


def brief_of(house: House, meeting_id: str, address: str) -> Pages:
    """A leader's brief, ready to print, in the language that leader reads."""
    brief = preparing.for_somebody(house, meeting_id, address)
    return house.render_brief(brief, brief.language)


def file_name(row: MeetingRow) -> str:
    """What the brief of a meeting is called as a file."""
    name = t("Brief {customer} {day}", customer=row.customer.name, day=f"{row.meeting.start:%Y-%m-%d}")
    return "".join("-" if sign in '/\\:*?"<>|' else sign for sign in name)
