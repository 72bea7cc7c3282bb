"""The rows of a long table, what is alike kept once: a few bytes a row, however long its words are."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise

from doseref.lists.table import TableRow
from doseref.records import replace
from doseref.regimen.model import Given

WITHOUT_PERSON = "its row names no person and others do: write the name in every row"
"""Why a row is refused that names nobody where others do."""
Listed = tuple[str | None, list[Given]]


class Folded:
    """Everybody's items, person by person in the order of the file; they are made when they are asked for."""

    def __init__(self, rows: Iterable[TableRow]) -> None:
        """The rows of a table in order. Some that name a person make those that do not refused: nothing is added up for
        the wrong one.

        An empty cell may mean the person above (a merged cell) or nobody known; it is told with the person above.
        """
        self._given: list[Given] = []
        self._names: list[str | None] = []
        self._where: tuple[str, str] = ("", "")
        whose, what, self._lines = array("i"), array("i"), array("i")
        people: dict[str | None, int] = {}
        alike: dict[int, int] = {}
        for name, given, where, line in rows:
            self._where = where
            number = alike.get(id(given))
            if number is None:
                number = alike[id(given)] = len(self._given)
                self._given.append(given)
            who = people.setdefault(name, len(people))
            whose.append(who)
            what.append(number)
            self._lines.append(line)
        self._names = list(people)
        self._told(whose, what)
        self._order(whose, what)

    def _told(self, whose: array[int], what: array[int]) -> None:
        """Rows without a person go to the one above, refused, where other rows name one."""
        taken = [not each.left_out for each in self._given]
        nobody = self._names.index(None) if None in self._names else -1
        first = next((who for who, each in zip(whose, what, strict=True) if who != nobody and taken[each]), None)
        if nobody < 0 or first is None:
            return
        refused: dict[int, int] = {}
        above = first
        for row, (who, each) in enumerate(zip(whose, what, strict=True)):
            above = who if who != nobody else above
            if who == nobody and taken[each] and not self._given[each].refused:
                if each not in refused:
                    refused[each] = len(self._given)
                    self._given.append(replace(self._given[each], refused=WITHOUT_PERSON))
                what[row] = refused[each]
            whose[row] = above

    def _order(self, whose: array[int], what: array[int]) -> None:
        """Lay the rows of each person together, the persons in the order of their first rows."""
        counts = [0] * len(self._names)
        ranks: dict[int, int] = {}
        for who in whose:
            counts[who] += 1
            ranks.setdefault(who, len(ranks))
        self._names = [self._names[who] for who in ranks]
        begins = [0]
        for who in ranks:
            begins.append(begins[-1] + counts[who])
        self._begins = array("i", begins)
        free = array("i", begins)
        self._what = array("i", bytes(4 * len(what)))
        lines = array("i", bytes(4 * len(what)))
        for row, who in enumerate(whose):
            place = free[ranks[who]]
            free[ranks[who]] += 1
            self._what[place] = what[row]
            lines[place] = self._lines[row]
        self._lines = lines

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[Listed]:
        before, behind = self._where
        for name, (begin, end) in zip(self._names, pairwise(self._begins), strict=True):
            yield (
                name,
                [
                    replace(self._given[self._what[row]], place=f"{before}:{self._lines[row]}{behind}")
                    for row in range(begin, end)
                ],
            )
