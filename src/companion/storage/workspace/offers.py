"""Offers of seats, and what people decided for the planner."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select

from companion.attendance.offers import Offer
from companion.attendance.rules import PlanRule
from companion.storage.rows import chunks, upsert
from companion.storage.workspace.attendance_tables import offer, plan_rule

_OFFER = [offer.c[name] for name in Offer.__dataclass_fields__]
_RULE = [plan_rule.c[name] for name in PlanRule.__dataclass_fields__]


class Offers:
    """Implements `attendance.offers.OfferStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Offer]:
        """Every offer, oldest first."""
        rows = self._connection.execute(select(*_OFFER).order_by(offer.c.made, offer.c.id))
        return [Offer(*row) for row in rows]

    def of(self, meeting_ids: Iterable[str]) -> list[Offer]:
        """The offers of these meetings, oldest first."""
        found = [
            Offer(*row)
            for some in chunks(dict.fromkeys(meeting_ids))
            for row in self._connection.execute(select(*_OFFER).where(offer.c.meeting_id.in_(some)))
        ]
        return sorted(found, key=lambda one: (one.made, one.id))

    def get(self, offer_id: str) -> Offer | None:
        """One offer."""
        row = self._connection.execute(select(*_OFFER).where(offer.c.id == offer_id)).first()
        return Offer(*row) if row else None

    def put(self, offer_: Offer) -> None:
        """Add an offer, or move it on."""
        upsert(self._connection, offer, [vars(offer_)])


class PlanRules:
    """Implements `attendance.rules.PlanRuleStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[PlanRule]:
        """Every decision, oldest first."""
        rows = self._connection.execute(select(*_RULE).order_by(plan_rule.c.at, plan_rule.c.id))
        return [PlanRule(*row) for row in rows]

    def put(self, rule: PlanRule) -> None:
        """Add a decision, or change it."""
        upsert(self._connection, plan_rule, [vars(rule)])

    def drop(self, rule_id: str) -> None:
        """Take a decision back."""
        self._connection.execute(delete(plan_rule).where(plan_rule.c.id == rule_id))
