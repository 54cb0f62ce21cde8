"""Deliveries: once each, and what failed says so and is tried again in its turn."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from companion.basics.errors import Problem
from companion.basics.ids import meeting_id
from companion.programme import channels, listening, outbox, publishing
from companion.programme.model import House
from companion.programme.publishing import Order
from companion.programme.sync import sync
from companion.takeaways.letters import LetterParcel
from companion.takeaways.model import Parcel, Shown, Takeaway, Unsure
from fakes.house import Made
from fakes.ics import calendar, event


class Post:
    """A mail channel that does what the test wants next."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, int]] = []
        self.written: list[LetterParcel] = []
        self.next: list[Exception] = []

    def send(self, parcel: Parcel) -> None:
        if self.next:
            trouble = self.next.pop(0)
            if isinstance(trouble, Unsure):
                self.sent.append((parcel.recipient, parcel.takeaway.revision))
            raise trouble
        self.sent.append((parcel.recipient, parcel.takeaway.revision))

    def publish(self, parcels: Iterable[Parcel]) -> None:
        raise AssertionError("mail is no place")

    def retract(self, parcel: Parcel) -> None:
        self.sent.append((parcel.recipient, 0))

    def write(self, parcel: LetterParcel) -> None:
        self.written.append(parcel)

    def preview(self, parcel: Parcel) -> Shown:
        return Shown(parcel.takeaway.headline)

    def test(self) -> None:
        return


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def house(made: Made, post: Post) -> House:
    made.account("Work", "dana@ferro.example").members = {"a": calendar(event("a", answer="ACCEPTED"))}
    sync(made.house)
    house = replace(made.house, open_channel=lambda _channel: post)
    channels.add_smtp(house, "Mail", "mail.example:587", "starttls", "", "desk@ferro.example")
    return house


def published(house: House, audience: str = "company", to: tuple[str, ...] = ("agnes@ferro.example",)) -> Takeaway:
    note = listening.take_text(house, meeting_id("a", "-"), "q We lose a crew day.\n! she was tired")
    return publishing.publish(house, note.id, "A crew day", audience, Order(("Mail",), to))


def states(house: House) -> dict[str, str]:
    return {delivery.recipient: delivery.state for delivery, _, _ in outbox.all_of(house)}


def test_each_reader_gets_it_once_however_often_the_outbox_runs(house: House, post: Post) -> None:
    published(house, to=("agnes@ferro.example", "lev@ferro.example", "AGNES@ferro.example"))
    for _ in range(3):
        outbox.run(house, retry=True)
    assert sorted(post.sent) == [("agnes@ferro.example", 1), ("lev@ferro.example", 1)]


def test_without_addresses_the_audience_gets_it_and_the_author_does_not(house: House, post: Post) -> None:
    published(house, "team:Finance", to=())
    outbox.run(house)
    assert post.sent == [("agnes@ferro.example", 1)]


def test_what_failed_waits_for_its_turn(house: House, made: Made, post: Post) -> None:
    published(house)
    post.next = [Problem("mail_later", host="mail.example", reply="421")]
    outbox.run(house)
    assert states(house) == {"agnes@ferro.example": "failed"}
    outbox.run(house)
    assert post.sent == []
    made.time[0] += timedelta(minutes=2)
    outbox.run(house)
    assert (post.sent, states(house)) == ([("agnes@ferro.example", 1)], {"agnes@ferro.example": "sent"})


def test_nobody_knows_whether_it_arrived_so_it_is_not_sent_again(house: House, made: Made, post: Post) -> None:
    published(house)
    post.next = [Unsure()]
    outbox.run(house)
    made.time[0] += timedelta(days=3)
    outbox.run(house, retry=True)
    assert (len(post.sent), states(house)) == (1, {"agnes@ferro.example": "unknown"})


def test_a_delivery_cut_off_by_a_kill_ends_as_unknown(house: House, made: Made, post: Post) -> None:
    takeaway = published(house)
    with house.workspace() as tx:
        delivery = tx.takeaways.deliveries()[0]
        assert tx.takeaways.claim(delivery, made.time[0])
        assert not tx.takeaways.claim(delivery, made.time[0]), "a second machine does not send it too"
    outbox.run(house)
    assert states(house) == {"agnes@ferro.example": "sending"}
    made.time[0] += timedelta(hours=1)
    outbox.run(house)
    assert (post.sent, states(house)) == ([], {"agnes@ferro.example": "unknown"})
    assert takeaway.revision == 1


def test_withdrawn_before_it_went_out_it_never_goes(house: House, post: Post) -> None:
    takeaway = published(house)
    publishing.withdraw(house, takeaway.id)
    outbox.run(house, retry=True)
    assert post.sent == []


def test_a_place_bound_to_everyone_refuses_a_teams_takeaway(made: Made, tmp_path) -> None:  # type: ignore[no-untyped-def]
    made.account("Work", "dana@ferro.example").members = {"a": calendar(event("a", answer="ACCEPTED"))}
    sync(made.house)
    channels.add_place(made.house, "site", "Intranet", str(tmp_path / "site"))
    note = listening.take_text(made.house, meeting_id("a", "-"), "q Words.")
    with pytest.raises(Problem) as caught:
        publishing.publish(made.house, note.id, "H", "team:Finance", Order(("Intranet",)))
    assert caught.value.code == "channel_other_audience"
    with pytest.raises(Problem) as caught:
        publishing.publish(made.house, note.id, "H", "team:Nobody", Order())
    assert caught.value.code == "team_unknown"


@pytest.mark.parametrize(("headline", "code"), [("", "headline_missing"), ("   ", "headline_missing")])
def test_a_takeaway_needs_a_headline(made: Made, headline: str, code: str) -> None:
    made.account("Work", "dana@ferro.example").members = {"a": calendar(event("a"))}
    sync(made.house)
    note = listening.take_text(made.house, meeting_id("a", "-"), "f fact")
    with pytest.raises(Problem) as caught:
        publishing.publish(made.house, note.id, headline, "company")
    assert caught.value.code == code


def test_channels_keep_no_password(house: House) -> None:
    channels.add_smtp(house, "Other", "mail.example:587", "starttls", "desk", "desk@ferro.example", "hunter2-canary")
    assert all("hunter2" not in str(channel.config) for channel in channels.all_of(house))
    house.close()
    assert all(b"hunter2" not in path.read_bytes() for path in house.paths.home.rglob("*") if path.is_file())


def test_the_same_published_twice_is_one_takeaway_and_one_mail(house: House, post: Post) -> None:
    first = published(house)
    outbox.run(house)
    note = listening.all_of(house)[0]
    again = publishing.publish(house, note.id, "A crew day", "company", Order(("Mail",), ("agnes@ferro.example",)))
    outbox.run(house)
    assert (again.id, again.revision, post.sent) == (first.id, 1, [("agnes@ferro.example", 1)])
    changed = publishing.publish(house, note.id, "Two crew days", "company")
    outbox.run(house)
    assert (changed.id, changed.revision) == (first.id, 2)
    assert post.sent == [("agnes@ferro.example", 1), ("agnes@ferro.example", 2)], "a correction follows the first"
    assert len(publishing.all_of(house)) == 1
