"""R301 shared-side-effects (error)

What. Two or more different substances share a class of side effects that adds up. That is information. A combination
that ``stacks.csv`` lists, with its source, stands out: an opioid with a benzodiazepine, an NSAID with an anticoagulant
or with an ACE inhibitor and a diuretic, lithium with a thiazide are warnings, a monoamine oxidase inhibitor with an
SSRI is an error. So does what a label itself says not to take together (simvastatin with clarithromycin, naltrexone
with an opioid: contraindicated, an error; to be avoided, a warning), a dose that it allows only without another drug
(simvastatin above 20 mg a day with amlodipine), and drugs of which one changes the level of the other so much that the
label says to avoid it or to watch closely (warfarin with metronidazole, apixaban with rifampin). Some are told only of
people who are known to be old, or unless another drug protects (an NSAID with an SSRI, without a proton pump inhibitor).

Why. Each article entry lists its own effects; only side by side does one see that four of five drugs sedate. An effect
that a source calls rare, or only at high doses, counts and is told as such; a reduced risk does not count. It is what
is taken together that is looked at: this is a list of class pairs, no interaction database, and silence says nothing of
what is not listed.

Passes:
    Acetaminophen 500 mg every 6 hours
    Gabapentin 300 mg three times daily

Fires:
    Oxycodone 5 mg every 6 hours
    Diazepam 5 mg twice daily
    Gabapentin 300 mg three times daily
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from doseref.checks.regimen.case import Case, Finding, Severity, items_words, listed, uncapitalised
from doseref.refdata import Reference
from doseref.regimen.judged import Overlap
from doseref.regimen.stacks import Stacked, label_of, stacked


def check(case: Case) -> Iterator[Finding]:
    """One finding per stack, the gravest first, then one per shared class that no stack tells."""
    stacks = stacked(case.items, case.data, case.bench.patient.age)
    return told(stacks, case.overlaps, case.data, case.bench.country)


def told(stacks: Iterable[Stacked], overlaps: Iterable[Overlap], data: Reference, country: str) -> Iterator[Finding]:
    """The same of stacks and overlaps that are known already; for a person of ``country`` (ISO code)."""
    effects: set[str] = set()
    for found in stacks:
        stack = found.stack
        known = data.side_effect_classes.get(stack.effect)
        effects.add(stack.effect)
        effect = f"; what adds up: {uncapitalised(known.label)}" if known else ""
        severity = Severity.from_word(stack.severity)
        core = [data.name_of(substance, country) for substance in found.substances if substance not in found.adding]
        adding = [data.name_of(substance, country) for substance in found.adding]
        adds = f"; {listed(adding)} add{'s' if len(adding) == 1 else ''} to it" if adding else ""
        if len(found.items) == 1:
            severity = min(severity, Severity.INFO)  # what one product combines was weighed when it was licensed
        yield Finding(
            "R301",
            "shared-side-effects",
            severity,
            f"{listed(core)} ({items_words(found.items)}): {label_of(stack, data, country)}{adds}{effect} ({data.sources[stack.source].title})",
            items=found.items,
            substances=tuple(map(data.name_of, found.substances)),
            sources=(stack.source,),
            working="",
            mend="do not take these together: ask the prescriber"
            if severity == Severity.ERROR
            else "take these together only if the prescriber means it",
            extra={"class": stack.effect, "stack": stack.id},
        )
    for overlap in overlaps:
        if overlap.class_id in effects:
            continue
        names = [data.name_of(substance, country) for substance in overlap.substances]
        yield Finding(
            "R301",
            "shared-side-effects",
            Severity.INFO,
            f"{listed(names)} share a side effect that adds up: {uncapitalised(overlap.label)} "
            f"({items_words(overlap.items)})",
            items=overlap.items,
            substances=tuple(map(data.name_of, overlap.substances)),
            sources=(),
            working="; ".join(overlap.phrases),
            extra={"class": overlap.class_id},
        )
