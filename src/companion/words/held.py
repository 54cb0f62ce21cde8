"""What is held about one of our people, said: sections, columns, and values that programs know by a code."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from companion.words.dates import full_day
from companion.words.language import mark, t, tn

SECTIONS: dict[str, tuple[str, str]] = {  # key -> title, and what it is
    "profile": (mark("Profile"), mark("Who you are to the programme.")),
    "duties": (mark("Settings with your name"), mark("Settings of the programme that name you or your mailbox.")),
    "hosts": (mark("Customers you look after"), mark("Customers whose account owner you are.")),
    "leave": (mark("Leave"), mark("Days on which nothing is expected: a category, never a reason.")),
    "seats": (mark("Seats and their evidence"), mark("What was said of your seats, and by whom.")),
    "said": (mark("What you said of others' seats"), mark("Your word for somebody else; whose seat it was is theirs.")),
    "targets": (mark("Targets"), mark("How many meetings are expected of you, since when, and why.")),
    "offers": (mark("Offers of seats"), mark("Seats you were offered, and what was decided for plans.")),
    "closed": (mark("Closed years"), mark("Years whose figures were put down with yours among them.")),
    "availability": (mark("Free or busy"), mark("One word for the time of an open review.")),
    "meetings": (mark("Customer meetings"), mark("Meetings that list you; only your own entry is shown.")),
    "takeaways": (mark("Takeaways"), mark("What you told of customers, or held back.")),
    "answers": (mark("Answers and actions"), mark("What you answered to takeaways, and what you took on.")),
    "facts": (mark("Facts of customers"), mark("What you wrote down of customers, or promised them.")),
    "letters": (mark("Mails to you"), mark("What the programme mailed to you: when, and of which kind.")),
    "mailed": (mark("Notes you mailed"), mark("What you mailed to the desk, and when you fetched it.")),
    "audit": (mark("Audit"), mark("Changes of facts people are counted by, which name you or which you made.")),
    "calendars": (mark("Calendars on this computer"), mark("Your calendar accounts, and the entries of customers.")),
    "time": (mark("Busy minutes on this computer"), mark("How many minutes a month you were busy; nothing of what.")),
    "notes": (mark("Notes on this computer"), mark("Your listening notes. Nobody else can read them.")),
    "briefs": (mark("Briefs on this computer"), mark("Briefs that were made for you, and of what you were reminded.")),
    "read": (mark("Read marks on this computer"), mark("What you have read. Nobody is told.")),
    "waiting": (mark("On its way from this computer"), mark("What you said that has not reached the workspace yet.")),
    "kept": (mark("Set aside on this computer"), mark("Views and plans you set aside.")),
}  # fmt: skip
COLUMNS: dict[str, str] = {
    "name": mark("Name"), "email": mark("Address"), "aliases": mark("Further addresses"), "address": mark("Address"),
    "team": mark("Team"), "role": mark("Role"), "target": mark("Target"), "start": mark("From"), "end": mark("Until"),
    "language": mark("Language"), "digest": mark("Weekly mail"), "reminders": mark("Reminders"),
    "assistants": mark("Assistants"), "share": mark("Percent of full time"), "kind": mark("Kind"),
    "entered": mark("Written down"), "meeting_id": mark("Meeting"), "source": mark("Whose word"), "says": mark("Says"),
    "by": mark("By"), "at": mark("When"), "reason": mark("Reason"), "withdrawn": mark("Taken back"),
    "dropped": mark("Until"),
    "count": mark("Number"), "since": mark("Since"), "first": mark("First day"), "last": mark("Last day"),
    "came": mark("How it came"), "made": mark("Made"), "state": mark("State"), "customer_id": mark("Customer"),
    "origin": mark("How it came"),
    "label": mark("Period"), "word": mark("Word"), "host_email": mark("Host"), "organiser": mark("Organiser"),
    "guests": mark("On the guest list"), "owner": mark("Owner"), "headline": mark("Headline"),
    "revision": mark("Revision"), "audience": mark("For"), "customer_name": mark("Customer"),
    "published": mark("Published"), "told_on": mark("Told on"), "held": mark("Held back"), "text": mark("Text"),
    "reply": mark("Reply"), "replied": mark("Replied"), "only_author": mark("For the author alone"),
    "due": mark("Due"), "done": mark("Done"), "result": mark("Result"), "heard_on": mark("Heard on"),
    "changed": mark("Changed"), "fetched": mark("Fetched"), "names_agreed": mark("Agreement"),
    "names_agreed_on": mark("Since"), "names_agreed_by": mark("Recorded by"), "answers_to": mark("Answers go to"),
    "what": mark("What"), "old": mark("Before"), "new": mark("After"), "why": mark("Why"), "who": mark("Who"),
    "user": mark("User"), "created": mark("Added"), "title": mark("Title"), "form": mark("How it was held"),
    "moment": mark("Occasion"), "act": mark("Said"), "sender": mark("Sent from"),
}  # fmt: skip


def title(key: str) -> str:
    """What a section is called."""
    return t(SECTIONS[key][0])


def about(key: str) -> str:
    """What a section is, in a sentence."""
    return t(SECTIONS[key][1])


def column(name: str) -> str:
    """The head of a column."""
    return t(COLUMNS[name])


def old(what: str, before: date, count: int, people: int) -> str:
    """What is older than the policy keeps it."""
    day = full_day(before)
    if what == "audit":
        return tn("Audit: {count} line is from before {day}.", "Audit: {count} lines are from before {day}.", count,
                  day=day)  # fmt: skip
    return tn("Attendance: {count} statement about seats is from before {day}, of {people} people.",
              "Attendance: {count} statements about seats are from before {day}, of {people} people.", count, day=day,
              people=people)  # fmt: skip


def value(given: Any, zone: str) -> str:
    """A value as people read it; moments in the programme's zone, "" for nothing."""
    if given is None or given == "" or given == ():
        return ""
    if isinstance(given, bool):
        return t("yes") if given else t("no")
    if isinstance(given, datetime):
        return f"{given.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
    if isinstance(given, date):
        return full_day(given)
    if isinstance(given, tuple):
        return ", ".join(value(part, zone) for part in given)
    if hasattr(given, "answer") and hasattr(given, "address"):  # a guest: the own entry
        return f"{given.address} ({given.answer})" if given.answer else str(given.address)
    return str(given)
