"""Above the lines: two texts of one thing, a note that exists only here, a note that may go."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from companion.desktop.listen.diff import rich, spoken
from companion.desktop.tokens import Tokens
from companion.desktop.widgets.buttons import button, link
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.text import PlainLabel, Tone
from companion.notes.model import Conflict
from companion.words.language import t, tn


class Bar(Card):
    """A sentence, what belongs to it, and what can be done."""

    def __init__(self, sentence: str, tone: Tone, *below: QWidget) -> None:
        super().__init__(margin=16, spacing=6)
        self.setAccessibleName(sentence)
        for widget in (PlainLabel(sentence, tone), *below):
            self.add(widget)


def conflict_bar(
    conflict: Conflict, what: str, more: int, tokens: Tokens, settle: Callable[[Conflict, str], None]
) -> Bar:
    """Both texts, what differs between them, and which stays; `more`: how many wait behind it."""
    if conflict.other_from:
        said = t("This was also changed on {computer}.", computer=conflict.other_from)
    else:
        said = t("This line was also changed in another window.")
    if what:
        said = f"{what}: {said}"
    if more:
        said = tn("{said} One more waits behind it.", "{said} {count} more wait behind it.", more, said=said)
    differ = QLabel(rich(conflict.here, conflict.other, tokens))
    differ.setTextFormat(Qt.TextFormat.RichText)
    differ.setWordWrap(True)
    differ.setAccessibleName(spoken(conflict.here, conflict.other))
    both = f"{conflict.here}\n{conflict.other}"
    return Bar(
        said, "warning", _text(t("Here"), conflict.here), _text(t("The other"), conflict.other),
        PlainLabel(t("What differs: struck out stands only here, underlined only in the other."), "small"), differ,
        Flow([button(t("Keep this"), lambda: settle(conflict, conflict.here)),
              button(t("Keep the other"), lambda: settle(conflict, conflict.other)),
              button(t("Keep both"), lambda: settle(conflict, both))], spacing=8),
    )  # fmt: skip


def only_here_bar(settings: Callable[[], None], close: Callable[[], None]) -> Bar:
    """Said once: what is not copied is lost with the computer."""
    verbs = [button(t("Keep an encrypted copy…"), settings), link(t("Close"), close, says=t("Close this message"))]
    return Bar(t("This note exists only on this computer."), "", Flow(verbs, spacing=12))


def expires_bar(keep: Callable[[], None], delete: Callable[[], None]) -> Bar:
    """Ninety days after its takeaway went out a raw note is no longer needed."""
    said = t("Its takeaway went out 90 days ago. Raw notes are not kept longer than somebody needs them.")
    return Bar(said, "", Flow([button(t("Keep it"), keep), button(t("Delete it…"), delete)], spacing=8))


def _text(label: str, words: str) -> QWidget:
    whole = PlainLabel(f"{label}: {words}")
    whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return whole
