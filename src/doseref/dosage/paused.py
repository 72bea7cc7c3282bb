"""A production for a pause that has an end, told behind a whole instruction: "(held inpt, resume 2/20)", "hold until 12/3".

The instruction stands from that day on, so it is read as it is. A pause without an end, one that ends on a condition, and
another dose to resume with are left to the productions that refuse them.
"""

from __future__ import annotations

from doseref.dosage.asides import behind_dash
from doseref.dosage.remarks import complete
from doseref.dosage.state import State
from doseref.patterns import regex

BEGINS = ("NEG", "ON")
_OPENS = frozenset(("STOP", "COMMA", "NOTE", "DASH", "RP"))
_HELD = r"(?:(?:was|currently)\s)?(?:held|on\shold|hold|withheld|paused|suspended)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_DATE = (
    rf"(?:[0-9]{{1,2}}\s?[/.-]\s?[0-9]{{1,2}}(?:\s?[/.-]\s?(?:20)?[0-9]{{2}})?|[0-9]{{1,2}}(?:\s?(?:st|nd|rd|th))?\s{_MONTH}(?:\s20[0-9]{{2}})?|"
    rf"{_MONTH}\s[0-9]{{1,2}}(?:\s?(?:st|nd|rd|th))?(?:\s20[0-9]{{2}})?)"
)
_WHERE = (
    r"(?:\s(?:inpt|inpatient|as\sinpatient|in\shospital|in\sthe\shospital|in\sed|on\sadmission|at\sadmission|during\s(?:admission|"
    rf"hospitali[sz]ation|stay)|while\s(?:inpatient|inpt|in\shospital|admitted)|pre\s?-?\s?op|peri\s?-?\s?op|for\s(?:surgery|procedure|"
    rf"aki|hypotension)|(?:on|since|from)\s{_DATE}))*"
)
_UNTIL = rf"(?:{_DATE}|(?:at|on|upon|after)\sdischarge|tomorrow|(?:on\s)?(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_AGAIN = rf"(?:to\s)?(?:resumed?|restart(?:ed)?)\s(?:on\s|from\s)?{_UNTIL}"
_PAUSED = regex(rf"{_HELD}{_WHERE}\s?[,;]?\s?(?:(?:and\s)?{_AGAIN}|(?:until|till)\s{_UNTIL})|{_AGAIN}")
_LONGEST = 24
"""Words in which the end of the bracket, or of the line, is looked for."""


def paused(p: State) -> bool:
    """paused ::= a pause with its end up to the end of the line, behind a sign: "- held in hospital, resume on discharge".

    Also asks for: END.
    """
    if p.kinds[p.i - 1] not in _OPENS and not behind_dash(p):
        return False
    return complete(p) and _taken(p, p.i, "END")


def bracketed(p: State) -> bool:
    """paused-bracket ::= "(" paused ")".

    Also asks for: RP.
    """
    if not complete(p) or not _taken(p, p.i + 1, "RP"):
        return False
    p.i += 1
    return True


def _taken(p: State, i: int, end: str) -> bool:
    """Keep what stands up to ``end`` as a remark, where it is a pause with its end."""
    raw, first = p.tokens.raw, p.tokens.first
    begin = first[i] if end == "END" else first[i - 1] + 1
    after = i
    while p.kinds[after] not in (end, "END"):
        after += 1
        if after - i > _LONGEST:
            return False
    said = " ".join(word for word in raw[begin : first[after]] if word != "\n").strip(" .")
    if p.kinds[after] != end or _PAUSED.fullmatch(said.replace(" / ", "/").replace(" ,", ",")) is None:
        return False
    p.remarks.append((i, after - 1))
    p.i = after
    return True
