"""Each distinct instruction, read and judged alone once, in chunks that are kept on disk.

A chunk is one file: what matters of each instruction across substances, its rows as templates, and the item itself for the
groups that it is judged in later.
"""

from __future__ import annotations

import pickle
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from doseref.bulk.local import Judge, Kinds
from doseref.bulk.packs import FINDINGS, ITEMS, TOTALS, VERDICTS, Pack, Templates, item_row
from doseref.bulk.people import add_outcome
from doseref.regimen.model import Given, Item

NOTHING = Kinds((), (), 0, 0, 0, 0, False, 0)


def read_chunk(judge: Judge, given: Sequence[Given | None]) -> dict[str, Any]:
    """The chunk of these instructions: ``None`` is a row that says nothing; what is left out is not judged."""
    kinds: list[Kinds | None] = []
    items: list[bytes] = []
    rows = Templates(ITEMS)
    outcomes = (Templates(TOTALS), Templates(VERDICTS), Templates(FINDINGS))
    for each in given:
        if each is None or each.left_out:
            kinds.append(None)
            items.append(b"")
            rows.add([_left_out(each)] if each is not None else [])
            for templates in outcomes:
                templates.add(())
            continue
        item = judge.read(each)
        kinds.append(judge.kinds(item))
        items.append(pickle.dumps(item, protocol=5))
        rows.add([item_row(item, judge.data)])
        add_outcome(outcomes, judge.together((item,)), judge)
    return {"kinds": kinds, "items": items, "rows": rows.pack(), "outcomes": tuple(each.pack() for each in outcomes)}


def _left_out(given: Given) -> tuple[Any, ...]:
    return (given.text, "left-out", None, [], "none", [], f"left out: {given.left_out}")


class Instructions:
    """All chunks together: instructions by their numbers (from 0), items unpacked when they are asked for."""

    def __init__(self, chunks: Sequence[dict[str, Any]]) -> None:
        self.kinds: list[Kinds | None] = [each for chunk in chunks for each in chunk["kinds"]]
        self._items = [chunk["items"] for chunk in chunks]
        self._begins = [0]
        for chunk in chunks:
            self._begins.append(self._begins[-1] + len(chunk["items"]))
        self.rows = Pack.joined([chunk["rows"] for chunk in chunks])
        self.outcomes = tuple(Pack.joined([chunk["outcomes"][kind] for chunk in chunks]) for kind in range(3))

    @classmethod
    def of_files(cls, paths: Sequence[Path]) -> Instructions:
        """The chunks that the program itself wrote to these files in its work directory."""
        return cls([pickle.loads(path.read_bytes()) for path in paths])

    def item(self, number: int) -> Item:
        """The item of an instruction."""
        chunk = bisect_right(self._begins, number) - 1
        item: Item = pickle.loads(self._items[chunk][number - self._begins[chunk]])
        return item
