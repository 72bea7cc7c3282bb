"""What no production takes: told with its place, and the numbers that belong to it are no dose."""

from __future__ import annotations

from doseref.dosage import pairs, timing
from doseref.dosage.amounts import NUMBER_KINDS
from doseref.dosage.state import State
from doseref.dosage.tokens import END


def leftover(p: State) -> None:
    """Tell what no production took, and step over it; the frequency words right behind it are not trusted either."""
    kinds = p.kinds
    start = p.i
    kind = kinds[start]
    p.i += 1
    if kind == "DASH" and kinds[p.i] != "NUM":
        return
    if kind in _GOVERN:
        swallow(p)
    if kind in ("RAISE", "TITR", "TITRDN", "STEPBY"):
        while kinds[p.i] not in (END, "COMMA", "STOP", "RP", "LP", "THEN", "MAX", "MAXD"):
            p.i += 1
    if (
        kind == "NEG"
        or kind == "IF"
        or (kind == "BAD" and isinstance(p.values[start], str) and "sign" not in p.values[start])
    ):
        p.fatal = True
        message = p.values[start] if kind == "BAD" else "a word that could reverse the meaning"
        p.tell(message, start, start, "ambiguous")
        return
    if kind == "BAD":
        raw = p.tokens.raw[p.tokens.first[start]]
        if raw.isnumeric() or kinds[p.i] in ("U", "C", "NUM", "T"):
            p.fatal = True
        p.tell("a sign that is not understood", start, start, "ambiguous" if p.fatal else "unread")
        return
    if (
        kind == "DASH"
        and start
        and kinds[start - 1] in ("C", "FORM", "RP", "ADV", "FREQ", "TIMES", "TAKE", "ROUTE", "NOTE")
        and p.tokens.text[p.tokens.span(start)[1] :][:1] == " "
    ):
        return  # "500 mg capsules - 1 capsule three times a day": a dash between product and instruction
    if kind == "DASH":
        p.fatal = True
        p.tell("a negative number, or a range without a beginning", start, start + 1, "ambiguous")
        p.i += 1
        return
    if kind == "REPEAT":
        while kinds[p.i] in ("X", "ONCE", "NUM", "IN", "AFTER", "T", "EVERY", "TIMES", "A"):
            p.i += 1
    if kind == "U":
        p.fatal = True
    if kind == "NUM":
        while kinds[p.i] in ("SLASH", "DASH", "STAR", "X") and kinds[p.i + 1] == "NUM":
            p.i += 2
    if kind in NUMBER_KINDS and not p.depth:
        p.fatal = True  # it could be how many are taken
    if kind in ("WORD", "NUM", "ID"):
        while kinds[p.i] in ("WORD", "ID"):
            p.i += 1
        if not (
            kinds[p.i] == "FREQ"
            and kind == "WORD"
            and p.tokens.last[p.i] == p.tokens.first[p.i]
            and len(p.tokens.raw[p.tokens.first[p.i]]) < 4
        ):
            p.i = timing.beyond(p, p.i)
        if kind == "WORD" and kinds[p.i] == "NUM" and kinds[p.i + 1] in ("RP", "END", "STOP"):
            p.i += 1
    p.fatal = p.fatal or pairs.open_pair(p, start, p.i)
    p.tell("not understood", start, p.i - 1)


_GOVERN = frozenset(
    "AT IN ON FOR AFTER BEFORE WITH MAX MAXD MAX1 UPTO LE TITR TITRDN STEPBY RAISE EVERY X HASH GT PER SLASH UNTIL BY "
    "BETWEEN EQ OF".split()
)
"""Words that govern the number behind them: where they are not understood, that number is no dose either."""


def swallow(p: State) -> None:
    """Step over the number and unit that a word which was not understood governs."""
    kinds = p.kinds
    if kinds[p.i] not in NUMBER_KINDS and kinds[p.i] != "BAD":
        return
    while (
        kinds[p.i] in NUMBER_KINDS
        or kinds[p.i] == "BAD"
        or (
            kinds[p.i] in ("DASH", "TO", "OR", "AND", "SLASH", "COMMA")
            and kinds[p.i + 1] in NUMBER_KINDS
            and kinds[p.i + 2] not in ("TIMES", "C")
        )
    ):
        p.i += 1
    if kinds[p.i] in ("U", "C", "T", "HH", "TIMES"):
        p.i += 1
