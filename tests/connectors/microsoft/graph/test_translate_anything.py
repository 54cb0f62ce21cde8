"""Whatever stands in the shape of an event: nothing raises, the ledger adds up, and what is private stays out."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.connectors.ics.reading import read
from companion.connectors.microsoft.graph.translate import member
from companion.connectors.microsoft.graph.translate_people import _address
from companion.people.addresses import normal
from connectors.ics.calendar_text import RULES, YEAR, check_ledger
from connectors.microsoft.graph.graph_made import GOID, event, one, person, told

CANARY = "xylophone4711"
junk = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
signs = st.text(st.sampled_from('aZ0 ;:,"\\^\n\r\t\0=@<>%?\u2028\u00e9\ud800'), max_size=20)
texts = st.sampled_from(["Kestrel review", "BEGIN:VEVENT", "a\r\nEND:VEVENT\r\nBEGIN:VEVENT", "CLASS:PUBLIC"]) | signs
dates = st.sampled_from([
    "2026-03-02T08:00:00.0000000", "2026-03-02T08:00:00Z", "2026-03-01T23:00:00Z", "2026-13-02T08:00:00", "20260302",
    "0001-01-01T00:00:00Z", "4501-01-01T00:00:00", "9999-12-31T23:59:59.9999999+14:00", "2026-10-25T01:30:00", "",
])  # fmt: skip
zones = st.sampled_from(["UTC", "W. Europe Standard Time", "tzone://Microsoft/Custom", "../../etc/passwd"]) | texts
uids = st.sampled_from([GOID, f"{GOID[:32]}07EA0302{GOID[40:]}", f"{GOID[:32]}FFFFFFFF{GOID[40:]}", ""]) | texts
addresses = st.sampled_from(["jan@kestrel.example", "DANA@ours.example", "/o=X/cn=y", "sip:a@ours.example"]) | texts


def or_junk(usual: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(usual, usual, usual, junk)


boxes = or_junk(st.fixed_dictionaries({"name": or_junk(texts), "address": or_junk(addresses)}))
status = or_junk(st.fixed_dictionaries({"response": or_junk(st.sampled_from(["accepted", "declined", "none", "?"]))}))
guests = or_junk(st.fixed_dictionaries({"emailAddress": boxes, "status": status, "type": or_junk(texts)}))
times = or_junk(st.fixed_dictionaries({"dateTime": or_junk(dates), "timeZone": or_junk(zones)}))
places = or_junk(st.fixed_dictionaries({"displayName": or_junk(texts), "locationUri": or_junk(texts)}))
events = or_junk(st.fixed_dictionaries({}, optional={
    "id": or_junk(st.sampled_from(["a", "A", "b"])), "iCalUId": or_junk(uids), "seriesMasterId": or_junk(texts),
    "type": or_junk(st.sampled_from(["singleInstance", "occurrence", "exception", "seriesMaster", "poll"])),
    "subject": or_junk(texts), "isAllDay": or_junk(st.booleans()), "isCancelled": or_junk(st.booleans()),
    "sensitivity": or_junk(st.sampled_from(["normal", "normal", "private", "personal", "confidential"])),
    "start": times, "end": times, "originalStart": or_junk(dates), "originalStartTimeZone": or_junk(zones),
    "organizer": or_junk(st.fixed_dictionaries({"emailAddress": boxes})), "attendees": or_junk(st.lists(guests)),
    "responseStatus": status, "location": places, "locations": or_junk(st.lists(places, max_size=2)),
    "onlineMeeting": or_junk(st.fixed_dictionaries({"joinUrl": or_junk(texts)})), "onlineMeetingUrl": or_junk(texts),
}))  # fmt: skip
many = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@many
@given(made=st.lists(events, max_size=5), owner=addresses | st.just(""))
def test_nothing_raises_and_the_ledger_adds_up(made: list[Any], owner: str) -> None:
    data = member(made, owner)
    assert data == member(made, owner)
    reading = read(data, RULES, YEAR, inspect=True)
    check_ledger(reading)
    assert reading.ledger.seen <= len(made)


@many
@given(item=events, canary=st.sampled_from(["private", "personal", "confidential", "secret", 1, [], {}]))
def test_no_word_of_what_is_private_becomes_a_byte(item: Any, canary: Any) -> None:
    spoilt = json.loads(json.dumps(item).replace("Kestrel", CANARY).replace("jan@", f"{CANARY}@"))
    if not isinstance(spoilt, dict):
        return
    spoilt = {**spoilt, "sensitivity": canary, "id": "x", "iCalUId": GOID, "subject": CANARY, "seriesMasterId": "s",
              "attendees": [person("jan@kestrel.example", CANARY)]}  # fmt: skip
    data = member([spoilt], "jan@kestrel.example")
    assert CANARY.encode() not in data
    assert b"kestrel" not in data
    assert read(data, RULES, YEAR).ledger.private == (spoilt.get("type") != "seriesMaster")


@many
@given(subject=texts, name=texts, place=texts, uid=uids)
def test_a_good_event_beside_any_text_stays_as_it_is(subject: str, name: str, place: str, uid: str) -> None:
    odd = event(id="odd", subject=subject, attendees=[person("eve@linden.example", name)], iCalUId=f"odd{uid}",
                location={"displayName": place}, start=told("2026-05-05T08:00:00"))  # fmt: skip
    reading = read(member([event(), odd]), RULES, YEAR)
    check_ledger(reading)
    assert reading.ledger.seen == 2
    (good,) = [item for item in reading.events if item.uid == GOID]
    assert good == one(event())


@many
@given(address=addresses)
def test_an_address_is_the_same_person_here_and_in_every_other_calendar(address: str) -> None:
    written = _address(address)
    assert normal(written) == (normal(address) if written else "")
    assert "\n" not in written
