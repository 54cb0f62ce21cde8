"""due."""

import argparse
import os

from companion.basics.errors import Problem
from companion.basics.paths import find_home
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import end_progress, problem_json, progress, say, say_json, tell, warn
from companion.programme import due as verbs
from companion.programme.due import Outcome
from companion.programme.eyes import Message
from companion.words.desk import desk_elsewhere, step_line, would_send
from companion.words.language import t


def add(commands: Commands) -> None:
    """The commands of this file."""
    due = verb(commands, "due", _due, t("do what is due, for everybody: read, deliver, answer, write"))
    due.add_argument("--dry-run", action="store_true", help=t("show every message it would send, change nothing"))
    due.add_argument("--schedule", metavar="cron|systemd|windows", help=t("show how this computer does it by itself"))
    due.add_argument("--every", type=int, default=15, metavar="MINUTES", help=t("how often, with --schedule (15)"))
    put = due.add_mutually_exclusive_group()
    put.add_argument("--install", action="store_true", help=t("with --schedule: put it in place"))
    put.add_argument("--uninstall", action="store_true", help=t("with --schedule: take it away again"))


def _due(options: argparse.Namespace) -> int:
    if options.schedule or options.install or options.uninstall:
        return _schedule(options)
    with house_of(options, collector=True) as house:
        outcome = verbs.rehearse(house) if options.dry_run else verbs.run(house, progress())
        end_progress()
        with house.workspace(write=False) as tx:
            zone = tx.programme.get().zone
        if options.json:
            say_json(_outcome_json(outcome))
        else:
            _say(outcome, zone, dry_run=options.dry_run)
    return 1 if any(step.failed for step in outcome.steps) else 0


def _say(outcome: Outcome, zone: str, *, dry_run: bool) -> None:
    if outcome.held_by:
        say(desk_elsewhere(outcome.held_by.name, outcome.held_by.until, zone))
    for step in outcome.steps:
        if step.done and not dry_run:
            say(step_line(step.name, step.done))
        for problem in step.problems:
            tell(problem)
    for message in outcome.messages:
        say(_message_text(message))
    if dry_run:
        say(would_send(len(outcome.messages)))
    elif outcome.steps and not any(step.done or step.problems for step in outcome.steps):
        say(t("Nothing is due."))


def _message_text(message: Message) -> str:
    head = [
        t("To: {address}", address=message.to) if message.to else "",
        t("By: {channel}", channel=message.channel), t("Subject: {subject}", subject=message.subject),
    ]  # fmt: skip
    told = t("(What it says is for whom it goes to.)") if message.hidden else message.text.rstrip()
    return "\n".join([*(line for line in head if line), "", told, "", "=" * 72])


def _outcome_json(outcome: Outcome) -> dict[str, object]:
    held = outcome.held_by
    return {
        "held_by": {"machine": held.name, "until": held.until} if held else None,
        "steps": [
            {"step": step.name, "done": step.done, "problems": [problem_json(item) for item in step.problems]}
            for step in outcome.steps
        ],
        "messages": [
            {"to": m.to, "channel": m.channel, "subject": m.subject, "text": m.text, "kind": m.kind, "hidden": m.hidden}
            for m in outcome.messages
        ],
    }  # fmt: skip


def _schedule(options: argparse.Namespace) -> int:
    from companion.bootstrap import scheduler

    if not options.schedule:
        raise Problem("schedule_which")
    home = find_home(options.home)
    made = scheduler(options.schedule, home, options.every)
    if options.install:
        made.install()
    elif options.uninstall:
        made.uninstall()
    if options.json:
        say_json({"text": made.text(), "installed": bool(options.install), "removed": bool(options.uninstall)})
        return 0
    if options.uninstall:
        say(t("Taken away. Nothing runs by itself any more for {home}.", home=home))
        return 0
    say(made.text().rstrip())
    if options.install:
        say(t("In place: what is due for {home} is done every {count} minutes.", home=home, count=options.every))
    note = _of_secrets(options.schedule)
    if note:
        warn(note)
    return 0


def _of_secrets(kind: str) -> str:
    """What to set so that passwords are found where nobody is signed in."""
    if os.environ.get("COMPANION_SECRETS") == "passphrase" and os.environ.get("COMPANION_PASSPHRASE_FILE"):
        return ""
    if kind == "windows":
        return t("The task runs while you are signed in to Windows, with your keyring.")
    return t(
        "Where nobody is signed in there is no keyring. Give this command COMPANION_SECRETS=passphrase and "
        "COMPANION_PASSPHRASE_FILE=FILE in its environment, and both stand in what it writes; with them, give the "
        "passwords once more."
    )
