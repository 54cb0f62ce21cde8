"""`python -m bench.brief_fill HOME TAKEAWAYS`: a profile in which somebody is to meet a customer much is known of."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from bench.calendar_file import FIRM
from bench.homes import OWNER, customers, lay_out
from companion.attendance.model import Evidence
from companion.bootstrap import build
from companion.customers.memory import KINDS, Fact
from companion.customers.model import Contact
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.programme.people import set_me
from companion.storage.workspace.tables import takeaway
from companion.takeaways.model import Takeaway

FACTS, MET = 200, 40  # of the customer: what is remembered, and earlier meetings
HEARD = "They stock up before Easter and then they wait for pallets for a whole week"


def fill(home: Path, texts: int) -> None:
    """One customer with facts and meetings, one meeting tomorrow, and so many takeaways of all customers."""
    lay_out(home)
    house = build(home, secrets_mode="session")
    now = datetime.now(UTC)
    known = [one.id for one in customers()]
    with house.workspace() as tx:
        tx.people.put(Person("me", OWNER, "Dana Okafor", (), "Finance", "leader", 2))
        tx.people.put(Person("host", f"person2@{FIRM}", "Rosa Vidal", (), "Sales", "host"))
        for number in range(MET):
            tx.meetings.put(_meeting(f"m{number}", now - timedelta(days=9 * number + 5)))
        tx.meetings.put(_meeting("next", now + timedelta(days=1)))
        tx.seats.add(Evidence("e1", "next", "me", "self", "accepted", OWNER, now))
        for number in range(8):
            address = f"k{number}@there.example"
            tx.customers.put_contact(Contact(f"k{number}", "c0", address, f"Guest {number}", "owner"))
        for number in range(FACTS):
            kind = KINDS[number % len(KINDS)]
            heard = (now - timedelta(days=number)).date()
            tx.facts.put(Fact(f"f{number}", "c0", kind, f"{HEARD}, {number}", heard_on=heard, by="me", changed=now))
        rows = [
            vars(Takeaway(f"t{at}", 1, "host", f"m{at % MET}", known[at % len(known)], "company", HEARD, HEARD, HEARD,
                          published=now - timedelta(minutes=at * 50)))
            for at in range(texts)
        ]  # fmt: skip
        connection = tx.takeaways._connection  # type: ignore[attr-defined]
        connection.execute(insert(takeaway), rows)
    set_me(house, OWNER)
    house.close()


def _meeting(key: str, start: datetime) -> Meeting:
    return Meeting(
        id=key, uid=key, rec_key="", title="Review", start=start, end=start + timedelta(hours=1), all_day=False,
        zone="Europe/Warsaw", status="confirmed", customer_id="c0", score=90, why=(), host_email=f"person2@{FIRM}",
    )  # fmt: skip


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]))
