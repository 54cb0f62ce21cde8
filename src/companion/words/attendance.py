"""Seats, evidence, standings and the directors' sentence, in words."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from companion.words.dates import day_month, full_day
from companion.words.language import mark, t, tn

SEATS: dict[str, str] = {
    "open": mark("open"),
    "asked": mark("asked"),
    "coming": mark("coming"),
    "was_there": mark("was there"),
    "was_not_there": mark("was not there"),
}
STATES: dict[str, str] = {
    "open": mark("Nobody has been asked yet."),
    "proposed": mark("Proposed; nobody has been asked yet."),
    "offered": mark("Asked; no answer yet."),
    "accepted": mark("Said yes."),
    "declined": mark("Said no."),
    "attended": mark("Was there."),
    "missed": mark("Was not there."),
    "excused": mark("Excused."),
    "delegated": mark("Somebody else went."),
    "cancelled": mark("The meeting did not take place."),
    "disputed": mark("What we were told does not agree. Somebody has to decide."),
    "unknown": mark("Nobody has said yet."),
}
FLAGS: dict[str, str] = {
    "done": mark("done"),
    "on_track": mark("on track"),
    "needs_seat": mark("needs a seat"),
    "waiting": mark("waiting for an answer"),
    "cannot_reach": mark("cannot make it"),
    "exempt": mark("nothing expected"),
}
CALENDAR: dict[str, str] = {
    "accepted": mark("accepted in the calendar"),
    "declined": mark("declined in the calendar"),
    "tentative": mark("tentative in the calendar"),
    "invited": mark("invited in the calendar"),
}
SAID: dict[str, str] = {
    "self": mark("{name}, on {day}"),
    "host": mark("{name}, the host, on {day}"),
    "ops": mark("{name}, for the programme, on {day}"),
    "report": mark("the join report, on {day}"),
}
SYSTEMS: dict[str, str] = {"teams": "Microsoft Teams", "zoom": "Zoom", "meet": "Google Meet"}
HEARD: dict[str, str] = {  # by whose word
    "self": mark("Heard {customer} on {day}, by their own word."),
    "host": mark("Heard {customer} on {day}, by the host's word."),
    "ops": mark("Heard {customer} on {day}, as noted for the programme."),
    "report": mark("Heard {customer} on {day}, by the join report."),
}
WHY: dict[str, str] = {
    "target": mark("The target is {target} a year."),
    "joined": mark("In the role since {day}."),
    "left": mark("In the role until {day}."),
    "began": mark("The programme began on {day}; nobody owes for the time before."),
    "few_days": mark(
        "With {days} days in the period, fewer than {fewest}, nothing is expected; what was heard counts."
    ),
    "pro_rata": mark("{days} of {of} days count, so {expected} expected."),
    "reaches": mark("Days of leave are left out, so the twelve months reach back to {day}."),
    "part_time": mark("At {share} % of full time, that share is expected."),
    "heard": mark("Heard {customer} on {day}."),
    "same_day": mark("A second meeting with {customer} on {day} is the same credit."),
    "target_own": mark("The target is {target} a year from {day} on: {reason}"),
    "target_role": mark("The target of the role is {target} a year from {day} on: {reason}"),
    "heard_none": mark("No customer was heard in this time."),
    "coming_none": mark("No seat is agreed for the time ahead."),
    "other_period": mark("{customer} on {day} lies outside this period."),
    "before_role": mark("{customer} on {day} was before the role began."),
    "after_role": mark("{customer} on {day} was after the role ended."),
    "outside_role": mark("{customer} on {day} is outside the time in the role."),
    "rehearsal": mark("{customer} on {day} was among ourselves, without the customer."),
    "dismissed": mark("{customer} on {day} was dismissed: it was no customer meeting."),
    "no_customer": mark("The meeting on {day} was with no customer we know."),
    "withdrawn": mark("What an import said of {customer} on {day} was taken back."),
    "missed": mark("Was not with {customer} on {day}."),
    "excused": mark("Excused from {customer} on {day}; that counts against nobody."),
    "delegated": mark("Somebody else went to {customer} on {day}; it is their credit."),
    "cancelled": mark("The meeting with {customer} on {day} did not take place."),
    "declined": mark("Said no to {customer} on {day}."),
    "proposed": mark("Proposed for {customer} on {day}; nobody has been asked yet."),
    "seat_open": mark("Nothing is agreed about {customer} on {day}."),
    "told": mark("Told of {customer} on {told}, after the meeting on {day}."),
    "told_late": mark("Told of {customer} on {told}; in time was until {until}."),
    "told_withdrawn": mark("What was told of {customer} on {day} was withdrawn."),
    "told_half": mark("The telling of {customer} on {day} has no headline, or no quote."),
    "told_to_me": mark("What was written of {customer} on {day} is for its author alone."),
    "tell_by": mark("To be told of {customer} by {until}, after the meeting on {day}."),
    "sum": mark("{expected} expected, {heard} heard, {coming} coming: {needs} still needed."),
    "open_review": mark("{customer} on {day} is open."),
    "open_leave": mark("{customer} on {day} is open, in a time of leave."),
    "open_barred": mark("{customer} on {day} is open, but not for them: busy then, or not to sit there."),
    "open_taken": mark("{customer} on {day} is open, but they have a seat then, or that credit already."),
    "closed": mark("{label} was closed on {at}; the figures are of that day."),
    "amended": mark("Amended since: {old} → {new}."),
    "said_since": mark("What was said of {customer} on {day} came in on {at}."),
    "withdrawn_since": mark("What an import said of {customer} on {day} was taken back on {at}."),
    "told_since": mark("What was told of {customer} on {day} changed on {at}."),
    "target_since": mark("A target was set on {at}."),
    "leave_since": mark("A leave was written down on {at}."),
    "leave_over_since": mark("A leave was changed or taken back on {at}."),
    "carried_since": mark("It was carried over on {at}."),
    "changed_since": mark("A meeting was moved or changed in the calendar, or somebody's days in the role."),
    "untold": mark("Nothing told of {customer} within five working days of {day}."),
    "coming": mark("Coming to {customer} on {day}."),
    "asked": mark("Asked to hear {customer} on {day}; no answer yet."),
    "unknown": mark(
        "Nobody has said yet whether {who} with {customer} on {day}; that counts for nobody and against nobody."
    ),
    "disputed": mark("It is not agreed whether {who} with {customer} on {day}; it counts once somebody decides."),
}
_WITH_YEAR = frozenset({"other_period", "before_role", "after_role", "outside_role", "reaches", "target_own",
                        "target_role"})  # fmt: skip


class Facts(Protocol):
    """What the directors' sentence is made of: numbers of leaders of whom something is expected."""

    @property
    def leaders(self) -> int: ...
    @property
    def on_track(self) -> int: ...
    @property
    def waiting(self) -> int: ...
    @property
    def needing(self) -> int: ...
    @property
    def seats_needed(self) -> int: ...
    @property
    def open_reviews(self) -> int: ...
    @property
    def cannot(self) -> int: ...
    @property
    def until(self) -> date: ...
    @property
    def over(self) -> bool: ...
    @property
    def missing(self) -> int: ...
    @property
    def expected(self) -> int: ...
    @property
    def heard(self) -> int: ...
    @property
    def beside(self) -> int: ...


