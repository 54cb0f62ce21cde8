"""What stands on a brief beside what we know of the customer."""

from datetime import date

from companion.words.dates import day_month, full_day
from companion.words.language import mark, t, tn

LINES = {  # of `customers.memory.WHO`
    "does": mark("What they do"),
    "customers": mark("Their customers"),
    "from_us": mark("From us"),
    "year": mark("The past year"),
    "mood": mark("Mood last time"),
}
QUOTING = {
    "yes": mark("may be quoted"),
    "ask": mark("ask before quoting"),
    "no": mark("not to be quoted"),
}
CUSTOMERS_PAGE = mark("the customer's page")  # the source of what stands there without one


def line_name(topic: str) -> str:
    """What one of the five lines tells; the topic itself where it is none of them."""
    return t(LINES[topic]) if topic in LINES else topic


def unknown() -> str:
    """What stands where nobody knows."""
    return t("unknown")


def known_from(source: str, day: date | None, today: date) -> str:
    """Where something is known from, and since when; what nobody noted is said to be so."""
    told = t(source) if source == CUSTOMERS_PAGE else source
    when = day_month(day, today) if day else ""
    if told:
        return t("{source}, {day}", source=told, day=when) if when else t("{source}, day not noted", source=told)
    return t("not noted from whom, {day}", day=when) if when else t("not noted from whom or when")


def old() -> str:
    """That something was heard so long ago that it may be otherwise now."""
    return t("heard long ago")


def due(day: date, today: date) -> str:
    """When a promise is due; it may be over."""
    text = day_month(day, today)
    return t("was due on {day}", day=text) if day < today else t("due on {day}", day=text)


def met(day: date | None, last: date | None, today: date) -> str:
    """Whether one of ours, perhaps not the reader, met somebody before; `last`: when we met the customer last."""
    if day is None:
        return t("not met before")
    return t("was there last time") if day == last else t("last met us on {day}", day=day_month(day, today))


def why(last: date | None, today: date) -> str:
    """Why the meeting exists, in one sentence."""
    if last is None:
        return t("Our first meeting with them, as far as is known.")
    return t("To hear how it goes; last met on {day}.", day=day_month(last, today))


def left_out(count: int) -> str:
    """How much more there is to read, "" where there is nothing."""
    return tn("{count} more on the customer's page.", "{count} more on the customer's page.", count) if count else ""


def more_people(count: int) -> str:
    """How many more will be in the room, "" for none."""
    return tn("and {count} more person", "and {count} more people", count) if count else ""


def for_whom(person: str) -> str:
    """Whose copy it is."""
    return t("For {person}. Not to be passed on.", person=person) if person else t("Not to be passed on.")


def prepared(day: date, time: str) -> str:
    """As of when it holds; `time` as 14:00."""
    return t("As of {day}, {time}.", day=full_day(day), time=time)


def agreement() -> str:
    """What stands where the customer is under a confidentiality agreement."""
    return t("Confidentiality agreement (NDA): nothing of this leaves our firm.")


def lacking() -> str:
    """What a printed page says where some letters have no font."""
    return t("A box stands for a letter that the computer which printed this has no font for. Noto Sans has most.")
