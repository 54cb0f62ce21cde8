"""The guide's pictures of signing in can be made again."""

import os
import re
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent.parent
GUIDE = TESTS.parent / "docs" / "guide.md"


def test_every_picture_of_the_chapter_is_made(tmp_path: Path) -> None:
    chapter = GUIDE.read_text("utf-8").partition("### Signing in with Microsoft")[2].partition("\n### ")[0]
    wanted = re.findall(r"screenshots/([\w-]+\.png)", chapter)
    assert len(wanted) > 4
    ran = subprocess.run(
        [sys.executable, "-m", "desktop.microsoft_pictures", "--docs", str(tmp_path)],
        cwd=TESTS,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "COMPANION_POLICY": str(tmp_path / "none.json")},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert ran.returncode == 0, ran.stderr
    assert set(wanted) <= {path.name for path in tmp_path.iterdir()}
