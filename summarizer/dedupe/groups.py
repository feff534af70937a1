"""Disjoint sets of numbers. Takes: pairs that belong together. Gives: sets, each known by its lowest member. Knows no more."""

from __future__ import annotations


class Groups:
    """The numbers 0..count-1, at first each by itself."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def find(self, number: int) -> int:
        """The lowest member of the set that `number` is in."""
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def join(self, a: int, b: int) -> None:
        """Make one set of the two that `a` and `b` are in."""
        low, high = sorted((self.find(a), self.find(b)))
        self._parent[high] = low

    def numbered(self) -> tuple[int, ...]:
        """For each number the place of its set, sets in order of their lowest members."""
        known: dict[int, int] = {}
        return tuple(known.setdefault(self.find(number), len(known)) for number in range(len(self._parent)))
