"""One cell of a limit that slipped (a figure by ten, a unit by a thousand, a period, a country) is told with what to
compare; the shipped figures that look like slips and are none are few, and known as they stand.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import doseref
from dataset.slips import AS_OF, SHIPPED, apart, changed, with_cells
from doseref.checks.dataset import (
    d208_other_country,
    d302_above_own_maximum,
    d314_limit_slip,
    d317_limit_pieces,
    d318_limit_period,
)
from doseref.checks.dataset.data import Dataset, open_dataset
from doseref.checks.dataset.odd_limits import known_odd
from doseref.checks.dataset.overlay import check_overlay
from doseref.tables.overlay import open_overlay
from doseref.tables.read import Row
from doseref.tables.write import canonical_number

RULES = (d208_other_country, d302_above_own_maximum, d314_limit_slip, d317_limit_pieces, d318_limit_period)
LARGER = {"ug": "mg", "mg": "g"}


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    return open_dataset(SHIPPED, shown="data", as_of=AS_OF)


def found(data: Dataset) -> list[tuple[str, str]]:
    return [(each.code, each.message) for rule in RULES for each in rule.check(data)]


@pytest.mark.parametrize(
    ("limit", "column", "cell", "code", "message"),
    [
        ("metformin-us-rx-ir-type-2-diabetes", "amount", "25500", "D317",
         "metformin amount 25500 mg is more than 10 of the largest tablets here, of 1000 mg"),
        ("colchicine-us-rx-gout-flare", "unit", "g", "D317",
         "colchicine amount 1.8 g is more than 10 of the largest capsules here, of 0.6 mg"),
        ("apixaban-us-rx-nonvalvular-atrial-usual-top", "amount", "100", "D317",
         "apixaban amount 100 mg is more than 10 of the largest tablets here, of 5 mg"),
        ("digoxin-us-rx-heart-failure-usual-top", "unit", "mg", "D317",
         "digoxin amount 500 mg is more than 10 of the largest tablets here, of 0.25 mg"),
        ("digoxin-us-rx-heart-failure-usual-top", "amount", "5", "D317",
         "digoxin amount 5 ug is less than one of the smallest tablets here, of 62.5 ug"),
        ("digoxin-us-rx-heart-failure-usual-top", "period_unit", "wk", "D318",
         "digoxin 500 ug per 1 wk, but every other limit is per 1 d"),
        ("metformin-kr", "country", "KP", "D208",
         "country KP, but its source mfds-dur-capacity-caution-table-jso2781 is of KR"),
        ("mitotane-kr", "amount", "160", "D317",
         "mitotane amount 160 g is more than 10 of the largest tablets here, of 500 mg"),
    ],
)  # fmt: skip
def test_a_slip_in_a_shipped_limit_is_an_error(
    shipped: Dataset, limit: str, column: str, cell: str, code: str, message: str
) -> None:
    (row,) = [each for each in shipped.rows("limits") if each["id"] == limit]
    told = found(changed(shipped, row, column, cell))
    assert [each for each in told if each[0] == code and each[1].startswith(message)], told


def test_the_shipped_limits_have_none(shipped: Dataset) -> None:
    assert not found(shipped)


def test_what_is_odd_and_so_is_a_page_at_most_and_stands_in_the_table(shipped: Dataset) -> None:
    limits = {row["id"]: row for row in shipped.rows("limits")}
    assert len(known_odd()) <= 50
    for limit, figures in known_odd().items():
        row = limits[limit]
        ends = f"{row['period']} {row['period_unit']}".strip()
        assert set(figures) <= {
            f"{row[column]} {row[unit]} {ends}".strip()
            for column, unit in (("amount", "unit"), ("single", "single_unit"))
        }


def test_a_note_that_gives_the_figure_in_the_words_of_the_source_lets_it_pass(shipped: Dataset) -> None:
    (row,) = [each for each in shipped.rows("limits") if each["id"] == "metformin-us-rx-ir-type-2-diabetes"]
    for note, told in (
        ("the label says 25,500 mg", False),
        ("the label says 25.5 g", False),
        ("the label says 2,550 mg", True),
        ("the label says 25,500 units", True),
        ("25,500", True),
    ):
        data = with_cells(shipped, [(row, "amount", "25500"), (row, "note", note)])
        assert bool(list(d317_limit_pieces.check(data))) == told, note


def times(cell: str, factor: str) -> str:
    return canonical_number(format(Decimal(cell) * Decimal(factor), "f")) or ""


def slipped(row: Row, kind: str) -> tuple[str, str] | None:
    """Column and cell of a slip of one kind; ``None`` where the row has no place for it."""
    if kind == "country":
        return ("country", "KP") if row["country"] else None
    if kind == "unit":
        return ("unit", LARGER[row["unit"]]) if row["unit"] in LARGER else None
    if kind == "period":
        other = {"d": "wk", "wk": "d"}.get(row["period_unit"])
        return ("period_unit", other) if other else None
    return ("amount", times(row["amount"], kind)) if row["amount"] else None


@pytest.mark.parametrize(
    ("kind", "share"), [("10", 0.75), ("0.1", 0.7), ("unit", 0.85), ("period", 0.6), ("country", 0.99)]
)
def test_most_slips_of_all_limits_are_found_on_their_line(shipped: Dataset, kind: str, share: float) -> None:
    """Of a sample of all limits with a total, those from readers' sheets among them. What is missed is mostly a
    substance's only limit, and what is not swallowed.
    """
    rows = [row for row in shipped.rows("limits")[::9] if row["amount"] and slipped(row, kind)]
    told = 0
    for group in apart(rows, lambda row: row["substance"]):
        cells = [(row, *(slipped(row, kind) or ("", ""))) for row in group]
        data = with_cells(shipped, cells)
        lines = {
            each.locations[0].line for rule in RULES for each in rule.check(data) if "limits" in each.locations[0].path
        }
        told += sum(row.line in lines for row in group)
    assert told >= share * len(rows)


def overlay(directory: Path, *limits: str) -> Path:
    """A house's own maxima in GB, in full columns."""
    from doseref.tables.schema import LIMITS, SOURCES

    def table(name: str, header: tuple[str, ...], *rows: dict[str, str]) -> None:
        lines = [",".join(header), *(",".join(row.get(column, "") for column in header) for row in rows)]
        (directory / name).write_text("\n".join(lines) + "\n", encoding="utf-8")

    house = {"id": "house", "title": "House list", "kind": "guideline", "publisher": "House", "date": "2026-01-01"}
    table(SOURCES.file, SOURCES.header, {**house, "tier": "guideline", "verification": "verified", "country": "GB"})
    given = []
    for number, limit in enumerate(limits):
        substance, amount, unit, period, period_unit = limit.split()
        row = {"id": f"house-{number}", "substance": substance, "source": "house", "kind": "maximum", "route": "oral"}
        row |= {"country": "GB", "adult": "yes", "amount": amount, "unit": unit, "period": period}
        given.append({**row, "period_unit": period_unit, "verification": "verified"})
    table(LIMITS.file, LIMITS.header, *given)
    return directory


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        ("methotrexate 25 mg 1 d", ["D318"]),
        ("methotrexate 25 mg 1 wk", []),
        ("alendronate 70 mg 1 d", []),  # given daily too: what is a slip of the period is not seen
        ("ibuprofen 24000 mg 1 d", ["D314", "D317"]),
        ("ibuprofen 2400 mg 1 d", []),
    ],
)
def test_an_overlay_is_held_against_the_shipped_limits(tmp_path: Path, limit: str, told: list[str]) -> None:
    _, findings = check_overlay(overlay(tmp_path, limit), as_of=AS_OF)
    assert [each.code for each in findings if each.code in ("D314", "D317", "D318")] == told


