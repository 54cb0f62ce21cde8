"""Withdraw, hold, let go, say yes, and where it went: the same questions from whichever page asks them."""

from collections.abc import Callable
from functools import partial

from companion.basics.changes import Changes
from companion.desktop.frame import Frame
from companion.desktop.publishing.where import WhereList, copy_text, stays
from companion.programme import holding, outbox, publishing
from companion.programme.model import House
from companion.programme.people import who_am_i
from companion.programme.releasing import has_post
from companion.programme.views.where import Went, where_it_went
from companion.words.language import t

Then = Callable[[], None]
ROOMS = Changes.TAKEAWAYS | Changes.ATTENDANCE


def withdraw_dialog(frame: Frame, takeaway_id: str, then: Then | None = None) -> None:
    """Ask why, say what cannot be taken back, withdraw, and offer a text for the customer; `then` follows."""

    def ask(went: Went) -> None:
        def written(why: str) -> None:
            frame.tasks.write(
                lambda house, _ticket: publishing.withdraw(house, takeaway_id, why), lambda _gone: gone(), rooms=ROOMS
            )

        def gone() -> None:
            copy = partial(copy_text, frame, went.withdrawn_text)
            frame.say(_withdrawn(went), "", t("Copy a text for the customer"), copy)
            _go_on(frame, then)

        frame.ask.text(
            t("Withdraw this takeaway?"), t("Withdraw"), written, lines=2,
            text="\n\n".join([*stays(went), t("Why? Readers see it where the takeaway stood. It may stay empty.")]),
        )  # fmt: skip

    frame.tasks.read(lambda house, _ticket: where_it_went(house, takeaway_id), ask)


def hold_dialog(frame: Frame, takeaway_id: str, then: Then | None = None) -> None:
    """Ask why and hold it: readers see it no more until it is let go; say whether its author is told."""

    def written(why: str) -> None:
        frame.tasks.write(
            lambda house, _ticket: _held(house, takeaway_id, why),
            held, rooms=ROOMS,
        )  # fmt: skip

    def held(said: str) -> None:
        frame.say(said, "", t("Let it go"), lambda: let_go_dialog(frame, takeaway_id, then))
        _go_on(frame, then)

    frame.ask.text(
        t("Hold this takeaway?"), t("Hold it"), written, lines=2,
        text=t("It leaves every page at once, and waits. Why? Its author reads this."),
    )  # fmt: skip


def let_go_dialog(frame: Frame, takeaway_id: str, then: Then | None = None) -> None:
    """Let go what was held."""
    _sure(
        frame, takeaway_id, holding.let_go, t("Let it go?"),
        t("Readers see it again, and what waited goes out."), t("Let it go"), t("Let go. It is on its way."), then,
    )  # fmt: skip


def agree_dialog(frame: Frame, takeaway_id: str, then: Then | None = None) -> None:
    """Say the yes that a takeaway waits for."""
    _sure(
        frame, takeaway_id, holding.agree, t("Say yes to this takeaway?"),
        t("It goes to its readers as it stands."), t("Say yes"), t("You said yes. It is on its way."), then,
    )  # fmt: skip


def where_dialog(frame: Frame, takeaway_id: str) -> None:
    """Show where a takeaway went, what cannot be taken back, and a text for the customer."""

    def show(went: Went) -> None:
        queue = partial(frame.go, "outbox", takeaway_id)
        frame.ask.show(t("Where it went"), WhereList(frame, went), t("Show the outbox"), queue)

    frame.tasks.read(lambda house, _ticket: where_it_went(house, takeaway_id), show)


def _withdrawn(went: Went) -> str:
    said = [t("Withdrawn. It leaves every page.")]
    if any(row.recipient for row in went.stays):
        said.append(t("Those who got it by mail are told."))
    if any(not row.recipient for row in went.stays):
        said.append(t("Where it was posted, that is told too."))
    return " ".join(said)


def _held(house: House, takeaway_id: str, why: str) -> str:
    """Hold it; what to say of it, and of its author, who reads of it only where the programme sends mail."""
    made = holding.hold(house, takeaway_id, why)
    with house.workspace(write=False) as tx:
        author = tx.people.get(made.author_id)
        post = has_post(tx, tx.programme.get())
    said = t("Held. Readers see it no more.")
    if author is None or author.id == who_am_i(house).id:
        return said
    told = t("{name}, its author, is told.", name=author.name)
    untold = t("The programme sends no mail: tell {name}, its author, yourself.", name=author.name)
    return f"{said} {told if post else untold}"


def _sure(
    frame: Frame, takeaway_id: str, verb: Callable[[House, str], object], title: str, text: str, label: str,
    said: str, then: Then | None,
) -> None:  # fmt: skip
    def answered(yes: bool) -> None:
        if yes:
            frame.tasks.write(
                lambda house, _ticket: verb(house, takeaway_id), lambda _made: _said(frame, said, then), rooms=ROOMS
            )

    frame.ask.yes(title, text, label, answered)


def _said(frame: Frame, sentence: str, then: Then | None) -> None:
    frame.say(sentence)
    _go_on(frame, then)


def _go_on(frame: Frame, then: Then | None) -> None:
    frame.tasks.fetch(outbox.run, rooms=Changes.TAKEAWAYS)
    if then is not None:
        then()
