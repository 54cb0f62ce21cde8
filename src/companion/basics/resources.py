"""Where the plain files are: in the installed package, else in the checkout."""

from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    package = Path(__file__).resolve().parents[1]
    installed = package / "resources"
    return installed if installed.is_dir() else package.parents[1] / "resources"


def resource(name: str) -> Path:
    """The path of a file or folder in resources/."""
    return _root() / name
