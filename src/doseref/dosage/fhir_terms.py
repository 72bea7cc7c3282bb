"""The names that :mod:`doseref.dosage.fhir` writes and :mod:`doseref.dosage.fhir_read` reads.

What FHIR ``Dosage`` has no place for is an extension whose url is :data:`BASE` + one of the names
documented in ``docs/fhir.md``. They are URNs on purpose: they name a meaning, not a page on a server.
"""

from __future__ import annotations

BASE = "urn:doseref:fhir:"
"""Prefix of every extension url of this project."""

UCUM = "http://unitsofmeasure.org"
"""System of every unit code (FHIR R5, Quantity: UCUM)."""

GTS = "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation"
"""System of the timing abbreviations in ``Timing.code`` (FHIR R5, Timing)."""

# HL7 v3 GTSAbbreviation, as listed in FHIR's "timing-abbreviation" value set:
# code -> (how many times, in how many, of which unit, event-timing code).
TIMING_CODES: dict[str, tuple[int, int, str, str]] = {
    "QD": (1, 1, "d", ""),
    "BID": (2, 1, "d", ""),
    "TID": (3, 1, "d", ""),
    "QID": (4, 1, "d", ""),
    "QOD": (1, 2, "d", ""),
    "AM": (0, 0, "", "MORN"),
    "PM": (0, 0, "", "AFT"),
    "BED": (0, 0, "", "HS"),
    "WK": (1, 1, "wk", ""),
    "MO": (1, 1, "mo", ""),
    "Q1H": (1, 1, "h", ""),
    "Q2H": (1, 2, "h", ""),
    "Q3H": (1, 3, "h", ""),
    "Q4H": (1, 4, "h", ""),
    "Q6H": (1, 6, "h", ""),
    "Q8H": (1, 8, "h", ""),
}

WHEN_SYNONYMS: dict[str, str] = {
    "MORN.early": "MORN",
    "MORN.late": "MORN",
    "AFT.early": "AFT",
    "AFT.late": "AFT",
    "EVE.early": "EVE",
    "EVE.late": "EVE",
}
"""FHIR's finer parts of a day -> the part that the model knows."""

# SNOMED CT codes of FHIR's value set "SNOMED CT Route Codes", and the HL7 v3 RouteOfAdministration
# abbreviations; the words beside them are those of `doseref.dosage.model.ROUTES`.
ROUTE_CODES: dict[str, str] = {
    "26643006": "oral",
    "37839007": "sublingual",
    "54471007": "buccal",
    "47625008": "intravenous",
    "78421000": "intramuscular",
    "34206005": "subcutaneous",
    "6064005": "topical",
    "45890007": "transdermal",
    "37161004": "rectal",
    "16857009": "vaginal",
    "46713006": "nasal",
    "54485002": "ophthalmic",
    "10547007": "otic",
    "404820008": "epidural",
    "12130007": "intra-articular",
    "72607000": "intrathecal",
    "PO": "oral",
    "SL": "sublingual",
    "BUC": "buccal",
    "IV": "intravenous",
    "IM": "intramuscular",
    "SQ": "subcutaneous",
    "SC": "subcutaneous",
    "TOPICAL": "topical",
    "TRNSDERM": "transdermal",
    "PR": "rectal",
}

ROUTE_WORDS: dict[str, str] = {
    "by mouth": "oral",
    "orally": "oral",
    "po": "oral",
    "per os": "oral",
    "iv": "intravenous",
    "im": "intramuscular",
    "sc": "subcutaneous",
    "subcut": "subcutaneous",
    "cutaneous": "topical",
    "intranasal": "nasal",
    "ocular": "ophthalmic",
    "respiratory tract": "inhalation",
    "inhaled": "inhalation",
    "per rectum": "rectal",
    "per vagina": "vaginal",
}
"""What other systems write in ``route.text`` or ``display`` -> the model's word."""

UCUM_SYNONYMS: dict[str, str] = {
    "[iU]": "[IU]",
    "l": "L",
    "ml": "mL",
    "cc": "mL",
    "[drp]": "{drop}",
    "[cfu]": "[CFU]",
    "{tbl}": "{tablet}",
    "{tab}": "{tablet}",
    "{cap}": "{capsule}",
    "{inhalation}": "{puff}",
    "{actuation}": "{puff}",
}
"""Other UCUM spellings of a code of :data:`doseref.units.UNITS`."""


def is_count(unit: str) -> bool:
    """Whether a unit code counts things (``{tablet}``) rather than measures; cells are an amount of substance."""
    return unit.startswith("{") and unit != "{cells}"
