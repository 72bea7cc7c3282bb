"""Who takes it: age, weight, sex, kidneys, liver and pregnancy, as options, columns and FHIR resources say them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from doseref.errors import UsageError
from doseref.limits import Limit
from doseref.patterns import regex
from doseref.quantities import json_number
from doseref.records import Kept, record, replace

ADULT_AGE_YEARS = 18
LEAST_ADULT_KG = 40
"""From it on the label of amoxicillin (healthgrades copy) doses as for adults, below it by weight. A lighter person of
whom no age is known is taken for a child: limits for adults would call 500 mg of acetaminophen at 12 kg fine.
"""
NORMAL_EGFR = Decimal(60)
"""eGFR in mL/min/1.73 m² below which the articles' 'normal renal function' does not hold."""
UMOL_PER_MG_DL = Decimal("88.4")
"""Micromoles per litre of creatinine in 1 mg/dL (molar mass 113.12 g/mol)."""
KG_PER_POUND = Decimal("0.45359237")
FACTS: dict[str, str] = {
    "age": "age|age years|age yrs|patient age|age in years",
    "birth date": "birth date|birthdate|date of birth|dob|born",
    "weight": "weight|weight kg|body weight|wt|wt kg|patient weight",
    "sex": "sex|gender|patient sex",
    "egfr": "egfr|gfr|egfr ml min|estimated gfr",
    "creatinine": "creatinine|serum creatinine|scr|cr|creatinine mg dl",
    "pregnant": "pregnant|pregnancy|is pregnant",
    "hepatic": "hepatic|liver disease|hepatic impairment|liver impairment",
}
"""Role → how its column is headed."""

_NUMBER = regex(r"\s*(?:[<>~≈]\s*)?([0-9]+(?:\.[0-9]+)?)\s*([a-zµμ/²0-9.]*)\s*", re.I)
_YES = frozenset(("yes", "y", "true", "1", "x", "pregnant", "positive"))
_NO = frozenset(("", "no", "n", "false", "0", "-", "none", "not pregnant", "negative"))


_SEXES = {"m": "male", "male": "male", "man": "male", "f": "female", "female": "female", "woman": "female"}


@record
class Renal:
    """Creatinine clearance in mL/min by Cockcroft and Gault (Nephron 1976;16:31-41), with its working."""

    value: Decimal
    working: str


def cockcroft_gault(age_years: Decimal, weight_kg: Decimal, creatinine_mg_dl: Decimal, female: bool) -> Renal:
    """(140 - age) × weight / (72 × creatinine), × 0.85 for women; rounded to whole mL/min."""
    value = (140 - age_years) * weight_kg / (72 * creatinine_mg_dl)
    words = f"(140 − {age_years:f}) × {weight_kg:f} kg / (72 × {creatinine_mg_dl:f} mg/dL)"
    if female:
        value, words = value * Decimal("0.85"), f"{words} × 0.85"
    rounded = value.quantize(Decimal(1))
    return Renal(rounded, f"{words} = {rounded} mL/min (Cockcroft–Gault)")


