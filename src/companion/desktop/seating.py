"""What Home and Meetings do about seats on their way: asking, answering, a host's word, a swap."""

from companion.attendance.offers import Offer
from companion.basics.changes import Changes
from companion.desktop.ask import Choice
from companion.desktop.candidates import lead, line
from companion.desktop.frame import Frame, Page
from companion.programme import offers
from companion.programme.model import House
from companion.programme.views.candidates import Candidates, candidates
from companion.words.language import t

SAID = Changes.ATTENDANCE | Changes.MEETINGS


class Seating:
    """The verbs of seats on their way; each writes away from the window."""

    def __init__(self, page: Page, frame: Frame) -> None:
        self._page = page
        self._frame = frame

    def ask_for(self, meeting_id: str) -> None:
        """Ask for a seat for oneself."""
        self._frame.tasks.write(
            lambda house, _ticket: offers.ask(house, meeting_id),
            lambda _offer: self._frame.say(t("You asked for a seat. The host is asked first.")), rooms=SAID,
        )  # fmt: skip

    def answer(self, offer_id: str, yes: bool, reason: str = "") -> None:
        """Take an offered seat, or not."""
        said = t("You have the seat. The host is told, and adds you to the invitation.")
        no = t("Noted. The seat is open again for somebody else.")
        self._frame.tasks.write(
            lambda house, _ticket: offers.answer(house, offer_id, yes, reason),
            lambda offer: self._told(offer, said if yes else no), rooms=SAID,
        )  # fmt: skip

    def no_with_words(self, offer_id: str) -> None:
        """No, for a reason of one's own."""
        self._frame.ask.text(
            t("Why not this one?"), t("Say no"), lambda text: self.answer(offer_id, False, text),
            text=t("Who runs the programme reads it. It may stay empty."),
        )  # fmt: skip

    def answer_for(self, offer_id: str, yes: bool) -> None:
        """The word of a leader who gave it otherwise, with how it is known."""
        self._frame.ask.text(
            t("They said yes?") if yes else t("They said no?"), t("Note it"),
            lambda text: self._noted(offer_id, yes, text),
            text=t("How do you know? It stands with the seat, as your word: they told you by telephone, for example."),
        )  # fmt: skip

    def _noted(self, offer_id: str, yes: bool, reason: str) -> None:
        said = t("Noted. The host is told, and adds them to the invitation.")
        no = t("Noted. The seat is open again for somebody else.")
        self._frame.tasks.write(
            lambda house, _ticket: offers.answer(house, offer_id, yes, reason),
            lambda offer: self._told(offer, said if yes else no), rooms=SAID,
        )  # fmt: skip

    def allow(self, offer_id: str, yes: bool) -> None:
        """A host's word on who may sit in; a no needs no reason, and is asked for none."""
        if yes:
            self._allow(offer_id, True, "")
            return
        self._frame.ask.text(
            t("Not this time?"), t("Say no"), lambda text: self._allow(offer_id, False, text),
            text=t("No reason is asked for. A line for who runs the programme, if you like:"),
        )  # fmt: skip

    def _allow(self, offer_id: str, yes: bool, reason: str) -> None:
        said = t("Thank you. They are told; a line for the invitation stands with the meeting once they said yes.")
        no = t("Noted. The seat is not offered to them.")
        self._frame.tasks.write(
            lambda house, _ticket: offers.allow(house, offer_id, yes, reason),
            lambda offer: self._told(offer, said if yes else no), rooms=SAID,
        )  # fmt: skip

    def withdraw(self, offer_id: str) -> None:
        """Take a seat on its way back."""

        def told(reason: str) -> None:
            self._frame.tasks.write(
                lambda house, _ticket: offers.withdraw(house, offer_id, reason),
                lambda offer: self._told(offer, t("Taken back.")), rooms=SAID,
            )  # fmt: skip

        self._frame.ask.text(t("Take it back?"), t("Take it back"), told, text=t("A reason, if there is one:"))

    def swap(self, meeting_id: str) -> None:
        """Give a seat up to a colleague."""

        def ask(found: Candidates) -> None:
            if not found.able:
                self._frame.say(t("Nobody could take your seat just now. If you cannot come, say so under Meetings."))
                return
            self._frame.ask.choose(
                t("Who might take your seat?"),
                t("They are asked, and so is the host. The seat stays yours until both say yes."),
                [("", t("Whoever needs one most")), *_choices(found)], lambda key: self._swap(meeting_id, key),
            )  # fmt: skip

        self._frame.tasks.read(lambda house, _ticket: takers(house, meeting_id), ask, owner=self._page)

    def _swap(self, meeting_id: str, to: str) -> None:
        self._frame.tasks.write(
            lambda house, _ticket: offers.swap(house, meeting_id, to),
            lambda _offer: self._frame.say(t("They are asked. Until they say yes, the seat is yours.")), rooms=SAID,
        )  # fmt: skip

    def propose(self, meeting_id: str) -> None:
        """Have a seat offered to somebody: who needs one and has never heard them first."""

        def ask(found: Candidates) -> None:
            if not found.able:
                self._frame.say(t("Nobody could be proposed: {why}", why=lead(found)))
                return
            self._frame.ask.choose(
                t("Who might sit in?"), lead(found), _choices(found), lambda key: self._propose(meeting_id, key)
            )

        self._frame.tasks.read(lambda house, _ticket: candidates(house, meeting_id), ask, owner=self._page)

    def _propose(self, meeting_id: str, person_id: str) -> None:
        self._frame.tasks.write(
            lambda house, _ticket: offers.propose(house, meeting_id, person_id),
            lambda _offer: self._frame.say(t("Proposed. The host is asked first.")), rooms=SAID,
        )  # fmt: skip

    def _told(self, offer: Offer | None, said: str) -> None:
        """None: the workspace is away."""
        self._frame.say(said if offer else t("Kept on this computer; it will be sent once the workspace answers."))


def takers(house: House, meeting_id: str) -> Candidates:
    """Colleagues who could sit there in place of who works here."""
    with house.workspace(write=False) as tx:
        me = tx.people.by_address(house.me) if house.me else None
    return candidates(house, meeting_id, instead_of=me.id if me else "")


def _choices(found: Candidates) -> list[Choice]:
    return [(one.person_id, line(one)) for one in found.able]
