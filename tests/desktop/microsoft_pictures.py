"""Pictures of signing in with Microsoft, of an invented firm: `python -m desktop.microsoft_pictures [--docs] FOLDER`.

Run it in the folder `tests`. With `--docs` they are those of the guide: one size, light, few colours.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea

from companion.basics.errors import Problem
from companion.basics.paths import Paths
from companion.basics.settings import Settings
from companion.calendars.model import Account, Page
from companion.calendars.signin import Registration, SignedIn
from companion.connectors.ics.worker import InlineReader
from companion.desktop import frame as framed
from companion.desktop.crash import Crashes
from companion.desktop.pictures import DOCS_SIZE, LOOKS, SIZES, few_colours
from companion.desktop.session import Purpose, Session
from companion.desktop.signin import connect
from companion.programme.model import House, Secrets
from companion.programme.sync import sync
from desktop import made
from fakes.ics import calendar, event
from fakes.identity import FakeIdentity
from fakes.source import FakeSource

DANA = SignedIn("dana-oid.ferro-tid", made.ME, "Dana Okafor")
REGISTRATION = Registration(
    client_id="5b1f8c0e-9d5a-4a52-9b0e-6f6f3d0c7a11", authority="https://login.microsoftonline.com/ferro.example",
    firm="Ferro Building Supply", fixed=frozenset({"client_id", "authority", "firm"}),
)  # fmt: skip
GRAPH = "https://graph.microsoft.com/v1.0"
CALENDARS = (
    Account("dana", made.ME, "microsoft365", f"{GRAPH}/me", DANA.id, made.ME),
    Account("reviews", "Customer reviews", "microsoft365", f"{GRAPH}/users/reviews@ferro.example", DANA.id, "", True),
    Account("hang", "Nguyễn Thị Bích Hằng, Łódź", "microsoft365", f"{GRAPH}/users/hang.nguyen@ferro.example", DANA.id,
            "hang.nguyen@ferro.example"),
)  # fmt: skip
GUESTS = ("ken@kestrel.example", made.ME)
REFUSED = Problem("ms_admin_consent", account="", scopes="Calendars.Read")  # who signs in is not known yet
TIMED_OUT = Problem("ms_signin_timeout", account="", minutes=5)


class Refusing:
    """A calendar whose person is signed out."""

    def __init__(self, account: Account) -> None:
        self._problem = Problem("ms_signin_needed", account=account.name)

    def pages(self, *_asked: object) -> Iterator[Page]:
        """Nothing to be had."""
        raise self._problem
        yield

    def close(self) -> None:
        """Nothing to close."""


class Kept:
    """Secrets that last, as in a keyring."""

    lasting = True

    def __init__(self, held: Secrets) -> None:
        self._held = held

    def __getattr__(self, name: str) -> object:
        return getattr(self._held, name)


class Stage:
    """A window on a small programme whose Microsoft is played."""

    def __init__(self, app: QApplication, folder: Path, *, docs: bool) -> None:
        self.app, self.folder, self.docs = app, folder, docs
        self.identity = FakeIdentity(who=DANA)

    def house(self, home: Path) -> House:
        """The house of the pictures."""
        built = made.build(home)

        def source(account: Account, _days: object) -> object:
            number = next(at for at, one in enumerate((*CALENDARS, account)) if one.id == account.id)
            when = f"202612{number + 10:02}T130000Z"
            entries = event(f"{number}@x", when, title="Kestrel review", guests=GUESTS)
            return FakeSource({"1": calendar(entries)}) if account.user in self.identity.here else Refusing(account)

        return replace(
            built,
            secrets=Kept(built.secrets),
            identity=self.identity,
            registration=REGISTRATION,
            open_source=source,
            open_reader=InlineReader,
        )

    def until(self, met: Callable[[], object]) -> None:
        """Let the window work until something is so."""
        end = time.monotonic() + 30
        while not met():
            if time.monotonic() > end:
                raise TimeoutError
            self.app.processEvents()
            time.sleep(0.005)

    @contextmanager
    def window(self, home: Path, look: str, size: tuple[int, int]) -> Iterator[Session]:
        """The window, once its first page stands."""
        session = Session(self.app, Paths(home), Settings(look=look), Crashes(Paths(home).log), self.house)
        session._purpose = Purpose(rows=True)
        session.window.resize(*size)
        session.window.show()
        session._open()
        self.until(lambda: session.window.current and session.tasks.busy == 0)
        yield session
        session.shut_down()
        session.look.deleteLater()
        session.deleteLater()
        self.app.processEvents()

    def take(self, session: Session, name: str, dialog: QDialog | None = None, *, lines: int = 0) -> None:
        """Write a picture of the window, with a dialog in front of it; of the guide's perhaps the upper lines alone."""
        self.until(lambda: dialog is not None or session.tasks.busy == 0)
        for _ in range(5):
            self.app.processEvents()
        image = session.window.grab().toImage()
        if dialog is not None:
            front = dialog.grab().toImage()
            at = QPoint((image.width() - front.width()) // 2, (image.height() - front.height()) // 3)
            painter = QPainter(image)
            painter.fillRect(image.rect(), QColor(0, 0, 0, 60))
            painter.drawImage(at, front)
            painter.setPen(QPen(QColor(session.look.tokens.edge)))
            painter.drawRect(at.x(), at.y(), front.width() - 1, front.height() - 1)
            painter.end()
        self._save(image.copy(0, 0, image.width(), lines) if lines and self.docs else image, name, session)

    def _save(self, image: QImage, name: str, session: Session) -> None:
        wide = f"-{'dark' if session.look.dark else 'light'}-{session.window.width()}"
        (few_colours(image) if self.docs else image).save(str(self.folder / f"{name}{'' if self.docs else wide}.png"))


def dialog_of(session: Session) -> QDialog:
    """The sign-in that stands in front."""
    return next(one for one in session.window.findChildren(QDialog) if one.isVisible())


def play(stage: Stage, look: str, size: tuple[int, int]) -> None:
    """All pictures of one look and size."""
    with TemporaryDirectory() as folder:
        fresh = Path(folder) / "fresh"
        fresh.mkdir()
        with stage.window(fresh, look, size) as session:
            stage.take(session, "sign-in-first")
        home = Path(folder) / "home"
        made.lay_out(home)
        with stage.window(home, look, size) as session:
            _signing_in(stage, session)
        with stage.window(home, look, size) as session:
            _calendars(stage, session)


def _signing_in(stage: Stage, session: Session) -> None:
    window, identity = session.window, stage.identity
    window.show_page("calendars")
    stage.until(lambda: session.tasks.busy == 0)
    connect(window.frame, lambda: None)
    stage.until(lambda: identity.shown)
    stage.until(lambda: "browser" in dialog_of(session).accessibleDescription())
    stage.take(session, "sign-in", dialog_of(session), lines=480)
    for name, problem in (("sign-in-refused", REFUSED), ("sign-in-time-out", TIMED_OUT)):
        identity.problem = problem
        identity.came.set()
        stage.until(lambda: dialog_of(session)._stage.at == "failed")
        stage.take(session, name, dialog_of(session), lines=480)
        identity.came.clear()
        identity.shown.clear()
        dialog_of(session)._verbs.try_again()
        stage.until(lambda: identity.shown)
    dialog_of(session).reject()
    stage.until(lambda: session.tasks.busy == 0)
    identity.problem = None
    opens, framed.QDesktopServices.openUrl = framed.QDesktopServices.openUrl, lambda _url: False
    connect(window.frame, lambda: None)
    stage.until(lambda: dialog_of(session)._stage.at == "no_browser")
    stage.take(session, "sign-in-no-browser", dialog_of(session), lines=480)
    dialog_of(session).reject()
    framed.QDesktopServices.openUrl = opens
    stage.until(lambda: session.tasks.busy == 0)


def _calendars(stage: Stage, session: Session) -> None:
    window, identity = session.window, stage.identity
    seen: list[House] = []
    session.tasks.read(lambda house, _ticket: seen.append(house), lambda _none: None)
    stage.until(lambda: seen)
    with seen[0].device() as device:
        for account in CALENDARS:
            device.accounts.put(replace(account, created=made.NOW))
    from companion.desktop.health.banner import Banner

    session._banner = Banner(window.frame)
    for here in (True, False, True):
        identity.here = {DANA.id: DANA} if here else {}
        sync(seen[0])
        window.show_page("home")
        window.drop_pages()
        window.show_page("calendars", "dana")
        stage.until(lambda: session.tasks.busy == 0)
        session._read_chrome(session._show_chrome)
        stage.until(lambda: session.tasks.busy == 0)
        if not here:
            stage.take(session, "signed-out")
    stage.take(session, "signed-in-again")
    window.show_page("settings")
    stage.until(lambda: session.tasks.busy == 0)
    page = window.page("settings")
    area = page.findChild(QScrollArea)
    for _ in range(5):
        stage.app.processEvents()
    area.verticalScrollBar().setValue(page._sections["calendars"].y() - 8)
    stage.take(session, "settings-microsoft", lines=470)  # what stands below is no matter of this picture


def main(arguments: list[str]) -> int:
    """The command: perhaps --docs, and a folder."""
    docs = "--docs" in arguments
    folder = Path(next(argument for argument in arguments if argument != "--docs"))
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(["companion"])
    assert isinstance(app, QApplication)
    framed.QDesktopServices.openUrl = lambda _url: True
    app.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus)
    for look in ("light",) if docs else LOOKS:
        for size in (DOCS_SIZE,) if docs else SIZES:
            play(Stage(app, folder, docs=docs), look, size)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
