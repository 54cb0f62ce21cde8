"""Graph's events through the reader every calendar goes through: people, places, what is private, what is broken."""

import pytest

from companion.basics.ids import canonical_uid
from companion.calendars.model import Guest
from companion.connectors.microsoft.graph.translate import SELECT, member, version
from connectors.ics.calendar_text import codes
from connectors.microsoft.graph.graph_made import GOID, event, occurrence, one, person, taken

CANARY = "xylophone4711"
JOIN = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_a%40thread.v2/0?context=%7b%22Tid%22%3a%221%22%7d"


def test_a_meeting_comes_out_with_who_when_and_by_which_link() -> None:
    found = one(event(onlineMeeting={"joinUrl": JOIN}, location={"displayName": "Room 4; first floor, left"}))
    assert (found.uid, found.rec_key) == (canonical_uid(GOID), "-")
    assert (found.title, found.status) == ("Kestrel review", "confirmed")
    assert f"{found.start:%Y-%m-%d %H:%M} {found.end:%H:%M} {found.zone}" == "2026-03-02 08:00 09:00 Europe/Berlin"
    assert found.organiser == Guest("rosa@ours.example", "Rosa Neri")
    assert found.guests == (
        Guest("dana@ours.example", "Dana"),
        Guest("jan@kestrel.example", "Jan Kos", "person", "accepted"),
    )
    assert (found.link, found.customer_id, found.guests_known) == (JOIN, "kestrel", True)


def test_the_body_is_never_asked_for() -> None:
    assert "body" not in SELECT.lower()


@pytest.mark.case(62)
def test_the_owners_own_answer_stands_beside_the_list() -> None:
    copy = event(
        attendees=[person("jan@kestrel.example"), person("Dana@Ours.example")], responseStatus={"response": "declined"}
    )
    answers = {guest.address: guest.answer for guest in one(copy, owner="dana@ours.example").guests}
    assert answers == {"jan@kestrel.example": "none", "dana@ours.example": "declined"}
    assert {guest.answer for guest in one(copy).guests} == {"none"}


@pytest.mark.case(62)
def test_who_is_invited_by_a_group_is_not_added() -> None:
    copy = event(attendees=[person("jan@kestrel.example"), person("leaders@ours.example")],
                 responseStatus={"response": "accepted"})  # fmt: skip
    found = one(copy, owner="dana@ours.example")
    assert [(guest.address, guest.answer) for guest in found.guests] == [
        ("jan@kestrel.example", "none"), ("leaders@ours.example", "none"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "answer"),
    [("accepted", "accepted"), ("tentativelyAccepted", "tentative"), ("declined", "declined"), ("none", "none"),
     ("notResponded", "none"), ("organizer", "accepted"), ("perhaps", "none"), (None, "none"), (7, "none")],
)  # fmt: skip
def test_answers(said: object, answer: str) -> None:
    guest = person("jan@kestrel.example")
    guest["status"] = {"response": said}
    assert [guest.answer for guest in one(event(attendees=[guest])).guests] == [answer]


def test_rooms_are_no_persons_and_places_in_a_directory_no_addresses() -> None:
    exchange = "/O=EXCHANGELABS/OU=EXCHANGE ADMINISTRATIVE GROUP/CN=RECIPIENTS/CN=LEV"
    found = one(event(attendees=[
        person("jan@kestrel.example"), person("room4@ours.example", "Room 4", "accepted", "resource"),
        person(exchange, "Lev Orlov"), person("", "Somebody"), person("ann@ours.example", kind="optional"),
    ]))  # fmt: skip
    assert [(guest.address, guest.kind) for guest in found.guests] == [
        ("room4@ours.example", "room"), ("ann@ours.example", "person"), ("jan@kestrel.example", "person"),
    ]  # fmt: skip
    assert found.others == 2


@pytest.mark.parametrize(
    "name",
    ['Kos, "Jan"', "Jan\r\nATTENDEE:mailto:evil@kestrel.example", 'Jan":mailto:evil@kestrel.example',
     "Jan;CN=x:mailto:evil@kestrel.example", "Jan\\", "Jan^n^'", "END:VEVENT\nEND:VCALENDAR", "Jan\u2028\x0bSUMMARY:x"],
)  # fmt: skip
def test_no_text_breaks_out_of_its_line(name: str) -> None:
    plain, hostile = person("jan@kestrel.example", "Jan"), person("jan@kestrel.example", name)
    usual = one(event(attendees=[plain]))
    found = one(event(attendees=[hostile], organizer={"emailAddress": {"name": name, "address": "rosa@ours.example"}},
                      location={"displayName": name}, iCalUId=GOID))  # fmt: skip
    assert [guest.address for guest in found.guests] == ["jan@kestrel.example"]
    assert (found.title, found.organiser and found.organiser.address) == (usual.title, "rosa@ours.example")
    titled = one(event(subject=f"Kestrel review {name}"))
    assert titled.guests == one(event()).guests
    assert one(event(iCalUId=f"u1 {name}")).guests == titled.guests


