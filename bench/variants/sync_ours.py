"""Ours, the whole way: file to device store to workspace, by the verb the window and the command line use."""

import sys
from pathlib import Path

from bench.homes import build
from told import told

from companion.programme.sync import sync


def main(home: Path, again: bool) -> None:
    """Sync the one account of a profile."""
    house = build(home)
    with house.device() as device:
        (account,) = device.accounts.all()
    house.open_source(account).close()  # loads the connectors, as floors and peers have loaded what they use
    with told() as figures:
        (done,) = sync(house)
        figures["events"] = done.ledger.seen
        figures["added"] = done.added
    house.close()
    assert not done.problems, done.problems
    assert again or done.added, "nothing came in"
    assert not again or not done.added, "something came in twice"


if __name__ == "__main__":  # the reading process imports this file, too
    main(Path(sys.argv[1]), again=len(sys.argv) > 2)
