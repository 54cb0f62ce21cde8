"""What a trial found: the counts, and each meeting with its day, calendar and why."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.desktop.widgets.buttons import Act, button
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel
from companion.programme.trial import Case, Trial
from companion.words.dates import short_day
from companion.words.language import t
from companion.words.problems import sentence
from companion.words.recognition import explain
from companion.words.rules import found, stands

FEW = 6  # of each list, before all are asked for


class Results(QWidget):
    """Nothing before the first trial; then what the last one found, and whether the rules changed since."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._stale: PlainLabel | None = None
        self._content: QWidget | None = None
        self.hide()

    def clear(self) -> None:
        """Forget what was found, titles and all."""
        self._stale = None
        self._put(None)

    def show_stale(self, *, stale: bool) -> None:
        """Say whether the rules changed since the trial."""
        if self._stale is not None:
            self._stale.setVisible(stale)

    def show_nothing_to_try(self, act: Act) -> None:
        """There is no calendar yet."""
        self._stale = None
        said = t("No calendar is connected yet, so there is nothing to try the rules on.")
        self._put(Empty(said, t("Calendars"), act))

    def show_trial(self, trial: Trial, *, whole: frozenset[str] = frozenset()) -> None:
        """Show a trial; lists named in `whole` without a cut."""
        card = Card(margin=18, spacing=6)
        card.add(PlainLabel(found(trial) if trial.read else t("No calendar could be read."), "strong"))
        stale = PlainLabel(t("You changed the rules since; try them again."), "warning")
        stale.hide()
        card.add(stale)
        for name, problem in trial.problems:
            said = sentence(problem)
            card.add(PlainLabel(t("{name}: {sentence}", name=name, sentence=said) if name else said, "warning"))
        for key, title, cases in (
            ("caught", t("Caught"), trial.caught),
            ("lost", t("Lost"), trial.lost),
            ("moved", t("For another customer"), trial.moved),
            ("standing", t("Judged otherwise, but people's word stands"), trial.standing),
        ):
            if cases:
                self._list(card, key, f"{title} · {len(cases)}", cases, trial, whole)
        if trial.lost:
            card.add(PlainLabel(t("Past meetings that are on the list already stay there, marked as gone from the "
                                  "calendars."), "small"))  # fmt: skip
        self._put(card)
        self._stale = stale

    def _list(
        self, card: Card, key: str, title: str, cases: Sequence[Case], trial: Trial, whole: frozenset[str]
    ) -> None:
        card.column.addSpacing(8)
        card.add(PlainLabel(title, "section"))
        rows = RowList()
        for case in cases if key in whole else cases[:FEW]:
            rows.add(_row(case, trial))
        card.add(rows)
        if len(cases) > FEW and key not in whole:
            said = t("Show all {count}", count=len(cases))
            more = frozenset({*whole, key})
            card.add(button(said, lambda: self.show_trial(trial, whole=more), says=f"{said}, {title}"))

    def _put(self, content: QWidget | None) -> None:
        old, self._content = self._content, content
        self.setVisible(content is not None)
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        if content is not None:
            self._column.addWidget(content)
            content.show()


def _row(case: Case, trial: Trial) -> Row:
    day = short_day(day_of(case.start, "UTC" if case.all_day else trial.zone), trial.window.last)
    about = " · ".join(part for part in (day, case.customer, case.account) if part)
    then, now = _why(case, trial)
    box = QWidget()
    lines = QVBoxLayout(box)
    lines.setContentsMargins(0, 2, 0, 2)
    lines.setSpacing(1)
    lines.addWidget(PlainLabel(case.title or t("Without a title")))
    lines.addWidget(PlainLabel(about, "small"))
    said = [part for part in (stands(case.stands) if case.stands else "", then) if part]
    for part in said:
        lines.addWidget(PlainLabel(part, "soft"))
    if now:
        lines.addWidget(PlainLabel(now, "small"))
    return Row(", ".join([case.title, about, *said, now]), box)


def _why(case: Case, trial: Trial) -> tuple[str, str]:
    """Why it would be so, and why it is otherwise today."""
    names = trial.names
    then = explain(case.after, names.get(case.after.customer_id, ""), trial.needed_then) if case.after else ""
    today = explain(case.before, names.get(case.before.customer_id, ""), trial.needed_now) if case.before else ""
    return then, t("Today: {sentence}", sentence=today) if today else ""
