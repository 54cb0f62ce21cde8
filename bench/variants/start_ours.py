"""Ours: the app's window on a profile, closed at its first paint or when the first page shows its rows."""

import sys
from pathlib import Path

from companion.desktop.main import run

home, until = Path(sys.argv[1]), sys.argv[2]
sys.exit(run(home, quit_after_paint=until == "paint", quit_after_rows=until == "rows"))
