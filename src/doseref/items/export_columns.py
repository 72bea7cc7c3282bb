"""A row of columns as the line of drug and instruction that it holds, whatever the order of its columns.

row ::= aside* drug (strength | form | route | dose | count | time | sig | aside | supply)*

Each field is told what it is (:mod:`doseref.items.export_fields`); what the drug is written with stands before the dose,
and a figure behind both says how much was handed out, for how long and how often again. Where a figure could be taken or
handed out, where two fields could be the dose, or where words stand before the instruction that are not understood, the
row is not taken apart.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable

from doseref.items.export_fields import Field, Kind, field, of_somebody
from doseref.items.export_labels import BESIDES, labelled, of_a_record, run_of_labels
from doseref.items.export_taken import LARGEST_COUNT, MOST_BARE, TakenFields, instructed, is_pair, value_of
from doseref.names import Names
from doseref.names.tokens import tokenize
from doseref.patterns import regex
from doseref.records import replace

_LEAST_FIELDS = 3
_TIGHT_COMMA = regex(r",(?! )")
_BLANKS = regex(r"[ \u00a0]{2,}")
_DECIMAL_COMMA = regex(r"(?<=[0-9]),(?=[0-9]{1,2}\s?(?:mg|g|mcg|µg|ml|%)(?![A-Za-z]))", re.I)
"""Where a semicolon stands between fields, a comma before one or two figures is that of a decimal."""
_PARTS_OF_DAY = (3, 4)
"""Columns of a day: morning, noon, evening, night."""


def fields_of(text: str) -> list[str]:
    """The fields of a row, by the one sign that stands between all of them; none where the text is no row."""
    for sign in ("|", "\t", "^", "~"):
        if text.count(sign) >= _LEAST_FIELDS - 1:
            return _stripped(text.split(sign))
    if text.count(";") >= _LEAST_FIELDS:
        return _stripped(_DECIMAL_COMMA.sub(".", text).split(";"))
    if len(_TIGHT_COMMA.findall(text)) >= _LEAST_FIELDS:
        if '"' in text:
            return _stripped(next(csv.reader([text]), []))
        return _stripped(_TIGHT_COMMA.split(text))
    if "  " in text or "\u00a0" in text:
        return _stripped(_BLANKS.split(text))
    return []


def _stripped(fields: list[str]) -> list[str]:
    return [each for written in fields if (each := written.strip(" \t\"'\u00a0"))]


def arranged(text: str, names: Names, supplied: Callable[[str], bool]) -> str:
    """The line that a row of an export holds; empty where the row cannot be taken apart with certainty.

    ``supplied`` says of a field that it tells only what was handed out, when and by whom.
    """
    written = run_of_labels(text) or of_a_record(text) or fields_of(text)
    if len(written) < _LEAST_FIELDS:
        return ""
    written[0] = _without_number(written[0], names)
    fields: list[Field] = []
    for each in written:
        headed = any(one.kind is Kind.DRUG for one in fields)
        if (made := _field(each, names, supplied, headed)) is not None:
            fields.append(made)
    head = _head(fields)
    if head < 0:
        return ""
    before = [each for each in fields[:head] if each.kind is not Kind.ASIDE and each.text not in _LETTERS]
    behind = [
        each for each in fields[head + 1 :] if each.kind is not Kind.ASIDE and not _again(each, fields[head], names)
    ]
    whole = instructed([*before, *behind])
    if any(each.kind is Kind.REMARK for each in before):
        return ""
    for one in before:
        if one.kind is Kind.NUMBER and not (whole or one.label or _of_a_record(one.text)):
            said = " ".join(each.text for each in behind)
            return f"{fields[head].text}: {one.text}? {said}"  # "2|METOPROLOL 50MG TAB|BID|60"
    row = TakenFields(whole)
    row.hours = [each.text for each in before if each.kind is Kind.HOURS]
    row.begin(fields[head])
    apart = (Kind.HOURS, Kind.NUMBER)
    rest = _joined([*(each for each in before if each.label or each.kind not in apart), *behind])
    for place, one in enumerate(rest):
        if not row.take(one, rest[place + 1 :]):
            return row.undecided(one, rest[place + 1 :])
    return row.bottle() or row.line()


_NUMBERED = regex(r"[0-9]{5,12}\s+(?=[A-Za-z])")


def _without_number(text: str, names: Names) -> str:
    """The first field without the number of a record right before the name of its drug: "00317756 CARVEDILOL TAB"."""
    found = _NUMBERED.match(text)
    if found is None or names.at(tokenize(text[found.end() :]), 0, head=True) is None:
        return text
    return text[found.end() :]


_LETTERS = frozenset("RANY")
"""Letters in front of the drug that say what kind of record it is: repeat, acute, new, yes; D may be discontinued."""
_DAILY = regex(
    r"(?P<most>[0-9]{1,5}(?:\.[0-9]{1,2})?\s?[A-Za-z]{0,10})(?:\s?(?:/|per|a|in)\s?(?:1\s?)?(?:d|day|24\s?h(?:ours|rs?)?))?",
    re.I,
)


def _field(text: str, names: Names, supplied: Callable[[str], bool], headed: bool) -> Field | None:
    """What a field is, with its label; nothing where it holds nothing of what is taken by its own account."""
    label, rest = labelled(text)
    if label == BESIDES or (label == "who" and of_somebody(rest, names)) or not rest:
        return None
    if label == "who":
        label, rest = "", text
    if label == "most":
        found = _DAILY.fullmatch(rest)
        rest = f"max {found['most']} a day" if found is not None else text
    named = headed or label not in ("", "drug")
    return replace(field(rest, names, supplied(text) and not label, named), label=label)


def _head(fields: list[Field]) -> int:
    """Which field names the drug: one that says so, else one that begins with a name, else the first words (which may
    name one written otherwise); -1 where none does.
    """
    told = [place for place, each in enumerate(fields) if each.label == "drug"]
    known = [place for place, each in enumerate(fields) if each.kind is Kind.DRUG]
    worded = [place for place, each in enumerate(fields) if each.kind is Kind.REMARK]
    return (told or known or worded or [-1])[0]


def _again(each: Field, head: Field, names: Names) -> bool:
    """Whether a field is another name of the same one substance, and nothing besides: "insulin aspart|NOVOLOG FLEXPEN"."""
    if each.kind is not Kind.REMARK or each.label:
        return False
    tokens, other = tokenize(each.text), names.at(tokenize(head.text), 0)
    found = names.at(tokens, 0)
    if found is None or other is None or found.last != len(tokens) or not other.entry.substance:
        return False
    return found.entry.substance == other.entry.substance


def _of_a_record(text: str) -> bool:
    return text.isdigit() and len(text) > 2


def _joined(fields: list[Field]) -> list[Field]:
    """The fields with a number and its unit, or its form, in one: "75", "mcg"; and the columns of a day in one."""
    made: list[Field] = []
    place = 0
    while place < len(fields):
        each = fields[place]
        formed = any(one.kind is Kind.FORM for one in fields[:place])
        day = _columns_of_a_day(fields, place)
        if day and not any(one.kind in (Kind.TIME, Kind.SIG, Kind.COUNT) for one in fields):
            made.append(Field("-".join(one.text for one in fields[place : place + day]), Kind.SIG))
            place += day
            continue
        after = fields[place + 1] if place + 1 < len(fields) else None
        counted = after is not None and after.kind is Kind.FORM and "C" in after.words and len(after.words) == 1
        counted = counted and not is_pair(each) and value_of(each) <= (LARGEST_COUNT if formed else MOST_BARE)
        if each.kind is Kind.NUMBER and after is not None and (after.kind is Kind.UNIT or counted):
            kind = Kind.COUNT if counted else Kind.AMOUNT
            made.append(Field(f"{each.text} {after.text}", kind, (*each.words, *after.words), each.label))
            place += 2
            continue
        made.append(each)
        place += 1
    return made


def _columns_of_a_day(fields: list[Field], place: int) -> int:
    """How many columns of a day begin at ``place``: three or four small figures, one of them a nought."""
    end = place
    while end < len(fields) and fields[end].kind is Kind.NUMBER and value_of(fields[end]) <= LARGEST_COUNT:
        end += 1
    many = end - place
    return many if many in _PARTS_OF_DAY and any(not value_of(one) for one in fields[place:end]) else 0
