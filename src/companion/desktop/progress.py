"""The word keys of `Ticket.step`, as sentences."""

from companion.words.language import mark, t

SENTENCES = {
    "": mark("Working"),
    "asking": mark("Asking the calendar's server"),
    "sign_in_browser": mark("Waiting for the browser"),
    "sign_in_answer": mark("Signing in"),
    "calendars": mark("Reading calendars"),
    "reading": mark("Reading calendar entries"),
    "joined": mark("Looking for join reports"),
    "free": mark("Asking who is free"),
    "crossing": mark("Taking over what is new"),
    "delivering": mark("Sending takeaways"),
    "publishing": mark("Publishing"),
    "weekly": mark("Laying out the weekly mails"),
    "sample": mark("Laying out the sample company"),
}


def sentence(what: str, done: int, total: int) -> str:
    """Where the work stands."""
    text = t(SENTENCES.get(what, SENTENCES[""]))
    if total:
        return t("{what}, {done} of {total}", what=text, done=f"{done:,}", total=f"{total:,}")
    return t("{what}, {done} so far", what=text, done=f"{done:,}") if done else text
