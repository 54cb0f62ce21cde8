"""Pictures of every page, light and dark, small and large."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from companion.desktop.look import Look
from companion.desktop.tasks import Tasks
from companion.desktop.window import Window
from companion.programme import listening
from companion.programme.model import House

SIZES = ((1024, 600), (1440, 900))
LOOKS = ("light", "dark")
PAUSE = 40  # milliseconds between two looks whether a page is at rest
AT_REST = 3  # that often in a row


class Pictures(QObject):
    """Walks the pages; each picture is taken once nothing runs any more."""

    def __init__(self, window: Window, look: Look, tasks: Tasks, folder: Path, done: Callable[[], None]) -> None:
        super().__init__()
        self._window = window
        self._look = look
        self._tasks = tasks
        self._folder = folder
        self._done = done
        self._todo: list[tuple[str, str, str, tuple[int, int]]] = []
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
        self._todo = [(key, item, look, size) for look in LOOKS for size in SIZES for key, item in pages]
        self._next()

    def _next(self) -> None:
        if not self._todo:
            self._timer.stop()
            self._done()
            return
        key, item, look, size = self._todo.pop(0)
        self._look.choose(look)
        self._window.resize(*size)
        self._window.show_page(key, item)
        self._name = f"{key}-{look}-{size[0]}.png"
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
            self._window.grab().save(str(self._folder / self._name))
            self._next()


def _pages(house: House) -> list[tuple[str, str]]:
    pages = [("home", ""), ("meetings", ""), ("read", ""), ("customers", ""), ("board", ""), ("settings", "")]
    notes = listening.all_of(house)
    if notes:
        pages += [("listen", notes[0].id), ("takeaway", notes[0].id)]
    return pages
