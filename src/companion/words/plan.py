"""A plan in words: why this seat, why none, what would help, how good it is."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from companion.words.dates import day_month
from companion.words.language import mark, t, tn

CUSTOMER: dict[str, str] = {
    "nobody_heard": mark("nobody of us has heard {customer} yet"),
    "team_new": mark("nobody from {team} has heard {customer}"),
    "leader_new": mark("{customer} is new to them"),
    "heard_before": mark("they have heard {customer} before, and nobody who has not could go"),
}
ABLE: dict[str, str] = {
    "free": mark("free by their calendar"),
    "no_clash": mark("nothing known against that time"),
}
KINDS: dict[str, str] = {
    "agreed": mark("already agreed or on its way"),
    "pinned": mark("you want them there"),
    "draft": mark("as in the last proposal"),
    "new": mark("proposed"),
}
BROKEN: dict[str, str] = {
    "unknown": mark("the meeting or the person is no longer part of the programme"),
    "gone": mark("the meeting does not take place or does not count"),
    "closed": mark("nobody is to sit in that meeting"),
    "not_here": mark("they are not to sit in that meeting"),
    "never": mark("they are never to sit with that customer"),
    "own": mark("they host that meeting"),
    "said_no": mark("they said no to it"),
    "role": mark("they are not in the role on that day"),
    "leave": mark("they are on leave on that day"),
    "busy": mark("their calendar is taken"),
    "taken": mark("they sit or host elsewhere at that time"),
    "credited": mark("they have heard that customer on that day"),
    "clash": mark("they have another seat at that time, or less than half an hour away"),
    "same_day": mark("they have another seat with that customer on that day, and it counts once"),
    "one_a_day": mark("they have another seat on that day"),
    "full": mark("somebody sits there already"),
    "most": mark("they would have more than three meetings in the year"),
    "visits": mark("the customer has had its visits for the year"),
}


RULES: dict[str, str] = {
    "pin": mark("{name} sits at {customer}, {day}"),
    "not_here": mark("{name} does not sit at {customer}, {day}"),
    "never": mark("{name} never sits with {customer}"),
    "closed": mark("Nobody sits at {customer}, {day}"),
}


PLACES: dict[int, str] = {
    2: mark("the second of {count} that {name} needs this year"),
    3: mark("the third of {count} that {name} needs this year"),
    0: mark("another of {count} that {name} needs this year"),
}


class Reason(Protocol):
    """One reason: a code, and what its sentence needs."""

    @property
    def code(self) -> str: ...
    @property
    def facts(self) -> tuple[tuple[str, str], ...]: ...


def seat_sentence(reasons: Iterable[Reason], name: str, customer: str, beside: str = "", place: int = 1) -> str:
    """Why somebody sits there: `Dana needs one; nobody from Finance has heard Kestrel; free by their calendar.`

    `place`: which of the seats that the plan has for them this is, by day.
    """
    said = [_part(reason, name, customer, beside, place) for reason in reasons]
    text = "; ".join(part for part in said if part)
    return t("{reasons}.", reasons=text[:1].upper() + text[1:])


def _part(reason: Reason, name: str, customer: str, beside: str, place: int) -> str:
    facts = dict(reason.facts)
    if reason.code == "needs" and 1 < place <= int(facts["needs"]):
        return t(PLACES.get(place, PLACES[0]), name=name, count=facts["needs"])
    if reason.code == "needs":
        return tn("{name} needs {count} this year", "{name} needs {count} this year", int(facts["needs"]), name=name)
    if reason.code == "beyond":
        return t("{name} needs no more this year", name=name)
    if reason.code in CUSTOMER:
        return t(CUSTOMER[reason.code], customer=customer or t("a customer"), team=facts.get("team", ""))
    if reason.code == "second":
        other = beside or t("somebody else")
        if not facts.get("new"):
            return t("beside {name}, for one of the two is there for the first time", name=other)
        if facts["new"] == facts["person"]:
            return t("beside {name}, who is there for the first time", name=other)
        return t("beside {other}, for {name} is there for the first time", other=other, name=name)
    return t({**ABLE, **KINDS}.get(reason.code, reason.code))


def kind(code: str) -> str:
    """What a planned seat is: agreed, wanted, as before, proposed."""
    return t(KINDS[code])


def short_sentence(needs: int, why: Iterable[Reason], name: str) -> str:
    """Why somebody is left short: `Dana is one short. Of the reviews ahead: 3 on leave, 5 given to others.`"""
    lacks = tn("{name} is {count} seat short.", "{name} is {count} seats short.", needs, name=name)
    codes = {reason.code: int(dict(reason.facts).get("count", 0)) for reason in why}
    if "none_left" in codes:
        return t("{lacks} No review is left before the end.", lacks=lacks)
    if "most" in codes:
        return t("{lacks} More than three meetings a year are not planned.", lacks=lacks)
    return t("{lacks} Of the reviews ahead: {why}.", lacks=lacks, why=_blocked(codes))


def _blocked(codes: dict[str, int]) -> str:
    said = {
        "closed": tn("{count} closed", "{count} closed", codes.get("closed", 0)),
        "not_here": tn("{count} with a no to them", "{count} with a no to them", codes.get("not_here", 0)),
        "never": tn("{count} with a customer ruled out", "{count} with customers ruled out", codes.get("never", 0)),
        "said_no": tn("{count} they declined", "{count} they declined", codes.get("said_no", 0)),
        "role": tn("{count} outside their time in the role", "{count} outside their time in the role",
                   codes.get("role", 0)),
        "leave": tn("{count} during leave", "{count} during leave", codes.get("leave", 0)),
        "busy": tn("{count} with a full calendar", "{count} with a full calendar", codes.get("busy", 0)),
        "taken": tn("{count} beside another meeting of theirs", "{count} beside other meetings of theirs",
                    codes.get("taken", 0)),
        "clash": tn("{count} beside a seat they have", "{count} beside seats they have", codes.get("clash", 0)),
        "same_day": tn("{count} with the same customer on the same day", "{count} with the same customer on the same "
                       "day", codes.get("same_day", 0)),
        "one_a_day": tn("{count} on a day they sit elsewhere", "{count} on days they sit elsewhere",
                        codes.get("one_a_day", 0)),
        "full": tn("{count} given to somebody else", "{count} given to others", codes.get("full", 0)),
        "visits": tn("{count} with a customer that has had its visits", "{count} with customers that have had their "
                     "visits", codes.get("visits", 0)),
        "kept_clear": tn("{count} that would leave somebody else short", "{count} that would leave others short",
                         codes.get("kept_clear", 0)),
    }  # fmt: skip
    return ", ".join(said[code] for code in codes if code in said)


def help_sentence(way: str, customer: str, day: str = "", first: date | None = None, last: date | None = None) -> str:
    """What would seat them. `day`: of the review that a rule keeps from them; else between which days one would do."""
    if way == "review" and first and last:
        if first == last:
            return t("one more review with {customer} on {day}", customer=customer, day=day_month(first))
        return t("one more review with {customer} between {first} and {last}", customer=customer,
                 first=day_month(first), last=day_month(last))  # fmt: skip
    if way == "open":
        return t("opening the review with {customer} on {day}", customer=customer, day=day)
    if way == "never":
        return t("lifting the rule that keeps them from {customer} ({day})", customer=customer, day=day)
    return t("one visit more for {customer} ({day})", customer=customer, day=day)


def refused_sentence(what: str, code: str, name: str, customer: str) -> str:
    """A pin, or an agreed seat, that cannot stand."""
    why = t(BROKEN.get(code, BROKEN["unknown"]))
    name, customer = name or t("Somebody"), customer or t("a customer")
    if what == "pin":
        return t("{name} cannot be kept at {customer}: {why}.", name=name, customer=customer, why=why)
    return t("The agreed seat of {name} at {customer} cannot stand: {why}.", name=name, customer=customer, why=why)


def rule_sentence(kind: str, name: str, customer: str, day: str, reason: str = "") -> str:
    """What was decided for the planner. `kind`: pin | not_here | never | closed; `day`: of the review, if it is one."""
    facts = {"name": name or t("somebody"), "customer": customer or t("a customer"), "day": day}
    text = t(RULES[kind], **facts)
    return t("{text}: {reason}", text=text, reason=reason) if reason else text


def quality(proven: bool, level: str, away: int) -> str:
    """How good a plan is: at which level it may not be the best there is, and by how much at most."""
    if proven:
        return t("No better plan is possible.")
    if not level:
        return t("In what counts, no better plan is possible.")
    words = {
        "changes": tn("{count} change to what was agreed", "{count} changes to what was agreed", away),
        "short": tn("{count} person short", "{count} people short", away),
        "missing": tn("{count} seat missing", "{count} seats missing", away),
        "redrawn": tn("{count} change to the last proposal", "{count} changes to the last proposal", away),
        "unheard": tn("{count} customer nobody heard", "{count} customers nobody heard", away),
        "again": tn("{count} repeated customer", "{count} repeated customers", away),
        "alike": tn("{count} repeated team", "{count} repeated teams", away),
        "close": tn("{count} person with seats close together", "{count} people with seats close together", away),
    }
    return t("Within {what} of the best possible.", what=words[level])


def headline(fresh: int, kept: int, short: int) -> str:
    """The plan in one sentence: seats proposed, seats that stand anyway, and leaders left short."""
    if not (fresh or kept or short):
        return t("There is nothing to plan: no open review, or nobody who needs one.")
    said = [tn("{count} seat proposed.", "{count} seats proposed.", fresh) if fresh else t("No seat is proposed.")]
    if kept:
        said.append(tn("{count} is agreed already.", "{count} are agreed already.", kept))
    said.append(tn("{count} leader stays short.", "{count} leaders stay short.", short) if short
                else t("Nobody stays short."))  # fmt: skip
    return " ".join(said)
