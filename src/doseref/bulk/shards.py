"""The people of one shard to the five tables: whole persons, each row told of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from doseref.bulk.instructions import Instructions
from doseref.bulk.local import Facts, Judge, Kinds
from doseref.bulk.packs import ITEMS, Links, Pack, Templates, item_row
from doseref.bulk.people import Gatherer
from doseref.bulk.tables import FACT
from doseref.lists.columns import facts_in_cells
from doseref.regimen.model import Item

KINDS = ("totals", "verdicts", "findings", "items")


def judge_shard(rows: pa.Table, judge: Judge, instructions: Instructions) -> dict[str, pa.Table]:
    """The tables of :data:`KINDS` for ``rows``: columns ``patient``, ``line``, ``instruction`` and any that are carried
    along, ordered by patient and line, every person whole."""
    numbers = rows.column("instruction").to_numpy()
    begins, patients = _people(rows.column("patient"))
    gatherer = Gatherer(judge, instructions.kinds, instructions.kind_of, instructions.item)
    facts = _facts(rows, begins)
    taken = np.flatnonzero(instructions.taken[numbers])  # the rows that are items
    whose = np.searchsorted(begins, taken, side="right") - 1
    for person in _judged_whole(instructions.kinds, instructions.kind_of[numbers[taken]], whose):
        facts.setdefault(person, ())
    firsts = np.searchsorted(taken, begins)
    n = np.arange(len(taken)) - firsts[whose] + 1
    for person, known in facts.items():
        begin, end = int(firsts[person]), int(firsts[person + 1])
        if begin < end:
            items = list(enumerate(numbers[taken[begin:end]].tolist(), start=1))
            gatherer.known_person(person, items, begin, known)
    others = np.flatnonzero(~np.isin(whose, list(facts)))
    gatherer.people(instructions.having(judge), others, whose[others], numbers[taken[others]], n[others])
    told = gatherer.told()
    alone = np.ones(len(taken), dtype=bool)
    alone[told.grouped] = False
    single = Links(whose[alone], numbers[taken[alone]], n[alone])
    counted = np.zeros(len(numbers), dtype=np.int32)
    counted[taken] = n
    tables = {
        name: _merged(
            [(instructions.outcomes[kind], single), (told.shared_packs[kind], told.shared)]
            + ([(told.across_pack, told.across), (instructions.opioids, told.lone)] if name == "findings" else []),
            patients,
            {_ACROSS: told.plain} if name == "findings" else {},
        )
        for kind, name in enumerate(("totals", "verdicts", "findings"))
    }
    read = {int(taken[place]): item for place, item in told.read.items()}
    tables["items"] = _items(rows, counted, instructions, read, judge)
    return tables


def _judged_whole(kinds: Sequence[Kinds], kind_of: np.ndarray, whose: np.ndarray) -> list[int]:
    """The persons of whom a line is about all that they take: a body weight, a total of several items, or what they take at one
    time. ``kind_of`` and ``whose`` are of each row the kind of its item and the person.
    """
    if not len(whose):
        return []
    by_person = np.array([kind.by_person for kind in kinds], dtype=bool)[kind_of]
    drug, binder = np.array([kind.bound for kind in kinds], dtype=np.int64).reshape(-1, 2)[kind_of].T
    begins = np.flatnonzero(np.diff(whose, prepend=-1))
    both = np.bitwise_or.reduceat(drug, begins) & np.bitwise_or.reduceat(binder, begins)
    return list(map(int, np.unique(np.concatenate([whose[by_person], whose[begins][both != 0]]))))


def _people(patient: pa.ChunkedArray) -> tuple[np.ndarray, pa.Array]:
    """Where each person's rows begin (one more than there are persons), and who they are."""
    whole = patient.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], type=patient.type)
    codes = whole.dictionary_encode().indices.to_numpy(zero_copy_only=False)
    changes = np.flatnonzero(np.diff(codes)) + 1 if len(codes) else np.array([], dtype=np.int64)
    begins = np.concatenate([[0] if len(codes) else [], changes, [len(codes)]]).astype(np.int64)
    return begins, whole.take(pa.array(begins[:-1]))


