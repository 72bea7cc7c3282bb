"""R301 shared-side-effects (warning)

What. Two or more different substances share a class of side effects that adds up. Most classes are information; breathing
suppressed by an opioid together with a benzodiazepine, a gabapentinoid or another opioid is a warning,
as is bleeding by an anticoagulant together with an NSAID.

Why. Each article entry lists its own effects; only side by side does one see that four of five drugs sedate. An effect
that a source calls rare, or only at high doses, counts and is told as such; a reduced risk does not count.

Passes:
    Acetaminophen 500 mg every 6 hours
    Gabapentin 300 mg three times daily

Fires:
    Oxycodone 5 mg every 6 hours
    Diazepam 5 mg twice daily
    Gabapentin 300 mg three times daily
"""

from __future__ import annotations

from collections.abc import Iterator

from doseref.checks.regimen.case import Case, Finding, Severity, items_words, listed


def check(case: Case) -> Iterator[Finding]:
    """One finding per shared class."""
    for overlap in case.overlaps:
        names = [case.name(substance) for substance in overlap.substances]
        known = case.data.side_effect_classes[overlap.class_id]
        severity = Severity.from_word(known.severity or "info") if overlap.grave else Severity.INFO
        yield Finding(
            "R301", "shared-side-effects", severity,
            f"{listed(names)} share a side effect that adds up: {overlap.label} ({items_words(overlap.items)})",
            items=overlap.items, substances=tuple(names), sources=(), working="; ".join(overlap.phrases),
            mend="take these together only if the prescriber means it" if severity > Severity.INFO else "",
            extra={"class": overlap.class_id},
        )  # fmt: skip
