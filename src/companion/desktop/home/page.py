"""Home decides what its buttons do."""

from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.desktop.first.ways import open_invitation, start_programme
from companion.desktop.frame import Frame, Page
from companion.desktop.home.away import AwayVerbs, fill_away
from companion.desktop.home.hosting import Hosting, colleagues
from companion.desktop.home.leaving import Leaving
from companion.desktop.home.myyear import MyYear
from companion.desktop.home.verbs import Verbs
from companion.desktop.home.view import fill
from companion.desktop.publishing.dialogs import agree_dialog, hold_dialog
from companion.desktop.replies import reply
from companion.desktop.seating import Seating
from companion.desktop.widgets.column import Column
from companion.programme import listening, mailed, meetings, outbox, own_word, people, seats
from companion.programme.model import House
from companion.programme.views.at_hand import AtHand, at_hand
from companion.programme.views.home import HomeView, home
from companion.programme.views.home_notes import OldNote, UnsureMail
from companion.programme.views.worklist import Worklist, worklist
from companion.takeaways.mailed import MailedNote
from companion.takeaways.model import Takeaway
from companion.words.language import t

SAID = Changes.ATTENDANCE | Changes.MEETINGS


def read_home(house: House) -> tuple[HomeView, datetime] | AtHand:
    """Home and the minute it is of; where the workspace is away, what is at hand here."""
    try:
        return home(house), house.clock().replace(second=0, microsecond=0)
    except Problem as problem:
        if problem.code != "workspace_unreachable":
            raise
    return at_hand(house)