_ACROSS = 2
"""The place among the parts of findings of those that look across substances."""
_PART, _PERSON = 1 << 21, 1 << 24
"""What a part and a person count for in the order of rows: more than any rank in a part, and than all parts."""


def _merged(
    parts: list[tuple[Pack, Links]],
    patients: pa.Array,
    more: dict[int, list[tuple[pa.Table, np.ndarray, np.ndarray]]],
) -> pa.Table:
    """The rows of several packs, in the order of the persons, and of each person part by part.

    ``more``: rows of a part that are unfolded already, their persons and ranks.
    """
    tables, people, orders = [], [], []
    for part, (pack, links) in enumerate(parts):
        ready = list(more.get(part, ()))
        if len(links.outcomes):
            table, link = pack.unfold(links)
            ready.append((table, links.people[link], links.ranks[link]))
        for table, persons, ranks in ready:
            tables.append(table)
            people.append(persons)
            orders.append(persons * _PERSON + part * _PART + ranks)
    if not tables:
        empty = parts[0][0].table.slice(0, 0)
        return empty.add_column(0, "patient", pa.array([], type=pa.string()))
    who = np.concatenate(people)
    order = np.argsort(np.concatenate(orders), kind="stable")
    table = pa.concat_tables(tables).unify_dictionaries().combine_chunks().take(pa.array(order))
    return table.add_column(0, "patient", patients.take(pa.array(who[order])).cast(pa.string()))


def _facts(rows: pa.Table, begins: np.ndarray) -> dict[int, Facts]:
    """What is known of each person of whom something is known, in the order of the rows."""
    found: dict[int, dict[tuple[str, str], None]] = {}
    roles = [name for name in rows.column_names if name.startswith(FACT)]
    cells = [rows.column(name).to_pylist() for name in roles]
    words = [tuple(name.removeprefix(FACT).split(FACT)) for name in roles]
    units = [(role, head, said) for role, said, head in words if said]
    for person, (begin, end) in enumerate(pairwise(begins.tolist())) if roles else ():
        for row in range(begin, end):
            own = facts_in_cells({role: column[row] for (role, _, _), column in zip(words, cells, strict=True)}, units)
            if own:
                found.setdefault(person, {}).update(dict.fromkeys(own))
    return {person: tuple(known) for person, known in found.items()}


def _items(
    rows: pa.Table, counted: np.ndarray, instructions: Instructions, read: dict[int, Item], judge: Judge
) -> pa.Table:
    """Every row as it was read, with what was carried along; ``n`` is empty for what is left out.

    ``read``: rows that are read in another way than their instruction is.
    """
    starts = instructions.rows.starts
    numbers = rows.column("instruction").to_numpy()
    told = starts[numbers + 1] > starts[numbers]
    kept = np.flatnonzero(told)
    table = instructions.rows.table.take(pa.array(starts[numbers[kept]]))
    if read:
        templates = Templates(ITEMS)
        for item in read.values():
            templates.add([item_row(item, judge.data)])
        order = np.arange(len(kept))
        order[np.searchsorted(kept, list(read))] = len(kept) + np.arange(len(read))
        table = pa.concat_tables([table, templates.pack().table]).unify_dictionaries().take(pa.array(order))
    own = rows.take(pa.array(kept))
    n = pa.array(counted[kept], mask=counted[kept] == 0)
    columns: dict[str, Any] = {"patient": own.column("patient").cast(pa.string()), "n": n, "line": own.column("line")}
    columns |= {name: table.column(name) for name in table.column_names}
    for name in own.column_names:
        if name not in ("patient", "line", "instruction") and not name.startswith(FACT):
            columns[name if name not in columns else f"{name} (as given)"] = own.column(name)
    return pa.table(columns)
