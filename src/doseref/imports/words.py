"""The words of label files for units, forms and routes, in the words of the tables.
What is not here is told, never guessed.
"""

from __future__ import annotations

UNITS = {
    "mg": "mg",
    "g": "g",
    "ug": "ug",
    "mcg": "ug",
    "ng": "ng",
    "kg": "kg",
    "mL": "mL",
    "L": "L",
    "uL": "uL",
    "[iU]": "[IU]",
    "[IU]": "[IU]",
    "meq": "meq",
    "mmol": "mmol",
}
"""UCUM codes of strengths; ``[iU]`` is UCUM's international unit. Potency units of single vaccines and allergens are
not convertible.
"""

COUNTED = (
    ("TABLET", "{tablet}"),
    ("CAPSULE", "{capsule}"),
    ("PATCH", "{patch}"),
    ("FILM, EXTENDED RELEASE", "{patch}"),
    ("SUPPOSITORY", "{suppository}"),
    ("LOZENGE", "{lozenge}"),
    ("TROCHE", "{lozenge}"),
    ("FILM, SOLUBLE", "{film}"),
    ("FILM", "{film}"),
    ("SPRAY", "{spray}"),
    ("AEROSOL", "{puff}"),
    ("PELLET, IMPLANTABLE", "{implant}"),
    ("IMPLANT", "{implant}"),
    ("INSERT", "{pessary}"),
    ("ENEMA", "{enema}"),
    ("PILL", "{pill}"),
    ("BAR, CHEWABLE", "{piece}"),
    ("GUM", "{piece}"),
)
"""How a form begins → the unit that ``1`` of it is counted in. An injection or a powder per ``1`` may be a vial,
a syringe or a packet: it is not here.
"""

ROUTES = {
    route.upper(): route
    for route in (
        "oral sublingual buccal intravenous intramuscular subcutaneous topical transdermal rectal vaginal nasal "
        "ophthalmic epidural intradiscal intra-articular perineural intrathecal intradermal percutaneous enteral"
    ).split()
} | {
    "CUTANEOUS": "topical",
    "RESPIRATORY (INHALATION)": "inhalation",
    "ORAL; INHALATION": "inhalation",
    "INTRANASAL": "nasal",
    "AURICULAR (OTIC)": "otic",
    "PARENTERAL": "injection",
}


def counted(form: str) -> str:
    """The unit in which one of this form is counted; empty where the form does not tell."""
    return next((unit for begin, unit in COUNTED if form.upper().startswith(begin)), "")


def release(form: str) -> str:
    """The release code that a form names, empty for the rest."""
    words = form.upper()
    if "EXTENDED RELEASE" in words:
        return "ER"
    if "ENTERIC COATED" in words:
        return "EC"
    return "DR" if "DELAYED RELEASE" in words else ""
