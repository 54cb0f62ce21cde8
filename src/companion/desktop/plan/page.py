"""The Plan page: it proposes, ops keep, change and forbid, and one button has the hosts asked."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from companion.attendance.offers import Offer
from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.desktop.frame import Frame, Page
from companion.desktop.plan.facts import PlanView, RuleLine, SeatLine, day_of, read_plan
from companion.desktop.plan.verbs import Verbs
from companion.desktop.plan.view import changed, fill
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.column import Column, header
from companion.desktop.widgets.empty import Empty
from companion.desktop.widgets.text import PlainLabel
from companion.programme import planning
from companion.programme.model import House
from companion.programme.views.candidates import Candidate, candidates
from companion.words.language import t, tn
from companion.words.problems import sentence

MOST = 12  # alternatives that are offered
Work = Callable[[House], object]


class PlanPage(Page):
    """Who could sit in the open reviews, and why."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._view: PlanView | None = None
        self.headline = PlainLabel(t("Working out who could sit where…"))
        self.state = PlainLabel("", "soft")
        self.again = button(t("Plan again"), self._afresh, tip=t("Without holding on to the last proposal"))
        self.send = button(t("Ask the hosts…"), self._ask, filled=True)
        self.send.hide()
        self.column = Column(widest=940)
        top = QVBoxLayout()
        top.setContentsMargins(36, 24, 36, 0)
        top.setSpacing(4)
        top.addWidget(header(t("Plan the open seats"), self.again, self.send))
        top.addWidget(self.headline)
        top.addWidget(self.state)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(self.column, 1)
        self._verbs = Verbs(
            self._keep, self._somebody_else, self._not_here, self._nobody, self._ask_one, self._take_back,
            lambda key: frame.go("meetings", key),
        )  # fmt: skip

    def reload(self) -> None:
        """Plan again, with as few changes as can be."""
        self.read(read_plan, self._show)

    def _show(self, view: PlanView | Problem) -> None:
        if isinstance(view, Problem):
            self._view = None
            self.headline.setText("")
            self.state.setText("")
            self.send.hide()
            self.again.hide()
            self.column.begin()
            record = (t("Record it"), lambda: self.frame.go("held", "sheet"))
            self.column.add(Empty(sentence(view, "window"), *(record if view.code == "plan_needs_agreement" else ())))
            self.column.end()
            return
        self._view = view
        self.headline.setText(view.headline)
        self.state.setText(" ".join(part for part in (view.quality, changed(view)) if part))
        self.again.show()
        self.send.setVisible(bool(view.seats))
        fill(self.column, view, self._verbs)

    def _decide(self, work: Work, said: str) -> None:
        """Write a decision down; the page then plans again by itself."""

        def write(house: House, _ticket: Ticket) -> None:
            work(house)

        self.frame.tasks.write(
            write, lambda _done: self.frame.say(said), rooms=Changes.ATTENDANCE, failed=self._refused, owner=self
        )

    def _refused(self, problem: Problem) -> None:
        self.frame.say(sentence(problem), "warning")
        self.reload()

    def _afresh(self) -> None:
        def write(house: House, _ticket: Ticket) -> None:
            planning.put_away(house)

        self.frame.tasks.write(write, lambda _done: self.reload(), owner=self)

    def _keep(self, line: SeatLine) -> None:
        said = t("{name} stays at {customer}.", name=line.name, customer=line.customer)
        self._decide(lambda house: planning.pin(house, line.meeting_id, line.person_id), said)

    def _not_here(self, line: SeatLine) -> None:
        said = t("{name} is not planned at {customer} any more.", name=line.name, customer=line.customer)
        self._decide(lambda house: planning.forbid(house, line.meeting_id, line.person_id), said)

    def _nobody(self, line: SeatLine) -> None:
        said = t("Nobody is planned at {customer}, {day}.", customer=line.customer, day=day_of(line))
        self._decide(lambda house: planning.shut(house, line.meeting_id), said)

    def _take_back(self, line: RuleLine) -> None:
        self._decide(lambda house: planning.allow_again(house, line.rule_id), t("Taken back: {what}.", what=line.text))

    def _somebody_else(self, line: SeatLine) -> None:
        """Show who else could sit there, best first."""

        def look(house: House, _ticket: Ticket) -> tuple[Candidate, ...]:
            return candidates(house, line.meeting_id, instead_of=line.person_id).able[:MOST]

        self.frame.tasks.read(look, partial(self._choose, line), failed=self._refused, owner=self)

    def _choose(self, line: SeatLine, able: tuple[Candidate, ...]) -> None:
        title = t("Who sits at {customer}?", customer=line.customer)
        if not able:
            self.frame.ask.tell(title, t("Nobody else could: those who lead are taken, away or ruled out."))
            return
        choices = [(one.person_id, candidate_line(one)) for one in able]
        text = t("{day}. Whoever needs a seat comes first.", day=day_of(line))
        names = {one.person_id: one.name for one in able}

        def chosen(person_id: str) -> None:
            def work(house: House) -> None:
                planning.forbid(house, line.meeting_id, line.person_id, "")
                planning.pin(house, line.meeting_id, person_id)

            self._decide(work, t("{name} is planned at {customer}.", name=names[person_id], customer=line.customer))

        self.frame.ask.choose(title, text, choices, chosen)

    def _ask(self) -> None:
        """Say in words what happens, then wait for the yes."""
        view = self._view
        if view is None or not view.seats:
            return
        text = " ".join([
            tn("{count} host is asked by mail whether somebody may sit in; a no needs no reason.",
               "{count} hosts are asked by mail whether somebody may sit in; a no needs no reason.", view.hosts),
            t("Leaders are asked once their host said yes. Nothing is written to a calendar."),
        ])  # fmt: skip
        label = tn("Ask about {count} seat", "Ask about {count} seats", len(view.seats))
        seats = [(line.meeting_id, line.person_id) for line in view.seats]
        self.frame.ask.yes(t("Ask the hosts"), text, label, lambda yes: self._hand_on(seats) if yes else None)

    def _ask_one(self, line: SeatLine) -> None:
        text = t("The host of {customer} is asked by mail whether {name} may sit in; a no needs no reason.",
                 customer=line.customer, name=line.name)  # fmt: skip
        seat = [(line.meeting_id, line.person_id)]
        self.frame.ask.yes(t("Ask the host"), text, t("Ask"), lambda yes: self._hand_on(seat) if yes else None)

    def _hand_on(self, seats: list[tuple[str, str]]) -> None:
        problems: list[Problem] = []

        def write(house: House, _ticket: Ticket) -> list[Offer]:
            return planning.hand_on(house, seats, problems)

        def done(made: list[Offer]) -> None:
            said = tn("{count} seat is on its way; its host is asked first.",
                      "{count} seats are on their way; their hosts are asked first.", len(made))  # fmt: skip
            self.frame.say(" ".join([said, *map(sentence, problems)]), "warning" if problems else "")

        self.frame.tasks.write(write, done, rooms=Changes.ATTENDANCE, failed=self._refused, owner=self)


def candidate_line(one: Candidate) -> str:
    """Mei Tan (Legal): needs 1, has not heard them, free then."""
    parts = []
    if one.needs is not None:
        parts.append(tn("needs {count}", "needs {count}", one.needs) if one.needs else t("needs none"))
    if one.new:
        parts.append(t("has not heard them"))
    if one.word == "free":
        parts.append(t("free then"))
    elif one.word:
        parts.append(t("busy then") if one.word == "busy" else t("away then"))
    name = t("{name} ({team})", name=one.name, team=one.team) if one.team else one.name
    return t("{name}: {facts}", name=name, facts=", ".join(parts)) if parts else name
