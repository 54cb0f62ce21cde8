"""What nobody foresaw, as lines of the log: where it happened, without people's words."""

import traceback
from datetime import UTC, datetime
from pathlib import Path

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
