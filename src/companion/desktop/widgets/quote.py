"""What a customer said, in their words: the largest thing on a page after its title."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from companion.desktop.widgets.text import PlainLabel, Reading
from companion.words.language import t


class Quote(QFrame):
    """A quotation and who said it, by role, never by name."""

    def __init__(self, text: str, who: str = "", *, framed: bool = True) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(0)
        if framed:
            self.setProperty("part", "quote")
            column.setContentsMargins(18, 12, 16, 12)
        else:
            column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Reading(quoted(text), tone="quote"))
        if who:
            column.addWidget(PlainLabel(who, "small"))
        self.setAccessibleName(f"{quoted(text)} {who}".strip())


def quoted(text: str) -> str:
    """The text within the language's quotation marks, unless it brings some."""
    bare = text.strip()
    return bare if bare[:1] in '“”„«‚‘"' else t("“{text}”", text=bare)
