"""Has the system run `companion due` by itself: cron, systemd timers, or the Windows task scheduler."""

import hashlib
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from companion.basics.errors import Problem

MINUTES = (5, 10, 15, 20, 30, 60)  # those that divide an hour
_PASSED_ON = ("COMPANION_SECRETS", "COMPANION_PASSPHRASE_FILE", "COMPANION_POLICY")

Run = Callable[[Sequence[str], str], str]  # a command and what it reads; what it wrote. Problem `schedule_refused`


@dataclass(frozen=True)
class Job:
    """The command that is to be run, for one profile."""

    python: str
    home: Path
    every: int  # minutes
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def command(self) -> list[str]:
        """The command and its arguments."""
        return [self.python, "-m", "companion", "--home", str(self.home), "due"]

    @property
    def key(self) -> str:
        """What tells this profile's entry from another's."""
        return hashlib.sha256(str(self.home).encode()).hexdigest()[:8]


def job_of(python: str, home: Path, every: int, environ: Mapping[str, str]) -> Job:
    """The job of a profile, with the settings of secrets that stand in this environment. Problem `schedule_every`."""
    if every not in MINUTES:
        raise Problem("schedule_every", value=every)
    passed = {name: environ[name] for name in _PASSED_ON if environ.get(name)}
    return Job(python, home.expanduser().absolute(), every, passed)


def run_command(command: Sequence[str], text: str = "") -> str:
    """Run a command of the system. Problems `schedule_missing`, `schedule_refused`."""
    if shutil.which(command[0]) is None:
        raise Problem("schedule_missing", command=command[0])
    done = subprocess.run(  # noqa: S603 - a scheduler's own command
        list(command), input=text, capture_output=True, text=True, check=False, timeout=60
    )
    if done.returncode:
        raise Problem("schedule_refused", command=command[0], reason=" ".join(done.stderr.split())[:200])
    return done.stdout


class Cron:
    """The user's crontab: one marked block in it is ours, every other line stays as it is."""

    def __init__(self, job: Job, run: Run = run_command) -> None:
        self._job, self._run = job, run

    def text(self) -> str:
        """The block as it stands in the crontab. What goes wrong is on standard error, which cron mails."""
        job = self._job
        minutes = "0" if job.every == 60 else f"*/{job.every}"
        setting = [f"{name}={shlex.quote(value)}" for name, value in sorted(job.environment.items())]
        command = " ".join([*setting, *map(shlex.quote, job.command), ">/dev/null"])
        return "\n".join((self._begin, f"{minutes} * * * * {command.replace('%', chr(92) + '%')}", self._end)) + "\n"

    def install(self) -> None:
        """Put the block into the crontab, in place of an older one."""
        self._write(self._others() + self.text())

    def uninstall(self) -> None:
        """Take the block out."""
        self._write(self._others())

    @property
    def _begin(self) -> str:
        return f"# companion due {self._job.key}: begin"

    @property
    def _end(self) -> str:
        return f"# companion due {self._job.key}: end"

    def _others(self) -> str:
        kept, ours = [], False
        for line in self._read().splitlines(keepends=True):
            if line.strip() == self._begin:
                ours = True
            if not ours:
                kept.append(line)
            if line.strip() == self._end:
                ours = False
        text = "".join(kept)
        return text if not text or text.endswith("\n") else text + "\n"

    def _read(self) -> str:
        try:
            return self._run(["crontab", "-l"], "")
        except Problem as problem:
            if problem.code == "schedule_refused" and "no crontab" in problem.facts["reason"]:
                return ""
            raise

    def _write(self, text: str) -> None:
        self._run(["crontab", "-"], text)


class Systemd:
    """A timer of the user's own systemd; it also makes up for runs that the computer slept through."""

    def __init__(self, job: Job, run: Run = run_command, folder: Path | None = None) -> None:
        self._job, self._run = job, run
        config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        self._folder = folder or config / "systemd" / "user"
        self._name = f"companion-due-{job.key}"

    def units(self) -> dict[str, str]:
        """The two units by file name."""
        job = self._job
        setting = "".join(
            f"Environment={_unit(f'{name}={value}')}\n" for name, value in sorted(job.environment.items())
        )
        when = "hourly" if job.every == 60 else f"*:0/{job.every}"
        return {
            f"{self._name}.service": (
                "[Unit]\nDescription=Companion: what is due\n\n[Service]\nType=oneshot\n"
                f"{setting}ExecStart={_unit(job.python)} {' '.join(map(_argument, job.command[1:]))}\n"
            ),
            f"{self._name}.timer": (
                f"[Unit]\nDescription=Companion: what is due, every {job.every} minutes\n\n[Timer]\n"
                f"OnCalendar={when}\nPersistent=true\nRandomizedDelaySec=60\n\n[Install]\nWantedBy=timers.target\n"
            ),
        }

    def text(self) -> str:
        """Both units, each under the path of its file."""
        return "\n".join(f"# {self._folder / name}\n{text}" for name, text in self.units().items())

    def install(self) -> None:
        """Write the units and start the timer."""
        self._run(["systemctl", "--user", "show-environment"], "")  # before anything is written: is there one to ask?
        self._folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.units().items():
            (self._folder / name).write_text(text, "utf-8")
        self._run(["systemctl", "--user", "daemon-reload"], "")
        self._run(["systemctl", "--user", "enable", "--now", f"{self._name}.timer"], "")

    def uninstall(self) -> None:
        """Stop the timer and remove the units."""
        if not (self._folder / f"{self._name}.timer").exists():
            return
        self._run(["systemctl", "--user", "disable", "--now", f"{self._name}.timer"], "")
        for name in self.units():
            (self._folder / name).unlink(missing_ok=True)
        self._run(["systemctl", "--user", "daemon-reload"], "")


class Windows:
    """A task of the Windows scheduler that runs while its user is signed in."""

    def __init__(self, job: Job, run: Run = run_command) -> None:
        self._job, self._run = job, run
        self._name = f"Companion due {job.key}"

    def text(self) -> str:
        """The task as XML (task schema 1.2)."""
        job = self._job
        program, *arguments = job.command
        return f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Companion: what is due, every {job.every} minutes</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Enabled>true</Enabled>
      <StartBoundary>2026-01-01T00:00:00</StartBoundary>
      <Repetition>
        <Interval>PT{job.every}M</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT30M</ExecutionTimeLimit>
    <Enabled>true</Enabled>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(program)}</Command>
      <Arguments>{escape(subprocess.list2cmdline(arguments))}</Arguments>
    </Exec>
  </Actions>
</Task>
"""

    def install(self) -> None:
        """Make the task, in place of an older one."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "due.xml"
            path.write_bytes(self.text().encode("utf-16"))
            self._run(["schtasks", "/Create", "/TN", self._name, "/XML", str(path), "/F"], "")

    def uninstall(self) -> None:
        """Remove the task."""
        self._run(["schtasks", "/Delete", "/TN", self._name, "/F"], "")


Scheduler = Cron | Systemd | Windows
_KINDS: dict[str, Callable[[Job], Scheduler]] = {"cron": Cron, "systemd": Systemd, "windows": Windows}


def scheduler(kind: str, job: Job) -> Scheduler:
    """The scheduler of that name; Problem `schedule_unknown`."""
    if kind not in _KINDS:
        raise Problem("schedule_unknown", kind=kind)
    return _KINDS[kind](job)


def _unit(text: str) -> str:
    """A word as a unit file holds it: quoted, with no specifier in it."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{quoted}"'


def _argument(text: str) -> str:
    """A word behind the program's name, where systemd fills in variables too."""
    return _unit(text).replace("$", "$$")
