"""A cell of a table as a part of an instruction, with the unit and the period that its header gives."""

from __future__ import annotations

import re

from doseref.articles.doses import dose_words
from doseref.articles.extracted import Span
from doseref.articles.model import Block
from doseref.articles.spoken_words import often_words
from doseref.patterns import regex

_UNIT = (
    r"((?:mg|mcg|µg|μg|g|mL|ml|milligrams?|micrograms?|grams?|millilit(?:re|er)s?|IU|units?|mmol|mEq|puffs?|tablets?|drops?)(?:\s?(?:/|\bper\b)\s?kg)?)\b"
    r"(?:\s*(?:/|\b(?:per|a)\b)\s*(?:day|d|dose|24\s?h(?:ours?)?|min(?:ute)?|h(?:our|r)?)\b)?"
)
_UNIT_IN_HEADER = regex(
    rf"[(,\[]\s*(?:in\s+)?{_UNIT}(?!\s?/)\s*[)\]]?|(?:\A|(?<![\d\s])\s+){_UNIT.replace('((?:mg', '(?P<last>(?:mg')}\W*\Z",
    re.I,
)
"""The unit in brackets, behind a comma, or at the end of a header: "Dose (mg)", "mg/kg/day", "Maximum mg/day"."""
_RATE = regex(r"(?:/|\bper\b)\s?(min|h)(?:ute|our|r)?\b", re.I)
PER_DAY = regex(
    r"\b(?:rd[ai]|daily|per\s+day|a\s+day|each\s+day|24[\s-]?h(?:ours?)?|in\s+a\s+day|day)\b|/\s?d(?:ay)?\b", re.I
)
PERIOD = regex(
    r"\s*(?:(?:/|\b(?:per|a|each)\b)\s*(?:day|d\b|24\s?h(?:ours?)?|dose)|\bdaily\b|\bin\s+24\s?h(?:ours?)?\b)", re.I
)
"""Per what an amount is the most."""
HAS_UNIT = regex(
    r"\d[\s\u00a0]{0,3}(?:mg|mcg|µg|μg|ug|g|mL|ml|m(?:illi|icro)grams?|grams?|millilit(?:re|er)s?|IU|units?|million|tablets?|capsules?|puffs?|drops?|sprays?|sachets?|patch|%|mEq|mmol)\b|10[⁰¹²³⁴⁵⁶⁷⁸⁹]",
    re.I,
)


_MANY = rf"(?:{often_words()})"
_OFTEN = regex(
    rf"\b{_MANY}(?:\s+(?:or|to)\s+{_MANY})?[\s-](?:(?:a|per|each|every)\s+(?:day|week|month)|daily|weekly|monthly)\b|"
    r"\bevery\s+\d{1,2}(?:\s?(?:–|-|to)\s?\d{1,2})?\s+(?:hours?|days?|weeks?|months?)\b|"
    r"\b(?:at\s+(?:bedtime|night)|nightly|weekly|monthly)\b|\b(?:in\s+the|each|every)\s+(?:morning|evening|night)\b",
    re.I,
)
"""How often, as a header, a caption or the sentence above a table says it for all its doses."""


_OF_ITS_OWN = regex(
    r"\bevery\s+\d{1,3}(?:\s?(?:–|-|to)\s?\d{1,3})?\s?(?:min(?:ute)?s?|h(?:ou)?rs?|h)\b|\bq\s?\d{1,2}(?:\s?[–-]\s?\d{1,2})?\s?h\b|"
    rf"\b(?:od|{often_words(2)})\b|\b{_MANY}\s+(?:(?:a|per|each|every)\s+day|daily)\b",
    re.I,
)


def says_how_often(text: str) -> bool:
    """Whether a cell says how many times or at which interval."""
    return bool(_OF_ITS_OWN.search(text))


def often_in(text: str) -> str:
    """How often a header or caption says that its doses are taken ("at bedtime"); empty where it says nothing."""
    hit = _OFTEN.search(text)
    return hit.group().replace("-", " ") if hit else ""


_FOR_OTHERS = regex(
    r"\s*\((?=[^()]*\d)(?=[^()]*\b(?:over|above|under|below|from|if|in|elderly|older|children|with)\b)([^()]*)\)\s*\Z",
    re.I,
)
"""What a cell says behind a maximum of other people: "20 mg/day (10 mg/day over 60 years)"."""
_SAID = regex(
    r"\b(?:daily|day|times|every|once|twice|week\w*|month\w*|year\w*|hours?|nightly|bedtime|morning|evening|night|"
    r"single|stat)\b|/(?!\s?(?:kg|m2|m²|\d))",
    re.I,
)


def plain_span(cell: Block) -> Span:
    """The whole cell as it stands."""
    return Span(cell, 0, len(cell.text))


_TIMES_A_DAY = regex(
    r"\b(?:times|doses)\s*(?:/|a\b|per\b|each\b|every\b|in\s+a\b)\s*(?:day|d\b|24)|\btimes\s+daily\b|"
    r"\b(?:number|no\.?)\s+of\s+(?:daily\s+doses|doses\s*(?:a|per|/)\s*day)\b|\A\W*[x×]\s?(?:/|per\b|a\b)\s?d(?:ay)?\W*\Z",
    re.I,
)


