"""Adding a calendar and reading calendars, as Settings and the first screen both offer it."""

from collections.abc import Callable

from companion.basics.changes import Changes
from companion.basics.progress import Ticket
from companion.calendars.model import Account
from companion.desktop.ask import Field
from companion.desktop.frame import Frame
from companion.programme import accounts
from companion.programme.model import House
from companion.programme.sync import Synced
from companion.programme.sync import sync as read_calendars
from companion.words.language import t, tn
from companion.words.problems import sentence

ROOMS = Changes.CALENDARS | Changes.MEETINGS | Changes.ATTENDANCE


def add_calendar(frame: Frame, done: Callable[[], None]) -> None:
    """Ask for a calendar, add it, and read it; `done` once it was added."""

    def asked(answers: dict[str, str]) -> None:
        new = _new(answers)
        frame.tasks.write(lambda house, _ticket: accounts.add(house, new), added, rooms=Changes.CALENDARS)

    def added(account: Account) -> None:
        done()
        sync(frame, (account.name,))

    frame.ask.form(
        t("Add a calendar"),
        t("Private and internal events are dropped before anything is written. Nothing is written to your calendar."),
        [
            Field("name", t("What it is called here"), start=t("My calendar")),
            Field("url", t("Address or file"), "file", hint=t("https://… or an .ics file")),
            Field("user", t("User name (only for a calendar server)")),
            Field("password", t("Password"), "secret"),
            Field("hosts", t("It holds the reviews of our hosts, not my own days"), "check"),
        ],
        t("Add"),
        asked,
    )


def _new(answers: dict[str, str]) -> accounts.NewAccount:
    url, user = answers["url"], answers["user"]
    served = url.startswith(("http://", "https://")) and bool(user) and not url.split("?")[0].endswith(".ics")
    return accounts.NewAccount(
        "caldav" if served else "ics", answers["name"], url, user, answers["password"], "", answers["hosts"] == "yes"
    )


def sync(
    frame: Frame,
    names: tuple[str, ...] = (),
    then: Callable[[], None] | None = None,
    over: Callable[[], None] = lambda: None,
) -> None:
    """Read calendars (none named: all) and say what came of it; `then` where it worked, `over` in any case."""

    def work(house: House, ticket: Ticket) -> list[Synced]:
        return read_calendars(house, names, ticket=ticket)

    def told(results: list[Synced]) -> None:
        _tell(frame, results)
        if then is not None:
            then()

    task = frame.tasks.fetch(work, told, rooms=ROOMS)
    task.when_over(over)


def _tell(frame: Frame, results: list[Synced]) -> None:
    problems = [(result.account.name, problem) for result in results for problem in result.problems]
    if problems:
        name, problem = problems[0]
        said = t("{name}: {sentence}", name=name, sentence=sentence(problem))
        frame.say(said, "bad" if any(r.failed for r in results) else "warning")
    elif not results:
        frame.say(t("No calendar is connected yet."), "", t("Calendars"), lambda: frame.go("settings", "calendars"))
    else:
        news = sum(result.added + result.changed + result.removed for result in results)
        if news:
            frame.say(tn("{count} meeting is new or changed.", "{count} meetings are new or changed.", news))
