"""Reading calendars from the window: each account in a task of its own, told of once all are over."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, zip_longest
from urllib.parse import urlsplit

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Account, is_microsoft
from companion.calendars.signin import APP
from companion.desktop.frame import Frame
from companion.desktop.tasks import Step, Task
from companion.programme import accounts
from companion.programme.apply import cross
from companion.programme.model import House
from companion.programme.patience import SIGNED_OUT
from companion.programme.sync import Synced, try_again
from companion.programme.sync import sync as read_calendars
from companion.words.health import begun, changes
from companion.words.language import t
from companion.words.problems import sentence

ROOMS = Changes.CALENDARS | Changes.MEETINGS | Changes.ATTENDANCE
Then = Callable[[], None]
ReadOne = Callable[[House, str, Ticket], list[Synced]]


def sync(frame: Frame, names: Sequence[str] = (), then: Then | None = None, *, by_clock: bool = False) -> None:
    """Read calendars (none named: all) that are not being read; say what came of it, then do `then`.

    By the clock only what is new is said: how an account stands is told elsewhere, once.
    """
    _begin(frame, names, _read_one, then, by_clock=by_clock)


def sync_again(frame: Frame, name: str) -> None:
    """Read an account and what was set aside of it once more."""
    _begin(frame, (name,), lambda house, name, ticket: try_again(house, name, ticket=ticket), None)


def sync_believing(frame: Frame, name: str) -> None:
    """Read an account and take away what it does not hold any more, however much that is."""
    _begin(
        frame, (name,),
        lambda house, name, ticket: read_calendars(house, (name,), ticket=ticket, accept_fewer=True), None,
    )  # fmt: skip


def in_turn(found: Iterable[Account]) -> list[str]:
    """Their names, one of each server before the second of any: a dead server holds up its own calendars only."""
    by_server: dict[str, list[str]] = {}
    for account in found:
        by_server.setdefault(urlsplit(account.url).netloc or account.id, []).append(account.name)
    return [name for name in chain.from_iterable(zip_longest(*by_server.values())) if name]


def _begin(frame: Frame, names: Sequence[str], read: ReadOne, then: Then | None, *, by_clock: bool = False) -> None:
    def known(house: House) -> tuple[list[str], bool]:
        found = [accounts.named(house, name) for name in names] if names else accounts.all_of(house)
        here = in_turn(accounts.readable(house, found))
        return here, bool(found) and not here

    def start(answer: tuple[list[str], bool]) -> None:
        here, collected = answer
        if collected:
            frame.say(t("Ops read it, with the collector. What it finds comes here by itself."))
            if then is not None:
                then()
            return
        _Round(frame, [name for name in here if name not in frame.reading], read, then, by_clock=by_clock).start()

    frame.tasks.read(lambda house, _ticket: known(house), start)


def _read_one(house: House, name: str, ticket: Ticket) -> list[Synced]:
    return read_calendars(house, (name,), ticket=ticket)


class _Round:
    """Some accounts that are read together. Its parts run beside one another; what they found is told at the end."""

    def __init__(self, frame: Frame, names: Sequence[str], read: ReadOne, then: Then | None, *, by_clock: bool) -> None:
        self._frame, self._names, self._read, self._then, self._by_clock = frame, names, read, then, by_clock
        self._tasks: list[Task] = []
        self._over = 0  # written in the window's thread, read in the others
        self._results: list[Synced] = []
        self._early = False  # the first of a long reading stands on the pages

    def start(self) -> None:
        """Give each account its task."""
        self._frame.reading.update(self._names)
        for name in self._names:
            task = self._frame.tasks.fetch(partial(self._work, name=name), rooms=ROOMS)
            task.when_over(partial(self._on_over, name, task))
            self._tasks.append(task)
        if len(self._names) == 1:
            self._frame.tasks.step.connect(self._on_step)
        if not self._names:
            self._end()

    def _work(self, house: House, ticket: Ticket, name: str) -> Changes:
        before = _waiting(house)
        telling = self._ticket(ticket)
        telling.step("asking")  # what runs is shown, and can be cancelled, before its server says a word
        found = self._read(house, name, telling)
        self._results += [_of_demo(house, result) for result in found]
        news = any(result.added or result.changed or result.removed or result.beside for result in found)
        return ROOMS if news or before != _waiting(house) else Changes.CALENDARS

    def _ticket(self, ticket: Ticket) -> Ticket:
        """Of many accounts, how many are read is told; of one, its entries."""
        if len(self._names) == 1:
            return ticket
        return Ticket(lambda what, _done, _total: ticket.step(what and "calendars", self._over, len(self._names)))

    def _on_step(self, step: Step) -> None:
        """The days around today come first: what was taken in of them is shown while the others are read."""
        if self._early or step.task not in self._tasks or step.what != "reading" or step.done in (0, step.total):
            return
        self._early = True
        # Where the workspace is away, the end of the round tells it.
        self._frame.tasks.write(lambda house, _ticket: cross(house), rooms=ROOMS, failed=lambda _problem: None)

    def _on_over(self, name: str, task: Task) -> None:
        self._over += 1
        self._frame.reading.discard(name)
        if task.ticket.cancelled:
            for other in self._tasks:
                other.cancel()
        if self._over == len(self._names):
            self._end()

    def _end(self) -> None:
        if len(self._names) == 1:
            self._frame.tasks.step.disconnect(self._on_step)
        if self._names or not self._frame.reading:
            tell(self._frame, self._results, by_clock=self._by_clock, asked=len(self._names))
        if self._then is not None:
            self._then()


def _waiting(house: House) -> int:
    with house.device(write=False) as device:
        return len(device.queue.waiting())


def signing_in(found: Sequence[Account]) -> int:
    """How many people sign in with Microsoft for them; 0 where one of them is mended in another way."""
    people = {account.user if is_microsoft(account) else "" for account in found}
    return 0 if people & {"", APP} else len(people)


def signed_out(people: int, names: str) -> str:
    """Who has to sign in, and for which calendars; `people` 1 or more."""
    if people == 1:
        return t("Signed out of Microsoft, so these calendars are not read: {names}", names=names)
    return t("{count} people are signed out of Microsoft, so these calendars are not read: {names}",
             count=people, names=names)  # fmt: skip


def _of_demo(house: House, result: Synced) -> Synced:
    """The sample's server ends with the demo: nothing is wrong with its calendars."""
    if result.failed and accounts.of_sample(house, result.account):
        return replace(result, problems=(Problem("demo_server_gone", count=1),))
    return result


