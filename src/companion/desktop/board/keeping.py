"""Views of the board: kept under a name, shown again, and the one the board opens with."""

from collections.abc import Callable
from functools import partial

from companion.desktop.board.asked import Asked, Views, drop_view, keep_view, open_with
from companion.desktop.frame import Frame
from companion.desktop.widgets.menus import Entry, MenuButton
from companion.words.language import t


class Keeping:
    """The menu of views; `take` shows one."""

    def __init__(self, frame: Frame, now: Callable[[], Asked], take: Callable[[Asked], None]) -> None:
        self._frame = frame
        self._now = now
        self._take = take
        self.views = Views({})
        self.menu = MenuButton(t("Views"), self._entries)

    @property
    def name(self) -> str:
        """The view that is shown, "" for none that is kept."""
        return next((name for name, asked in self.views.kept.items() if asked == self._now()), "")

    def offer(self, views: Views, asked: Asked) -> None:
        """Know the views that are kept."""
        self.views = views
        self.say(asked)

    def say(self, asked: Asked) -> None:
        """Say which view is shown."""
        self.menu.show_choice(next((name for name, one in self.views.kept.items() if one == asked), ""))

    def _entries(self) -> list[Entry]:
        here = self.name
        entries = [
            Entry(
                t("{name}, at the start", name=name) if name == self.views.first else name,
                partial(self._take, asked), name == here,
            )
            for name, asked in self.views.kept.items()
        ]  # fmt: skip
        if entries:
            entries.append(Entry())
        entries += [Entry(t("All leaders"), lambda: self._take(self._now().whole())), Entry()]
        entries.append(Entry(t("Keep this view…"), self._keep))
        if here:
            first = here == self.views.first
            entries.append(Entry(t("Open the board with it"), partial(self._open_with, "" if first else here), first))
            entries.append(Entry(t("Let go of it"), partial(self._drop, here)))
        return entries

    def _keep(self) -> None:
        asked = self._now()

        def named(name: str) -> None:
            if name:
                self._frame.tasks.write(lambda house, _ticket: keep_view(house, name, asked), self._changed)

        self._frame.ask.text(
            t("Keep this view"), t("Keep it"), named, start=self.name,
            text=t("Its filters, columns, period and order, on this computer. Under which name?"),
        )  # fmt: skip

    def _open_with(self, name: str) -> None:
        self._frame.tasks.write(lambda house, _ticket: open_with(house, name), self._changed)

    def _drop(self, name: str) -> None:
        self._frame.tasks.write(lambda house, _ticket: drop_view(house, name), self._changed)

    def _changed(self, views: Views) -> None:
        self.offer(views, self._now())
