"""Rows that are worked out once and told of many people: templates, and the columns they unfold to.

A template row names items by their places. A *link* says of one person which templates are told and which numbers the
items at those places have. Unfolding is a matter of columns: no row is touched one by one but the few messages that
name items.

pyarrow and numpy come with the extra ``bulk`` and are imported when this module is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from doseref.bulk.local import Outcome
from doseref.bulk.places import FIRST_PLACE, PLACE, fill, has_places
from doseref.bulk.work import write_whole
from doseref.findings import Finding
from doseref.quantities import Period, json_number
from doseref.refdata import Reference
from doseref.regimen.model import Item, Total, Verdict

Numbers = Sequence[int] | np.ndarray

PER = pa.struct([("value", pa.float64()), ("unit", pa.string())])
NUMBERS = pa.list_(pa.int32())
WORDS = pa.list_(pa.string())

TOTALS = pa.schema(
    [
        ("substance", pa.string()),
        ("route", pa.string()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("unit", pa.string()),
        ("per", PER),
        ("items", NUMBERS),
        ("when", pa.string()),
        ("not_counted", NUMBERS),
        ("read_in_part", NUMBERS),
        ("not_assessed", pa.string()),
    ]
)
"""A total, named and valued as in ``doseref.check/1``; the nearest double of the exact decimal,
as JSON readers take it.
"""
VERDICTS = pa.schema(
    [
        ("substance", pa.string()),
        ("route", pa.string()),
        ("items", NUMBERS),
        ("source", pa.string()),
        ("statement", pa.string()),
        ("amount", pa.float64()),
        ("unit", pa.string()),
        ("per", PER),
        ("basis", pa.string()),
        ("verdict", pa.string()),
        ("judges", pa.bool_()),
        ("line", pa.int32()),
        ("reason", pa.string()),
    ]
)
"""A total against one limit; ``items`` are those of the total."""
FINDINGS = pa.schema(
    [
        ("code", pa.string()),
        ("rule", pa.string()),
        ("severity", pa.string()),
        ("message", pa.string()),
        ("items", NUMBERS),
        ("substances", WORDS),
        ("sources", WORDS),
        ("mend", pa.string()),
    ]
)
ITEMS = pa.schema(
    [
        ("text", pa.string()),
        ("status", pa.string()),
        ("product", pa.string()),
        ("substances", WORDS),
        ("matched_by", pa.string()),
        ("suggestions", WORDS),
        ("not_assessed", pa.string()),
    ]
)
"""An item; ``not_assessed`` says what was not read and why."""


MOST_PLACES = 1_000
"""Items of one person that are judged together, at most, whose numbers a message may say."""
VECTORED_PLACES = 4
"""Names of items in one text, at most, that are filled in by columns; beyond it, text by text."""
LONG = ("message", "text")
"""Columns of texts that differ from row to row."""
NAMING = ("message", "mend", "reason")
"""Columns whose texts may name items."""


class Templates:
    """Rows of one kind, gathered by the outcome that they belong to (numbered from 0)."""

    def __init__(self, schema: pa.Schema) -> None:
        self.schema = schema
        self.rows: list[Sequence[Any]] = []
        self.ends: list[int] = []

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """The rows of the next outcome."""
        self.rows.extend(rows)
        self.ends.append(len(self.rows))

    def pack(self) -> Pack:
        """The rows as columns."""
        columns = zip(*self.rows, strict=True) if self.rows else [()] * len(self.schema)
        arrays = [_encoded(column, each) for column, each in zip(columns, self.schema, strict=True)]
        return Pack(pa.Table.from_arrays(arrays, names=self.schema.names), np.array([0, *self.ends], dtype=np.int64))


def _encoded(column: Sequence[Any], field: pa.Field) -> pa.Array:
    """The column as an array; words that come again and again are kept once."""
    array = pa.array(column, type=field.type)
    return array.dictionary_encode() if pa.types.is_string(field.type) and field.name not in LONG else array


class Pack:
    """Template rows as a table, and where each outcome's begin (one more than there are outcomes)."""

    def __init__(self, table: pa.Table, starts: np.ndarray) -> None:
        self.table = table
        self.starts = starts

    @classmethod
    def joined(cls, packs: Sequence[Pack]) -> Pack:
        """Several packs as one: the outcomes of the first, then those of the second, and so on."""
        starts = [np.zeros(1, dtype=np.int64)]
        for pack in packs:
            starts.append(pack.starts[1:] + starts[-1][-1])
        table = pa.concat_tables([pack.table for pack in packs]).unify_dictionaries().combine_chunks()
        return cls(table, np.concatenate(starts))

    def save(self, path: Path) -> None:
        """Write the pack to two files that begin with ``path``."""
        write_whole(path.with_suffix(".arrow"), lambda beside: _written(self.table, beside))
        write_whole(path.with_suffix(".starts"), lambda beside: beside.write_bytes(self.starts.tobytes()))

    @classmethod
    def mapped(cls, path: Path) -> Pack:
        """The pack that was saved there: its table stays in the file, of which all processes share one copy."""
        starts = np.fromfile(path.with_suffix(".starts"), dtype=np.int64)
        return cls(pa.ipc.open_file(pa.memory_map(str(path.with_suffix(".arrow")))).read_all(), starts)

    def unfold(self, links: Links) -> tuple[pa.Table, np.ndarray]:
        """The rows told by ``links``, and of each row the link it comes from."""
        counts = self.starts[links.outcomes + 1] - self.starts[links.outcomes]
        link = np.repeat(np.arange(len(counts)), counts)
        first = np.cumsum(counts) - counts
        rows = np.repeat(self.starts[links.outcomes] - first, counts) + np.arange(len(link))
        table = self.table.take(pa.array(rows))
        for place, each in enumerate(table.schema):
            if each.type.equals(NUMBERS):
                table = table.set_column(place, each, links.numbered(table.column(place), link))
            elif each.name in NAMING:
                table = table.set_column(place, each.name, links.filled(table.column(place), link))
        return table, link


