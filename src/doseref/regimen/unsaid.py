"""An instruction that does not say how often: what is told of it."""

from __future__ import annotations

from doseref.dosage.model import Option
from doseref.items.model import Trouble
from doseref.refdata import Reference

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
