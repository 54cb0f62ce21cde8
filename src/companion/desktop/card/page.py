"""The opening card: a team's story of the week, shown large, kept as a picture or a page."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from companion.basics.errors import Problem
from companion.desktop.card.picture import keep_picture, paint
from companion.desktop.card.slide import FullScreen, SlideView
from companion.desktop.frame import Frame, Page
from companion.desktop.widgets.buttons import button, menu_button
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.text import PlainLabel
from companion.programme.card import Card, Opening, keep_page, opening
from companion.words.card import which
from companion.words.language import t
from companion.words.problems import sentence


class CardPage(Page):
    """One slide; the arrow keys turn to the next, F fills the screen."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._view: Opening | None = None
        self._team, self._skip = "", 0
        self.slide = SlideView(frame.look)
        self.slide.stepped.connect(self._step)
        self.slide.enlarged.connect(self._enlarge)
        self.full = FullScreen(self, frame.look)
        self.full.view.stepped.connect(self._step)
        self.nothing = Column(margin=0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.slide)
        self._stack.addWidget(self.nothing)
        self._head = QWidget()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(36, 24, 36, 24)
        self._box.setSpacing(14)
        self._box.addWidget(self._head)
        self._box.addWidget(self._stack, 1)

    @property
    def card(self) -> Card | None:
        """The card that is shown."""
        return self._view.card if self._view else None

    def reload(self) -> None:
        """Read the team's card again."""
        team, skip = self._team, self._skip
        self.read(lambda house, _ticket: opening(house, team, skip), self._show)

    def arrive(self, item: str) -> None:
        """Show the card of a team."""
        self._choose(item)

    def leave(self) -> None:
        """No slide stays on the screen."""
        self.full.close()

    def _show(self, view: Opening) -> None:
        self._view = view
        self._replace_head(view)
        if view.card is None:
            self.full.close()
            self.nothing.begin()
            self.nothing.add(Empty(sentence(Problem("card_none", team=view.team or t("everyone"))), t("Read"),
                                   lambda: self.frame.go("read", "")))  # fmt: skip
            self.nothing.end()
            self._stack.setCurrentWidget(self.nothing)
            return
        self.slide.show_slide(view.card.slide)
        if self.full.isVisible():
            self.full.view.show_slide(view.card.slide)
        self._stack.setCurrentWidget(self.slide)

    def _replace_head(self, view: Opening) -> None:
        focus = self.window().focusWidget()
        held = focus.accessibleName() if focus is not None and self._head.isAncestorOf(focus) else ""
        made = self._header(view)
        self._box.replaceWidget(self._head, made)
        self._head.hide()
        self._head.deleteLater()
        self._head = made
        made.show()
        for widget in made.findChildren(QWidget) if held else ():
            if widget.accessibleName() == held:
                widget.setFocus()
                break

    def _header(self, view: Opening) -> QWidget:
        beside: list[QWidget] = []
        if view.teams:
            choices = [(team, partial(self._choose, team)) for team in view.teams]
            beside.append(menu_button(view.team, choices, says=t("Team: {team}", team=view.team)))
        said = t("Open your meeting with a customer.")
        if view.card is not None:
            said = which(view.card.number, view.card.of)
            if view.card.of > 1:
                beside += [
                    button("‹", lambda: self._step(-1), says=t("The story before"), tip=t("The story before")),
                    button("›", lambda: self._step(1), says=t("The next story"), tip=t("The next story")),
                ]
            keep = [(t("Copy the text"), self._copy), (t("Save the picture…"), self._picture),
                    (t("Save the page…"), self._page)]  # fmt: skip
            beside += [menu_button(t("Keep it"), keep), button(t("Full screen"), self._enlarge, filled=True)]
        return header(t("Opening card"), *beside, below=[PlainLabel(said, "soft")])

    def _choose(self, team: str) -> None:
        self._team, self._skip = team, 0
        self.reload()

    @Slot(int)
    def _step(self, step: int) -> None:
        card = self.card
        if card is not None and card.of > 1:
            self._skip = (self._skip + step) % card.of
            self.reload()

    @Slot()
    def _enlarge(self) -> None:
        if self.card is not None:
            self.full.begin(self.card.slide)

    def _copy(self) -> None:
        if self.card is not None:
            QGuiApplication.clipboard().setText(self.card.slide.text)
            self.frame.say(t("Copied."))

    def _name(self, end: str) -> str:
        card = self.card
        return f"{t('card')}-{card.week:%Y-%m-%d}{end}" if card is not None else ""

    def _picture(self) -> None:
        card = self.card
        if card is not None:
            image = paint(card.slide, dark=self.frame.look.dark)
            self._save(t("Save the picture"), ".png", lambda path: keep_picture(image, path))

    def _page(self) -> None:
        card = self.card
        if card is not None:
            self._save(t("Save the page"), ".html", lambda path: keep_page(card, path))

    def _save(self, title: str, end: str, keep: Callable[[Path], None]) -> None:
        def write(path: Path) -> None:
            self.frame.tasks.fetch(
                lambda _house, _ticket: keep(path),
                lambda _nothing: self.frame.say(t("Written to {path}.", path=str(path))),
            )

        week = f"{self.card.week:%Y-%m-%d}" if self.card is not None else ""
        self.frame.ask.save_file(title, t("opening-card-{week}", week=week) + end, write)
