"""Products of one ingredient that are labelled with their strength ("Lasix 40 mg"): the strength stays a dose or a strength."""

from __future__ import annotations

import pytest

import doseref
from doseref.names import names
from doseref.refdata import Reference
from overlay.tables import NAMES, PRODUCTS, SOURCES, put

HOUSE = {
    "id": "house", "title": "House formulary", "kind": "guideline", "date": "2026-01-01", "retrieved": "2026-01-02",
    "review_by": "2099-01-01", "where": "formulary.pdf", "verification": "verified", "tier": "guideline", "country": "US",
}  # fmt: skip


def product(brand: str, substance: str, amount: str, per_unit: str = "{tablet}", label: str = "") -> dict[str, str]:
    """One row of a product of one ingredient, labelled with its strength."""
    return {
        "id": f"{brand.lower()}-{amount.replace('.', '-')}", "name": brand, "label": label or f"{brand} {amount} mg", "substance": substance,
        "as_named": substance, "position": "1", "strength": amount, "unit": "mg", "per": "1", "per_unit": per_unit,
        "form": "tablet", "route": "oral", "status": "rx", "market": "US", "source": "house", "verification": "verified",
    }  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """The shipped tables with Lasix (a name of furosemide), Zorblax (a brand of it by its products only)."""
    house = put(tmp_path_factory.mktemp("own"), SOURCES, HOUSE)
    put(
        house, PRODUCTS,
        *(product("Lasix", "furosemide", amount) for amount in ("20", "40", "80")),
        product("Flomaxx", "tamsulosin", "0.4"),
        *(product("Zorblax", "furosemide", amount, label=f"Zorblax {amount}") for amount in ("20", "40")),
    )  # fmt: skip
    put(house, NAMES, {"name": "Flomaxx", "substance": "tamsulosin", "kind": "brand", "source": "house"})
    return doseref.reference(house)


@pytest.mark.parametrize(
    ("item", "substance", "low", "high"),
    [
        ("Lasix 40 mg daily", "furosemide", 40, 40),
        ("Lasix 40 mg 2 tablets daily", "furosemide", 80, 80),
        ("Lasix 40mg tablets: 1/2 tablet twice daily", "furosemide", 40, 40),
        ("Lasix 40 mg tablets, take 60 mg daily", "furosemide", 60, 60),
        ("Lasix 60 mg daily", "furosemide", 60, 60),  # no such tablet, and a dose like any other
        ("Lasix 40 mg - 80 mg daily", "furosemide", 40, 80),
        ("Lasix 40-80 mg daily", "furosemide", 40, 80),
        ("furosemide (Lasix) 40 mg daily", "furosemide", 40, 40),
        ("Lasix (furosemide) 40 mg 2 tablets daily", "furosemide", 80, 80),
        ("Flomaxx 0.4 mg 2 capsules daily", "tamsulosin", 0.8, 0.8),
        ("Flomaxx 0.4 mg daily", "tamsulosin", 0.4, 0.4),
        ("Zorblax 40 mg twice daily", "furosemide", 80, 80),
        ("Zorblax 40 mg 2 tablets twice daily", "furosemide", 160, 160),
        ("Zorblax 60 mg twice daily", "furosemide", 120, 120),
        ("Zorblax 40 twice daily", "furosemide", 80, 80),  # the label without a unit: one of it each time
    ],
)
def test_the_strength_in_a_label_is_not_swallowed(
    data: Reference, item: str, substance: str, low: float, high: float
) -> None:
    (regimen,) = doseref.check([item], data=data).to_json()["regimens"]
    assert regimen["items"][0]["status"] == "read"
    (total,) = regimen["totals"]
    assert (total["substance"], total["low"], total["high"], total["unit"]) == (substance, low, high, "mg")


@pytest.mark.parametrize("item", ["Lasix 2 tablets daily", "Zorblax 2 tablets daily", "Zorblax 30 mg 2 tablets daily"])
def test_tablets_without_a_known_strength_are_not_counted(data: Reference, item: str) -> None:
    (regimen,) = doseref.check([item], data=data).to_json()["regimens"]
    assert regimen["totals"] == []
    assert any(each["severity"] == "warning" for each in regimen["findings"])


def test_the_label_itself_is_still_found(data: Reference) -> None:
    entry = names(data).lookup("Lasix 40 mg")
    assert entry is not None
    assert [each.label for each in entry.products] == ["Lasix 40 mg"]
