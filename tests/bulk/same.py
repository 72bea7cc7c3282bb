"""The tables of ``doseref bulk`` beside the document of ``doseref check`` on the same people: the same rows, as sets."""

from __future__ import annotations

import csv
import importlib.util
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

Row = tuple[str, str, str]
"""Person, drug and sig (or the whole item, and no sig)."""


def generator() -> ModuleType:
    """The generator of the benchmarks."""
    spec = importlib.util.spec_from_file_location("prescriptions", ROOT / "benchmarks" / "prescriptions.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write(path: Path, rows: Iterable[Sequence[str]], heads: Sequence[str] = ("patient", "drug", "sig")) -> Path:
    """A CSV file of rows."""
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(heads)
        table.writerows(rows)
    return path


def by_bulk(out: Path) -> dict[str, list[str]]:
    """The rows of the tables in ``out``, each as one text."""
    import pyarrow.parquet as parquet

    found = {}
    for name, fields in FIELDS.items():
        rows = [row for path in sorted(out.glob(f"{name}-*.parquet")) for row in parquet.read_table(path).to_pylist()]
        found[name] = sorted(_text([row[field] for field in fields]) for row in rows)
    return found


def by_check(document: dict[str, Any]) -> dict[str, list[str]]:
    """The same rows of a ``doseref.check/1`` document."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in FIELDS}
    for regimen in document["regimens"]:
        who = {"patient": regimen["id"]}
        for total in regimen["totals"]:
            rows["totals"].append({**who, **total})
            shared = {**who, "substance": total["substance"], "route": total["route"], "items": total["items"]}
            rows["verdicts"] += [{**limit, **shared} for limit in total["limits"]]
        rows["findings"] += [{**finding, **who} for finding in regimen["findings"]]
        for item in regimen["items"]:
            rows["items"].append({**who, **item, "matched_by": item["match"]["by"]})
    return {
        name: sorted(_text([row.get(field, EMPTY.get(field)) for field in fields]) for row in rows[name])
        for name, fields in FIELDS.items()
    }


FIELDS = {
    "totals": ("patient", "substance", "route", "low", "high", "unit", "per", "items", "when", "not_counted", "read_in_part", "not_assessed"),
    "verdicts": ("patient", "substance", "route", "items", "source", "statement", "amount", "unit", "per", "basis", "verdict", "judges", "line", "reason"),
    "findings": ("patient", "code", "rule", "severity", "message", "items", "substances", "sources", "mend"),
    "items": ("patient", "n", "text", "status", "product", "substances", "matched_by"),
}  # fmt: skip
EMPTY: dict[str, Any] = {"not_counted": [], "read_in_part": []}


def _text(values: list[Any]) -> str:
    return json.dumps(_plain(values), ensure_ascii=False, sort_keys=True)


def _plain(value: Any) -> Any:
    """Numbers as one kind: 3000 and 3000.0 are the same."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return value
