"""As needed, and how often at most is not said: which drugs that is to be asked about."""

from __future__ import annotations

from doseref.refdata import Reference
from doseref.regimen.scope import restates

_ASKED = frozenset(("opioid", "benzodiazepine", "z-drug", "barbiturate"))


def counts_up(substance: str, data: Reference) -> bool:
    """Whether a drug is one of which several doses a day are usual and too many are dangerous.

    That is an opioid or a sedative, and whatever a source gives more than once a day up to a stated maximum (acetaminophen).
    Loratadine as needed, adrenaline for an allergic shock or a nitrate for chest pain are whole instructions.
    """
    known = data.substances.get(substance)
    classes = {parent for each in (known.classes if known else ()) for parent in data.ancestry(each)}
    if classes & _ASKED:
        return True
    return any(
        limit.kind == "maximum"
        and limit.basis == "maximum"
        and limit.amount is not None
        and limit.per is not None
        and limit.per.is_day
        and limit.interval_hours is not None
        and limit.interval_hours <= 12
        and not restates(limit, data)
        for limit in data.limits.get(substance, ())
    ) or any(
        limit.article and limit.basis == "maximum" and limit.amount is not None
        for limit in data.limits.get(substance, ())
    )
