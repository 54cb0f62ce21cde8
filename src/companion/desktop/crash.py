"""What nobody foresaw: into the log without people's words, and one dialog."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from companion.basics.faults import account_of, write_log


class Crashes:
    """Hears of every error that nobody caught, in any thread."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._before = (sys.excepthook, threading.excepthook)
        self.tell: Callable[[], None] | None = None  # shows one dialog; only called in the window's thread
        self.count = 0

    def install(self) -> None:
        """Hear of them from here on."""
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error

    def restore(self) -> None:
        """Leave them to whoever heard them before."""
        sys.excepthook, threading.excepthook = self._before

    def take(self, error: BaseException) -> None:
        """Log an error and tell the user, once."""
        self.count += 1
        print(account_of(error), file=sys.stderr)
        try:
            write_log(self._log, account_of(error))
        except OSError as full:
            print(full, file=sys.stderr)
        if self.count == 1 and self.tell is not None and threading.current_thread() is threading.main_thread():
            self.tell()

    def _on_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
        else:
            self.take(error)

    def _on_thread_error(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.take(args.exc_value)
