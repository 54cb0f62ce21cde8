"""What Home can be told to do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from companion.programme.views.home import Question
from companion.programme.views.home_notes import OldNote, Promise, UnsureMail
from companion.takeaways.model import Takeaway

Open = Callable[[str], None]


@dataclass(frozen=True)
class Verbs:
    """What Home can be told to do; each takes an id."""

    say: Callable[[str, str], None]  # (meeting id, state)
    someone_else: Open
    no_meeting: Open
    brief: Open
    listen: Open  # by a meeting or a note
    ask_for: Open
    meeting: Open
    takeaway: Open
    reply: Callable[[Question], None]
    join: Open  # a link
    who: Callable[[], None]
    calendars: Callable[[], None]
    invitation: Callable[[], None]
    start: Callable[[], None]
    agree: Open
    hold: Open
    look: Callable[[Takeaway], None]
    deliver: Callable[[], None]
    outbox: Callable[[], None]
    answers: Callable[[], None]
    promise: Callable[[Promise], None]
    take: Callable[[UnsureMail], None]  # it is mine
    leave: Callable[[UnsureMail], None]
    look_at: Callable[[UnsureMail], None]
    keep: Callable[[OldNote], None]
    delete: Callable[[OldNote], None]
    customers: Callable[[], None]  # the step of the start at which they are chosen
    answer_offer: Callable[[str, bool, str], None]  # (offer id, yes, why not)
    no_with_words: Open  # by an offer's id
    swap: Open  # by a meeting's id
    allow: Callable[[str, bool], None]  # (offer id, yes)
    open_reviews: Callable[[], None]
    export_notes: Callable[[], None]
    delete_notes: Callable[[], None]
    why: Open  # what my year rests on, by my id
    board: Callable[[], None]
    go: Callable[[str, str], None]  # (page, item)
    sat: Callable[[str, str, str], None]  # (meeting id, person id, state), as the host
    somebody_sat: Callable[[str, str], None]  # (meeting id, who was to come or "")
    nobody_sat: Callable[[str, Sequence[str]], None]  # (meeting id, who was to come)
