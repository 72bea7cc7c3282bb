"""Productions for what a drug is diluted in for an infusion: "1 g in 100 mL NS", "1,250 mg in sodium chloride 0.9 %
250 mL", "1 g/50 mL D5W". The volume is that of the bag, and no dose.
"""

from __future__ import annotations

from doseref.dosage.state import State

_WORDS = frozenset(
    "sodium chloride nacl saline normal ns dextrose glucose d5w d10w d5ns lr lactated ringer's ringers sterile water "
    "swfi wfi".split()
)
"""Words of what drugs are diluted in."""
_BAGS = frozenset("bag bags ivpb minibag piggyback infusion".split())
_PERCENT = frozenset(("0.45", ".45", "0.9", ".9", "5", "10"))
"""Per cent of salt or sugar in an infusion bag."""
_ENDS = frozenset(
    (
        "END",
        "STOP",
        "COMMA",
        "RP",
        "ROUTE",
        "EVERY",
        "FREQ",
        "FOR",
        "ADV",
        "ONCE",
        "AT",
        "WHEN",
        "SINGLE",
        "STAT",
        "PRN",
    )
)


def _percent(p: State, i: int) -> int:
    """percent ::= NUM "%": how strong the salt or sugar is; where it ends.

    Also asks for: U.
    """
    here = p.kinds[i : i + 2] == ["NUM", "U"] and p.values[i + 1] == "%"
    return i + 2 if here and p.tokens.raw[p.tokens.first[i]] in _PERCENT else i


def _volume(p: State, i: int) -> int:
    """volume ::= NUM U(mL): how much is in the bag; where it ends.

    Also asks for: U.
    """
    return i + 2 if p.kinds[i : i + 2] == ["NUM", "U"] and p.values[i + 1] in ("mL", "L") else i


def diluent(p: State, i: int) -> int:
    """diluent ::= [percent] word+ [percent]: where it ends; ``i`` where there is none.

    Also asks for: END.
    """
    start = i
    i = first = _percent(p, i)
    while p.kinds[i] != "END" and p.tokens.words(i, i + 1) and _WORDS.issuperset(p.tokens.words(i, i + 1)):
        i += 1
    return start if i == first else _percent(p, i)


def diluted(p: State) -> bool:
    """diluted ::= "in" [volume] [OF] diluent [volume] ["bag" | "IVPB"]: what the dose is put into, behind it.

    Also asks for: END, OF, ROUTE.
    """
    if p.tokens.raw[p.tokens.first[p.i]] != "in" or not p.clause.masses or p.depth:
        return False
    i = _volume(p, p.i + 1)
    i += p.kinds[i] == "OF"
    end = diluent(p, i)
    if end == i:
        return False
    i = _volume(p, end)
    while p.kinds[i] != "END" and p.tokens.raw[p.tokens.first[i]] in _BAGS:
        if p.kinds[i] == "ROUTE":
            break
        i += 1
    if p.kinds[i] not in _ENDS:
        return False
    p.i = i
    return True
