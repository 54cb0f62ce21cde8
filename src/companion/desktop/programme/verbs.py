"""What the Programme page does: each asks first what it needs, and writes."""

from collections.abc import Callable

from companion.basics.changes import Changes
from companion.basics.clock import read_day
from companion.desktop.ask import Choice, Field
from companion.desktop.frame import Frame
from companion.desktop.programme.facts import ProgrammeView
from companion.people.model import Person
from companion.programme import leaves, policy, targets, years
from companion.programme.leaves import KINDS, LeaveLine
from companion.programme.model import House
from companion.programme.policy import Change
from companion.words.attendance import directors
from companion.words.language import t, tn
from companion.words.targets import leave_kind, leave_line
from companion.words.years import period_name

ROOMS = Changes.PROGRAMME | Changes.PEOPLE | Changes.ATTENDANCE


class Verbs:
    """Changes what is counted by; `view` is what the page shows."""

    def __init__(self, frame: Frame, view: Callable[[], ProgrammeView | None]) -> None:
        self._frame = frame
        self._view = view

    def change(self, change: Change) -> None:
        """Change one of the rules."""
        self._write(lambda house: policy.set_policy(house, change))

    def holidays(self) -> None:
        """Ask for the days on which nobody works."""
        view = self._view()
        if view is None:
            return

        def said(text: str) -> None:
            days = tuple(text.replace(",", " ").replace(";", " ").split())
            self.change(Change(holidays=days))

        self._frame.ask.text(
            t("Holidays"), t("Keep"), said, lines=6, start="\n".join(view.programme.holidays),
            text=t("Days on which nobody works, one a line, as 2026-12-25. They are no working days when it is "
                   "counted how long somebody has to tell of a meeting."),
        )  # fmt: skip

    def visits(self) -> None:
        """Ask how many listeners a year a customer is to bear."""
        view = self._view()
        if view is None:
            return

        def said(text: str) -> None:
            self.change(Change(visits=int(text) if text.isdecimal() else -1))

        self._frame.ask.text(
            t("Listeners a year"), t("Keep"), said, start=str(view.programme.visits),
            text=t("How many listeners a customer is to bear in a year. The planner keeps to it; a customer may have "
                   "a number of its own."),
        )  # fmt: skip

    def target(self) -> None:
        """Ask for a target, of a role or a person."""
        view = self._view()
        if view is None:
            return
        whose = (*((f"role:{role}", t("everybody with the role {role}", role=role)) for role in view.roles),
                 *_choices(view.people))  # fmt: skip

        def said(got: dict[str, str]) -> None:
            count = int(got["count"]) if got["count"].isdecimal() else -1
            self._write(lambda house: targets.set_target(
                house, got["who"], count, read_day(got["first"], t("From")), got["reason"]))  # fmt: skip

        self._frame.ask.form(
            t("Set a target"),
            t("It counts from its day on, never backwards. Everybody it concerns can read the reason."),
            [
                Field("who", t("For whom"), "choice", choices=whose),
                Field("count", t("Customer meetings a year"), start="2"),
                Field("first", t("From"), start=view.today.isoformat(), hint="2027-01-01"),
                Field("reason", t("Reason")),
            ],
            t("Set it"), said,
        )  # fmt: skip

    def carry(self) -> None:
        """Ask whose shortfall is carried into the next year, and who agreed."""
        view = self._view()
        if view is None:
            return

        def said(got: dict[str, str]) -> None:
            count = int(got["count"]) if got["count"].isdecimal() else None
            self._write(lambda house: targets.carry(
                house, got["who"], got["year"], got["approver"], got["reason"], count))  # fmt: skip

        self._frame.ask.form(
            t("Carry over what is missing"),
            t("What somebody could not reach is expected in the next year in addition: once, and in five years once."),
            [
                Field("who", t("Who"), "choice", choices=_choices(view.people)),
                Field("year", t("Missing in"), start="last", hint="2026"),
                Field("count", t("How many; empty for all that is missing")),
                Field("approver", t("Who agreed to it"), "choice", choices=_choices(view.people)),
                Field("reason", t("Reason")),
            ],
            t("Carry it over"), said,
        )  # fmt: skip

    def leave(self) -> None:
        """Ask for a leave."""
        view = self._view()
        if view is None:
            return

        def said(got: dict[str, str]) -> None:
            self._write(lambda house: leaves.put(
                house, got["who"], read_day(got["first"], t("First day")), read_day(got["last"], t("Last day")),
                got["kind"]))  # fmt: skip

        day = view.today.isoformat()
        self._frame.ask.form(
            t("Write down a leave"),
            t("In it nothing is expected, and what is heard in it still counts. Two days and a category: what is "
              "behind it belongs nowhere here."),
            [
                Field("who", t("Who"), "choice", choices=_choices(view.people)),
                Field("first", t("First day"), start=day),
                Field("last", t("Last day"), start=day),
                Field("kind", t("Category"), "choice", choices=tuple((kind, leave_kind(kind)) for kind in KINDS)),
            ],
            t("Keep"), said,
        )  # fmt: skip

    def drop_leave(self, line: LeaveLine) -> None:
        """Take a leave back, after a question."""

        def sure(yes: bool) -> None:
            if yes:
                self._write(lambda house: leaves.drop(house, line.person.email, line.leave.start))

        said = leave_line(line.leave.start, line.leave.end, line.leave.kind)
        self._frame.ask.yes(
            t("Take back the leave of {name}?", name=line.person.name),
            t("{leave}. These days count again.", leave=said[:1].upper() + said[1:]), t("Take it back"), sure,
        )  # fmt: skip

    def share(self) -> None:
        """Ask what part of full time somebody works."""
        view = self._view()
        if view is None:
            return

        def said(got: dict[str, str]) -> None:
            percent = int(got["share"]) if got["share"].isdecimal() else 0
            self._write(lambda house: policy.set_share(house, got["who"], percent, got["reason"]))

        self._frame.ask.form(
            t("Part time"), t("What part of full time somebody works, in percent; 100 is full time."),
            [
                Field("who", t("Who"), "choice", choices=_choices(view.people)),
                Field("share", t("Percent"), start="100"),
                Field("reason", t("Reason")),
            ],
            t("Keep"), said,
        )  # fmt: skip

    def close(self, label: str) -> None:
        """Ask for the reason and close a year; "" asks which, though it still runs."""
        view = self._view()
        if view is None:
            return
        span = view.to_close
        name = period_name(span.label, span.first, span.last) if span and span.label == label else label

        def said(got: dict[str, str]) -> None:
            wanted = label or got["year"]
            early = not label and bool(got["early"])
            self._write(
                lambda house: years.shown(house, years.close(house, wanted, got["reason"], early=early).label),
                lambda made: self._frame.say(t("{year} is closed. {sentence}", year=made.period.label,
                                               sentence=directors(made.facts))),
            )  # fmt: skip

        fields = [Field("reason", t("Reason"))]
        if not label:
            fields = [Field("year", t("Which year"), start=f"{view.today.year}", hint="2026-04..2027-03"), *fields,
                      Field("early", t("Though it still runs"), "check")]  # fmt: skip
        self._frame.ask.form(
            t("Close {year}", year=name) if label else t("Close a year"),
            t("Its figures then stay as they are told now. What is corrected later stands beside them, with the "
              "reason. A year is closed once, and never opened again."),
            fields, t("Close it"), said,
        )  # fmt: skip

    def _write(self, work: Callable[[House], object], then: Callable[..., None] | None = None) -> None:
        self._frame.tasks.write(lambda house, _ticket: work(house), then or self._noted, rooms=ROOMS)

    def _noted(self, _done: object) -> None:
        self._frame.say(t("Noted."))


def amended(count: int) -> str:
    """How many figures of a closed year are other ones now."""
    if not count:
        return t("nothing changed since")
    return tn("{count} figure amended since", "{count} figures amended since", count)


def _choices(people: tuple[Person, ...]) -> tuple[Choice, ...]:
    return tuple((one.email, f"{one.name}, {one.team}" if one.team else one.name) for one in people)
