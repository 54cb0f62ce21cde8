"""Ours: a line saved, or a note opened, by the verbs the window calls; a hundred of them."""

import sys
from pathlib import Path

from told import told

from companion.bootstrap import build
from companion.programme.listening import Edit, write_lines

TIMES = 100
house = build(Path(sys.argv[1]), secrets_mode="session")


def once(number: int) -> None:
    key = f"n{number * 7 % int(sys.argv[3])}"
    if sys.argv[2] == "line":
        edit = Edit(f"new{number}", 100 + number, "", "They count the pallets by hand", house.clock(), "")
        write_lines(house, key, [edit])
    else:
        with house.device(write=False) as device:
            assert device.notes.get(key)


once(0)
with told(times=TIMES):
    for number in range(1, TIMES + 1):
        once(number)
house.close()
