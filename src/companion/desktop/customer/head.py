"""The top of a customer's page: what they are called, who hosts them, what never goes out."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.desktop.widgets.buttons import button, link
from companion.desktop.widgets.chip import Chip
from companion.desktop.widgets.flow import Flow
from companion.desktop.widgets.text import PlainLabel
from companion.programme.views.customer import CustomerPage
from companion.words.dates import day_month
from companion.words.language import t


@dataclass(frozen=True)
class HeadVerbs:
    """What the top can be told to do."""

    change: Callable[[], None]
    meeting: Callable[[str], None]


class Head(QWidget):
    """Name, marks and three lines; built anew where one of them differs."""

    def __init__(self, verbs: HeadVerbs) -> None:
        super().__init__()
        self._verbs = verbs
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._inner = QWidget()
        self._box.addWidget(self._inner)

    def show_customer(self, page: CustomerPage) -> None:
        """Show the top of this page."""
        fresh = QWidget()
        lines = QVBoxLayout(fresh)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        customer = page.customer
        about = [
            customer.segment or t("segment unknown"),
            t("hosted by {name}", name=page.host) if page.host else t("nobody hosts them"), ", ".join(customer.domains),
        ]  # fmt: skip
        marks: list[QWidget] = []
        if customer.nda:
            chip = Chip(t("NDA"), "warning")
            chip.setToolTip(t("Nothing about them goes out without a yes of the host or of who runs the programme."))
            chip.setAccessibleName(t("NDA: {why}", why=chip.toolTip()))
            marks.append(chip)
        if customer.tier:
            marks.append(Chip(t("tier {tier}", tier=customer.tier)))
        said = t("Change…")
        marks.append(link(said, self._verbs.change, says=t("Change what is said of {name}", name=customer.name)))
        lines.addWidget(PlainLabel(" · ".join(part for part in about if part), "soft"))
        lines.addWidget(Flow(marks, spacing=10))
        for line in _lines(page):
            lines.addWidget(PlainLabel(line, "small"))
        if page.next is not None:
            day = day_month(day_of(page.next.start, page.zone), day_of(page.now, page.zone))
            label = t("Next: {day} · {title}", day=day, title=page.next.title)
            key = page.next.id
            lines.addWidget(Flow([button(label, lambda: self._verbs.meeting(key))]))
        self._box.replaceWidget(self._inner, fresh)
        self._inner.hide()
        self._inner.deleteLater()
        self._inner = fresh
        fresh.show()


def _lines(page: CustomerPage) -> list[str]:
    customer = page.customer
    today = day_of(page.now, page.zone)
    found = []
    if customer.public_name and customer.public_name != customer.name:
        found.append(t("For everyone they are called “{name}”.", name=customer.public_name))
    if customer.off_limits:
        found.append(t("Never in a takeaway: {words}.", words=", ".join(customer.off_limits)))
    if page.last_heard is not None:
        day = day_month(day_of(page.last_heard, page.zone), today)
        found.append(t("Last heard on {day} by {names}.", day=day, names=", ".join(page.heard_by[:4])))
    else:
        found.append(t("Nobody of ours has heard them yet."))
    return found
