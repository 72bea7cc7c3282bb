"""A draft of two doses that follow each other, as two drafts."""

from __future__ import annotations

import dataclasses
import re

from doseref.articles.extracted import Draft, Span
from doseref.articles.instruction import Parse
from doseref.dosage.model import Dosage
from doseref.patterns import regex
from doseref.records import replace

_STEP = regex(r"[,;]\s+(?:(second\s+dose|infusion)|(?:may\s+)?repeat\s+with)\s+", re.I)


def by_steps(draft: Draft, parse: Parse) -> tuple[Draft, ...]:
    """A draft of two doses that follow each other ("0.1 mg/kg (max 6 mg), second dose 0.2 mg/kg") as two, where each is
    read.
    """
    first = draft.dosage[0]
    text = first.block.text[first.start : first.end]
    cut = _STEP.search(text) if len(draft.dosage) == 1 and not (draft.text or draft.bands or first.prefix) else None
    if cut is None or parse(draft.dosage_text).status == "read":
        return (draft,)
    purpose = " ".join((cut.group(1) or "repeat").lower().split())
    begins = Span(first.block, first.start, first.start + cut.start())
    goes_on = Span(first.block, first.start + cut.end(), first.end, suffix=first.suffix)
    if any((reading := parse(each.text)).status != "read" or not _measured(reading) for each in (begins, goes_on)):
        return (draft,)
    later = replace(draft.context, purpose=purpose)
    return dataclasses.replace(draft, dosage=[begins]), dataclasses.replace(draft, dosage=[goes_on], context=later)


def _measured(dosage: Dosage) -> bool:
    """Whether every dose is an amount, and none a part of another one ("half dose")."""
    return all(option.dose for option in dosage.options)
