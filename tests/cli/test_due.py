"""companion due, outbox answer, digest: the commands by which a machine becomes the desk."""

import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from companion.bootstrap import opened
from companion.connectors.scheduler import Cron, Systemd, Windows, job_of
from companion.programme import letters
from companion.takeaways.model import Delivery, Takeaway
from fakes.commands import Cli

NOW = datetime.now(UTC).replace(microsecond=0)
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


@pytest.fixture
def desk(ferro: Cli, tmp_path: Path) -> Cli:
    """A site, a mail server that is not there, and a takeaway for both; a letter to the host."""
    ferro("channels", "add", "site", "Site", str(tmp_path / "site"), "--audience", "company")
    ferro("channels", "add", "smtp", "Mail", "127.0.0.1:9", "--security", "none", "--from", "desk@ferro.example")
    ferro("programme", "set", "--post", "Mail", "--answers-to", "insights@ferro.example")
    takeaway = Takeaway(
        "0f9a1c3e", 1, "dana", "", "kestrel", "company", "A crew day", quote="We lose it.", published=NOW
    )
    with opened(ferro.home) as house, house.workspace() as tx:
        tx.takeaways.put(takeaway)
        for channel in tx.takeaways.channels():
            to = "agnes@ferro.example" if channel.name == "Mail" else ""
            tx.takeaways.put_delivery(Delivery(takeaway.id, 1, channel.id, to, "pending", NOW))
        tx.letters.add([letters.host_copy(takeaway, "rosa@ferro.example", NOW)])
    return ferro


def test_a_dry_run_shows_each_message_and_sends_none(desk: Cli, tmp_path: Path) -> None:
    shown = desk("due", "--dry-run")
    assert "To: agnes@ferro.example\nBy: Mail\nSubject: A crew day [T-" in shown
    assert "To: rosa@ferro.example\nBy: Mail\nSubject: For you as the host: A crew day [T-" in shown
    assert shown.endswith("3 messages would be sent.\n")
    assert not [path for path in (tmp_path / "site").rglob("*.html") if "A crew day" in path.read_text("utf-8")]
    told = desk.json("due", "--dry-run")
    assert set(told) == {"held_by", "steps", "messages"}
    assert [step["step"] for step in told["steps"]] == [
        "sync", "crossing", "replies", "deliveries", "digests", "briefs", "afterwards", "presence",
        "seats", "letters",
    ]  # fmt: skip
    assert {frozenset(message) for message in told["messages"]} == {
        frozenset({"to", "channel", "subject", "text", "kind", "hidden"})
    }


def test_a_dry_run_shows_who_may_not_read_it_only_where_it_goes(desk: Cli) -> None:
    with opened(desk.home) as house, house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), shared=True))
    desk("me", "lev@ferro.example")
    shown = desk("due", "--dry-run")
    assert "To: agnes@ferro.example\nBy: Mail\n" in shown
    assert "We lose it." not in shown
    assert "(What it says is for whom it goes to.)" in shown


def test_what_cannot_go_is_told_and_the_rest_is_done(desk: Cli, tmp_path: Path) -> None:
    said = desk("due")
    assert "deliveries: 1" in said
    assert "cannot be reached" in desk.said
    assert "A crew day" in (tmp_path / "site" / "index.html").read_text("utf-8")
    rows = {(row.get("kind") or row["channel"]): row for row in desk.json("outbox", "--letters")}
    assert {name: row["state"] for name, row in rows.items()} == {
        "Site": "sent", "Mail": "pending", "host_copy": "pending",
    }  # fmt: skip
    assert rows["Mail"]["sentence"].endswith("It goes out later by itself.")
    assert "Nothing is due." in desk("due")


def test_another_desk_is_named_and_nothing_is_wrong(desk: Cli) -> None:
    with opened(desk.home) as house, house.workspace() as tx:
        tx.leases.take("desk", "ferro-pc 0123", house.clock(), house.clock() + timedelta(minutes=9))
    assert desk("due").startswith("The desk is ferro-pc just now, until ")
    assert desk.json("due")["held_by"]["machine"] == "ferro-pc"


def test_whoever_looked_answers_for_a_delivery_and_a_letter(desk: Cli) -> None:
    with opened(desk.home) as house, house.workspace() as tx:
        mail = next(d for d in tx.takeaways.deliveries() if d.recipient)
        tx.takeaways.put_delivery(Delivery(*list(vars(mail).values())[:4], "unknown", NOW))
        (letter,) = tx.letters.all()
        assert tx.letters.claim(letter, NOW - timedelta(hours=1))
    desk("outbox")
    assert desk.json("outbox", "answer", "0f9a1c3e", "agnes@ferro.example", "arrived") == {"state": "sent"}
    desk("outbox", "answer", "0f9a1c3e", "agnes@ferro.example", "again", code=1)
    assert "There is no delivery to agnes@ferro.example of which nobody knows" in desk.said
    assert desk.json("outbox", "answer", letter.id[:8], "again") == {"state": "pending"}


def test_the_weekly_mail_is_stopped_by_name(ferro: Cli) -> None:
    assert ferro.json("digest", "agnes@ferro.example", "off") == {"email": "agnes@ferro.example", "digest": False}
    assert ferro("digest", "agnes@ferro.example", "on") == "Agnes Moll gets the weekly mail.\n"


# --- schedulers


