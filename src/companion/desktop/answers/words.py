"""What the Answers page says: how many of what, since when, who does what until when."""

from datetime import date, datetime

from companion.basics.clock import day_of
from companion.programme.views.answers import AnswersView
from companion.takeaways.model import Action, Answer
from companion.words.dates import day_month
from companion.words.language import t, tn


def counts(view: AnswersView, todo: int) -> str:
    """How many wait, are to be looked at, are to be done; else how many answered."""
    waiting, aside, answered = len(view.waiting), len(view.aside), len(view.rows)
    parts = [
        tn("{count} waits", "{count} wait", waiting) if waiting else "",
        tn("{count} to look at", "{count} to look at", aside) if aside else "",
        tn("{count} to do", "{count} to do", todo) if todo else "",
    ]
    said = " · ".join(part for part in parts if part)
    return said or (tn("{count} answer", "{count} answers", answered) if answered else "")


def since(answer: Answer, now: datetime, zone: str) -> str:
    """How long it waits, or the day it came; and that it is for the author alone."""
    days = max(0, (now - answer.at).days)
    said = day_month(day_of(answer.at, zone), day_of(now, zone))
    if answer.replied is None and answer.state == "taken":
        waits = tn("waits {count} day", "waits {count} days", days) if days else t("since today")
        said = f"{said} · {waits}"
    return f"{said} · {t('only to the author')}" if answer.only_author else said


def to_whom(answer: Answer) -> str:
    """Who an answer that was put aside says it is from, with the address by which somebody can tell."""
    if answer.name and answer.address:
        return t("{name}, {address}", name=answer.name, address=answer.address)
    return answer.name or answer.address or t("somebody without an address")


def actor(view: AnswersView, action: Action) -> str:
    """Who does it."""
    return view.owners.get(action.owner_id) or t("somebody who is gone")


def what_is_done(action: Action, today: date, zone: str) -> str:
    """Until when, or what came of it."""
    if action.done:
        return t("Done on {day}: {text}", day=day_month(day_of(action.done, zone), today), text=action.result)
    if action.due is None:
        return t("no day set")
    day = day_month(action.due, today)
    return t("was due on {day}", day=day) if action.due < today else t("until {day}", day=day)
