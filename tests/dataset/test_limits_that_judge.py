"""What every limit that may raise an error owes: a source near to whoever sets it, and a verdict on both sides of its figure."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

import doseref
from doseref.limits import Limit
from doseref.quantities import printed
from doseref.refdata import reference
from doseref.regimen.bench import Bench
from doseref.regimen.scope import informs, silent
from doseref.regimen.spans import widest
from doseref.regimen.taken import Taken
from doseref.tables import schema
from doseref.tables.load import data_directory

PRIMARY = ("label", "label-copy", "regulator", "guideline")
UNITS = {"mg": "mg", "g": "g", "ug": "mcg"}


def rows(name: str) -> list[dict[str, str]]:
    with (data_directory() / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_nine_of_ten_american_maxima_cite_a_label_an_authority_or_a_guideline() -> None:
    tiers = {row["id"]: row["tier"] for row in rows("sources")}
    american = [row for row in rows("limits") if row["country"] == "US" and row["kind"] == "maximum" and row["adult"]]
    judging = [row for row in american if tiers[row["source"]] not in schema.INFORMING_TIERS]
    near = [row for row in judging if tiers[row["source"]] in PRIMARY]
    assert len(judging) > 150 and len(near) >= 0.9 * len(judging)


def test_no_error_comes_from_a_page_that_only_restates() -> None:
    data = reference()
    for substance in data.limits:
        for limit in data.limits[substance]:
            source = data.sources[limit.source]
            if source.tier in schema.INFORMING_TIERS:
                assert informs(limit, data), limit.statement


def judging() -> list[Limit]:
    """The label that decides, for each substance, oral or not, release and unit: an American prescription bench."""
    data, bench, found = reference(), Bench(), []
    for substance in data.limits:
        asked = []
        for limit in data.limits[substance]:
            if limit.article or limit.products or limit.amount is None or limit.per is None or not limit.per.is_day:
                continue
            if limit.to_day is not None:
                continue  # a loading dose is no dose of every day
            taken = Taken(
                substance, frozenset((limit.route_kind,)), frozenset((limit.route,)), frozenset((limit.release,)), (),
                frozenset(), frozenset((limit.per.usual(),)),
            )  # fmt: skip
            if limit.unit in UNITS and not informs(limit, data) and not silent(limit, taken, bench, data):
                asked.append(limit)
        top = widest(asked)
        releases = {limit.release for limit in asked}
        if len(releases) == 1 and len({(limit.route, limit.unit) for limit in asked}) == 1:
            found += [limit for limit in asked if limit.statement in top and limit.route == "oral"][:1]
    return found


CASES = judging()


def verdicts(limit: Limit, factor: str) -> set[str]:
    """Codes of errors and warnings about the total that name this very limit's source."""
    data = reference()
    name = data.name_of(limit.substance)
    assert limit.amount is not None
    amount = printed(limit.amount * Decimal(factor)).replace(",", "")
    release = f" {limit.release}" if limit.release in ("ER", "DR") else ""
    (regimen,) = doseref.check([f"{name}{release} {amount} {UNITS[limit.unit]} by mouth daily"]).regimens
    return {finding.code for finding in regimen.findings if limit.source in finding.sources and finding.code == "R101"}


@pytest.mark.parametrize("limit", CASES, ids=lambda limit: limit.statement)
def test_a_maximum_is_within_and_a_quarter_more_is_over(limit: Limit) -> None:
    assert verdicts(limit, "1") == set()
    assert verdicts(limit, "1.25") == {"R101"}
    assert verdicts(limit, "1.5") == {"R101"}


def test_enough_limits_are_tried() -> None:
    assert len(CASES) >= 70
