"""How good any plan could be at most, without solving it: what a few rules alone leave possible."""

from collections import deque
from dataclasses import replace
from itertools import pairwise

from companion.attendance.planner.instance import Question
from companion.attendance.planner.model import Objective
from companion.attendance.planner.objective import measure

Node = str | tuple[str, int]


def bound(asked: Question) -> Objective:
    """No plan is better than this; it looks at each level by itself, so that it may be better than any plan can be."""
    least = measure(asked.given, asked.seats(()), asked.seed)  # seats only ever add to what repeats and is close
    reached = _most_credits(asked)
    missing = sum(asked.lacks) - reached
    hopeless = [lack for person, lack in enumerate(asked.lacks) if len(asked.choices[person]) < lack]
    few = 0
    left = missing
    for lack in sorted(asked.lacks, reverse=True):
        if left <= 0:
            break
        few += 1
        left -= lack
    reachable = {asked.reviews[review].customer for theirs in asked.choices for review in theirs}
    return replace(
        least, short=max(few, len(hopeless)), missing=missing, redrawn=least.redrawn - len(asked.drafted),
        unheard=least.unheard - len(asked.unheard & reachable),
    )  # fmt: skip


def _most_credits(asked: Question) -> int:
    """The most credits a flow from people through chairs to customers' visits brings; clashes are let pass."""
    group_of, left = _groups(asked)
    flow = _Flow()
    for person, lack in enumerate(asked.lacks):
        flow.edge("from", ("person", person), min(lack, asked.room[person]))
        for review in asked.choices[person]:
            flow.edge(("person", person), ("review", review), 1)
    for review, people in enumerate(asked.takers):
        chairs = 2 if not asked.seated[review] and any(asked.people[person].new for person in people) else 1
        group = group_of[review]
        flow.edge(("review", review), ("group", group) if group >= 0 else "to", chairs)
    for group, most in enumerate(left):
        flow.edge(("group", group), "to", most)
    return flow.most()


class _Flow:
    """A flow from "from" to "to", made as large as it goes by shortest ways (Edmonds and Karp)."""

    def __init__(self) -> None:
        self._left: dict[Node, dict[Node, int]] = {}

    def edge(self, one: "Node", two: "Node", most: int) -> None:
        self._left.setdefault(one, {})[two] = most
        self._left.setdefault(two, {}).setdefault(one, 0)

    def most(self) -> int:
        """The value of the largest flow; each way carries one."""
        carried = 0
        while way := self._way():
            for one, two in pairwise(way):
                self._left[one][two] -= 1
                self._left[two][one] += 1
            carried += 1
        return carried

    def _way(self) -> "list[Node]":
        before: dict[Node, Node] = {"from": "from"}
        waiting: deque[Node] = deque(["from"])
        while waiting and "to" not in before:
            one = waiting.popleft()
            for two, left in self._left.get(one, {}).items():
                if left > 0 and two not in before:
                    before[two] = one
                    waiting.append(two)
        if "to" not in before:
            return []
        way: list[Node] = ["to"]
        while way[-1] != "from":
            way.append(before[way[-1]])
        return way[::-1]


def _groups(asked: Question) -> tuple[list[int], list[int]]:
    """By review the one limit it is counted under (-1: none), and what each limit leaves; none overlap here."""
    group_of = [-1] * len(asked.reviews)
    left: list[int] = []
    for limit in sorted(asked.limits, key=lambda item: (item.most - len(item.reviews), item.reviews)):
        if all(group_of[review] < 0 for review in limit.reviews):
            for review in limit.reviews:
                group_of[review] = len(left)
            left.append(limit.most)
    return group_of, left