@pytest.mark.parametrize("country", ["GB", "US"])
@pytest.mark.parametrize("limits", [("methotrexate 25 mg 1 d",), ("methotrexate 25 mg 1 d", "methotrexate 30 mg 1 d")])
def test_no_overlay_takes_the_alarm_about_a_weekly_drug_away(
    tmp_path: Path, limits: tuple[str, ...], country: str
) -> None:
    data = doseref.Reference(overlay=open_overlay(overlay(tmp_path, *limits)))  # past the validation, which refuses one
    codes = {each.code for each in doseref.check("methotrexate 20 mg daily", country=country, data=data).findings}
    assert "R107" in codes


def test_an_overlay_may_still_allow_what_the_shipped_tables_give_daily_too(tmp_path: Path) -> None:
    data = doseref.Reference(overlay=open_overlay(overlay(tmp_path, "alendronate 10 mg 1 d")))
    codes = {each.code for each in doseref.check("alendronate 10 mg daily", country="GB", data=data).findings}
    assert "R107" not in codes


def test_needless_quotation_marks_are_told_and_change_no_meaning(tmp_path: Path) -> None:
    from doseref.checks.dataset.overlay import demand_sound

    table = overlay(tmp_path, "ibuprofen 2400 mg 1 d") / "limits.csv"
    table.write_text(table.read_text("utf-8").replace(",2400,", ',"2400",'), "utf-8")
    sources = tmp_path / "sources.csv"
    sources.write_text(
        sources.read_text("utf-8").replace(
            ",House,2026-01-01,,,,", ",House,2026-01-01,2026-01-02,2099-01-01,intranet,"
        ),
        "utf-8",
    )
    _, findings = check_overlay(tmp_path, as_of=AS_OF)
    assert [(each.code, each.message) for each in findings] == [("D105", "needless quotation marks around '2400'")]
    demand_sound(tmp_path)
    judged = doseref.check("ibuprofen 800 mg four times daily", country="GB", data=tmp_path).regimens[0]
    assert Decimal(2400) in [each.amount for each in judged.totals[0].verdicts if each.limit.source == "house"]
