"""Side effects that people share, told in columns: nearly all are of items that bring one substance each, of which no
stack is filled. What is said of them differs in names and numbers alone, so the rule is asked once for an effect and so
many items, and the rest is filled in for everybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from doseref.bulk.local import Judge
from doseref.bulk.packs import FINDINGS, Templates, finding_rows
from doseref.bulk.places import parts_of
from doseref.records import record
from doseref.regimen.overlaps import adding_up, only_bridging
from doseref.regimen.stacks import counts_for, wanted


@record
class SharedTwice:
    """What persons have twice: of each case the person, the code, and where its rows and their values begin and how
    many there are.
    """

    persons: np.ndarray
    codes: np.ndarray
    begins: np.ndarray
    lengths: np.ndarray
    rows: np.ndarray
    values: np.ndarray

    def each(self, only: np.ndarray | None = None) -> Iterator[tuple[int, int, list[int], list[int]]]:
        """Person, code, rows and values of each case; of those at the places ``only``, where they are given."""
        cases = zip(
            self.persons.tolist(), self.codes.tolist(), self.begins.tolist(), self.lengths.tolist(), strict=True
        )
        rows, values = self.rows.tolist(), self.values.tolist()
        chosen = cases if only is None else (case for case, kept in zip(cases, only.tolist(), strict=True) if kept)
        for person, code, begin, length in chosen:
            yield person, code, rows[begin : begin + length], values[begin : begin + length]


EffectRows = tuple[pa.Table, np.ndarray, np.ndarray]
"""Rows of findings, the person of each, and its effect."""


class PlainEffects:
    """The cases of effects that can be told in columns."""

    def __init__(self, acts: Sequence[tuple[str, ...]], judge: Judge) -> None:
        """``acts``: what items may bring of an effect, by the numbers that cases have as values."""
        self.judge = judge
        known: dict[str, int] = {}
        self.one = np.array(
            [
                known.setdefault(own[0], len(known)) if len(own) == 1 and not only_bridging(own[0]) else -1
                for own in acts
            ],
            dtype=np.int64,
        )
        """The substance (a place among :attr:`substances`), where there is just one that is counted as any other; else
        -1.
        """
        self.substances = tuple(known)
        self.names = pa.array([judge.data.name_of(each) for each in known], type=pa.string())
        country = judge.bench.country
        self.called = pa.array([judge.data.name_of(each, country) for each in known], type=pa.string())
        """The names in a sentence, those of the country asked."""
        self._adding: dict[int, np.ndarray] = {}
        self._stacks: dict[int, list[list[tuple[np.ndarray, int]]]] = {}

    def tell(self, cases: SharedTwice, n: np.ndarray) -> tuple[list[EffectRows], np.ndarray]:
        """The rows that can be told so, and which cases are left; ``n``: the item's number of each row."""
        found: list[EffectRows] = []
        left = np.ones(len(cases.codes), dtype=bool)
        for many in np.unique(cases.lengths[cases.lengths > 1]).tolist():
            of_many = np.flatnonzero(cases.lengths == many)
            places = cases.begins[of_many][:, None] + np.arange(many)
            ones = self.one[cases.values[places]]
            ordered = np.sort(ones, axis=1)
            lone = (ordered[:, 0] >= 0) & (np.diff(ordered, axis=1) > 0).all(axis=1)
            whole: list[np.ndarray] = []
            for effect in np.unique(cases.codes[of_many[lone]]).tolist():
                which = np.flatnonzero(lone & (cases.codes[of_many] == effect))
                adding = self._adding_up(effect)[ones[which]].sum(axis=1)
                told = ~self._may_stack(effect, ones[which]) & ((adding == many) | (adding < 2))
                left[of_many[which[told]]] = False
                whole.append(which[told & (adding == many)])
            chosen = np.concatenate(whole) if whole else np.zeros(0, dtype=np.int64)
            if len(chosen):
                effects = cases.codes[of_many[chosen]]
                rows = self._rows(effects, ones[chosen], n[cases.rows[places[chosen]]])
                found.append((rows, cases.persons[of_many[chosen]], effects))
        return found, left

    def _adding_up(self, effect: int) -> np.ndarray:
        """Of each substance, whether it is told to have an effect that adds up."""
        if effect not in self._adding:
            asked = self.judge.effect_ids[effect]
            self._adding[effect] = np.array([asked in adding_up(each, self.judge.data) for each in self.substances])
        return self._adding[effect]

    def _may_stack(self, effect: int, taken: np.ndarray) -> np.ndarray:
        """Of each row of substances, whether every group of a stack of the effect has as many of them as it wants."""
        if effect not in self._stacks:
            self._stacks[effect] = self._groups(self.judge.effect_ids[effect])
        may = np.zeros(len(taken), dtype=bool)
        for groups in self._stacks[effect]:
            filled = np.ones(len(taken), dtype=bool)
            for members, many in groups:
                filled &= members[taken].sum(axis=1) >= many
            may |= filled
        return may

    def _groups(self, effect: str) -> list[list[tuple[np.ndarray, int]]]:
        """Of each stack of an effect that can be filled at all: of its groups which substances count, and how many are
        wanted.
        """
        found: dict[int, dict[int, np.ndarray]] = {}
        for place, substance in enumerate(self.substances):
            for stack, group in counts_for(substance, self.judge.data, effect):
                members = found.setdefault(stack, {})
                members.setdefault(group, np.zeros(len(self.substances), dtype=bool))[place] = True
        groups = wanted(self.judge.data)
        return [
            [(members[number], many) for number, many in groups[stack]]
            for stack, members in found.items()
            if all(number in members for number, _ in groups[stack])
        ]

    def _rows(self, effects: np.ndarray, taken: np.ndarray, numbers: np.ndarray) -> pa.Table:
        """One finding for each row of ``taken`` (substances), of the items of these ``numbers``."""
        size, many = taken.shape
        each, which = np.unique(effects, return_inverse=True)
        said = [self.judge.plain_effect(effect, many) for effect in each.tolist()]
        templates = Templates(FINDINGS)
        templates.add(finding_rows(said))
        which = pa.array(which)
        filled = {
            "name": [self.called.take(pa.array(taken[:, place])) for place in range(many)],
            "item": [pa.array(numbers[:, place]).cast(pa.string()) for place in range(many)],
        }
        columns = [
            pa.array(parts, type=pa.string()).take(which)
            if isinstance(parts[0], str)
            else filled[parts[0][0]][parts[0][1] - 1]
            for parts in zip(*(parts_of(finding.message) for finding in said), strict=True)
        ]
        ends = pa.array(np.arange(0, size * many + 1, many, dtype=np.int32))
        made = {
            "message": compute.binary_join_element_wise(*columns, ""),
            "items": pa.ListArray.from_arrays(ends, pa.array(numbers.ravel().astype(np.int32))),
            "substances": pa.ListArray.from_arrays(ends, self.names.take(pa.array(taken.ravel()))),
        }
        table = templates.pack().table.take(which)
        for place, name in enumerate(table.schema.names):
            if name in made:
                table = table.set_column(place, name, made[name])
        return table