@pytest.mark.parametrize(
    "address",
    ["a b@kestrel.example", 'x":@kestrel.example', "x\n@kestrel.example", "<x@kestrel.example>;", "a%40b"],
)
def test_odd_addresses_harm_nobody_else(address: str) -> None:
    found = one(event(attendees=[person("jan@kestrel.example"), person(address, "Odd")]))
    assert "jan@kestrel.example" in [guest.address for guest in found.guests]
    assert len(found.guests) + found.others == 2


@pytest.mark.case(66)
@pytest.mark.parametrize("sensitivity", ["private", "personal", "confidential", "Private", "secret", 3])
def test_of_what_is_private_nothing_becomes_bytes(sensitivity: object) -> None:
    closed = event(
        sensitivity=sensitivity, subject=CANARY, attendees=[person(f"{CANARY}@kestrel.example", CANARY)],
        organizer={"emailAddress": {"name": CANARY, "address": f"{CANARY}@ours.example"}},
        location={"displayName": CANARY}, locations=[{"locationUri": CANARY}], onlineMeetingUrl=f"https://{CANARY}.example/x",
        onlineMeeting={"joinUrl": CANARY},
    )  # fmt: skip
    assert CANARY.encode() not in member([closed])
    reading = taken(closed, inspect=True)
    assert (reading.ledger.private, reading.events) == (1, ())
    assert [item.title for item in reading.inspected] in ([], [None])


def test_a_private_occurrence_closes_only_itself() -> None:
    reading = taken(occurrence("2026-03-02"), occurrence("2026-03-09", sensitivity="private"))
    assert (reading.ledger.kept, reading.ledger.private) == (1, 1)


def test_cancelled_is_told_and_tentative_time_is_no_tentative_meeting() -> None:
    assert one(event(isCancelled=True)).status == "cancelled"
    assert one(event(subject="Canceled: Kestrel review")).status == "cancelled"
    assert one(event(showAs="tentative")).status == "confirmed"


def test_other_links_and_places_are_looked_at_in_the_order_of_trust() -> None:
    zoom = "https://zoom.us/j/123456789"
    assert one(event(location={"displayName": "Room 4"}, locations=[{"displayName": f"Zoom {zoom}"}])).link == zoom
    assert one(event(location={"locationUri": zoom})).link == zoom
    meet = {"locationUri": "https://meet.google.com/abc-defg-hij"}
    assert one(event(onlineMeetingUrl=zoom, location=meet)).link == zoom


@pytest.mark.parametrize(
    "uid", [None, "", 5, " "],
)  # fmt: skip
def test_without_a_uid_the_series_or_the_event_names_it_the_same_each_time(uid: object) -> None:
    assert one(event(iCalUId=uid)).uid == one(event(iCalUId=uid, subject="Kestrel visit")).uid != ""
    assert one(event(iCalUId=uid)).uid != one(event(iCalUId=uid, id="AAMk2")).uid
    series = taken(occurrence("2026-03-02", iCalUId=uid), occurrence("2026-03-09", iCalUId=uid))
    assert len({item.uid for item in series.events}) == 1
    assert one(event(iCalUId=uid, uid="from-elsewhere@x")).uid == "from-elsewhere@x"


@pytest.mark.case(43)
def test_occurrences_share_one_uid_whichever_way_it_is_told() -> None:
    dated = f"{GOID[:32]}07EA0309{GOID[40:]}".lower()
    reading = taken(occurrence("2026-03-02"), occurrence("2026-03-09", iCalUId=dated))
    assert {item.uid for item in reading.events} == {GOID}


@pytest.mark.parametrize(
    "change", [{"start": None}, {"start": {}}, {"start": {"dateTime": "soon"}}, {"start": {"dateTime": 7}},
               {"start": {"dateTime": "0001-01-01T00:00:00.0000000"}}],
)  # fmt: skip
def test_a_broken_event_is_told_and_hides_only_itself(change: dict[str, object]) -> None:
    broken = event(id="AAMk2", iCalUId="u2", **change)
    reading = taken(event(), broken, None, "text", 7)
    assert (reading.ledger.kept, reading.ledger.broken, reading.ledger.seen) == (1, 2, 3)  # what is no event is one
    assert set(codes(reading)) == {"entry_broken"}


def test_a_master_is_no_occurrence() -> None:
    assert taken(event(type="seriesMaster")).ledger.seen == 0


@pytest.mark.case(56)
def test_the_same_content_has_the_same_bytes_and_nothing_else_moves_them() -> None:
    first, second = occurrence("2026-03-02"), occurrence("2026-03-09")
    turned = {**second, "attendees": list(reversed(second["attendees"])), "changeKey": "new", "webLink": "https://x"}
    assert member([first, second]) == member([turned, first, second])
    assert version(member([first])) != version(member([{**first, "subject": "Kestrel visit"}]))
    assert one(event(subject="Kestrel talk review"), event()).title == "Kestrel review"  # the later of one id counts


def test_what_json_can_hold_and_bytes_cannot() -> None:
    assert one(event(subject="Kestrel review \ud800")).title.startswith("Kestrel review")
