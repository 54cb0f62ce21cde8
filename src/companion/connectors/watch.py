"""Work on a thread of its own, ended by a cancel or a deadline wherever it hangs."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from companion.basics.progress import Cancelled, Ticket

_SLICE = 0.1  # seconds between two looks at the ticket
Result = TypeVar("Result")


def watched(work: Callable[[], Result], give_up: Callable[[], None], ticket: Ticket, total: float) -> Result:
    """Do the work on a thread of its own, so that a cancel or the deadline ends it wherever it hangs."""
    ticket.step()
    done = threading.Event()
    came: list[Result] = []
    went_wrong: list[BaseException] = []

    def run() -> None:
        try:
            came.append(work())
        except BaseException as error:  # raised again on the thread that asked
            went_wrong.append(error)
        finally:
            done.set()

    thread = threading.Thread(target=run, name="companion-http", daemon=True)
    thread.start()
    end = time.monotonic() + total
    while not done.wait(min(_SLICE, max(0.0, end - time.monotonic()))):
        if ticket.cancelled or time.monotonic() >= end:
            give_up()
            thread.join(0.5)
            if ticket.cancelled:
                raise Cancelled
            raise TimeoutError
    if went_wrong:
        # A request that a cancel cut off looks like a broken line.
        ticket.step()
        raise went_wrong[0]
    return came[0]