def _written(table: pa.Table, path: Path) -> None:
    with pa.ipc.new_file(str(path), table.schema) as file:
        file.write_table(table)


class Links:
    """What is told of whom: an outcome (number in a pack) each, the person's row,
    and the numbers of the items at its places.
    """

    def __init__(
        self,
        people: Numbers,
        outcomes: Numbers,
        flat: Numbers,
        lengths: Numbers | None = None,
        ranks: Numbers | None = None,
    ) -> None:
        """``flat`` are the item numbers of all links one after the other; ``lengths`` how many each has (one);
        ``ranks`` in which order a person's are told (that of the links).
        """
        self.ranks = np.zeros(len(outcomes), dtype=np.int64) if ranks is None else np.asarray(ranks, dtype=np.int64)
        self.people = np.asarray(people, dtype=np.int64)
        self.outcomes = np.asarray(outcomes, dtype=np.int64)
        self.flat = np.asarray(flat, dtype=np.int32)
        if lengths is None:
            self.begins = np.arange(len(self.flat), dtype=np.int64)
        else:
            many = np.asarray(lengths, dtype=np.int64)
            self.begins = np.cumsum(many) - many

    def numbered(self, places: pa.ChunkedArray, link: np.ndarray) -> pa.Array:
        """Lists of places as lists of item numbers."""
        lists = places.combine_chunks()
        ends = lists.offsets.to_numpy()
        values = lists.flatten().to_numpy()
        owner = np.repeat(link, np.diff(ends))
        return pa.ListArray.from_arrays(
            pa.array((ends - ends[0]).astype(np.int32)), pa.array(self.flat[self.begins[owner] + values - 1])
        )

    def filled(self, messages: pa.ChunkedArray, link: np.ndarray) -> pa.Array:
        """Messages with the numbers of the items that they name."""
        words = messages.combine_chunks()
        encoded = pa.types.is_dictionary(words.type)
        if encoded:
            if not any(map(has_places, words.dictionary.to_pylist())):
                return words
            words = words.cast(pa.string())
        rows = np.arange(len(words))
        for _ in range(VECTORED_PLACES):
            naming = compute.fill_null(compute.match_substring(words, PLACE), False)
            rows = np.flatnonzero(naming.to_numpy(zero_copy_only=False))
            if not len(rows):
                break
            words = compute.replace_with_mask(words, naming, self._first_filled(words.take(pa.array(rows)), link[rows]))
        else:
            words = self._all_filled(words, rows, link)
        return words.dictionary_encode() if encoded else words

    def _first_filled(self, texts: pa.Array, link: np.ndarray) -> pa.Array:
        """Texts that all name items, with the first number of each filled in."""
        parts = compute.extract_regex(texts, FIRST_PLACE)
        places = parts.field("place").cast(pa.int32()).to_numpy()
        numbers = pa.array(self.flat[self.begins[link] + places - 1]).cast(pa.string())
        return compute.binary_join_element_wise(parts.field("before"), numbers, parts.field("behind"), "")

    def _all_filled(self, words: pa.Array, rows: np.ndarray, link: np.ndarray) -> pa.Array:
        """What names more items than were filled in column by column: one text after the other."""
        texts = words.to_pylist()
        for row in rows.tolist():
            if has_places(texts[row]):
                begin = self.begins[link[row]]
                texts[row] = fill(texts[row], self.flat[begin : begin + MOST_PLACES].tolist())
        return pa.array(texts, type=pa.string())


