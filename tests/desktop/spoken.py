"""All that a page shows, says and offers; and which of it nobody translated."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from companion.programme.model import House

TEXTS = (
    "name", "team", "email", "title", "link", "segment", "headline", "scene", "quote", "quote_role", "goal", "matters",
    "will_do", "question", "customer_name", "text", "reply", "location", "url", "owner", "said", "surprise", "expected",
    "story", "zone", "address", "role",
)  # fmt: skip


def spoken(page: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Every text of a page, with the widget it belongs to; what somebody typed into a field is not the page's."""
    for widget in (page, *page.findChildren(QWidget)):
        if not widget.isVisibleTo(page) or isinstance(widget, QMenu):
            continue
        for text in (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), *shown(widget)):
            if text:
                yield widget, plain(text)


def shown(widget: QWidget) -> Iterator[str]:
    """The texts a widget draws."""
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    if isinstance(widget, QPushButton) and isinstance(widget.menu(), QMenu):
        yield from (action.text() for action in widget.menu().actions())
    if isinstance(widget, QAbstractItemView) and widget.model() and not isinstance(widget.parentWidget(), QComboBox):
        yield from cells(widget)


def cells(view: QAbstractItemView) -> Iterator[str]:
    """The texts of a list or a table, and what is spoken of each."""
    model = view.model()
    wide = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(model.rowCount()):
        for column in range(wide):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                yield str(model.data(model.index(row, column), role) or "")
    if wide > 1:
        yield from (str(model.headerData(at, Qt.Orientation.Horizontal)) for at in range(wide))


def plain(text: str) -> str:
    """The text without our own mark-up, which always begins with a paragraph."""
    if not text.startswith("<p"):
        return text
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()


def bare(text: str, data: set[str]) -> list[str]:
    """The words that are neither within ⟦ ⟧ nor a whole datum; nested brackets go from the inside out."""
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", "", text)) != text:
        text = shorter
    for datum in sorted(data, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(datum)}(?!\w)", "", text)
    return re.findall(r"[^\W\d_]{2,}", text)


def data_of(house: House) -> set[str]:
    """Every text that people brought: names, titles, addresses, what they wrote."""
    with house.workspace(write=False) as tx:
        found = [*tx.people.all(), *tx.customers.all(), *tx.takeaways.answers(), *tx.takeaways.channels(),
                 tx.programme.get()]  # fmt: skip
        for customer in tx.customers.all():
            found += tx.meetings.of_customer(customer.id)
        found += tx.takeaways.all()
    with house.device(write=False) as device:
        found += device.accounts.all()
        for note in device.notes.all():
            found += [note, *note.lines]
    data = {str(getattr(item, name, "")) for item in found for name in TEXTS if name != "role"}
    for item in found:
        data |= {*getattr(item, "domains", ()), *getattr(item, "our_domains", ())}
        data |= {str(value) for value in dict(getattr(item, "config", {}) or {}).values()}
    data |= {house.me, str(house.paths.home)}
    return {text.strip() for text in data if text and text.strip()}
