"""Pictures of every page of a profile: `python -m companion.desktop.shots HOME FOLDER`."""

import os
import sys
from pathlib import Path

from companion.desktop.main import run


def main(arguments: list[str]) -> int:
    """The command: a home and a folder."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # pictures need no screen
    home, folder = arguments
    return run(Path(home), shots=Path(folder))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
