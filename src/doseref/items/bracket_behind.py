"""The substance in a bracket behind a name that is not known: "Zzbrand 20 mg (isotretinoin)".

How much of it one piece holds is not known, so that nothing is counted; what it is dangerous with, and for whom, is told all the
same.
"""

from __future__ import annotations

from doseref.items.identity import Identity
from doseref.names import Names
from doseref.patterns import regex
from doseref.records import replace

_BRACKET = regex(r"\(([A-Za-z][A-Za-z -]{3,38}[a-z])\)")


def with_bracket(named: Identity, text: str, names: Names) -> Identity:
    """What an item names; where its name is not known, its trouble says which substance a bracket names."""
    trouble = named.trouble
    if trouble is None or trouble.kind != "unknown-name" or trouble.substances or "(" not in text:
        return named
    found = (names.lookup(each) for each in _BRACKET.findall(text))
    substances = tuple(dict.fromkeys(each.substance for each in found if each is not None and each.substance))
    return replace(named, trouble=replace(trouble, substances=substances)) if substances else named
