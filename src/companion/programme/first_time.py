"""What a new workspace takes from the machine it is opened on."""

from dataclasses import replace

from companion.basics.clock import machine_zone
from companion.programme.model import House


def take_zone(house: House) -> None:
    """A new workspace takes this machine's zone, once."""
    # Looked at before it is written: a start takes no write lock.
    with house.workspace(write=False) as tx:
        if tx.programme.get().zone:
            return
    with house.workspace() as tx:
        programme = tx.programme.get()
        if not programme.zone:
            tx.programme.put(replace(programme, zone=machine_zone()))
