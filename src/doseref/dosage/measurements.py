"""Productions for readings whose letters mean something else in an instruction: a pulse ("HR"), creatinine ("Cr")."""

from __future__ import annotations

from doseref.dosage.happenings import one_reading, opened
from doseref.dosage.remarks import complete
from doseref.dosage.state import State

_ENDS = frozenset(("END", "STOP", "RP", "COMMA"))


def pulse(p: State) -> bool:
    """pulse ::= "HR" NUM up to the sign, in capitals and behind a whole instruction: "25 mg bid HR 62".

    Also asks for: DASH, EVERY, NUM, TO.
    """
    begin, end = p.tokens.span(p.i)
    if p.tokens.text[begin:end] != "HR" or p.kinds[p.i + 1] != "NUM" or not complete(p) or p.depth:
        return False
    if not _LEAST_PULSE <= p.values[p.i + 1] <= _MOST_PULSE or p.kinds[p.i - 1] in ("NUM", "DASH", "EVERY", "TO"):
        return False
    end = one_reading(p, p.i)
    if not end or p.kinds[end] not in _ENDS:
        return False
    p.i = end
    return True


_LEAST_PULSE, _MOST_PULSE = 30, 220
_MOST_CREATININE = 6


def creatinine(p: State) -> bool:
    """creatinine ::= "Cr" NUM [unit] up to the sign: "K 4.5, Cr 1.2"; in other letters it is a release ("CR 12.5").

    Also asks for: NUM.
    """
    begin, end = p.tokens.span(p.i)
    if p.tokens.text[begin:end] != "Cr" or p.kinds[p.i + 1] != "NUM" or not complete(p) or not opened(p) or p.depth:
        return False
    end = one_reading(p, p.i)
    if not end or p.kinds[end] not in _ENDS or p.values[p.i + 1] > _MOST_CREATININE:
        return False
    p.i = end
    return True
