"""The word keys of `Ticket.step`, as sentences."""

from companion.words.language import mark, t

SENTENCES = {
    "": mark("Working"),
    "connect": mark("Asking the calendar's server"),
    "fetch": mark("Fetching the calendar"),
    "read": mark("Reading calendar entries"),
    "store": mark("Keeping customer meetings"),
    "cross": mark("Sending what you agreed to"),
    "publish": mark("Publishing"),
    "sample": mark("Laying out the sample company"),
}


def sentence(what: str, done: int, total: int) -> str:
    """Where the work stands."""
    text = t(SENTENCES.get(what, SENTENCES[""]))
    if total:
        return t("{what}, {done} of {total}", what=text, done=f"{done:,}", total=f"{total:,}")
    return t("{what}, {done} so far", what=text, done=f"{done:,}") if done else text
