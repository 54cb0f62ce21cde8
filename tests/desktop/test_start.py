"""Starting: paint first, one window per profile, no screen, a house that cannot be built, a crash."""

import json
import os
import subprocess
import sys
import time

import pytest

from companion.basics.errors import Problem
from companion.basics.faults import account_of
from companion.desktop.crash import Crashes
from companion.desktop.display import check_display
from companion.desktop.instance import Instance, server_name

HEAVY = ("sqlalchemy", "alembic", "icalendar", "httpx", "keyring", "jinja2", "openpyxl", "companion.storage")


def python(code, *args, **environ):
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, args)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environ},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_the_frame_paints_before_anything_heavy_is_imported(tmp_path):
    code = (
        "import sys, json, pathlib\n"
        "from companion.desktop.main import run\n"
        "code = run(pathlib.Path(sys.argv[1]), quit_after_paint=True)\n"
        "print(json.dumps([code, sorted(sys.modules)]))"
    )
    ran = python(code, tmp_path / "home")
    assert ran.returncode == 0, ran.stderr
    code, modules = json.loads(ran.stdout.splitlines()[-1])
    assert code == 0
    assert [name for name in modules if name.startswith(HEAVY)] == []
    assert "PySide6.QtWidgets" in modules


def test_the_second_start_brings_the_first_to_the_front(tmp_path, qtbot):
    home = tmp_path / "home"
    home.mkdir()
    first = Instance(home)
    assert first.claim()
    first.listen()
    knocks = []
    first.knocked.connect(lambda: knocks.append(True))
    code = "import sys, pathlib\nfrom companion.desktop.main import run\nsys.exit(run(pathlib.Path(sys.argv[1])))"
    started = subprocess.Popen(
        [sys.executable, "-c", code, str(home)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    qtbot.waitUntil(lambda: started.poll() is not None, timeout=20_000)
    out = started.communicate()[0]
    assert started.returncode == 0
    assert "already open" in out
    assert "in front" in out
    qtbot.waitUntil(lambda: knocks == [True])
    first.release()
    again = Instance(home)
    assert again.claim()
    again.release()


def test_a_profile_whose_window_was_killed_can_be_opened(tmp_path):
    code = (
        "import sys, pathlib, os, signal\n"
        "from companion.desktop.instance import Instance\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "app = QCoreApplication([]); i = Instance(pathlib.Path(sys.argv[1])); assert i.claim(); i.listen()\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ran = python(code, tmp_path)
    assert ran.returncode == -9
    after = Instance(tmp_path)
    assert after.claim()
    after.listen()
    after.release()


def test_a_deep_folder_still_has_a_name_to_listen_at(tmp_path):
    assert len(server_name(tmp_path / ("x" * 200))) < 100


def test_no_screen_is_told_before_qt_gives_up(tmp_path):
    with pytest.raises(Problem) as told:
        check_display({})
    assert told.value.code == "no_display"
    with pytest.raises(Problem) as told:
        check_display({"DISPLAY": ":77"}, tmp_path)
    assert told.value.facts["display"] == ":77"
    check_display({"QT_QPA_PLATFORM": "offscreen"})
    check_display({"WAYLAND_DISPLAY": "wayland-0"})
    code = "import sys, pathlib\nfrom companion.desktop.main import run\nsys.exit(run(pathlib.Path(sys.argv[1])))"
    ran = python(code, tmp_path, QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert ran.returncode == 1
    assert "There is no screen" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_house_that_cannot_be_built_leaves_the_window_open_with_a_sentence(tmp_path):
    code = (
        "import sys, pathlib\n"
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from companion.basics.errors import Problem\n"
        "from companion.desktop import session\n"
        "from companion.desktop.main import run\n"
        "def build(home):\n"
        "    raise Problem('home_unusable', path='/x', reason='disk full')\n"
        "told = session.Session._on_no_house\n"
        "def heard(self, problem):\n"
        "    told(self, problem)\n"
        "    print(self.window.messages.sentence)\n"
        "    self.window.close()\n"
        "session.Session._on_no_house = heard\n"
        "sys.exit(run(pathlib.Path(sys.argv[1]), build=build, pages=()))"
    )
    ran = python(code, tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "The folder /x cannot be used (disk full)." in ran.stdout


def test_a_crash_goes_into_the_log_without_what_people_wrote(tmp_path, capsys):
    log = tmp_path / "companion.log"
    crashes = Crashes(log)
    told = []
    crashes.tell = lambda: told.append(True)
    for _ in range(2):
        try:
            raise ValueError("Anna is ill on Tuesday")
        except ValueError as error:
            crashes.take(error)
    text = log.read_text()
    assert "builtins.ValueError" in text
    assert "test_start.py" in text
    assert "Anna" not in text + capsys.readouterr().err
    assert told == [True]
    assert log.stat().st_mode & 0o777 == 0o600


def test_errors_of_code_keep_their_words():
    with pytest.raises(AttributeError) as raised:
        None.nothing
    assert "has no attribute 'nothing'" in account_of(raised.value)


def test_uncaught_errors_reach_the_log(tmp_path, monkeypatch, capsys):
    crashes = Crashes(tmp_path / "log")
    before = sys.excepthook
    crashes.install()
    try:
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("x"), None)
    finally:
        crashes.restore()
    assert sys.excepthook is before
    assert crashes.count == 1
    capsys.readouterr()


def test_the_first_paint_is_quick(tmp_path):
    """A loose bound that catches a heavy import by its time; the bench measures the ratio."""
    code = (
        "import sys, pathlib, time\n"
        "from companion.desktop.main import run\n"
        "run(pathlib.Path(sys.argv[1]), quit_after_paint=True)\n"
        "print(time.process_time())"
    )
    begun = time.monotonic()
    ran = python(code, tmp_path)
    assert float(ran.stdout.splitlines()[-1]) < 2.0
    assert time.monotonic() - begun < 30
