"""Which outcomes are told of whom: a person's items fall into groups that are judged together, each group once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from doseref.bulk.local import CLASS, NAMES, OPIOIDS, Judge, Kinds, Outcome
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


@record
class Told:
    """What is told of a batch of people, in columns; rows of ``people`` are the persons' own, from 0."""

    alone: Links
    """Items that share no substance with another: outcome = instruction."""
    shared: Links
    shared_packs: tuple[Pack, Pack, Pack]
    """Totals, verdicts and findings of the groups that share a substance."""
    across: Links
    across_pack: Pack
    """Findings of the rules that look across substances."""


class Gatherer:
    """Takes one person after the other and notes which outcomes are told; judges what was not met before."""

    def __init__(self, judge: Judge, kinds: Sequence[Kinds], item: Callable[[int], Item]) -> None:
        """``kinds`` and ``item`` of an instruction, by its number."""
        self.judge = judge
        self.kinds = kinds
        self.item = item
        self._alone: tuple[list[int], list[int], list[Sequence[int]]] = ([], [], [])
        self._shared: tuple[list[int], list[int], list[Sequence[int]]] = ([], [], [])
        self._across: tuple[list[int], list[int], list[Sequence[int]]] = ([], [], [])
        self._groups: dict[tuple[int, ...], int] = {}
        self._findings: dict[tuple[object, ...], int] = {}
        self._templates = (Templates(TOTALS), Templates(VERDICTS), Templates(FINDINGS))
        self._found = Templates(FINDINGS)

    def person(self, row: int, items: Sequence[Numbered]) -> None:
        """One person's items, in order; ``row`` is the person's own (from 0)."""
        kinds = self.kinds
        seen: dict[str, int] = {}
        twice = False
        for place, (_, instruction) in enumerate(items):
            for substance in kinds[instruction].substances:
                if substance in seen and seen[substance] != place:
                    twice = True
                seen[substance] = place
        for group in _joined(items, kinds) if twice else ((each,) for each in items):
            self._local(row, group)
        self._sharing(
            row,
            CLASS,
            items,
            [kinds[each].classes for _, each in items],
            [kinds[each].double_classes for _, each in items],
        )
        self._sharing(row, NAMES, items, [kinds[each].alike for _, each in items], [])
        self._effects(row, items)
        opioids = [each for each in items if kinds[each[1]].opioid]
        if opioids:
            self._rule(row, OPIOIDS, opioids)

    def told(self) -> Told:
        """Everything that was noted."""
        totals, verdicts, findings = (each.pack() for each in self._templates)
        return Told(
            Links(*self._alone),
            Links(*self._shared),
            (totals, verdicts, findings),
            Links(*self._across),
            self._found.pack(),
        )

    def _local(self, row: int, group: Sequence[Numbered]) -> None:
        numbers = [n for n, _ in group]
        if len(group) == 1:
            _note(self._alone, row, group[0][1], numbers)
            return
        key = tuple(instruction for _, instruction in group)
        known = self._groups.get(key)
        if known is None:
            known = self._groups[key] = len(self._groups)
            outcome = self.judge.together([self.item(each) for each in key])
            add_outcome(self._templates, outcome, self.judge)
        _note(self._shared, row, known, numbers)

    def _sharing(
        self, row: int, code: str, items: Sequence[Numbered], masks: Sequence[int], doubles: Sequence[int]
    ) -> None:
        """A rule about items that share a bit of their masks; ``doubles`` are bits that an item shares with itself."""
        once = twice = 0
        for mask in masks:
            twice |= once & mask
            once |= mask
        for mask in doubles:
            twice |= mask
        if twice:
            self._rule(row, code, [each for each, mask in zip(items, masks, strict=True) if mask & twice])

    def _rule(self, row: int, code: str, items: Sequence[Numbered]) -> None:
        key = (code, *(instruction for _, instruction in items))
        known = self._findings.get(key)
        if known is None:
            known = self._keep(key, self.judge.across(code, [self.item(instruction) for _, instruction in items]))
        _note(self._across, row, known, [n for n, _ in items])

    def _effects(self, row: int, items: Sequence[Numbered]) -> None:
        once = twice = 0
        for _, instruction in items:
            own = self.kinds[instruction]
            twice |= once & own.effects | own.double_effects
            once |= own.effects
        while twice:
            bit = twice & -twice
            twice ^= bit
            sharing = [each for each in items if self.kinds[each[1]].effects & bit]
            acts = tuple(self.kinds[instruction].acts for _, instruction in sharing)
            known = self._findings.get((bit, acts))
            if known is None:
                effect = self.judge.effect_ids[bit.bit_length() - 1]
                known = self._keep((bit, acts), self.judge.effect(effect, acts))
            _note(self._across, row, known, [n for n, _ in sharing])

    def _keep(self, key: tuple[object, ...], found: Sequence[Finding]) -> int:
        known = self._findings[key] = len(self._findings)
        self._found.add(finding_rows(found))
        return known


def add_outcome(templates: tuple[Templates, Templates, Templates], outcome: Outcome, judge: Judge) -> None:
    """The rows of one outcome to the templates of totals, verdicts and findings."""
    templates[0].add(total_rows(outcome, judge.data))
    templates[1].add(verdict_rows(outcome, judge.data))
    templates[2].add(finding_rows(outcome.findings))


def _note(
    where: tuple[list[int], list[int], list[Sequence[int]]], row: int, outcome: int, numbers: Sequence[int]
) -> None:
    where[0].append(row)
    where[1].append(outcome)
    where[2].append(numbers)


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
