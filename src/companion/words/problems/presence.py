"""Problems of evidence, of who sat in, and of the audit."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "not_open_to_staff": mark(
        "Of somebody's seat at {title} only they themselves, the meeting's host and ops may say what is true. "
        "Ask one of them."
    ),
    "correct_not_yours": mark(
        "What is settled for {title} is corrected by ops or by the meeting's host; of your own seat, by you. "
        "Ask one of them."
    ),
    "seat_not_open": mark("Nothing waits for a decision on the seat of {name} at {title}. See companion seats review."),
    "sat_not_host": mark("Who sat in at {title} is said by its host or by ops. Of yourself say I was there."),
    "instead_oneself": mark("{name} cannot have gone to {title} instead of {name}. Name who went, or nobody."),
    "instead_host": mark("{name} is the host of {title} and was there anyway. Name who went instead, or nobody."),
    "told_unknown": mark("There is no mail {told} that waits for a look. See companion seats review."),
}
