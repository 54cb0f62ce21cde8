"""The wheel, the locks and the versions we depend on."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import PySide6
import pytest

from architecture.tree import ROOT, SOURCE, none, project_files, source_files

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")
ENTRY = re.compile(r"([a-z0-9][a-z0-9._-]*)(?:\[[a-z,]+\])?==(\S+)(.*)", re.DOTALL)


def entries(name: str) -> dict[str, tuple[str, str]]:
    """The packages of a lock: name -> (version, the rest with its hashes)."""
    blocks = re.split(r"^(?=\S)", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE)
    found = [match.groups() for match in map(ENTRY.match, blocks) if match]
    return {package: (version, rest) for package, version, rest in found}


def test_qt_keeps_its_references_on_this_python() -> None:
    """PySide6 6.12 drops a reference to True at every emit on CPython 3.11."""
    if sys.version_info[:2] == (3, 11):
        assert tuple(int(part) for part in PySide6.__version__.split(".")[:2]) < (6, 12)
    locked = entries("requirements.lock")["pyside6-essentials"][0]
    assert tuple(int(part) for part in locked.split(".")[:2]) < (6, 12)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_hashes_and_no_address(name: str) -> None:
    assert "://" not in (ROOT / name).read_text("utf-8")
    assert entries(name)
    none(package for package, (_, rest) in entries(name).items() if "--hash=sha256:" not in rest)


def test_the_tests_lock_contains_the_apps_lock() -> None:
    run, dev = entries("requirements.lock"), entries("requirements-dev.lock")
    assert len(run) > 20
    assert {name: version for name, (version, _) in run.items() if dev.get(name, ("",))[0] != version} == {}


def test_the_wheel_holds_code_and_resources(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    code = {f"companion/{path.relative_to(SOURCE).as_posix()}" for path in source_files()}
    resources = {
        f"companion/{path.relative_to(ROOT).as_posix()}"
        for path in project_files()
        if path.is_relative_to(ROOT / "resources") and not path.name.startswith(".")
    }
    assert code | resources <= held
    assert not [name for name in held if name.startswith("companion/") and Path(name).name.startswith("test_")]
