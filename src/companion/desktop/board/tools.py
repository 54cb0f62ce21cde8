"""What stands above the board: a search, a team, a state with how many are in it, the columns."""

from dataclasses import replace

from PySide6.QtCore import QObject, QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy

from companion.desktop.board.asked import Asked
from companion.desktop.board.facts import BoardView
from companion.desktop.look import Look
from companion.desktop.widgets.buttons import Choices
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.menus import Entry, MenuButton
from companion.programme.views.forecast import GROUPS
from companion.words import board as words
from companion.words.language import t

TYPING = 60  # milliseconds after the last key until the board is narrowed


class Tools(QObject):
    """The filters in two lines, `line` and `states`; `changed` tells that something else is asked for."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.to = Asked()
        self._teams: tuple[str, ...] = ()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(self._typed)
        self.search = QLineEdit()
        self.search.setPlaceholderText(t("Find a leader, a team, a customer"))
        self.search.setAccessibleName(t("Find a leader, a team, a customer"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(look.px(232))
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.states = Choices(
            [("", t(words.STATES[""])), *((key, t(words.STATES[key])) for key in GROUPS)],
            lambda key: self._ask(replace(self.to, state=key)), t("Who is listed"),
        )  # fmt: skip
        self.team = MenuButton(t("Team"), self._team_entries)
        self.order = MenuButton(t("Order"), self._order_entries, widest=26)
        self._keep_wide()
        look.switched.connect(self._keep_wide)
        self.more = QCheckBox(t("More columns"))
        self.more.setAccessibleName(t("More columns"))
        self.more.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.more.toggled.connect(lambda on: self._ask(replace(self.to, more=on)))
        self.line = Flow([self.search, self.team, self.order, self.more], spacing=8)

    def _keep_wide(self) -> None:
        """The order is as wide as its longest name: what stands beside it keeps its place."""
        wide = []
        for label in words.ORDERS.values():
            self.order.show_choice(t(label))
            wide.append(self.order.sizeHint().width())
        self.order.setFixedWidth(max(wide))
        self.order.show_choice(t(words.ORDERS[self.to.order]))

    def settle(self) -> None:
        """Take what is typed at once."""
        if self._typing.isActive():
            self._typed()

    def offer(self, view: BoardView, asked: Asked) -> None:
        """What there is to choose from, and what is chosen, without a word about it."""
        self.to = asked
        self._teams = tuple(sums.team for sums in view.board.teams)
        blocked = [QSignalBlocker(one) for one in (self.search, self.more)]
        if self.search.text() != asked.text and not self._typing.isActive():
            self.search.setText(asked.text)
        self.more.setChecked(asked.more)
        del blocked
        forecast = view.forecast
        self.states.rename("", words.state("", sum(group.leaders for group in forecast.groups)))
        for group in forecast.groups:
            self.states.rename(group.key, words.state(group.key, group.leaders))
            self.states.offer(group.key, there=bool(group.leaders) or asked.state == group.key)
        self.states.show_choice(asked.state)
        # Without names there is nobody to be chosen from.
        for one in (self.search, self.team, self.order):
            one.setVisible(view.names)
        self.states.setVisible(view.names and not view.board.facts.over)
        self.team.setVisible(view.names and len(self._teams) > 1)
        self._say()

    def _ask(self, to: Asked) -> None:
        if to != self.to:
            self.to = to
            self._say()
            self.changed.emit()

    def _typed(self) -> None:
        self._typing.stop()
        self._ask(replace(self.to, text=self.search.text()))

    def _say(self) -> None:
        self.team.show_choice(self.to.team)
        self.order.show_choice(t(words.ORDERS[self.to.order]))

    def _team_entries(self) -> list[Entry]:
        named = [("", t("All teams")), *((team, team or t("Without a team")) for team in self._teams if team)]
        return [
            Entry(label, lambda team=team: self._ask(replace(self.to, team=team)), self.to.team == team)  # type: ignore[misc]
            for team, label in named
        ]

    def _order_entries(self) -> list[Entry]:
        return [
            Entry(t(label), lambda key=key: self._ask(replace(self.to, order=key)), self.to.order == key)  # type: ignore[misc]
            for key, label in words.ORDERS.items()
        ]
