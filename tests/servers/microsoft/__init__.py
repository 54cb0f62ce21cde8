"""A faithful Microsoft 365 on loopback: an authority, Graph, and a host that must never be asked."""

from servers.microsoft.entries import Person, uid_of_day
from servers.microsoft.firm import Microsoft365, running_microsoft
from servers.microsoft.mailbox import Calendar, User

__all__ = ["Calendar", "Microsoft365", "Person", "User", "running_microsoft", "uid_of_day"]
