"""The line of a channel that goes out through somebody's own account."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from companion.basics.errors import Problem
from companion.connectors.microsoft.graph.line import GraphLine
from companion.connectors.sending import of_channel
from companion.takeaways.model import Channel


@contextmanager
def opened(line: Callable[[], GraphLine], channel: Channel) -> Iterator[GraphLine]:
    """The line for the length of a block; its problems are told of the channel."""
    made = line()
    try:
        yield made
    except Problem as problem:
        told = of_channel(problem, channel.name, channel.config.get("user", ""))
        if told is problem:
            raise
        raise told from problem
    finally:
        made.close()
