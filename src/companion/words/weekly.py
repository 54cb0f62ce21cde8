"""What the weekly mail says: a line for each thing that is theirs to do, and what was told."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol

from companion.words.dates import day_month, long_day
from companion.words.language import mark, t, tn
from companion.words.mail import About, Words, moment, sender_of

PAGES = {  # in the app, where it is done
    "offer": "Home", "may_sit": "Home", "who_sat": "Home", "joined": "Home", "tell": "Home", "reply": "Read",
    "promise": "Customers", "seat": "Meetings", "disputes": "Board", "unknowns": "Board", "reviews": "Board",
}  # fmt: skip
_TAKES = {  # what one of them takes
    "offer": mark("1 minute"),
    "may_sit": mark("1 minute"),
    "who_sat": mark("1 minute"),
    "joined": mark("1 minute"),
    "tell": mark("10 minutes"),
    "reply": mark("5 minutes"),
    "disputes": mark("2 minutes each"),
    "unknowns": mark("1 minute each"),
}


class Task(Protocol):
    """What a line needs of a thing to do."""

    @property
    def kind(self) -> str: ...
    @property
    def about(self) -> Sequence[str]: ...
    @property
    def by(self) -> date | None: ...
    @property
    def customer(self) -> str: ...
    @property
    def who(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def start(self) -> datetime | None: ...
    @property
    def day(self) -> date | None: ...
    @property
    def all_day(self) -> bool: ...
    @property
    def count(self) -> int: ...


def digest(about: About) -> Words:
    """Once a week: what is theirs to do, and what was told since the last one."""
    who = t("you are in {team}", team=about.team) if about.team else t("you are one of its readers")
    told = (
        (tn("{count} takeaway was told since the last one.", "{count} takeaways were told since the last one.",
            about.count),) if about.count else ()
    )  # fmt: skip
    return Words(
        subject(about.todo, about.count),
        (t("This is yours to do, the most pressing first."),) if about.todo else told,
        t("{sender} sends you this once a week, when there is something, because {who}.",
          sender=sender_of(about), who=who),
        after=told if about.todo else (),
        greeting=t("Hello {name},", name=about.name) if about.name and about.todo else "",
    )  # fmt: skip


def subject(todo: int, told: int) -> str:
    """By how many things to do and how many takeaways; no customer's name, for who reads over one's shoulder."""
    news = tn("What a customer told us this week", "What customers told us this week: {count}", told)
    if not todo:
        return news
    things = tn("One thing for you this week", "{count} things for you this week", todo)
    return t("{things}, and what customers told us", things=things) if told else things


def line(task: Task, zone: str, today: date) -> str:
    """One thing to do, in one line, with what it takes."""
    said = _LINES[task.kind](task, zone, today)
    takes = _TAKES.get(task.kind)
    return t("{what} ({takes})", what=said, takes=t(takes)) if takes else said


def more(count: int) -> str:
    """That there is more than the mail holds; "" where there is not."""
    return (
        tn("{count} more comes once these are done.", "{count} more come once these are done.", count) if count else ""
    )


def where(task: Task) -> str:
    """Where in the app it is done."""
    return t("In Companion, on the page {page}.", page=PAGES[task.kind])


def how(address: str) -> str:
    """What to do with the mails that the buttons open."""
    return t("Each button opens a mail to {address}. Send it as it is, or add a line.", address=address)


def _customer(task: Task) -> str:
    return task.customer or t("a customer")


def _when(task: Task, zone: str) -> str:
    """The meeting's day, and its time where it has one."""
    if task.start is None or task.day is None:
        return ""
    if task.all_day:
        return long_day(task.day)
    return moment(task.start, zone)


def _offer(task: Task, zone: str, today: date) -> str:
    facts = {"customer": _customer(task), "when": _when(task, zone)}
    if task.by and task.by > today:
        return t("A seat for you with {customer}, {when}: yes or no, by {day}?", **facts, day=day_month(task.by))
    return t("A seat for you with {customer}, {when}: yes or no?", **facts)


def _may_sit(task: Task, zone: str, _today: date) -> str:
    facts = {"who": task.who or t("a colleague"), "customer": _customer(task), "when": _when(task, zone)}
    return t("May {who} sit in with {customer}, {when}? They only listen.", **facts)


def _who_sat(task: Task, _zone: str, _today: date) -> str:
    return t("Who sat in with {customer} on {day}?", customer=_customer(task), day=_day(task))


def _joined(task: Task, _zone: str, _today: date) -> str:
    return t("Were you with {customer} on {day}?", customer=_customer(task), day=_day(task))


def _tell(task: Task, _zone: str, today: date) -> str:
    if task.by and task.by >= today:
        return t("Tell your team about {customer}, best by {day}", customer=_customer(task), day=long_day(task.by))
    return t("Tell your team about {customer}", customer=_customer(task))


def _reply(task: Task, _zone: str, _today: date) -> str:
    return tn("{count} reader waits for your answer", "{count} readers wait for your answer", task.count)


def _promise(task: Task, _zone: str, today: date) -> str:
    facts = {"customer": _customer(task), "what": task.what, "day": day_month(task.by) if task.by else ""}
    if task.by and task.by < today:
        return t("You promised {customer}: {what}. It was due on {day}.", **facts)
    return t("You promised {customer}: {what}. It is due on {day}.", **facts)


def _seat(task: Task, _zone: str, _today: date) -> str:
    needs = tn("You need one more seat.", "You need {count} more seats.", task.count)
    if task.by is None:
        free = tn("There is {count} open review to ask for.", "There are {count} open reviews to ask for.",
                  len(task.about))  # fmt: skip
    else:
        free = tn(
            "There is {count} open review to ask for until {day}.",
            "There are {count} open reviews to ask for until {day}.",
            len(task.about), day=day_month(task.by),
        )  # fmt: skip
    return f"{needs} {free}"


def _disputes(task: Task, _zone: str, _today: date) -> str:
    return tn(
        "{count} seat waits for your decision: what we were told of it does not agree",
        "{count} seats wait for your decision: what we were told of them does not agree",
        task.count,
    )


def _unknowns(task: Task, _zone: str, _today: date) -> str:
    return tn(
        "Of {count} past seat nobody has said who was there",
        "Of {count} past seats nobody has said who was there",
        task.count,
    )


def _reviews(task: Task, _zone: str, _today: date) -> str:
    return tn(
        "{count} review of the next six weeks has nobody listening yet.",
        "{count} reviews of the next six weeks have nobody listening yet.",
        task.count,
    )


def _day(task: Task) -> str:
    return day_month(task.day) if task.day else ""


_LINES: dict[str, Callable[[Task, str, date], str]] = {
    "offer": _offer,
    "may_sit": _may_sit,
    "who_sat": _who_sat,
    "joined": _joined,
    "tell": _tell,
    "reply": _reply,
    "promise": _promise,
    "seat": _seat,
    "disputes": _disputes,
    "unknowns": _unknowns,
    "reviews": _reviews,
}
