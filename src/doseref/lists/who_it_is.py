"""What one line says of a person, several facts at once: "Pt: John Doe, age 6, 20 kg", "81F, eGFR 22"."""

from __future__ import annotations

import re
from datetime import date

from doseref.dosage.remark_list import words as plain_words
from doseref.errors import UsageError
from doseref.patterns import regex
from doseref.regimen.person import told

Facts = tuple[tuple[str, str], ...]
"""Role and cell, as a column would say them: ``("age", "6 years")``."""

_YEARS = r"(?:years?|yrs?|y)"
_PIECES = (
    ("birth date", regex(
        r"\b(?:d\.?o\.?b\.?|date of birth|born)(?:\son)?\s?[:=]?\s*(?P<is>[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{2,4})", re.I)),
    ("age", regex(
        rf"\b(?:aged?|patient age)\s?[:=]?\s*(?P<is>[0-9]{{1,3}})(?:\s?(?P<unit>months?|mo)\b|\s?-?{_YEARS}\b)?(?:[\s-]?old\b)?"
        r"(?![0-9./-])", re.I)),
    ("age", regex(
        rf"\b(?P<is>[0-9]{{1,3}})\s?-?(?:(?P<unit>months?|mo)[\s-]?old\b|{_YEARS}[\s-]?old\b|y/?o\b|years?\b|yrs?\b)", re.I)),
    ("egfr", regex(r"\b(?:egfr|gfr|crcl)\s?(?:is|of|[:=])?\s*(?P<is>[0-9]{1,3}(?:\.[0-9])?)(?:\s?mL/min(?:/1\.73\s?m[2²])?)?(?![0-9.])", re.I)),
    ("weight", regex(
        r"\b(?:(?:body\s)?weight|wt|weighs)\s?[:=]?\s*(?P<is>[0-9]{1,3}(?:\.[0-9]{1,2})?\s?(?:kg|lbs?))\b", re.I)),
    ("weight", regex(r"(?<![0-9./])(?P<is>[0-9]{1,3}(?:\.[0-9]{1,2})?\s?kg)\b(?!\s?/)", re.I)),
)  # fmt: skip
"""The facts that a line may say, each with what follows its name."""
_AGE_AND_SEX = regex(r"(?<![\w./-])(?P<age>[0-9]{2,3})(?P<sex>[MF])(?![\w/])")
_SEX = regex(r"(?<![\w-])(?P<sex>male|female|man|woman)\b", re.I)
_SEX_BEHIND_AGE = regex(r"^,\s+(?P<sex>[MF])(?![\w/'])|(?<=,\s)(?P<again>[MF])(?=,|$)")
"""What is left of "81 yo F" when the age is taken out."""
_PLACE = regex(r"\b(?:room|ward|bed|unit|bay|page|floor|cubicle)\b", re.I)
_SIGNS = " ,;:|()-–—.&"
_STAGE = regex(r"(?:stage|grade|class|type|nyha|g|[0-9][ab]?|i{1,3}|iv)\.?", re.I)
"""How far a disease has gone: "CKD 4", "CKD stage 3b", "NYHA II"."""
_OF_PERSON = frozenset("and with known has hx pmh background".split())
_MAY_BE_TAKEN = frozenset("insulin steroid steroids thyroid align ocean retina halls".split())
"""Words of remarks that are also what somebody takes."""


def split_facts(line: str, today: date) -> tuple[str, Facts]:
    """What a line says of the person, and the words that are left; no facts where one of them is not understood or two
    contradict each other.
    """
    rest, found = line, list[tuple[str, str]]()
    if not _PLACE.search(line) and (both := _AGE_AND_SEX.search(rest)) is not None:  # "Bed 12F" is a place
        found += [("age", f"{both['age']} years"), ("sex", both["sex"])]
        rest = f"{rest[: both.start()]}, {rest[both.end() :]}"
    for role, pattern in _PIECES:
        piece = pattern.search(rest)
        if piece is None:
            continue
        groups = piece.groupdict()
        unit = f" {'months' if groups.get('unit') else 'years'}" if role == "age" else ""
        found.append((role, f"{piece['is']}{unit}"))
        rest = f"{rest[: piece.start()]}, {rest[piece.end() :]}"
    if found and (sex := _SEX.search(rest)) is not None:
        found.append(("sex", {"man": "male", "woman": "female"}.get(sex["sex"].lower(), sex["sex"].lower())))
        rest = f"{rest[: sex.start()]}, {rest[sex.end() :]}"
    elif any(role == "age" for role, _ in found) and (letter := _SEX_BEHIND_AGE.search(rest)) is not None:
        found.append(("sex", letter["sex"] or letter["again"]))
        rest = f"{rest[: letter.start()]}, {rest[letter.end() :]}"
    if any(role == "birth date" for role, _ in found):
        found = [each for each in found if each[0] != "age"]  # the day says it more closely
    facts = tuple(dict.fromkeys(found))
    try:
        told(facts, today)
    except UsageError:
        return line, ()
    return (re.sub(r"(?:\s*[,;|()–—-]+\s*){2,}", ", ", rest).strip(_SIGNS) or "", facts) if facts else (line, ())


def diagnoses(rest: str) -> bool:
    """Whether words beside the facts of a person say what the person has and nothing else: "CKD 4", "T2DM and
    hypertension"; no word of it can be a dose, a time or a name (``remark_words.txt``).
    """
    parts = [part.split() for part in re.split(r"[,;|()/.&+]|\s[-–—]\s", rest)]
    plain = plain_words()
    return all(
        all(
            _says_what(word.lower().strip(":"), plain) or (place and _STAGE.fullmatch(word))
            for place, word in enumerate(part)
        )
        for part in parts
    )


def _says_what(word: str, plain: frozenset[str]) -> bool:
    """Whether a word is one of remarks, or a disease with its stage in one word ("ckd3b")."""
    staged = re.fullmatch(r"([a-z]{3,})[0-9][ab]?", word)
    if word in _MAY_BE_TAKEN:
        return False
    return word in plain or word in _OF_PERSON or (staged is not None and staged[1] in plain)
