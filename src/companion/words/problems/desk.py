"""The desk: what is due, its lease, letters, the scheduler."""

from companion.words.language import mark

_DUE = {
    "desk_lost": mark("Another machine took over as the desk. What is left is done there, or at the next run."),
    "step_broken": mark("Something in the app broke at “{step}”; the other steps went on. The log {log} says where."),
    "letters_without_post": mark(
        "Letters that wait because the programme has no post to send them through: {count}. "
        "Name a mail channel with companion programme set --post NAME."
    ),
    "digest_slot_wrong": mark("{value} is not a weekly slot. Write a weekday and a time, such as “mon 09:00”."),
    "quiet_wrong": mark("{value} are no quiet hours. Write when they begin and end, such as 19:00-07:00; “” for none."),
    "mailed_unknown": mark("No mail {mail} waits for you. See companion me mails."),
    "mailed_expired": mark(
        "Replies to the questions after a meeting that waited 90 days for their writers' Companion and were let go: "
        "{count}. The mails themselves are still in the mailbox."
    ),
}
_SENDING = {
    "delivery_broken": mark("Something in the app broke while it was sent. The log {log} says where."),
    "letter_not_unknown": mark("There is no letter {letter} of which nobody knows. See companion outbox."),
    "delivery_which": mark(
        "Nobody knows of several deliveries to {recipient}: revisions {revisions} (0 tells that it was withdrawn). "
        "Say which one, as CHANNEL:RECIPIENT and with --revision."
    ),
    "letter_over": mark("What it would have said is no longer so."),
    "withdrawn_before": mark("It was withdrawn before it could go out."),
    "superseded": mark("A newer version takes its place."),
    "superseded_before": mark("A newer version took its place before it could go out."),
    "reader_left": mark("Whoever was to get it had left by then."),
    "reader_elsewhere": mark("By then it was no longer for whoever was to get it."),
    "expired": mark("Its time to be shown is over."),
    "expired_before": mark("Its time to be shown was over before it could go out."),
}
_SCHEDULE = {
    "schedule_unknown": mark("{kind} is not a scheduler that Companion knows. Use cron, systemd or windows."),
    "schedule_which": mark("Name the scheduler: --schedule cron, systemd or windows."),
    "schedule_every": mark("Every {value} minutes cannot be written for all schedulers. Use 5, 10, 15, 20, 30 or 60."),
    "schedule_missing": mark(
        "{command} is not on this computer, so nothing was put in place. Choose another scheduler."
    ),
    "schedule_refused": mark("{command} did not take it ({reason}). Nothing was changed."),
}
SENTENCES: dict[str, str] = {**_DUE, **_SENDING, **_SCHEDULE}
