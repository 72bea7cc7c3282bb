"""Rows of a pharmacy export as one line: ``SERTRALINE 100MG TAB|TAKE 1 TABLET DAILY|QTY 30|DS 30|RF 2|05/03/2024``.

row     ::= field (separator field)+, the separator being one of "|", "~", "^" and tab, or "," and ";" before a label
field   ::= [label] drug | [label] sig | figure-of-supply | date | number | who | status
label   ::= ("drug" | "sig" | "directions" | …) ("=" | ":")

What was dispensed, when and by whom is left out where a field says just that and nothing else; every other field stays
as it is and is read, or told. Figures without a label are left out behind the sig only, two or three in a row
(quantity, days, refills), or one that is too large for a count.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal

from doseref.items.export_columns import arranged
from doseref.items.export_labels import run_of_labels
from doseref.items.export_shapes import DATE, PIECE
from doseref.names import Names
from doseref.patterns import regex

_SEPARATORS = ("|", "~", "^", "\t", " // ", " / ")
_LABELS = r"drug(?:\s?name)?|medication(?:\s?name)?|med(?:\s?name)?|product|item(?:\s?desc(?:ription)?)?|name"
_SIG_LABELS = r"sig|directions?|instructions?|dose\s?instructions?|sig\s?text"
_SUPPLY_LABELS = (
    r"qty(?:\s?disp(?:ensed)?)?|quantity|disp(?:ensed?)?|days?(?:\s?supply)?|day\s?sup(?:ply)?|ds|d/s|rf|rfs|rfls?|"
    r"refills?(?:\s?(?:left|remaining|auth(?:orized)?))?|ref|rpts?|repeats?|daw|rx\s?(?:#|no\.?|num(?:ber)?)?|ndc|"
    r"(?:last|date|next|first|orig(?:inal)?)?\s?(?:fill(?:ed)?|written|disp(?:ensed)?|sold|issued)"
    r"(?:\s?(?:date|on|dt))?|"
    r"date|prescriber|provider|doctor|dr|md|physician|pharmacy|store|status|patient\s?pay|copay|price|cost|"
    r"ins(?:urance)?"
)
_FOLLOWS = regex(rf"\s*[,;]\s*(?=(?:{_LABELS}|{_SIG_LABELS}|{_SUPPLY_LABELS})\s?[=:])", re.I)
_EQUALS = regex(rf"(?:\s*[,;]\s*|\s+)(?=(?:{_LABELS}|{_SIG_LABELS}|{_SUPPLY_LABELS})=)", re.I)
"""Blanks before a label with its sign, where fields have nothing else between them: "DRUG=… SIG=… QTY=…"."""
_SHORT = regex(r"(?<=\s)S:(?=.{2,80}?\sQ:\s?[0-9])")
_SHORT_OTHERS = regex(r"(?<=\s)(?P<label>[QR]):(?=\s?[0-9])")
_WRITTEN = {"Q": "QTY", "R": "RF"}
"""Labels of one letter, known by standing together: "S:1T QAM Q:30 R:11"."""
_NAMED = regex(rf"(?:{_LABELS}|{_SIG_LABELS})\s?[=:]\s*", re.I)
_LABELLED = regex(rf"(?:{_LABELS}|{_SIG_LABELS}|{_SUPPLY_LABELS})\s?[=:]", re.I)
_NAME = r"[a-z][a-z.'-]{0,20}(?:,?\s[a-z][a-z.'-]{0,20}){0,3}"
_FIGURES_OF_SUPPLY = (
    rf"(?:qty|quantity|disp(?:ensed?)?|q(?=\s?[:=#]))\.?(?:\s?disp(?:ensed)?)?\s?[:=#]?\s?#?\s?"
    rf"[0-9]{{1,4}}(?:\.[0-9]{{1,3}})?{PIECE}",
    rf"#\s?[0-9]{{1,4}}{PIECE}",
    r"[1-9][0-9]{1,3}\s?(?:ea|ct)",
    r"(?:ds|d/s|days?(?:\s?supply)?|day\s?sup(?:ply)?)\s?[:=#]?\s?[0-9]{1,3}",
    r"[0-9]{1,3}\s?(?:ds|d/s|days?\s?supply|day\s?sup)",
    r"(?:rf|rfs|rfls?|refills?|ref|r|rpts?|repeats?)\.?\s?(?:left|remaining|rem|auth)?\s?[:=#x]?\s?[0-9]{1,2}",
    r"(?:[0-9]{1,2}|no|zero)\s?(?:rf|rfs|rfls?|refills?|rpts?|repeats?)(?:\s(?:left|remaining|rem))?",
    r"nr|non-?rpt|daw\s?[:=]?\s?[0-9yn]",
    r"(?:rx|prescription|order|script)\s?(?:#|no\.?|num(?:ber)?)?\s?[:=#]?\s?[0-9]{5,12}(?:-[0-9]{1,3})?",
    r"(?:ndc)?\s?[:=#]?\s?(?:[0-9]{4,5}-[0-9]{3,4}-[0-9]{1,2}|[0-9]{10,11})",
    r"c-?(?:ii|iii|iv|v|[2-5])n?|sch(?:edule)?\s?(?:[2-5]|[hgx]1?)",
    r"batch\s?(?:no\.?|#|:)?\s?[0-9a-z]{4,12}|exp(?:iry)?\.?\s?:?\s?[0-9]{1,2}/[0-9]{2,4}",
    r"(?:mrp|rs\.?)\s?:?\s?[0-9]{1,5}(?:\.[0-9]{1,2})?",
    r"(?:(?:patient\s?pay|copay|price|cost)\s?[:=]?\s?)?\$[0-9]{1,5}(?:\.[0-9]{2})?",
    r"(?:patient\s?pay|copay|price|cost)\s?[:=]?\s?[0-9]{1,5}(?:\.[0-9]{2})?",
    r"(?:(?:nh|ltc|snf|alf|facility)\s)?(?:cycle\sfill|blister(?:\s?pack)?|bubble\s?pack|unit\sdose|mar)(?:\srm\s[0-9a-z]{1,5})?",
)
_WHEN_AND_WHO = (
    rf"(?:(?:last|next|first|orig(?:inal)?|date)\s?)?(?:(?:fill(?:ed)?|written|dispensed|disp|sold|issued|picked up|"
    rf"filled on|due|date|lf|wr|exp(?:ires)?)\s?(?:date|dt|on)?)?\s?[:=]?\s?{DATE}",
    r"replac(?:es|ed|ing)\s(?:rx|script|order)\s?#?\s?[0-9]{5,12}(?:\s?\([0-9]{1,4}(?:\.[0-9]{1,2})?\s?(?:mg|mcg)\))?",
    r"(?:status\s?[:=]\s?)?(?:active|filled|sold|dispensed|verified|picked\s?up|current|new|refill|ready)",
    rf"(?:prescriber|provider|physician|doctor|dr|md|prescribed by|pcp)\b\s?[.:=]?\s?(?:{_NAME})?",
    r"(?:[a-z][a-z'-]{1,20}(?:,\s?|\s)){1,2}(?:[a-z]\.?,?\s)?(?:md|do|np|pa|pa-c|aprn|arnp|dds|dmd|dpm|fnp|mbbs)",
    r"(?:pharmacy|store)\s?(?:[:=#]|no\.?)\s?[#a-z0-9' -]{1,30}",
)
_OF_A_RECORD = (
    r"(?:mrn|pat(?:ient)?[\s_]?id|ptid|pt\s?#|acct|encounter|record|row|id)\s?[:=#]?\s?[0-9]{3,12}",
    r"[0-9]{4,12}(?=[,|;~^\t]|$)",
)
_SUPPLIED = regex("|".join((*_FIGURES_OF_SUPPLY, *_WHEN_AND_WHO, _OF_A_RECORD[0])), re.I)
"""A field that says only how much was dispensed, for how long, how often again, when, by whom: never what is taken."""
_RECORD = regex(
    rf"(?:{'|'.join(_OF_A_RECORD)}|{_FIGURES_OF_SUPPLY[8]}|{_FIGURES_OF_SUPPLY[9]}|{DATE})\s?,(?=.{{3,60}},)", re.I
)
"""The first field of a row between commas: the number of a record, of a prescription or a product, or a date."""
_SUPPLY_AT_END = regex(r"(?<![0-9]),[0-9]{1,3},[0-9]{1,3}(?:,[0-9]{1,2})?$")
"""Figures without a space between them at the end of a row between commas; never behind a figure ("at 8,12,16")."""
_PRODUCT = regex(r"(?:\b(?:tab|cap|tb|cp|pen|vial|soln?|susp|inh|hfa|oint|crm?|cream|syrp?|patch)s?|\))\s*$", re.I)
"""A field that ends with the form of a product, or with how many are in its pack."""
_AMOUNT = regex(r"[0-9½¼]|\b(?:one|two|three|half|an?|i{1,3})\b", re.I)
"""How many, in the field of the instruction."""
_COURSE = regex(r"\bx\s?[0-9]{1,2}\s?d(?:ays?)?\W*$", re.I)
_LEAST_OF_COURSE = 10
"""Behind the days of a course, so many are handed out."""
_COLUMNS = regex(r"[ \u00a0]{2,}")
_DIRECTIONS = regex(
    r"\b(?:bid|tid|qid|qd|qod|daily|od|bd|tds|qds|qhs|hs|qam|qpm|am|pm|prn|weekly|q[0-9]{1,2}h|nocte|mane)\b", re.I
)
"""A column that says how often: behind it, figures can only be of the supply."""
_BARE = regex(r"[0-9]{1,4}(?:\.0{1,3})?")
_NUMBER_OF_RECORD = regex(r"[0-9]{4,12}")
_LEAST_ALONE = 21
"""One figure alone behind the sig is how many were dispensed if nobody takes so many at once."""
_MOST_BARE = 3
_LONGEST = 60
"""A longer field says more than that."""
_WORDS = regex(r"[A-Za-z]{3}")


def as_line(text: str, names: Names) -> str:
    """A row of an export as the line of drug and instruction that it holds; ``text`` itself where it is none."""
    if (_IN_COLUMNS.search(text) or run_of_labels(text)) and (line := arranged(text, names, _supplied)):
        return line
    if _SHORT.search(text):
        text = _SHORT_OTHERS.sub(lambda found: f"{_WRITTEN[found['label']]}:", _SHORT.sub("SIG:", text, count=1))
    fields, sign = _fields(text)
    if len(fields) < 2:
        return text
    kept = [field for field in fields if len(field) > _LONGEST or not _SUPPLIED.fullmatch(field)]
    if len(kept) > 2 and kept[0] == fields[0] and _NUMBER_OF_RECORD.fullmatch(kept[0]):
        kept = kept[1:]  # "10093|SERTRALINE HCL 50MG TAB|…"
    kept = _without_figures(kept, fields)
    named = [bool(_NAMED.match(field)) for field in kept]
    if not kept or not _WORDS.search(kept[0]) or (len(kept) == len(fields) and not any(named)):
        return text
    words = [_NAMED.sub("", field, count=1) if label else field for field, label in zip(kept, named, strict=True)]
    if any(label and not _leads(field) for field, label in zip(kept, named, strict=True)) and not _drug_first(kept):
        words.reverse()  # "sig=…,drug=…"
    return (" " if sign == "," else f"{sign} ").join(words)


_IN_COLUMNS = regex(r"[|\t;^~]|,[^ ]|  |\u00a0|\{\"|\":")
"""What stands between columns; most lines hold none of it."""


def _supplied(field: str) -> bool:
    return len(field) <= _LONGEST and _SUPPLIED.fullmatch(field) is not None


def _leads(field: str) -> bool:
    return re.match(rf"(?:{_LABELS})\s?[=:]", field, re.I) is not None


def _drug_first(kept: list[str]) -> bool:
    """Whether no field calls itself the drug behind one that calls itself the instruction."""
    return len(kept) != 2 or not _leads(kept[1])


def _fields(text: str) -> tuple[list[str], str]:
    """The fields of a row, and the sign between them; one field where the text is no row."""
    if text.startswith('"') and '",' in text:
        return _stripped(next(csv.reader([text]), [])), "|"
    for sign in _SEPARATORS:
        if text.count(sign) >= 2 and (sign != " / " or _PRODUCT.search(text.split(sign, 1)[0])):
            return _stripped(text.split(sign)), "|"
    if text.count("=") > 1 and _LABELLED.match(text):
        return _stripped(_EQUALS.split(text)), ","
    columns = _COLUMNS.split(text)
    if len(columns) > 2 and _PRODUCT.search(columns[0]) and _DIRECTIONS.search(columns[1]):
        return _stripped(columns), "|"
    if text.count(";") >= 2:
        return _stripped(text.split(";")), ";"
    if _RECORD.match(text) or _SUPPLY_AT_END.search(text):
        return _stripped(text.split(",")), "|"
    if ("=" in text or ":" in text) and _LABELLED.search(text):
        return _stripped(_FOLLOWS.split(text)), ","
    return [text], ""


def _stripped(fields: list[str]) -> list[str]:
    return [field for each in fields if (field := each.strip(" \t\"'"))]


def _without_figures(kept: list[str], fields: list[str]) -> list[str]:
    """The fields without bare figures at the end, behind at least two that are words."""
    words = len(kept)
    while words and _BARE.fullmatch(kept[words - 1]):
        words -= 1
    figures = kept[words:]
    if words < 2 or not figures or len(figures) > _MOST_BARE or any(_BARE.fullmatch(field) for field in kept[:words]):
        return kept
    if not _AMOUNT.search(kept[words - 1]) and Decimal(figures[0]) < _LEAST_ALONE:
        return kept  # "nocte|3|3|2": how many may stand among them
    behind = fields[fields.index(kept[words - 1]) + 1 :]
    alone = len(figures) == 1 and Decimal(figures[0]) < _LEAST_ALONE and len(behind) == 1
    if alone and Decimal(figures[0]) >= _LEAST_OF_COURSE and _COURSE.search(kept[words - 1]):
        return kept[:words]
    return kept if alone else kept[:words]
