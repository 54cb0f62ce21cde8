"""What nobody foresaw: into the log without people's words, and one dialog."""

import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

# messages of these hold names of code; those of others may hold what people wrote
_SPEAKING = (AttributeError, NameError, ImportError, TypeError, AssertionError, NotImplementedError)
_LARGEST = 1_000_000  # bytes; then the log starts anew


def account_of(error: BaseException) -> str:
    """Where an error was raised, through its causes, as lines of the log; no values."""
    told = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        said = f": {at}" if isinstance(at, _SPEAKING) else ""
        told.append(f"{type(at).__module__}.{type(at).__qualname__}{said}")
        trace = traceback.extract_tb(at.__traceback__)
        told += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in trace]
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return "\n".join(told)


def write_log(log: Path, text: str) -> None:
    """Add lines to the log (0600)."""
    fresh = log.exists() and log.stat().st_size > _LARGEST
    with log.open("w" if fresh else "a", encoding="utf-8") as file:
        file.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {text}\n")
    log.chmod(0o600)


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
