"""What waits, what went and who is the desk, as sentences."""

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from companion.basics.clock import day_of
from companion.words.dates import day_month, weekday
from companion.words.language import mark, t, tn
from companion.words.publishing import delivery_sentence

LETTERS = {
    "host_copy": mark("copy for the host"),
    "host_notice": mark("notice to the host"),
    "host_yes": mark("asks for a yes"),
    "held": mark("says that it is held"),
    "answers": mark("answers for the author"),
    "replied": mark("the author's answer"),
    "did": mark("you said, we did"),
    "digest": mark("weekly mail"),
    "brief": mark("brief"),
    "after": mark("questions afterwards"),
    "who_sat": mark("asks who sat in"),
    "seat_host": mark("asks the host about a seat"),
    "seat_offer": mark("offers a seat"),
    "seat_over": mark("a seat that is not to be"),
    "leaving": mark("says what stays and what is theirs alone"),
    "seat_taken": mark("tells the host who is coming"),
}
STEPS = {
    "sync": mark("calendars read: {count}"),
    "crossing": mark("taken in from this machine: {count}"),
    "replies": mark("replies taken in: {count}"),
    "deliveries": mark("deliveries: {count}"),
    "digests": mark("weekly mails made: {count}"),
    "briefs": mark("briefs made: {count}"),
    "afterwards": mark("questions afterwards made: {count}"),
    "presence": mark("questions to hosts made: {count}"),
    "seats": mark("mails about seats made: {count}"),
    "letters": mark("letters: {count}"),
}

NO_MAIL = {  # why somebody gets no weekly mail
    "leave": mark("on leave"),
    "off": mark("wants none"),
    "no_address": mark("has no address"),
    "had": mark("had one in the last days"),
    "left_out": mark("left out this week"),
    "nothing": mark("nothing to do and nothing new"),
}


class Told(Protocol):
    """What the sentence needs of a takeaway."""

    @property
    def out_at(self) -> datetime | None: ...
    @property
    def needs_yes(self) -> bool: ...
    @property
    def unannounced(self) -> bool: ...
    @property
    def held(self) -> datetime | None: ...
    @property
    def held_by(self) -> str: ...
    @property
    def withdrawn(self) -> datetime | None: ...


class Post(Protocol):
    """What the line needs of a letter."""

    @property
    def kind(self) -> str: ...
    @property
    def recipient(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def trouble(self) -> str: ...
    @property
    def trouble_facts(self) -> dict[str, str]: ...


def moment(at: datetime, zone: str) -> str:
    """Tuesday, 24 November, 10:15, in the programme's zone."""
    local = at.astimezone(ZoneInfo(zone))
    day = day_month(local.date())
    return t("{weekday}, {day}, {time}", weekday=weekday(local.date()), day=day, time=f"{local:%H:%M}")


def waits(takeaway: Told, now: datetime, zone: str) -> str:
    """Why what is to go out waits: held, a yes, or the host's day; "" where it waits for nobody."""
    if takeaway.withdrawn:
        return ""
    if takeaway.held:
        return t("It is held by {who} and waits until it is let go.", who=takeaway.held_by or t("the host"))
    if takeaway.needs_yes:
        return t("It waits for a yes from the host or from whoever looks after the programme.")
    if takeaway.unannounced:
        return t("It waits until the host has been told, and then for the host's hours.")
    if takeaway.out_at and takeaway.out_at > now:
        when = t("{time} today", time=f"{takeaway.out_at.astimezone(ZoneInfo(zone)):%H:%M}")
        if day_of(takeaway.out_at, zone) != day_of(now, zone):
            when = moment(takeaway.out_at, zone)
        return t("It waits until {when}: the host sees it first.", when=when)
    return ""


def letter_line(letter: Post) -> str:
    """A letter in one line: what it is, to whom, and what became of it."""
    return f"{t(LETTERS[letter.kind])} → {letter.recipient}: {delivery_sentence(_AsSent(letter))}"


class _AsSent:
    """A letter as the sentence of a delivery sees it."""

    def __init__(self, letter: Post) -> None:
        self.state, self.trouble, self.facts = letter.state, letter.trouble, letter.trouble_facts


def step_line(name: str, done: int) -> str:
    """What one step of a run came to."""
    return t(STEPS[name], count=done)


def desk_elsewhere(machine: str, until: datetime, zone: str) -> str:
    """Another machine is the desk."""
    return t("The desk is {machine} just now, until {when} at the latest. Nothing was done here.",
             machine=machine, when=moment(until, zone))  # fmt: skip


def would_send(count: int) -> str:
    """How many messages a run would send."""
    return tn("{count} message would be sent.", "{count} messages would be sent.", count)


def no_mail(why: str) -> str:
    """Why somebody gets no weekly mail."""
    return t(NO_MAIL[why])


def holds(todo: int, told: int) -> str:
    """What a weekly mail holds, in a few words."""
    parts = [
        tn("{count} thing to do", "{count} things to do", todo) if todo else "",
        tn("{count} story", "{count} stories", told) if told else "",
    ]  # fmt: skip
    return " · ".join(part for part in parts if part)


def week_stands(
    going: int, none: int, slot: datetime, zone: str, *, waits: bool, late: bool, post: bool = True, left: bool = False
) -> str:  # fmt: skip
    """How a week's mails stand: how many go, when, and how many people get none.

    `late`: their hour has come; `post`: there is a mail server to write through; `left`: the desk makes none.
    """
    when = moment(slot, zone)
    if not going:
        said = t("No mail is left to send for {when}.", when=when)
    elif not post:
        said = tn("{count} mail of {when} would go.", "{count} mails of {when} would go.", going, when=when)
    elif waits:
        said = tn("{count} mail of {when} waits for your yes.", "{count} mails of {when} wait for your yes.",
                  going, when=when)  # fmt: skip
    elif left:
        said = tn("{count} mail of {when} did not go. It goes only where you send it.",
                  "{count} mails of {when} did not go. They go only where you send them.",
                  going, when=when)  # fmt: skip
    elif late:
        said = tn("{count} mail of {when} goes when the desk runs next.",
                  "{count} mails of {when} go when the desk runs next.", going, when=when)  # fmt: skip
    else:
        said = tn("{count} mail goes by itself on {when}.", "{count} mails go by themselves on {when}.",
                  going, when=when)  # fmt: skip
    if not none:
        return said
    return said + " " + tn("{count} person gets none.", "{count} people get none.", none)