def facts_of(cells: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The facts that cells by role give, those that say something."""
    return tuple((role, cells[role].strip()) for role in FACTS if cells.get(role, "").strip())


def number(role: str, value: object, said: str = "") -> Decimal:
    """The age in years, weight in kg, eGFR in mL/min or creatinine in mg/dL as an exact number.

    ``said`` is what it is called where that is not its role.

    Raises :class:`UsageError` for what is no number, and for one that nobody has (an age below 0 or above 130).
    """
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        raise UsageError(f"{said or role} {value!r} is not a number") from None
    highest = 130 if role == "age" else 1000
    if not (exact.is_finite() and (0 < exact <= highest or (exact == 0 and role == "age"))):
        raise UsageError(f"{said or role} {value} is out of range")
    whole = exact.to_integral_value()
    return whole if exact == whole else exact.normalize()  # never "1.50 years"


def sex_of(written: str, said: str = "sex") -> str:
    """``male`` or ``female`` by any of its words, empty where nothing is written; ``said`` is what it is called.

    Raises :class:`UsageError` for other words.
    """
    low = str(written).strip().lower()  # a program may pass anything
    if low and low not in _SEXES:
        raise UsageError(f"{said} {written!r}: female or male")
    return _SEXES.get(low, "")


def told(facts: Iterable[tuple[str, str]], today: date) -> dict[str, object]:
    """Facts as written, as fields of a patient; raises :class:`UsageError` for one that is not understood or
    contradicts another.
    """
    found: dict[str, object] = {}
    for role, written in facts:
        value: object
        if role == "birth date":
            role, value = "age", _years_since(written, today)
        else:
            value = fact(role, written)
        if value is None:
            continue
        if role in found and found[role] != value:
            raise UsageError(f"the {role} of one person is given as {found[role]} and as {value}")
        found[role] = value
    return found


def fact(role: str, written: str, said: str = "") -> object:
    """One fact of a person as written ("18 months", "44 lb", "female"), in years, kg, mL/min or mg/dL; ``None`` where it
    says nothing. ``said`` is what it is called where that is not its role.

    Raises :class:`UsageError` for what is not understood.
    """
    low = written.strip().lower()
    if role in ("pregnant", "hepatic"):
        if low not in _YES | _NO:
            raise UsageError(f"{role}: '{written}' is neither yes nor no")
        return True if low in _YES else None
    if role == "sex":
        return _SEXES.get(low)  # a list may say what no formula knows of
    match = _NUMBER.fullmatch(low)
    if match is None:
        raise UsageError(f"{said} '{written}' is not a number" if said else f"{role}: '{written}' is not a number")
    return number(role, _in_unit(role, Decimal(match[1]), match[2], said), said)


def _in_unit(role: str, value: Decimal, unit: str, said: str) -> Decimal:
    if role == "weight" and unit in ("lb", "lbs", "pounds"):
        return (value * KG_PER_POUND).quantize(Decimal("0.1"))
    if role == "age" and unit in ("mo", "mos", "mth", "mths", "month", "months"):
        return (value / 12).quantize(Decimal("0.01"))
    if role == "age" and unit in ("week", "weeks", "wk", "wks"):
        return (value / 52).quantize(Decimal("0.01"))
    if role == "creatinine" and unit in ("umol/l", "µmol/l", "μmol/l"):
        return (value / UMOL_PER_MG_DL).quantize(Decimal("0.01"))
    allowed = {"weight": ("", "kg"), "age": ("", "a", "y", "yr", "yrs", "years", "year"), "creatinine": ("", "mg/dl")}
    if role in allowed and unit not in allowed[role]:
        raise UsageError(f"{said or role}: the unit '{unit}' is not understood")
    return value


def _years_since(written: str, today: date) -> Decimal:
    """Whole years from a day like 1950-03-31 (or a year and month) to today; 3/4/1950 counts where it is the same age
    whether April or March is meant.
    """
    slashed = re.fullmatch(r"\s*([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})\b.*", written)
    if slashed is not None:
        one, other, year = int(slashed[1]), int(slashed[2]), int(slashed[3])
        ages = {
            today.year - year - ((today.month, today.day) < (month, day))
            for month, day in ((one, other), (other, one))
            if 1 <= month <= 12 and 1 <= day <= 31
        }
        if len(ages) == 1:
            return Decimal(ages.pop())
    match = re.fullmatch(r"\s*([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?.*", written)
    if match is None:
        raise UsageError(f"birth date: '{written}' is not a day like 1950-03-31")
    month, day = int(match[2] or 7), int(match[3] or 1)
    return Decimal(today.year - int(match[1]) - ((today.month, today.day) < (month, day)))


@record
class Patient(Kept):
    """Facts that may put a person outside the sources' population: years, kg, pregnancy, mL/min/1.73 m²,
    liver disease.
    """

    age: Decimal | None = None
    weight: Decimal | None = None
    pregnant: bool = False
    egfr: Decimal | None = None
    hepatic: bool = False
    sex: str = ""
    creatinine: Decimal | None = None
    """Serum creatinine in mg/dL."""

    @property
    def child(self) -> bool:
        """Whether the person is under age, or weighs as a child and no age is given."""
        if self.age is None:
            return self.weight is not None and self.weight < LEAST_ADULT_KG
        return self.age < ADULT_AGE_YEARS

    @property
    def otherwise_well(self) -> Patient:
        """The same person with normal kidneys and liver and not pregnant: what is too much at once, too often or too
        long for such a person is so for this one.
        """
        return Patient(age=self.age, weight=self.weight, sex=self.sex)

    @property
    def nearer(self) -> Patient | None:
        """The same person without the fact that is furthest from the sources' adults; ``None`` where there is none.

        Pregnancy and liver disease go first, for limits are stated for kidney functions; then the kidneys; then
        that it is a child. What is too much for that person is too much for this one.
        """
        if self.pregnant or self.hepatic:
            return replace(self, pregnant=False, hepatic=False)
        if self.child:
            return Patient(egfr=self.egfr, sex=self.sex)
        return self.otherwise_well if self.outside() else None

    @property
    def nearest(self) -> Patient:
        """The adult with normal kidneys and liver whom this person is nearest to."""
        return Patient(weight=self.weight, sex=self.sex) if self.child else self.otherwise_well

    @property
    def renal(self) -> Renal | None:
        """Kidney function: the eGFR as given, else the creatinine clearance of an adult;
        ``None`` where neither is known.
        """
        if self.egfr is not None:
            return Renal(self.egfr, f"eGFR {self.egfr:f} mL/min")
        if self.age is None or self.weight is None or self.creatinine is None or not self.sex or self.child:
            return None
        return cockcroft_gault(self.age, self.weight, self.creatinine, self.sex == "female")

    @property
    def words(self) -> str:
        """What is known of the person, in words; what the figures assume where nothing is."""
        known = [
            f"{self.age:f} years" if self.age is not None else "",
            self.sex,
            f"{self.weight:f} kg" if self.weight is not None else "",
            self._creatinine_words,
            self.renal.working if self.renal else "",
            "pregnant" if self.pregnant else "",
            "liver disease" if self.hepatic else "",
        ]
        return ", ".join(word for word in known if word)

    @property
    def _creatinine_words(self) -> str:
        """The creatinine, and what is wanted for a clearance where there is none."""
        if self.creatinine is None:
            return ""
        known = {"age": self.age is not None, "weight": self.weight is not None, "sex": bool(self.sex)}
        wanted = [name for name, given in known.items() if not given]
        note = f" (no clearance without {' and '.join(wanted)})" if wanted and self.egfr is None else ""
        return f"creatinine {self.creatinine:f} mg/dL{note}"

    def to_json(self) -> dict[str, Any]:
        """The ``patient`` object of a result: only what is known, and the clearance with its working."""
        data: dict[str, Any] = {}
        for name in ("age", "weight", "egfr", "creatinine"):
            value = getattr(self, name)
            if value is not None:
                data[name] = json_number(value)
        data.update({"sex": self.sex} if self.sex else {})
        data.update({name: True for name in ("pregnant", "hepatic") if getattr(self, name)})
        if self.renal is not None and self.egfr is None:
            data["creatinine_clearance"] = {
                "value": json_number(self.renal.value),
                "unit": "mL/min",
                "working": self.renal.working,
            }
        return data

    def outside(self, limit: Limit | None = None) -> str:
        """Why sources for adults with normal kidneys and liver do not speak of this person; empty where they do.

        ``limit``: one that is stated for a kidney function of its own is not silenced by that.
        """
        reasons = []
        if self.child:
            who = f"weight {self.weight} kg, no age given" if self.age is None else f"age {self.age} years"
            reasons.append(f"{who}: the limits are for adults")
        if self.pregnant:
            reasons.append("pregnant: the limits are not made for pregnancy")
        if self.hepatic:
            reasons.append("liver disease: the limits are for normal livers")
        own = limit is not None and (limit.egfr_low is not None or limit.egfr_high is not None)
        renal = self.renal
        if renal is not None and renal.value < NORMAL_EGFR and not own:
            what = "eGFR" if self.egfr is not None else "creatinine clearance"
            reasons.append(f"{what} {renal.value:f} mL/min: the limits are for normal kidneys")
        return "; ".join(reasons)