def tell(frame: Frame, results: Sequence[Synced], *, by_clock: bool, asked: int) -> None:
    """Say what came of a round in one sentence: what failed, else what is doubtful, else what is new."""
    failed = [result for result in results if result.failed]
    names = ", ".join(sorted((result.account.name for result in failed), key=str.casefold))
    told = [(result, problem) for result in (*failed, *results) for problem in result.problems]
    news = changes(*(sum(getattr(result, part) for result in results) for part in ("added", "changed", "removed")))
    if told and not by_clock:
        account, problem = told[0][0].account, told[0][1]
        said = t("{name}: {sentence}", name=account.name, sentence=sentence(problem, "window"))
        demo = [result for result in failed if result.problems[0].code == "demo_server_gone"]
        if len(demo) == len(failed) and demo:
            said = sentence(Problem("demo_server_gone", count=len(demo)))
        elif len(failed) > 1:
            said = t("{count} calendars could not be read: {names}", count=len(failed), names=names)
        out = bool(failed) and all(result.problems[0].code in SIGNED_OUT for result in failed)
        people = signing_in([result.account for result in failed]) if out else 0
        if people:
            said = sentence(problem, "window") if len(failed) == 1 else signed_out(people, names)
            frame.say(said, "bad", t("Sign in"), lambda: frame.sign_in(account))
            return
        frame.say(said, "bad" if failed else "warning", t("Show"), lambda: frame.go("calendars", account.id))
    elif not asked:
        frame.say(t("No calendar is connected yet."), "", t("Calendars"), lambda: frame.go("settings", "calendars"))
    elif news:
        frame.say(t("{changes}.", changes=begun(news)))
