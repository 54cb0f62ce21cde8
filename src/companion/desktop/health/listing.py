"""The list of calendars: those that need somebody first, each with a word about it."""

from collections.abc import Sequence

from companion.desktop.widgets.items import Item
from companion.programme.views.calendars import CalendarHealth, CalendarsView
from companion.words.dates import ago
from companion.words.health import since, tag
from companion.words.language import t


def items(view: CalendarsView) -> list[Item]:
    """Every account under one of two headings; one heading says that all is well."""
    bad = [item for item in view.items if item.needs_somebody]
    good = [item for item in view.items if not item.needs_somebody]
    return [*_part(t("To look at"), bad, view), *_part(t("In order"), good, view)]


def _part(heading: str, found: Sequence[CalendarHealth], view: CalendarsView) -> list[Item]:
    if not found:
        return []
    return [Item("", heading), *(_item(item, view) for item in found)]


def _item(item: CalendarHealth, view: CalendarsView) -> Item:
    return Item(item.account.id, item.account.name, _below(item, view), tag(item), item.needs_somebody)


def _below(item: CalendarHealth, view: CalendarsView) -> str:
    state = item.state
    if state.signed_out is not None:
        return t("signed out since {day}", day=since(state.signed_out, view.now, view.zone))
    if state.last_ok is None:
        return t("of our hosts") if item.account.hosts else item.account.owner
    return t("read {ago}", ago=ago(state.last_ok, view.now, view.zone))
