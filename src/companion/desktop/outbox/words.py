"""What the outbox says of a matter and of what is on its way of it."""

from companion.programme.views.outbox import Matter, OutboxView, Sending
from companion.takeaways.letters import Letter
from companion.takeaways.model import WITHDRAWAL
from companion.words.desk import LETTERS
from companion.words.health import begun, stamp
from companion.words.language import t, tn

MOST_NAMES = 6


def title(matter: Matter) -> str:
    """The takeaway's headline, or which weekly mail."""
    return matter.headline or t("Weekly mail, {which}", which=matter.key.strip())


def tag(matter: Matter) -> str:
    """What is the matter with it, in two or three words; "" where all of it went."""
    if matter.unknown:
        return t("did it arrive?")
    if matter.failed:
        return t("not delivered")
    return t("waiting") if matter.waiting else ""


def counts(matter: Matter) -> str:
    """How many are in which state."""
    parts = [
        tn("{count} to look at", "{count} to look at", matter.unknown) if matter.unknown else "",
        tn("{count} not delivered", "{count} not delivered", matter.failed) if matter.failed else "",
        tn("{count} waiting", "{count} waiting", matter.waiting) if matter.waiting else "",
        tn("{count} delivered", "{count} delivered", matter.sent) if matter.sent else "",
    ]
    return " · ".join(part for part in parts if part) or t("taken back")


def way(row: Sending) -> str:
    """By what it goes, and what it is where that is not the takeaway itself."""
    if isinstance(row.sent, Letter):
        return _capital(t(LETTERS[row.sent.kind]))
    channel = row.channel or t("A channel that is gone")
    if row.revision == WITHDRAWAL:
        return t("{channel}: says that it was withdrawn", channel=channel)
    return t("{channel}: version {number}", channel=channel, number=row.revision) if row.revision > 1 else channel


def whom(row: Sending) -> str:
    """To whom it goes; "" for a place or a chat."""
    if row.name and row.who:
        return t("{name}, {address}", name=row.name, address=row.who)
    return row.who or (t("a reader") if isinstance(row.sent, Letter) else "")


def names(rows: list[Sending]) -> str:
    """To whom several go, by name, the first of them; "" where it is nobody."""
    found = [row.name or whom(row) for row in rows]
    found = [name for name in found if name]
    said = ", ".join(found[:MOST_NAMES])
    rest = len(found) - MOST_NAMES
    return tn("{names} and {count} more", "{names} and {count} more", rest, names=said) if rest > 0 else said


def became(row: Sending, view: OutboxView) -> str:
    """What became of it, since when, after how many tries, and why it waits."""
    said = _capital(row.sentence)
    said = said if said.endswith((".", "?", "!")) else f"{said}."
    if row.state in ("sent", "withdrawn"):
        return t("{sentence} {moment}.", sentence=said, moment=begun(stamp(row.since, view.now, view.zone)))
    tries = row.sent.tries if row.state in ("failed", "pending") else 0
    tried = tn("Tried {count} time.", "Tried {count} times.", tries) if tries > 1 else ""
    when = t("Since {moment}.", moment=stamp(row.since, view.now, view.zone))
    return " ".join(part for part in (said, row.waits, tried, when) if part)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
