"""The quotation of a takeaway: their exact words, or the same in the author's own, and said to be that."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from companion.desktop.takeaway.exact import ExactWords
from companion.desktop.takeaway.passages import Passages, passages
from companion.desktop.widgets.buttons import link
from companion.desktop.widgets.growing import GrowingEdit
from companion.desktop.widgets.text import PlainLabel
from companion.takeaways.model import Origin
from companion.takeaways.origins import unquoted
from companion.words.language import t


class Quotation(QWidget):
    """Their words where the note holds any; `changed` is called at every change."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__()
        self._changed = changed
        self._said: tuple[str, ...] = ()
        self._own = False
        self.which = QComboBox()
        self.which.setAccessibleName(t("Which of their sentences"))
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setMinimumContentsLength(12)
        self.which.activated.connect(self._on_which)
        self.exact = ExactWords()
        self.exact.changed.connect(changed)
        self.exact.put_own.connect(self._put_own)
        self.own = GrowingEdit(t("In my own words"), lines=2)
        self.own.textChanged.connect(changed)
        self.word = PlainLabel("", "small")
        self._back = link(t("Back to their exact words"), self._put_exact)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.which, self.exact, self.own, self.word, self._back):
            column.addWidget(widget)

    def show_quote(self, quote: str, origin: str, said: tuple[str, ...]) -> None:
        """Show a quotation; `said` are the exact words of the note, the first the likeliest."""
        quote = unquoted(quote)
        found = next((made for text in said if (made := passages(text, quote))), None) if quote else None
        if quote and origin == "verbatim" and found is None:
            said, found = (*said, quote), Passages(quote)  # of an earlier revision whose line is gone: it stays exact
        self._said = said
        self._own = not said or (found is None and bool(quote)) or origin in ("interpretation", "heard")
        self.blockSignals(True)
        self.own.blockSignals(True)
        self.own.setPlainText(quote if self._own else "")
        self.own.blockSignals(False)
        self.which.clear()
        self.which.addItems([f"“{text}”" for text in said])
        chosen = found or Passages(said[0]) if said else Passages("")
        self.which.setCurrentIndex(max(0, self.which.findText(f"“{chosen.text}”")))
        self.exact.show_passages(chosen)
        self.blockSignals(False)
        self._fit()

    @property
    def text(self) -> str:
        """The quotation as readers get it."""
        return self.own.toPlainText().strip() if self._own else self.exact.passages.shown

    @property
    def origin(self) -> Origin:
        """Where it comes from: exact words, or heard and put otherwise."""
        return "heard" if self._own else "verbatim"

    def first_field(self) -> QWidget:
        """What the keyboard goes to."""
        return self.own if self._own else self.exact.edit

    def _on_which(self, at: int) -> None:
        self.exact.show_passages(Passages(self._said[at]))
        self._changed()

    def _put_own(self) -> None:
        self._own = True
        if not self.own.toPlainText().strip():
            self.own.setPlainText(self.exact.passages.shown)
        self._fit()
        self.own.setFocus()
        self.own.selectAll()
        self._changed()

    def _put_exact(self) -> None:
        self._own = False
        self._fit()
        self.exact.edit.setFocus()
        self._changed()

    def _fit(self) -> None:
        self.which.setVisible(not self._own and len(self._said) > 1)
        self.exact.setVisible(not self._own)
        self.own.setVisible(self._own)
        self.word.setVisible(self._own)
        self._back.setVisible(self._own and bool(self._said))
        self.word.setText(
            t("Readers see it as your words: without quotation marks, marked “as heard”.")
            if self._said
            else t("Your note holds no exact words; a line marked q would. This is told as heard, in your words.")
        )
