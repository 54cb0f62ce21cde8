"""Which line stands where, and the number it is stored under so that a new one fits between two others."""

from collections.abc import Iterable, Sequence

STEP = 1024  # between two lines that follow one another, so that others go between them later


class Places:
    """The lines' ids in the order of the sheet; told of a stretch that changed, it says what came and what went."""

    def __init__(self, stored: Iterable[tuple[str, int]] = ()) -> None:
        known = tuple(stored)
        self.ids = [line_id for line_id, _place in known]
        self._places = dict(known)
        self._free = range(0)  # rows without a place, up to the next one that has one

    def splice(self, first: int, length: int, now: Sequence[str]) -> set[str]:
        """Where `length` lines stood there stand these now; the ids that went."""
        old = self.ids[first : first + length]
        self.ids[first : first + length] = now
        self._free = range(0)
        return set(old).difference(now)

    def where(self, line_ids: set[str]) -> dict[str, int]:
        """The rows in which some lines stand."""
        if len(line_ids) < 8:
            return {one: self.ids.index(one) for one in line_ids if one in self.ids}
        return {one: row for row, one in enumerate(self.ids) if one in line_ids}

    def place(self, row: int) -> tuple[int, list[int]]:
        """The stored place of the line in a row, and the rows of those that had to move on to make room for it."""
        below = self._above(row)
        after = self._after(row)
        own = self._places.get(self.ids[row])
        if own is not None and below < own and (after is None or own < after):
            return own, []
        return self._spread(row, below, after)

    def placed(self, row: int) -> int:
        """The stored place of a line that has one."""
        return self._places[self.ids[row]]

    def put(self, line_id: str, place: int) -> None:
        """Note under which number a line is stored."""
        self._places[line_id] = place
        self._free = range(0)

    def _spread(self, row: int, below: int, after: int | None) -> tuple[int, list[int]]:
        """Give this row and those after it that have none a place each: thousands are pasted at once."""
        rows = range(row, self._free.stop)
        moved: list[int] = []
        if after is None or after - below <= len(rows):
            places = [below + STEP * (at + 1) for at in range(len(rows))]
            moved = self._move_on(rows.stop, places[-1])
        else:
            places = [below + (after - below) * (at + 1) // (len(rows) + 1) for at in range(len(rows))]
        for at, place in zip(rows, places, strict=True):
            self._places[self.ids[at]] = place
        self._free = range(0)
        return places[0], moved

    def _above(self, row: int) -> int:
        for at in range(row - 1, -1, -1):
            place = self._places.get(self.ids[at])
            if place is not None:
                return place
        return -STEP

    def _after(self, row: int) -> int | None:
        if row not in self._free:
            end = row + 1
            while end < len(self.ids) and self.ids[end] not in self._places:
                end += 1
            self._free = range(row, end)
        end = self._free.stop
        return self._places[self.ids[end]] if end < len(self.ids) else None

    def _move_on(self, row: int, least: int) -> list[int]:
        moved = []
        for at in range(row, len(self.ids)):
            place = self._places.get(self.ids[at])
            if place is None:
                continue
            if place > least:
                break
            least += STEP
            self._places[self.ids[at]] = least
            moved.append(at)
        return moved
