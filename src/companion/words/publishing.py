"""What became of a delivery, as a sentence."""

from typing import Protocol

from companion.words.language import mark, t
from companion.words.problems import from_code

STATES = {
    "pending": mark("waiting to go out"),
    "sending": mark("going out"),
    "sent": mark("delivered"),
    "withdrawn": mark("taken back"),
    "unknown": mark("nobody can know whether it arrived; ask the recipient before you send it again"),
    "failed": mark("not delivered"),
}


class Sent(Protocol):
    """What the sentence needs of a delivery."""

    @property
    def state(self) -> str: ...
    @property
    def trouble(self) -> str: ...
    @property
    def facts(self) -> dict[str, str]: ...


def delivery_sentence(delivery: Sent) -> str:
    """What became of it and, where it failed, why and what to do."""
    state = t(STATES[delivery.state])
    if delivery.state == "failed" and delivery.trouble:
        return f"{state}. {from_code(delivery.trouble, dict(delivery.facts))}"
    return state
