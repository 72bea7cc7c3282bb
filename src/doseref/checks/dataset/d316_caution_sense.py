"""D316 caution-sense (error)

What. A caution names substances or classes that stand in their tables, says of whom it is (pregnancy, age, kidneys,
weight), has a unit where it has an amount and an amount where its basis is a dose; and only a source that may judge
raises a warning or error.

Why. A caution about nobody is heard by everybody, and one about a class that is not there by nobody.

Passes:
    about ras-blocker, pregnant yes

Fires:
    about ras-blokker, pregnant yes
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.dataset.data import Dataset, Rule, number, shown
from doseref.findings import Finding
from doseref.tables.schema import INFORMING_TIERS

RULE = Rule("D316", "caution-sense")

_WHOM = (
    "given",
    "told",
    "pregnant",
    "hepatic",
    "age_low_years",
    "age_high_years",
    "egfr_below",
    "weight_to_kg",
    "creatinine_from",
)


def check(data: Dataset) -> Iterator[Finding]:
    """Cautions about unknown things or nobody, without a unit or amount, or by a source that only informs."""
    known = data.ids("substances") | data.ids("classes")
    tiers = {row["id"]: row["tier"] for row in data.rows("sources")}
    for row in data.rows("cautions"):
        for name in row["about"].replace("!", "/").split("/"):
            if name not in known:
                yield RULE.at(
                    row, "about", f"{shown(name)} is neither a substance nor a class", "correct the id, or add the row"
                )
        if not any(row[column] for column in _WHOM) and not row["unit"].endswith("/kg"):
            yield RULE.at(
                row,
                "pregnant",
                "it does not say of whom it is",
                "fill in pregnancy, liver disease, age or kidney function, how it is given, or what the list says",
            )
        amounts = [column for column in ("single_above", "day_above") if row[column]]
        if bool(amounts) != bool(row["unit"]):
            yield RULE.at(row, "unit", "an amount without a unit, or a unit without an amount", "fill in both")
        if row["basis"] == "dose" and not amounts:
            yield RULE.at(row, "basis", "a dose without an amount", "fill in the amount, or choose another basis")
        low, high = number(row, "age_low_years"), number(row, "age_high_years")
        if low is not None and high is not None and low >= high:
            yield RULE.at(row, "age_high_years", f"nobody is from {low} and below {high} years", "correct the ages")
        if row["severity"] != "info" and tiers.get(row["source"]) in INFORMING_TIERS:
            yield RULE.at(
                row,
                "severity",
                f"a source of the tier {tiers[row['source']]} raises a {row['severity']}",
                "cite a label, regulator or guideline, or set info",
            )
