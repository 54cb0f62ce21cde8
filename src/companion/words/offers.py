"""How far a seat on its way is, in one sentence."""

from companion.words.language import mark, t, tn

STATES: dict[str, str] = {
    "host": mark("The host is asked; no answer yet."),
    "vetoed": mark("Not this time."),
    "offered": mark("The host agrees; the leader is asked."),
    "accepted": mark("They are coming."),
    "declined": mark("They cannot."),
    "withdrawn": mark("Taken back."),
}

NO_REASONS: dict[str, str] = {
    "workload": mark("too much to do"),
    "clash": mark("elsewhere at that time"),
    "conflict": mark("a conflict of interest"),
    "leave": mark("on leave"),
    "unanswered": mark("no answer in time"),
    "too_late": mark("the meeting came first"),
    "off": mark("the meeting does not take place"),
    "gone": mark("no longer with the programme"),
    "swapped": mark("somebody else took it over"),
    "handover": mark("handed over"),
}


def state_of(state: str, came: str = "", *, host: str = "") -> str:
    """The sentence of one state. `host`: who is asked, by name."""
    if state == "host" and host:
        return t("{host}, the host, is asked; no answer yet.", host=host)
    if state == "vetoed" and came == "ask":
        return t("Not this time. Ask for another review.")
    return t(STATES[state])


def burden(customer: str, listeners: int, bears: int) -> str:
    """That one more is more than a customer is to bear."""
    return tn(
        "{customer} has {count} listener within a year already, and is to bear {bears}: ask whether one more is "
        "wanted.",
        "{customer} has {count} listeners within a year already, and is to bear {bears}: ask whether one more is "
        "wanted.", listeners, customer=customer, bears=bears,
    )  # fmt: skip


def why_unsure(address: str) -> str:
    """That a yes came by mail which may not be theirs."""
    return t("A yes came from {address}, which is not whom the letter was written to: ask them.", address=address)


LATE = frozenset({"offer_over", "review_over", "seat_taken", "seat_asked", "seat_had"})
REFUSED: dict[str, str] = {
    "offer_over": mark("it was settled already"),
    "review_over": mark("the meeting had begun"),
    "seat_taken": mark("the seat is taken"),
    "seat_asked": mark("the seat is on its way already"),
    "seat_had": mark("the seat is taken"),
    "seat_clash": mark("there is another seat at that time"),
    "seat_on_leave": mark("that day lies in a leave"),
    "seat_no_review": mark("the meeting does not take place"),
    "seat_ruled_out": mark("that seat is not open any more"),
    "seat_not_here": mark("that day lies after the last day in the programme"),
    "seat_own_meeting": mark("it is the host's own meeting"),
    "offer_host_first": mark("the host has not said yet whether somebody may sit in"),
    "swap_no_seat": mark("somebody else took the seat over"),
    "swap_nobody": mark("nobody could take the seat over, so it stays"),
}


def refused_mine(code: str, customer: str, day: str) -> str:
    """To who answered by mail: why that could not be followed."""
    why = t(REFUSED[code]) if code in REFUSED else t("please answer here")
    if code in LATE:
        return t("Your answer by mail about {customer} on {day} came too late: {why}.", customer=customer, day=day,
                 why=why)  # fmt: skip
    return t("Your answer by mail about {customer} on {day} could not be followed: {why}.", customer=customer, day=day,
             why=why)  # fmt: skip


def refused_of(code: str, name: str) -> str:
    """To who runs the programme: that an answer by mail could not be followed, and why."""
    why = t(REFUSED[code]) if code in REFUSED else t("ask them")
    if code in LATE:
        return t("An answer of {name} by mail came too late: {why}.", name=name, why=why)
    return t("An answer of {name} by mail could not be followed: {why}.", name=name, why=why)


def unsure_mine(address: str, customer: str, day: str) -> str:
    """To whom a letter was written: a yes came from another address."""
    return t("A yes about {customer} on {day} came by mail from {address}, which may not be you: please say it here.",
             address=address, customer=customer, day=day)  # fmt: skip


def no_reason(text: str) -> str:
    """Why not, in words; free text as it is."""
    return t(NO_REASONS[text]) if text in NO_REASONS else text
