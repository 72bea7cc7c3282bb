"""Dates where a strength, a dose or a rate must stand: what spreadsheets make of "1-2", "1/2", "5-20" and "7-10".

Which of those it was cannot be known any more ("2-Jan" may have been 1-2 or 1/2), so it is told and never read.
"""

from __future__ import annotations

import re

from doseref.patterns import regex
from doseref.units import UNIT_WORDS

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = regex("[0-9]{4}")
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_DATE = (
    rf"{_DAY}[\-–/]{_MONTH}(?:[\-–/][0-9]{{2,4}})?|{_MONTH}[\-–/][0-9]{{1,4}}"
    rf"|[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}(?:[T ][0-9:.]+)?|{_DAY}[/.]{_DAY}[/.][0-9]{{4}}"
)
_WHOLE = regex(
    rf"{_DATE}|{_DAY} {_MONTH}(?: [0-9]{{4}})?|{_MONTH} {_DAY}(?:,? [0-9]{{4}})?|{_DAY}/{_DAY}/[0-9]{{2}}", re.I
)
_BEFORE_A_UNIT = regex(rf"(?<![\w/.\-])({_DATE})\s*([a-z%]+)", re.I)


def is_date(cell: str) -> bool:
    """Whether a cell is a date and nothing else ("2-Jan", "May-25", "2026-05-20T00:00:00")."""
    return _WHOLE.fullmatch(cell.strip()) is not None


def dated_count(text: str) -> str:
    """The date that stands where a count must ("500 mg 2-Jan tabs"), as written; empty where there is none."""
    lower = text.lower()
    if not any(month in lower for month in _MONTHS) and _YEAR.search(text) is None:
        return ""  # nearly every text, and the whole pattern costs more than reading one
    return next((found[1] for found in _BEFORE_A_UNIT.finditer(text) if found[2].lower() in UNIT_WORDS), "")


_WRAP = regex(r"(?<=[a-z0-9,])[ \t]*\r?\n[ \t]*(?=[a-z])|(?<=\b(?:of|by|at))[ \t]*\r?\n[ \t]*|(?<=\b(?:for|and|per))[ \t]*\r?\n[ \t]*|"
    r"(?<=\b(?:take|with))[ \t]*\r?\n[ \t]*|(?<=\bevery)[ \t]*\r?\n[ \t]*", re.I)  # fmt: skip


def unwrapped(text: str) -> str:
    """``text`` as one line where a line was broken in the middle of a sentence: before a small letter, or behind a word
    that goes on ("take 1\ntablet twice\ndaily").
    """
    return _WRAP.sub(" ", text)


_SIGNS_BETWEEN = ",;.|/"
_FEWEST_WORDS = 3


def written_twice(text: str) -> str:
    """The one half of a line that was pasted twice ("X 40 mg nightly X 40 mg nightly"); empty for any other line.

    Word for word the same only: what differs in anything may be two doses of a day.
    """
    words = text.split()
    half = len(words) // 2
    if half < _FEWEST_WORDS or words[0].strip(_SIGNS_BETWEEN).lower() != words[half].strip(_SIGNS_BETWEEN).lower():
        # an own sign may stand between the halves: "X 40 mg nightly / X 40 mg nightly"
        if len(words) % 2 and half >= _FEWEST_WORDS and words[half] in ("/", "|", "-", "–", ";"):
            del words[half]
        else:
            return ""
    if len(words) % 2 or not any(ch.isdigit() for ch in text):
        return ""
    first, second = ([word.strip(_SIGNS_BETWEEN).lower() for word in part] for part in (words[:half], words[half:]))
    return " ".join(words[:half]).rstrip(_SIGNS_BETWEEN) if first == second else ""


def told(date: str, where: str) -> str:
    """What is told of it."""
    return f"{where} is the date '{date}': spreadsheets make dates of '1-2', '1/2' or '5-20'; write it again, as text"


_CUT_OFF = regex(r"\b(?:TAKE|GIVE)\b.{3,80}\b(?:BY MOUTH|TABLETS?|CAPSULES?)\s+EVE\s*$")
CUT = "its end is cut off: 'EVE' may be 'every' or 'evening'"


def cut_off(text: str) -> str:
    """What is told of a line in whole words that ends in "BY MOUTH EVE", as narrow columns cut them; empty otherwise."""
    return CUT if text.isupper() and _CUT_OFF.search(text) is not None else ""
