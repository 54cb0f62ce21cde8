"""The list of the outbox: what wants somebody, what is on its way, what went."""

from collections.abc import Sequence

from companion.basics.clock import day_of
from companion.desktop.outbox.words import counts, tag, title
from companion.desktop.widgets.items import Item
from companion.programme.views.outbox import Matter, OutboxView
from companion.words.dates import short_day
from companion.words.language import t


def items(view: OutboxView) -> list[Item]:
    """Every matter under its heading."""
    bad = [one for one in view.matters if one.unknown or one.failed]
    going = [one for one in view.matters if one.waiting and one not in bad]
    gone = [one for one in view.matters if not one.open]
    return [
        *_part(t("To look at"), bad, view),
        *_part(t("On its way"), going, view),
        *_part(t("Gone out"), gone, view),
    ]


def _part(heading: str, found: Sequence[Matter], view: OutboxView) -> list[Item]:
    return [Item("", heading), *(_item(one, view) for one in found)] if found else []


def _item(matter: Matter, view: OutboxView) -> Item:
    day = short_day(day_of(matter.since, view.zone), day_of(view.now, view.zone))
    return Item(matter.key, title(matter), counts(matter), tag(matter) or day, bool(matter.unknown or matter.failed))
