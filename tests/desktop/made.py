"""A small programme in a real profile, at a fixed instant."""

from datetime import UTC, datetime
from pathlib import Path

from companion import bootstrap
from companion.attendance.model import Evidence
from companion.notes.model import Line
from companion.programme import listening, meetings, people, publishing, start
from companion.programme.model import House

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ME = "dana.okafor@ferro.example"
PEOPLE = """name,email,aliases,team,role,target,start,end
Dana Okafor,dana.okafor@ferro.example,,Finance,leader,,,
Mei Tan,mei.tan@ferro.example,,Legal,leader,,,
Agnes Mulder,agnes.mulder@ferro.example,,Finance,staff,,,
Rosa Vidal,rosa.vidal@ferro.example,,Sales,host,,,
"""
CUSTOMERS = """name,domains,aliases,host_email,tier
Kestrel Plumbing Supply,kestrel.example,,rosa.vidal@ferro.example,A
Północ Logistyka,polnoc.example,,rosa.vidal@ferro.example,A
<b>Hòa & Bình</b>,hoabinh.example,,rosa.vidal@ferro.example,B
"""
MEETINGS = """id,customer,start,end,timezone,host_email,title,link
1,Kestrel Plumbing Supply,2026-11-26 14:00,2026-11-26 15:30,UTC,rosa.vidal@ferro.example,Annual review,https://meet.example/1
2,Północ Logistyka,2026-11-17 10:00,2026-11-17 11:00,UTC,rosa.vidal@ferro.example,Quarterly review,
3,<b>Hòa & Bình</b>,2026-10-05 10:00,2026-10-05 11:00,UTC,rosa.vidal@ferro.example,Customer review,
4,Północ Logistyka,2026-12-08 10:00,2026-12-08 11:00,UTC,rosa.vidal@ferro.example,Quarterly review,
"""


def build(home: Path) -> House:
    """The house of a profile, at the fixed instant."""
    return bootstrap.build(home, clock=lambda: NOW, secrets_mode="session")


def lay_out(home: Path) -> None:
    """Dana: coming to Kestrel, not asked yet about Północ, was with Hòa & Bình and wrote two lines."""
    house = build(home)
    start.begin(house, "Ferro Building Supply", ["ferro.example"], "UTC")
    people.import_people(house, PEOPLE)
    people.import_customers(house, CUSTOMERS)
    house = people.set_me(house, ME)
    found, problems = meetings.import_table(house, MEETINGS)
    assert not problems
    with house.workspace() as tx:
        dana, mei = tx.people.by_address(ME), tx.people.by_address("mei.tan@ferro.example")
        assert dana
        assert mei
        for at, (number, says, source) in enumerate(
            [(0, "accepted", "self"), (1, "accepted", "self"), (2, "attended", "host")]
        ):
            when = min(found[number].start, NOW)
            tx.seats.add(Evidence(f"e{at}", found[number].id, dana.id, source, says, "rosa", when))
    note = listening.open_note(house, found[2].id)
    for at, (mark, text) in enumerate([("q", "You sent me two trainers."), ("f", "Sixty people, one floor.")]):
        listening.write_line(house, note.id, at, Line(f"l{at}", NOW, mark, text))
    as_mei = people.set_me(house, "mei.tan@ferro.example")
    made = listening.open_note(as_mei, found[1].id)
    listening.answer(as_mei, made.id, said="We count in minutes.", scene="A gate at ten at night.")
    publishing.publish(as_mei, made.id, "Twelve drivers, one badge reader", "company")
    people.set_me(house, ME)
    house.close()


def meeting(house: House, title: str, customer: str) -> str:
    """The id of a meeting by its customer, the earliest first."""
    with house.workspace(write=False) as tx:
        known = tx.customers.by_name(customer)
        assert known
        held = sorted(tx.meetings.of_customer(known.id), key=lambda item: item.start)
        return next(item.id for item in held if item.title == title)
