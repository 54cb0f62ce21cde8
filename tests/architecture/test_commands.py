"""The commands of the README: they are there, and they say in words what a machine lacks."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from architecture.tree import ROOT

TARGETS = ["setup", "run", "demo", "test", "check", "fix", "torture", "bench", "package", "lock", "help"]
debian = pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="the packages are Debian's")


def test_help_names_every_target() -> None:
    run = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert [target for target in TARGETS if f"make {target} " not in run.stdout] == []


def test_the_build_server_runs_the_same_commands() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert {"make check", "make test"} <= set(script.read_text("utf-8").splitlines())


def system(*arguments: str) -> subprocess.CompletedProcess[str]:
    """packaging/system.sh, as somebody who is not root."""
    script = (ROOT / "packaging" / "system.sh").read_text("utf-8")
    command = ["sh", "-s", "--", *arguments]
    user = "nobody" if os.geteuid() == 0 else None
    return subprocess.run(
        command, input=script, capture_output=True, text=True, check=False, user=user, group=None, cwd="/"
    )


def test_a_python_that_is_not_there_is_told() -> None:
    run = system("python-of-nowhere")
    assert run.returncode == 1
    assert "There is no Python called 'python-of-nowhere'" in run.stderr


@debian
def test_somebody_who_is_not_root_is_told_one_line() -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:  # not tmp_path, which only its maker may read
        listed.write("# a comment\nsurely-not-a-package|surely-not-another\nbase-files\n")
        listed.flush()
        Path(listed.name).chmod(0o644)
        run = system(shutil.which("python3", path="/usr/bin") or sys.executable, listed.name)
    assert run.returncode == 1
    lines = [line for line in run.stderr.splitlines() if "apt-get install" in line]
    assert len(lines) == 1
    assert "surely-not-a-package" in lines[0]
    assert "base-files" not in lines[0]
