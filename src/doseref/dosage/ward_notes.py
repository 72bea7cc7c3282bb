"""Productions for what a ward writes behind a whole dose: when it goes over to tablets, when a level is taken, how much is drunk.

None of it is a dose: what goes over to tablets is not taken so yet, a level is taken before a dose that is counted, and so many
litres are those of a day's drink.
"""

from __future__ import annotations

from doseref.dosage.asides import TURNING
from doseref.dosage.letter_words import LONGEST, ended, left_aside, raw
from doseref.dosage.note_words import LOOKED_AT
from doseref.dosage.state import State

_GOES_OVER = frozenset("switch convert change step transition switching converting oral".split())
_ONCE = frozenset(
    "able tolerating tolerated tolerates taking eating drinking diet fluids swallowing afebrile apyrexial improving improved stable "
    "clinically well intake possible appropriate culture cultures sensitivities known review micro oral orally".split()
)
"""When it goes over: no amount, and no time but so many hours."""
_BEFORE = frozenset(("pre", "prior"))
_DRINK = frozenset(("fr", "restriction", "restrict", "restricted"))
_MOST_LITRES, _MOST_MILLILITRES = 4, 4000


def on_a_ward(p: State) -> bool:
    """on-a-ward ::= level-before | drink."""
    return level_before(p) or drink(p)


def to_tablets(p: State) -> bool:
    """to-tablets ::= ("switch" | "convert" | "step" …) ["down"] TO ROUTE [IF | AFTER] when* up to the sign: "switch to PO when
    able", "change to oral after 48 hours".

    Also asks for: A, AND, AS, CHANGE, NUM, ON, ONCE, SLASH, T, TITRDN, WITH, WORD.
    """
    kinds, i = p.kinds, p.i
    if raw(p, i) not in _GOES_OVER or kinds[i] not in ("WORD", "CHANGE", "TITRDN"):
        return False
    if kinds[i] != "TITRDN":
        i += 1 + (raw(p, i + 1) == "down")
    if kinds[i] not in ("TO", "TITRDN") or kinds[i + 1] != "ROUTE" or p.values[i + 1] != "oral":
        return False
    i += 2
    while not ended(p, i):
        if kinds[i : i + 2] == ["NUM", "T"] and p.values[i + 1] in ("h", "d"):
            i += 2
            continue
        plain = kinds[i] in ("IF", "ONCE", "AFTER", "ON", "AND", "A", "AS", "WITH", "SLASH") or raw(p, i) in _ONCE
        if not plain or i - p.i > LONGEST:
            return False
        i += 1
    return left_aside(p, i)


def level_before(p: State) -> bool:
    """level-before ::= level+ [NUM T] ("pre" | BEFORE | WITH) [TO | A] [NUM ORD | ORDN] dose up to the sign: "trough pre 4th dose".

    Also asks for: C, WORD.
    """
    kinds, i = p.kinds, p.i
    while kinds[i] == "WORD" and raw(p, i) in LOOKED_AT:
        i += 1
    if i == p.i:
        return False
    i += 2 * (kinds[i : i + 2] == ["NUM", "T"])
    if kinds[i] not in ("BEFORE", "WITH") and raw(p, i) not in _BEFORE:
        return False
    i += 1
    while kinds[i] in ("TO", "A", "ORDN", "ORD") or (kinds[i] == "NUM" and kinds[i + 1] == "ORD"):
        i += 1
    dose = kinds[i] == "C" and p.values[i] == "{dose}"
    return dose and ended(p, i + 1) and left_aside(p, i + 1)


def drink(p: State) -> bool:
    """drink ::= NUM U ["/" T] restriction | restriction [TO | OF] NUM U [("/" | PER | A) T] up to the sign, with restriction ::=
    ("fr" | WATER "restriction"): "1.5L FR", "fluid restriction 1500 mL/day".

    Also asks for: ADV, STOP.
    """
    i = _restriction(p, p.i)
    if i > p.i:
        i += p.kinds[i] in ("TO", "OF", "STOP")
        end = _litres(p, i)
    else:
        end = _litres(p, i)
        end = _restriction(p, end) if end > i and _restriction(p, end) > end else i
    return end > i and ended(p, end) and TURNING.isdisjoint(p.tokens.words(p.i, end)) and left_aside(p, end)


def _restriction(p: State, i: int) -> int:
    """Behind the words for how much may be drunk; ``i`` itself where none stand there.

    Also asks for: WATER.
    """
    if p.kinds[i] == "WATER" and raw(p, i + 1) in _DRINK:
        return i + 2
    return i + (raw(p, i) == "fr")


def _litres(p: State, i: int) -> int:
    """Behind what may be drunk in a day, up to four litres; ``i`` itself where no such amount stands there.

    Also asks for: A, ADV, NUM, PER, SLASH, T, U.
    """
    kinds, values = p.kinds, p.values
    if kinds[i : i + 2] != ["NUM", "U"] or values[i + 1] not in ("L", "mL"):
        return i
    if values[i] > (_MOST_LITRES if values[i + 1] == "L" else _MOST_MILLILITRES):
        return i
    end = i + 2
    if kinds[end] in ("SLASH", "PER", "A") and kinds[end + 1] == "T" and values[end + 1] == "d":
        return end + 2
    return end + (kinds[end] == "ADV" and values[end] == "d")
