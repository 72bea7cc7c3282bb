"""Facts of a person as written: in columns, on lines, in resources and options ("18 months", "114 lb", "132 umol/L").

A fact that is not understood, or that another one of the same person contradicts, counts for nothing and is told
(R413); it never keeps others from being judged.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from doseref.errors import UsageError
from doseref.patterns import regex

UMOL_PER_MG_DL = Decimal("88.4")
"""Micromoles per litre of creatinine in 1 mg/dL (molar mass 113.12 g/mol)."""
KG_PER_POUND = Decimal("0.45359237")
"""By definition (the international pound of 1959)."""
FACTS: dict[str, str] = {
    "age": "age|age years|age yrs|patient age|age in years",
    "birth date": "birth date|birthdate|date of birth|dob|born",
    "weight": "weight|weight kg|body weight|wt|wt kg|patient weight",
    "sex": "sex|gender|patient sex",
    "egfr": "egfr|gfr|egfr ml min|estimated gfr",
    "crcl": "crcl|creatinine clearance|crcl ml min|cockcroft gault|cockcroft gault crcl",
    "creatinine": "creatinine|serum creatinine|scr|cr|creatinine mg dl",
    "pregnant": "pregnant|pregnancy|is pregnant",
    "hepatic": "hepatic|liver disease|hepatic impairment|liver impairment",
}
"""Role → how its column is headed."""

UNCLEAR, SAID, KIDNEYS, PROSE = "unclear", "said", "kidneys", "prose"
"""Roles of what no column holds: why something is not understood, in words; one of
:data:`doseref.regimen.told_facts.FACTS`; words about the kidneys of which no figure was read; and a fact that a
sentence says, as ``role: cell``, which counts for nothing and is told where nothing else says it.
"""
_NUMBER = regex(r"\s*([<>~≈]?)\s*([0-9]+(?:\.[0-9]+)?)\s*([a-zµμ/²0-9.]*)\s*", re.I)
_YES = frozenset(("yes", "y", "true", "1", "x", "pregnant", "positive"))
_NO = frozenset(("", "no", "n", "false", "0", "-", "none", "not pregnant", "negative"))
_GESTATION = regex(
    r"(?:[0-9]{1,2}(?:\s?\+\s?[0-6])?\s?(?:/\s?40|weeks?|wks?|w)|[0-9]{1,2}\s?\+\s?[0-6]|"
    r"(?:1st|2nd|3rd|first|second|third)\strimester)(?:\s(?:pregnant|of\spregnancy|(?:of\s)?gestation))?"
)
"""How far a pregnancy is, which says that there is one: "20 weeks", "28/40", "2nd trimester"."""
_LIVER = frozenset(
    ("mild", "moderate", "severe", "cirrhosis", "a", "b", "c", "child-pugh a", "child-pugh b", "child-pugh c")
)
_UNSAID = frozenset(
    "n/a|na|n.a.|unknown|not known|unk|nk|nil|none|null|nan|-|--|–|?|not recorded|not done|not available|not measured|"
    "not tested|not stated|pending|missing|nr|tbc".split("|")
)
"""Cells that say nothing of the person: they are as empty ones."""
_RANGES: dict[str, tuple[Decimal, Decimal]] = {
    "age": (Decimal(0), Decimal(130)),
    "weight": (Decimal("0.2"), Decimal(1000)),
    "egfr": (Decimal("0.1"), Decimal(300)),
    "crcl": (Decimal("0.1"), Decimal(300)),
    "creatinine": (Decimal("0.1"), Decimal(40)),
}
"""The least and the most that anybody has: years, kg, mL/min, mg/dL. 132 is a creatinine in µmol/L, and no other."""
_ASKED_FROM = 20
"""A creatinine without its unit from it on may be one in µmol/L (a child's 25) as well as one in mg/dL."""
_BELOW = Decimal("0.1")
"""What "<15" is less than 15: it is no 15, and which it is nobody says."""


_SEXES = {"m": "male", "male": "male", "man": "male", "f": "female", "female": "female", "woman": "female"}


def facts_of(cells: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The facts that cells by role give, those that say something."""
    return tuple((role, cells[role].strip()) for role in FACTS if cells.get(role, "").strip())


def number(role: str, value: object, said: str = "") -> Decimal:
    """The age in years, weight in kg, eGFR in mL/min or creatinine in mg/dL as an exact number.

    ``said`` is what it is called where that is not its role.

    Raises :class:`UsageError` for what is no number, and for one that nobody has (an age above 130, a creatinine of 132
    mg/dL).
    """
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        raise UsageError(f"{said or role} {value!r} is not a number") from None
    least, most = _RANGES[role]
    if not (exact.is_finite() and least <= exact <= most):
        unit = " mg/dL" if role == "creatinine" and exact.is_finite() else ""
        hint = ""
        if unit and most < exact <= most * UMOL_PER_MG_DL:
            hint = f"; {exact:f} umol/L is {(exact / UMOL_PER_MG_DL).quantize(Decimal('0.01'))} mg/dL"
        raise UsageError(f"{said or role} {value}{unit} is out of range{hint}")
    whole = exact.to_integral_value()
    return whole if exact == whole else exact.normalize()  # never "1.50 years"


def sex_of(written: str, said: str = "sex") -> str:
    """``male`` or ``female`` by any of its words, empty where nothing is written; ``said`` is what it is called.

    Raises :class:`UsageError` for other words.
    """
    low = str(written).strip().lower()  # a program may pass anything
    if low and low not in _SEXES:
        raise UsageError(f"{said} {written!r}: female or male")
    return _SEXES.get(low, "")


def told(facts: Iterable[tuple[str, str]], today: date) -> dict[str, object]:
    """Facts as written, as fields of a patient; raises :class:`UsageError` for one that is not understood or
    contradicts another.
    """
    found = who(facts, today)
    for why in found.get(UNCLEAR, ()):  # type: ignore[attr-defined]
        raise UsageError(why)
    return found


def who(facts: Iterable[tuple[str, str]], today: date, known: Iterable[str] = ()) -> dict[str, object]:
    """Facts as written, as fields of a patient. What is not understood, and what of one person is given as two
    things, is among ``unclear`` in words and no fact. ``known`` are roles that something else gives.
    """
    found: dict[str, object] = {}
    unclear: dict[str, None] = {}
    said: dict[str, None] = {}
    disputed: set[str] = set()
    told: dict[tuple[str, str], None] = {}
    for role, written in facts:
        if role in (KIDNEYS, PROSE):
            told[role, written] = None
            continue
        if role == SAID:
            said[written] = None
            continue
        if role == UNCLEAR:
            unclear[written] = None
            continue
        try:
            role, value = ("age", _years_since(written, today)) if role == "birth date" else (role, fact(role, written))
        except UsageError as error:
            unclear[str(error)] = None
            continue
        if value is None:
            continue
        if found.setdefault(role, value) != value:
            unclear[f"the {_CALLED.get(role, role)} of one person is given as {found[role]} and as {value}"] = None
            disputed.add(role)
    for role in disputed:
        del found[role]
    unclear |= dict.fromkeys(_not_used(told, found.keys() | disputed | set(known)))
    return found | ({SAID: tuple(said)} if said else {}) | ({UNCLEAR: tuple(unclear)} if unclear else {})


def _not_used(told: Iterable[tuple[str, str]], known: Collection[str]) -> Iterator[str]:
    """What is told of the person in words that no fact is made of, where no other words give that fact."""
    sentences = []
    for role, words in told:
        if role == KIDNEYS and not {"egfr", "crcl", "creatinine"}.intersection(known):
            yield f"'{words}': no figure of the kidneys is read, so that they count as normal (write: eGFR 28)"
        of, _, cell = words.partition(": ")
        if role == PROSE and of not in known and of != "sex" and not (of == "birth date" and "age" in known):
            sentences.append(f"{_CALLED.get(of, of)} {cell}")
    if sentences:
        it = "it on a line of its own" if len(sentences) == 1 else "each on a line of its own"
        yield f"a sentence says {', '.join(sentences)} (write {it})"


_CALLED = {"egfr": "eGFR", "crcl": "CrCl"}


def fact(role: str, written: str, said: str = "") -> object:
    """One fact of a person as written ("18 months", "44 lb", "female"), in years, kg, mL/min or mg/dL; ``None`` where it
    says nothing ("n/a"). ``said`` is what it is called where that is not its role.

    Raises :class:`UsageError` for what is not understood.
    """
    low = " ".join(written.lower().split())
    if role in ("pregnant", "hepatic"):
        return yes(role, written) or None
    if low in _UNSAID:
        return None
    if role == "sex":
        return _SEXES.get(low)  # a list may say what no formula knows of
    match = _NUMBER.fullmatch(low)
    if match is None:
        raise UsageError(f"{said} '{written}' is not a number" if said else f"{role}: '{written}' is not a number")
    value = number(role, _in_unit(role, Decimal(match[2]), match[3], said), said)
    return max(value - _BELOW, _BELOW) if match[1] == "<" and role in ("egfr", "crcl") else value


def yes(role: str, written: str) -> bool:
    """Whether a word says yes ("Y", "28/40" of a pregnancy, "moderate" of a liver disease) or no ("n", "unknown").

    Raises :class:`UsageError` for any other.
    """
    low = " ".join(written.lower().split())
    if low in _YES or (role == "pregnant" and _GESTATION.fullmatch(low)) or (role == "hepatic" and low in _LIVER):
        return True
    if low not in _NO | _UNSAID:
        raise UsageError(f"{role}: '{written}' is neither yes nor no")
    return False


def _in_unit(role: str, value: Decimal, unit: str, said: str) -> Decimal:
    if role == "weight" and unit in ("lb", "lbs", "pounds"):
        return (value * KG_PER_POUND).quantize(Decimal("0.1"))
    if role == "age" and unit in ("mo", "mos", "mth", "mths", "month", "months"):
        return (value / 12).quantize(Decimal("0.01"))
    if role == "age" and unit in ("week", "weeks", "wk", "wks"):
        return (value / 52).quantize(Decimal("0.01"))
    if role == "creatinine" and unit in ("umol/l", "µmol/l", "μmol/l"):
        return (value / UMOL_PER_MG_DL).quantize(Decimal("0.01"))
    if role == "creatinine" and not unit and value >= _ASKED_FROM:
        either = f" or '{value} mg/dL'" if value <= _RANGES[role][1] else ""
        raise UsageError(f"{said or role} {value} without its unit: write '{value} umol/L'{either}")
    allowed = {"weight": ("", "kg"), "age": ("", "a", "y", "yr", "yrs", "years", "year"), "creatinine": ("", "mg/dl")}
    if role in allowed and unit not in allowed[role]:
        raise UsageError(f"{said or role}: the unit '{unit}' is not understood")
    return value


def _years_since(written: str, today: date) -> Decimal:
    """Whole years from a day like 1950-03-31 (or a year and month) to today; 3/4/1950 counts where it is the same age
    whether April or March is meant. A day that no calendar has, and one to come, give none.
    """
    slashed = re.fullmatch(r"\s*([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})\b.*", written)
    if slashed is not None:
        one, other, year = int(slashed[1]), int(slashed[2]), int(slashed[3])
        read = (_age(year, month, day, today) for month, day in ((one, other), (other, one)))
        ages = {age for age in read if age is not None}
        if len(ages) == 1:
            return Decimal(ages.pop())
        if len(ages) > 1:
            raise UsageError(f"birth date: '{written}' may be two days: write it like {year}-{other:02d}-{one:02d}")
    match = re.fullmatch(r"\s*([0-9]{4})(?:[-/.]?([0-9]{2})(?:[-/.]?([0-9]{2})(?:[\sT].*)?)?)?\s*", written)
    middle = 7 if match and int(match[1]) < today.year else 1  # of a year alone the middle, of this one its beginning
    age = _age(int(match[1]), int(match[2] or middle), int(match[3] or 1), today) if match else None
    if age is None:
        parts = [slashed.groups()] if slashed else [(match[3] or "1", match[2] or "1", match[1])] if match else []
        days = [(int(year), int(month), int(day)) for day, month, year in parts]
        if slashed:
            days += [(year, day, month) for year, month, day in days]
        why = (
            "is not a day"
            if not days
            else "lies ahead, or too far back"
            if any(map(_is_day, days))
            else "is no day that there was"
        )
        raise UsageError(f"birth date: '{written}' {why}: write it like 1950-03-31")
    return Decimal(age)


def _is_day(parts: tuple[int, int, int]) -> bool:
    """Whether a calendar has a year, month and day."""
    try:
        date(*parts)
    except ValueError:
        return False
    return True


def _age(year: int, month: int, day: int, today: date) -> int | None:
    """Whole years from a day to today; ``None`` where there is no such day, it is to come, or nobody is so old."""
    try:
        born = date(year, month, day)
    except ValueError:
        return None
    age = today.year - year - ((today.month, today.day) < (month, day))
    return age if born <= today and age <= _RANGES["age"][1] else None
