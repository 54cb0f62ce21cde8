"""Answers come in from inboxes and files: page by page, through kills, each once."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.crossing.model import Command
from companion.programme import answers, publishing
from companion.programme.incoming import take_in
from companion.programme.model import House
from companion.programme.taken import Taken
from companion.takeaways.code import code_of
from companion.takeaways.inbox import Inbox, Swept
from fakes.house import Made
from fakes.ics import NOW
from fakes.told import kept, reply, take, told, written

__all__ = ["told"]


@dataclass
class Pages:
    """An inbox that gives these pages, then perhaps a problem."""

    pages: list[Swept]
    problem: Problem | None = None

    def sweep(self, ticket: Ticket) -> Generator[Swept, None, None]:
        yield from self.pages
        if self.problem:
            raise self.problem

    def test(self) -> None:
        return


def with_inboxes(house: House, **sources: Pages) -> House:
    with house.workspace() as tx:
        for name in sources:
            tx.inboxes.put(Inbox(name, name, "imap", {"host": "h"}))
    return replace(house, open_inbox=lambda inbox: sources[inbox.id])


def test_a_look_into_every_inbox_keeps_how_far_it_went(told: Made) -> None:
    house = with_inboxes(
        told.house,
        a=Pages(
            [Swept((reply(1),), 3, "a1"), Swept((reply(2),), 1, "a2")], Problem("inbox_silent", inbox="a", host="h")
        ),
        b=Pages([Swept((reply(1), reply(3)), 0, "b1", (Problem("inbox_message", inbox="b", uid=4),))]),
    )
    found = answers.sweep(house)
    assert (len(found.taken.ids), found.taken.known, found.left) == (3, 1, 4)
    assert [problem.code for problem in found.problems] == ["inbox_silent", "inbox_message"]
    with house.workspace(write=False) as tx:
        assert {inbox.id: inbox.cursor for inbox in tx.inboxes.all()} == {"a": "a2", "b": "b1"}


def test_killed_in_the_middle_of_a_page_none_is_lost_and_none_is_double(
    told: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    from companion.programme import answers as room

    house = with_inboxes(told.house, a=Pages([Swept((reply(1), reply(2)), 0, "a1")]))

    def killed(*_given: object, **_named: object) -> Taken:
        take_in(*_given, **_named)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(room, "take_in", killed)
        with pytest.raises(KeyboardInterrupt):
            answers.sweep(house)
    assert kept(house) == []
    assert len(answers.sweep(house).taken.ids) == 2
    assert len(written(house, "answers")) == 1


def test_one_mail_that_cannot_be_kept_is_told_and_the_others_come_in(told: Made) -> None:
    bad = reply(2, text="half an emoji \ud83d")
    house = with_inboxes(told.house, a=Pages([Swept((reply(1), bad, reply(3)), 0, "a1")]), b=Pages([]))
    found = answers.sweep(house)
    assert len(found.taken.ids) == 2
    assert [(one.code, one.facts) for one in found.problems] == [
        ("inbox_mail_left", {"inbox": "a", "at": f"{NOW:%Y-%m-%d %H:%M}"})
    ]
    with house.workspace(write=False) as tx:
        assert tx.inboxes.all()[0].cursor == "a1"
    assert answers.sweep(house).taken.known == 2


def test_an_inbox_removed_while_it_is_read_takes_nothing_in(told: Made) -> None:
    class Removing(Pages):
        def sweep(self, ticket: Ticket) -> Generator[Swept, None, None]:
            with told.house.workspace() as tx:
                tx.inboxes.remove("a")
            yield Swept((reply(1),), 0, "a1")

    answers.sweep(with_inboxes(told.house, a=Removing([])))
    assert kept(told.house) == []
    with told.house.workspace(write=False) as tx:
        assert tx.inboxes.all() == []


def mail(folder: Path, name: str, subject: str, sender: str = "agnes@ferro.example") -> Path:
    text = f"From: {sender}\nSubject: {subject}\nMessage-ID: <{name}@ferro.example>\n\nWe print two books.\n"
    (folder / name).write_text(text)
    return folder / name


def test_mails_from_files_each_bad_one_told(told: Made, tmp_path: Path) -> None:
    folder = tmp_path / "mails"
    folder.mkdir()
    code = f"[T-{code_of('t1')} already]"
    mail(folder, "a.eml", f"Re: {code}")
    mail(folder, "b.eml", "Lunch")
    (folder / "c.msg").write_bytes(b"\xd0\xcf\x11\xe0")
    found = answers.import_mails(told.house, [folder, tmp_path / "none.eml", folder / "a.eml"])
    assert len(found.taken.ids) == 1
    assert [problem.code for problem in found.problems] == ["mail_no_code", "mail_is_msg", "file_missing"]
    again = answers.import_mails(told.house, [folder / "a.eml"])
    assert (again.taken.ids, again.taken.known) == ((), 1)
    assert kept(told.house)[0].came == "file"


def test_a_mail_dropped_on_a_takeaway_needs_no_code(told: Made, tmp_path: Path) -> None:
    found = answers.import_mails(told.house, [mail(tmp_path, "b.eml", "Your story")], "t1")
    assert len(found.taken.ids) == 1
    assert kept(told.house)[0].takeaway_id == "t1"
    other = answers.import_mails(
        told.house, [mail(tmp_path, "c.eml", f"[T-{code_of('t2')}]", "lev@ferro.example")], "t1"
    )
    assert kept(told.house)[-1].takeaway_id == "t2" or other.taken.review


def test_what_a_device_read_waits_until_the_workspace_is_there(told: Made, tmp_path: Path) -> None:
    path = mail(tmp_path, "a.eml", f"[T-{code_of('t1')}]")

    class Away:
        def __call__(self, *, write: bool = True) -> object:
            if write:
                raise Problem("workspace_away")
            return told.house.workspace(write=False)

    with pytest.raises(Problem):
        answers.import_mails(replace(told.house, workspace=Away()), [path])  # type: ignore[arg-type]
    answers.answer(replace(told.house, me="lev@ferro.example"), "t1", "question", "Why?")  # crosses what waited, too
    assert {one.name for one in kept(told.house)} == {"Agnes Moll", "Lev Brandt"}


def test_a_command_that_comes_twice_acts_once(told: Made) -> None:
    take(told.house, reply())
    body = {"id": "t1", "by": "dana", "text": "Thanks.", "answers": []}
    from companion.programme.apply import HANDLERS

    with told.house.workspace() as tx:
        HANDLERS["answer_back"](tx, body, NOW)
        HANDLERS["answer_back"](tx, {**body, "text": "Other."}, NOW)
    assert kept(told.house)[0].reply == "Thanks."
    assert len(written(told.house, "replied")) == 1
    with told.house.device() as device:
        device.queue.put(Command("c1", "answer_review", {"id": "gone", "says": "dismiss"}, NOW))
    publishing.mark_read(told.house, "t1")
    answers.answer(told.house, "t1", "question", "Still crosses?")  # what is hopeless holds nobody up
    assert any(one.text == "Still crosses?" for one in kept(told.house))


def test_a_plain_reply_is_not_shown_to_colleagues(told: Made) -> None:
    take(told.house, reply(1, kind=""), reply(2, kind="", only_author=True), reply(3))
    assert sorted((one.kind, one.only_author) for one in kept(told.house)) == [
        ("", True), ("", True), ("changes", False),
    ]  # fmt: skip