class Looked(Protocol):
    """What the look back is made of."""

    @property
    def reviews(self) -> int: ...
    @property
    def with_us(self) -> int: ...
    @property
    def unknown(self) -> int: ...
    @property
    def months(self) -> int: ...
    @property
    def until(self) -> date | None: ...


def seat_word(word: str, code: str = "") -> str:
    """One of the five words of the screen; of a past seat of which nobody spoke (its state is `code`), that."""
    return t("not known yet") if code == "unknown" else t(SEATS[word])


def state(code: str) -> str:
    """The exact state as a sentence, for where five words are too few."""
    return t(STATES[code])


def flag(code: str) -> str:
    """A standing's flag in a word or two."""
    return t(FLAGS[code])


class Figures(Protocol):
    """What one person's word is made of."""

    @property
    def flag(self) -> str: ...
    @property
    def heard(self) -> int: ...
    @property
    def expected(self) -> int: ...


def standing_word(found: Figures, *, over: bool) -> str:
    """Where somebody stands; of a period that is over only figures, for nothing is late any more."""
    return stood(found.flag, found.heard, found.expected) if over else flag(found.flag)


def stood(code: str, heard: int, expected: int) -> str:
    """Where somebody stood in a period that is over: figures, and nothing about what is late by now."""
    return flag(code) if code in ("done", "exempt") else t("{heard} of {expected}", heard=heard, expected=expected)


