"""A house's own limits judge by themselves, beside the labels: of any drug, whatever the labels allow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import doseref
from doseref.findings import Severity
from doseref.refdata import Reference
from overlay.tables import DOCUSATE, HOUSE, LIMITS, SOURCES, put

_LINES = (Path(__file__).parent / "house_limits.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in _LINES if line and not line.startswith("#")][1:]


def laid_over(directory: Path, substance: str, written: str) -> Reference:
    cells = dict(part.partition("=")[::2] for part in written.split())
    row = {**DOCUSATE, "id": "house-own", "substance": substance, "population": "adult", "readings": "1"}
    blank = {} if "amount" in cells else dict.fromkeys(("amount", "unit", "period", "period_unit"), "")
    put(directory, SOURCES, {**HOUSE, "tier": cells.pop("tier", HOUSE["tier"])})
    put(directory, LIMITS, {**row, **blank, **{key: value.replace("-", " ") if key == "indication" else value for key, value in cells.items()}})  # fmt: skip
    return doseref.reference(directory)


def options_of(written: str) -> dict[str, Any]:
    pairs = [part.partition("=")[::2] for part in written.split()]
    return {key: int(value) if value.isdigit() else value or True for key, value in pairs}


@pytest.mark.parametrize(
    ("substance", "cells", "items", "options", "told", "why"), ROWS, ids=[f"{r[0]} {r[5]}" for r in ROWS]
)
def test_a_limit_of_ones_own(
    tmp_path: Path, substance: str, cells: str, items: str, options: str, told: str, why: str
) -> None:
    data = laid_over(tmp_path / "own", substance, cells)
    result = doseref.check(items.split(" + "), data=data, **options_of(options))
    found = {
        f"{each.code} {each.severity.word}"
        for each in result.findings
        if "house" in each.sources and each.severity > Severity.INFO
    }
    assert ", ".join(sorted(found)) == told, why


def test_no_other_judge_is_milder_beside_it(tmp_path: Path) -> None:
    text = ["tramadol ER 200 mg daily", "tramadol 50 mg four times daily"]  # 400 mg: the label of ER allows 300
    without = doseref.check(text).regimens[0].totals[0]
    beside = (
        doseref.check(text, data=laid_over(tmp_path / "own", "tramadol", "amount=1000 unit=mg")).regimens[0].totals[0]
    )
    own = [each for each in beside.verdicts if each.limit.source == "house"]
    assert [each.judgement for each in own] == ["within"]
    assert [each for each in beside.verdicts if each not in own] == list(without.verdicts)


def test_a_shipped_source_that_is_corrected_stays_a_label(tmp_path: Path) -> None:
    row = next(row for row in Reference().rows(SOURCES) if row["tier"] == "regulator" and row["country"] == "US")
    put(tmp_path / "own", SOURCES, row)
    put(tmp_path / "own", LIMITS, {**DOCUSATE, "source": row["id"]})
    (own,) = (
        each for each in doseref.reference(tmp_path / "own").limits["docusate"] if each.statement == DOCUSATE["id"]
    )
    assert not own.house


def test_tablets_of_a_product(tmp_path: Path) -> None:
    shipped = Reference()
    norco = next(key for key, each in shipped.products.items() if each.label == "Norco 5/325")
    limit = {"product": norco, "amount": "4", "unit": "{tablet}", "single": "1", "single_unit": "{tablet}"}
    put(tmp_path / "own", SOURCES, HOUSE)
    put(tmp_path / "own", LIMITS, {**DOCUSATE, "substance": "hydrocodone", **limit})
    result = doseref.check("Norco 5/325 2 tablets every 8 hours", data=doseref.reference(tmp_path / "own"))
    told = {(each.code, each.severity.word) for each in result.findings if each.sources == ("house",)}
    assert told == {("R101", "error"), ("R105", "error")}  # 6 against 4 tablets, 2 against 1; the label allows both
