"""The page decides which calendar is shown and what its buttons do."""

from functools import partial

from PySide6.QtCore import Slot

from companion.desktop.calendars import add_calendar, give_address, give_password, remove_calendar, try_calendar
from companion.desktop.frame import Frame, Page
from companion.desktop.health.listing import items
from companion.desktop.health.view import Verbs, fill, is_collected
from companion.desktop.rounds import sync, sync_again, sync_believing
from companion.desktop.signin import collect_reports, copy_request, sign_in_again, sign_out
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.items import ItemList
from companion.desktop.widgets.panes import lay_out
from companion.programme.views.calendars import CalendarsView
from companion.programme.views.calendars import calendars as read_calendars
from companion.words.language import t


class HealthPage(Page):
    """The list of calendars; beside it how one of them stands."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._view: CalendarsView | None = None
        self._wanted = ""
        self.list = ItemList(frame.look, t("Calendars"))
        self.list.chosen.connect(self._on_chosen)
        self.column = Column(margin=28)
        self._every = button(t("Read all"), lambda: sync(frame), says=t("Read all calendars now"))
        lay_out(self, [header(t("Calendars"), self._every)], self.list, self.column, frame.look)
        self.verbs = Verbs(
            read=lambda name: sync(frame, (name,)),
            test=partial(try_calendar, frame),
            password=partial(give_password, frame),
            address=partial(give_address, frame),
            believe=self._believe,
            try_again=partial(sync_again, frame),
            remove=partial(remove_calendar, frame),
            sign_in=partial(sign_in_again, frame),
            sign_out=partial(sign_out, frame),
            request=partial(copy_request, frame),
            reports=partial(collect_reports, frame),
        )

    def reload(self) -> None:
        """Read how the calendars stand."""
        self.read(lambda house, _ticket: read_calendars(house), self._show)

    def arrive(self, item: str) -> None:
        """Show one account, by its id."""
        self._wanted = item
        if self._view is not None:
            self._show(self._view)

    def _show(self, view: CalendarsView) -> None:
        self._view = view
        self._every.setVisible(not all(is_collected(item.account) for item in view.items))
        known = [item.account.id for item in view.items]
        key = self._wanted if self._wanted in known else self.list.current
        if key not in known:
            key = known[0] if known else ""
        self._wanted = ""
        self.list.show_items(items(view), key if key != self.list.current else "")
        self._show_one(key)

    def _show_one(self, key: str) -> None:
        view = self._view
        item = next((item for item in view.items if item.account.id == key), None) if view else None
        if item is None or view is None:
            self.column.begin()
            add = partial(add_calendar, self.frame, lambda: None)
            self.column.add(Empty(t("No calendar is connected yet."), t("Add a calendar…"), add, filled=True))
            self.column.end()
            return
        fill(self.column, item, view, self.verbs)

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        self._show_one(key)
        self.column.verticalScrollBar().setValue(0)

    def _believe(self, name: str) -> None:
        def sure(yes: bool) -> None:
            if yes:
                sync_believing(self.frame, name)

        self.frame.ask.yes(
            t("Does {name} hold so few entries now?", name=name),
            t("What it does not list any more is taken away here too. Meetings that were held stay, marked."),
            t("Yes, it is right"), sure,
        )  # fmt: skip
