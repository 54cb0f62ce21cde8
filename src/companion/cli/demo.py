"""demo."""

import argparse
import os
import sys
from pathlib import Path

from companion.cli.asking import Commands
from companion.cli.out import end_progress, progress, say
from companion.words.language import t


def add(commands: Commands) -> None:
    """The command of this file."""
    made: argparse.ArgumentParser = commands.add_parser("demo", help=t("the whole loop on the sample company"))
    made.set_defaults(run=_demo)
    made.add_argument("--no-window", action="store_true", help=t("do not open the window at the end"))
    made.add_argument("--fresh", action="store_true", help=t("start anew"))
    made.add_argument("--shots", metavar="DIR", help=t("leave pictures of the pages there"))


def demo_home(given: str | None) -> Path:
    """The demo's own home, unless one is given."""
    if given:
        return Path(given).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("companion-demo", appauthor=False))


def _demo(options: argparse.Namespace) -> int:
    from companion.sample.demo import Shown, run

    def then(shown: Shown) -> int:
        display = _has_display()
        if options.shots or not display:
            folder = Path(options.shots).absolute() if options.shots else shown.home / "shots"
            _shots(shown.home, folder)
            say(t("  pictures    {path}", path=folder))
        if not display or options.no_window:
            return 0
        from companion.desktop.main import run as open_window

        say(t("Opening the window. Close it to end."))
        return open_window(shown.home)

    return run(demo_home(options.home), _line, progress(), then, fresh=options.fresh)


def _line(text: str) -> None:
    end_progress()
    say(text)


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _shots(home: Path, folder: Path) -> None:
    """Pictures of every page, drawn by a process of its own: a window's platform is chosen once per process."""
    import subprocess

    command = [sys.executable, "-m", "companion.desktop.shots", str(home), str(folder)]
    subprocess.run(command, check=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})  # noqa: S603
