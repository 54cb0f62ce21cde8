"""Whom a takeaway reaches: the ways it goes, the people by name on demand, and addresses that are not ours."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QLineEdit

from companion.basics.errors import Problem
from companion.desktop.publishing.readers import Before
from companion.desktop.widgets.buttons import link
from companion.desktop.widgets.column import Column
from companion.desktop.widgets.text import PlainLabel
from companion.takeaways.audience import ME
from companion.takeaways.model import MAILS, PLACES, Channel
from companion.words.language import t, tn
from companion.words.problems import sentence

WAYS = {
    "site": lambda name: t("the site {name}", name=name),
    "folder": lambda name: t("the folder {name}", name=name),
    "teams": lambda name: t("the Teams channel {name}", name=name),
    "graph_channel": lambda name: t("the Teams channel {name}", name=name),
    "slack": lambda name: t("the Slack channel {name}", name=name),
}


def way(channel: Channel) -> str:
    """A channel, as the author ticks it."""
    if channel.kind in MAILS:
        return t("mail to all of them, by {name}", name=channel.name)
    return WAYS[channel.kind](channel.name)


class Reach:
    """Fills a column with it; `changed` is called where a tick or an address changes."""

    def __init__(self, changed: Callable[[], None], names: Callable[[], None]) -> None:
        self._changed = changed
        self._names = names
        self.boxes: dict[str, QCheckBox] = {}
        self.also: QLineEdit | None = None
        self.outside: QCheckBox | None = None

    @property
    def ways(self) -> tuple[str, ...] | None:
        """The names of the channels that are ticked; None before any was shown."""
        return tuple(name for name, box in self.boxes.items() if box.isChecked()) if self.boxes else None

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that were written."""
        text = self.also.text() if self.also is not None else ""
        return tuple(part for part in text.replace(";", ",").replace(" ", ",").split(",") if part)

    @property
    def outside_ok(self) -> bool:
        """Whether the author has seen which addresses are not ours."""
        return self.outside is not None and self.outside.isChecked()

    def fill(self, column: Column, before: Before, *, named: bool) -> None:
        """Show it."""
        self._ways(column, before)
        self._people(column, before, named=named)
        self._outside(column, before)

    def _ways(self, column: Column, before: Before) -> None:
        self.boxes = {}
        if not before.channels:
            return
        column.section(t("Besides the Read page, it goes to"))
        for channel in before.channels:
            box = QCheckBox(way(channel).replace("&", "&&"))
            box.setAccessibleName(way(channel))
            box.setChecked(channel.name in (before.wish.ways or ()))
            box.toggled.connect(lambda _on: self._changed())
            self.boxes[channel.name] = box
            column.add(box)
        self.also = None
        if any(channel.kind in MAILS for channel in before.channels):
            column.add(PlainLabel(t("Also by mail to"), "section"), 6)
            self.also = QLineEdit(", ".join(before.wish.also))
            self.also.setAccessibleName(t("Also by mail to"))
            self.also.setPlaceholderText(t("addresses, with commas between them"))
            self.also.editingFinished.connect(self._on_addresses)
            column.add(self.also)
        self._written = before.wish.also

    def _on_addresses(self) -> None:
        if self.addresses != self._written:
            self._changed()

    def _people(self, column: Column, before: Before, *, named: bool) -> None:
        column.section(t("Who gets it"))
        for said in reached(before):
            column.add(PlainLabel(said))
        mails = before.reached.addresses if before.reached else ()
        if not mails:
            return
        if named:
            known = {person.email: person.name for person in before.reached.people} if before.reached else {}
            lines = sorted(f"{known[one]}, {one}" if one in known else one for one in mails)
            column.add(PlainLabel("\n".join(lines), "soft"))
        column.add(link(t("Hide the names") if named else t("Show the names"), self._names, soft=True))

    def _outside(self, column: Column, before: Before) -> None:
        self.outside = None
        found = before.reached.outside if before.reached else ()
        if before.reached and before.reached.beyond:
            names = ", ".join(before.reached.beyond)
            column.add(PlainLabel(t("It is not for {addresses}. Take them out.", addresses=names), "bad"), 6)
        if not found:
            return
        domains = ", ".join(sorted({one.rpartition("@")[2] for one in found}))
        column.add(
            PlainLabel(
                tn("Nobody of our firm is known at this address: {addresses} ({domains})",
                   "Nobody of our firm is known at these addresses: {addresses} ({domains})", len(found),
                   addresses=", ".join(found), domains=domains), "warning",
            ), 6,
        )  # fmt: skip
        self.outside = QCheckBox(t("Yes, send it there all the same"))
        self.outside.setAccessibleName(t("Yes, send it there all the same"))
        self.outside.setChecked(before.wish.outside_ok)
        self.outside.toggled.connect(lambda _on: self._changed())
        column.add(self.outside)


def reached(before: Before) -> list[str]:
    """Whom it reaches, in sentences."""
    if before.trouble is not None:
        return [sentence(before.trouble)]
    found = before.reached
    said = []
    if before.takeaway.audience == ME:
        said.append(t("Nobody but you."))
    else:
        said.append(tn("{count} person can read it.", "{count} people can read it.", before.everyone))
    if before.wish.team and before.reader.may_read and before.reader.how_many != before.everyone:
        there = before.reader.how_many
        said.append(tn("{count} of them is in {team}.", "{count} of them are in {team}.", there, team=before.wish.team))
    if found and found.addresses:
        said.append(tn("{count} gets it by mail.", "{count} get it by mail.", len(found.addresses)))
    chats = [channel for channel in found.places if channel.kind not in PLACES] if found else []
    if chats:
        said.append(t("Whoever is in {channels} sees it there.", channels=", ".join(one.name for one in chats)))
    return said


def obstacle(before: Before) -> str:
    """What keeps it from going out as it stands, "" for nothing."""
    if before.trouble is not None:
        return sentence(before.trouble)
    if before.holding:
        return tn(
            "{count} passage holds it back. Go back and put it another way, or ask for another pair of eyes.",
            "{count} passages hold it back. Go back and put them another way, or ask for another pair of eyes.",
            len(before.holding),
        )
    if before.reached and before.reached.beyond:
        return sentence(Problem("recipients_beyond", addresses=", ".join(before.reached.beyond)))
    if before.reached and before.reached.outside and not before.wish.outside_ok:
        return t("Confirm the addresses at which nobody of ours is known first.")
    return ""
