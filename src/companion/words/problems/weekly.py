"""Problems of the weekly mails."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "digest_words": mark(
        "Say companion digest preview, preview EMAIL, send, wait on|off, or EMAIL with on, off, out or in; what stands "
        "with {what} is none of these."
    ),
    "weekly_not_for": mark(
        "{name} is written no weekly mail: it goes to people who are with us on its day, not to groups or who has left."
    ),
    "weekly_off": mark(
        'The programme has no weekly mail. Give it a day and a time: companion programme set --digest "fri 09:00".'
    ),
    "weekly_without_post": mark(
        "There is no mail server to write the weekly mails through. Choose one: companion programme set --post NAME."
    ),
    "weekly_early": mark("It is too early for this week's mails. They may be sent two days before {day}, or later."),
    "weekly_other": mark("A new week has begun since you looked at these mails. Look at them again, then send them."),
    "weekly_written": mark("{name}'s mail of this week is written already, so it can no longer be left out."),
    "weekly_left_out": mark("Somebody left it out this week."),
    "weekly_let_in": mark("It was left out for a while; nothing was written."),
    "weekly_newer": mark("It could not go in its week; the next one takes its place."),
}
