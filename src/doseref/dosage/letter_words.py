"""What the productions for letters ask of a place: its word, whether a stretch of words ends there, and how it is left
aside.
"""

from __future__ import annotations

from doseref.dosage.state import State

_ENDS = frozenset(("END", "STOP", "COMMA", "LP", "RP"))
LONGEST = 24
"""Words of a stretch that are looked at."""


def raw(p: State, i: int) -> str:
    """The first word of token ``i``."""
    return p.tokens.raw[p.tokens.first[i]] if p.kinds[i] != "END" else ""


def dashed(p: State, i: int) -> bool:
    """Whether a dash with a space behind it stands at ``i``.

    Also asks for: DASH.
    """
    return p.kinds[i] == "DASH" and p.tokens.text[p.tokens.span(i)[1] :][:1] in (" ", "-")


def ended(p: State, i: int) -> bool:
    """Whether a sign stands at ``i`` that ends a stretch of words."""
    return p.kinds[i] in _ENDS or dashed(p, i)


def left_aside(p: State, end: int) -> bool:
    """Keep the words up to ``end`` as a remark, and go on there."""
    p.remarks.append((p.i, end - 1))
    p.i = end
    return True


def length_at(p: State, i: int) -> int:
    """Behind a length in days or more at ``i`` ("4 weeks", "2/52", "6-8 weeks"); ``i`` itself where none stands there.

    Also asks for: DASH, NUM, SLASH, T.
    """
    kinds = p.kinds
    if kinds[i] != "NUM":
        return i
    at = i + 2 if kinds[i + 1 : i + 3] == ["DASH", "NUM"] else i
    if kinds[at + 1] == "T" and p.values[at + 1] in ("d", "wk", "mo", "a"):
        return at + 2
    sevenths = kinds[at + 1 : at + 3] == ["SLASH", "NUM"] and p.values[at + 2] in (7, 52, 12)
    return at + 3 if sevenths else i
