"""What a trial found: the counts, and each meeting with its day, calendar and why."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.desktop.widgets.buttons import Act, button
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.rows import Row, RowList
from companion.desktop.widgets.text import PlainLabel
from companion.programme.trial import Case, Trial, in_series
from companion.words.dates import short_day
from companion.words.language import t, tn
from companion.words.problems import sentence
from companion.words.recognition import briefly, explain
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
        said = found(trial, whole=trial.whole) if trial.read else t("No calendar could be read.")
        card.add(PlainLabel(said, "strong"))
        stale = PlainLabel(t("You changed the rules since; try them again."), "warning")
        stale.hide()
        card.add(stale)
        for name, problem in trial.problems:
            said = sentence(problem, "look")
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
        rows, groups = RowList(), in_series(cases)
        for group in groups if key in whole else groups[:FEW]:
            rows.add(_row(group, trial))
        card.add(rows)
        if len(groups) > FEW and key not in whole:
            said = t("Show all {count}", count=len(groups))
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


def _row(group: Sequence[Case], trial: Trial) -> Row:
    case = group[-1]
    about = " · ".join(part for part in (_days(group, trial), case.customer, case.account) if part)
    then, now = _why(case, trial)
    box = QWidget()
    lines = QVBoxLayout(box)
    lines.setContentsMargins(0, 2, 0, 2)
    lines.setSpacing(1)
    lines.addWidget(PlainLabel(case.title or t("Without a title")))
    lines.addWidget(PlainLabel(about, "small"))
    said = " ".join(part for part in (then, stands(case.stands) if case.stands else "") if part)
    if said:
        lines.addWidget(PlainLabel(said, "soft"))
    if now:
        lines.addWidget(PlainLabel(now, "small"))
    return Row(", ".join(part for part in (case.title, about, said, now) if part), box)


def _days(group: Sequence[Case], trial: Trial) -> str:
    """The day, or how many from when to when."""
    days = [day_of(case.start, "UTC" if case.all_day else trial.zone) for case in (group[0], group[-1])]
    first, last = (short_day(day, trial.window.last) for day in days)
    if len(group) == 1:
        return first
    return tn("{count} time, {first} to {last}", "{count} times, {first} to {last}", len(group), first=first, last=last)


def _why(case: Case, trial: Trial) -> tuple[str, str]:
    """Why it would be so, and how it is today."""
    then = explain(case.after, trial.names.get(case.after.customer_id, ""), trial.needed_then) if case.after else ""
    today = briefly(case.before, trial.needed_now) if case.before else ""
    return then, t("Today · {sentence}", sentence=today) if today else ""
