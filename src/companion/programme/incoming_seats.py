"""What hosts and leaders mail back about seats."""

from datetime import datetime

from companion.programme.model import WorkspaceTx
from companion.programme.taken import Sender, Taken
from companion.takeaways.inbox import Reply


def take_seat(tx: WorkspaceTx, reply: Reply, sender: Sender, now: datetime) -> Taken:
    """Do what the recipient of one letter asks for; a mail without its token is of no letter of ours."""
    return Taken(strange=1)