_SO_MANY = regex(
    r"\s*(?:\d{1,2}|one|two|three|four|five|six)(?:(?:\s*[-–—]\s*|\s+(?:to|or)\s+)(?:\d{1,2}|two|three|four|five|six))?\s*",
    re.I,
)
"""A cell of a number and nothing else, in figures or in words."""


def frequency_span(cell: Block, header: str) -> Span:
    """A frequency cell; a bare number under "Times a day" is that many times, never a number of doses."""
    if not _SO_MANY.fullmatch(cell.text):
        split = re.search(r"\bdivided\b", header, re.I) and not re.search(r"\bdivided\b|\bonce\b", cell.text, re.I)
        return Span(cell, 0, len(cell.text), "divided " if split else "")
    if _TIMES_A_DAY.search(header):
        return Span(cell, 0, len(cell.text), "", " times daily")
    if re.search(r"\binterval\b.*\bh(?:ours?)?\b|\bhours\b", header, re.I):
        return Span(cell, 0, len(cell.text), "every ", " hours")
    if _HOW_MANY.search(header):
        return Span(cell, 0, len(cell.text), "", " times")  # in which time is not said: no count of tablets
    return plain_span(cell)


_HOW_MANY = regex(r"\bhow\s+(?:many\s+times|often)\b|\btimes\b|\bfrequency\b", re.I)


AGAIN = regex(r"\b(?:repeat\w*|second|next|further|again|then)\b", re.I)
"""The header of what is given after a first dose."""
EVERY_HOURS = regex(
    r"\W*(?:repeat(?:ed)?\s+)?(?:every|q)\s?\d{1,2}(?:\s?(?:–|-|to)\s?\d{1,2})?\s?(?:h|hrs?|hours?)"
    r"(?:\s+(?:as\s+needed|if\s+needed|prn))?\W*",
    re.I,
)
"""How often a dose is given again in a day. Minutes are none: so it is given until it works."""
_LATER = regex(r"\s*[,(]?\s*\b(?:after|in)\s+\d[^,;()]*?\s?(?:min(?:ute)?s?|h(?:ou)?rs?|h|days?)\b\)?", re.I)


def next_dose(cell: Block, first: int, last: int) -> Span | None:
    """The dose that a cell under "Repeat" gives, without how long after the first one: "80 mg after 1 h if needed";
    ``None`` where it gives none, or says more.
    """
    text = cell.text[first:last]
    amounts = dose_words(text)
    later = _LATER.search(text)
    if len(amounts) != 1 or text[: amounts[0].start].strip(" \t") or later is None or later.start() < amounts[0].end:
        return None
    return Span(cell, first, first + later.start(), suffix=text[later.end() :].rstrip(" ."))


_LIMITED = regex(
    r"[\s,;(]{1,3}(?=(?:to\s+a\s+)?(?:max\w*\b|(?:no|not)\s+(?:more|over|above|exceed\w*|to\s+exceed)\b|at\s+most\b|up\s+to\s+\d))",
    re.I,
)


def cut_at_limit(text: str) -> int:
    """Where the most begins that a dose cell states behind its dose ("10 mg/kg, max 500 mg"); its end without one."""
    hit = _LIMITED.search(text)
    return hit.start() if hit and dose_words(text[: hit.start()]) else len(text)


_IN_THE = ("morning", "afternoon", "evening")
_WITH = ("breakfast", "lunch", "dinner", "supper", "tea")


def part_of_day_span(cell: Block, header: str, further: bool) -> Span:
    """The dose of one part of the day: "500 mg in the morning", the further ones behind "and"."""
    word = header.lower().strip(" .:*").split()[-1].removesuffix("time" if "lunch" in header.lower() else "s")
    how = "in the" if word in _IN_THE else "with" if word in _WITH else "at"
    return Span(cell, 0, len(cell.text), "and " if further else "", f" {how} {word}")


def total_span(cell: Block) -> Span:
    """What the doses of a day come to, as a note behind them: the reading tells where it does not fit."""
    said = "" if _SAID.search(cell.text) else "/day"
    return Span(cell, 0, len(cell.text), "(", f"{said})")


def unit_added(text: str, header: str) -> str:
    """A cell of a bare number with the unit of its header."""
    unit = header_unit(header)
    return f"{text} {unit}" if unit and not HAS_UNIT.search(text) else text


_MASS = regex(r"\b(?P<unit>m?c?g|[µμ]g|micrograms?|milligrams?)\b", re.I)


def held_by_piece(cell: Block, header: str) -> str:
    """What a puff or a tablet holds, by its own column: "50" below "Micrograms per spray"; empty where that is open."""
    if dose_words(cell.text):
        return cell.text
    unit = _MASS.search(header)
    return f"{cell.text} {unit['unit'].lower()}" if unit and re.fullmatch(r"\d[\d.,]*", cell.text) else ""


