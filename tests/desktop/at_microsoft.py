"""A house whose Microsoft a test plays, and what a sign-in showed."""

from dataclasses import replace

from companion.basics.errors import Problem
from companion.calendars.model import Account
from companion.calendars.signin import Registration
from companion.connectors.ics.worker import InlineReader
from desktop.made import ME, NOW
from fakes.ics import calendar, event
from fakes.identity import DANA, FakeIdentity
from fakes.source import FakeSource

REGISTRATION = Registration(client_id="c0ffee", firm="Ferro")
REVIEWS = "https://graph.microsoft.com/v1.0/users/reviews@ferro.example"
WAIT = 20_000


class Refusing:
    """A calendar that is not read."""

    def __init__(self, problem):
        self._problem = problem

    def pages(self, cursor, known, ticket):
        raise self._problem
        yield

    def close(self):
        """Nothing to close."""


class Office:
    """A house whose Microsoft a test plays."""

    def __init__(self, house):
        self.identity = FakeIdentity()
        self.refusal = None
        self.house = replace(
            house, identity=self.identity, registration=REGISTRATION, open_reader=InlineReader,
            open_source=lambda account, _days: Refusing(self.refusal) if self.refusal else self.source(account),
            registered=lambda old, registration: replace(old, registration=registration),
        )  # fmt: skip
        self.seen = FakeSource({"1": calendar(event("1@x", "20261202T130000Z", title="Kestrel review"))})

    def source(self, account):
        here = account.user in self.identity.here
        return self.seen if here else Refusing(Problem("ms_signin_needed", account=account.name))

    def calendar(self, name, user=DANA.id, url="https://graph.microsoft.com/v1.0/me", owner=ME, hosts=False):
        made = Account(name.lower(), name, "microsoft365", url, user, owner, hosts, NOW)
        with self.house.device() as device:
            device.accounts.put(made)
        return made


def panel(answers):
    return answers.signing[-1]


def stages(answers):
    return [stage.at for stage in panel(answers).stages]


def at(answers, name, qtbot):
    qtbot.waitUntil(lambda: bool(answers.signing) and stages(answers)[-1:] == [name], timeout=WAIT)


def calm(frame, qtbot):
    qtbot.waitUntil(lambda: frame.tasks.busy == 0, timeout=WAIT)
