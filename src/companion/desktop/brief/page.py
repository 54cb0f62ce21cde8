"""The brief of one meeting: what is read, what is kept of what I write, and how it leaves the window."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.clock import Clock, day_of, now
from companion.basics.errors import Problem
from companion.basics.paths import write_whole
from companion.briefs.assemble import expecting
from companion.briefs.model import Brief
from companion.briefs.model import Page as Pages
from companion.briefs.outline import Outline, outline
from companion.desktop.brief.printing import print_paper
from companion.desktop.brief.view import WIDE, BriefView
from companion.desktop.frame import Frame, Page
from companion.desktop.widgets.buttons import button, menu_button
from companion.desktop.widgets.column import header
from companion.desktop.widgets.text import PlainLabel
from companion.programme import preparing
from companion.programme.model import House
from companion.words.dates import clock_time, day_month
from companion.words.language import t
from companion.words.problems import sentence

SOON = 300  # milliseconds from a key to its saving
AGAIN = 2000  # milliseconds until a failed saving is tried again


@dataclass(frozen=True)
class Opened:
    """A brief, and where it cannot be made, why."""

    brief: Brief | None
    told: Outline | None
    problem: Problem | None = None
    away: bool = False  # the brief is the one that was kept


def open_brief(house: House, meeting: str) -> Opened:
    """My brief for a meeting, made now or as it was kept."""
    try:
        brief = preparing.brief_for(house, meeting)
    except Problem as problem:
        return Opened(None, None, problem)
    try:
        with house.workspace(write=False) as tx:
            tx.programme.get()
    except Problem:
        return Opened(brief, outline(brief), away=True)
    return Opened(brief, outline(brief))


def as_of(brief: Brief, today: date) -> str:
    """Until when a kept brief knows what happened; with its day where that is not today."""
    made, time = day_of(brief.made, brief.zone), clock_time(brief.made, brief.zone)
    if made == today:
        return t("As of {time}: the workspace is away.", time=time)
    return t("As of {day}, {time}: the workspace is away.", day=day_month(made, today), time=time)


class BriefPage(Page):
    """One page to read in five minutes; one line on it is mine."""

    def __init__(self, frame: Frame, clock: Clock = now) -> None:
        super().__init__(frame)
        self._clock = clock
        self._meeting = ""
        self._brief: Brief | None = None
        self._dirty = False
        self._stored: dict[str, str] = {}  # by meeting, what the field began from
        self._saving = 0
        self._failed: dict[str, str] = {}  # by meeting, what could not be saved yet
        self.title = PlainLabel("", "title")
        self.about = PlainLabel("", "soft")
        self.state = PlainLabel("", "small")
        self.nothing = PlainLabel("", "soft")
        self.nothing.hide()
        self.view = BriefView(self._on_expect, frame.look.px(WIDE))
        keep = [
            (t("PDF…"), lambda: self._save("pdf")), (t("Web page…"), lambda: self._save("html")),
            (t("Markdown…"), lambda: self._save("md")), (t("Copy the text"), self._copy),
        ]  # fmt: skip
        self.join = button(t("Join"), self._join, says=t("Join the meeting"))
        self.verbs: list[QWidget] = [
            button(t("Listen"), self._listen, filled=True), self.join, button(t("Print…"), self._print),
            menu_button(t("Save or copy"), keep), button(t("Customer"), self._customer),
        ]  # fmt: skip
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.flush)
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 24, 36, 0)
        column.setSpacing(10)
        column.addWidget(header(self.title, *self.verbs, below=[self.about, self.state]))
        column.addWidget(self.nothing)
        column.addWidget(self.view, 1)

    def reload(self) -> None:
        """Make the brief again."""
        meeting = self._meeting
        if meeting:
            self.read(lambda house, _ticket: open_brief(house, meeting), self._show)

    def arrive(self, item: str) -> None:
        """Show the brief of a meeting."""
        if item and item != self._meeting:
            self.flush()
            self._meeting, self._brief, self._shown = item, None, None
            self.view.show_expected("")
        self.reload()

    def leave(self) -> None:
        """Save at once."""
        self.flush()

    def flush(self) -> None:
        """Save what I expect, where it differs."""
        self._soon.stop()
        if self._dirty:
            self._dirty = False
            self._keep(self._meeting, self.view.expecting.toPlainText().strip())
        for meeting, text in self._failed.items():
            self._keep(meeting, text)
        self._failed.clear()

    def _keep(self, meeting: str, text: str) -> None:
        stored = self._stored
        self._saving += 1

        def write(house: House, _ticket: object) -> None:
            # Saved one after another in the stores' thread: each begins from what the one before it left.
            preparing.expect(house, meeting, text, stored.get(meeting))
            stored[meeting] = " ".join(text.split())

        def kept(_nothing: object) -> None:
            self._saving -= 1
            if not self._dirty and meeting == self._meeting:
                self._say(t("Saved on this computer"))

        def failed(problem: Problem) -> None:
            self._saving -= 1
            self._failed.setdefault(meeting, text)  # what was typed since is newer
            self.frame.say(sentence(problem, "window"), "bad")
            self._soon.start(AGAIN)

        self.frame.tasks.write(write, kept, failed=failed, owner=self)

    def _show(self, opened: Opened) -> None:
        brief = self._brief = opened.brief
        for verb in self.verbs:
            verb.setVisible(brief is not None)
        self.view.setVisible(brief is not None)
        self.nothing.setVisible(brief is None)
        if brief is None or opened.told is None:
            self.title.setText(t("Brief"))
            self.about.setText("")
            self._say("")
            self.nothing.setText(sentence(opened.problem, "window") if opened.problem else "")
            return
        self.title.setText(brief.customer)
        self.about.setText(brief.title)
        self.join.setVisible(bool(brief.link))
        self._say(as_of(brief, day_of(self._clock(), brief.zone)) if opened.away else "")
        if not (self._dirty or self._saving or self._failed):  # what is being written is mine
            self._stored[brief.meeting_id] = brief.expected
            self.view.show_expected(brief.expected)
        self.view.show_outline(opened.told, begun=brief.start <= self._clock())

    def _on_expect(self) -> None:
        self._dirty = True
        if not self._soon.isActive():
            self._soon.start(SOON)

    def _say(self, text: str) -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))

    def _listen(self) -> None:
        self.frame.go("listen", self._meeting)

    def _join(self) -> None:
        if self._brief is not None:
            self.frame.follow(self._brief.link)

    def _customer(self) -> None:
        if self._brief is not None:
            self.frame.go("customer", self._brief.customer_id)

    def _rendered(self, done: Callable[[Pages], None]) -> None:
        """The page in its forms, with what I expect as it stands in the field."""
        brief = self._brief
        self.flush()
        if brief is not None:
            mine = expecting(brief, self.view.expecting.toPlainText())
            self.frame.tasks.fetch(lambda house, _ticket: house.render_brief(mine, mine.language), done)

    def _copy(self) -> None:
        def copy(page: Pages) -> None:
            QGuiApplication.clipboard().setText(page.text)
            self.frame.say(t("Copied."))

        self._rendered(copy)

    def _print(self) -> None:
        self._rendered(lambda page: print_paper(self, page.paper))

    def _save(self, kind: str) -> None:
        brief = self._brief
        if brief is None:
            return
        name = t("Brief {customer} {day}", customer=brief.customer, day=f"{brief.start:%Y-%m-%d}")
        for sign in '/\\:*?"<>|':
            name = name.replace(sign, "-")

        def write(path: Path) -> None:
            self._rendered(lambda page: self._write(page, kind, path))

        self.frame.ask.save_file(t("Save the brief"), f"{name}.{kind}", write)

    def _write(self, page: Pages, kind: str, path: Path) -> None:
        def made(house: House, _ticket: object) -> None:
            texts = {"html": page.html, "md": page.markdown}
            write_whole(path, house.render_pdf(page.paper) if kind == "pdf" else texts[kind].encode())

        self.frame.tasks.fetch(made, lambda _n: self.frame.say(t("Written to {path}.", path=str(path))))