_COUNTED = regex(
    r"\W*(?:(?:no\.?|number|how\s+many)\s+(?:of\s+)?)?(?:(?:small|large|paediatric|pediatric|junior|adult|children['’]s|whole|half)\s+)?(puffs|drops|sprays|tablets|capsules|caplets|sachets|suppositories)\b",
    re.I,
)


PIECE_OF = regex(
    r"\W*(tablets|capsules|caplets|sachets|suppositories|puffs|sprays)\s*(?:\(\s*|of\s+|,\s*)(?:each\s+|of\s+)?"
    r"(\d[\d.,]*\s?(?:m?c?g|[µμ]g))\b\W*(?:each\W*)?\Z",
    re.I,
)
"""A header of pieces with what each holds: "Capsules (2 mg)"."""


def header_unit(header: str) -> str:
    """The unit that a header gives for the bare numbers below it ("mg/kg", "mcg/kg/min"); empty without one."""
    if piece := PIECE_OF.match(header):
        return f"{piece.group(1).lower()} of {piece.group(2)}"
    hit = _UNIT_IN_HEADER.search(header)
    if hit is None:
        counted = _COUNTED.match(header)
        return counted.group(1).lower() if counted else ""
    rate = _RATE.search(header, hit.start())
    unit = hit.group(1) or hit["last"]
    unit = unit.lower() if len(unit) > 5 else unit  # "Tablets"
    return f"{unit}{f'/{rate.group(1).lower()}' if rate else ''}".replace(" ", "").replace("perkg", "/kg")


def dose_span(cell: Block, header: str, first: int, last: int, often: str = "") -> Span:
    """A line of a dose cell with the unit and the "per day" that its header gives; ``often`` is how often the doses
    of the table are taken whose cell and header say nothing of it.
    """
    suffix = ""
    unit = header_unit(header)
    if unit and not HAS_UNIT.search(cell.text) and cell.text.rstrip()[-1:].isdigit():
        suffix = f" {unit}"
    at_night = _AT_NIGHT.search(cell.text, first, last)
    if at_night is not None:
        return Span(cell, first, at_night.start(), suffix=" at night")
    silent = not _SAID.search(cell.text)
    told = often_in(header)
    if silent and not told and PER_DAY.search(header):
        suffix += "/day"
    elif silent and (told or often) and any(char.isdigit() for char in cell.text):
        suffix += f" {told or often}"
    return Span(cell, first, last, suffix=suffix)


_AT_NIGHT = regex(r"(?<=[a-z\d])\s+ON\s*\Z")
"""How British charts write "at night" behind an amount."""


def limit_of_others(cell: Block) -> tuple[int, int] | None:
    """Where a maximum cell says in brackets at its end what is the most of other people."""
    hit = _FOR_OTHERS.search(cell.text)
    return hit.span(1) if hit and dose_words(cell.text, *hit.span(1)) else None


_AT_ONCE = regex(
    r"\b(?:at\s+(?:once|one\s+time|a\s+time)|(?:per|each|single|one|a)\s+(?:single\s+)?dose|single)\b(?!\s+day)", re.I
)
"""The header of what may be given at one time."""


_UNLESS = regex(r",?\s+unless\b[^\d]*\Z", re.I)
"""Behind a maximum: when it does not hold ("3,000 mg unless a doctor says otherwise")."""


def limit_span(cell: Block, header: str) -> Span:
    """A maximum cell as an instruction: "max 3,000 mg/day"."""
    suffix = ""
    unit = header_unit(header)
    if unit and not HAS_UNIT.search(cell.text) and cell.text.rstrip()[-1:].isdigit():
        suffix = f" {unit}"
    if _AT_ONCE.search(header) and not re.search(
        r"\b(?:daily|day|hours?|dose|course)\b|/\s?(?:d|h)\b", cell.text, re.I
    ):
        suffix += " per dose"
    elif PER_DAY.search(header) and not re.search(
        r"\b(?:daily|day|hours?|dose|week|month|course|attack|episode)\b|/|\bh\b", cell.text, re.I
    ):
        suffix += "/day"
    prefix = "" if re.search(r"\b(?:max\w*|no\s+more|not\s+|up\s+to|limit)\b", cell.text, re.I) else "max "
    others = _FOR_OTHERS.search(cell.text) or _UNLESS.search(cell.text)
    return Span(cell, 0, others.start() if others else len(cell.text), prefix, suffix)


def duration_span(cell: Block, header: str) -> Span:
    """A duration cell as an instruction: "for 5 days"; under "Longest use" or "Maximum duration" it is a limit."""
    if re.search(r"\b(?:for|up\s+to|max\w*|no\s+more|no\s+longer|until|over)\b|[≤<]", cell.text, re.I):
        return plain_span(cell)
    limit = re.search(r"\b(?:longest|max\w*|most|up\s+to|limit)\b", header, re.I)
    return Span(cell, 0, len(cell.text), "for up to " if limit else "for ")
