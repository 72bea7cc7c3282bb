"""A cell of a table as a part of an instruction, with the unit and the period that its header gives."""

from __future__ import annotations

import re

from doseref.articles.extracted import Span
from doseref.articles.model import Block

_UNIT_IN_HEADER = re.compile(
    r"[(,\[]\s*(mg|mcg|µg|μg|g|mL|ml|IU|units)\b(?:\s*(?:/|per)\s*(day|d|dose|24\s?h)\b)?\s*[)\]]?", re.I
)
PER_DAY = re.compile(
    r"\b(?:daily|per\s+day|a\s+day|each\s+day|24[\s-]?h(?:ours?)?|in\s+a\s+day|day)\b|/\s?d(?:ay)?\b", re.I
)
HAS_UNIT = re.compile(
    r"\d[\s\u00a0]{0,3}(?:mg|mcg|µg|μg|ug|g|mL|ml|IU|units?|million|tablets?|capsules?|patch|%|mEq)\b|10[⁰¹²³⁴⁵⁶⁷⁸⁹]",
    re.I,
)


def plain_span(cell: Block) -> Span:
    """The whole cell as it stands."""
    return Span(cell, 0, len(cell.text))


def frequency_span(cell: Block, header: str) -> Span:
    """A frequency cell; a bare number under "Times a day" is that many times, never a number of doses."""
    if not re.fullmatch(r"\s*\d{1,2}(?:\s*[-–—]\s*\d{1,2})?\s*", cell.text):
        return plain_span(cell)
    if re.search(r"\btimes\s+(?:a|per)\s+day\b", header, re.I):
        return Span(cell, 0, len(cell.text), "", " times daily")
    if re.search(r"\binterval\b.*\bh(?:ours?)?\b|\bhours\b", header, re.I):
        return Span(cell, 0, len(cell.text), "every ", " hours")
    return plain_span(cell)


def unit_added(text: str, header: str) -> str:
    """A cell of a bare number with the unit of its header."""
    unit = _UNIT_IN_HEADER.search(header)
    return f"{text} {unit.group(1)}" if unit and not HAS_UNIT.search(text) else text


def dose_span(cell: Block, header: str, first: int, last: int) -> Span:
    """A line of a dose cell with the unit and the "per day" that its header gives."""
    suffix = ""
    unit = _UNIT_IN_HEADER.search(header)
    if unit and not HAS_UNIT.search(cell.text) and cell.text[-1:].isdigit():
        suffix = f" {unit.group(1)}"
    if PER_DAY.search(header) and not re.search(
        r"\b(?:daily|day|times|every|once|twice|week\w*|month\w*|year\w*|hours?)\b|/", cell.text, re.I
    ):
        suffix += "/day"
    return Span(cell, first, last, suffix=suffix)


def limit_span(cell: Block, header: str) -> Span:
    """A maximum cell as an instruction: "max 3,000 mg/day"."""
    suffix = ""
    unit = _UNIT_IN_HEADER.search(header)
    if unit and not HAS_UNIT.search(cell.text) and cell.text[-1:].isdigit():
        suffix = f" {unit.group(1)}"
    if PER_DAY.search(header) and not re.search(r"\b(?:daily|day|hours?|dose|week|month)\b|/|\bh\b", cell.text, re.I):
        suffix += "/day"
    prefix = "" if re.search(r"\b(?:max\w*|no\s+more|not\s+|up\s+to|limit)\b", cell.text, re.I) else "max "
    return Span(cell, 0, len(cell.text), prefix, suffix)


def duration_span(cell: Block, header: str) -> Span:
    """A duration cell as an instruction: "for 5 days"; under "Longest use" or "Maximum duration" it is a limit."""
    if re.search(r"\b(?:for|up\s+to|max\w*|no\s+more|no\s+longer|until|over)\b|[≤<]", cell.text, re.I):
        return plain_span(cell)
    limit = re.search(r"\b(?:longest|max\w*|most|up\s+to|limit)\b", header, re.I)
    return Span(cell, 0, len(cell.text), "for up to " if limit else "for ")
