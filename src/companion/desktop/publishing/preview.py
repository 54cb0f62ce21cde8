"""The step before publishing: the article as a reader in a chosen team gets it, and whom it reaches."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from companion.desktop.frame import Frame
from companion.desktop.publishing.reach import Reach, obstacle
from companion.desktop.publishing.readers import Before, Wish, first_team, look_before
from companion.desktop.tasks import Task
from companion.desktop.widgets.article import Article, origin
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.card import divider
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.text import PlainLabel
from companion.takeaways.audience import LISTENERS, ME, say
from companion.takeaways.model import Takeaway
from companion.words.dates import day_month, full_day
from companion.words.language import LANGUAGES, mark, speaking, t

TONGUES = {"en": mark("in English"), "it": mark("in Italian"), "pl": mark("in Polish"), "vi": mark("in Vietnamese")}


class Preview(QWidget):
    """Shows a takeaway as a reader gets it. Publishing is possible only from here, and only as it is shown."""

    def __init__(
        self, frame: Frame, back: Callable[[], None], publish: Callable[[Before], None],
        going: Callable[[Before], str],
    ) -> None:  # fmt: skip
        super().__init__()
        self._frame = frame
        self._publish = publish
        self._going = going
        self._takeaway: Takeaway | None = None
        self._note, self._own, self._review = "", "", False
        self._wish = Wish()
        self._before: Before | None = None
        self._named = False
        self._reading: Task | None = None
        self.team = QComboBox()
        self.team.setAccessibleName(t("Preview as a reader in"))
        self.language = QComboBox()
        self.language.setAccessibleName(t("In which language"))
        self.article = Column(margin=36, widest=720)
        self.side = Column(margin=24, widest=460)
        self.reach = Reach(self._on_reach, self._on_names)
        self.why = PlainLabel("", "warning")
        self.back = button(t("Back to writing"), back)
        self.go = button(t("Publish"), self._on_publish, filled=True)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(back)
        for combo in (self.team, self.language):
            combo.activated.connect(lambda _at: self._on_reader())
        self._lay_out()

    @property
    def before(self) -> Before | None:
        """What is shown; None while it is read."""
        return self._before

    def open(self, takeaway: Takeaway, note_id: str, own_team: str, teams: tuple[str, ...], *, review: bool) -> None:
        """Show a takeaway; what was chosen for it before stays chosen."""
        if self._takeaway is None or self._takeaway.id != takeaway.id or self._takeaway.audience != takeaway.audience:
            self._wish = Wish(first_team(takeaway, own_team, teams))
            self._named = False
        self._takeaway, self._note, self._own, self._review = takeaway, note_id, own_team, review
        self.team.clear()
        if takeaway.audience == ME:
            self.team.addItem(t("myself"), "")
        elif takeaway.audience == LISTENERS:
            self.team.addItem(t("whoever sat with them"), "")
        for team in teams if takeaway.audience != ME else ():
            self.team.addItem(team, team)
        self.team.setCurrentIndex(max(0, self.team.findData(self._wish.team)))
        self.language.clear()
        self.language.addItem(t("in their language"), "")
        for key in LANGUAGES:
            self.language.addItem(t(TONGUES[key]) if key in TONGUES else key, key)
        self.language.setCurrentIndex(max(0, self.language.findData(self._wish.language)))
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._read()

    def _on_reader(self) -> None:
        self._wish = replace(
            self._wish, team=str(self.team.currentData() or ""), language=str(self.language.currentData() or "")
        )
        self._read()

    def _on_reach(self) -> None:
        also = self.reach.addresses
        agreed = self.reach.outside_ok and also == self._wish.also
        self._wish = replace(self._wish, ways=self.reach.ways, also=also, outside_ok=agreed)
        self._read()

    def _on_names(self) -> None:
        self._named = not self._named
        if self._before is not None:
            self._fill_side(self._before)

    def _read(self) -> None:
        takeaway, note, wish, review = self._takeaway, self._note, self._wish, self._review
        if takeaway is None:
            return
        self._before = None
        self.go.setEnabled(False)
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._frame.tasks.read(
            lambda house, _ticket: look_before(house, takeaway, note, wish, review=review), self._show, owner=self
        )

    def _show(self, before: Before) -> None:
        self._before, self._wish = before, before.wish
        self._fill_article(before)
        self._fill_side(before)
        why = obstacle(before)
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self.go.setEnabled(not why)
        self.go.setAccessibleDescription(why)

    def _fill_article(self, before: Before) -> None:
        self.article.begin()
        reader, takeaway = before.reader, before.takeaway
        if not reader.may_read:
            who = before.wish.team or t("this team")
            said = t("Nobody in {team} can read it: it is {audience}.", team=who, audience=say(takeaway.audience))
            self.article.add(PlainLabel(said, "warning"))
        else:
            with speaking(reader.parcel.language):
                day = day_month(reader.parcel.heard_on) if reader.parcel.heard_on else ""
                where = origin(takeaway, reader.parcel.author, say(takeaway.audience), day)
                shown = Article(takeaway, where, reader.parcel.team, panel=28)
                if takeaway.correction:
                    shown.add(PlainLabel(_corrected(before), "soft"), 4)
                if takeaway.question:
                    shown.add(divider(), 4)
                    shown.add(PlainLabel(takeaway.question, "strong"))
            self.article.add(shown)
        self.article.end()

    def _fill_side(self, before: Before) -> None:
        self.side.begin()
        self.side.add(PlainLabel(t("When it goes out"), "section"))
        self.side.add(PlainLabel(self._going(before) or t("At once, for nobody but you.")))
        self.reach.fill(self.side, before, named=self._named)
        self.side.end()

    def _on_publish(self) -> None:
        if self._before is not None and not obstacle(self._before):
            self._publish(self._before)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(0)
        reader = QVBoxLayout()
        reader.setSpacing(0)
        top = chooser(self.team, self.language)
        top.setContentsMargins(36, 20, 12, 0)
        reader.addWidget(top)
        reader.addWidget(self.article, 1)
        line.addLayout(reader, 6)
        line.addWidget(self.side, 5)
        bar = Flow([self.go, self.back], spacing=8)
        foot = QVBoxLayout()
        foot.setContentsMargins(36, 10, 24, 16)
        foot.setSpacing(6)
        foot.addWidget(self.why)
        foot.addWidget(bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line, 1)
        column.addWidget(divider())
        column.addLayout(foot)


def _corrected(before: Before) -> str:
    """As a reader has it on the day it goes out."""
    said = " ".join(before.takeaway.correction.split())
    return t("Corrected on {day}: {correction}", day=full_day(before.today), correction=said)


def chooser(team: QComboBox, language: QComboBox) -> QWidget:
    """As a reader in [Finance] [in their language]."""
    lead = QLabel(t("As a reader in"))
    lead.setProperty("tone", "strong")
    for combo in (team, language):
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(12)
    return Flow([lead, team, language], spacing=8)
