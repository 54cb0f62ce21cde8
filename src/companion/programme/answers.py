"""Readers' answers: given in the app or by mail, looked at, answered back, and what they say of a customer."""

from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from companion.basics.clock import day_of
from companion.basics.errors import Problem
from companion.basics.faults import account_of, write_log
from companion.basics.ids import new_id
from companion.basics.progress import Ticket
from companion.crossing.model import Command
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme.apply import cross
from companion.programme.checking import check_words
from companion.programme.codec import to_json
from companion.programme.incoming import answer_id, take_in
from companion.programme.letter_matters import MATTERS
from companion.programme.model import House
from companion.programme.people import who_am_i
from companion.programme.publishing import find
from companion.programme.readers import listeners_of
from companion.programme.taken import Taken
from companion.takeaways.answering import KINDS, for_readers
from companion.takeaways.audience import may_read
from companion.takeaways.code import code_of
from companion.takeaways.inbox import Inbox, Reply
from companion.takeaways.inbox import Swept as Page
from companion.takeaways.model import Answer, Takeaway
from companion.takeaways.state import is_out


@dataclass(frozen=True)
class Swept:
    """What a look into every inbox came to. `left`: messages without a code, of which only the subject was read."""

    taken: Taken
    left: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Imported:
    """What came of mails from files. `left`: messages of a mailbox without a code."""

    taken: Taken
    left: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Known:
    """Something the front line knows of a customer."""

    answer: Answer
    takeaway: Takeaway


def answer(house: House, takeaway_id: str, kind: str, text: str, *, named: bool = True) -> Answer:
    """Answer a takeaway, for everyone who reads it or (not `named`) for its author alone."""
    if kind not in KINDS:
        raise Problem("answer_kind_unknown", value=kind, known=", ".join(KINDS))
    takeaway, me = find(house, takeaway_id), who_am_i(house)
    made = Answer(
        new_id(), takeaway.id, kind, text.strip(), house.clock(), me.name, me.team,
        person_id=me.id, address=me.email, only_author=not named,
    )  # fmt: skip
    _do(house, "answer", to_json(made))
    return _now(house, made)


def reply(house: House, answer_id: str, text: str) -> Answer:
    """The author's answer back to one reader; every place that shows the takeaway shows it from the next run on."""
    with house.workspace(write=False) as tx:
        known = tx.takeaways.answer(answer_id)
    if known is None or known.state != "taken":
        raise Problem("answer_unknown", answer=answer_id)
    return answer_all(house, known.takeaway_id, text, [answer_id])[0]


def answer_all(house: House, takeaway_id: str, text: str, answer_ids: Iterable[str] = ()) -> tuple[Answer, ...]:
    """The author answers readers once for all: those named, else all who wait. Who left an address gets a mail.

    Problems: `reply_empty`, `reply_not_yours`, `words_kept_back`, `answer_unknown`, `nobody_waits`.
    """
    me, takeaway = who_am_i(house), find(house, takeaway_id)
    if not text.strip():
        raise Problem("reply_empty")
    if takeaway.author_id != me.id:
        raise Problem("reply_not_yours")
    check_words(house, takeaway, reply=text.strip())
    with house.workspace(write=False) as tx:
        known = tx.takeaways.answers([takeaway.id])
    ids = [_one(known, part).id for part in answer_ids]
    ids = ids or [one.id for one in known if one.replied is None and one.person_id != me.id]
    if not ids:
        raise Problem("nobody_waits")
    _do(house, "answer_back", {"id": takeaway.id, "by": me.id, "text": text.strip(), "answers": ids})
    with house.workspace(write=False) as tx:
        return tuple(one for one in tx.takeaways.answers([takeaway.id]) if one.id in ids)


def _one(known: Sequence[Answer], text: str) -> Answer:
    hits = [one for one in known if one.id == text or (len(text) >= 4 and one.id.startswith(text))]
    if len(hits) != 1:
        raise Problem("answer_unknown", answer=text)
    return hits[0]