def total_rows(outcome: Outcome, data: Reference) -> Iterable[Sequence[Any]]:
    """The totals of an outcome."""
    for total in outcome.totals:
        yield (
            data.name_of(total.substance),
            total.route,
            _double(total.amount.low),
            _double(total.amount.high),
            total.amount.unit,
            _per(total.per),
            _ints(total.items),
            total.when or None,
            _ints(total.missing),
            _ints(total.partial),
            total.reason or None,
        )


def verdict_rows(outcome: Outcome, data: Reference) -> Iterable[Sequence[Any]]:
    """The totals of an outcome against each limit."""
    for total in outcome.totals:
        name = data.name_of(total.substance)
        for verdict in total.verdicts:
            yield _verdict(name, total, total.told(verdict))


def _verdict(name: str, total: Total, told: Verdict) -> Sequence[Any]:
    document: Mapping[str, Any] = told.to_json(total.amount.unit)
    return (
        name,
        total.route,
        _ints(total.items),
        document["source"],
        document["statement"],
        document["amount"],
        document["unit"],
        document["per"],
        document["basis"],
        document["verdict"],
        document["judges"],
        document.get("line"),
        document.get("reason"),
    )


def finding_rows(findings: Iterable[Finding]) -> Iterable[Sequence[Any]]:
    """Findings, each with the places of its items."""
    for each in findings:
        yield (
            each.code,
            each.rule,
            each.severity.word,
            each.message,
            _ints(each.items),
            list(each.substances),
            list(each.sources),
            each.mend or None,
        )


def item_row(item: Item, data: Reference) -> Sequence[Any]:
    """An item: how it was read, and what was not read and why."""
    unassessed = item.status != "read" or not item.exposures
    reasons = ["; ".join(trouble.message for trouble in item.troubles) or "not read"] if unassessed else []
    reasons += [item.unread_note] if item.unread_note else []
    return (
        item.given.text,
        item.status,
        item.product.label if item.product else None,
        [data.name_of(s) for s in item.substances],
        item.match_by,
        list(item.suggestions),
        "; ".join(reasons) or None,
    )


def _double(value: Any) -> float:
    return float(json_number(value))


def _ints(places: Iterable[int]) -> list[int]:
    return [int(place) for place in places]


def _per(period: Period) -> dict[str, Any]:
    return {"value": float(period.value), "unit": period.unit}
