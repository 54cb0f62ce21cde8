"""The profile's choices at a start: what was damaged is told, kept aside, and never means another workspace."""

import contextlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from companion.basics.errors import Problem
from companion.basics.paths import Paths
from companion.basics.settings import Settings, read_settings


@dataclass(frozen=True)
class Choices:
    """The settings to start with, what the user must hear of them, and why the workspace is not written to."""

    settings: Settings
    notices: tuple[Problem, ...] = ()
    unsure: Problem | None = None


def open_choices(paths: Paths, at: datetime) -> Choices:
    """The choices of a profile. A damaged file never stops the app: it starts with the defaults.

    Where the address of a shared workspace may have been lost with it, everything can be read and notes can be
    written (they stay on the device), but the workspace at hand takes no writes: it may be the wrong one, and what
    colleagues were to see would lie unseen in a file. It lasts until somebody says again who works here (`me`, or
    an invitation, which brings the address as well); until then every start says so in one sentence.
    """
    settings, dropped = read_settings(paths.settings)
    notices: list[Problem] = []
    kept = keep_damaged(paths, at)
    if _is_lost(dropped):
        settings = Settings()
    elif dropped:
        notices.append(Problem("settings_dropped", path=str(paths.settings), keys=", ".join(sorted(dropped))))
    kept = kept or (None if settings.me else _kept_before(paths))
    unsure = Problem("settings_damaged", path=str(paths.settings), kept=str(kept)) if kept else None
    return Choices(settings, (*notices, *((unsure,) if unsure else ())), unsure)


def keep_damaged(paths: Paths, at: datetime) -> Path | None:
    """Move a settings file aside that cannot be trusted; where it is now, None where there is none."""
    _, dropped = read_settings(paths.settings)
    if not _is_lost(dropped):
        return None
    aside = paths.settings.with_name(f"{paths.settings.name}.damaged-{at:%Y%m%dT%H%M%SZ}")
    with contextlib.suppress(OSError):  # on a disk that takes no writes it stays where it is, and is told all the same
        paths.settings.rename(aside)
        return aside
    return paths.settings


def _is_lost(dropped: list[str]) -> bool:
    return "*" in dropped or "workspace_url" in dropped


def _kept_before(paths: Paths) -> Path | None:
    return max(paths.home.glob(f"{paths.settings.name}.damaged-*"), default=None)
