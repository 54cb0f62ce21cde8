"""What a brief is made of, for tests: a customer we know much of, and one we know nothing of."""

from dataclasses import replace
from datetime import UTC, date, datetime

from companion.briefs.known import Known
from companion.calendars.model import Guest
from companion.customers.memory import Fact
from companion.customers.model import Contact, Customer
from companion.meetings.model import Meeting
from companion.people.model import Person
from companion.takeaways.model import Takeaway

NOW = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)
DANA = Person("dana", "dana@ferro.example", "Dana Okafor", (), "Finance", "leader", 2)
LEV = Person("lev", "lev@ferro.example", "Lev Brandt", (), "People", "leader", 2)
ROSA = Person("rosa", "rosa@ferro.example", "Rosa Vidal", (), "Sales", "host")
KESTREL = Customer("k", "Kestrel Plumbing Supply", host_email=ROSA.email)
MEETING = Meeting(
    "m1", "u", "-", "Annual review", datetime(2026, 11, 26, 13, tzinfo=UTC), datetime(2026, 11, 26, 14, 30, tzinfo=UTC),
    False, "Europe/Amsterdam", "confirmed", "k", 90, (), host_email=ROSA.email, place="Unit 4, Mill Lane",
    link="https://meet.example/1",
    guests=(Guest("ken@kestrel.example", "Ken"), Guest("dana@ferro.example"), Guest("new@kestrel.example", "Ngô Ánh")),
)  # fmt: skip
KEN = Contact("c1", "k", "ken@kestrel.example", "Ken Barlow", "the owner", datetime(2026, 5, 12, 9, tzinfo=UTC), "yes")
NOTHING = Known(
    NOW, "Europe/Amsterdam", DANA, MEETING, KESTREL, ROSA, (KEN,), (DANA, LEV), frozenset({"dana@ferro.example"}),
)  # fmt: skip


def fact(name: str, kind: str, text: str, **more) -> Fact:
    more.setdefault("heard_on", date(2026, 9, 21))
    more.setdefault("source", "Rosa, after the visit")
    return Fact(name, "k", kind, text, **more)


MUCH = replace(
    NOTHING,
    facts=(
        fact("w1", "who", "Keeps fourteen plumbing crews supplied.", topic="does"),
        fact("w2", "who", "Plumbers in two counties.", topic="customers"),
        fact("w3", "who", "They were annoyed about September.", topic="mood", heard_on=date(2025, 9, 1)),
        fact("b1", "bought", "The first van is out at 6.31."),
        fact("g1", "goal", "To be rung first.", heard_on=date(2025, 3, 1), state="changed"),
        fact("g2", "goal", "Sixteen crews by summer.", role="the owner"),
        fact("g3", "goal", "My Thursday evenings back.", heard_on=date(2026, 10, 13)),
        fact("g4", "goal", "To stop counting boxes.", heard_on=date(2025, 10, 1)),
        fact("g5", "goal", "To own the yard.", heard_on=None, source=""),
        fact("p1", "promise", "A list of each pallet.", owner_id="rosa", heard_on=date(2026, 3, 1)),
        fact("p2", "promise", "One invoice a week.", owner_id="lev", due=date(2026, 12, 3)),
        fact("p3", "promise", "A second driver.", due=date(2026, 11, 20)),
        fact("p4", "promise", "A calendar.", state="kept"),
        fact("a1", "avoid", "Project Heron is not announced."),
        fact("t1", "touch", "Every delivery is an invoice of its own.", topic="FINANCE"),
        fact("t2", "touch", "Two reminders for what was paid.", topic="Accounting"),
        fact("t3", "touch", "Badges at the gate.", topic="People"),
        fact("f1", "front_line", "The driver knows the code."),
    ),
    takeaways=(
        Takeaway("t", 1, "lev", "m0", "k", "company", "H", quote="We count in minutes.", quote_role="the foreman",
                 published=datetime(2026, 9, 29, 9, tzinfo=UTC)),
    ),
    heard_on={"m0": date(2026, 9, 28)},
    names={"dana": "Dana Okafor", "lev": "Lev Brandt", "rosa": "Rosa Vidal"},
    last=datetime(2026, 9, 28, 9, tzinfo=UTC),
)  # fmt: skip
