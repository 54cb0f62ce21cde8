"""For whom a takeaway is, what that means, and when it goes out, in one plain sentence each."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from companion.basics.clock import day_of
from companion.desktop.takeaway.facts import Desk, audiences, last_days
from companion.desktop.widgets.text import PlainLabel
from companion.programme.model import Programme
from companion.programme.releasing import Foreseen
from companion.takeaways.audience import COMPANY, LISTENERS, ME, say, team_of
from companion.takeaways.model import Takeaway
from companion.words.dates import clock_time, long_day
from companion.words.language import t, tn


def why(reason: str, customer: str) -> str:
    """Why it waits for a yes."""
    if reason == "nda":
        return t("{customer} is under a non-disclosure agreement", customer=customer)
    if reason == "ask":
        return t("they want to be asked before they are quoted")
    return t("you asked for another pair of eyes")


def meaning(audience: str) -> str:
    """Who can read it."""
    if audience == COMPANY:
        return t("Everyone in the firm can read it.")
    if audience == ME:
        return t("Nobody but you sees it; it leaves this computer only as yours.")
    if audience == LISTENERS:
        return t("Those who sat with this customer, its host and its account team can read it.")
    return t("Everyone in {team} can read it, nobody else.", team=team_of(audience))


def going_out(made: Foreseen, programme: Programme, today: date) -> str:
    """When it goes out and who is asked or told first; "" for what is only for its author."""
    host = made.host
    if made.takeaway.audience == ME:
        return ""
    if made.takeaway.needs_yes:
        reasons = "; ".join(why(one, made.takeaway.customer_name) for one in made.why)
        asked = t("It waits until ops say yes")
        if host:
            asked = t("It waits until {host}, the host, or ops say yes", host=host)
        return t("{sentence}: {why}.", sentence=asked, why=reasons) if reasons else f"{asked}."
    if made.takeaway.out_at:
        at = made.takeaway.out_at
        return tn(
            "{host}, the host, sees it {count} hour before everyone; it goes out on {day} at {time}.",
            "{host}, the host, sees it {count} hours before everyone; it goes out on {day} at {time}.",
            programme.host_hours, host=host, day=long_day(day_of(at, programme.zone), today),
            time=clock_time(at, programme.zone),
        )  # fmt: skip
    if made.untold and host:
        return t(
            "It goes out at once. {host}, the host, is not told: the programme has no mailbox to write from.", host=host
        )
    if host and made.letter:
        return t("It goes out at once; {host}, the host, gets it too.", host=host)
    return t("It goes out at once.")


class AudienceChoice(QWidget):
    """The choice and its two sentences, and how long it is shown."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__()
        self._changed = changed
        self.combo = QComboBox()
        self.combo.setAccessibleName(t("For whom"))
        self.combo.currentIndexChanged.connect(lambda _index: changed())
        self.means = PlainLabel("", "soft")
        self.goes = PlainLabel("", "soft")
        self.ends = QComboBox()
        self.ends.setAccessibleName(t("Shown until"))
        self.ends.currentIndexChanged.connect(lambda _index: changed())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(PlainLabel(t("For whom"), "section"))
        for widget in (self.combo, self.means, self.goes):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addWidget(PlainLabel(t("Shown until"), "section"))
        column.addWidget(self.ends)
        for combo in (self.combo, self.ends):  # a long team's name is cut, not the page widened
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(12)

    def show_takeaway(self, desk: Desk, takeaway: Takeaway) -> None:
        """Show the choice; an audience that is none of today's choices stays one."""
        for combo in (self.combo, self.ends):
            combo.blockSignals(True)
            combo.clear()
        known = audiences(desk)
        for audience in known if takeaway.audience in known else [takeaway.audience, *known]:
            self.combo.addItem(say(audience), audience)
        self.combo.setCurrentIndex(self.combo.findData(takeaway.audience))
        for months, day in last_days(desk):
            if day is None:
                self.ends.addItem(t("as long as it stands"), "")
            else:
                text = tn("{day} ({count} month)", "{day} ({count} months)", months, day=long_day(day, desk.today))
                self.ends.addItem(text, day.isoformat() if self.ends.count() else "")
        if takeaway.expires:
            if self.ends.findData(takeaway.expires.isoformat()) < 0:
                self.ends.addItem(long_day(takeaway.expires, desk.today), takeaway.expires.isoformat())
            self.ends.setCurrentIndex(self.ends.findData(takeaway.expires.isoformat()))
        for combo in (self.combo, self.ends):
            combo.blockSignals(False)

    def choose(self, audience: str) -> None:
        """Show another audience, without telling that it changed."""
        self.combo.blockSignals(True)
        self.combo.setCurrentIndex(self.combo.findData(audience))
        self.combo.blockSignals(False)

    def tell(self, audience: str) -> None:
        """Say what the choice means; when it goes out follows."""
        self.means.setText(meaning(audience))

    def tell_going(self, sentence: str) -> None:
        """Say when it goes out, and who sees it first."""
        self.goes.setText(sentence)
        self.goes.setVisible(bool(sentence))
