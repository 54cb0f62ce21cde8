"""Windows without a screen, and nothing left behind by any test."""

import os
import shutil

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt loads

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication

from companion.basics.changes import Changes
from companion.desktop.frame import Frame
from companion.desktop.look import Look
from companion.desktop.tasks import Inline, Tasks
from companion.programme.model import House
from companion.words.language import speak
from desktop import made
from desktop.answers import Answers


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen plugin says of every window with a smallest size that it does not mind it."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture(autouse=True)
def check_leaks(qapp: QApplication) -> Iterator[None]:
    """No top-level widget and no thread of ours outlives a test."""
    speak("en")
    before = set(threading.enumerate())
    yield
    speak("en")  # whatever the test spoke, the next one may be of another room
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    widgets = [widget for widget in QApplication.topLevelWidgets() if not widget.parent()]
    left = [f"{type(widget).__name__} {widget.accessibleName()!r}" for widget in widgets]
    for widget in widgets:
        widget.deleteLater()
    threads = [thread.name for thread in threading.enumerate() if thread not in before and thread.is_alive()]
    assert not left, f"widgets left: {left}"
    assert not threads, f"threads left: {threads}"


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    """A light look, and the application's own afterwards."""
    font = qapp.font()
    made = Look(qapp, "light")
    yield made
    made.choose("system")
    made.deleteLater()
    qapp.setStyleSheet("")
    qapp.setFont(font)


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    """Real threads, joined at the end."""
    made = Tasks()
    yield made
    made.shut_down()
    assert made.busy == 0
    made.deleteLater()


@pytest.fixture
def inline(qapp: QApplication) -> Iterator[Tasks]:
    """Work done at once; results still come by the queue."""
    made = Tasks(database=Inline(), network=Inline())
    yield made
    made.shut_down()
    made.deleteLater()


@pytest.fixture
def answers() -> Answers:
    """Answers to what a page asks."""
    return Answers()


@pytest.fixture
def state(tmp_path: Path) -> QSettings:
    """Where a window remembers itself."""
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with a small programme, to be copied."""
    home = tmp_path_factory.mktemp("made") / "home"
    made.lay_out(home)
    return home


@pytest.fixture
def house(laid_out: Path, tmp_path: Path) -> Iterator[House]:
    """A house of its own for each test."""
    home = tmp_path / "home"
    shutil.copytree(laid_out, home)
    built = made.build(home)
    yield built
    built.close()


class Told(Frame):
    """A frame that notes where pages went and what they said."""

    went: list[tuple[str, str]]
    said: list[str]


@pytest.fixture
def told(inline: Tasks, look: Look, answers: Answers, house: House) -> Iterator["Told"]:
    """A frame on the small programme, without threads."""
    went: list[tuple[str, str]] = []
    said: list[str] = []
    opened: list[str] = []
    frame = Told(
        tasks=inline,
        ask=answers,
        look=look,
        go=lambda key, item: went.append((key, item)),
        say=lambda sentence, tone="", label="", act=None: said.append(sentence),
        sync=lambda: None,
        restart=lambda reopen: said.append(f"restart {reopen}"),
        open_link=lambda link: opened.append(link) is None,
    )
    object.__setattr__(frame, "went", went)
    object.__setattr__(frame, "said", said)
    object.__setattr__(frame, "opened", opened)
    inline.open(lambda: house, lambda _house: None, lambda _problem: None)
    problems: list[object] = []
    inline.problem.connect(problems.append)
    crashes: list[object] = []
    inline.crash.connect(crashes.append)
    yield frame
    assert not problems, problems
    assert not crashes, crashes


@pytest.fixture
def changed(inline: Tasks) -> list[Changes]:
    """What the pages' work changed."""
    heard: list[Changes] = []
    inline.changed.connect(heard.append)
    return heard
