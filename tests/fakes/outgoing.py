"""One machine at its deliveries, as a process of its own that can be killed at any moment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from companion.basics.clock import now
from companion.bootstrap import build
from companion.programme import outbox
from companion.programme.channels import secret_name
from companion.programme.model import House


def house_at(home: Path, later: timedelta, secrets: dict[str, str]) -> House:
    """A house whose clock is ahead by that much, with the secrets of its channels by their ids."""
    house = build(home, clock=lambda: now() + later, secrets_mode="session")
    for channel_id, secret in secrets.items():
        house.secrets.put(secret_name(channel_id), secret)
    return replace(house, me="dana@ferro.example")


def deliver(home: Path, later: timedelta, secrets: dict[str, str], ready: Callable[[], None]) -> None:
    """Deliver what is due."""
    house = house_at(home, later, secrets)
    ready()
    outbox.run(house, retry=True)
    house.close()
