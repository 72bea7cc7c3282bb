"""Productions for a result that is waited for: "until INR > 2 x 24h", "until INR therapeutic x 2"."""

from __future__ import annotations

from doseref.dosage.state import State

_MOST_INR = 5
"""No treatment aims at a higher ratio: a larger figure behind "INR" is none of it."""


def so_often(p: State, i: int, first: int) -> int:
    """Where "x 2" ends behind a result that is waited for ("until INR therapeutic x 2"), or for how long it must hold; 0
    where it is none.

    Also asks for: COMMA, DASH, END, LP, RP, STOP, T, X.
    """
    kinds = p.kinds
    if kinds[i - 1] != "X" or i - 1 <= first or "inr" not in p.tokens.words(first, i - 1) or p.values[i] > _MOST_INR:
        return 0
    i += 1 + (kinds[i + 1] == "T" and p.values[i + 1] in ("d", "h"))
    return i if kinds[i] in ("END", "COMMA", "STOP", "RP", "LP", "DASH") or _behind_dash(p, i) else 0


def _behind_dash(p: State, i: int) -> bool:
    """Whether a dash between blanks stands before token ``i``."""
    return p.tokens.text[p.tokens.span(i - 1)[1] : p.tokens.span(i)[0]].strip(" ") in ("-", "–", "—", "--")


def until_measured(p: State, i: int) -> int:
    """until-measured ::= "INR" [GT | LE] NUM [(DASH | TO) NUM] [(FOR | X) NUM T]: where the reading that is waited for
    ends, with how long it must hold ("INR 2-3 x 2 days"); 0 where it is none.

    Also asks for: COMMA, DASH, END, FOR, GT, LE, LP, NUM, RP, STOP, T, TO, X.
    """
    kinds = p.kinds
    name = i - 1 - (kinds[i - 1] in ("GT", "LE"))
    if p.tokens.raw[p.tokens.first[name]] != "inr" or p.values[i] > _MOST_INR:
        return 0
    i += 3 if kinds[i + 1] in ("DASH", "TO") and kinds[i + 2] == "NUM" else 1
    long = i + 2 + (p.tokens.raw[p.tokens.first[i + 2]] in ("consecutive", "successive"))
    if kinds[i] in ("FOR", "X") and kinds[i + 1] == "NUM" and kinds[long] == "T" and p.values[long] in ("d", "h"):
        i = long + 1
    return i if kinds[i] in ("END", "COMMA", "STOP", "RP", "LP", "DASH") or _behind_dash(p, i) else 0
