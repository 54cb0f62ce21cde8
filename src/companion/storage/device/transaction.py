"""One transaction on the device store."""

from sqlalchemy import Connection

from companion.storage.device.accounts import Accounts
from companion.storage.device.briefs import Briefs, Reminders
from companion.storage.device.erasing import DeviceErasing
from companion.storage.device.events import Events
from companion.storage.device.gates import Gates
from companion.storage.device.kept import Kept
from companion.storage.device.looks import Looks
from companion.storage.device.notes import Notes
from companion.storage.device.notes_copy import KeptTemplates, NotesCopies
from companion.storage.device.queue import CommandQueue
from companion.storage.device.search import NoteSearch
from companion.storage.device.tables import metadata
from companion.storage.device.time import Time
from companion.storage.device.versions import NoteVersions
from companion.storage.holding import Holding


class DeviceTransaction:
    """Implements `programme.model.DeviceTx`."""

    def __init__(self, connection: Connection) -> None:
        self.accounts = Accounts(connection)
        self.events = Events(connection)
        self.erasing = DeviceErasing(connection)
        self.holding = Holding(connection, metadata)
        self.queue = CommandQueue(connection)
        self.notes = Notes(connection)
        self.versions = NoteVersions(connection)
        self.notes_copy = NotesCopies(connection)
        self.templates = KeptTemplates(connection)
        self.gates = Gates(connection)
        self.looks = Looks(connection)
        self.briefs = Briefs(connection)
        self.reminders = Reminders(connection)
        self.shelf = Kept(connection)
        self.search = NoteSearch(connection)
        self.time = Time(connection)
