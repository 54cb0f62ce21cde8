"""Kill -9 during delivery: over a real mail server and a chat, everybody gets each revision once, nobody none."""

import asyncio
import multiprocessing
import random
import shutil
import socket
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from companion.programme import channels, letters, outbox, postbag
from companion.programme.model import House
from companion.takeaways.model import Delivery, Takeaway
from fakes.outgoing import deliver, house_at
from servers.chat import Chat, slack_hook

READERS = tuple(f"reader{at}@ferro.example" for at in range(8))
SHORT, KILLS, ROUNDS = 3, 300, 3
MACHINES = multiprocessing.get_context("forkserver")
MACHINES.set_forkserver_preload([  # so that a machine is soon at work, and its death falls into it
    "fakes.outgoing", "companion.storage.engine", "companion.connectors.channels", "companion.connectors.smtp",
    "companion.connectors.slack",
])  # fmt: skip


class Post:
    """A mail server that takes its time, and counts what it took: (to, what it is)."""

    def __init__(self, dice: random.Random) -> None:
        self.took: Counter[tuple[str, str]] = Counter()
        self._dice = dice

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:
        text = envelope.content.decode("utf-8", "replace")
        what = next(line for line in text.splitlines() if line.lower().startswith("x-companion-id:"))
        await asyncio.sleep(self._dice.uniform(0, 0.01))
        self.took.update((address, what.split(":", 1)[1].strip()) for address in envelope.rcpt_tos)
        await asyncio.sleep(self._dice.uniform(0, 0.02))  # taken, and not yet said
        return "250 taken"


@dataclass
class Firm:
    """A programme that sends, machines that die, and the servers' own count of what arrived."""

    home: Path
    post: Post
    chat: Chat
    dice: random.Random
    secrets: dict[str, str] = field(default_factory=dict)
    later: timedelta = timedelta(0)
    ids: dict[str, str] = field(default_factory=dict)  # of channels by name
    made: list[Takeaway] = field(default_factory=list)

    def house(self) -> House:
        return house_at(self.home, self.later, self.secrets)

    def set_up(self, port: int) -> None:
        house = self.house()
        mail = channels.add_smtp(house, "Mail", f"127.0.0.1:{port}", "none", "", "desk@ferro.example")
        chat = channels.add_slack(house, "Chat", self.chat.address)
        self.ids = {"Mail": mail.id, "Chat": chat.id}
        self.secrets = {chat.id: self.chat.address}
        with house.workspace() as tx:
            tx.programme.put(replace(tx.programme.get(), post=mail.id))
        house.close()

    def tell(self) -> None:
        """One more takeaway, or another revision of the last one, for everybody; and a letter about it."""
        revised = bool(self.made) and self.dice.random() < 0.3
        number = len(self.made)
        takeaway = Takeaway(
            f"takeaway-{number}", 1, "dana", "", "kestrel", "company", f"Headline {number}.", scene="A scene.",
            published=datetime.now(UTC),
        )  # fmt: skip
        if revised:
            takeaway = replace(self.made[-1], revision=self.made[-1].revision + 1)
        house = self.house()
        with house.workspace() as tx:
            tx.takeaways.put(takeaway)
            for channel, to in (*(("Mail", reader) for reader in READERS), ("Chat", "")):
                delivery = Delivery(takeaway.id, takeaway.revision, self.ids[channel], to, "pending", house.clock())
                tx.takeaways.put_delivery(delivery)
            tx.letters.add([letters.host_copy(takeaway, "rosa@ferro.example", house.clock())])
        house.close()
        self.made = [item for item in self.made if item.id != takeaway.id] + [takeaway]

    def kill(self) -> int:
        """One or two machines start to deliver and die at some moment; how many were still at it."""
        at_work = 0
        events = [MACHINES.Event() for _ in range(self.dice.choice((1, 2)))]
        machines = [
            MACHINES.Process(target=deliver, args=(self.home, self.later, self.secrets, event.set)) for event in events
        ]
        for machine in machines:
            machine.start()
        for event, machine in zip(events, machines, strict=True):
            assert event.wait(60)
            machine.join(self.dice.uniform(0, 0.25))
            at_work += machine.exitcode is None
            machine.kill()
        for machine in machines:
            machine.join()
            machine.close()
        self.later += timedelta(minutes=11)  # until it is plain that what was out is not
        return at_work

    def look_and_answer(self, house: House) -> None:
        """As a person would: look whether it is there, and say so."""
        for delivery, takeaway, _ in outbox.all_of(house):
            if delivery.state == "unknown" and takeaway:
                there = self.arrived(delivery, takeaway)
                outbox.settle(house, delivery, arrived=bool(there))
        for letter in postbag.all_of(house):
            if letter.state == "unknown":
                there = bool(self.post.took[letter.recipient, f"letter/{letter.id}"])
                (postbag.it_arrived if there else postbag.send_again)(house, letter.id)

    def arrived(self, delivery: Delivery, takeaway: Takeaway) -> int:
        """How often it is there."""
        if delivery.recipient:
            return self.post.took[delivery.recipient, f"{takeaway.id}/{delivery.revision}"]
        return sum(takeaway.headline in str(told) and _revision(told) == delivery.revision for told in self.chat.posted)


def _revision(told: dict[str, Any]) -> int:
    """Which revision a message of the chat is: each but the first says its number."""
    text = str(told)
    return next((number for number in range(2, 99) if f"version {number}" in text), 1)


@pytest.fixture
def firm(laid_out: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Firm]:
    dice = random.Random(getattr(request, "param", 1))
    shutil.copytree(laid_out, tmp_path / "home")
    post = Post(dice)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with slack_hook() as chat:
            made = Firm(tmp_path / "home", post, chat, dice)
            made.set_up(port)
            yield made
    finally:
        controller.stop()


def deliveries_case(firm: Firm, kills: int) -> int:
    """Kills at work; then everything is answered, sent, and counted."""
    firm.chat.left = 100_000
    at_work = 0
    while at_work < kills:
        firm.tell()
        at_work += firm.kill()
    for _ in range(4):
        house = firm.house()
        outbox.run(house, retry=True)
        firm.look_and_answer(house)
        house.close()
        firm.later += timedelta(minutes=11)
    house = firm.house()
    outbox.run(house, retry=True)
    count(firm, house)
    house.close()
    return at_work


def count(firm: Firm, house: House) -> None:
    """Nothing twice, nothing lost, nothing said that is not so."""
    with house.workspace(write=False) as tx:
        newest = {item.id: item.revision for item in tx.takeaways.all()}
        written = tx.letters.all()
    twice = {what: number for what, number in firm.post.took.items() if number > 1}
    assert twice == {}
    for delivery, takeaway, _ in outbox.all_of(house):
        assert takeaway
        there = firm.arrived(delivery, takeaway)
        if delivery.revision == newest[takeaway.id]:
            assert (delivery.state, there) == ("sent", 1), delivery
        else:
            assert (delivery.state, there) in (("sent", 1), ("withdrawn", 0)), delivery
    for letter in written:
        there = firm.post.took[letter.recipient, f"letter/{letter.id}"]
        assert (letter.state, there) in (("sent", 1), ("withdrawn", 0)), letter
    assert firm.chat.refused == []


def test_a_few_kills_of_deliveries(firm: Firm) -> None:
    assert deliveries_case(firm, SHORT) >= SHORT


@pytest.mark.torture
@pytest.mark.parametrize("firm", range(10, 10 + ROUNDS), indirect=True)
def test_many_kills_of_deliveries(firm: Firm) -> None:
    assert deliveries_case(firm, KILLS // ROUNDS) >= KILLS // ROUNDS
