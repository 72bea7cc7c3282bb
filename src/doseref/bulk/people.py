"""Which outcomes are told of whom: a person's items fall into groups that are judged together, each group once."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

import numpy as np

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


class _Notes:
    """Which outcome is told of whom, one after the other: what becomes :class:`Links`."""

    def __init__(self) -> None:
        self.people, self.outcomes, self.flat, self.lengths = (array("i") for _ in range(4))

    def add(self, row: int, outcome: int, numbers: Sequence[int]) -> None:
        """One outcome of a person, and the numbers of the items at its places."""
        self.people.append(row)
        self.outcomes.append(outcome)
        self.flat.extend(numbers)
        self.lengths.append(len(numbers))

    def links(self) -> Links:
        """All that was noted, in order."""
        return Links(
            *(
                np.frombuffer(each, dtype=np.int32) if each else np.zeros(0, np.int32)
                for each in (self.people, self.outcomes, self.flat, self.lengths)
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
    lone: Links
    """Who takes one opioid: outcome = instruction, of :attr:`Instructions.opioids`."""


class Gatherer:
    """Takes one person after the other and notes which outcomes are told; judges what was not met before."""

    def __init__(self, judge: Judge, kinds: Sequence[Kinds], item: Callable[[int], Item]) -> None:
        """``kinds`` and ``item`` of an instruction, by its number."""
        self.judge = judge
        self.kinds = kinds
        self.item = item
        self._grouped: list[int] = []
        self._shared = _Notes()
        self._across = _Notes()
        self._lone = _Notes()
        self._groups: dict[tuple[int, ...], int] = {}
        self._findings: dict[tuple[object, ...], int] = {}
        self._known: dict[tuple[Facts, tuple[int, ...]], tuple[int, dict[int, Item]]] = {}
        self._read: dict[int, Item] = {}
        self._templates = (Templates(TOTALS), Templates(VERDICTS), Templates(FINDINGS))
        self._found = Templates(FINDINGS)

    def person(self, row: int, items: Sequence[Numbered], begin: int) -> None:
        """One person's items, in order; ``row`` is the person's own (from 0), ``begin`` the row of the first item."""
        kinds = [self.kinds[instruction] for _, instruction in items]
        seen: set[str] = set()
        substances = classes = effects = alike = 0
        twice_classes = twice_effects = twice_alike = 0
        opioids = []
        for each, own in zip(items, kinds, strict=True):
            substances += len(own.substances)
            seen.update(own.substances)
            twice_classes |= classes & own.classes | own.double_classes
            classes |= own.classes
            twice_effects |= effects & own.effects | own.double_effects
            effects |= own.effects
            twice_alike |= alike & own.alike
            alike |= own.alike
            if own.opioid:
                opioids.append(each)
        if len(seen) < substances:
            self._local(row, items, begin)
        if twice_classes:
            self._classes(row, items, kinds, twice_classes)
        if twice_alike:
            self._rule(row, NAMES, [each for each, own in zip(items, kinds, strict=True) if own.alike & twice_alike])
        if twice_effects:
            self._effects(row, items, kinds, twice_effects)
        if len(opioids) > 1:
            self._rule(row, OPIOIDS, opioids)
        elif opioids:
            number, instruction = opioids[0]
            self._lone.add(row, instruction, [number])

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
        return Told(self._grouped, self._read, shared, packs, across, self._found.pack(), self._lone.links())

    def _local(self, row: int, items: Sequence[Numbered], begin: int) -> None:
        """The items that share a substance with another, judged with it."""
        for group in _joined(items, self.kinds):
            if len(group) == 1:
                continue
            numbers = [n for n, _ in group]
            self._grouped += [begin + n - 1 for n in numbers]
            key = tuple(instruction for _, instruction in group)
            known = self._groups.get(key)
            if known is None:
                known = self._groups[key] = len(self._groups) + len(self._known)
                outcome = self.judge.together([self.item(each) for each in key])
                add_outcome(self._templates, outcome, self.judge)
            self._shared.add(row, known, numbers)

    def _rule(self, row: int, code: str, items: Sequence[Numbered]) -> None:
        key = (code, *(instruction for _, instruction in items))
        known = self._findings.get(key)
        if known is None:
            known = self._keep(key, self.judge.across(code, [self.item(instruction) for _, instruction in items]))
        self._across.add(row, known, [n for n, _ in items])

    def _classes(self, row: int, items: Sequence[Numbered], kinds: Sequence[Kinds], twice: int) -> None:
        sharing = [(each, own) for each, own in zip(items, kinds, strict=True) if own.classes & twice]
        alike = [own for _, own in sharing]
        key = (CLASS, *((own.members, own.dated) for own in alike))
        known = self._findings.get(key)
        if known is None:
            found = self.judge.classes(alike, lambda: [self.item(instruction) for (_, instruction), _ in sharing])
            known = self._keep(key, found)
        self._across.add(row, known, [n for (n, _), _ in sharing])

    def _effects(self, row: int, items: Sequence[Numbered], kinds: Sequence[Kinds], twice: int) -> None:
        while twice:
            bit = twice & -twice
            twice ^= bit
            sharing = [(n, own.acts) for (n, _), own in zip(items, kinds, strict=True) if own.effects & bit]
            acts = tuple(each for _, each in sharing)
            known = self._findings.get((bit, acts))
            if known is None:
                effect = self.judge.effect_ids[bit.bit_length() - 1]
                known = self._keep((bit, acts), self.judge.effect(effect, acts))
            self._across.add(row, known, [n for n, _ in sharing])

    def _keep(self, key: tuple[object, ...], found: Sequence[Finding]) -> int:
        known = self._findings[key] = len(self._findings)
        self._found.add(finding_rows(found))
        return known


def add_outcome(templates: tuple[Templates, Templates, Templates], outcome: Outcome, judge: Judge) -> None:
    """The rows of one outcome to the templates of totals, verdicts and findings."""
    templates[0].add(total_rows(outcome, judge.data))
    templates[1].add(verdict_rows(outcome, judge.data))
    templates[2].add(finding_rows(outcome.findings))


def _joined(items: Sequence[Numbered], kinds: Sequence[Kinds]) -> list[list[Numbered]]:
    """The items in groups that share substances, directly or through another of the group; in order."""
    groups: list[tuple[set[str], list[Numbered]]] = []
    for each in items:
        own = set(kinds[each[1]].substances)
        apart: list[tuple[set[str], list[Numbered]]] = []
        members: list[Numbered] = []
        for substances, group in groups:
            if substances & own:
                own |= substances
                members += group
            else:
                apart.append((substances, group))
        groups = [*apart, (own, sorted([*members, each]))]
    return [group for _, group in groups]
