"""Whether what a label gives adults is adjusted for weak kidneys anywhere in the data, or holds as an upper bound."""

from __future__ import annotations

from functools import lru_cache

from doseref.limits import Limit
from doseref.patterns import regex
from doseref.records import replace
from doseref.refdata import Reference
from doseref.regimen.model import Total, Verdict
from doseref.regimen.overlaps import narrow
from doseref.regimen.person import Patient
from doseref.regimen.stacks import belongs, kinds_of

_SAID = regex(r"\b(?:renal|kidneys?|dialysis|crcl|clcr|creatinine|egfr)\b")
"""How the population of a row says kidneys without figures ("severe renal impairment")."""


UNADJUSTED = "no adjustment is stated here for"
"""How the words begin that no source here adjusts a dose to the kidneys."""


def as_upper_bound(total: Total, well: Total, patient: Patient, data: Reference) -> Total:
    """What labels give the same person with well kidneys, as an upper bound that says so: ``total`` as it is where
    anything but the kidneys sets the person apart, or where a dose or a caution for such kidneys is known.

    A label that says nothing of the kidneys gives its maximum to them too; that is no word that it suits them. The
    articles say that they mean normal kidneys: theirs stays not assessed.
    """
    told = unadjusted(total.substance, patient, data)
    if not told:
        return total
    verdicts = tuple(_bounded(each, told, patient) for each in well.verdicts)
    if any(each.judges and each.judgement != "not-assessed" for each in verdicts):
        return replace(total, verdicts=verdicts, reason="")
    if any(each.judges and each.judgement != "not-assessed" for each in well.verdicts):
        return total
    return replace(total, reason=f"{well.reason}; {told}" if well.reason else told)


def _bounded(verdict: Verdict, told: str, patient: Patient) -> Verdict:
    if not verdict.judges or verdict.judgement == "not-assessed":
        return verdict
    if verdict.limit.article:
        return replace(verdict, judgement="not-assessed", reason=patient.outside())
    return replace(verdict, reason="; ".join(part for part in (verdict.reason, told) if part))


def unadjusted(substance: str, patient: Patient, data: Reference) -> str:
    """That no adjustment for this kidney function (mL/min) is stated here, in words; empty where one is or may be, or
    where the kidneys are well, not known, or not the only thing that sets the person apart. Of a drug of which one dose
    too many is dangerous (methotrexate, an opioid) the silence of a label is no word.
    """
    renal = patient.renal
    if renal is None or not patient.outside() or replace(patient, egfr=None, crcl=None, creatinine=None).outside():
        return ""
    if (
        narrow(substance, data)
        or _adjusted(substance, data)
        or any(
            caution.egfr_below is not None
            and renal.value < caution.egfr_below
            and not caution.given
            and belongs(kinds_of(substance, data), caution.about)
            for caution in data.cautions
        )
    ):
        return ""
    return f"{UNADJUSTED} {patient.kidneys_by} {renal.value:f} mL/min"


@lru_cache(maxsize=4096)
def _adjusted(substance: str, data: Reference) -> bool:
    """Whether any source of any country gives a dose for weak kidneys, of whatever form: what its other forms or other
    countries' labels say may hold here too.
    """
    return any(_of_kidneys(limit) for limit in data.limits.get(substance, ()))


def _of_kidneys(limit: Limit) -> bool:
    stated = limit.egfr_low is not None or limit.egfr_high is not None
    return stated or bool(_SAID.search(f"{limit.population} {limit.note}".lower()))
