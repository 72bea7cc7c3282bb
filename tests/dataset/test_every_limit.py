"""Every maximum of a label or an authority, on both sides of its figure: itself none, 1.25 and 1.5 times it R101.

Each limit is asked alone (``--source``), on a bench of its own country, status and age. What cannot be written as "so much a day
by a route" (per kilogram, patches, weeks, one strength, days of a course, other people) is left to tests of its own.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

import doseref
from doseref.limits import Limit
from doseref.quantities import printed
from doseref.refdata import reference
from doseref.regimen.scope import informs

UNITS = {"mg": "mg", "g": "g", "ug": "mcg", "[IU]": "units"}
ROUTES = {
    "oral": "by mouth", "": "by mouth", "subcutaneous": "subcutaneously", "intramuscular": "intramuscularly", "intravenous": "intravenously",
    "sublingual": "sublingually", "nasal": "in the nose", "inhalation": "inhaled", "rectal": "rectally",
}  # fmt: skip


def plain(limit: Limit) -> bool:
    """Whether a limit is one of so much a day by a route, for ordinary adults, of any strength and on all days."""
    if limit.article or informs(limit, reference()) or limit.amount is None or limit.per is None or limit.products:
        return False
    usual = limit.per.is_day and limit.unit in UNITS and limit.route in ROUTES and limit.adult and not limit.special
    return bool(usual and not limit.superseded and not limit.strengths and limit.to_day is None and limit.from_day == 1)


LIMITS = [limit for substance in reference().limits for limit in reference().limits[substance] if plain(limit)]


def judged(limit: Limit, factor: str) -> tuple[str, set[str]]:
    """The verdict of the limit on ``factor`` times its amount a day, and the codes of errors."""
    assert limit.amount is not None
    name = limit.salt or reference().name_of(limit.substance)
    release = f" {limit.release}" if limit.release in ("ER", "DR") else ""
    amount = printed(limit.amount * Decimal(factor)).replace(",", "")
    age = {"age": limit.age_low_years} if limit.age_low_years is not None and limit.age_low_years > 18 else {}
    (regimen,) = doseref.check(
        [f"{name}{release} {amount} {UNITS[limit.unit]} {ROUTES[limit.route]} daily"],
        policy=limit.source, country=limit.country or "US", otc=limit.status == "otc", **age,
    ).regimens  # fmt: skip
    found = [v for total in regimen.totals for v in total.verdicts if v.limit.statement == limit.statement]
    (verdict,) = found
    lower = any(
        other.judges and other.judgement == "over" and other.limit.statement != limit.statement
        for total in regimen.totals
        for other in total.verdicts
    )
    codes = {finding.code for finding in regimen.findings if finding.code == "R101"}
    return verdict.judgement, set() if lower and factor == "1" else codes


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.statement)
def test_a_maximum_is_within_and_a_quarter_more_is_over(limit: Limit) -> None:
    assert judged(limit, "1") == ("within", set())
    assert judged(limit, "1.25") == ("over", {"R101"})
    assert judged(limit, "1.5") == ("over", {"R101"})


def test_they_are_many() -> None:
    assert len(LIMITS) >= 340