class System:
    """A user's crontab and systemd as commands see them."""

    def __init__(self, crontab: str | None = None) -> None:
        self.crontab, self.asked = crontab, [""]

    def __call__(self, command: object, text: str = "") -> str:
        from companion.basics.errors import Problem

        words = list(command)  # type: ignore[call-overload]
        self.asked.append(" ".join(words[:4]))
        if words[0] == "crontab" and words[1] == "-l":
            if self.crontab is None:
                raise Problem("schedule_refused", command="crontab", reason="no crontab for dana")
            return self.crontab
        if words[0] == "crontab":
            self.crontab = text
        return ""


@pytest.mark.parametrize("before", [None, "", "0 7 * * * backup # 5%\n", "@daily other"])
def test_a_crontab_keeps_every_line_that_is_not_ours(before: str | None, tmp_path: Path) -> None:
    system = System(before)
    cron = Cron(job_of("/opt/py 3/python", tmp_path / "a home 50%", 15, {"COMPANION_SECRETS": "passphrase"}), system)
    other = Cron(job_of("python", tmp_path / "other", 60, {}), system)
    other.install()
    cron.install()
    cron.install()
    assert system.crontab is not None
    assert system.crontab.count("companion due") == 4
    (line,) = (line for line in system.crontab.splitlines() if line.startswith("*/15 "))
    assert line == (
        "*/15 * * * * COMPANION_SECRETS=passphrase '/opt/py 3/python' -m companion "
        f"--home '{tmp_path}/a home 50\\%' due >/dev/null"
    )
    cron.uninstall()
    other.uninstall()
    rest = before or ""
    assert system.crontab == (rest if not rest or rest.endswith("\n") else rest + "\n")


@pytest.mark.skipif(not Path("/usr/bin/systemd-analyze").exists(), reason="the units are systemd's to judge")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    python = tmp_path / "py $HOME 3%"
    python.write_text("#!/bin/sh\n")
    python.chmod(0o755)
    system = System()
    made = Systemd(job_of(str(python), tmp_path / "a home 50%", 15, {"COMPANION_POLICY": 'x "y"'}), system, tmp_path)
    made.install()
    assert system.asked[1:] == [
        "systemctl --user show-environment", "systemctl --user daemon-reload", "systemctl --user enable --now",
    ]  # fmt: skip
    units = sorted(tmp_path.glob("companion-due-*"))
    verified = subprocess.run(
        ["/usr/bin/systemd-analyze", "verify", "--man=no", *map(str, units)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    ours = [line for line in verified.stderr.splitlines() if "companion-due" in line]
    assert ours == [], verified.stderr
    made.uninstall()
    assert list(tmp_path.glob("companion-due-*")) == []


def test_a_windows_task_holds_what_its_schema_asks_for_in_its_order(tmp_path: Path) -> None:
    task = Xml.fromstring(
        Windows(job_of("C:\\Py & co\\python.exe", tmp_path / "a home", 20, {})).text().encode("utf-16")
    )
    assert task.get("version") == "1.2"
    trigger = task.find(f"{TASK}Triggers/{TASK}TimeTrigger")
    assert trigger is not None
    # MS-TSCH 2.5.3.1: a sequence, Enabled, StartBoundary, EndBoundary, Repetition
    assert [part.tag.removeprefix(TASK) for part in trigger] == ["Enabled", "StartBoundary", "Repetition"]
    assert trigger.findtext(f"{TASK}Repetition/{TASK}Interval") == "PT20M"
    action = task.find(f"{TASK}Actions/{TASK}Exec")
    assert action is not None
    assert action.findtext(f"{TASK}Command") == "C:\\Py & co\\python.exe"
    assert action.findtext(f"{TASK}Arguments") == f'-m companion --home "{tmp_path / "a home"}" due'


def test_the_lines_are_shown_and_say_what_to_set(ferro: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMPANION_SECRETS")
    said = ferro("due", "--schedule", "cron", "--every", "30")
    assert f"--home {ferro.home} due >/dev/null" in said
    assert "COMPANION_PASSPHRASE_FILE" in ferro.said
    monkeypatch.setenv("COMPANION_SECRETS", "passphrase")
    monkeypatch.setenv("COMPANION_PASSPHRASE_FILE", "/etc/pass phrase")
    said = ferro("due", "--schedule", "systemd")
    assert 'Environment="COMPANION_PASSPHRASE_FILE=/etc/pass phrase"' in said
    assert ferro.said == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--schedule", "at"), "at is not a scheduler"),
        (("--schedule", "cron", "--every", "7"), "Every 7 minutes"),
        (("--install",), "Name the scheduler"),
    ],
)
def test_what_cannot_be_scheduled_is_told(ferro: Cli, words: tuple[str, ...], sentence: str) -> None:
    ferro("due", *words, code=1)
    assert sentence in ferro.said


@pytest.mark.skipif(not Path("/usr/bin/crontab").exists(), reason="needs Debian's cron")
def test_crontab_itself_takes_the_block(tmp_path: Path) -> None:
    path = tmp_path / "crontab"
    cron = Cron(job_of("/opt/py 3/python", tmp_path / "a home 5%", 15, {"COMPANION_POLICY": "it's"}), System(""))
    path.write_text("MAILTO=ops@ferro.example\n" + cron.text())
    checked = subprocess.run(["/usr/bin/crontab", "-n", str(path)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    path.write_text(cron.text().replace("*/15 ", "*/15 x "))
    checked = subprocess.run(["/usr/bin/crontab", "-n", str(path)], capture_output=True, text=True, check=False)
    assert checked.returncode == 1, "it does look"
