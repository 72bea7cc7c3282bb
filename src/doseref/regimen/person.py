"""Who takes it: age, weight, sex, kidneys, liver and pregnancy, as options, columns and FHIR resources say them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from doseref.limits import Limit
from doseref.quantities import json_number
from doseref.records import Kept, record, replace

ADULT_AGE_YEARS = 18
LEAST_ADULT_KG = 40
"""From it on the label of amoxicillin (healthgrades copy) doses as for adults, below it by weight. A lighter person of
whom no age is known is taken for a child: limits for adults would call 500 mg of acetaminophen at 12 kg fine.
"""
NORMAL_EGFR = Decimal(60)
"""eGFR in mL/min/1.73 m² below which the articles' 'normal renal function' does not hold."""
_SAID_WORDS = {"smoking": "smoker", "migraine-aura": "migraine with aura"}


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


_MAY_BE_PREGNANT = (9, 60)
"""Years of age outside which a pregnancy is a slip: wider than anybody's of whom it is known, to refuse nobody."""


def years(age: Decimal) -> str:
    """``1 year``, ``1.5 years``, ``85 years``."""
    return f"{age:f} year{'' if age == 1 else 's'}"


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
    crcl: Decimal | None = None
    """Creatinine clearance in mL/min as it is told; it comes before the eGFR, for labels are made by it."""
    creatinine: Decimal | None = None
    """Serum creatinine in mg/dL."""
    said: tuple[str, ...] = ()
    """What else is said of the person (:data:`doseref.regimen.told_facts.FACTS`): ``smoking``."""
    unclear: tuple[str, ...] = ()
    """What is said of the person and not understood, in words: it counts for nothing."""

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
            return Patient(egfr=self.egfr, crcl=self.crcl, sex=self.sex)
        return self.otherwise_well if self.outside() else None

    @property
    def nearest(self) -> Patient:
        """The adult with normal kidneys and liver whom this person is nearest to."""
        return Patient(weight=self.weight, sex=self.sex) if self.child else self.otherwise_well

    @property
    def renal(self) -> Renal | None:
        """Kidney function: the creatinine clearance as given, else the eGFR, else the clearance worked out of an adult;
        ``None`` where neither is known.
        """
        if self.crcl is not None:
            return Renal(self.crcl, f"CrCl {self.crcl:f} mL/min")
        if self.egfr is not None:
            return Renal(self.egfr, f"eGFR {self.egfr:f} mL/min")
        if self.age is None or self.weight is None or self.creatinine is None or not self.sex or self.child:
            return None
        return cockcroft_gault(self.age, self.weight, self.creatinine, self.sex == "female")

    @property
    def cannot_be(self) -> str:
        """Which facts exclude each other; empty where none do."""
        if not self.pregnant:
            return ""
        if self.sex == "male":
            return "pregnant and male"
        if self.age is not None and not _MAY_BE_PREGNANT[0] <= self.age <= _MAY_BE_PREGNANT[1]:
            return f"pregnant and {years(self.age)} old"
        return ""

    @property
    def kidneys_by(self) -> str:
        """What the figure of the kidneys is."""
        return "eGFR" if self.egfr is not None and self.crcl is None else "creatinine clearance"

    @property
    def words(self) -> str:
        """What is known of the person, in words; what the figures assume where nothing is."""
        known = [
            years(self.age) if self.age is not None else "",
            self.sex,
            f"{self.weight:f} kg" if self.weight is not None else "",
            self._creatinine_words,
            self.renal.working if self.renal else "",
            f"eGFR {self.egfr:f} mL/min" if self.crcl is not None and self.egfr is not None else "",
            "pregnant" if self.pregnant else "",
            "liver disease" if self.hepatic else "",
            *(_SAID_WORDS.get(each, each) for each in self.said),
        ]
        return ", ".join(word for word in known if word)

    @property
    def _creatinine_words(self) -> str:
        """The creatinine, and what is wanted for a clearance where there is none."""
        if self.creatinine is None:
            return ""
        known = {"age": self.age is not None, "weight": self.weight is not None, "sex": bool(self.sex)}
        wanted = [name for name, given in known.items() if not given]
        note = (
            f" (no clearance without {' and '.join(wanted)})"
            if wanted and self.egfr is None and self.crcl is None
            else ""
        )
        return f"creatinine {self.creatinine:f} mg/dL{note}"

    def to_json(self) -> dict[str, Any]:
        """The ``patient`` object of a result: only what is known, and the clearance with its working."""
        data: dict[str, Any] = {}
        for name in ("age", "weight", "egfr", "crcl", "creatinine"):
            value = getattr(self, name)
            if value is not None:
                data[name] = json_number(value)
        data.update({"sex": self.sex} if self.sex else {})
        data.update({name: True for name in ("pregnant", "hepatic") if getattr(self, name)})
        data.update({name: list(told) for name in ("said", "unclear") if (told := getattr(self, name))})
        if self.renal is not None and self.egfr is None and self.crcl is None:
            data["creatinine_clearance"] = {
                "value": json_number(self.renal.value),
                "unit": "mL/min",
                "working": self.renal.working,
            }
        return data

    def too_light(self, limit: Limit) -> str:
        """Why a limit is for people who weigh more (kg); empty where it is not, or the weight is not known."""
        least_kg = limit.least_kg if self.weight is not None else None
        if self.weight is None or least_kg is None or self.weight >= least_kg:
            return ""
        return f"weight {self.weight:f} kg: the limit is for {limit.population}"

    def outside(self, limit: Limit | None = None) -> str:
        """Why sources for adults with normal kidneys and liver do not speak of this person; empty where they do.

        ``limit``: one that is stated for a kidney function of its own is not silenced by that.
        """
        reasons = []
        if self.child:
            who = f"weight {self.weight} kg, no age given" if self.age is None else f"age {years(self.age)}"
            reasons.append(f"{who}: the limits are for adults")
        if self.pregnant:
            reasons.append("pregnant: the limits are for people who are not")
        if self.hepatic:
            reasons.append("liver disease: the limits are for normal livers")
        own = limit is not None and (limit.egfr_low is not None or limit.egfr_high is not None)
        renal = self.renal
        if renal is not None and renal.value < NORMAL_EGFR and not own:
            what = self.kidneys_by
            reasons.append(f"{what} {renal.value:f} mL/min: the limits are for normal kidneys")
        return "; ".join(reasons)
