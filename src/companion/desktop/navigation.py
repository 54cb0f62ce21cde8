"""The list of pages at the left."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout

from companion.desktop.frame import PageInfo
from companion.desktop.widgets.text import PlainLabel
from companion.words.language import t, tn


class NavButton(QPushButton):
    """One entry: a title, and how many things wait there."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._title = title
        self.setProperty("part", "nav")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 12, 0)
        line.addStretch(1)
        self._count = PlainLabel()
        self._count.setProperty("part", "count")
        self._count.setWordWrap(False)
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line.addWidget(self._count)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show how many wait; nothing for none."""
        self._count.setText(str(count) if count else "")
        spoken = tn("{title}, {count} unread", "{title}, {count} unread", count, title=self._title)
        self.setAccessibleName(spoken if count else self._title)


class Whisper(QPushButton):
    """A sentence in small letters that can be pressed; it wraps between words and cuts a word wider than a line."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "whisper")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._sentence = ""
        self._words = PlainLabel("", "small")
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 4, 4, 4)
        line.addWidget(self._words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, sentence: str) -> None:
        """Show another sentence."""
        self._sentence = sentence
        self._cut()
        self.updateGeometry()

    def words(self) -> str:
        """The sentence that is said, whatever of it is shown."""
        return self._sentence

    def shown(self) -> str:
        """The sentence with every word cut that is wider than a line, as addresses are."""
        return self._words.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room, metrics = max(40, self.width() - 20), self._words.fontMetrics()
        cut = [metrics.elidedText(word, Qt.TextElideMode.ElideMiddle, room) for word in self._sentence.split(" ")]
        self._words.setText(" ".join(cut))

    def heightForWidth(self, width: int) -> int:
        """As high as its words at that width."""
        return max(28, self._words.heightForWidth(max(40, width - 16)) + 8)

    def sizeHint(self) -> QSize:
        """Room for its words at the width it has."""
        return QSize(super().sizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Narrower than its words: they wrap."""
        return QSize(40, 28)


class Navigation(QFrame):
    """Titles of pages, in the order of the role; the rest under More until it was used once."""

    def __init__(self, pages: Iterable[PageInfo], go: Callable[[str], None], calendars: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("part", "nav")
        self.setAccessibleName(t("Pages"))
        self._go = go
        self._pages = [page for page in pages if page.place not in ("hidden", "bare")]
        self._buttons: dict[str, NavButton] = {}
        self._counts: dict[str, int] = {}
        self._current = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 18, 12, 18)
        column.setSpacing(2)
        brand = PlainLabel(t("Companion"))
        brand.setProperty("part", "brand")
        brand.setContentsMargins(12, 0, 0, 8)
        column.addWidget(brand)
        self._upper = QVBoxLayout()
        self._upper.setSpacing(2)
        column.addLayout(self._upper)
        column.addStretch(1)
        self._lower = QVBoxLayout()
        self._lower.setSpacing(2)
        column.addLayout(self._lower)
        self._synced = Whisper()
        self._synced.clicked.connect(lambda _checked=False: calendars())
        column.addWidget(self._synced)
        self.say_synced("")
        self.arrange("leader", frozenset())

    @property
    def keys(self) -> list[str]:
        """The pages listed, in order."""
        return list(self._buttons)

    def arrange(self, role: str, used: frozenset[str]) -> None:
        """List the pages of a role and those that were used; the rest goes under More."""
        self._clear(self._upper)
        self._clear(self._lower)
        self._buttons = {}
        rest = []
        for page in self._pages:
            if page.place == "bottom":
                continue
            if page.place == "main" or (page.place == "ops" and role == "ops") or page.key in used:
                self._upper.addWidget(self._entry(page))
            else:
                rest.append(page)
        if rest:
            self._upper.addWidget(self._more(rest))
        for page in self._pages:
            if page.place == "bottom":
                self._lower.addWidget(self._entry(page))
        self.show_current(self._current)

    def show_current(self, key: str) -> None:
        """Mark a page as the one that is shown; no button group, for Tab would reach only its marked one."""
        self._current = key
        for name, entry in self._buttons.items():
            entry.setChecked(name == key)

    def show_count(self, key: str, count: int) -> None:
        """Show how many things wait on a page."""
        self._counts[key] = count
        if key in self._buttons:
            self._buttons[key].show_count(count)

    def say_synced(self, sentence: str, more: Sequence[str] = ()) -> None:
        """Say when the calendars were read, and `more` in the tool tip; pressing it shows how each of them stands."""
        self._synced.say(sentence)
        self._synced.setVisible(bool(sentence))
        self._synced.setAccessibleName(t("{sentence}. Show how the calendars stand", sentence=sentence))
        told = more if any(sentence in line for line in more) else [sentence, *more] if sentence else more
        self._synced.setToolTip("\n".join([*told, t("How the calendars stand (F5 reads them now)")]))

    def _entry(self, page: PageInfo) -> NavButton:
        entry = NavButton(t(page.title))
        entry.show_count(self._counts.get(page.key, 0))
        entry.clicked.connect(lambda _checked=False, key=page.key: self._go(key))
        self._buttons[page.key] = entry
        return entry

    def _more(self, pages: list[PageInfo]) -> QPushButton:
        more = QPushButton(t("More"))
        more.setProperty("part", "nav")
        more.setAccessibleName(t("More pages"))
        more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        more.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        menu = QMenu(more)
        for page in pages:
            menu.addAction(t(page.title)).triggered.connect(lambda _checked=False, key=page.key: self._go(key))
        # Not setMenu: Qt leaves the padding out of such a button, and the word would not stand below the others.
        more.clicked.connect(lambda: menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        return more

    def _clear(self, box: QVBoxLayout) -> None:
        while (item := box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
