"""One window per profile: the second start brings the first to the front."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 2000  # milliseconds the first window has to answer
_LONGEST = 100  # bytes of a socket's path that every system allows


class Instance(QObject):
    """Holds the lock of a profile, and hears the second start knock."""

    knocked = Signal()

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._name = server_name(home)
        self._lock = QLockFile(str(home / "window.lock"))
        self._lock.setStaleLockTime(0)  # only a holder that no longer runs is stale
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Whether this is the only window of the profile."""
        return self._lock.tryLock(0)

    def listen(self) -> None:
        """Hear further starts; where that is not possible they end without bringing this window forward."""
        QLocalServer.removeServer(self._name)  # left by a kill; the lock is ours
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_knock)
        self._server.listen(self._name)

    def knock(self) -> bool:
        """Ask the first window to come forward; whether it answered."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        heard = socket.waitForConnected(_PATIENCE)
        if heard:
            socket.disconnectFromServer()
        return heard

    def release(self) -> None:
        """Give the profile free."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    @Slot()
    def _on_knock(self) -> None:
        if self._server is None:
            return
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()
        self.knocked.emit()


def server_name(home: Path) -> str:
    """Where the first window listens: in the profile's own folder, else under a name made of it."""
    path = str(home / "window.sock")
    if len(path.encode()) <= _LONGEST and home.drive == "":
        return path
    return f"companion-{hashlib.sha256(str(home).encode()).hexdigest()[:24]}"
