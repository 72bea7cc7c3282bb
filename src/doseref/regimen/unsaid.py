"""An instruction that does not say how much, or how often, or that was not understood: what is told of it."""

from __future__ import annotations

import re

from doseref.dosage.checks import NOTHING_SAID
from doseref.dosage.model import Dosage, Option
from doseref.items.model import Trouble
from doseref.patterns import regex
from doseref.refdata import Reference

NO_DOSE = Trouble(
    "unreadable-dosage", "no dose is said", "say how much is taken each time, and how often", left_open="how-much"
)

_FITS = frozenset(("seizure", "seizures", "convulsion", "convulsions", "epilepticus"))


def _rescue(option: Option) -> bool:
    """Whether it is a dose into nose, cheek or rectum for a seizure: when it is given is all that is said of it
    anywhere.
    """
    said = set((option.prn_for or "").lower().replace(",", " ").split())
    return option.route in ("nasal", "rectal", "buccal") and bool(said & _FITS)


def no_frequency(option: Option, substance: str, data: Reference) -> Trouble:
    """Why what is not said how often is not added up: a warning where too many doses are dangerous."""
    from doseref.regimen.left_open import counts_up

    if option.prn and (not counts_up(substance, data, option.route or "") or _rescue(option)):
        return Trouble("no-limit-known", "as needed, and how often at most is not said, so nothing is added up")
    if set(option.when) & {"C", "AC", "PC"} and not counts_up(substance, data):
        return Trouble("no-limit-known", "with meals, and how many a day is not said, so nothing is added up")
    if option.prn:
        return Trouble(
            "unreadable-dosage",
            "as needed, but how often at most is not said",
            "add an interval or a daily maximum",
            left_open="how-often",
        )
    return Trouble(
        "unreadable-dosage",
        "how often it is taken is not said",
        "add, for example, 'every 6 hours' or 'twice daily'",
        left_open="how-often",
    )


_ONLY_A_FORM = regex(
    r"(?:tab(?:let)?|cap(?:sule)?|gumm(?:y|ie)|softgel|powder|syrup|extract|tincture|drop|lozenge|chew|sachet|"
    r"(?:nasal\s|mouth\s|sublingual\s)?spray|inhaler|neb(?:ule)?|respule|pen|patch(?:e)?|injection)s?\.?",
    re.I,
)
"""A form without a word of a dosage: "cranberry tabs"."""


def unread(dosage: Dosage) -> Trouble:
    """What of a dosage was not understood, with the words themselves; one that is understood and says no dose ("as
    directed") leaves it open.
    """
    if not dosage.text.strip() or (dosage.status == "unread" and _ONLY_A_FORM.fullmatch(dosage.text.strip())):
        return NO_DOSE
    contradictions = [p for p in dosage.problems if p.kind == "contradiction"]
    told = [f"'{dosage.text[p.start : p.end].strip()}': {p.message}" for p in dosage.problems if not p.noted]
    what = "could not be read" if dosage.status == "unread" else "was read only in part"
    detail = f" ({'; '.join(told)})" if told else ""
    if contradictions and all(p.kind == "contradiction" or p.noted for p in dosage.problems):
        words = "; ".join(dict.fromkeys(p.message for p in contradictions))
        return Trouble(
            "contradictory-dosage",
            f"the dosage '{dosage.text}' contradicts itself: {words}",
            "ask which of the two is meant",
        )
    understood = all(p.message == NOTHING_SAID for p in dosage.problems if not p.noted)
    return Trouble(
        "unreadable-dosage",
        f"the dosage '{dosage.text}' {what}{detail}",
        "write it as, for example, '1 tablet every 6 hours as needed'",
        left_open="how-much" if told and understood else "",
    )
