"""The rows of a long table, what is alike kept once: a few bytes a row, however long its words are."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise

from doseref.lists.table import PERHAPS_OF_THIS_ONE, WITHOUT_PERSON, TableRow
from doseref.records import replace
from doseref.regimen.model import Given

Listed = tuple[str | None, list[Given]]


class Folded:
    """Everybody's items, person by person in the order of the file; they are made when they are asked for."""

    def __init__(self, rows: Iterable[TableRow]) -> None:
        """The rows of a table in order; whose they are, as :func:`doseref.lists.table.whose` says."""
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
        self._order(*self._told(whose, what))

    def _told(self, whose: array[int], what: array[int]) -> tuple[array[int], array[int]]:
        """Rows without a person are nobody's, refused, where other rows name one; the person above is told of them."""
        taken = [not each.left_out for each in self._given]
        nobody = self._names.index(None) if None in self._names else -1
        first = next((who for who, each in zip(whose, what, strict=True) if who != nobody and taken[each]), None)
        if nobody < 0 or first is None:
            return whose, what
        refused: dict[int, int] = {}
        note = len(self._given)
        self._given.append(PERHAPS_OF_THIS_ONE)
        above, begun = first, False
        told = array("i"), array("i"), array("i")
        for who, each, line in zip(whose, what, self._lines, strict=True):
            above, begun = (who, True) if who != nobody else (above, begun)
            if who == nobody and taken[each]:
                if each not in refused:
                    refused[each] = each if self._given[each].refused else len(self._given)
                    if refused[each] != each:
                        self._given.append(replace(self._given[each], refused=WITHOUT_PERSON))
                rows = [(nobody, refused[each]), (above, note)][: 1 + begun]
            else:
                rows = [(above, each)]
            for row in rows:
                for column, value in zip(told, (*row, line), strict=True):
                    column.append(value)
        self._lines = told[2]
        return told[0], told[1]

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

    @property
    def names(self) -> tuple[str | None, ...]:
        """Who they are, in order."""
        return tuple(self._names)

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
