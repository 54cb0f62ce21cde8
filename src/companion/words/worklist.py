"""The work list in words: what each item is, and what to do about it."""

from datetime import date

from companion.words.dates import day_month
from companion.words.language import mark, t, tn

KINDS: dict[str, str] = {
    "disputed": mark("Does not agree"),
    "told": mark("Mails to look at"),
    "unknown": mark("Who was there?"),
    "untold": mark("Heard, not told"),
    "host": mark("A host has not answered"),
    "open_review": mark("Open reviews in the next six weeks"),
    "candidate": mark("Meetings that wait for a yes"),
    "sync": mark("Calendars"),
}
WHAT: dict[str, str] = {
    "disputed": mark("Look at both sides and say what is true: under Meetings, below its seats."),
    "told": mark("Read what was written and say what is true: under Meetings, below its seats."),
    "unknown": mark("Ask the host or the listener, and note it: under Meetings."),
    "untold": mark("Remind them: ten minutes in the next team meeting are enough."),
    "host": mark("Call the host, and answer for them: under Meetings, or with companion seats allow."),
    "open_review": mark("Find a listener: with the planner, or under Meetings."),
    "candidate": mark("Say whether it is a customer meeting: under Meetings."),
    "sync": mark("Look at the calendar's page in Settings: it says why."),
}


def kind(code: str) -> str:
    """The heading of a group of items."""
    return t(KINDS[code])


def what_to_do(code: str) -> str:
    """What to do about an item, and where."""
    return t(WHAT[code])


def to_type(meeting_id: str, email: str) -> str:
    """The command that settles a past seat, with both of its outcomes."""
    command = f"companion seats decide {meeting_id[:8]} {email}"
    return t("{command} there (or not-there)", command=command)


def title(customer: str, day: date, today: date) -> str:
    """Of which meeting an item is."""
    return t("{customer}, {day}", customer=customer or t("a customer"), day=day_month(day, today))


def somebody() -> str:
    """Whom an item is about where names may not be shown."""
    return t("a listener")


def failing(name: str, failed: int, of: int) -> str:
    """A calendar that is not read as it should be."""
    if not failed:
        return name
    return tn("{name}: the last run failed", "{name}: {failed} of the last {count} runs failed", of,
              name=name, failed=failed)  # fmt: skip
