"""Where a profile lives: one folder per home, 0700, files 0600."""

import os
from dataclasses import dataclass
from pathlib import Path

from companion.basics.errors import Problem


@dataclass(frozen=True)
class Paths:
    """The places of one profile."""

    home: Path

    @property
    def device(self) -> Path:
        """The device store, which never leaves the machine."""
        return self.home / "device.db"

    @property
    def workspace(self) -> Path:
        """The workspace store where none else is set."""
        return self.home / "workspace.db"

    @property
    def settings(self) -> Path:
        """The user's choices as JSON."""
        return self.home / "settings.json"

    @property
    def secrets(self) -> Path:
        """The sealed file whose key the keyring holds."""
        return self.home / "secrets.sealed"

    @property
    def backups(self) -> Path:
        """Copies made before migrations and by hand."""
        return self.home / "backups"

    @property
    def log(self) -> Path:
        """What went wrong, without secrets and without what people wrote."""
        return self.home / "companion.log"


def find_home(given: str | None = None, environ: dict[str, str] | None = None) -> Path:
    """The profile's folder: what was given, else COMPANION_HOME, else the platform's data folder."""
    env = dict(os.environ) if environ is None else environ
    named = given or env.get("COMPANION_HOME")
    if named:
        return Path(named).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("companion", appauthor=False))


def open_home(home: Path) -> Paths:
    """Make the folder (0700) if need be; Problem `home_unusable` where that cannot be done."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix":
            home.chmod(0o700)
    except OSError as error:
        raise Problem("home_unusable", path=str(home), reason=error.strerror or str(error)) from error
    return Paths(home)


def write_whole(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Replace a file in one step (temporary file, fsync, rename), so that a reader never sees half of it."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, FileNotFoundError):
            raise Problem("file_no_folder", path=str(path), folder=str(path.parent)) from error
        raise Problem("file_not_written", path=str(path), reason=error.strerror or str(error)) from error
