"""What acts where it is put: drops, sprays, creams. Without a strength it is read, and not added up."""

from __future__ import annotations

import re

from doseref.dosage.model import Option
from doseref.items.model import Part
from doseref.patterns import regex
from doseref.refdata import Reference

SPREAD = frozenset(("cream", "gel", "ointment", "lotion", "foam", "liniment", "balm", "shampoo", "solution"))
"""Forms that are applied without an amount being counted."""


LOCAL_UNITS = frozenset(("{drop}", "{spray}", "{puff}", "{inhalation}", "{actuat}", "{application}"))
"""What is counted so goes into an eye, a nose, the airways or onto the skin;
without its strength it is read, and not added up.
"""


_SPREAD = regex(rf"\b(?:{'|'.join(sorted(SPREAD - {'solution'}))}|wash|oint|(?:eye|ear)[\s-]?drops?)\b", re.I)
_TIME = regex(r"\b[0-9]{1,3}\s?(?:min(?:ute)?|hr|hour|h|day|week|wk)s?\b", re.I)
_ANY_DIGIT = regex(r"[0-9]")


def only_spread(sig: str) -> bool:
    """Whether an instruction names a form that is spread and no figure but lengths of time: "cream to port site 1 hr
    before infusion".
    """
    return _SPREAD.search(sig) is not None and _ANY_DIGIT.search(_TIME.sub(" ", sig)) is None


_PLACES = frozenset(("ophthalmic", "otic", "nasal", "topical"))


_INJECTED = frozenset(("injection", "subcutaneous", "intramuscular", "intravenous"))


def at_its_place(option: Option) -> bool:
    """Whether a dose is counted in drops, sprays or applications, or spread, and so acts where it is put; a percentage
    alone, at a place of the body, is spread too ("MetroGel 0.75% to face").
    """
    if option.count is not None:
        return option.count.unit in ("{drop}", "{spray}", "{application}")
    if option.route in _INJECTED or (option.route == "oral" and option.form == "solution" and not option.method):
        return False  # "6 mg/0.5 mL solution for injection", "oral solution qds": how much is missing, and told
    return (
        option.dose is None
        and option.form != "patch"
        and (
            option.route in ("topical", "ophthalmic", "otic")
            or option.form in SPREAD
            or option.method in ("apply", "rub", "massage", "instill")
            or (bool(option.site and option.strengths) and all(each.unit == "%" for each in option.strengths))
        )
    )


def acts_in_place(option: Option, parts: tuple[Part, ...], data: Reference) -> bool:
    """Whether a combination is put into an eye, a nose or onto the skin: every part of it is known to be used there."""
    return at_its_place(option) and all(
        not _PLACES.isdisjoint(data.substances[part.substance].routes) for part in parts
    )
