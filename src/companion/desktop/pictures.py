"""Pictures of every page, light and dark, small and large."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QImage

from companion.basics.errors import Problem
from companion.desktop.look import Look
from companion.desktop.tasks import Tasks
from companion.desktop.window import Window
from companion.programme import listening, preparing
from companion.programme.model import House

SIZES = ((1024, 600), (1440, 900))
LOOKS = ("light", "dark")
DOCS_SIZE = (1240, 780)  # of the pictures in the documentation
PAUSE = 40  # milliseconds between two looks whether a page is at rest
AT_REST = 3  # that often in a row


@dataclass(frozen=True)
class Picture:
    """One picture to take."""

    page: str
    item: str
    look: str
    size: tuple[int, int]
    name: str


class Pictures(QObject):
    """Walks the pages; each picture is taken once nothing runs any more."""

    def __init__(
        self, window: Window, look: Look, tasks: Tasks, folder: Path, done: Callable[[], None], *, docs: bool = False
    ) -> None:
        super().__init__()
        self._window = window
        self._look = look
        self._tasks = tasks
        self._folder = folder
        self._done = done
        self._docs = docs
        self._todo: list[Picture] = []
        self._name = ""
        self._still = 0
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._on_look)

    def begin(self, fresh: bool) -> None:
        """Find out which pages there are to show, then go."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if fresh:
            self._plan([("first", "")])
        else:
            self._tasks.read(lambda house, _ticket: _pages(house), self._plan)

    def _plan(self, pages: list[tuple[str, str]]) -> None:
        if self._docs:
            self._todo = [Picture(key, item, "light", DOCS_SIZE, key) for key, item in pages]
            self._todo += [Picture(key, item, "dark", DOCS_SIZE, f"{key}-dark") for key, item in pages if key == "home"]
        else:
            self._todo = [
                Picture(key, item, look, size, f"{key}-{look}-{size[0]}")
                for look in LOOKS
                for size in SIZES
                for key, item in pages
            ]
        self._next()

    def _next(self) -> None:
        if not self._todo:
            self._timer.stop()
            self._done()
            return
        picture = self._todo.pop(0)
        self._look.choose(picture.look)
        self._window.resize(*picture.size)
        self._window.show_page(picture.page, picture.item)
        self._name = f"{picture.name}.png"
        self._still = 0
        self._timer.start()

    @Slot()
    def _on_look(self) -> None:
        self._still = self._still + 1 if self._tasks.busy == 0 else 0
        if self._still >= AT_REST:
            self._timer.stop()
            self._window.messages.hide()
            focus = self._window.focusWidget()
            if focus is not None:
                focus.clearFocus()
            image = self._window.grab().toImage()
            if self._docs:
                image = few_colours(image)
            image.save(str(self._folder / self._name))
            self._next()


def few_colours(image: QImage) -> QImage:
    """The picture in 256 of its own colours, the frequent and one of each rare kind: a third of the size."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("I")).most_common()
    frequent = [colour for colour, _count in counted[:128]]
    kinds: dict[int, int] = {}
    for colour, _count in counted[128:]:
        kinds.setdefault(colour & 0xE0E0E0, colour)
    return plain.convertToFormat(QImage.Format.Format_Indexed8, [*frequent, *kinds.values()][:256])


def _pages(house: House) -> list[tuple[str, str]]:
    pages = [("home", ""), ("meetings", ""), ("read", ""), ("customers", ""), ("board", ""), ("settings", "")]
    pages.append(("calendars", ""))
    pages += [("plan", ""), ("programme", ""), ("weekly", ""), ("audit", ""), ("report", ""), ("held", "")]
    pages += [("rules", ""), ("outbox", ""), ("answers", ""), ("card", ""), ("report", ""), ("held", "")]
    notes = listening.all_of(house)
    if notes:
        pages += [("listen", notes[0].id), ("takeaway", notes[0].id)]
    try:
        brief = preparing.brief_for(house, preparing.mine_next(house))
    except Problem:  # nobody works here yet, or nothing is ahead
        return pages
    pages += [("brief", brief.meeting_id), ("customer", brief.customer_id)]
    return [*pages, ("search", ""), ("time", ""), ("templates", "")]
