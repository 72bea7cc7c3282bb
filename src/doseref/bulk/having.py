"""What the kinds of item have of substances, classes and effects, in columns; and what of it a person has twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from doseref.bulk.effects import PlainEffects, SharedTwice
from doseref.bulk.local import Judge, Kinds


class Codes:
    """What the kinds of item have of one sort (substances, classes, effects …), in columns: ``codes`` from ``starts``.

    ``doubled_of`` says of each whether two of the item's own substances have it; ``values`` is what else is said of it.
    """

    def __init__(self, kinds: Iterable[Iterable[tuple[int, bool, int]]]) -> None:
        flat: list[tuple[int, bool, int]] = []
        starts = [0]
        for each in kinds:
            flat += each
            starts.append(len(flat))
        self.starts = np.array(starts[:-1], dtype=np.int64)
        self.counts = np.diff(np.array(starts, dtype=np.int64))
        self.codes = np.array([code for code, _, _ in flat], dtype=np.int64)
        self.doubled_of = np.array([doubled for _, doubled, _ in flat], dtype=bool)
        self.values = np.array([value for _, _, value in flat], dtype=np.int64)
        self.many = int(self.codes.max(initial=0)) + 1

    def doubled(self, kinds: np.ndarray, whose: np.ndarray) -> SharedTwice:
        """Whatever a person has twice, by person and code; rows in order.

        ``kinds`` and ``whose`` (persons, ascending) of each row.
        """
        counts = self.counts[kinds]
        rows = np.repeat(np.arange(len(kinds)), counts)
        before = np.cumsum(counts) - counts
        places = np.arange(len(rows)) + np.repeat(self.starts[kinds] - before, counts)
        keys = whose[rows].astype(np.int64) * self.many + self.codes[places]
        order = np.argsort(keys, kind="stable")
        keys, rows, places = keys[order], rows[order], places[order]
        begins = np.flatnonzero(np.diff(keys, prepend=-1))
        lengths = np.diff(np.append(begins, len(keys)))
        told = (lengths > 1) | (np.logical_or.reduceat(self.doubled_of[places], begins) if len(begins) else False)
        kept, keys, lengths = np.repeat(told, lengths), keys[begins[told]], lengths[told]
        return SharedTwice(
            keys // self.many,
            keys % self.many,
            np.cumsum(lengths) - lengths,
            lengths,
            rows[kept],
            self.values[places[kept]],
        )

    def twice(self, kinds: np.ndarray, whose: np.ndarray) -> Iterator[tuple[int, int, list[int], list[int]]]:
        """:meth:`doubled`, one after the other: person, code, rows and values."""
        return self.doubled(kinds, whose).each()


class Having:
    """What the kinds of item have across substances, made once for all people."""

    def __init__(self, kinds: Sequence[Kinds], judge: Judge) -> None:
        codes: dict[str, int] = {}
        acts: dict[tuple[str, ...], int] = {}

        def bearing(own: Kinds, bit: int) -> int:
            """The substances of a kind that have an effect, as a number."""
            return acts.setdefault(tuple(each for each in own.acts if judge.effects_of(each) >> bit & 1), len(acts))

        self.substances = Codes(
            [(codes.setdefault(each, len(codes)), False, 0) for each in own.substances] for own in kinds
        )
        self.classes = Codes(
            [(bit, bool(own.double_classes >> bit & 1), 0) for bit in _bits(own.classes)] for own in kinds
        )
        self.alike = Codes([(bit, False, 0) for bit in _bits(own.alike)] for own in kinds)
        self.effects = Codes(
            [(bit, bool(own.double_effects >> bit & 1), bearing(own, bit)) for bit in _bits(own.effects)]
            for own in kinds
        )
        self.acts = list(acts)
        self.plain = PlainEffects(self.acts, judge)
        self.opioid = np.array([own.opioid for own in kinds], dtype=bool)


def _bits(mask: int) -> Iterator[int]:
    """The places of the bits that are set, the lowest first."""
    while mask:
        bit = mask & -mask
        yield bit.bit_length() - 1
        mask ^= bit
