"""What the gate found, each with what can be done about it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from companion.desktop.widgets.buttons import button, link
from companion.desktop.widgets.card import Card
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.text import PlainLabel
from companion.takeaways.gate import Finding, blocking
from companion.words.gate import field_name, finding, names_known
from companion.words.language import t, tn

MOST = 6  # findings at a time; more would not be read


@dataclass(frozen=True)
class Offers:
    """What the page does about a finding."""

    take: Callable[[Finding], None]  # what is offered in its place
    jump: Callable[[Finding], None]  # to the words, to put them otherwise
    review: Callable[[bool], None]  # let the host look first, or not after all


def gate_card(found: tuple[Finding, ...], offers: Offers, *, host: str, reviewed: bool) -> Card:
    """The findings as a card; what holds it back comes first."""
    card = Card(margin=16, spacing=6)
    hard = blocking(found)
    if hard and not reviewed:
        card.add(
            PlainLabel(
                tn("{count} passage holds it back", "{count} passages hold it back", len(hard)), "strong"
            )
        )  # fmt: skip
    else:
        card.add(PlainLabel(t("Before it leaves the room"), "strong"))
    ordered = [*hard, *(item for item in found if not item.blocks)]
    for item in ordered[:MOST]:
        card.add(PlainLabel(_said(item), "bad" if item.blocks and not reviewed else "warning"))
        card.add(Flow(_buttons(item, offers, reviewed=reviewed), spacing=6))
    if len(ordered) > MOST:
        more = len(ordered) - MOST
        card.add(PlainLabel(tn("And {count} more.", "And {count} more.", more), "small"))
    card.add(PlainLabel(names_known(), "small"))
    if reviewed:
        who = t("{host} looks at it first", host=host) if host else t("Ops look at it first")
        card.add(PlainLabel(who, "soft"))
        card.add(link(t("Not after all"), lambda: offers.review(False), says=t("No second pair of eyes after all")))
    elif hard:
        asks = t("Ask {host} to look at it first", host=host) if host else t("Ask ops to look at it first")
        card.add(link(asks, lambda: offers.review(True)))
    return card


def _said(item: Finding) -> str:
    return t("{field}: {sentence}", field=field_name(item.field), sentence=finding(item.code, item.text))


def _buttons(item: Finding, offers: Offers, *, reviewed: bool) -> list[QWidget]:
    """What can be done about one finding; each says of what, for those who hear it."""
    of = item.text or field_name(item.field)
    made: list[QWidget] = []
    if item.replacement:
        label = _take_label(item)
        made.append(button(label, lambda: offers.take(item), says=t("{label}: {passage}", label=label, passage=of)))
    reword = t("Show me the words")
    made.append(link(reword, lambda: offers.jump(item), says=t("{label}: {passage}", label=reword, passage=of)))
    return made


def _take_label(item: Finding) -> str:
    if item.field == "quote":
        return t("Leave it out")
    if "alias" in item.offers:
        return t("Use the alias: {alias}", alias=item.replacement)
    return t("Say the role: {role}", role=item.replacement)
