"""The two minutes for a team meeting: large enough to read out, and on paper where that is liked."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from companion.basics.changes import Changes
from companion.basics.clock import read_day
from companion.desktop.ask import Field
from companion.desktop.frame import Frame
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.text import PlainLabel
from companion.programme import publishing
from companion.programme.parcels import parcel_of
from companion.takeaways.model import Takeaway
from companion.takeaways.spoken import minutes, spoken
from companion.words.language import t, tn

SIZES = (18, 22, 28, 36)  # pixels at 100 %
ROOMS = Changes.TAKEAWAYS | Changes.NOTES | Changes.ATTENDANCE


class SpokenText(QWidget):
    """A text in large letters, with larger and smaller; the arrow keys scroll it."""

    def __init__(self, frame: Frame, text: str) -> None:
        super().__init__()
        self._frame = frame
        self._size = 1
        self.text = QTextEdit()
        self.text.setReadOnly(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(t("What you can read out"))
        self.text.setPlainText(text)
        about = max(1, round(minutes(text)))
        said = tn("about {count} minute to say", "about {count} minutes to say", about)
        self.smaller = button("A−", lambda: self._resize(-1), says=t("Smaller letters"))
        self.larger = button("A+", lambda: self._resize(1), says=t("Larger letters"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(PlainLabel(said, "small"), 1)
        for one in (self.smaller, self.larger, button(t("Copy"), self._copy, says=t("Copy what you can read out"))):
            line.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.text, 1)
        self.text.setMinimumHeight(frame.look.px(240))
        self._resize(0)

    def _resize(self, step: int) -> None:
        self._size = min(len(SIZES) - 1, max(0, self._size + step))
        font = QFont(self.text.font())
        font.setPixelSize(self._frame.look.px(SIZES[self._size]))
        self.text.document().setDefaultFont(font)
        self.smaller.setEnabled(self._size > 0)
        self.larger.setEnabled(self._size < len(SIZES) - 1)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._frame.say(t("Copied."))


def tell_in_meeting(frame: Frame, takeaway: Takeaway, note_id: str, today: str) -> None:
    """Show what can be read out; then ask for the day, the headline and the quote, and note it as told."""

    def show(text: str) -> None:
        frame.ask.show(t("Tell it in two minutes"), SpokenText(frame, text), t("I told it…"), ask)

    def ask() -> None:
        frame.ask.form(
            t("When did you tell your team?"), t("A day, a headline and one quote complete your seat."),
            [
                Field("day", t("On which day"), start=today, hint="2026-11-21"),
                Field("headline", t("Headline"), start=takeaway.headline),
                *([] if takeaway.quote.strip() else [Field("quote", t("One quote"))]),
            ],
            t("I told it"), told,
        )  # fmt: skip

    def told(got: dict[str, str]) -> None:
        quote = takeaway.quote.strip() or got.get("quote", "")
        frame.tasks.write(
            lambda house, _ticket: publishing.tell(house, note_id, read_day(got["day"]), got["headline"], quote),
            lambda _made: frame.say(t("Noted as told. Your seat is complete.")),
            rooms=ROOMS,
        )

    frame.tasks.read(lambda house, _ticket: spoken(parcel_of(house, takeaway)), show)
