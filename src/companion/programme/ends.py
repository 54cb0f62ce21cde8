"""How one attempt to send ended, and when the next one may be made."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from companion.basics.errors import Problem
from companion.basics.faults import account_of, write_log
from companion.programme.model import House
from companion.takeaways.model import DeliveryState, Unsure

BACK_OFF = (1, 5, 15, 60, 240, 720)  # minutes after the first, second, … failure
ABANDONED = timedelta(minutes=10)  # what is "sending" for longer was cut by a kill
ELSEWHERE = "channel_elsewhere"  # another machine has the secret; it waits for that one
# The other end could not be reached, so nothing went out; it goes when the line is back.
AWAY = frozenset({
    "mail_unreachable", "channel_unreachable", "channel_host_unknown", "channel_silent", "server_unreachable",
    "server_unknown", "server_silent",
})  # fmt: skip
# These say something of the channel, not of one recipient: asking again at once for the next one only annoys.
_OF_CHANNEL = AWAY | {
    ELSEWHERE, "mail_signin", "mail_password_missing", "mail_certificate_bad", "mail_authority_missing", "mail_no_tls",
    "mail_not_secure", "channel_gone", "channel_unusable", "channel_proxy", "channel_certificate", "channel_signin",
    "mail_signin_wanted", "mail_basic_off", "mail_closing", "ms_proxy",
}  # fmt: skip


@dataclass(frozen=True)
class End:
    """How an attempt ended. `rests`: the channel is to be left alone for the rest of the run."""

    state: DeliveryState = "sent"
    trouble: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    rests: bool = False

    def tries(self, before: int) -> int:
        """The number of tries after it; one that only another machine can make does not count."""
        return before if self.trouble == ELSEWHERE else before + 1


def attempt(house: House, send: Callable[[], None]) -> End:
    """Try to send, and say how it ended. A fault of ours leaves open what became of it, and is logged."""
    try:
        send()
    except Problem as problem:
        return _end(problem, house.clock())
    except Unsure:
        return End("unknown")
    except Exception as fault:  # ours: the others are not to wait until we mend it
        with suppress(OSError):
            write_log(house.paths.log, f"sending\n{account_of(fault)}")
        return End("unknown", "delivery_broken", {"log": str(house.paths.log)})
    return End()


def may_try(
    state: str, tries: int, since: datetime, facts: Mapping[str, str], now: datetime, *, retry: bool = False
) -> bool:
    """Whether something that waits, or failed, may be tried now. `retry`: somebody asks for it, so no back-off."""
    until = facts.get("until")
    if until and datetime.fromisoformat(until) > now:
        return False  # the service named that moment
    if retry or (state == "pending" and not tries):
        return True
    if facts.get("final"):
        return False
    return now - since >= timedelta(minutes=BACK_OFF[max(0, min(tries, len(BACK_OFF)) - 1)])


def _end(problem: Problem, now: datetime) -> End:
    facts = {key: str(value) for key, value in problem.facts.items()}
    if facts.get("after", "").isdigit():
        facts["until"] = (now + timedelta(seconds=int(facts["after"]))).isoformat()
    waits = problem.code in AWAY or problem.code == ELSEWHERE
    return End("pending" if waits else "failed", problem.code, facts, problem.code in _OF_CHANNEL or "until" in facts)