class HomePage(Page):
    """What is next and what needs me."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._column = Column()
        self._answer: tuple[HomeView, datetime] | None = None
        self._work: Worklist | None = None
        self._runs = False  # whether who works here sees to the programme
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._column)
        seating, year, leaving = Seating(self, frame), MyYear(self, frame), Leaving(frame)
        hosting = Hosting(self, frame)
        self.verbs = Verbs(
            say=self._say,
            someone_else=self._someone_else,
            no_meeting=self._no_meeting,
            brief=lambda key: frame.go("brief", key),
            listen=lambda key: frame.go("listen", key),
            ask_for=seating.ask_for,
            meeting=lambda key: frame.go("meetings", key),
            takeaway=lambda key: frame.go("read", key),
            reply=lambda question: reply(frame, question.answer_id, question.name, question.text),
            join=frame.follow,
            who=self._who,
            calendars=lambda: frame.go("settings", "calendars"),
            invitation=lambda: open_invitation(frame),
            start=self._start,
            agree=partial(agree_dialog, frame),
            hold=partial(hold_dialog, frame),
            look=self._look,
            deliver=self._deliver,
            outbox=lambda: frame.go("outbox", ""),
            answers=lambda: frame.go("answers", ""),
            customers=lambda: frame.go("first", ""),
            promise=lambda one: frame.go("customer", f"{one.fact.customer_id}#{one.fact.id}"),
            take=self._take,
            leave=self._leave_out,
            look_at=self._look_at,
            keep=self._keep,
            delete=self._delete,
            answer_offer=seating.answer,
            no_with_words=seating.no_with_words,
            swap=seating.swap,
            allow=seating.allow,
            open_reviews=year.open_reviews,
            export_notes=leaving.export,
            delete_notes=leaving.delete,
            why=year.why,
            board=lambda: frame.go("board", ""),
            go=frame.go,
            sat=hosting.sat,
            somebody_sat=hosting.somebody,
            nobody_sat=hosting.nobody,
        )

    def reload(self) -> None:
        """Read Home again."""
        self.read(lambda house, _ticket: read_home(house), self._show)
        if self._runs:
            self._read_work()

    def _show(self, answer: tuple[HomeView, datetime] | AtHand) -> None:
        self._answer = None
        if isinstance(answer, AtHand):
            verbs = AwayVerbs(self.verbs.brief, self.verbs.listen, self.verbs.join, self._say_own)
            fill_away(self._column, answer, verbs)
        else:
            self._answer = answer
            fill(self._column, *answer, self.verbs, self._work if answer[0].runs else None)
            first, self._runs = answer[0].runs and not self._runs, answer[0].runs
            if first:
                self._read_work()

    def _read_work(self) -> None:
        """The whole programme is read for the work list: Home does not wait for it."""
        self.frame.tasks.read(lambda house, _ticket: worklist(house), self._add, owner=self)

    def _add(self, work: Worklist) -> None:
        if work != self._work:
            self._work = work
            if self._answer and self._runs:
                fill(self._column, *self._answer, self.verbs, work)

    def _deliver(self) -> None:
        def again(house: House, ticket: Ticket) -> None:
            outbox.run(house, ticket, retry=True)

        self.frame.tasks.fetch(again, rooms=Changes.TAKEAWAYS)

    def _look(self, takeaway: Takeaway) -> None:
        """What waits for a yes stands on no page yet: the whole of it, as it would be read."""
        parts = (takeaway.scene, f"“{takeaway.quote}” {takeaway.quote_role}" if takeaway.quote else "", takeaway.goal,
                 takeaway.matters, takeaway.will_do, takeaway.question)  # fmt: skip
        self.frame.ask.tell(takeaway.headline, "\n\n".join(part.strip() for part in parts if part.strip()))

    def _look_at(self, item: UnsureMail) -> None:
        self.frame.ask.tell(t("From {sender}", sender=item.mail.sender), item.mail.text)

    def _take(self, item: UnsureMail) -> None:
        def told(mail: MailedNote) -> None:
            key = mail.meeting_id
            self.frame.say(t("It is in your note."), "", t("Open my note"), lambda: self.frame.go("listen", key))

        self.frame.tasks.write(lambda house, _ticket: mailed.take(house, item.mail.id), told, rooms=Changes.NOTES)

    def _leave_out(self, item: UnsureMail) -> None:
        def told(sure: bool) -> None:
            if sure:
                self.frame.tasks.write(
                    lambda house, _ticket: mailed.leave(house, item.mail.id), rooms=Changes.NOTES
                )  # fmt: skip

        self.frame.ask.yes(
            t("Is it not yours?"), t("The reply is deleted. It goes into no note, and nobody else reads it."),
            t("Delete it"), told,
        )  # fmt: skip

    def _keep(self, note: OldNote) -> None:
        self.frame.tasks.write(lambda house, _ticket: listening.keep(house, note.note_id), rooms=Changes.NOTES)

    def _delete(self, note: OldNote) -> None:
        def told(sure: bool) -> None:
            if sure:
                self.frame.tasks.write(
                    lambda house, _ticket: listening.let_go(house, [note.note_id]), rooms=Changes.NOTES
                )  # fmt: skip

        self.frame.ask.yes(
            t("Delete your note on {customer}?", customer=note.about),
            t("Its lines and answers are gone. The takeaway stays."), t("Delete it"), told,
        )  # fmt: skip

    def _say(self, meeting_id: str, state: str, to: str = "") -> None:
        me = self._answer[0].person if self._answer else None
        if me is not None and not to:
            self._say_own(meeting_id, me.id, state)
            return
        self.frame.tasks.write(
            lambda house, _ticket: seats.set_state(house, meeting_id, house.me, state, "self", to=to), rooms=SAID
        )

    def _say_own(self, meeting_id: str, person_id: str, state: str) -> None:
        def told(sent: bool) -> None:
            if not sent:
                self.frame.say(t("Kept on this computer; it will be sent once the workspace answers."))

        self.frame.tasks.write(
            lambda house, _ticket: own_word.say_own(house, meeting_id, person_id, state), told, rooms=SAID
        )

    def _someone_else(self, meeting_id: str) -> None:
        def ask(found: list[tuple[str, str]]) -> None:
            self.frame.ask.choose(
                t("Who went for you?"), "", found, lambda key: self._say(meeting_id, "delegated", key)
            )

        self.frame.tasks.read(lambda house, _ticket: colleagues(house), ask, owner=self)

    def _no_meeting(self, meeting_id: str) -> None:
        self.frame.tasks.write(
            lambda house, _ticket: meetings.dismiss(house, [meeting_id]),
            lambda _ids: self.frame.say(t("It is not counted any more, and no calendar brings it back.")),
            rooms=SAID,
        )

    def _start(self) -> None:
        """The firm's name is known where its policy says it, and who begins where somebody signed in."""
        self.frame.tasks.read(
            lambda house, _ticket: (house.registration.firm, house.me),
            lambda known: start_programme(self.frame, *known),
            owner=self,
        )

    def _who(self) -> None:
        self.frame.ask.text(
            t("Who are you?"),
            t("This is me"),
            self._this_is_me,
            text=t("Your address at work, as it stands in calendars."),
        )

    def _this_is_me(self, address: str) -> None:
        self.frame.tasks.write(
            lambda house, _ticket: people.set_me(house, address), self.frame.tasks.adopt, rooms=Changes.EVERYTHING
        )
