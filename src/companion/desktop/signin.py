"""Signing in with Microsoft, whichever page asks for it: one at a time, in the browser, and the window never waits."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.basics.settings import read_settings
from companion.calendars.model import Account, mailbox_of
from companion.desktop.ask import SignInPanel, SignInStage, SignInVerbs
from companion.desktop.frame import Frame
from companion.desktop.rounds import sync
from companion.desktop.tasks import Step, Task
from companion.programme import accounts, collecting, senders, signing
from companion.programme.model import House
from companion.programme.patience import FOR_IT
from companion.takeaways.model import Channel
from companion.words.language import t
from companion.words.microsoft import request_for_it
from companion.words.problems import sentence

REPORTS = ("OnlineMeetings.Read", "OnlineMeetingArtifact.Read.All")  # what join reports take
Do = Callable[[], None]
Show = Callable[[str], None]
CLEAR = frozenset({  # the same question would get the same answer
    "address_wrong", "account_exists", "ms_mailbox_whose", "ms_connected_already", "ms_not_set_up",
})  # fmt: skip
MAYBE_IT = FOR_IT | {"ms_signin_timeout"}  # who waits for an administrator in the browser never comes back from there
Work = Callable[[House, Ticket, Show], Account]  # ends when somebody has signed in


def connect(frame: Frame, done: Do, *, name: str = "", mailbox: str = "", owner: str = "", hosts: bool = False) -> None:
    """Sign in, add that person's calendar or a mailbox they may read, and read it; `done` once it was added."""

    def work(house: House, ticket: Ticket, show: Show) -> Account:
        return signing.connect(house, ticket, show, name=name, mailbox=mailbox, owner=owner, hosts=hosts)

    _begin(frame, _Wish(work, _calendar(mailbox), _reads()), done, lambda: None)


def sign_in_again(frame: Frame, account: Account, done: Do = lambda: None, given_up: Do = lambda: None) -> None:
    """Sign in once more for an account that was signed out; every calendar of that person is read then."""

    def work(house: House, ticket: Ticket, show: Show) -> Account:
        signing.sign_in_again(house, account.name, ticket, show)
        return account

    _begin(frame, _Wish(work, _calendar(mailbox_of(account)), _reads()), done, given_up)


def send_as(
    frame: Frame, kind: str, work: Callable[[House, Ticket, Show], Channel], done: Callable[[Channel], None]
) -> None:  # fmt: skip
    """Sign in whom a channel of that kind goes out as; `done` with the channel, once it works."""
    made: list[Channel] = []

    def signed_in(house: House, ticket: Ticket, show: Show) -> Account:
        made[:] = [work(house, ticket, show)]
        return senders.account_of(house, made[0])

    texts = {
        "graph_mail": t("Your browser opens so that you can sign in. Companion sends mail for you, and reads none."),
        "graph_channel": t("Your browser opens so that you can sign in. Companion posts in the channel you named."),
    }
    _begin(frame, _Wish(signed_in, signing.PERMISSIONS[senders.NEEDS[kind]], texts[kind], reads=False),
           lambda: done(made[0]), lambda: None)  # fmt: skip


def collect_reports(frame: Frame, account: Account) -> None:
    """Ask whether the join reports of an account's Teams meetings are collected; yes takes another permission."""

    def work(house: House, ticket: Ticket, show: Show) -> Account:
        found = collecting.turn_on(house, account.name, ticket, show)
        if found.problem is not None:  # permitted, and yet refused at the first look: now is when to hear of it
            raise found.problem
        return account

    def on() -> None:
        text = t("Your browser opens so that you can sign in. Companion reads who of us joined meetings you organised.")
        _begin(frame, _Wish(work, REPORTS, text), lambda: None, lambda: None)

    def off() -> None:
        frame.tasks.write(
            lambda house, _ticket: collecting.turn_off(house, account.name),
            lambda _none: frame.say(t("Join reports are collected no more by {name}.", name=account.name)),
        )

    ways = {"on": on, "off": off}
    frame.ask.choose(
        t("Who joined"),
        t("Teams keeps a report of who joined a meeting, for its organiser. Of it only our own people are kept: met or "
          "not met."),
        [("on", t("Collect the reports of meetings I organised")), ("off", t("Collect none"))],
        lambda key: ways[key](),
    )  # fmt: skip


def sign_out(frame: Frame, account: Account) -> None:
    """Sign out of an account after a question; its meetings stay."""

    def sure(yes: bool) -> None:
        if yes:
            frame.tasks.fetch(
                lambda house, _ticket: signing.sign_out(house, account.name),
                lambda found: frame.say(t("Signed out: {names}.", names=", ".join(one.name for one in found))),
                rooms=Changes.CALENDARS,
            )

    frame.ask.yes(
        t("Sign out of {name}?", name=account.name),
        t("The meetings stay. Nothing new is read with this sign-in until you sign in again. "
          "The browser may stay signed in."),
        t("Sign out"), sure,
    )  # fmt: skip


