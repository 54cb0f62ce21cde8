"""What Meetings can be told to do."""

from collections.abc import Callable
from dataclasses import dataclass

Open = Callable[[str], None]


@dataclass(frozen=True)
class Verbs:
    """What the page can be told to do."""

    say: Callable[[str, str, str], None]  # (meeting id, person id, state)
    say_for: Callable[[str, str, str], None]  # the same, as a leader's assistant
    print_for: Callable[[str, str], None]  # (meeting id, a leader's address)
    save_for: Callable[[str, str], None]  # the same, as a file
    someone_else: Callable[[str, str], None]  # (meeting id, person id)
    seat_somebody: Open
    ask_for: Open
    confirm: Open
    dismiss: Open
    forget: Open
    brief: Open
    listen: Open
    takeaway: Open
    customer: Open
    join: Open
    rules: Open  # by the customer's id
    report: Open  # take in a join report
    propose: Open
    correct: Callable[[str, str, str], None]  # (meeting id, person id, the state it is in)
    decide: Callable[[str, str, str, bool], None]  # (meeting id, person id, name, there)
    history: Callable[[str, str], None]  # (meeting id, person id)
    allow: Callable[[str, bool], None]  # (offer id, yes)
    answer_for: Callable[[str, bool], None]  # (offer id, yes) for a leader who told it otherwise
    answer_offer: Callable[[str, bool], None]  # (offer id, yes)
    no_with_words: Open  # by an offer's id
    withdraw: Open  # by an offer's id
    swap: Open
    copy: Callable[[str], None]  # a text, into the clipboard
    settle: Open  # a mail that somebody looked at, by its id