def sweep(house: House, ticket: Ticket | None = None) -> Swept:
    """Look into every inbox and take in what is new, page by page; one that fails never hides the others."""
    with house.workspace(write=False) as tx:
        inboxes = tx.inboxes.all()
    taken, left, problems = Taken(), 0, []
    for inbox in inboxes:
        try:
            with closing(house.open_inbox(inbox).sweep(ticket or Ticket())) as pages:
                for page in pages:
                    left += page.left
                    problems += [one for one in page.problems if isinstance(one, Problem)]
                    more, bad = _keep(house, inbox, page)
                    if more is None:
                        break
                    taken += more
                    problems += bad
        except Problem as problem:
            problems.append(problem)
    return Swept(taken, left, tuple(problems))


def _keep(house: House, inbox: Inbox, page: Page) -> tuple[Taken | None, list[Problem]]:
    """Take in one page; where one mail of it cannot be, each by itself, and which could not. None: see `_page`."""
    try:
        return _page(house, inbox, page.replies, page.cursor), []
    except Problem:
        raise
    except Exception:  # told below, of the mail it comes from
        taken, bad = Taken(), []
        for reply in page.replies:
            try:
                more = _page(house, inbox, [reply])
            except Problem:
                raise
            except Exception as fault:  # one mail that no store takes must not stand before all that come after it
                with suppress(OSError):
                    write_log(house.paths.log, f"replies\n{account_of(fault)}")
                bad.append(Problem("inbox_mail_left", inbox=inbox.name, at=f"{reply.at:%Y-%m-%d %H:%M}"))
            else:
                if more is None:
                    return None, bad
                taken += more
        return (taken if _page(house, inbox, [], page.cursor) is not None else None), bad


def _page(house: House, inbox: Inbox, replies: Sequence[Reply], cursor: str | None = None) -> Taken | None:
    """Take in some mails together with how far it goes, so that a kill loses none and repeats none.

    None where the inbox was removed, or set up anew, while it was read.
    """
    with house.workspace() as tx:
        standing = next((one for one in tx.inboxes.all() if one.id == inbox.id), None)
        if standing is None or standing.config != inbox.config:
            return None
        taken = take_in(tx, replies, house.clock())
        if cursor is not None:
            tx.inboxes.put(replace(standing, cursor=cursor))
        return taken


def import_mails(house: House, paths: Iterable[Path], takeaway_id: str = "") -> Imported:
    """Take in mails that were saved as files (.eml, .mbox; folders of them), on behalf of a takeaway or by their codes.

    A mail that was dropped on a takeaway needs no code. Each bad file is told, the rest comes in.
    """
    code = code_of(find(house, takeaway_id).id) if takeaway_id else ""
    replies: list[Reply] = []
    problems: list[Problem] = []
    left = 0
    for path in _files(paths):
        try:
            found = house.read_mails(path)
        except Problem as problem:
            problems.append(problem)
            continue
        coded = [replace(one, code=one.code or code) for one in found if one.code or (code and one.text)]
        if not coded and len(found) == 1:
            problems.append(Problem("mail_no_code", path=str(path)))
        else:
            left += len(found) - len(coded)
        replies += coded
    return Imported(_cross_mails(house, replies) if replies else Taken(), left, tuple(problems))


