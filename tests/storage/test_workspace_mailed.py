"""Mails on their way into notes, people's wishes and assistants come back as they were, on both engines."""

from dataclasses import replace
from datetime import timedelta

from companion.people.model import Person
from companion.programme.model import Programme, WorkspaceTx
from companion.storage.engine import Store
from companion.takeaways.mailed import MailedNote
from storage.made import NOON

Workspace = Store[WorkspaceTx]
MAIL = MailedNote("n1", "dana", "m1", NOON, "Łódź, đánh giá\nTwo lines", "other@mail.example")


def test_a_mail_comes_in_once_and_waits_for_its_writer(workspace: Workspace) -> None:
    later = replace(MAIL, id="n2", at=NOON + timedelta(hours=1), sender="")
    with workspace.begin() as tx:
        assert [tx.mailed.add(one) for one in (later, MAIL, replace(MAIL, text="again"))] == [True, True, False]
        tx.mailed.add(replace(MAIL, id="n3", person_id="lev"))
    with workspace.begin() as tx:
        assert tx.mailed.of("dana") == [MAIL, later]
        tx.mailed.put(replace(MAIL, text="", sender="", fetched=NOON))
    with workspace.begin(write=False) as tx:
        assert (tx.mailed.of("dana"), tx.mailed.get("n1")) == (
            [later], replace(MAIL, text="", sender="", fetched=NOON),
        )  # fmt: skip
        assert tx.mailed.get("n9") is None


def test_what_is_old_goes_and_what_nobody_fetched_is_counted(workspace: Workspace) -> None:
    with workspace.begin() as tx:
        for number, fetched in enumerate((None, NOON, None)):
            tx.mailed.add(replace(MAIL, id=f"n{number}", at=NOON + timedelta(days=number // 2), fetched=fetched))
    with workspace.begin() as tx:
        assert tx.mailed.expire(NOON) == 0
        assert tx.mailed.expire(NOON + timedelta(hours=1)) == 1
        assert [one.id for one in tx.mailed.of("dana")] == ["n2"]


def test_wishes_assistants_and_quiet_hours_are_kept(workspace: Workspace) -> None:
    dana = Person("dana", "dana@kiln.example", "Dana", reminders=False, assistants=("ana@kiln.example",))
    with workspace.begin() as tx:
        assert Programme().quiet == tx.programme.get().quiet == "19:00-07:00"
        tx.people.put(dana)
        tx.programme.put(replace(tx.programme.get(), quiet=""))
    with workspace.begin(write=False) as tx:
        assert tx.people.get("dana") == dana
        assert tx.programme.get().quiet == ""
