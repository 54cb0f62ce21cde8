"""Labels. What others wrote is plain text: no mark-up of theirs is ever acted on."""

from html import escape
from typing import Any, Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontInfo, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from companion.words.language import t

Tone = Literal[
    "", "title", "first", "heading", "strong", "section", "soft", "small",
    "accent", "warning", "bad", "quote", "reading",
]  # fmt: skip

LINES: dict[Tone, int] = {"reading": 24, "quote": 26}  # pixels from line to line at 100 %


class PlainLabel(QLabel):
    """Plain text that wraps, or is cut with an ellipsis to one line and told whole by its tool tip."""

    def __init__(self, text: str = "", tone: Tone = "", *, elide: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", tone)
        self.setWordWrap(not elide)  # before the policy, which it sets
        self.setSizePolicy(_cut() if elide else _wrapping())
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        if self._elide:
            self.setAccessibleName(text)
        self._fit()

    def text(self) -> str:
        """The whole text, whatever of it fits."""
        return self._whole

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        if not self._elide:
            return super().sizeHint()
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._whole) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Narrower than the text: it wraps within words where it must, or is cut."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * 10), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Cut anew where the font changed."""
        super().changeEvent(event)
        if self._elide and event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        shown = self._whole
        if self._elide:
            shown = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, max(self.width(), 16))
            self.setToolTip(_tip(self._whole) if shown != self._whole else "")
        if shown != super().text():
            super().setText(shown)


class Sentence(QLabel):
    """A sentence of ours in which some facts stand out; every fact is escaped, whatever it holds."""

    def __init__(
        self, message: str, *, strong: tuple[str, ...] = (), tone: Tone = "", spacing: int = 0, **facts: Any
    ) -> None:
        super().__init__()
        safe = {key: _emphasis(value) if key in strong else escape(str(value)) for key, value in facts.items()}
        plain = t(message, **facts)
        template = escape(t(message), quote=False)
        body = template.format(**safe) if facts else template
        style = f' style="line-height:{spacing}%; margin:0"' if spacing else ""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setProperty("tone", tone)
        self.setText(f"<p{style}>{body}</p>")
        self.setWordWrap(True)
        self.setAccessibleName(plain)
        self.setSizePolicy(_wrapping())

    def minimumSizeHint(self) -> QSize:
        """Narrower than the sentence: it wraps."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * 16), hint.height())


def line_height(tone: Tone) -> int:
    """The line height of running text in pixels of this screen's text size."""
    return round(LINES.get(tone, 20) * QFontInfo(QGuiApplication.font()).pixelSize() / 14)


def paragraphs(text: str, lead: str = "", tone: Tone = "reading") -> str:
    """Rich text of paragraphs of foreign text, escaped, after a lead of ours in bold."""
    parts = [escape(part.strip()).replace("\n", "<br>") for part in text.split("\n\n") if part.strip()] or [""]
    if lead:
        parts[0] = f"<b>{escape(lead)}</b> {parts[0]}"
    style = f"line-height:{line_height(tone)}px; margin:0 0 8px 0"
    last = f"line-height:{line_height(tone)}px; margin:0"
    return "".join(f'<p style="{last if part is parts[-1] else style}">{part}</p>' for part in parts)


class Reading(QLabel):
    """Running text by others, at reading size and height, that can be selected with mouse or keyboard."""

    def __init__(self, text: str, lead: str = "", tone: Tone = "reading") -> None:
        super().__init__(paragraphs(text, lead, tone))
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setProperty("tone", tone)
        self.setWordWrap(True)
        self.setOpenExternalLinks(False)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(f"{lead} {text}".strip())
        self.setSizePolicy(_wrapping())

    def minimumSizeHint(self) -> QSize:
        """Narrower than the text: it wraps."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * 16), hint.height())


def _emphasis(value: object) -> str:
    return f"<b>{escape(str(value))}</b>"


def _tip(text: str) -> str:
    return f"<p>{escape(text)}</p>"  # a paragraph wraps; a bare text could be taken for mark-up


def _wrapping() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)  # the height is by the width
    policy.setHeightForWidth(True)
    return policy


def _cut() -> QSizePolicy:
    return QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
