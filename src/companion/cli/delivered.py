"""Deliveries, as several commands say them."""

from collections.abc import Iterable
from typing import Any

from companion.cli.out import end_progress, progress, warn
from companion.cli.passwords import give_missing_to_deliveries
from companion.programme import outbox
from companion.programme.model import House
from companion.takeaways.model import Channel, Delivery
from companion.words.publishing import delivery_sentence


def deliver(house: House, takeaway_id: str = "", *, retry: bool = False) -> tuple[list[Delivery], dict[str, Channel]]:
    """Deliver what is due; what became of each (of one takeaway alone where it is named), and the channels by id."""
    give_missing_to_deliveries(house)
    tried = [d for d in outbox.run(house, progress(), retry=retry) if not takeaway_id or d.takeaway_id == takeaway_id]
    with house.workspace(write=False) as tx:
        channels = {channel.id: channel for channel in tx.takeaways.channels()}
    end_progress()
    return tried, channels


def failures(tried: Iterable[Delivery], channels: dict[str, Channel]) -> int:
    """Say on standard error what was tried in vain; 1 where nothing went out."""
    tried = list(tried)
    failed = [item for item in tried if item.state == "failed"]
    for item in failed:
        warn(delivery_line(item, channels.get(item.channel_id)))
    return 1 if failed and len(failed) == len(tried) else 0


def delivery_line(delivery: Delivery, channel: Channel | None) -> str:
    """A delivery in one line: through which channel, to whom, and what became of it."""
    to = f" → {delivery.recipient}" if delivery.recipient else ""
    return f"{channel.name if channel else '?'}{to}: {delivery_sentence(delivery)}"


def delivery_json(delivery: Delivery, channel: Channel | None) -> dict[str, Any]:
    """A delivery as the command answers it."""
    return {
        "takeaway": delivery.takeaway_id, "revision": delivery.revision, "channel": channel.name if channel else None,
        "recipient": delivery.recipient, "state": delivery.state, "since": delivery.since,
        "sentence": delivery_sentence(delivery),
    }  # fmt: skip
