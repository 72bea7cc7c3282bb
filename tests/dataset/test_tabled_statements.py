"""Rows of the dose tables become typed statements once, and limits are derived from those."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import doseref
from doseref.limits import article_limits
from doseref.quantities import DAY, Amount, Period, Range
from doseref.tables.dosing import TabledStatement, statement
from doseref.tables.schema import DRUGS

D = Decimal


def tabled(*rows: dict[str, str]) -> TabledStatement:
    blank = dict.fromkeys(DRUGS.header, "")
    shared = {"id": "s/drug/01", "source": "s", "line": "7", "name": "Some", "substance": "some", "phase": "1"}
    return statement([{**blank, **shared, "computable": "yes", "dosage": "as tabled", **row} for row in rows])


def test_cells_become_quantities_with_their_units() -> None:
    made = tabled(
        {
            "dose_low": "325", "dose_high": "650", "dose_unit": "mg", "every_low": "4", "every_high": "6", "every_unit": "h",
            "maximum": "3000", "maximum_unit": "mg", "maximum_period": "1", "maximum_period_unit": "d",
            "timing": "with-food; prn", "prn": "yes", "to_day": "5",
        }
    )  # fmt: skip
    (dose,) = made.doses
    assert (made.line, made.computable, made.timing) == (7, True, ("with-food", "prn"))
    assert dose.dose == Range(D(325), D(650), "mg")
    assert dose.every == Range(D(4), D(6), "h")
    assert (dose.maximum, dose.maximum_per) == (Amount(D(3000), "mg"), DAY)
    assert (dose.count, dose.target, dose.longest, dose.daily, dose.times) == (None, None, None, None, None)
    assert (dose.prn, dose.per_day, dose.to_day) == (True, False, 5)
    assert (dose.interval_hours, dose.most_per_day) == (D(4), D(6))


def test_an_interval_of_five_hours_has_five_doses_in_a_day() -> None:
    (dose,) = tabled({"dose_low": "1", "dose_high": "1", "dose_unit": "mg", "every_low": "5", "every_unit": "h"}).doses
    assert dose.most_per_day == 5  # 24 / 5 is 4.8: a fifth dose begins within 24 hours


def test_a_statement_without_a_maximum_is_bounded_by_dose_times_frequency() -> None:
    made = tabled(
        {
            "dose_low": "25", "dose_high": "50", "dose_unit": "mg", "times_low": "2", "times_high": "3", "times_period": "1",
            "times_unit": "wk", "longest_low": "2", "longest_high": "3", "longest_unit": "mo",
        }
    )  # fmt: skip
    (limit,) = article_limits((made,), "some", set())
    assert (limit.basis, limit.amount, limit.unit, limit.per) == ("range", D(150), "mg", Period(D(1), "wk"))
    assert (limit.single, limit.single_unit, limit.doses, limit.interval_hours) == (D(50), "mg", None, None)
    assert (limit.longest_low, limit.longest, limit.longest_unit) == (D(2), D(3), "mo")


def test_the_first_days_of_a_course_have_a_limit_of_their_own() -> None:
    own = {"dose_unit": "mg", "daily_unit": "mg", "dose_low": "500", "dose_high": "500"}
    made = tabled(
        {**own, "daily_low": "1000", "daily_high": "1000", "from_day": "1", "to_day": "2"},
        {**own, "phase": "2", "daily_low": "500", "daily_high": "500", "from_day": "3"},
    )
    found = [(limit.amount, limit.from_day, limit.to_day) for limit in article_limits((made,), "some", set())]
    assert found == [(D(1000), 1, 2), (D(500), 3, None)]


def test_a_combination_bounds_by_range_only_what_has_no_statement_of_its_own() -> None:
    row = {
        "daily_low": "30",
        "daily_high": "60",
        "daily_unit": "mg",
        "dose_unit": "mg",
        "dose_low": "30",
        "dose_high": "60",
    }
    made = tabled(row, {**row, "substance": "other"})
    assert made.substances == ("some", "other")
    assert [each.amount for each in article_limits((made,), "other", {("s", "some")})] == [D(60)]
    assert list(article_limits((made,), "some", {("s", "some")})) == []


def test_nothing_behind_the_reader_takes_a_raw_row_of_the_dose_tables() -> None:
    source = Path(doseref.__file__).parent
    tables = re.compile(r"\b(?:DRUGS|SUPPLEMENTS)\b")
    beyond = [
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if tables.search(path.read_text(encoding="utf-8")) and "checks/dataset" not in path.as_posix()
    ]
    # The schema itself, the reference that reads the tables, and the report that writes their rows from articles.
    assert sorted(beyond) == [
        "refdata.py",
        "reports/extract.py",
        "tables/schema/__init__.py",
        "tables/schema/statements.py",
    ]
