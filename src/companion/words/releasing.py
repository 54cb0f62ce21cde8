"""How a takeaway stands, and what becomes of it before it goes out, as sentences."""

from datetime import datetime
from typing import Protocol

from companion.words.dates import clock_time, day_month
from companion.words.language import mark, t

STANDS = {
    "out": mark("out"),
    "waiting": mark("the host sees it first"),
    "asked": mark("waits for a yes"),
    "held": mark("held"),
    "withdrawn": mark("withdrawn"),
    "expired": mark("no longer shown"),
}
_WHY = {
    "nda": mark("there is a confidentiality agreement with the customer"),
    "ask": mark("the speaker wants to be asked before they are quoted"),
    "review": mark("you asked for it to be looked at"),
}


_ALREADY = {
    "hold": mark("It is held already; nothing was changed."),
    "let_go": mark("It is not held; nothing was changed."),
    "agree": mark("It waits for nothing, so there is nothing to say yes to; nothing was changed."),
    "withdraw": mark("It was withdrawn already; nothing was changed."),
}


class Coming(Protocol):
    """What the sentences need of a takeaway's release."""

    @property
    def letter(self) -> str: ...
    @property
    def why(self) -> tuple[str, ...]: ...
    @property
    def untold(self) -> bool: ...
    @property
    def host(self) -> str: ...


def unchanged(kind: str) -> str:
    """Why a decision changed nothing: `hold`, `let_go`, `agree` or `withdraw`."""
    return t(_ALREADY[kind])


def stands(state: str) -> str:
    """The state in a word or two."""
    return t(STANDS[state])


def release_sentence(coming: Coming, out_at: datetime | None, zone: str) -> str:
    """Who is told or asked before, or as, it goes out; "" where nobody is."""
    if coming.letter == "host_yes":
        why = "; ".join(t(_WHY[reason]) for reason in coming.why)
        asked = t("It goes out after a yes: {why}.", why=why)
        if coming.untold:
            return (
                asked + " " + t("Nobody was told, because the programme sends no mail: ask the host or ops yourself.")
            )
        return asked + (" " + t("{host} was asked.", host=coming.host) if coming.host else " " + t("Ops were asked."))
    if coming.untold and coming.host:
        return t("{host}, the host, was not told, because the programme sends no mail. Tell them yourself.",
                 host=coming.host)  # fmt: skip
    if coming.letter == "host_notice" and out_at:
        when = t("{day}, {time}", day=day_month(out_at), time=clock_time(out_at, zone))
        return t("{host}, the host, sees it first; everyone else from {when}.", host=coming.host, when=when)
    return t("{host}, the host, gets a copy.", host=coming.host) if coming.letter == "host_copy" else ""
