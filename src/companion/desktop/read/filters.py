"""The calm row above the list of Read: team, customer and pillar, each a menu with counts, and Clear."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from companion.desktop.widgets.buttons import link
from companion.desktop.widgets.flow import Flow
from companion.programme.views.narrowed import SIDES, Narrowing, Side, choices
from companion.programme.views.reading import ReadView
from companion.takeaways.pillars import PILLARS
from companion.words.language import mark, t

LABELS = {"team": mark("Team"), "customer": mark("Customer"), "pillar": mark("Pillar")}
ALL = {"team": mark("All teams"), "customer": mark("All customers"), "pillar": mark("All pillars")}
WIDEST = 15  # average characters of a chosen name; the whole is in the menu and spoken


class Filters(Flow):
    """Three menus; `narrowed` tells that something else was chosen."""

    narrowed = Signal()

    def __init__(self) -> None:
        super().__init__(spacing=6)
        self.to = Narrowing()
        self._view: ReadView | None = None
        self.menus: dict[Side, Menu] = {}
        for side in SIDES:
            made = self.menus[side] = Menu(t(LABELS[side]))
            made.list_of.aboutToShow.connect(partial(self._fill, side))
            self.add(made)
        self._clear = link(t("Clear"), self.clear, says=t("Show all teams, customers and pillars"))
        self.add(self._clear)
        self._say()

    def offer(self, view: ReadView) -> None:
        """What there is to choose from. A menu with nothing to choose is not shown."""
        self._view = view
        for side, made in self.menus.items():
            made.setVisible(bool(self.to.chosen(side)) or bool(choices(view, Narrowing(), side)))
            self._fill(side)

    def clear(self) -> None:
        """Narrow to nothing."""
        held = self._clear.hasFocus()
        self._choose(Narrowing())
        if held:
            self.take_keyboard()

    def take_keyboard(self) -> None:
        """The next key goes to the first menu."""
        shown = [made for made in self.menus.values() if made.isVisibleTo(self)]
        if shown:
            shown[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fill(self, side: Side) -> None:
        """The menu's entries, as they are now."""
        if self._view is None:
            return
        menu = self.menus[side].list_of
        menu.clear()
        entries = [("", t(ALL[side]))]
        entries += [
            (key, t("{name} ({count})", name=_name(side, key), count=count))
            for key, count in choices(self._view, self.to, side)
        ]
        for key, label in entries:
            action: QAction = menu.addAction(label.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(key == self.to.chosen(side))
            action.triggered.connect(lambda _checked=False, key=key: self._choose(self.to.choose(side, key)))

    def _choose(self, to: Narrowing) -> None:
        self.to = to
        self._say()
        self.narrowed.emit()

    def _say(self) -> None:
        for side, made in self.menus.items():
            key = self.to.chosen(side)
            made.show_choice(t(LABELS[side]), _name(side, key) if key else "")
        self._clear.setVisible(self.to != Narrowing())


class Menu(QPushButton):
    """A button that says what is chosen in its menu, cut where it is long."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.setProperty("menu", True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.list_of = QMenu(self)
        self.setMenu(self.list_of)

    def show_choice(self, label: str, name: str) -> None:
        """The label alone, or what is chosen."""
        metrics = self.fontMetrics()
        cut = metrics.elidedText(name, Qt.TextElideMode.ElideRight, metrics.averageCharWidth() * WIDEST)
        self.setText((cut or label).replace("&", "&&"))
        self.setAccessibleName(t("{what}: {choice}", what=label, choice=name or t("all")))
        self.setToolTip("" if cut == name else t("{what}: {choice}", what=label, choice=name))

    def minimumSizeHint(self) -> QSize:
        """As wide as its text."""
        return self.sizeHint()


def _name(side: Side, key: str) -> str:
    return t(PILLARS[key]) if side == "pillar" and key in PILLARS else key
