"""R303 not-for-this-person (error)

What. Something is known of the person (pregnancy, age, kidneys, liver, weight), and a label or guideline says that the
substance is not for such people, or not in such a dose. ``cautions.csv`` lists them, each with its source:
contraindicated by the label is an error; a boxed warning, "avoid" and "not recommended" are warnings. A child's dose is
held against the amount per kilogram; where the weight is not known, it is asked for. Where a source of the country
asked says how grave it is, those of others do not count. What is put on the skin or into the eye does not count. A fact that is not given
is not guessed.

Why. The dose can be faultless and the drug still the wrong one for this person: lisinopril in pregnancy, metformin at
an eGFR of 22, amitriptyline at 81. The list is no full list of contraindications; silence is no word that something
suits.

Passes:
    Lisinopril 10 mg once daily

Fires:
    --age 4 --weight 16
    Ibuprofen 400 mg every 6 hours
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding, Severity, items_words
from doseref.regimen.cautions import Cautioned, cautioned

_BASIS = {
    "contraindicated": "contraindicated",
    "boxed-warning": "boxed warning",
    "avoid": "to be avoided",
    "not-recommended": "not recommended",
}


def check(case: Case) -> Iterator[Finding]:
    """One finding per substance and fact of the person."""
    for met in cautioned(case.items, case.totals, case.bench.patient, case.data, case.bench.country):
        yield _finding(case, met)


def _finding(case: Case, met: Cautioned) -> Finding:
    caution, name, source = met.caution, case.told(met.substance), case.data.sources[met.caution.source]
    if met.weight_wanted:
        why = f"how much is too much goes by the weight, which is not given: {caution.advice}"
    elif caution.basis == "dose":
        why = f"{'too much' if met.surely else 'may be too much'}: {met.dose}"
    else:
        why = f"{_BASIS[caution.basis]}: {caution.advice}{f'; {met.dose}' if met.dose else ''}"
    severity = Severity.from_word(caution.severity)
    return Finding(
        "R303",
        "not-for-this-person",
        severity if met.surely else min(severity, Severity.WARNING),
        f"{name} {met.who} ({items_words(met.items)}): {why} ({source.short}{_elsewhere(case, source.country)})",
        items=met.items,
        substances=(case.name(met.substance),),
        sources=(caution.source,),
        working=met.working,
        mend="give the weight (--weight)"
        if met.weight_wanted
        else "ask the prescriber whether it is meant for this person",
        extra={"caution": caution.id},
    )


def _elsewhere(case: Case, country: str) -> str:
    """What is told of a source of another country than the one asked: what holds there may be stricter, or milder."""
    return f", {country}; look up what holds in {case.bench.country}" if country not in ("", case.bench.country) else ""
