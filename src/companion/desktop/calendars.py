"""What the window does with calendars: add, read, test, remove, whichever page offers it."""

from collections.abc import Callable

from companion.basics.changes import Changes
from companion.calendars.model import Account
from companion.desktop.ask import Field
from companion.desktop.frame import Frame
from companion.desktop.microsoft import add_mailbox, add_mine
from companion.desktop.rounds import Then, sync
from companion.programme import accounts
from companion.words.language import t, tn


def add_calendar(frame: Frame, done: Callable[[], None]) -> None:
    """Ask where a calendar is, add it, and read it; `done` once it was added."""
    ways = {"mine": add_mine, "mailbox": add_mailbox, "other": add_other}
    frame.ask.choose(
        t("Add a calendar"), t("Where is it? Nothing is ever written to it."),
        [
            ("mine", t("Microsoft 365: my own calendar (Outlook, Teams)")),
            ("mailbox", t("Microsoft 365: another mailbox that I may read")),
            ("other", t("Elsewhere: a calendar server, a published address, or a file")),
        ],
        lambda key: ways[key](frame, done),
    )  # fmt: skip


def add_other(frame: Frame, done: Callable[[], None]) -> None:
    """Ask for an address or a file, add it, and read it; `done` once it was added."""

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
    # A server's name is enough of an address; a file has none to sign in to.
    served = bool(user) and not accounts.is_published(url)
    return accounts.NewAccount(
        "caldav" if served else "ics", answers["name"], url, user, answers["password"], "", answers["hosts"] == "yes"
    )


def try_calendar(frame: Frame, name: str) -> None:
    """Ask the calendar's server whether it answers, and say what it has."""

    def told(found: list[str]) -> None:
        frame.say(tn("{name} answers: {count} calendar.", "{name} answers: {count} calendars.", len(found), name=name))

    frame.tasks.fetch(lambda house, _ticket: house.test_account(accounts.named(house, name)), told)


def remove_calendar(frame: Frame, name: str) -> None:
    """Remove an account after a question."""

    def sure(yes: bool) -> None:
        if yes:
            frame.tasks.write(lambda house, _ticket: accounts.remove(house, name), rooms=Changes.EVERYTHING)

    frame.ask.yes(
        t("Remove {name}?", name=name),
        t("Its password and what was read from it leave this computer. Meetings that other calendars hold stay; "
          "so do notes, and what people said of seats."),
        t("Remove"), sure,
    )  # fmt: skip


def give_password(frame: Frame, account: Account, then: Then | None = None) -> None:
    """Ask for the password once more, keep it, and read the calendar."""

    def asked(answers: dict[str, str]) -> None:
        frame.tasks.write(
            lambda house, _ticket: accounts.set_password(house, account.name, answers["password"], answers["user"]),
            kept,
            rooms=Changes.CALENDARS,
        )

    def kept(_account: Account) -> None:
        sync(frame, (account.name,), then)

    frame.ask.form(
        t("Password of {name}", name=account.name),
        t("It goes to this computer's keyring, and to nobody but the calendar's server."),
        [
            Field("user", t("User name"), start=account.user),
            Field("password", t("Password"), "secret"),
        ],
        t("Save and read"),
        asked,
    )


def give_address(frame: Frame, account: Account, then: Then | None = None) -> None:
    """Ask for another address, or the secret one once more, keep it, and read the calendar."""

    def asked(answers: dict[str, str]) -> None:
        frame.tasks.write(
            lambda house, _ticket: accounts.set_address(house, account.name, answers["url"]),
            lambda _account: sync(frame, (account.name,), then),
            rooms=Changes.CALENDARS,
        )

    # What is no secret can be read and corrected; a secret one is not shown, and is typed as a whole.
    hidden = accounts.is_hidden(account)
    url = Field("url", t("Address or file"), "secret", hint=account.url) if hidden else Field(
        "url", t("Address or file"), "file", start=account.url)  # fmt: skip
    frame.ask.form(
        t("Address of {name}", name=account.name),
        t("Whoever has a published address can read the calendar, so it is kept like a password."),
        [url],
        t("Save and read"),
        asked,
    )
