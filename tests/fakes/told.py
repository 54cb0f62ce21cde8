"""A takeaway that is told, and mails that answer it."""

from dataclasses import replace

import pytest

from companion.programme.incoming import take_in
from companion.programme.model import House
from companion.programme.taken import Taken
from companion.takeaways.code import code_of
from companion.takeaways.inbox import Reply
from companion.takeaways.letters import Letter
from companion.takeaways.model import Answer, Channel, Takeaway
from fakes.house import Made
from fakes.ics import NOW

TOLD = Takeaway("t1", 1, "dana", "", "kestrel", "company", "Two trainers", scene="S", published=NOW)


@pytest.fixture
def told(made: Made) -> Made:
    """A takeaway by Dana for everyone, one for People only, and a post through which letters go."""
    with made.house.workspace() as tx:
        tx.takeaways.put(TOLD)
        tx.takeaways.put(replace(TOLD, id="t2", audience="team:People"))
        tx.takeaways.put_channel(Channel("post", "Mail", "smtp", {"from": "programme@ferro.example"}))
        tx.programme.put(replace(tx.programme.get(), post="post", answers_to="answers@ferro.example"))
    return made


def reply(number: int = 1, takeaway: str = "t1", **changes: object) -> Reply:
    made = Reply(f"mail{number}", code_of(takeaway), "changes", "", "agnes@ferro.example", "A. Moll", NOW, "It does.")
    return replace(made, **changes)  # type: ignore[arg-type]


def take(house: House, *replies: Reply) -> Taken:
    with house.workspace() as tx:
        return take_in(tx, replies, house.clock())


def kept(house: House, state: str = "taken") -> list[Answer]:
    with house.workspace(write=False) as tx:
        return tx.takeaways.answers() if state == "taken" else tx.takeaways.to_review()


def written(house: House, kind: str) -> list[Letter]:
    with house.workspace(write=False) as tx:
        return [letter for letter in tx.letters.all() if letter.kind == kind]


def newest(house: House, takeaway_id: str = "t1") -> Takeaway:
    with house.workspace(write=False) as tx:
        found = tx.takeaways.get(takeaway_id)
    assert found
    return found


def sent(house: House, letter: Letter) -> str:
    """Lay a letter out as if it had been sent; its token."""
    with house.workspace() as tx:
        tx.letters.add([letter])
    return str(letter.facts["token"])
