"""Which outcomes are told of whom: a person's items fall into groups that are judged together, each group once."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

import numpy as np
import pyarrow as pa

from doseref.bulk.having import Having
from doseref.bulk.local import CLASS, NAMES, OPIOIDS, Facts, Judge, Kinds, Outcome
from doseref.bulk.packs import (
    FINDINGS,
    TOTALS,
    VERDICTS,
    Links,
    Pack,
    Templates,
    finding_rows,
    total_rows,
    verdict_rows,
)
from doseref.findings import Finding
from doseref.records import record
from doseref.regimen.model import Item

Numbered = tuple[int, int]
"""An item of a person: its number (from 1), and the number of the instruction that it is (from 0)."""


_OF_EFFECTS, _OF_OPIOIDS = 1, 1_000_000
"""Ranks of what looks across substances: classes and names first, then effects in their order, the opioid load last."""


class _Notes:
    """Which outcome is told of whom, one after the other: what becomes :class:`Links`."""

    def __init__(self) -> None:
        self.people, self.outcomes, self.flat, self.lengths, self.ranks = (array("i") for _ in range(5))

    def add(self, row: int, outcome: int, numbers: Sequence[int], rank: int = 0) -> None:
        """One outcome of a person, and the numbers of the items at its places; the higher its rank the later it is
        told.
        """
        self.ranks.append(rank)
        self.people.append(row)
        self.outcomes.append(outcome)
        self.flat.extend(numbers)
        self.lengths.append(len(numbers))

    def links(self) -> Links:
        """All that was noted, in order."""
        return Links(
            *(
                np.frombuffer(each, dtype=np.int32) if each else np.zeros(0, np.int32)
                for each in (self.people, self.outcomes, self.flat, self.lengths, self.ranks)
            )
        )


@record
class Told:
    """What is told of a batch of people, in columns; rows of ``people`` are the persons' own, from 0."""

    grouped: list[int]
    """Rows of the items that were judged with others; all other items are told alone: outcome = instruction."""
    read: dict[int, Item]
    """Rows of the items that are read in another way for their person (a dose per kilogram)."""
    shared: Links
    shared_packs: tuple[Pack, Pack, Pack]
    """Totals, verdicts and findings of the groups that share a substance."""
    across: Links
    across_pack: Pack
    """Findings of the rules that look across substances."""
    plain: list[tuple[pa.Table, np.ndarray, np.ndarray]]
    """Findings of effects that were told in columns: rows, persons and ranks among those of ``across``."""
    lone: Links
    """Who takes one opioid: outcome = instruction, of :attr:`Instructions.opioids`."""


@record
class _Rows:
    """Of each row: its place among all rows, its person, its number and instruction, and its kind."""

    rows: list[int]
    whose: list[int]
    items: list[Numbered]
    kinds: list[int]


