"""Earlier versions of a note: when and why each was kept, what changed since, and bringing one back."""

from collections.abc import Callable, Iterator
from html import escape

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from companion.desktop.listen.diff import rich, spoken
from companion.desktop.tokens import Tokens
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.text import PlainLabel
from companion.notes.model import Note, Revision
from companion.notes.template import Template
from companion.notes.text import mark_name
from companion.words.dates import clock_time, short_day
from companion.words.language import t, tn

Pair = tuple[str, str, str]  # label, then, now


class Versions(QWidget):
    """The versions beside one another with what changed since the chosen one."""

    def __init__(
        self, note: Note, kept: tuple[Revision, ...], template: Template, zone: str, tokens: Tokens,
        bring_back: Callable[[Revision], None],
    ) -> None:  # fmt: skip
        super().__init__()
        self._note, self._kept, self._template, self._tokens = note, kept, template, tokens
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        line = QHBoxLayout()
        self.listed = QListWidget()
        self.listed.setAccessibleName(t("Earlier versions"))
        self.listed.setFixedWidth(240)
        self.listed.setWordWrap(True)
        for one in kept:
            day, at = short_day(one.at.date(), note.changed.date()), clock_time(one.at, zone)
            self.listed.addItem(f"{day}, {at}\n{why(one.why)}")
        line.addWidget(self.listed)
        self.told = QTextBrowser()
        self.told.setAccessibleName(t("What changed since"))
        self.told.setMinimumSize(420, 260)
        line.addWidget(self.told, 1)
        column.addLayout(line, 1)
        column.addWidget(PlainLabel(t("Underlined: written since. Struck out: taken out since."), "small"))
        column.addWidget(Flow([button(t("Bring it back"), lambda: bring_back(kept[self.listed.currentRow()]))]))
        self.listed.currentRowChanged.connect(self._show)
        self.listed.setCurrentRow(0)

    def _show(self, row: int) -> None:
        found = list(pairs(self._kept[row].note, self._note, self._template))
        self.told.setHtml(as_html(found, self._tokens))
        changed = [f"{label} {spoken(then, now)}" for label, then, now in found if then != now]
        self.told.setAccessibleDescription("; ".join(changed) or t("It is as it is now."))


def pairs(then: Note, now: Note, template: Template) -> Iterator[Pair]:
    """Each line and answer as it was and as it is."""
    before, after = {one.id: one for one in then.lines}, {one.id: one for one in now.lines}
    for line_id in dict.fromkeys((*after, *before)):
        old, new = before.get(line_id), after.get(line_id)
        sign = (new or old or then.lines[0]).mark
        label = f"{mark_name(sign)}: " if sign else ""
        yield label, old.text if old else "", new.text if new else ""
    asked = {one.key: one.text.get("en", one.key) for one in template.questions}
    for key in dict.fromkeys((*then.answers, *now.answers)):
        yield f"{asked.get(key, t('To yourself'))}: ", then.answers.get(key, ""), now.answers.get(key, "")


def as_html(found: list[Pair], tokens: Tokens) -> str:
    """What changed, with how much did not."""
    parts, same = [], 0
    for label, then, now in [*found, ("", "", "\0")]:
        if then == now:
            same += 1
            continue
        if same:
            said = tn("{count} line or answer as it was", "{count} lines and answers as they were", same)
            parts.append(f'<p style="color:{tokens.soft}">{escape(said)}</p>')
            same = 0
        if now != "\0":
            lead = f'<span style="color:{tokens.soft}">{escape(label)}</span>' if label else ""
            parts.append(f"<p>{lead}{rich(then, now, tokens)}</p>")
    return "".join(parts)


def why(code: str) -> str:
    """Why a version was kept, in words."""
    known = {
        "left": t("when you left it"), "before_back": t("before an earlier one was brought back"),
        "before_edit": t("before a command changed it"),
        "before_settling": t("before two texts became one"), "taken_in": t("before another computer's words came in"),
    }  # fmt: skip
    return known.get(code, t("kept"))
