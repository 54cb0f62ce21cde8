"""What is said of seats on Meetings: who was there, what is corrected and why, and all that was said."""

from collections.abc import Callable

from companion.basics.changes import Changes
from companion.desktop.ask import Field
from companion.desktop.frame import Frame, Page
from companion.desktop.meetings.history import history_content
from companion.programme import correcting, presence, seats
from companion.programme.model import House
from companion.programme.views.history import History, history
from companion.words.language import mark, t

SAID = Changes.ATTENDANCE | Changes.MEETINGS
ELSE = "delegated"
CORRECT: tuple[tuple[str, str], ...] = (
    ("attended", mark("Was there")),
    ("missed", mark("Was not there")),
    ("excused", mark("Excused")),
    (ELSE, mark("Someone else went…")),
)
BEFORE: tuple[tuple[str, str], ...] = (("accepted", mark("Is coming")), ("declined", mark("Cannot come")))


class Words:
    """The words on seats; each is written away from the window."""

    def __init__(self, page: Page, frame: Frame) -> None:
        self._page = page
        self._frame = frame

    def say(self, meeting_id: str, person_id: str, state: str, to: str = "") -> None:
        """What nobody settled yet."""
        self._frame.tasks.write(
            lambda house, _ticket: say_of(house, meeting_id, person_id, state, to=to), rooms=SAID
        )  # fmt: skip

    def someone_else(self, meeting_id: str, person_id: str) -> None:
        """Somebody went in another's place."""
        self._choose(t("Who went instead?"), lambda key: self.say(meeting_id, person_id, ELSE, key))

    def seat_somebody(self, meeting_id: str) -> None:
        """Somebody sat in of whom nothing was known."""
        self._choose(t("Who was there?"), lambda key: self.say(meeting_id, key, "attended"))

    def correct(self, meeting_id: str, person_id: str, state: str) -> None:
        """Another word on what was settled, with a reason."""
        known = BEFORE if state == "declined" else CORRECT
        choices = tuple((key, t(label)) for key, label in known if key != state)

        def told(found: dict[str, str]) -> None:
            self._corrected(meeting_id, person_id, found["state"], found["reason"])

        self._frame.ask.form(
            t("Correct it"), t("What was said before stays readable, with who said it and when."),
            [Field("state", t("What is true"), "choice", choices[0][0], choices=choices),
             Field("reason", t("Why"), hint=t("Who told you, or what was wrong"))],
            t("Correct it"), told,
        )  # fmt: skip

    def _corrected(self, meeting_id: str, person_id: str, state: str, reason: str) -> None:
        def write(to: str = "") -> None:
            self._frame.tasks.write(
                lambda house, _ticket: correcting.correct(house, meeting_id, person_id, state, reason, to=to),
                lambda _evidence: self._frame.say(t("Corrected, with your reason.")), rooms=SAID,
            )  # fmt: skip

        if state == ELSE:
            self._choose(t("Who went instead?"), write)
        else:
            write()

    def decide(self, meeting_id: str, person_id: str, name: str, there: bool) -> None:
        """Settle what does not agree; `name`: whose seat it is."""

        def told(reason: str) -> None:
            self._frame.tasks.write(
                lambda house, _ticket: decide_of(house, meeting_id, person_id, there, reason), rooms=SAID
            )

        self._frame.ask.text(
            t("{name} was there", name=name) if there else t("{name} was not there", name=name), t("Decide"), told,
            text=t("It stands until somebody says otherwise later. A reason, if there is one:"),
        )  # fmt: skip

    def settle(self, told_id: str) -> None:
        """Somebody looked at a mail."""
        self._frame.tasks.write(lambda house, _ticket: presence.settle(house, told_id), rooms=SAID)

    def history(self, meeting_id: str, person_id: str) -> None:
        """All that was said of a seat."""

        def show(found: History) -> None:
            self._frame.ask.show(t("What was said of the seat of {name}", name=found.person.name),
                                 history_content(found))  # fmt: skip

        self._frame.tasks.read(lambda house, _ticket: history(house, meeting_id, person_id), show, owner=self._page)

    def _choose(self, title: str, done: Callable[[str], None]) -> None:
        def ask(found: list[tuple[str, str]]) -> None:
            self._frame.ask.choose(title, "", found, done)

        self._frame.tasks.read(lambda house, _ticket: everyone(house), ask, owner=self._page)


def say_of(house: House, meeting_id: str, person_id: str, state: str, *, to: str = "") -> None:
    """A first word on a seat: of one's own as one's own, else as the host's or that of ops."""
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
    if me is not None and me.id == person_id:
        seats.set_state(house, meeting_id, person_id, state, to=to)
    else:
        correcting.correct(house, meeting_id, person_id, state, to=to)


def decide_of(house: House, meeting_id: str, person_id: str, there: bool, reason: str) -> None:
    """Settle a seat as who may, or answer what a report only proposes."""
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
        ops = not house.workspace_shared or (me is not None and me.kind == "ops")
    if ops:
        correcting.decide(house, meeting_id, person_id, there=there, reason=reason)
    else:
        correcting.correct(house, meeting_id, person_id, "attended" if there else "missed", reason)


def everyone(house: House) -> list[tuple[str, str]]:
    """Everyone of ours, as (id, name and team)."""
    with house.workspace(write=False) as tx:
        found = [person for person in tx.people.all() if person.end is None and person.kind != "group"]
    return [(p.id, f"{p.name}, {p.team}" if p.team else p.name) for p in sorted(found, key=lambda p: p.name)]