class Gatherer:
    """Notes which outcomes are told of whom; judges what was not met before."""

    def __init__(self, judge: Judge, kinds: Sequence[Kinds], kind_of: np.ndarray, item: Callable[[int], Item]) -> None:
        """``kinds`` that there are; the place among them, and the ``item``, of an instruction, by its number."""
        self.judge = judge
        self.kinds = kinds
        self.kind_of = kind_of
        self.item = item
        self._grouped: list[int] = []
        self._shared = _Notes()
        self._across = _Notes()
        self._lone = _Notes()
        self._plain: list[tuple[pa.Table, np.ndarray, np.ndarray]] = []
        self._groups: dict[tuple[int, ...], int] = {}
        self._findings: dict[tuple[object, ...], int] = {}
        self._known: dict[tuple[Facts, tuple[int, ...]], tuple[int, dict[int, Item]]] = {}
        self._read: dict[int, Item] = {}
        self._templates = (Templates(TOTALS), Templates(VERDICTS), Templates(FINDINGS))
        self._found = Templates(FINDINGS)

    def people(self, having: Having, rows: np.ndarray, whose: np.ndarray, numbers: np.ndarray, n: np.ndarray) -> None:
        """Everybody of whom nothing is known. Of each item: its row, its person (from 0, ascending), the number of its
        instruction, and its own number within the person.
        """
        kinds = self.kind_of[numbers]
        of_row = _Rows(
            rows.tolist(), whose.tolist(), list(zip(n.tolist(), numbers.tolist(), strict=True)), kinds.tolist()
        )
        begins = np.searchsorted(whose, np.arange(int(whose[-1]) + 2)).tolist() if len(whose) else []
        for person in dict.fromkeys(person for person, _, _, _ in having.substances.twice(kinds, whose)):
            self._local(person, of_row, range(begins[person], begins[person + 1]))
        for person, sharing in _by_person(having.classes.twice(kinds, whose)):
            self._classes(person, of_row, sharing)
        for person, sharing in _by_person(having.alike.twice(kinds, whose)):
            self._rule(person, NAMES, [of_row.items[row] for row in sharing])
        shared = having.effects.doubled(kinds, whose)
        plain, left = having.plain.tell(shared, n)
        self._plain += [(rows, persons, effects + _OF_EFFECTS) for rows, persons, effects in plain]
        for person, effect, sharing, acts in shared.each(left):
            self._effect(person, effect, [of_row.items[row][0] for row in sharing], acts, having.acts)
        opioids: dict[int, list[Numbered]] = {}
        for row in np.flatnonzero(having.opioid[kinds]).tolist():
            opioids.setdefault(of_row.whose[row], []).append(of_row.items[row])
        for person, taken in opioids.items():
            if len(taken) > 1:
                self._rule(person, OPIOIDS, taken)
            else:
                self._lone.add(person, taken[0][1], [taken[0][0]])

    def known_person(self, row: int, items: Sequence[Numbered], begin: int, facts: Facts) -> None:
        """One person of whom something is known (age, kidneys …): all items together, by the real judge."""
        numbers = [n for n, _ in items]
        self._grouped += [begin + n - 1 for n in numbers]
        instructions = tuple(instruction for _, instruction in items)
        known = self._known.get((facts, instructions))
        if known is None:
            own = [self.item(each) for each in instructions]
            outcome, read = self.judge.whole(own, facts)
            other = {place: each for place, (each, usual) in enumerate(zip(read, own, strict=True)) if each != usual}
            known = self._known[facts, instructions] = (len(self._groups) + len(self._known), other)
            add_outcome(self._templates, outcome, self.judge)
        self._shared.add(row, known[0], numbers)
        self._read.update((begin + place, item) for place, item in known[1].items())

    def told(self) -> Told:
        """Everything that was noted."""
        totals, verdicts, findings = (each.pack() for each in self._templates)
        shared, across = self._shared.links(), self._across.links()
        packs = totals, verdicts, findings
        found = self._found.pack()
        return Told(self._grouped, self._read, shared, packs, across, found, self._plain, self._lone.links())

    def _local(self, person: int, of_row: _Rows, own: range) -> None:
        """The items that share a substance with another, judged with it."""
        substances = [self.kinds[of_row.kinds[row]].substances for row in own]
        for group in _joined(substances):
            if len(group) == 1:
                continue
            rows = [own[place] for place in group]
            self._grouped += [of_row.rows[row] for row in rows]
            key = tuple(of_row.items[row][1] for row in rows)
            known = self._groups.get(key)
            if known is None:
                known = self._groups[key] = len(self._groups) + len(self._known)
                outcome = self.judge.together([self.item(each) for each in key])
                add_outcome(self._templates, outcome, self.judge)
            self._shared.add(person, known, [of_row.items[row][0] for row in rows])

    def _rule(self, row: int, code: str, items: Sequence[Numbered]) -> None:
        key = (code, *(instruction for _, instruction in items))
        known = self._findings.get(key)
        if known is None:
            known = self._keep(key, self.judge.across(code, [self.item(instruction) for _, instruction in items]))
        self._across.add(row, known, [n for n, _ in items], _OF_OPIOIDS if code == OPIOIDS else 0)

    def _classes(self, person: int, of_row: _Rows, sharing: Sequence[int]) -> None:
        alike = [self.kinds[of_row.kinds[row]] for row in sharing]
        items = [of_row.items[row] for row in sharing]
        key = (CLASS, *((own.members, own.dated) for own in alike))
        known = self._findings.get(key)
        if known is None:
            known = self._keep(key, self.judge.classes(alike))
        self._across.add(person, known, [n for n, _ in items])

    def _effect(
        self,
        person: int,
        effect: int,
        numbers: Sequence[int],
        acts: Sequence[int],
        known_acts: Sequence[tuple[str, ...]],
    ) -> None:
        key = (effect, *acts)
        known = self._findings.get(key)
        if known is None:
            found = self.judge.effect(self.judge.effect_ids[effect], tuple(known_acts[each] for each in acts))
            known = self._keep(key, found)
        self._across.add(person, known, numbers, effect + _OF_EFFECTS)

    def _keep(self, key: tuple[object, ...], found: Sequence[Finding]) -> int:
        known = self._findings[key] = len(self._findings)
        self._found.add(finding_rows(found))
        return known


def add_outcome(templates: tuple[Templates, Templates, Templates], outcome: Outcome, judge: Judge) -> None:
    """The rows of one outcome to the templates of totals, verdicts and findings."""
    templates[0].add(total_rows(outcome, judge.data))
    templates[1].add(verdict_rows(outcome, judge.data))
    templates[2].add(finding_rows(outcome.findings))


def _by_person(found: Iterable[tuple[int, int, list[int], list[int]]]) -> Iterator[tuple[int, list[int]]]:
    """Persons and the rows, in order, of all that they have twice."""
    for person, each in groupby(found, key=itemgetter(0)):
        yield person, sorted({row for _, _, rows, _ in each for row in rows})


def _joined(taken: Sequence[Sequence[str]]) -> list[list[int]]:
    """The places of items in groups that share substances, directly or through another of the group; in order."""
    groups: list[tuple[set[str], list[int]]] = []
    for place, substances in enumerate(taken):
        own = set(substances)
        apart: list[tuple[set[str], list[int]]] = []
        members: list[int] = []
        for others, group in groups:
            if others & own:
                own |= others
                members += group
            else:
                apart.append((others, group))
        groups = [*apart, (own, sorted([*members, place]))]
    return [group for _, group in groups]
