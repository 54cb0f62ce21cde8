"""The peers' programs, their configuration and their data, in a home of their own."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bench.radicale import write_objects

_VDIRSYNCER = """[general]
status_path = "{home}/status/"
[pair work]
a = "files"
b = "server"
collections = null
[storage files]
type = "filesystem"
path = "{files}"
fileext = ".ics"
[storage server]
type = "caldav"
url = "{url}"
username = "bench"
password = "bench"
"""
_KHAL = """[calendars]
[[work]]
path = {files}
type = calendar
[sqlite]
path = {home}/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


@dataclass(frozen=True)
class Peers:
    """Where the peers are installed and where they keep things."""

    bin: Path
    home: Path

    @property
    def files(self) -> Path:
        """The folder vdirsyncer fills and khal reads, a file for each entry."""
        return self.home / "files"

    def has(self, program: str) -> bool:
        """Whether a program is installed; what it would be measured in is left out where it is not."""
        return (self.bin / program).exists()

    @property
    def environment(self) -> Mapping[str, str]:
        """What makes the programs look into this home only."""
        return {"HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home / "config"), "XDG_DATA_HOME": str(self.home)}

    def run(self, program: str, *arguments: str) -> None:
        """Run one of the programs now, not measured."""
        environment = {**os.environ, "LC_ALL": "C.UTF-8", **self.environment}
        command = [str(self.bin / program), *arguments]
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)

    def lay_out(self, url: str = "") -> None:
        """Write both configurations; the folder of entries is empty."""
        self.files.mkdir(parents=True)
        for name, text in (("vdirsyncer", _VDIRSYNCER), ("khal", _KHAL)):
            folder = self.home / "config" / name
            folder.mkdir(parents=True)
            (folder / "config").write_text(text.format(home=self.home, files=self.files, url=url))

    def fill(self, count: int, today: datetime) -> None:
        """Put entries into the folder, as a sync would, and have khal index them."""
        self.files.rmdir()
        write_objects(self.files, count, today)
        self.run("khal", "list", "today", "1d")
