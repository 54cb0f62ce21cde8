"""An entry of ours for a leader's own calendar: a seat offered or taken, with nobody invited."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from companion.basics.ids import SEAT_UID

_SEATS = uuid.UUID("9b0b2f0e-55f3-5f7d-8f55-0d5b6f3f2c1a")


@dataclass(frozen=True)
class SeatEntry:
    """What stands in one entry. Texts are in the leader's language already; times as in `meetings.model.Meeting`."""

    uid: str
    sequence: int  # RFC 5545, 3.8.7.4
    stamp: datetime
    start: datetime
    end: datetime
    all_day: bool
    summary: str
    description: str = ""
    place: str = ""
    link: str = ""
    cancelled: bool = False
    tentative: bool = False  # nobody has said yes to it yet
    beside: bool = False  # the host's own invitation takes the time already


def seat_uid(offer_id: str) -> str:
    """The UID of an offer's entry, the same for as long as the offer is."""
    return SEAT_UID.format(offer_id)


def bare_uid(meeting_id: str, person_id: str) -> str:
    """The UID of a seat that came without an offer."""
    return SEAT_UID.format(uuid.uuid5(_SEATS, f"{meeting_id}\n{person_id}"))
