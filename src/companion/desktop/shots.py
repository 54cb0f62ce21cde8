"""Pictures of every page of a profile: `python -m companion.desktop.shots [--docs] HOME FOLDER`.

With `--docs` they are those of the documentation: one size, few colours, and the first screen of a fresh profile.
"""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from companion.desktop.main import run


def main(arguments: list[str]) -> int:
    """The command: perhaps --docs, a home and a folder."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # pictures need no screen
    docs = "--docs" in arguments
    home, folder = (Path(argument) for argument in arguments if argument != "--docs")
    code = run(home, shots=folder, docs=docs)
    if docs and code == 0:
        with TemporaryDirectory() as fresh:
            code = run(Path(fresh), shots=folder, docs=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