def evidence(
    source: str, says: str, name: str, day: date, *, reason: str = "", instead: str = "", time: str = ""
) -> str:  # fmt: skip
    """Who says so and when: `Rosa, the host, on 18 November`. `instead`: the name of who went; `time`: 14:05."""
    when = t("{day} at {time}", day=day_month(day), time=time) if time else day_month(day)
    if source == "calendar":
        told = t("{answer}, read on {day}", answer=t(CALENDAR.get(says, CALENDAR["invited"])), day=when)
    elif source == "report" and name in SYSTEMS:
        told = t("the join report of {system}, read on {day}", system=SYSTEMS[name], day=when)
        reason = report_reason(reason)
    else:
        told = t(SAID.get(source, SAID["self"]), name=name, day=when)
    if says == "delegated" and instead:
        told = t("{instead} went instead ({told})", instead=instead, told=told)
    return t("{told}: {reason}", told=told, reason=reason) if reason else told


def acting_for(name: str, leader: str) -> str:
    """Who said something in somebody's name: `Ana for Dana`."""
    return t("{name} for {leader}", name=name, leader=leader)


def report_reason(code: str) -> str:
    """Why a join report is not sure of somebody: `name`, `reports`, `brief:MINUTES`; any other text as it is."""
    if code == "name":
        return t("somebody of that name joined without a known address")
    if code == "reports":
        return t("one join report says was there, another does not")
    kind, _, minutes = code.partition(":")
    if kind == "brief" and minutes.isdecimal():
        return tn("there for less than {count} minute", "there for less than {count} minutes", int(minutes))
    return code


def why(
    code: str, facts: Mapping[str, str] | Iterable[tuple[str, str]], customers: Mapping[str, str], name: str = "",
    *, mine: bool = False,
) -> str:  # fmt: skip
    """One reason behind a standing. `customers`: id -> name as the reader may see it; `name`: whose standing it is."""
    known = dict(facts)
    known["who"] = t("you were") if mine else t("{name} was", name=name) if name else t("they were")
    for name in ("day", "until", "by", "told", "at"):
        if name in known:
            day = date.fromisoformat(known[name])
            known[name] = full_day(day) if code in _WITH_YEAR or name == "at" else day_month(day)
    if "customer" in known:
        known["customer"] = customers.get(known["customer"]) or t("a customer")
    if code == "leave":
        return tn("{count} day of leave is left out.", "{count} days of leave are left out.", int(known["days"]))
    if code == "unsaid":
        return tn("{count} past seat has no record; it counts for nobody and against nobody.",
                  "{count} past seats have no record; they count for nobody and against nobody.",
                  int(known["count"]))  # fmt: skip
    if code == "carried":
        return tn("{count} of them was carried over from the year before.",
                  "{count} of them were carried over from the year before.", int(known["count"]))  # fmt: skip
    if code in ("needs_seat", "cannot_reach", "waiting"):
        return _needed(code, known)
    if code == "heard" and known.get("source") in HEARD:
        return t(HEARD[known["source"]], **known)
    return t(WHY[code], **known) if code in WHY else t("A reason this version does not know ({code}).", code=code)


def _needed(code: str, known: Mapping[str, str]) -> str:
    needs, free, until, by = int(known["needs"]), int(known["open"]), known.get("until", ""), known.get("by", "")
    if code == "waiting":
        return tn("Needs {count} more; an answer is awaited.", "Needs {count} more; answers are awaited.", needs)
    if free == 0 and until:
        return t("Needs {needs} more; no open review before {until}.", needs=needs, until=until)
    if free == 0:
        return t("Needs {needs} more; no open review ahead.", needs=needs)
    if until:
        said = tn(
            "Needs {needs} more; {count} open review before {until}.",
            "Needs {needs} more; {count} open reviews before {until}.",
            free,
            needs=needs,
            until=until,
        )
    else:
        said = tn("Needs {needs} more; {count} open review ahead.", "Needs {needs} more; {count} open reviews ahead.",
                  free, needs=needs)  # fmt: skip
    return said + " " + t("Must be seated by {by}.", by=by) if by and until else said


