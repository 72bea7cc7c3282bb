"""A note beside an item: whether it may change how much is taken."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from doseref.dosage.tokens import Tokens
from doseref.dosage.vocabulary import NO_NAMES
from doseref.items.model import Trouble
from doseref.refdata import Reference

_CHANGES = frozenset(("TITR", "STEPBY", "STOPIT", "HOLD", "MAX", "HALF", "ONLY", "FREQ", "ADV", "ONCE", "DAYW"))
"""Kinds of token that say how much, how often, on which days, or that it goes up, down or stops."""
_MOST_TAKEN = Decimal(10)
"""More pieces than this are what was dispensed."""


def may_change_the_dose(note: str) -> Trouble | None:
    """What is told of a note that gives an amount, a frequency or a change ("take 2 if bad", "hold before surgery");
    ``None`` of one that does not ("with food", "for blood pressure", "30 tablets").
    """
    tokens = Tokens(note, NO_NAMES)
    if not any(_changes(tokens.kinds, tokens.values, i) for i in range(len(tokens.kinds) - 1)):
        return None
    return Trouble(
        "unreadable-dosage",
        f"a note is taken in only where it states a maximum and nothing else, and this may change the dose: '{note}'",
        "write it into the instruction, or take it out",
    )


_MAXIMA = frozenset(("MAX", "MAXD", "MAX1", "MOST", "ATMOST"))


def only_a_maximum(note: str, data: Reference) -> bool:
    """Whether a note states the most that is taken and nothing else ("max 6 doses/24h"): that is part of the instruction,
    in whichever column it stands.
    """
    if not note or _MAXIMA.isdisjoint(Tokens(note, NO_NAMES).kinds):
        return False
    read = data.parse(note, nameless=True)
    return read.status == "read" and bool(read.maximum) and not (read.phases or read.target or read.longest)


def _changes(kinds: Sequence[str], values: Sequence[Any], i: int) -> bool:
    """Whether the token ``i`` of a note speaks of how much is taken."""
    after = (*kinds[i + 1 : i + 3], "END", "END")
    if kinds[i] == "NEG":
        return after[:2] != ("TAKE", "WITH")  # "do not take with grapefruit"
    if kinds[i] == "TAKE":
        return after[0] == "NUM"
    if kinds[i] != "NUM":
        return kinds[i] in _CHANGES
    if after[0] == "C":
        return bool(values[i] <= _MOST_TAKEN)
    return after[0] == "U" and after[1] != "C"  # "5 mg tablets" is what they are
