"""The role card: what a listener does in a customer meeting, and what to say when asked for more."""

import json
from dataclasses import dataclass
from functools import cache

from companion.basics.resources import resource
from companion.words.language import t


@dataclass(frozen=True)
class RoleCard:
    """What somebody's part is, in a few sentences of the language that is spoken."""

    part: str
    questions: str
    say: str
    record: str

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, in the order it is read."""
        return (self.part, self.questions, self.say, self.record)


def role_card(host: str) -> RoleCard:
    """A listener's card; `host` is the name of who holds the meeting, "" where nobody is known."""
    texts = _texts()["listener"]
    say = t(texts["say"], host=host) if host else t(texts["say_unknown"])
    return RoleCard(t(texts["part"]), t(texts["questions"]), say, t(texts["record"]))


def host_card() -> RoleCard:
    """The card of whoever holds the meeting while a colleague listens."""
    texts = _texts()["host"]
    return RoleCard(t(texts["part"]), t(texts["questions"]), t(texts["say"]), t(texts["record"]))


@cache
def _texts() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(resource("briefs/role.json").read_text("utf-8"))
    return found
