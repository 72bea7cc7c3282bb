"""What is prescribed and bought most has a limit of a label or an authority for the route it is taken by, or a row that says why there is none.

A row of any kind counts: a maximum, or the reason why none is stated (``titrated``, ``usual-top``, ``schedule-only`` …).
What has none is named in ``everyday_limits.tsv`` with what is known instead; the table can only shrink. The list lies
beside the checkout (``../shared/reference/everyday.csv``); without it the test is skipped.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import doseref

HERE = Path(__file__).parent
LIST = HERE.parents[2] / "shared" / "reference" / "everyday.csv"
TABLE = HERE / "everyday_limits.tsv"
PRIMARY = ("label", "label-copy", "regulator")
STALE = 5
"""Lines of the table that may have been mended elsewhere before somebody takes them out."""


def without(name: str, sig: str) -> list[str]:
    """The substances of one row of the list that no label and no authority speaks of by its route."""
    data = doseref.reference()
    (item,) = doseref.check([f"{name} {sig}"]).regimens[0].items
    kinds = {exposure.substance: exposure.route for exposure in item.exposures}
    product = item.product.id if item.product else ""
    spoken = {
        each
        for each in item.substances
        for limit in data.limits.get(each, ())
        if data.sources[limit.source].tier in PRIMARY
        and (not limit.route or limit.route_kind == kinds.get(each, limit.route_kind))
    }
    own = any(
        product in limit.products and data.sources[limit.source].tier in PRIMARY
        for each in item.substances
        for limit in data.limits.get(each, ())
    )
    capped = item.product is not None and item.product.max_count is not None
    return [] if own or capped else [data.name_of(each) for each in item.substances if each not in spoken]


def test_what_has_none_is_named_and_can_only_shrink() -> None:
    if not LIST.is_file():
        pytest.skip("the list of everyday medicines is not beside the checkout")
    with LIST.open(encoding="utf-8", newline="") as lines:
        lacking = {
            (row["name"], each) for row in csv.DictReader(lines) for each in without(row["name"], row["usual_sig"])
        }
    with TABLE.open(encoding="utf-8", newline="") as lines:
        named = {(row["name"], row["substance"]) for row in csv.DictReader(lines, delimiter="\t")}
    assert lacking - named == set(), "no limit of a label or an authority, and no reason"
    assert len(named - lacking) <= STALE, f"take these lines out of everyday_limits.tsv: {sorted(named - lacking)}"
