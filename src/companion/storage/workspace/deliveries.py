"""Channels, and what is on its way through them."""

from dataclasses import fields
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from companion.storage.rows import upsert
from companion.storage.workspace.tables import channel, delivery
from companion.takeaways.model import Channel, Delivery, DeliveryState

_DELIVERY = [delivery.c[item.name] for item in fields(Delivery)]


class Deliveries:
    """The part of `takeaways.model.TakeawayStore` that goes out."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def channels(self) -> list[Channel]:
        """Every way out, by name."""
        rows = self._connection.execute(select(channel).order_by(channel.c.name))
        return [Channel(**row._mapping) for row in rows]

    def put_channel(self, channel_: Channel) -> None:
        """Add a channel, or change the one with this id."""
        upsert(self._connection, channel, [vars(channel_)])

    def remove_channel(self, channel_id: str) -> None:
        """Remove a channel and what waits for it; what went out through it stays on record."""
        waiting = delivery.c.state.in_(("pending", "failed"))
        self._connection.execute(delete(delivery).where(delivery.c.channel_id == channel_id, waiting))
        self._connection.execute(delete(channel).where(channel.c.id == channel_id))

    def deliveries(self, takeaway_id: str | None = None) -> list[Delivery]:
        """Every delivery, or those of one takeaway, longest in its state first."""
        query = select(*_DELIVERY)
        if takeaway_id is not None:
            query = query.where(delivery.c.takeaway_id == takeaway_id)
        keys = (delivery.c.takeaway_id, delivery.c.revision, delivery.c.channel_id, delivery.c.recipient)
        rows = self._connection.execute(query.order_by(delivery.c.since, *keys))
        return [Delivery(*row) for row in rows]

    def delivery_states(self) -> list[tuple[str, DeliveryState, int, datetime]]:
        """Of each takeaway: a state, how many deliveries are in it, and when the last one came into it."""
        each = (delivery.c.takeaway_id, delivery.c.state)
        rows = self._connection.execute(select(*each, func.count(), func.max(delivery.c.since)).group_by(*each))
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    def put_delivery(self, delivery_: Delivery) -> None:
        """Add a delivery, or move it to another state."""
        upsert(self._connection, delivery, [vars(delivery_)])

    def claim(self, delivery_: Delivery, at: datetime) -> bool:
        """Take a waiting or failed delivery for sending; False where somebody else has it or it went out."""
        taken = self._connection.execute(
            update(delivery)
            .where(
                delivery.c.takeaway_id == delivery_.takeaway_id,
                delivery.c.revision == delivery_.revision,
                delivery.c.channel_id == delivery_.channel_id,
                delivery.c.recipient == delivery_.recipient,
                delivery.c.state.in_(("pending", "failed")),
            )
            .values(state="sending", since=at)
        )
        return taken.rowcount == 1
