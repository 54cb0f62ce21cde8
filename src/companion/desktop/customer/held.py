"""What is held of one of a customer's people, shown before they are erased; and what is beyond reach."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.basics.changes import Changes
from companion.customers.model import Contact
from companion.desktop.ask import Field
from companion.desktop.frame import Frame
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.text import PlainLabel
from companion.programme.forgetting import Erasure, HeldAbout, erase
from companion.programme.model import House
from companion.words.language import t, tn

ROOMS = Changes.CUSTOMERS | Changes.MEETINGS | Changes.TAKEAWAYS | Changes.NOTES


class Erasing:
    """Shows what is held; asks once; erases; says what nobody can call back."""

    def __init__(self, frame: Frame, done: Callable[[], None]) -> None:
        self._frame = frame
        self._done = done

    def show(self, contact: Contact) -> None:
        """Show what is held of a person, with the way to erase them."""
        title = t("What is held about {name}", name=_name(contact))

        def found(held: HeldAbout, _notes: int, _mailed: int) -> None:
            self._frame.ask.show(title, content(held), t("Erase this person…"), lambda: self.ask(contact))

        self._read(contact, found)

    def ask(self, contact: Contact) -> None:
        """Ask once, with all that will go and all that will stay."""

        def found(held: HeldAbout, notes: int, mailed: int) -> None:
            lines = [*_places(held), t("What they said stays, under the name of the customer and without theirs.")]
            if mailed:
                lines.append(_mailed(mailed))
            lines.append(t("Backups, mails that went out and other computers are beyond reach."))
            fields = [Field("notes", t("Also in my own notes"), "check")] if notes else []
            title = t("Erase {name}?", name=_name(contact))
            text = "\n".join(lines)
            if fields:
                label = t("Erase them")
                self._frame.ask.form(title, text, fields, label, lambda said: self._erase(contact, bool(said["notes"])))
            else:
                self._frame.ask.yes(
                    title, text, t("Erase them"), lambda yes: self._erase(contact, False) if yes else None
                )

        self._read(contact, found)

    def _read(self, contact: Contact, found: Callable[[HeldAbout, int, int], None]) -> None:
        def work(house: House, _ticket: object) -> Erasure:
            return erase(house, contact.address, contact.customer_id, dry_run=True)

        self._frame.tasks.read(work, lambda would: found(would.held, would.notes_left, would.mailed))

    def _erase(self, contact: Contact, notes: bool) -> None:
        def work(house: House, _ticket: object) -> Erasure:
            return erase(house, contact.address, contact.customer_id, also_my_notes=notes)

        self._frame.tasks.write(work, self._say, rooms=ROOMS)

    def _say(self, done: Erasure) -> None:
        self._done()
        said = [t("They are erased, and no calendar brings them back.")]
        if done.waits:
            said = [t("They are erased on this computer; the workspace follows when the network is back.")]
        if done.mailed:
            said.append(_mailed(done.mailed))
        if done.notes_left:
            said.append(tn("{count} line of your own notes still names them.",
                           "{count} lines of your own notes still name them.", done.notes_left))  # fmt: skip
        self._frame.say(" ".join(said), "warning" if done.mailed or done.notes_left else "")


def content(held: HeldAbout) -> QWidget:
    """Everything that is held, with its words."""
    box = QWidget()
    outer = QVBoxLayout(box)
    outer.setContentsMargins(0, 0, 0, 0)
    column = Column(margin=4)
    column.add(PlainLabel(f"{held.name} <{held.address}>" if held.name else held.address, "strong"))
    for line in _places(held):
        column.add(PlainLabel(line))
    for one in held.at:
        texts = [*(fact.text for fact in one.facts), *(takeaway.headline for takeaway in one.takeaways)]
        texts += [answer.text for answer in one.answers]
        if texts:
            column.section(one.customer.name, 10)
        for text in texts:
            column.add(PlainLabel(text))
    column.add(PlainLabel(t("Backups, mails that went out and other computers were not looked through."), "small"), 10)
    column.body.addStretch(1)
    outer.addWidget(column)
    return box


def _places(held: HeldAbout) -> list[str]:
    if held.nothing:
        return [t("Nothing is held about them.")]
    found = []
    for one in held.at:
        counts = {
            tn("{count} meeting with them", "{count} meetings with them", len(one.meetings)): len(one.meetings),
            tn("{count} thing known from or about them", "{count} things known from or about them", len(one.facts)):
                len(one.facts),
            tn("{count} takeaway that names them", "{count} takeaways that name them", len(one.takeaways)):
                len(one.takeaways),
            tn("{count} answer", "{count} answers", len(one.answers)): len(one.answers),
            tn("{count} line of my own notes", "{count} lines of my own notes", one.notes): one.notes,
        }  # fmt: skip
        parts = [said for said, count in counts.items() if count]
        if one.contact is not None:
            parts.insert(0, t("the entry among their people"))
        found.append(t("{customer}: {what}.", customer=one.customer.name, what=", ".join(parts) or t("traces only")))
    return found


def _mailed(count: int) -> str:
    return tn("{count} message that tells of them went out and cannot be called back.",
              "{count} messages that tell of them went out and cannot be called back.", count)  # fmt: skip


def _name(contact: Contact) -> str:
    return contact.name or contact.address
