"""What FHIR says of a person beside the drugs: ``Patient`` (birth date, sex) and ``Observation`` (weight, creatinine,
eGFR).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_CODES = {
    "29463-7": "weight",
    "3141-9": "weight",
    "2160-0": "creatinine",
    "14682-9": "creatinine",
    "33914-3": "egfr",
    "48642-3": "egfr",
    "48643-1": "egfr",
    "62238-1": "egfr",
    "77147-7": "egfr",
    "88293-6": "egfr",
    "98979-8": "egfr",
    "82810-3": "pregnant",
    "30525-0": "age",
}
"""LOINC codes: body weight; creatinine in mg/dL and in umol/L; eGFR by its formulas; pregnancy status."""
_NAMES = {
    "egfr": ("egfr", "gfr", "estimated gfr", "estimated glomerular filtration rate", "glomerular filtration rate"),
    "creatinine": ("creatinine", "serum creatinine", "creatinine, serum", "plasma creatinine"),
    "weight": ("weight", "body weight"),
}
"""What an observation without a LOINC code is called where it can be nothing else, with a unit of its role."""
_UNITS = {
    "egfr": ("ml/min", "ml/min/1.73m2", "ml/min/1.73 m2", "ml/min/{1.73_m2}", "ml/min/1.73m²", "ml/min/1.73 m²"),
    "creatinine": ("mg/dl", "umol/l", "µmol/l", "μmol/l"),
    "weight": ("kg", "lb", "lbs", "[lb_av]"),
}
_FINAL = frozenset(("final", "amended", "corrected", "registered", "preliminary", ""))


def facts_of_patient(body: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """Birth date and sex of a ``Patient`` resource."""
    born, sex = body.get("birthDate"), body.get("gender")
    if isinstance(born, str) and born:
        yield "birth date", born
    if sex in ("male", "female"):
        yield "sex", str(sex)


def fact_of_observation(body: dict[str, Any]) -> tuple[str, str, str] | None:
    """Role, value and day of an ``Observation`` about the person; ``None`` for any other,
    and for one without a value.
    """
    codings = body.get("code", {}).get("coding") if isinstance(body.get("code"), dict) else None
    codes = [each.get("code") for each in codings if isinstance(each, dict)] if isinstance(codings, list) else []
    role = next((_CODES[code] for code in codes if code in _CODES), None) or _by_name(body)
    if own := _own_fact(codings, body):
        return own
    if role is None or str(body.get("status") or "") not in _FINAL:
        return None
    day = str(body.get("effectiveDateTime") or body.get("issued") or "")
    if role == "pregnant":
        value = body.get("valueCodeableConcept")
        words = value.get("text") or "" if isinstance(value, dict) else ""
        known = (
            [each.get("code") for each in value.get("coding") or [] if isinstance(each, dict)]
            if isinstance(value, dict)
            else []
        )
        return (
            (role, "yes", day)
            if "77386006" in known or "LA15173-0" in known or str(words).lower() == "pregnant"
            else None
        )
    quantity = body.get("valueQuantity")
    if not isinstance(quantity, dict) or quantity.get("value") is None:
        return None
    unit = str(quantity.get("code") or quantity.get("unit") or "")
    unit = {"[lb_av]": "lb", "mg/dL": "mg/dl"}.get(unit, unit if role != "egfr" else "")
    return role, f"{quantity['value']} {unit}".strip(), day


def _by_name(body: dict[str, Any]) -> str | None:
    """The role that an observation has by what it is called and its unit, where no LOINC code says it."""
    code, quantity = body.get("code"), body.get("valueQuantity")
    if not isinstance(code, dict) or not isinstance(quantity, dict):
        return None
    codings = code.get("coding")
    listed = [each for each in codings if isinstance(each, dict)] if isinstance(codings, list) else []
    called = {
        " ".join(str(name or "").lower().split()) for name in (code.get("text"), *(c.get("display") for c in listed))
    }
    units = {str(quantity.get(key) or "").lower() for key in ("code", "unit")}
    return next(
        (
            role
            for role, names in _NAMES.items()
            if units & set(_UNITS[role])
            and any(each == name or each.startswith((f"{name} (", f"{name}/")) for each in called for name in names)
        ),
        None,
    )


def _own_fact(codings: Any, body: dict[str, Any]) -> tuple[str, str, str] | None:
    """What ``check --format fhir`` writes of a person that LOINC has no code for here."""
    listed = [each for each in codings if isinstance(each, dict)] if isinstance(codings, list) else []
    own = {each.get("code") for each in listed if each.get("system") == "urn:doseref:person"}
    day = str(body.get("effectiveDateTime") or "")
    if "hepatic" in own and body.get("valueBoolean") is True:
        return "hepatic", "yes", day
    if "sex" in own and body.get("valueString") in ("male", "female"):
        return "sex", str(body["valueString"]), day
    return None


def latest(observed: Iterable[tuple[str, str, str]]) -> Iterable[tuple[str, str]]:
    """The newest value of each role."""
    newest: dict[str, tuple[str, str]] = {}
    for role, value, day in observed:
        if role not in newest or day >= newest[role][0]:
            newest[role] = (day, value)
    return [(role, value) for role, (_, value) in newest.items()]
