"""What changed between two versions of the tables, in words a reviewer can judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from decimal import Decimal

from doseref.records import record
from doseref.tables.read import Row, Sheet
from doseref.tables.schema import TABLES, Table
from doseref.tables.write import canonical_number, in_words
from doseref.units import printed as unit_words


@record
class Change:
    """One difference; ``row`` and ``column`` say where it stands in the newer version (``None``: the row is gone)."""

    table: str
    substance: str
    source: str
    words: str
    row: Row | None = None
    column: str | int = 0
    figure: bool = False
    """Whether it is a figure that changed (or a row that holds one came or went), and not only a word."""


@record
class FigureColumns:
    """Columns that make one figure: low and high end (or one value), its unit, and what it is per."""

    words: str
    low: str
    high: str = ""
    unit: str = ""
    per: str = ""
    per_unit: str = ""
    flag: str = ""
    """A flag column that changes what the figure means, and (behind ``=``) the words for it."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the group."""
        flag = self.flag.partition("=")[0]
        return tuple(name for name in (self.low, self.high, self.unit, self.per, self.per_unit, flag) if name)


_STATEMENTS = ("drugs", "supplements")
_STATEMENT = (
    FigureColumns("single dose", "dose_low", "dose_high", "dose_unit", flag="per_day=a day in all"),
    FigureColumns("count", "count_low", "count_high", "count_unit"),
    FigureColumns("frequency", "times_low", "times_high", per="times_period", per_unit="times_unit"),
    FigureColumns("interval", "every_low", "every_high", "every_unit"),
    FigureColumns("daily amount", "daily_low", "daily_high", "daily_unit"),
    FigureColumns("duration", "duration_low", "duration_high", "duration_unit"),
    FigureColumns("doses in all", "doses_low", "doses_high"),
    FigureColumns("days", "from_day", "to_day"),
    FigureColumns("target", "target_low", "target_high", "target_unit", flag="target_per_day=a day in all"),
    FigureColumns("maximum", "maximum", unit="maximum_unit", per="maximum_period", per_unit="maximum_period_unit"),
    FigureColumns("maximum duration", "longest_low", "longest_high", "longest_unit"),
)
_GROUPS: dict[str, tuple[FigureColumns, ...]] = {
    "drugs": _STATEMENT,
    "supplements": _STATEMENT,
    "limits": (
        FigureColumns("largest single dose", "single", unit="single_unit"),
        FigureColumns("largest total", "amount", unit="unit", per="period", per_unit="period_unit"),
        FigureColumns("most doses", "doses"),
        FigureColumns("shortest interval in hours", "interval_hours"),
        FigureColumns("maximum duration", "longest", unit="longest_unit"),
    ),
    "products": (FigureColumns("strength", "strength", unit="unit", per="per", per_unit="per_unit"),),
    "names": (FigureColumns("salt ratio", "salt_amount", "base_amount"),),
    "conversions": (
        FigureColumns("from", "from_value", unit="from_unit"),
        FigureColumns("to", "to_value", unit="to_unit"),
    ),
    "mme": (FigureColumns("factor", "factor", unit="unit"),),
}


def changes(older: Mapping[str, Sheet], newer: Mapping[str, Sheet]) -> Iterator[Change]:
    """Every difference of meaning, table by table, rows matched by key; canonical form and row order do not count."""
    for table in TABLES:
        before, after = older.get(table.name), newer.get(table.name)
        if before is None and after is None:
            continue
        old, new = _by_key(table, before), _by_key(table, after)
        several = _several([*old.values(), *new.values()]) if table.name in _STATEMENTS else frozenset()
        for key, row in new.items():
            if key not in old:
                figures = _figures(table, row)
                words = f"{_label(table, row, several)}: new in {table.file}{figures}"
                yield _change(table, row, words, row, table.key[0], figure=bool(figures))
            elif before is not None:
                yield from _row(table, old[key], row, several)
        for key, row in old.items():
            if key not in new:
                figures = _figures(table, row)
                words = f"{_label(table, row, several)}: no longer in {table.file}{figures}"
                yield _change(table, row, words, figure=bool(figures))


