"""What is due, done in order by whoever is the desk; one step that fails never stops the others."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from companion.basics.errors import Problem
from companion.basics.faults import account_of, write_log
from companion.basics.progress import Ticket
from companion.calendars.signin import APP
from companion.programme import (
    answers,
    digest,
    feed,
    mailed,
    meeting_letters,
    outbox,
    postbag,
    presence_letters,
    seat_letters,
    weekly,
)
from companion.programme.apply import cross
from companion.programme.collector import collect
from companion.programme.desk import Holder, Lease, at_the_desk, held_by
from companion.programme.enclosing import enclosed
from companion.programme.eyes import Eyes, Message, is_empty, without_tokens
from companion.programme.letters import without_post
from companion.programme.model import House
from companion.programme.sync import Synced, sync
from companion.programme.sync import due as due_accounts
from companion.takeaways.code import tag
from companion.takeaways.letters import Letter
from companion.takeaways.model import WITHDRAWAL, Delivery

READ_EVERY = timedelta(minutes=15)  # how often a calendar that answers is read


@dataclass(frozen=True)
class Step:
    """What came of one step: how much was done, and what was wrong. `failed`: nothing of it could be done."""

    name: str
    done: int = 0
    problems: tuple[Problem, ...] = ()
    failed: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a run did, or, where another machine is the desk, who that is."""

    held_by: Holder | None = None
    steps: tuple[Step, ...] = ()
    messages: tuple[Message, ...] = field(default=(), repr=False)  # of a dry run


def run(house: House, ticket: Ticket | None = None) -> Outcome:
    """Do what is due, in order. Doing it again at once does nothing more."""
    ticket = ticket or Ticket()
    steps: list[Step] = []
    with at_the_desk(house) as lease:
        if isinstance(lease, Holder):
            return Outcome(lease)
        for name, work in _steps(house, ticket):
            ticket.step()
            lease_lost = _prolong(lease)
            if lease_lost:
                steps.append(Step(name, 0, (lease_lost,), failed=True))
                break
            steps.append(_tried(house, name, work))
    return Outcome(None, tuple(steps))


def _steps(house: House, ticket: Ticket) -> Iterable[tuple[str, Callable[[], Step]]]:
    return (
        ("sync", lambda: _sync(house, ticket)),
        ("crossing", lambda: Step("crossing", cross(house, ticket))),
        ("replies", lambda: _replies(house, ticket)),
        ("deliveries", lambda: _deliveries(house, ticket)),
        ("digests", lambda: _digests(house)),
        ("briefs", lambda: Step("briefs", meeting_letters.make_briefs(house))),
        ("afterwards", lambda: _afterwards(house)),
        ("presence", lambda: Step("presence", presence_letters.make(house))),
        ("seats", lambda: Step("seats", seat_letters.make(house), tuple(feed.refresh(house)))),
        ("letters", lambda: _letters(house, ticket)),
    )


def _prolong(lease: Lease) -> Problem | None:
    try:
        lease.prolong()
    except Problem as problem:
        return problem
    return None


def _tried(house: House, name: str, work: Callable[[], Step]) -> Step:
    try:
        return work()
    except Problem as problem:
        return Step(name, 0, (problem,), failed=True)
    except Exception as fault:  # ours: the other steps are not to wait until we mend it
        with suppress(OSError):
            write_log(house.paths.log, f"due: {name}\n{account_of(fault)}")
        return Step(name, 0, (Problem("step_broken", step=name, log=str(house.paths.log)),), failed=True)


def _sync(house: House, ticket: Ticket) -> Step:
    names, collects = _turns(house)
    results: list[Synced] = sync(house, names, ticket=ticket) if names else []
    problems = [problem for result in results for problem in result.problems]
    if collects:
        try:
            results += (collected := collect(house, ticket=ticket))
            problems += [problem for result in collected for problem in result.problems]
        except Problem as problem:
            problems.append(problem)
    done = sum(not result.failed for result in results)
    return Step("sync", done, tuple(problems), failed=bool(problems) and not done)


def _turns(house: House) -> tuple[list[str], bool]:
    """Whose turn it is: this machine's accounts by name, and whether the collector's."""
    with house.device(write=False) as device:
        of_app = {account.name for account in device.accounts.all() if account.user == APP}
    due_now = due_accounts(house, house.clock(), READ_EVERY)
    collects = house.collector and bool(house.registration.collector_id)
    return [name for name in due_now if name not in of_app], collects and (not of_app or not of_app.isdisjoint(due_now))


def _replies(house: House, ticket: Ticket) -> Step:
    swept = answers.sweep(house, ticket)
    return Step("replies", len(swept.taken.ids) + len(swept.taken.review) + swept.taken.acted, tuple(swept.problems))


