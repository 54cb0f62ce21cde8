"""How far a seat on its way is, in one sentence."""

from companion.words.language import mark, t

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


def why_unsure(address: str) -> str:
    """That a yes came by mail which may not be theirs."""
    return t("A yes came from {address}, which is not whom the letter was written to: ask them.", address=address)


def no_reason(text: str) -> str:
    """Why not, in words; free text as it is."""
    return t(NO_REASONS[text]) if text in NO_REASONS else text
