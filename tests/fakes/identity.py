"""Somebody at Microsoft, without Microsoft: signs in when the test says so, or at once."""

import threading
from dataclasses import dataclass, field

from companion.basics.errors import Problem
from companion.calendars.signin import SignedIn

ADDRESS = "https://login.ferro.example/authorize?client_id=1&state=2"
DANA = SignedIn("dana-oid.ferro-tid", "dana.okafor@ferro.example", "Dana Okafor")


@dataclass
class FakeIdentity:
    """`calendars.signin.Identity`. `who` comes back from the browser once `came` is set, or `problem` does."""

    who: SignedIn = DANA
    problem: Problem | None = None
    came: threading.Event = field(default_factory=threading.Event)
    here: dict = field(default_factory=dict)
    shown: list = field(default_factory=list)
    asked: list = field(default_factory=list)

    def sign_in(self, ticket, show, *, hint="", needs=()):
        self.asked.append((hint, needs))
        show(ADDRESS)
        self.shown.append(ADDRESS)
        while not self.came.wait(0.01):
            ticket.step()
        ticket.step()
        if self.problem is not None:
            raise self.problem
        self.here[self.who.id] = self.who
        return self.who

    def sign_in_by_code(self, ticket, show, *, needs=()):
        raise Problem("ms_code_not_allowed")

    def people(self):
        return list(self.here.values())

    def sign_out(self, person_id):
        self.here.pop(person_id, None)
