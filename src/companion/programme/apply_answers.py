"""What commands about answers and actions do in the workspace."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from companion.basics.clock import day_of, start_of
from companion.basics.errors import Problem
from companion.people.addresses import normal
from companion.people.model import Person
from companion.programme import letters
from companion.programme.checking import keeps_back
from companion.programme.codec import action_from_json, answer_from_json
from companion.programme.model import WorkspaceTx
from companion.programme.releasing import has_post
from companion.takeaways.answering import ACTS
from companion.takeaways.audience import hosts_of
from companion.takeaways.letters import Letter
from companion.takeaways.model import Answer, Takeaway

Handler = Callable[[WorkspaceTx, dict[str, Any], datetime], None]


def take_answer(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """A reader's answer, given in the app."""
    answer = answer_from_json(body)
    takeaway = _takeaway(tx, answer.takeaway_id)
    if tx.takeaways.answer(answer.id) is None:
        tx.takeaways.put_answer(for_whom(tx, takeaway, answer, now))
        tell_author(tx, [answer.id], now)


def for_whom(tx: WorkspaceTx, takeaway: Takeaway, answer: Answer, now: datetime) -> Answer:
    """The answer for its author alone where it holds what is to stay in the room; the author tells it otherwise."""
    return replace(answer, only_author=answer.only_author or keeps_back(tx, takeaway, answer.text, now))


def tell_author(tx: WorkspaceTx, answer_ids: Iterable[str], now: datetime) -> None:
    """Let authors know of new answers: at most one letter for each takeaway and day, the next one tomorrow."""
    programme = tx.programme.get()
    if not has_post(tx, programme):
        return
    fresh: dict[str, list[str]] = defaultdict(list)
    for answer_id in answer_ids:
        found = tx.takeaways.answer(answer_id)
        if found:
            fresh[found.takeaway_id].append(answer_id)
    for takeaway_id, ids in fresh.items():
        takeaway = _takeaway(tx, takeaway_id)
        author = tx.people.get(takeaway.author_id)
        by_others = [i for i in ids if (found := tx.takeaways.answer(i)) and found.person_id != takeaway.author_id]
        if author and by_others:
            _write_to_author(tx, takeaway, author, by_others, now, programme.zone)


def _write_to_author(
    tx: WorkspaceTx, takeaway: Takeaway, author: Person, ids: list[str], now: datetime, zone: str
) -> None:
    today = day_of(now, zone)
    for day in (today, today + timedelta(days=1)):
        letter = letters.answers(takeaway, author.email, now, day, ids)
        known = tx.letters.get(letter.id)
        if known is None:
            tx.letters.add([letter if day == today else replace(letter, due=start_of(day, zone))])
            return
        if known.state in ("pending", "failed"):
            told = [*known.facts.get("answers", ()), *ids]
            tx.letters.put(replace(known, facts={**known.facts, "answers": list(dict.fromkeys(told))}))
            return


def answer_back(
    tx: WorkspaceTx, takeaway: Takeaway, by: str, text: str, answer_ids: Iterable[str], now: datetime
) -> list[Answer]:
    """The author's one answer to these readers, or (no ids) to all who wait; each with an address hears of it.

    `by`: a person's id. Problems: `reply_not_yours`, `reply_empty`, `reply_kept_back`.
    """
    if by != takeaway.author_id:
        raise Problem("reply_not_yours")
    if not text.strip():
        raise Problem("reply_empty")
    if keeps_back(tx, takeaway, text, now):
        raise Problem("reply_kept_back")
    wanted = set(answer_ids)
    post = has_post(tx, tx.programme.get())
    done = []
    had = [one for one in tx.letters.of(takeaway.id) if one.kind == "replied"]
    for answer in tx.takeaways.answers([takeaway.id]):
        waits = answer.replied is None and answer.person_id != takeaway.author_id
        if answer.id in wanted if wanted else waits:
            told = replace(answer, reply=text.strip(), replied=answer.replied or now)
            tx.takeaways.put_answer(told)
            done.append(told)
            theirs = [one for one in had if answer.id in one.facts.get("answers", ())]
            if post and normal(told.address) and _is_news(answer, told, theirs):
                tx.letters.add([letters.replied(takeaway, told, now, len(theirs))])
    return done


def _is_news(before: Answer, told: Answer, had: Sequence[Letter]) -> bool:
    """Whether a reader is to get a letter: one that still waits says what is so when it goes."""
    if any(one.state in ("pending", "failed") for one in had):
        return False
    return not had or before.reply != told.reply


def take_answering_back(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """The author answers readers, once for all."""
    answer_back(tx, _takeaway(tx, body["id"]), body["by"], body["text"], body.get("answers", ()), now)


def take_review(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """What somebody said of an answer whose sender nobody knew. Of a dismissed one nothing stays but that it came."""
    answer = tx.takeaways.answer(body["id"])
    if answer is None:
        raise Problem("answer_unknown", answer=body["id"])
    if answer.state != "review":
        return  # looked at on another device meanwhile
    if body["says"] == "dismiss":
        tx.takeaways.put_answer(replace(answer, state="dismissed", text="", name="", address=""))
        return
    person = tx.people.get(body["person"]) if body.get("person") else None
    kind = "" if answer.kind in ACTS else answer.kind
    if person:
        taken = replace(answer, state="taken", kind=kind, person_id=person.id, name=person.name, team=person.team)
    else:  # somebody from outside: what they wrote is for the author, and stands on no page
        taken = replace(answer, state="taken", kind=kind, only_author=True)
    tx.takeaways.put_answer(for_whom(tx, _takeaway(tx, answer.takeaway_id), taken, now))
    tell_author(tx, [answer.id], now)


def take_action(tx: WorkspaceTx, body: dict[str, Any], now: datetime) -> None:
    """An action that answers set going, or what came of it: then those readers and the host hear of it."""
    action = action_from_json(body)
    takeaway = _takeaway(tx, action.takeaway_id)
    known = next((one for one in tx.takeaways.actions([takeaway.id]) if one.id == action.id), None)
    if known and known.done:
        return
    tx.takeaways.put_action(action)
    if action.done is None or not has_post(tx, tx.programme.get()):
        return
    answers = [one for one in tx.takeaways.answers([takeaway.id]) if one.id in action.answer_ids]
    readers = dict.fromkeys(filter(None, (normal(one.address) for one in answers)))
    customer = tx.customers.get(takeaway.customer_id) if takeaway.customer_id else None
    meeting = tx.meetings.get(takeaway.meeting_id) if takeaway.meeting_id else None
    told = [letters.did(takeaway, action, address, now) for address in readers]
    told += [letters.did(takeaway, action, to, now, role=letters.TO_HOST) for to in hosts_of(customer, meeting)[:1]]
    tx.letters.add(told)


def _takeaway(tx: WorkspaceTx, takeaway_id: str) -> Takeaway:
    found = tx.takeaways.get(takeaway_id)
    if found is None:
        raise Problem("takeaway_unknown", takeaway=takeaway_id)
    return found


ANSWER_HANDLERS: dict[str, Handler] = {
    "answer": take_answer,
    "answer_back": take_answering_back,
    "answer_review": take_review,
    "action": take_action,
}
WORDS = frozenset({"answer", "answer_back", "action"})  # commands that hold what somebody wrote
