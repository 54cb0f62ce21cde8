"""One transaction on the workspace store."""

from sqlalchemy import Connection

from companion.storage.holding import Holding
from companion.storage.workspace.applied import AppliedCommands
from companion.storage.workspace.availability import Availabilities
from companion.storage.workspace.closings import CarriedOver, Closings
from companion.storage.workspace.customers import Customers
from companion.storage.workspace.desk import Inboxes, Leases
from companion.storage.workspace.erasing import Erasing
from companion.storage.workspace.facts import Facts
from companion.storage.workspace.letters import Letters
from companion.storage.workspace.mailed import MailedNotes
from companion.storage.workspace.meetings import Meetings
from companion.storage.workspace.offers import Offers, PlanRules
from companion.storage.workspace.people import People
from companion.storage.workspace.presence import Presence
from companion.storage.workspace.programme import Programmes
from companion.storage.workspace.search import Search
from companion.storage.workspace.seats import Seats
from companion.storage.workspace.tables import metadata
from companion.storage.workspace.takeaways import Takeaways
from companion.storage.workspace.templates import Templates


class WorkspaceTransaction:
    """Implements `programme.model.WorkspaceTx`."""

    def __init__(self, connection: Connection) -> None:
        self.programme = Programmes(connection)
        self.people = People(connection)
        self.customers = Customers(connection)
        self.facts = Facts(connection)
        self.erasing = Erasing(connection)
        self.holding = Holding(connection, metadata)
        self.templates = Templates(connection)
        self.meetings = Meetings(connection)
        self.seats = Seats(connection)
        self.presence = Presence(connection)
        self.offers = Offers(connection)
        self.plan_rules = PlanRules(connection)
        self.closings = Closings(connection)
        self.carried = CarriedOver(connection)
        self.availability = Availabilities(connection)
        self.takeaways = Takeaways(connection)
        self.letters = Letters(connection)
        self.mailed = MailedNotes(connection)
        self.inboxes = Inboxes(connection)
        self.leases = Leases(connection)
        self.search = Search(connection)
        self.applied = AppliedCommands(connection)
