"""The list of the weekly mails: those that would go, those that went, and who gets none."""

from collections.abc import Sequence

from companion.desktop.widgets.items import Item
from companion.programme.digest import Mail, NoMail, Week
from companion.words.desk import holds, no_mail
from companion.words.language import mark, t

STATES = {  # of a letter, in two or three words
    "pending": mark("waiting"),
    "sending": mark("going out"),
    "sent": mark("sent"),
    "failed": mark("not delivered"),
    "unknown": mark("did it arrive?"),
    "withdrawn": mark("not sent"),
}


def items(week: Week) -> list[Item]:
    """Everybody under a heading."""
    written = [one for one in week.mails if one.letter]
    bad = [one for one in written if one.letter and one.letter.state in ("failed", "unknown")]
    return [
        *_part(t("To look at"), [_mail(one) for one in bad]),
        *_part(t("Would go"), [_mail(one) for one in week.going]),
        *_part(t("Written"), [_mail(one) for one in written if one not in bad]),
        *_part(t("None this week"), [_none(one) for one in week.none]),
    ]


def _part(heading: str, found: Sequence[Item]) -> list[Item]:
    return [Item("", heading), *found] if found else []


def _mail(one: Mail) -> Item:
    state = one.letter.state if one.letter else ""
    below = holds(one.todo, one.told) or t("what it says is for them alone")
    return Item(key_of(one), one.name, below, t(STATES[state]) if state else "", state in ("failed", "unknown"))


def _none(one: NoMail) -> Item:
    return Item(key_of(one), one.name, no_mail(one.why))


def key_of(one: Mail | NoMail) -> str:
    """What an item is known by: the person, or the address of somebody who is gone."""
    return one.person_id or (one.to if isinstance(one, Mail) else "")
