"""How a trial of other rules and the explanation of one entry are told."""

import argparse
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from companion.basics.errors import Problem
from companion.calendars.model import Judgement
from companion.cli.asking import days_of, house_of
from companion.cli.meetings import recurrence_id
from companion.cli.out import end_progress, problem_json, progress, say, say_json, tell_all
from companion.cli.passwords import give_missing
from companion.programme.inspect import Item, Looked, entry, inspect, inspect_account
from companion.programme.model import House
from companion.programme.proposal import Proposal
from companion.programme.sync import default_window
from companion.programme.trial import Case, Trial, in_series
from companion.words.language import t
from companion.words.recognition import briefly, explain
from companion.words.rules import changes, found, stands


def say_trial(trial: Trial, proposal: Proposal) -> None:
    """A trial for people: the counts, then each meeting with its day, calendar and why."""
    for line in changes(proposal):
        say(line)
    say(found(trial, whole=trial.whole))
    for title, cases in (
        (t("Caught"), trial.caught), (t("Lost"), trial.lost), (t("For another customer"), trial.moved),
        (t("Judged otherwise, but people's word stands"), trial.standing),
    ):  # fmt: skip
        if cases:
            say("")
            say(title)
        for group in in_series(cases):
            say(f"  {_days(group, trial.zone)}  {group[0].title}  ({group[0].account})")
            for sentence in _sentences(group[0], trial):
                say(f"      {sentence}")
    say("")
    if proposal:
        say(t("Nothing was saved. To save it: companion rules set, with the same options."))
    else:
        say(t("No change was asked for, so these are today's rules. See companion rules try --help."))


def _sentences(case: Case, trial: Trial) -> list[str]:
    then = _explained(case.after, trial.needed_then, trial)
    now = briefly(case.before, trial.needed_now) if case.before else ""
    said = [then, t("Today · {sentence}", sentence=now) if now else "", stands(case.stands) if case.stands else ""]
    return [sentence for sentence in said if sentence]


def _explained(judged: Judgement | None, needed: int, trial: Trial) -> str:
    return explain(judged, trial.names.get(judged.customer_id, ""), needed) if judged else ""


def trial_json(trial: Trial, proposal: Proposal) -> dict[str, Any]:
    """A trial as the command answers it."""
    return {
        "from": trial.window.first, "to": trial.window.last, "now": trial.now, "then": trial.then,
        "needed_now": trial.needed_now, "needed_then": trial.needed_then,
        "changes": changes(proposal), "sentence": found(trial, whole=trial.whole),
        **{
            name: [_case_json(case, trial) for case in cases]
            for name, cases in (("caught", trial.caught), ("lost", trial.lost), ("moved", trial.moved),
                                ("standing", trial.standing))
        },
        "problems": [{"account": name, **problem_json(problem, "look")} for name, problem in trial.problems],
    }  # fmt: skip


def _case_json(case: Case, trial: Trial) -> dict[str, Any]:
    return {
        "id": case.id, "uid": case.uid, "recurrence_id": recurrence_id(case.rec_key), "day": _day(case, trial.zone),
        "title": case.title, "account": case.account, "customer": case.customer,
        "decision": case.after.decision if case.after else None, "score": case.after.score if case.after else None,
        "sentence": _explained(case.after, trial.needed_then, trial),
        "score_now": case.before.score if case.before else None,
        "sentence_now": _explained(case.before, trial.needed_now, trial), "stands": case.stands,
    }  # fmt: skip


def _days(group: tuple[Case, ...], zone: str) -> str:
    if len(group) == 1:
        return _day(group[0], zone)
    return t("{first} to {last}, {count} times", first=_day(group[0], zone), last=_day(group[-1], zone),
             count=len(group))  # fmt: skip


def _day(case: Case, zone: str) -> str:
    return f"{case.start if case.all_day else case.start.astimezone(ZoneInfo(zone)):%Y-%m-%d}"


def explain_entry(options: argparse.Namespace) -> int:
    """One entry of a file, an address or an account, in one sentence; a private one is dropped unread."""
    with house_of(options) as house:
        looked, zone = _looked(options, house)
    end_progress()
    items = entry(looked, options.uid)
    if options.recurrence:
        wanted = options.recurrence.strip()
        items = tuple(item for item in items if wanted in _names_of(item))
    tell_all(looked.problems, "look")
    if not items:
        raise Problem("entry_unknown", uid=options.uid, name=looked.name)
    if options.json:
        say_json([_item_json(item, looked, zone) for item in items])
        return 0
    told: dict[str, list[str]] = {}
    for item in items:
        told.setdefault(_sentence(item, looked), []).append(_when(item, zone))
    for sentence, days in told.items():
        say(sentence if len(told) == 1 else f"{', '.join(days)}: {sentence}")
    return 0


def _looked(options: argparse.Namespace, house: House) -> tuple[Looked, str]:
    with house.workspace(write=False) as tx:
        zone = tx.programme.get().zone
    days = days_of(options, default_window(house, zone))
    if options.account:
        give_missing(house, options, [options.account])
        return inspect_account(house, options.account, days, progress()), zone
    if not options.path:
        raise Problem("entry_nowhere")
    return inspect(house, options.path, days, progress()), zone


def _names_of(item: Item) -> set[str]:
    """What an occurrence may be called: its key, and as ISO 8601."""
    return {item.row.recurrence_id, recurrence_id(item.row.recurrence_id) or ""}


def _sentence(item: Item, looked: Looked) -> str:
    judged = item.row.judgement
    return explain(judged, looked.names.get(judged.customer_id, ""), looked.threshold)


def _when(item: Item, zone: str) -> str:
    start: datetime | None = item.row.start
    if start is None:
        return "—"
    return f"{start if item.row.all_day else start.astimezone(ZoneInfo(zone)):%Y-%m-%d}"


def _item_json(item: Item, looked: Looked, zone: str) -> dict[str, Any]:
    judged = item.row.judgement
    return {
        "id": item.id, "uid": item.row.uid, "recurrence_id": recurrence_id(item.row.recurrence_id),
        "day": _when(item, zone), "decision": judged.decision, "score": judged.score, "needed": looked.threshold,
        "customer": looked.names.get(judged.customer_id), "sentence": _sentence(item, looked),
    }  # fmt: skip
