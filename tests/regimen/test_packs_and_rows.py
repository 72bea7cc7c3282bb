"""What comes in the pack is no dose, and a row of doses belongs to the row of its times: totals of whole lines, by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

import doseref

NOTHING: dict[str, tuple[object, object, str]] = {}
TOTALS = [
    ("CLOBETASOL 0.05% OINT 60GM APPLY THIN LAYER TO AFFECTED AREA BID PRN", NOTHING),
    ("Hydrocortisone 1% 15g bd", NOTHING),
    ("Nystatin 100,000 units/g cream 30 g apply bid", NOTHING),
    ("Ketoconazole 2% shampoo 120 ml use twice weekly", NOTHING),
    ("Timolol 0.5% 10ML instill BID", NOTHING),
    ("Latanoprost 0.005% 2.5 mL 1 gtt OU qhs", NOTHING),
    ("Diclofenac 1% gel 100 g apply 4 g to knee qid", {"diclofenac": (160, 160, "mg")}),
    ("AndroGel 1% 5 g daily", {"testosterone": (50, 50, "mg")}),
    ("AndroGel 1% 5 g packet apply 1 packet daily", {"testosterone": (50, 50, "mg")}),
    ("Testosterone 1.62% gel 40.5 mg daily", {"testosterone": (Decimal("40.5"), Decimal("40.5"), "mg")}),
    ("ALBUTEROL 90MCG HFA 8.5GM 2 PUFFS Q4H PRN", {"albuterol": (0, Decimal("1.08"), "mg")}),
    ("Symbicort 160/4.5 10.2 g 2 puffs bid", {"budesonide": (640, 640, "ug"), "formoterol": (18, 18, "ug")}),
    ("Phenytoin 125 mg/5 mL 237 mL 4 mL tid", {"phenytoin": (300, 300, "mg")}),
    ("Lantus 10 ml 20 units hs", {"insulin glargine": (20, 20, "[IU]")}),
    ("gabapentin 300-300-600 mg (am-noon-hs)", {"gabapentin": (1200, 1200, "mg")}),
    ("Novolog 10-10-12 units TID AC", {"insulin aspart": (32, 32, "[IU]")}),
    ("Nitroglycerin 0.4 mg/hr patch on 8 am off 8 pm", {"nitroglycerin": (Decimal("4.8"), Decimal("4.8"), "mg")}),
    ("Nitroglycerin 0.2 mg/h, 1 patch, 14 h on 10 h off", {"nitroglycerin": (Decimal("2.8"), Decimal("2.8"), "mg")}),
]


@pytest.mark.parametrize(("line", "totals"), TOTALS, ids=[line for line, _ in TOTALS])
def test_totals(line: str, totals: dict[str, tuple[object, object, str]]) -> None:
    (regimen,) = doseref.check([line]).regimens
    assert [item.status for item in regimen.items] == ["read"]
    data = doseref.reference()
    assert {
        data.name_of(each.substance): (each.amount.low, each.amount.high, each.amount.unit) for each in regimen.totals
    } == totals


@pytest.mark.parametrize(
    "line",
    [
        "Clobetasol 0.05% oint apply 60 g bid",
        "Lidocaine 4% cream 5 g apply tid",
        "Hydrocortisone 1% cream 500 mg bid",
        "gabapentin 300-300-600 mg bid",
        "Lamotrigine 100-200 mg (am-pm)",
    ],
)
def test_what_could_be_either_gives_no_figure(line: str) -> None:
    (regimen,) = doseref.check([line]).regimens
    assert not regimen.totals
    assert {finding.code for finding in regimen.findings} & {"R403", "R404", "R409"}
