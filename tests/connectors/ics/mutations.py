"""Ways in which files get broken on their way: lines lost, doubled, shuffled, cut, and bytes that do not belong."""

import random
from pathlib import Path

FILES = sorted(Path(__file__).with_name("exports").glob("*.ics"))


def broken_lines(data: bytes, seed: int) -> bytes:
    """The file with some of its lines deleted, doubled, moved, or the end of it cut off between two lines."""
    chance = random.Random(seed)
    lines = data.split(b"\r\n")
    for _ in range(chance.randint(1, 6)):
        if len(lines) < 3:
            break
        at, to = chance.randrange(1, len(lines)), chance.randrange(1, len(lines))
        how = chance.choice(("delete", "double", "move", "cut"))
        if how == "delete":
            del lines[at]
        elif how == "double":
            lines.insert(to, lines[at])
        elif how == "move":
            lines.insert(min(to, len(lines) - 1), lines.pop(at))
        else:
            del lines[at + len(lines) // 2 :]
    return b"\r\n".join(lines)


def broken_bytes(data: bytes, seed: int) -> bytes:
    """The file with some of its bytes changed, lost, added or moved."""
    chance = random.Random(seed)
    found = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(16, len(found))
        how = chance.choice(("change", "lose", "add", "copy"))
        size = chance.choice((1, 1, 2, 7, 40))
        if how == "change":
            found[at : at + size] = chance.randbytes(size)
        elif how == "lose":
            del found[at : at + size]
        elif how == "add":
            found[at:at] = chance.randbytes(size)
        else:
            to = chance.randrange(16, len(found))
            found[to:to] = found[at : at + size]
    return bytes(found)