def directors(facts: Facts) -> str:
    """The one thing to say to the directors: who is on track, who needs a seat, who cannot make it."""
    if facts.leaders == 0:
        return t("Nothing is expected of anybody in this period.")
    if facts.over:
        return _over(facts)
    said = [_on_track(facts)]
    if facts.needing:
        said.append(_needing(facts))
        if facts.missing:
            said.append(tn("{count} more review has to be found.", "{count} more reviews have to be found.",
                           facts.missing))  # fmt: skip
    if facts.beside:
        said.append(tn("{count} can only sit in beside a colleague.", "{count} can only sit in beside colleagues.",
                       facts.beside))  # fmt: skip
    if facts.waiting:
        said.append(tn("{count} has been asked.", "{count} have been asked.", facts.waiting))
    if facts.cannot:
        said.append(
            tn(
                "{count} cannot make it before {until} unless a review is added.",
                "{count} cannot make it before {until} unless reviews are added.",
                facts.cannot,
                until=day_month(facts.until),
            )
        )
    return " ".join(said)


def _on_track(facts: Facts) -> str:
    if facts.on_track == 0:
        return t("Nobody is on track yet.")
    if facts.on_track == facts.leaders:
        return tn("The one leader is on track.", "All {count} are on track.", facts.leaders)
    return tn("{count} of {leaders} is on track.", "{count} of {leaders} are on track.", facts.on_track,
              leaders=facts.leaders)  # fmt: skip


def _needing(facts: Facts) -> str:
    if facts.seats_needed > facts.needing:
        return tn(
            "{count} needs {seats} seats; open reviews: {open}.",
            "{count} need {seats} seats between them; open reviews: {open}.",
            facts.needing,
            seats=facts.seats_needed,
            open=facts.open_reviews,
        )
    if facts.open_reviews == 0:
        return tn("{count} needs a seat, and no review is open.", "{count} need a seat, and no review is open.",
                  facts.needing)  # fmt: skip
    if facts.open_reviews == 1:
        return tn("{count} needs the one open review.", "{count} need the one open review.", facts.needing)
    return tn(
        "{count} needs one of these {open} open reviews.",
        "{count} need one of these {open} open reviews.",
        facts.needing,
        open=facts.open_reviews,
    )


def _over(facts: Facts) -> str:
    heard = tn("{heard} of {count} expected meeting was heard", "{heard} of {count} expected meetings were heard",
               facts.expected, heard=facts.heard)  # fmt: skip
    if facts.on_track == facts.leaders:
        reached = tn("the one leader reached what was expected", "all {count} leaders reached what was expected",
                     facts.leaders)  # fmt: skip
    else:
        reached = tn("{reached} of {count} leader reached what was expected",
                     "{reached} of {count} leaders reached what was expected", facts.leaders,
                     reached=facts.on_track)  # fmt: skip
    return t("{heard}; {reached}.", heard=heard, reached=reached)


def looked_back(back: Looked) -> str:
    """31 reviews in 12 months; in 6 sat someone from the back office. What nobody has said yet is told apart."""
    reviews = tn("{count} review in {months} months", "{count} reviews in {months} months", back.reviews,
                 months=back.months)  # fmt: skip
    sat = tn("in {count} sat someone from the back office", "in {count} sat someone from the back office",
             back.with_us)  # fmt: skip
    said = t("{reviews}; {sat}.", reviews=reviews, sat=sat)
    if back.until:
        said = t("Up to {day}: {said}", day=full_day(back.until), said=said)
    if not back.unknown:
        return said
    return said + " " + tn(
        "Of {count} more nobody has said yet who was there.", "Of {count} more nobody has said yet who was there.",
        back.unknown,
    )  # fmt: skip
