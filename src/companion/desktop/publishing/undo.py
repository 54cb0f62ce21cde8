"""The ten seconds after Publish: what goes out can be taken back, then it goes."""

from collections.abc import Callable

from PySide6.QtCore import QTimer

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.desktop.frame import Frame
from companion.desktop.publishing.dialogs import where_dialog
from companion.desktop.publishing.readers import Before
from companion.programme import outbox, publishing
from companion.programme.apply import cross
from companion.programme.model import House
from companion.takeaways.model import Takeaway
from companion.words.language import t, tn
from companion.words.problems import sentence

ROOMS = Changes.TAKEAWAYS | Changes.NOTES | Changes.ATTENDANCE
LATER = 200  # milliseconds after the last second, so that it is surely over
AGAIN = 1000  # milliseconds


def send(house: House, before: Before, note_id: str, *, review: bool) -> Takeaway:
    """Publish what was previewed, to be taken back for some seconds; what went, under the id it went by."""
    made = publishing.send(house, before.takeaway, before.order, undo=publishing.UNDO, review=review, note_id=note_id)
    waiting = (one for one, _until in publishing.undoable(house) if one.meeting_id == made.meeting_id)
    return next((one for one in waiting if one.audience == made.audience), made)


def count_down(frame: Frame, made: Takeaway, waits: str, undone: Callable[[Takeaway], None]) -> None:
    """Show the seconds, and let it go once they are over. `waits`: why it is not out then, "" where it is.

    `undone` is called where the author took it back. Where the window closes first it goes at the next start.
    """
    seconds = round(publishing.UNDO.total_seconds())
    timer = QTimer(frame.tasks)
    timer.setSingleShot(True)

    def tells(left: int) -> str:
        return tn("Goes out in {count} second: {headline}", "Goes out in {count} seconds: {headline}", left,
                  headline=made.headline)  # fmt: skip

    def take_back() -> None:
        timer.stop()
        frame.tasks.write(
            lambda house, _ticket: publishing.undo(house, made.id), back, rooms=ROOMS, failed=too_late
        )  # fmt: skip

    def back(draft: Takeaway) -> None:
        timer.deleteLater()
        frame.say(t("Taken back. Your draft is as it was."))
        undone(draft)

    def too_late(problem: Problem) -> None:
        frame.say(sentence(problem), "warning")
        over()

    def over() -> None:
        hide()
        frame.tasks.write(lambda house, _ticket: _crossed(house, made), went, rooms=ROOMS, failed=stays)

    def went(out: bool) -> None:
        if not out:  # the clock was put back meanwhile
            timer.start(AGAIN)
            return
        timer.deleteLater()
        _say_out(frame, made, waits)

    def stays(problem: Problem) -> None:
        timer.deleteLater()
        frame.say(t("It is kept here and goes out later. {why}", why=sentence(problem)), "warning")

    timer.timeout.connect(over)
    hide = frame.count_down(seconds, tells, t("Undo"), take_back)
    timer.start(round(publishing.UNDO.total_seconds() * 1000) + LATER)


def _crossed(house: House, made: Takeaway) -> bool:
    """Let cross what can be taken back no more; whether this one did."""
    cross(house)
    return not any(one.id == made.id for one, _until in publishing.undoable(house))


def _say_out(frame: Frame, made: Takeaway, waits: str) -> None:
    said = t("Out: {headline}", headline=made.headline)
    if waits:
        said = t("Kept: {headline}. {when}", headline=made.headline, when=waits)
    frame.say(said, "", t("Where it went"), lambda: where_dialog(frame, made.id))
    frame.tasks.fetch(outbox.run, rooms=Changes.TAKEAWAYS)