def _deliveries(house: House, ticket: Ticket) -> Step:
    tried = outbox.deliver(house, ticket)
    done = sum(item.state in ("sent", "withdrawn") and not item.trouble for item in tried)
    # What came back from readers since, or a day that passed, changes pages that nothing new goes to.
    tried += outbox.republish(house, {item.channel_id for item in tried})
    return Step("deliveries", done, _troubles((item.trouble, item.facts) for item in tried if _in_trouble(item)))


def _digests(house: House) -> Step:
    return Step("digests", digest.make(house))


def _afterwards(house: House) -> Step:
    expired = mailed.expire(house)
    problems = (Problem("mailed_expired", count=expired),) if expired else ()
    return Step("afterwards", meeting_letters.make_questions(house), problems)


def _letters(house: House, ticket: Ticket) -> Step:
    tried = postbag.send(house, ticket)
    problems = list(_troubles((item.trouble, item.trouble_facts) for item in tried if _in_trouble(item)))
    waiting = without_post(house)
    if waiting:
        problems.append(Problem("letters_without_post", count=waiting))
    return Step("letters", sum(item.state == "sent" for item in tried), tuple(problems))


def _in_trouble(item: Delivery | Letter) -> bool:
    return bool(item.trouble) and item.state in ("pending", "failed", "unknown")


def _troubles(found: Iterable[tuple[str, dict[str, str]]]) -> tuple[Problem, ...]:
    """Each trouble once, however many recipients met it."""
    known: dict[tuple[str, str], Problem] = {}
    for code, facts in found:
        known.setdefault((code, str(sorted(facts.items()))), Problem(code, **facts))
    return tuple(known.values())


def rehearse(house: House) -> Outcome:
    """What a run would send just now; nothing is written, read from a server, or sent.

    Where several people write, each reads what is by them or to them, and ops what is no answer; of the rest stands
    to whom it goes. What calendars and mailboxes would bring, and what waits on this machine to cross, is not among it.
    """
    accounts, collects = _turns(house)
    with house.device(write=False) as device:
        waiting = [command for command in device.queue.waiting() if not command.held]
    with house.workspace(write=False) as tx:
        now = house.clock()
        fresh = weekly.due(tx, now)
        briefs, questions = meeting_letters.briefs_due(tx, now), meeting_letters.questions_due(tx, now)
        hosts = presence_letters.due(tx, now)
        seats = [letter for letter, _ in seat_letters.due(tx, now)]
        eyes = Eyes(house, tx)
    messages, problems = _takeaways_to_go(house, eyes)
    letters, without = _letters_to_go(house, [*fresh, *briefs, *questions, *hosts, *seats], eyes)
    steps = (
        Step("sync", len(accounts) + collects), Step("crossing", len(waiting)), Step("replies"),
        Step("deliveries", len(messages), tuple(problems)), Step("digests", len(fresh)),
        Step("briefs", len(briefs)), Step("afterwards", len(questions)), Step("presence", len(hosts)),
        Step("seats", len(seats)),
        Step("letters", len(letters), without),
    )  # fmt: skip
    return Outcome(held_by(house), steps, (*messages, *letters))


def _takeaways_to_go(house: House, eyes: Eyes) -> tuple[list[Message], list[Problem]]:
    due = outbox.look(house)
    messages: list[Message] = []
    problems: list[Problem] = []
    everything = [*due.messages, *(item for line in due.places.values() for item in line)]
    for delivery in everything:
        channel = due.shelf.channels.get(delivery.channel_id)
        takeaway = due.takeaways[delivery.takeaway_id]
        if channel is None:
            continue
        kind = "withdrawal" if delivery.revision == WITHDRAWAL else "takeaway"
        kind = "page" if delivery.channel_id in due.places else kind
        try:
            shown = house.open_channel(channel).preview(due.shelf.parcel(takeaway, delivery.recipient))
        except Problem as problem:
            problems.append(problem)
            continue
        subject = f"{takeaway.headline} {tag(takeaway.id)}"
        messages.append(eyes.message(delivery.recipient, channel.name, subject, shown.text, kind, takeaway.id))
    return messages, problems


def _letters_to_go(house: House, fresh: Sequence[Letter], eyes: Eyes) -> tuple[list[Message], tuple[Problem, ...]]:
    bag = postbag.look(house)
    if bag.post is None:
        waiting = without_post(house)
        return [], (Problem("letters_without_post", count=waiting),) if waiting else ()
    going = [*bag.going, *(postbag.parcel_of(house, letter) for letter in fresh)]
    messages, problems = [], []
    for parcel in going:
        letter, seen = parcel.letter, without_tokens(eyes.of_weekly(parcel))
        try:
            subject, shown = house.render_letter(enclosed(house, seen, paper=False))
        except Problem as problem:
            problems.append(problem)
            continue
        to, name = letter.recipient, bag.post.name
        shown_as = eyes.message(to, name, subject, shown.text, letter.kind, letter.about, empty=is_empty(seen))
        messages.append(shown_as)
    return messages, tuple(problems)
