"""Ours, the whole way: calendar to device store to workspace, by the verb the window and the command line use.

`first` on a profile that has never synced, `again` once more in a new process, `settled` once more in the same.
"""

import sys
from pathlib import Path

from bench.homes import build
from counting import requests, rows, written
from told import told

from companion.programme.accounts import secret_name
from companion.programme.sync import default_window, sync


def main(home: Path, mode: str, log: str) -> None:
    """Sync the one account of a profile."""
    with rows() as opened:
        house = build(home)
        with house.device() as device:
            (account,) = device.accounts.all()
        if account.user:
            house.secrets.put(secret_name(account.id), "bench")
        house.open_source(
            account, default_window(house, "UTC")
        ).close()  # loads the connectors, as floors and peers have loaded what they use
        if mode == "settled":
            sync(house)
        before = requests(log), written(opened)
        with told() as figures:
            (done,) = sync(house)
            figures["events"] = done.ledger.seen
            figures["added"] = done.added
            if mode != "first":
                figures["rows"] = written(opened) - before[1]
            if log:
                figures["requests"] = requests(log) - before[0]
        house.close()
    assert not done.problems, done.problems
    assert mode != "first" or done.added, "nothing came in"
    assert mode == "first" or not done.added, "something came in twice"


if __name__ == "__main__":  # the reading process imports this file, too
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "")
