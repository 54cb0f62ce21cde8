"""Board decides the period, whose figures are explained, and where the table goes."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from companion.attendance.board import Row, Sums
from companion.attendance.days import meeting_day
from companion.desktop.board.facts import BoardView, read_board, write_board
from companion.desktop.board.table import BoardTable, Line
from companion.desktop.frame import OPEN_SEATS, TO_DECIDE, Frame, Page
from companion.desktop.widgets.buttons import button, link, menu_button
from companion.desktop.widgets.column import header
from companion.desktop.widgets.text import PlainLabel
from companion.meetings.model import Meeting
from companion.words import joined
from companion.words.attendance import directors, flag, why
from companion.words.dates import short_day
from companion.words.language import t, tn

TONES = {"done": "good", "needs_seat": "warning", "waiting": "warning", "cannot_reach": "bad"}


class BoardPage(Page):
    """Who has heard, who is coming, what is needed, and why."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._span = ""
        self._view: BoardView | None = None
        self.title = PlainLabel(t("Board"), "title")
        self.sentence = PlainLabel("")
        self.waiting = link("", lambda: frame.go("meetings", TO_DECIDE))
        self.table = BoardTable(frame.look)
        self.why = PlainLabel("", "soft")
        self.foot = PlainLabel("", "small")
        self.table.selectionModel().selectionChanged.connect(self._on_chosen)
        period = menu_button(
            t("Period"),
            [
                (t("Calendar year"), lambda: self._choose("")),
                (t("Last year"), lambda: self._choose("last")),
                (t("The last twelve months"), lambda: self._choose("rolling")),
            ],
            says=t("Which period"),
        )
        seats = button(t("Open seats"), lambda: frame.go("meetings", OPEN_SEATS))
        top = header(self.title, period, button(t("Export…"), self._export), seats)
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 24, 36, 20)
        column.setSpacing(8)
        for widget in (top, self.sentence, self.waiting, self.table, self.why, self.foot):
            column.addWidget(widget, 1 if widget is self.table else 0)

    def reload(self) -> None:
        """Read the board again."""
        span = self._span
        self.read(lambda house, _ticket: read_board(house, span), self._show)

    def _choose(self, span: str) -> None:
        this_year = self._view.board.as_of.year if self._view else 0
        self._span = str(this_year - 1) if span == "last" and this_year else span
        self.reload()

    def _show(self, view: BoardView) -> None:
        self._view = view
        period = view.board.period
        label = t("the last twelve months") if period.label == "rolling" else period.label
        self.title.setText(t("Board, {period}", period=label))
        self.sentence.setText(directors(view.board.facts))
        self.table.show_lines(lines_of(view))
        self.waiting.setVisible(view.waiting > 0)
        self.waiting.setText(joined.waiting(view.waiting))
        self.waiting.setAccessibleName(self.waiting.text())
        parts = []
        if view.board.unknown_count:
            parts.append(
                tn(
                    "{count} past seat has no record and counts for nobody.",
                    "{count} past seats have no record and count for nobody.",
                    view.board.unknown_count,
                )
            )
        if view.hidden:
            parts.append(joined.hidden(view.hidden))
        parts.append(t("Counts, not a ranking."))
        if view.agreement:
            parts.append(t("Names are shown under {agreement}.", agreement=view.agreement))
        elif not view.names:
            parts.append(t("Names stand here once the agreement behind them is recorded in Settings."))
        self.foot.setText(" ".join(parts))
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        view = self._view
        chosen = self.table.current
        row = next((row for row in view.board.rows if row.person.id == chosen), None) if view and view.names else None
        if row is None or view is None:
            self.why.setText(t("Choose a row to see why it says so.") if view and view.board.rows else "")
            return
        said = " ".join(why(reason.code, reason.facts, view.customers) for reason in row.standing.why)
        self.why.setText(f"{row.person.name}: {said}")

    def _export(self) -> None:
        span = self._span

        def write(path: Path) -> None:
            self.frame.tasks.write(
                lambda house, _ticket: write_board(house, span, path),
                lambda made: self.frame.say(t("Written to {path}.", path=str(made))),
            )

        self.frame.ask.save_file(t("Export the board"), "board.xlsx", write)


def lines_of(view: BoardView) -> list[Line]:
    """The board's rows under their teams; sums of teams where names are not to be shown."""
    if not view.names:
        return [_team(sums) for sums in view.board.teams]
    lines: list[Line] = []
    team = None
    for row in view.board.rows:
        if row.person.team != team:
            team = row.person.team
            lines.append(Line("", (team or t("Without a team"), "", "", "", "")))
        lines.append(_leader(row, view))
    return lines


def _team(sums: Sums) -> Line:
    heard = t("{heard} of {expected}", heard=sums.heard, expected=sums.expected)
    people = tn("{count} leader", "{count} leaders", sums.leaders)
    needed = tn("{count} seat", "{count} seats", sums.needs) if sums.needs else t("nothing")
    coming = tn("{count} coming", "{count} coming", sums.coming)
    return Line(f"team:{sums.team}", (f"{sums.team} ({people})", heard, "", coming, needed))


def _leader(row: Row, view: BoardView) -> Line:
    s = row.standing
    heard = t("{heard} of {expected}", heard=s.heard, expected=s.expected)
    last = _met(s.last, view.customers, view.zone) or t("not yet")
    coming = _met(s.next, view.customers, view.zone) or t("none")
    planned = min(s.coming, max(0, s.expected - s.heard))
    quiet = s.flag in ("on_track", "exempt")
    needed = t("nothing") if s.flag == "on_track" else flag(s.flag)
    soft = {2} | ({3} if not s.next else set()) | ({4} if quiet else set())
    return Line(
        row.person.id,
        (row.person.name, heard, last, coming, needed),
        (s.heard, planned, s.needs),
        TONES.get(s.flag, ""),
        frozenset(soft),
    )


def _met(meeting: Meeting | None, customers: Mapping[str, str], zone: str) -> str:
    if meeting is None:
        return ""
    name = customers.get(meeting.customer_id) or meeting.title
    return f"{short_day(meeting_day(meeting, zone))} · {name}"  # the day is seen where the name is cut
