"""The usual instruction of what is prescribed and bought most: known, read, judged or not with a reason, nothing above information.

The list lies beside the checkout (``../shared/reference/everyday.csv``); without it the test is skipped. What fails is named in
``everyday_alarms.tsv`` with what is told of it and why that is right (the usual instruction of the list is above the product's own label or above
the articles, or it does not say which product is meant); what fails and is not named there breaks the test, and lines that no longer fail must go,
so that the table can only shrink.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

import doseref
from doseref.findings import Severity

HERE = Path(__file__).parent
LIST = HERE.parents[2] / "shared" / "reference" / "everyday.csv"
TABLE = HERE / "everyday_alarms.tsv"
STALE = 5
"""Lines of the table that may have been mended elsewhere before somebody takes them out."""


UNREAD = ("R401", "R402", "R403", "R404")
"""What an item that is not read is told by, as a warning or for information."""


def options_of(group: str) -> dict[str, Any]:
    """By whose labels a group of the list is judged."""
    return {"country": "GB"} if group == "uk" else {"otc": group == "us-otc"}


def found(name: str, sig: str, group: str) -> str:
    """What is amiss with one row of the list; empty where nothing is."""
    (regimen,) = doseref.check([f"{name} {sig}"], **options_of(group)).regimens
    (item,) = regimen.items
    if not item.substances:
        return "unknown"
    told = {f.code for f in regimen.findings if f.severity >= Severity.WARNING or f.code in UNREAD}
    if told:
        return " ".join(sorted(told))
    if item.status != "read":
        return "not read"
    judged = any(total.judged for total in regimen.totals) or regimen.loads
    reasons = regimen.not_assessed or all(total.reason for total in regimen.totals)
    return "" if judged or reasons else "neither judged nor a reason"


def test_what_fails_is_named_and_can_only_shrink() -> None:
    if not LIST.is_file():
        pytest.skip("the list of everyday medicines is not beside the checkout")
    with LIST.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 381
    failing = {
        (row["name"], row["usual_sig"]): amiss
        for row in rows
        if (amiss := found(row["name"], row["usual_sig"], row["group"]))
    }
    with TABLE.open(encoding="utf-8", newline="") as lines:
        named = {(row["name"], row["sig"]): row["amiss"] for row in csv.DictReader(lines, delimiter="\t")}
    worse = {key: amiss for key, amiss in failing.items() if not set(amiss.split()) <= set(named.get(key, "").split())}
    assert worse == {}, "new alarms: mend them"
    mended = [key for key in named if key not in failing]
    assert len(mended) <= STALE, f"mended: take these lines out of everyday_alarms.tsv: {mended}"


def test_what_is_asked_as_information_is_no_alarm() -> None:
    """Of the lines of the table those that do not say which product is meant raise no warning: 12 of 33 are no alarms."""
    if not LIST.is_file():
        pytest.skip("the list of everyday medicines is not beside the checkout")
    with LIST.open(encoding="utf-8", newline="") as lines:
        groups = {(row["name"], row["usual_sig"]): row["group"] for row in csv.DictReader(lines)}
    with TABLE.open(encoding="utf-8", newline="") as lines:
        asked = [row for row in csv.DictReader(lines, delimiter="\t") if "as information" in row["why"]]
    loud = [
        row["name"]
        for row in asked
        for options in [options_of(groups[row["name"], row["sig"]])]
        if any(f.severity > Severity.INFO for f in doseref.check([f"{row['name']} {row['sig']}"], **options).findings)
    ]
    assert (loud, len(asked)) == ([], 12)
