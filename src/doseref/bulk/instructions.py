"""Each distinct instruction, read and judged alone once, in chunks that are kept on disk.

A chunk is one file: what matters of each instruction across substances, its rows as templates, and the item itself for
the groups that it is judged in later.
"""

from __future__ import annotations

import os
import pickle
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

from doseref.bulk.having import Having
from doseref.bulk.local import OPIOIDS, Judge, Kinds
from doseref.bulk.packs import FINDINGS, ITEMS, TOTALS, VERDICTS, Pack, Templates, finding_rows, item_row
from doseref.bulk.people import add_outcome
from doseref.bulk.work import JOINED, write_whole
from doseref.dosage.model import Dosage
from doseref.records import replace
from doseref.regimen.model import Given, Item

DOSAGES_KEPT = 4_096
"""Dosages that a process keeps of those that it read from the disk."""
NOTHING = Kinds((), (), 0, 0, 0, 0, False, 0)


def read_chunk(judge: Judge, given: Sequence[Given | None]) -> tuple[dict[str, Any], bytes]:
    """The chunk of these instructions, and the items themselves one after the other, behind them their dosages.

    ``None`` is a row that says nothing; what is left out is not judged.
    """
    kinds: dict[Kinds, int] = {NOTHING: 0}
    places: list[int] = []
    taken: list[bool] = []
    items: list[bytes] = []
    dosages: dict[int, tuple[int, Dosage]] = {}
    rows = Templates(ITEMS)
    outcomes = (Templates(TOTALS), Templates(VERDICTS), Templates(FINDINGS))
    opioids = Templates(FINDINGS)
    for each in given:
        taken.append(each is not None and not each.left_out)
        if each is None or each.left_out:
            places.append(0)
            items.append(b"")
            rows.add([_left_out(each)] if each is not None else [])
            for templates in (*outcomes, opioids):
                templates.add(())
            continue
        item = judge.read(each)
        own = judge.kinds(item)
        places.append(kinds.setdefault(own, len(kinds)))
        items.append(pickle.dumps(_apart(item, dosages), protocol=5))
        rows.add([item_row(item, judge.data)])
        add_outcome(outcomes, judge.together((item,)), judge)
        opioids.add(finding_rows(judge.across(OPIOIDS, (item,))) if own.opioid else ())
    shared = [pickle.dumps(dosage, protocol=5) for _, dosage in dosages.values()]
    chunk = {
        "kinds": list(kinds),
        "places": places,
        "taken": taken,
        "ends": list(accumulate(map(len, items))),
        "dosages": list(accumulate(map(len, shared))),
        "rows": rows.pack(),
        "outcomes": tuple(each.pack() for each in outcomes),
        "opioids": opioids.pack(),
    }
    return chunk, b"".join((*items, *shared))


def _apart(item: Item, dosages: dict[int, tuple[int, Dosage]]) -> tuple[Item, int]:
    """An item without its dosage, and the number of that among ``dosages`` (by identity; -1: it has none): items that
    are written alike share one, which is kept once.
    """
    dosage = item.dosage
    if dosage is None:
        return item, -1
    number, _ = dosages.setdefault(id(dosage), (len(dosages), dosage))
    return replace(item, dosage=None), number


def _left_out(given: Given) -> tuple[Any, ...]:
    return (given.text, "left-out", None, [], "none", [], f"left out: {given.left_out}")


PACKS = ("rows", "totals", "verdicts", "findings", "opioids")
"""The packs of :class:`Instructions`, as their files are called."""


def join(paths: Sequence[Path]) -> None:
    """Put the chunks of these files together, in files beside them that every process maps and none copies."""
    chunks = [pickle.loads(path.read_bytes()) for path in paths]
    kinds: dict[Kinds, int] = {}
    places = []
    for chunk in chunks:
        own = [kinds.setdefault(each, len(kinds)) for each in chunk["kinds"]]
        places += [own[place] for place in chunk["places"]]
    packs = {
        "rows": [chunk.pop("rows") for chunk in chunks],
        **{name: [chunk["outcomes"][kind] for chunk in chunks] for kind, name in enumerate(PACKS[1:4])},
        "opioids": [chunk.pop("opioids") for chunk in chunks],
    }
    directory = paths[0].parent
    for name, each in packs.items():
        Pack.joined(each).save(directory / f"joined-{name}")
    told = {
        "kinds": list(kinds),
        "places": np.array(places, dtype=np.int32),
        "taken": np.array([taken for chunk in chunks for taken in chunk["taken"]], dtype=bool),
        "ends": [np.array([0, *chunk["ends"]], dtype=np.int64) for chunk in chunks],
        "dosages": [np.array([0, *chunk["dosages"]], dtype=np.int64) for chunk in chunks],
    }
    write_whole(directory / JOINED, lambda beside: beside.write_bytes(pickle.dumps(told, protocol=5)))


class Instructions:
    """All chunks together: instructions by their numbers (from 0); items stay on the disk until one is asked for."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """The chunks of these files, which were put together (:func:`join`): files of the program's own work
        directory."""
        directory = paths[0].parent
        told = pickle.loads((directory / JOINED).read_bytes())
        self.kinds: list[Kinds] = told["kinds"]
        self.kind_of: np.ndarray = told["places"]
        """The place among :attr:`kinds` of each instruction."""
        self._having: Having | None = None
        self.taken: np.ndarray = told["taken"]
        self._items = [
            (ends, dosages, _Slices(path.with_suffix(".items")))
            for ends, dosages, path in zip(told["ends"], told["dosages"], paths, strict=True)
        ]
        self._dosage = lru_cache(maxsize=DOSAGES_KEPT)(self._read_dosage)
        self._begins = list(accumulate((len(ends) - 1 for ends in told["ends"]), initial=0))
        self.rows, *outcomes, self.opioids = (Pack.mapped(directory / f"joined-{name}") for name in PACKS)
        """``opioids``: what is said of the opioid load of somebody who takes no other opioid."""
        self.outcomes = tuple(outcomes)

    def having(self, judge: Judge) -> Having:
        """What the kinds have across substances; made once."""
        if self._having is None:
            self._having = Having(self.kinds, judge)
        return self._having

    def item(self, number: int) -> Item:
        """The item of an instruction."""
        chunk = bisect_right(self._begins, number) - 1
        ends, _, read = self._items[chunk]
        place = number - self._begins[chunk]
        item: Item
        item, dosage = pickle.loads(read(int(ends[place]), int(ends[place + 1])))
        return item if dosage < 0 else replace(item, dosage=self._dosage(chunk, dosage))

    def _read_dosage(self, chunk: int, number: int) -> Dosage:
        ends, dosages, read = self._items[chunk]
        behind = int(ends[-1])
        dosage: Dosage = pickle.loads(read(behind + int(dosages[number]), behind + int(dosages[number + 1])))
        return dosage


class _Slices:
    """Pieces of a file, read when they are asked for: mapped, all that was ever asked for would stay in memory."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)

    def __call__(self, begin: int, end: int) -> bytes:
        whole = os.open(self.path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            os.lseek(whole, begin, os.SEEK_SET)
            return os.read(whole, end - begin)
        finally:
            os.close(whole)