def _by_key(table: Table, sheet: Sheet | None) -> dict[tuple[str, ...], Row]:
    rows: dict[tuple[str, ...], Row] = {}
    for row in sheet.rows if sheet else ():
        rows.setdefault(tuple(row[name] for name in table.key), row)
    return rows


def _row(table: Table, old: Row, new: Row, several: Set[str]) -> Iterator[Change]:
    label = _label(table, new, several)
    grouped: set[str] = set()
    for group in _GROUPS.get(table.name, ()):
        grouped.update(group.columns)
        before, after = _said(group, old), _said(group, new)
        if before != after:
            column = next((name for name in group.columns if old[name] != new[name]), group.low)
            words = f"{label}: {group.words} {_arrow(before, after)}"
            yield _change(table, new, words, new, column, figure=True)
    for column in table.header:
        if column not in grouped and column not in table.key and old[column] != new[column]:
            was, now = (row[column] or "nothing" for row in (old, new))
            yield _change(table, new, f"{label}: {column} {was} → {now}", new, column)


def _arrow(before: tuple[str, str], after: tuple[str, str]) -> str:
    """``400–600 → 400–800 mg``: the unit once where both have it."""
    if not before[0]:
        return f"nothing → {' '.join(after).strip()}"
    if not after[0]:
        return f"{' '.join(before).strip()} → nothing"
    if before[1] == after[1]:
        return f"{before[0]} → {after[0]} {after[1]}".strip()
    return f"{' '.join(before).strip()} → {' '.join(after).strip()}"


def _said(group: FigureColumns, row: Row) -> tuple[str, str]:
    """The figure of a group and its unit, in words; two empty strings where the row has none."""
    low, high = _number(row[group.low]), _number(row[group.high]) if group.high else ""
    figure = low if not high or high == low else f"{low or '?'}–{high}"
    if not figure:
        return "", ""
    unit = unit_words(row[group.unit], plural=figure != "1") if group.unit and row[group.unit] else ""
    if group.per and row[group.per]:
        length = _number(row[group.per])
        word = unit_words(row[group.per_unit], plural=length != "1")
        unit += f" per {word}" if length == "1" else f" per {length} {word}"
    flag, _, words = group.flag.partition("=")
    if flag and row[flag]:
        unit += f" {words}"
    return figure, unit.strip()


def _number(cell: str) -> str:
    plain = canonical_number(cell) if cell else None
    return cell if plain is None or len(plain) > 24 else in_words(Decimal(plain))


def _figures(table: Table, row: Row) -> str:
    said = [(group.words, _said(group, row)) for group in _GROUPS.get(table.name, ())]
    text = ", ".join(f"{words} {' '.join(figure).strip()}" for words, figure in said if figure[0])
    return f" ({text})" if text else ""


def _label(table: Table, row: Row, several: Set[str]) -> str:
    """Who a row is about: substance and source, and what tells it from its neighbours."""
    if "substance" not in table.header:
        return " ".join(row[name] for name in table.key)
    parts = [row["substance"]]
    if table.name in (*_STATEMENTS, "limits"):
        parts.append(row["source"])
    if table.name in _STATEMENTS:
        for name in ("phase", "option"):
            if row[name] not in ("", "1"):
                parts.append(f"{name} {row[name]}")
        if row["id"] in several:
            parts[1] = f"{row['source']} ({row['id']})"
    elif table.name in ("limits", "products"):
        parts.append(row["id"])
    elif table.name == "names":
        parts.append(row["name"])
    return ", ".join(parts)


def _several(rows: list[Row]) -> frozenset[str]:
    """The ids of statements whose source has another statement on the same substance."""
    ids: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        ids.setdefault((row["substance"], row["source"]), set()).add(row["id"])
    return frozenset(each for found in ids.values() if len(found) > 1 for each in found)


def _change(
    table: Table, about: Row, words: str, row: Row | None = None, column: str | int = 0, *, figure: bool = False
) -> Change:
    return Change(table.name, about["substance"], about["source"], words, row, column, figure)
