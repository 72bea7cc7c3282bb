"""Labels that state no maximum inform: above all that they give, a line of information and nothing more."""

from __future__ import annotations

import pytest

import doseref
from doseref.findings import Severity


def told(*items: str, **options: object) -> list[str]:
    found = [finding for finding in doseref.check(list(items), **options).findings if finding.code == "R110"]
    assert all(finding.severity is Severity.INFO for finding in found)
    return [finding.message for finding in found]


def test_above_what_the_label_recommends_at_most() -> None:
    """Terazosin: the label recommends no more than 20 mg."""
    (message,) = told("terazosin 25 mg once daily")
    assert message.startswith("terazosin, 25 mg in 24 hours, is above what the label recommends at most, 20 mg: ")
    assert told("terazosin 20 mg once daily") == []


def test_above_the_usual_range() -> None:
    """Methocarbamol: about 4 g a day (4.5 g by its tablets) after the first 72 hours, whatever the first days allow."""
    (message,) = told("methocarbamol 1.5 g four times daily")
    assert message.startswith("methocarbamol, 6,000 mg in 24 hours, is above the usual range of the label, 4,500 mg: ")
    assert told("methocarbamol 1.5 g three times daily") == []
    assert told("methocarbamol 2 g four times daily for 3 days") == []


def test_may_be_above() -> None:
    (message,) = told("lisinopril 40 mg every 8 to 12 hours")
    assert message.startswith(
        "lisinopril, 80 to 120 mg in 24 hours, may be above what the label recommends at most, 80 mg"
    )


@pytest.mark.parametrize(
    "item",
    [
        "ibuprofen 800 mg four times daily",  # a stated maximum judges; other indications' usual doses are no news
        "ibuprofen 800 mg five times daily",  # above it R101 tells
        "apixaban 10 mg twice daily for 7 days",  # the first week of a thrombosis
        "prednisone 80 mg once daily",  # the top of an initial range is no end of it
        "levothyroxine 200 mcg once daily",  # titrated; above it the label seldom needs more
        "omeprazole 40 mg twice daily",  # 360 mg in hypersecretion
    ],
)
def test_nothing_to_tell(item: str) -> None:
    assert told(item) == []
