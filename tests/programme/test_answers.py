"""Readers' answers by mail: whose they are, what they may set going, and that each comes in once."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.crossing.model import Command
from companion.programme import actions, answers, letters, publishing
from companion.programme.incoming import Taken, take_in
from companion.programme.model import House
from companion.programme.views.answers import answers_of
from companion.takeaways.answering import days_to_answer, pace
from companion.takeaways.code import code_of
from companion.takeaways.inbox import Inbox, Reply, Swept
from companion.takeaways.letters import Letter
from companion.takeaways.model import Answer, Channel, Takeaway
from companion.words.answers import from_whom, pace_sentence
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


def test_an_answer_of_ours_is_taken_in_under_the_name_we_know(told: Made) -> None:
    assert take(told.house, reply(sender="agnes@ferro.example")).ids
    (answer,) = kept(told.house)
    assert (answer.name, answer.team, answer.person_id, answer.came) == ("Agnes Moll", "Finance", "agnes", "mail")
    assert answers_of(told.house, "t1").rows[0].answer.text == "It does."


def test_an_alias_is_the_same_person(told: Made) -> None:
    take(told.house, reply(sender="d.okafor@ferro.example"))
    assert kept(told.house)[0].person_id == "dana"


def test_the_same_mail_from_two_sources_comes_in_once(told: Made) -> None:
    first, second = take(told.house, reply()), take(told.house, reply(), reply(2))
    assert (len(first.ids), second.known, len(second.ids)) == (1, 1, 1)
    assert len(kept(told.house)) == 2


@pytest.mark.parametrize("sender", ["somebody@kestrel.example", "", "agnes@elsewhere.example"])
def test_whom_nobody_knows_waits_to_be_looked_at_and_is_none_of_us(told: Made, sender: str) -> None:
    take(told.house, reply(sender=sender, sender_name="Agnes Moll"))
    assert kept(told.house) == []
    (aside,) = kept(told.house, "review")
    assert (aside.person_id, aside.team) == ("", "")
    assert "outside" in from_whom(aside)
    assert answers_of(told.house, "t1").rows == ()
    assert answers_of(told.house, "t1").review == 1


def test_who_may_not_read_it_and_who_left_are_looked_at(told: Made) -> None:
    assert take(told.house, reply(1, "t2")).review  # Agnes is in Finance
    with told.house.workspace() as tx:
        lev = tx.people.get("lev")
        assert lev
        tx.people.put(replace(lev, end=(NOW - timedelta(days=3)).date()))
    assert take(told.house, reply(2, "t2", sender="lev@ferro.example")).review
    assert kept(told.house) == []


def test_automatic_strange_and_empty_ones_are_counted(told: Made) -> None:
    taken = take(
        told.house, reply(1, automatic=True), reply(2, code="AAAAAAAA"), reply(3, kind="", text=""), reply(4, text="")
    )  # fmt: skip
    assert (taken.automatic, taken.strange, taken.empty, len(taken.ids)) == (1, 1, 1, 1)  # a kind alone says something
    assert [answer.text for answer in kept(told.house)] == [""]


def test_an_answer_to_what_was_withdrawn_since_still_reaches_its_author(told: Made) -> None:
    with told.house.workspace() as tx:
        tx.takeaways.put(replace(TOLD, withdrawn=NOW))
    assert take(told.house, reply()).ids


def test_only_to_the_author_is_seen_by_nobody_else(told: Made) -> None:
    take(told.house, reply(only_author=True, kind="more"))
    answers.answer(replace(told.house, me="agnes@ferro.example"), "t1", "more", "They moved.", named=False)
    lev = replace(told.house, me="lev@ferro.example")
    assert answers_of(lev, "t1").rows == ()
    assert answers.front_line(lev, "kestrel") == ()
    assert len(answers_of(told.house, "t1").rows) == 2
    assert {row.answer.name for row in answers_of(told.house, "t1").rows} == {"Agnes Moll"}
    assert len(answers.front_line(told.house, "kestrel")) == 2


def test_what_the_front_line_knows_reaches_who_may_read_it(told: Made) -> None:
    take(told.house, reply(1, "t2", kind="more", sender="lev@ferro.example"), reply(2, kind="question"))
    take(told.house, reply(3, kind="more", text="They moved in spring."))
    agnes = replace(told.house, me="agnes@ferro.example")
    assert [known.answer.text for known in answers.front_line(agnes, "kestrel")] == ["They moved in spring."]
    assert len(answers.front_line(replace(told.house, me="lev@ferro.example"), "kestrel")) == 2


# What a letter's recipient may ask for


def waiting(house: House) -> Letter:
    with house.workspace() as tx:
        tx.takeaways.put(replace(TOLD, needs_yes=True))
    return letters.host_yes(TOLD, "rosa@ferro.example", NOW)


def test_a_host_says_yes_by_mail_once(told: Made) -> None:
    token = sent(told.house, waiting(told.house))
    yes = reply(kind="yes", token=token, sender="rosa@ferro.example", text="")
    assert take(told.house, yes).acted == 1
    assert not newest(told.house).needs_yes
    with told.house.workspace() as tx:
        tx.takeaways.put(replace(TOLD, needs_yes=True))  # asked again later: the old mail says nothing of that
    assert take(told.house, yes).known == 1
    assert newest(told.house).needs_yes


@pytest.mark.parametrize(
    ("sender", "right"),
    [("rosa@ferro.example", False), ("agnes@ferro.example", True), ("rosa@elsewhere.example", True)],
)
def test_without_the_token_or_from_another_nothing_is_done(told: Made, sender: str, right: bool) -> None:
    token = sent(told.house, waiting(told.house))
    for number, kind in enumerate(("yes", "hold")):
        taken = take(told.house, reply(number, kind=kind, token=token if right else "AAAAAAAA", sender=sender))
        assert (taken.acted, len(taken.review)) == (0, 1)
    assert newest(told.house).needs_yes
    assert newest(told.house).held is None
    assert {answer.kind for answer in kept(told.house, "review")} == {"yes", "hold"}


def test_the_token_of_one_letter_opens_nothing_else(told: Made) -> None:
    token = sent(told.house, letters.host_copy(TOLD, "rosa@ferro.example", NOW))
    waiting(told.house)
    assert take(told.house, reply(1, kind="yes", token=token, sender="rosa@ferro.example")).review
    assert take(told.house, reply(2, kind="reply", token=token, sender="rosa@ferro.example")).review
    assert take(told.house, reply(3, "t2", kind="hold", token=token, sender="rosa@ferro.example")).review
    assert newest(told.house).needs_yes
    assert newest(told.house, "t2").held is None


def test_a_yes_to_an_earlier_revision_is_no_yes(told: Made) -> None:
    token = sent(told.house, waiting(told.house))
    with told.house.workspace() as tx:
        tx.takeaways.put(replace(TOLD, revision=2, headline="Another", needs_yes=True))
    assert take(told.house, reply(kind="yes", token=token, sender="rosa@ferro.example")).review
    assert newest(told.house).needs_yes


def test_a_host_holds_by_mail_and_the_author_hears_why(told: Made) -> None:
    token = sent(told.house, letters.host_copy(TOLD, "rosa@ferro.example", NOW))
    take(told.house, reply(kind="hold", token=token, sender="rosa@ferro.example", text="Wait for the contract."))
    assert newest(told.house).held
    assert newest(told.house).held_why == "Wait for the contract."
    assert [letter.recipient for letter in written(told.house, "held")] == ["dana@ferro.example"]


def test_what_a_host_wrote_beside_a_yes_is_for_the_author(told: Made) -> None:
    token = sent(told.house, waiting(told.house))
    take(told.house, reply(kind="yes", token=token, sender="rosa@ferro.example", text="But ask Kestrel first."))
    assert [(answer.text, answer.only_author) for answer in kept(told.house)] == [("But ask Kestrel first.", True)]


def test_no_more_weekly_mails(told: Made) -> None:
    letter = letters.digest("Finance", "2026-W47", "agnes@ferro.example", NOW, [TOLD])
    letter = replace(letter, facts={**letter.facts, "token": "ABCDEFGH"})
    sent(told.house, letter)
    stop = {"code": code_of(letter.id), "kind": "stop"}
    assert take(told.house, reply(1, token="AAAAAAAA", **stop)).strange
    assert take(told.house, reply(2, token="ABCDEFGH", sender="lev@ferro.example", **stop)).strange
    assert take(told.house, reply(3, token="ABCDEFGH", **stop)).acted
    with told.house.workspace(write=False) as tx:
        assert [person.id for person in tx.people.all() if not person.digest] == ["agnes"]


# The author answers


def test_the_author_hears_of_answers_once_a_day(told: Made) -> None:
    take(told.house, reply(1))
    take(told.house, reply(2), reply(3, only_author=True))
    (first,) = written(told.house, "answers")
    assert first.recipient == "dana@ferro.example"
    assert len(first.facts["answers"]) == 3
    with told.house.workspace() as tx:
        tx.letters.put(replace(first, state="sent"))
    take(told.house, reply(4))
    take(told.house, reply(5))
    later = [letter for letter in written(told.house, "answers") if letter.id != first.id]
    assert len(later) == 1
    assert len(later[0].facts["answers"]) == 2
    assert later[0].due > NOW


def test_the_author_answers_once_for_all_by_mail(told: Made) -> None:
    take(told.house, reply(1), reply(2, sender="lev@ferro.example"))
    (letter,) = written(told.house, "answers")
    answer = reply(9, kind="reply", token=letter.facts["token"], sender="dana@ferro.example", text="From December.")
    assert take(told.house, answer).acted == 1
    assert [one.reply for one in kept(told.house)] == ["From December."] * 2
    assert {one.recipient for one in written(told.house, "replied")} == {"agnes@ferro.example", "lev@ferro.example"}
    assert take(told.house, answer).known == 1
    assert len(written(told.house, "replied")) == 2


def test_the_author_answers_those_who_wait_or_those_named(told: Made) -> None:
    take(told.house, reply(1), reply(2, sender="lev@ferro.example"), reply(3, sender="dana@ferro.example"))
    first = next(one for one in kept(told.house) if one.person_id == "agnes")
    answers.answer_all(told.house, "t1", "To you alone.", [first.id[:8]])
    assert {one.person_id: one.reply for one in kept(told.house)} == {"agnes": "To you alone.", "lev": "", "dana": ""}
    done = answers.answer_all(told.house, "t1", "To the rest.")
    assert [one.person_id for one in done] == ["lev"]
    with pytest.raises(Problem) as caught:
        answers.answer_all(told.house, "t1", "Again.")
    assert caught.value.code == "nobody_waits"


def test_only_the_author_answers(told: Made) -> None:
    take(told.house, reply())
    with pytest.raises(Problem) as caught:
        answers.answer_all(replace(told.house, me="lev@ferro.example"), "t1", "No.")
    assert caught.value.code == "reply_not_yours"
    with pytest.raises(Problem) as caught:
        answers.answer_all(told.house, "t1", "  ")
    assert caught.value.code == "reply_empty"


def test_without_a_post_nothing_is_written_and_all_is_kept(told: Made) -> None:
    with told.house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), post=""))
    take(told.house, reply())
    answers.answer_all(told.house, "t1", "Thanks.")
    with told.house.workspace(write=False) as tx:
        assert tx.letters.all() == []
    assert kept(told.house)[0].reply == "Thanks."


def test_you_said_we_did_reaches_reader_and_host(told: Made) -> None:
    take(told.house, reply(1), reply(2, sender="lev@ferro.example"))
    agnes = next(one for one in kept(told.house) if one.person_id == "agnes")
    day = (NOW + timedelta(days=9)).date()
    made = actions.add(told.house, "t1", "One book for both", "lev@ferro.example", day, [agnes.id])
    assert actions.all_of(told.house, "t1") == [made]
    assert answers_of(told.house, "t1").owners == {"lev": "Lev Brandt"}
    actions.finish(replace(told.house, me="lev@ferro.example"), made.id[:6], "Both use one book now.")
    told_to = {(letter.recipient, letter.facts["role"]) for letter in written(told.house, "did")}
    assert told_to == {("agnes@ferro.example", "reader"), ("rosa@ferro.example", "host")}
    with pytest.raises(Problem) as caught:
        actions.finish(told.house, made.id, "Again.")
    assert caught.value.code == "action_done"


@pytest.mark.parametrize(
    ("verb", "code"),
    [
        (lambda house: actions.add(house, "t1", " "), "action_empty"),
        (lambda house: actions.add(house, "t1", "x", "nobody@ferro.example"), "person_unknown"),
        (lambda house: actions.add(house, "t1", "x", answer_ids=["nope"]), "answer_unknown"),
        (lambda house: actions.finish(house, "nope", "x"), "action_unknown"),
    ],
)
def test_actions_that_make_no_sense_are_refused(told: Made, verb: object, code: str) -> None:
    with pytest.raises(Problem) as caught:
        verb(told.house)  # type: ignore[operator]
    assert caught.value.code == code


def test_in_a_shared_workspace_only_who_does_it_or_judges_it_says_done(told: Made) -> None:
    with told.house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), shared=True))
    made = actions.add(told.house, "t1", "One book", "lev@ferro.example")
    with pytest.raises(Problem) as caught:
        actions.finish(replace(told.house, me="agnes@ferro.example"), made.id, "Done.")
    assert caught.value.code == "action_not_yours"
    actions.finish(replace(told.house, me="rosa@ferro.example"), made.id, "Done.")


# What was put aside


def test_accepting_as_one_of_us_and_as_outside(told: Made) -> None:
    take(told.house, reply(1, sender="agnes@home.example"), reply(2, sender="joe@kestrel.example", sender_name="Joe"))
    one, two = (answer for answer, _ in answers.to_review(told.house))
    assert answers.accept(told.house, one.id, "agnes@ferro.example").name == "Agnes Moll"
    outside = answers.accept(told.house, two.id[:8])
    assert (outside.person_id, outside.only_author, outside.state) == ("", True, "taken")
    lev = replace(told.house, me="lev@ferro.example")
    assert [row.answer.name for row in answers_of(lev, "t1").rows] == ["Agnes Moll"]
    assert [row.outside for row in answers_of(told.house, "t1").rows] == [False, True]
    with pytest.raises(Problem):
        answers.accept(told.house, one.id)


def test_of_what_is_dismissed_no_word_stays_and_it_comes_no_second_time(told: Made) -> None:
    take(told.house, reply(1, sender="joe@kestrel.example"))
    gone = answers.dismiss(told.house, answers.to_review(told.house)[0][0].id)
    assert (gone.text, gone.name, gone.address, gone.state) == ("", "", "", "dismissed")
    assert take(told.house, reply(1, sender="joe@kestrel.example")).known == 1
    with pytest.raises(Problem) as caught:
        answers.accept(told.house, gone.id)
    assert caught.value.code == "answer_unknown"


def test_in_a_shared_workspace_an_author_looks_at_their_own_alone(told: Made) -> None:
    with told.house.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), shared=True))
    take(told.house, reply(1, sender="joe@kestrel.example"))
    assert len(answers.to_review(told.house)) == 1
    assert answers.to_review(replace(told.house, me="lev@ferro.example")) == []


# Inboxes


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


# Files


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


# Days to answer


def test_days_to_answer_with_n_and_those_who_wait_apart() -> None:
    start = datetime(2026, 11, 2, tzinfo=UTC)
    said = [
        Answer(str(n), "t1", "question", "x", start, replied=start + timedelta(days=days) if days else None)
        for n, days in enumerate((1, 2, 9, 0, 0))
    ]
    said.append(replace(said[0], id="r", state="review"))
    assert days_to_answer(said) == (2.0, 3)
    assert days_to_answer([]) == (None, 0)
    found = pace(said, start + timedelta(days=6, hours=3))
    assert (found.waiting, found.longest) == (2, 6)
    assert pace_sentence(found) == "Answered after 2 days (median of 3 answers). 2 wait, longest 6 days."
