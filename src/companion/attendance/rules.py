"""What people decided for the planner beforehand: this one there, this one not there, this one never with them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

RuleKind = Literal[
    "pin",  # this person in this meeting, whatever else is planned
    "not_here",  # not this person in this meeting; a host's veto is one
    "never",  # never this person with this customer
    "closed",  # nobody in this meeting; `person_id` is ""
]

Origin = Literal["", "veto"]  # veto: a host's no to an offer, whoever passed it on


@dataclass(frozen=True)
class PlanRule:
    """One decision. The reason may be empty: a host owes none, and one that is given is for ops alone."""

    id: str
    kind: RuleKind
    person_id: str
    meeting_id: str = ""
    customer_id: str = ""
    by: str = ""  # an address
    at: datetime | None = None
    reason: str = ""
    origin: Origin = ""


class PlanRuleStore(Protocol):
    """The slice of a workspace transaction that holds these decisions."""

    def all(self) -> list[PlanRule]: ...  # oldest first
    def put(self, rule: PlanRule) -> None: ...
    def drop(self, rule_id: str) -> None: ...