def _files(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        is_box = (path / "mbox").is_file()
        within = [one for one in sorted(path.iterdir()) if one.is_file()] if path.is_dir() and not is_box else [path]
        found += [one for one in within if not one.name.startswith(".")]
    return found


def _cross_mails(house: House, replies: Sequence[Reply]) -> Taken:
    with house.workspace(write=False) as tx:
        known = {one.external_id for one in replies if tx.takeaways.answered(one.external_id)}
        codes = {code_of(takeaway.id) for takeaway in tx.takeaways.all()}
        codes |= {code_of(letter.about) for letter in tx.letters.all() if letter.kind in MATTERS}
    _do(house, "mails", {"replies": [{**asdict(one), "at": one.at.isoformat()} for one in replies]})
    ids = dict.fromkeys(
        answer_id(one.external_id) for one in replies if one.external_id not in known and not one.automatic
    )
    with house.workspace(write=False) as tx:
        fresh = [one for one in map(tx.takeaways.answer, ids) if one]
    return Taken(
        ids=tuple(one.id for one in fresh if one.state == "taken"),
        review=tuple(one.id for one in fresh if one.state == "review"),
        known=sum(one.external_id in known and not one.automatic for one in replies),
        automatic=sum(one.automatic for one in replies),
        strange=sum(one.code not in codes and not one.automatic for one in replies),
        empty=sum(one.state == "dismissed" for one in fresh),
    )


def to_review(house: House) -> list[tuple[Answer, Takeaway]]:
    """Answers of senders nobody knows, that I may look at: ops all of them, an author their own."""
    with house.workspace(write=False) as tx:
        shared = house.workspace_shared or tx.programme.get().shared
        me = tx.people.by_address(house.me) if house.me else None
        found = [(one, tx.takeaways.get(one.takeaway_id)) for one in tx.takeaways.to_review()]
    mine = me.id if me else ""
    all_of_them = not shared or (me is not None and me.kind == "ops")
    return [(one, item) for one, item in found if item and (all_of_them or item.author_id == mine)]


def accept(house: House, answer_id: str, address: str = "") -> Answer:
    """Take in an answer that was put aside: as that person of ours, else as whoever its address belongs to.

    Where it is nobody's, it is from outside: only the author reads it. Problems: `answer_unknown`, `person_unknown`.
    """
    known = _reviewed(house, answer_id)
    with house.workspace(write=False) as tx:
        person: Person | None = tx.people.by_address(normal(address or known.address))
        if address and (person is None or person.kind == "group"):
            raise Problem("person_unknown", address=address)
    who = person.id if person and person.kind != "group" else ""
    _do(house, "answer_review", {"id": known.id, "says": "accept", "person": who})
    return _now(house, known)


def dismiss(house: House, answer_id: str) -> Answer:
    """Leave an answer out for good; its words are deleted."""
    known = _reviewed(house, answer_id)
    _do(house, "answer_review", {"id": known.id, "says": "dismiss"})
    return _now(house, known)


def _reviewed(house: House, text: str) -> Answer:
    return _one([one for one, _ in to_review(house)], text)


def _now(house: House, known: Answer) -> Answer:
    with house.workspace(write=False) as tx:
        return tx.takeaways.answer(known.id) or known


def front_line(house: House, customer_id: str) -> tuple[Known, ...]:
    """What colleagues know of a customer, newest first, as far as I may read it; of what is not out, my own alone."""
    with house.workspace(write=False) as tx:
        now = house.clock()
        today = day_of(now, tx.programme.get().zone)
        me = tx.people.by_address(house.me) if house.me else None
        about = {one.id: one for one in tx.takeaways.all() if one.customer_id == customer_id and one.withdrawn is None}
        listeners = listeners_of(tx, customer_id, tx.people.all())
        found = [one for one in tx.takeaways.answers(about) if one.kind == "more" and one.text.strip()]
    shown = []
    for one in found:
        takeaway = about[one.takeaway_id]
        own = me is not None and me.id in (takeaway.author_id, one.person_id)
        for_me = me is not None and is_out(takeaway, now, today) and may_read(takeaway, me, listeners)
        if own or (for_me and for_readers([one])):
            shown.append(Known(one, takeaway))
    return tuple(sorted(shown, key=lambda known: known.answer.at, reverse=True))


def _do(house: House, kind: str, body: dict[str, Any]) -> None:
    with house.device() as device:
        device.queue.put(Command(new_id(), kind, body, house.clock()))
    cross(house)