def copy_request(frame: Frame, name: str = "") -> None:
    """Put into the clipboard what one may mail to the firm's IT, of an account or before there is one."""
    _copy(frame, lambda house: signing.request(house, name), _told(frame))


def _calendar(mailbox: str) -> tuple[str, ...]:
    return signing.PERMISSIONS[signing.SHARED if mailbox else signing.OWN]


def _reads() -> str:
    return t("Your browser opens so that you can sign in. Companion only reads your calendar.")


def _copy(frame: Frame, write: Callable[[House], str], told: Do) -> None:
    def copied(text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        told()

    frame.tasks.read(lambda house, _ticket: write(house), copied)


def _told(frame: Frame) -> Do:
    return lambda: frame.say(t("The request is copied. Paste it into a mail to your IT."))


@dataclass(frozen=True)
class _Wish:
    """What is done once somebody is at the browser, and which permissions it takes."""

    work: Work
    takes: tuple[str, ...]  # Graph permissions
    text: str  # what it is for
    reads: bool = True  # whether the calendars of whoever signed in are read then


@dataclass(frozen=True)
class _Came:
    """Who signed in, all calendars of that person, and the house of whoever works here from now on, where new."""

    person: str
    account: Account
    calendars: list[str]
    house: House | None


def _begin(frame: Frame, wish: _Wish, done: Do, given_up: Do) -> None:
    if frame.signing:
        frame.signing[0].come_forward()
    else:
        _SignIn(frame, wish, done, given_up).begin()


class _SignIn(QObject):
    """One sign-in on its way. It lives in the window's thread; the address comes from another by a queued signal."""

    _address = Signal(str)

    def __init__(self, frame: Frame, wish: _Wish, done: Do, given_up: Do) -> None:
        super().__init__()
        self._frame, self._wish, self._done, self._given_up = frame, wish, done, given_up
        self._task: Task | None = None
        self._panel: SignInPanel | None = None
        self._url = ""
        self._settled = False  # it ended, well or not
        self._problem: Problem | None = None
        self._address.connect(self._on_address)
        frame.tasks.step.connect(self._on_step)

    def begin(self) -> None:
        """Show the dialog, and ask for an address to open."""
        verbs = SignInVerbs(self._cancel, self._copy_link, self._try, self._copy_request, self._end)
        self._panel = self._frame.ask.sign_in(self._wish.text, verbs)
        self._frame.signing.append(self._panel)
        self._try()

    def _try(self) -> None:
        self._url, self._problem, self._settled = "", None, False
        self._show(SignInStage("beginning"))
        task = self._frame.tasks.fetch(self._run, self._signed_in, rooms=Changes.EVERYTHING, failed=self._failed)
        # Its end comes before its result: what ends without one (a bug, or cancelled elsewhere) leaves no dialog.
        task.when_over(lambda: QTimer.singleShot(0, self, lambda: self._check(task)))
        self._task = task

    def _run(self, house: House, ticket: Ticket) -> _Came:
        account = self._wish.work(house, ticket, self._address.emit)
        settings, _ = read_settings(house.paths.settings)
        names = {person.id: person.address for person in house.identity.people()}
        theirs = [one.name for one in accounts.all_of(house) if one.user == account.user]
        now = None if house.me or not settings.me else replace(house, me=settings.me)
        return _Came(names.get(account.user, account.name), account, theirs, now)

    @Slot(str)
    def _on_address(self, url: str) -> None:
        if self._panel is None or self._url:
            return
        self._url = url
        opened = self._frame.open_link(url)
        self._show(SignInStage("browser" if opened else "no_browser", url))

    @Slot(object)
    def _on_step(self, step: Step) -> None:
        if step.task is self._task and step.what == "sign_in_answer" and not self._settled:
            self._show(SignInStage("signing"))

    def _signed_in(self, came: _Came) -> None:
        self._settled = True
        if came.house is not None:
            self._frame.tasks.adopt(came.house)
        if not self._wish.reads:
            self._end()
            self._done()
            return
        self._show(SignInStage("reading", person=came.person))
        self._done()
        sync(self._frame, came.calendars, self._end)

    def _failed(self, problem: Problem) -> None:
        self._settled, self._problem = True, problem
        said = sentence(problem, "window")
        self._show(
            SignInStage("failed", sentence=said, needs_it=problem.code in MAYBE_IT, again=problem.code not in CLEAR)
        )

    def _check(self, task: Task) -> None:
        if task is self._task and not self._settled:
            self._end()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._end()
        self._given_up()

    def _copy_link(self) -> None:
        QGuiApplication.clipboard().setText(self._url)

    def _copy_request(self) -> None:
        problem, takes = self._problem, self._wish.takes
        _copy(self._frame, lambda house: request_for_it(house.registration, takes, house.me, problem), lambda: None)

    def _show(self, stage: SignInStage) -> None:
        if self._panel is not None:
            self._panel.show_stage(stage)

    def _end(self) -> None:
        panel, self._panel = self._panel, None
        if panel is not None:
            self._frame.signing.remove(panel)
            panel.end()
