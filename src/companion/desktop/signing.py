"""The dialog that stands while somebody signs in with the browser. It is shown and never waits."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from companion.desktop.ask import SignInStage, SignInVerbs
from companion.desktop.widgets.buttons import button
from companion.desktop.widgets.text import PlainLabel
from companion.words.language import t

SHORTEST = 200  # pixels: short sentences do not make it jump


class SignInDialog(QDialog):
    """What happens, what to do meanwhile, and the way back: Escape, at any moment."""

    def __init__(self, parent: QWidget, text: str, verbs: SignInVerbs) -> None:
        super().__init__(parent)
        self._verbs = verbs
        self._ended = False
        self._stage = SignInStage("beginning")
        title = t("Sign in with Microsoft")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(min(self.fontMetrics().averageCharWidth() * 80, parent.width() - 48))
        self._title = PlainLabel(title, "heading")
        self._text = PlainLabel(text)
        self._now = PlainLabel("", "strong")
        self._more = PlainLabel("", "soft")
        self._link = QLineEdit()
        self._link.setReadOnly(True)
        self._link.setAccessibleName(t("The link to sign in"))
        self._copy = button(t("Copy the link"), self._copied)
        self._request = button(t("Copy the request for IT"), self._request_copied)
        self._cancel = button(t("Cancel"), self.reject)
        self._again = button(t("Try again"), verbs.try_again, filled=True)
        self._go_on = button(t("Go on"), verbs.go_on, filled=True)
        self._lay_out()
        self.show_stage(self._stage)

    def show_stage(self, stage: SignInStage) -> None:
        """Show how far it is; a screen reader speaks it at once."""
        self._stage = stage
        failed, reading = stage.at == "failed", stage.at == "reading"
        self._text.setVisible(stage.at in ("beginning", "browser", "signing"))
        self._say(_now(stage), _more(stage), bad=failed)
        self._link.setVisible(stage.at == "no_browser")
        self._link.setText(stage.url)
        self._link.setCursorPosition(0)
        self._copy.setVisible(bool(stage.url) and not failed and not reading)
        self._request.setVisible(stage.needs_it or stage.at in ("browser", "no_browser"))
        self._cancel.setVisible(not reading)
        self._cancel.setText(t("Close") if failed else t("Cancel"))
        self._cancel.setAccessibleName(self._cancel.text())
        self._again.setVisible(failed and stage.again)
        self._go_on.setVisible(reading)
        self._focus(self._go_on if reading else self._again if failed else self._copy)
        self._fit()

    def come_forward(self) -> None:
        """Somebody asked to sign in once more: this is where it happens."""
        self.raise_()
        self.activateWindow()

    def end(self) -> None:
        """It is over: go, and tell nobody."""
        self._ended = True
        self.close()

    def reject(self) -> None:
        """Escape, Cancel or the window's cross: ends the sign-in at once; while reading, only this dialog."""
        if self._ended:
            super().reject()
        elif self._stage.at == "reading":
            self._verbs.go_on()
        else:
            self._verbs.cancel()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(8)
        column.addWidget(self._now)
        column.addWidget(self._more)
        column.addWidget(self._link)
        column.addSpacing(12)
        column.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(8)
        for one in (self._copy, self._request):
            line.addWidget(one)
        line.addStretch(1)
        for one in (self._cancel, self._again, self._go_on):
            line.addWidget(one)
        column.addLayout(line)

    def _say(self, now: str, more: str, *, bad: bool) -> None:
        self._now.setText(now)
        self._now.setVisible(bool(now))
        self._now.setProperty("tone", "bad" if bad else "strong")
        self._now.style().unpolish(self._now)
        self._now.style().polish(self._now)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self.setAccessibleDescription(" ".join(part for part in (now, more) if part))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _fit(self) -> None:
        """As high as its sentences at its width."""
        column = self.layout()
        if column is not None:
            column.invalidate()
            self.setFixedHeight(max(SHORTEST, column.heightForWidth(self.width())))

    def _focus(self, wanted: QPushButton) -> None:
        wanted.setDefault(True)
        (self._cancel if wanted.isHidden() else wanted).setFocus(Qt.FocusReason.OtherFocusReason)

    def _copied(self) -> None:
        self._verbs.copy_link()
        self._more.setText(t("The link is copied. Open it in a browser on this computer."))
        self._fit()

    def _request_copied(self) -> None:
        self._verbs.copy_request()
        self._more.setText(t("The request is copied. Paste it into a mail to your IT."))
        self._more.show()
        self._fit()


def _now(stage: SignInStage) -> str:
    said = {
        "beginning": t("Getting ready…"),
        "browser": t("Waiting for your browser…"),
        "no_browser": t("The browser could not be opened."),
        "signing": t("Signing you in…"),
        "reading": t("You are signed in as {person}.", person=stage.person),
    }
    return said.get(stage.at, stage.sentence)


def _more(stage: SignInStage) -> str:
    good = t("The link is good for five minutes.")
    agree = t("If the browser says that an administrator has to agree, copy the request for IT.")
    said = {
        "browser": " ".join([good, agree]),
        "no_browser": t(
            "Copy the link and open it in a browser on this computer. {good}", good=" ".join([good, agree])
        ),
        "reading": t("Your calendar is being read. It goes on if you close this."),
    }
    return said.get(stage.at, "")
