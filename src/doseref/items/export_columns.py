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
from decimal import Decimal

from doseref.items.export_fields import Field, Kind, field, labelled, of_one_time, says_when
from doseref.names import Names
from doseref.patterns import regex
from doseref.records import replace

_LEAST_FIELDS = 3
_TIGHT_COMMA = regex(r",(?! )")
_BLANKS = regex(r"[ \u00a0]{2,}")
_DECIMAL_COMMA = regex(r"(?<=[0-9]),(?=[0-9]{1,2}\s?(?:mg|g|mcg|µg|ml|%)(?![A-Za-z]))", re.I)
"""Where a semicolon stands between fields, a comma before one or two figures is that of a decimal."""
_LARGEST_COUNT = Decimal(8)
"""Nobody counts more pieces in a column that only says a number."""
_SMALLEST_PACK = Decimal(10)
_TIMES_THE_DOSE = 4
"""So many times the dose is handed out, and not taken."""
_MOST_FIGURES = 5
"""How many, for how many days, how often again, of how many, and a price."""
_PARTS_OF_DAY = (3, 4)
"""Columns of a day: morning, noon, evening, night."""
_PAIR = regex(r"([0-9]+(?:\.[0-9]+)?)\s?[/-]\s?([0-9]+(?:\.[0-9]+)?)")
_LEAST_OF_PAIR = Decimal(10)
"""One of two strengths is so much; of two counts or parts neither is."""
_OF_ISSUES = regex(r"[0-9]{1,2}/[0-9]{1,2}")
_FIRST = regex(r"[0-9]+(?:[.,/][0-9]+)?")


def fields_of(text: str) -> list[str]:
    """The fields of a row, by the one sign that stands between all of them; none where the text is no row."""
    for sign in ("|", "\t"):
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
    written = fields_of(text)
    if len(written) < _LEAST_FIELDS:
        return ""
    fields: list[Field] = []
    for each in written:
        headed = any(one.kind is Kind.DRUG for one in fields)
        label, unlabelled = labelled(each)
        if unlabelled:
            fields.append(replace(field(unlabelled, names, supplied(each) and not label, headed), label=label))
    row = _Row()
    head = _head(fields)
    if head < 0 or any(each.kind not in (Kind.ASIDE, Kind.NUMBER, Kind.HOURS) for each in fields[:head]):
        return ""
    if any(each.kind is Kind.NUMBER and not _of_a_record(each.text) for each in fields[:head]):
        return ""
    row.hours = [each.text for each in fields[:head] if each.kind is Kind.HOURS]
    row.begin(fields[head])
    rest = _joined([each for each in fields[head + 1 :] if each.kind is not Kind.ASIDE])
    for place, one in enumerate(rest):
        if not row.take(one, rest[place + 1 :]):
            return row.undecided(one, rest[place + 1 :])
    return row.line()


def _head(fields: list[Field]) -> int:
    """Which field names the drug: one that begins with a name, else the first words (which may name one written
    otherwise); -1 where none does.
    """
    known = [place for place, each in enumerate(fields) if each.kind is Kind.DRUG]
    worded = [place for place, each in enumerate(fields) if each.kind is Kind.REMARK]
    return (known or worded or [-1])[0]


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
        counted = counted and not _pair(each) and _value(each) <= (_LARGEST_COUNT if formed else _MOST_BARE)
        if each.kind is Kind.NUMBER and after is not None and (after.kind is Kind.UNIT or counted):
            kind = Kind.COUNT if counted else Kind.AMOUNT
            made.append(Field(f"{each.text} {after.text}", kind, (*each.words, *after.words)))
            place += 2
            continue
        made.append(each)
        place += 1
    return made


def _pair(each: Field) -> bool:
    """Whether a field is the strengths of two drugs without their unit: "25/100", "5-325"."""
    found = _PAIR.fullmatch(each.text)
    return found is not None and max(Decimal(found[1]), Decimal(found[2])) >= _LEAST_OF_PAIR


def _columns_of_a_day(fields: list[Field], place: int) -> int:
    """How many columns of a day begin at ``place``: three or four small figures, one of them a nought."""
    end = place
    while end < len(fields) and fields[end].kind is Kind.NUMBER and _value(fields[end]) <= _LARGEST_COUNT:
        end += 1
    many = end - place
    return many if many in _PARTS_OF_DAY and any(not _value(one) for one in fields[place:end]) else 0


def _value(each: Field) -> Decimal:
    """The first figure of a field."""
    found = _FIRST.search(each.text)
    if found is None:
        return Decimal(0)
    whole, _, part = found.group().replace(",", ".").partition("/")
    return Decimal(whole) / Decimal(part) if part and Decimal(part) else Decimal(whole)


def _countable(value: Decimal, behind: list[Field]) -> bool:
    """Whether a bare figure before the time can only be how many are taken: four before "weekly" may be the pack."""
    seldom = any(not _SELDOM.isdisjoint(one.text.lower().split()) for one in behind)
    return Decimal(0) < value <= (1 if seldom else _MOST_BARE)


_MOST_BARE = Decimal(3)
_SELDOM = frozenset("weekly week wk qweek qwk qw monthly month qmonth mo biweekly fortnightly days".split())


def _of_a_pack(each: Field) -> bool:
    """Whether an amount is in a unit of what is handed out: mL or g, never mg."""
    return _PACK.search(each.text) is not None


_PACK = regex(r"[0-9\s](?:ml|mls|g|gm|gms|grams?)\.?$", re.I)


class _Row:
    """What was read of a row so far: the product, the dose, how it is given and when, and what is said besides."""

    def __init__(self) -> None:
        self.product: list[str] = []
        self.form = ""
        self.strength = False
        self.dose = ""
        self.dose_value = Decimal(0)
        self.sig: list[str] = []
        self.hours: list[str] = []
        self.timed = self.of_one_time = self.supplied = False
        self.figures = 0
        self.handed_out = ""
        self.said: list[str] = []
        self.why: list[str] = []

    def begin(self, drug: Field) -> None:
        """Begin with the field that names the drug, perhaps with its strength and form."""
        self.product = [drug.text]
        self.strength = "U" in drug.words or _PAIR.search(drug.text) is not None

    @property
    def whole(self) -> bool:
        """Whether it is said how much and when."""
        return bool(self.dose) and self.timed

    def take(self, each: Field, behind: list[Field]) -> bool:
        """Put one field where it belongs; whether it could be."""
        if each.label in _LABELS_OF_DOSE and each.kind in (Kind.AMOUNT, Kind.COUNT, Kind.NUMBER):
            if self.dose:
                return False
            self._dosed(each, each.text)
            return True
        if each.label == "strength" and each.kind is Kind.AMOUNT and not self.strength:
            self.product.append(f"{each.text} strength")
            self.strength = True
            return True
        if each.label in ("indication", "reason"):
            self.why.append(each.text)
            return True
        if (self.said and each.kind not in (Kind.NUMBER, Kind.REMARK)) or (self.supplied and each.kind in _OF_A_DOSE):
            return False  # what stands behind unread words, or behind figures that may then be a dose
        return {
            Kind.AMOUNT: self._amount,
            Kind.COUNT: self._count,
            Kind.NUMBER: self._number,
            Kind.FORM: self._form,
            Kind.ROUTE: self._route,
            Kind.TIME: self._time,
            Kind.HOURS: self._hours,
            Kind.SIG: self._sig,
            Kind.REMARK: self._remark,
        }.get(each.kind, _never)(each, behind)

    def _amount(self, each: Field, behind: list[Field]) -> bool:
        if not self.strength and not self.dose:
            self.product.append(each.text)
            self.strength = True
            return True
        return self._as_dose(each, behind)

    def _count(self, each: Field, behind: list[Field]) -> bool:
        return self._as_dose(each, behind)

    def _as_dose(self, each: Field, behind: list[Field]) -> bool:
        """An amount or count is the dose, or how much was handed out behind it."""
        if not self.dose:
            if self.timed and (each.kind is Kind.COUNT or _of_a_pack(each)):
                return False  # how much was handed out, or the dose?
            self._dosed(each, each.text)
            return True
        if self.of_one_time and behind and behind[0].kind is Kind.TIME and of_one_time(behind[0].words):
            self.sig[-1] += ","  # "3 mg", "QAM", "2 mg", "QPM"
            self._dosed(each, each.text)
            return True
        value, unit = _value(each), each.text.split()[-1].lower()
        if not self.whole or (each.kind is Kind.AMOUNT and not _of_a_pack(each)):
            return False
        self.figures += 1
        if each.kind is Kind.AMOUNT and not self.dose.lower().rstrip(".").endswith(unit):
            return True  # so many mL of what is taken by drops or units
        return value >= self.dose_value * _TIMES_THE_DOSE and value >= _LARGEST_COUNT

    def _dosed(self, each: Field, text: str) -> None:
        self.dose, self.dose_value = text, _value(each)
        self.sig.append(text)

    def _number(self, each: Field, behind: list[Field]) -> bool:
        value = _value(each)
        plain = each.text.replace(".", "", 1).isdigit()
        if not self.strength and not self.sig and _pair(each):
            self.product.append(each.text)
            self.strength = True
            return True  # "25/100"
        dosed_behind = any(one.kind in (Kind.AMOUNT, Kind.COUNT, Kind.SIG) for one in behind)
        if self.whole and plain:
            self.supplied, self.handed_out = True, each.text
            self.figures += 1
            return self.figures <= _MOST_FIGURES
        if self.whole and _OF_ISSUES.fullmatch(each.text):
            return True
        if not self.dose and not self.timed and not dosed_behind and _countable(value, behind):
            if any(one.kind is Kind.TIME for one in behind):
                self._dosed(each, each.text if not self.form else f"{each.text} {self.form}")
                return True
            return False
        handed_out = dosed_behind and plain and value >= _SMALLEST_PACK and self.strength
        self.figures += 1
        return handed_out and not self.timed

    def undecided(self, each: Field, behind: list[Field]) -> str:
        """The line with a question mark at a figure that may be taken or handed out ("tab|4|weekly"): so that it is told,
        and never read as one of them. Empty where the row is stopped by anything else.
        """
        if self.handed_out and each.kind is Kind.TIME and self.whole:
            rest = " ".join(later.text for later in (each, *behind))
            return f"{' '.join(self.product)}| {' '.join(self.sig)}, {self.handed_out}? {rest}"  # "1|BID|2|HS"
        one = each.kind is Kind.NUMBER and each.text.isdigit() and _value(each) > 0
        if not one or self.dose or self.timed or not any(later.kind is Kind.TIME for later in behind):
            return ""
        rest = " ".join(later.text for later in behind)
        return f"{' '.join(self.product)}| {' '.join(self.sig)} {each.text}? {rest}"

    def _form(self, each: Field, behind: list[Field]) -> bool:
        if self.sig:
            return self.whole  # of what was handed out
        self.product.append(each.text)
        self.form = each.text if each.words == ("C",) else ""
        return True

    def _route(self, each: Field, behind: list[Field]) -> bool:
        self.sig.append(each.text)
        return True

    def _time(self, each: Field, behind: list[Field]) -> bool:
        route = _ROUTE_LETTERS.get(each.text.lower()) if self._patch() else None
        self.sig.append(route or each.text)
        self.of_one_time = not self.timed and of_one_time(each.words) and not self.supplied
        self.timed = self.timed or (route is None and (says_when(each.words) or each.words == ("NUM",)))
        return True

    def _patch(self) -> bool:
        return any("patch" in said.lower() or "ptch" in said.lower() for said in self.product)

    def _hours(self, each: Field, behind: list[Field]) -> bool:
        self.hours.append(each.text)
        self.timed = True
        return True

    def _sig(self, each: Field, behind: list[Field]) -> bool:
        if self.dose and not (self.of_one_time and of_one_time(each.words)):
            return False  # the dose is said twice
        if self.dose:
            self.sig[-1] += ","
        self.of_one_time = of_one_time(each.words)
        self._dosed(each, each.text)
        self.timed = True
        return True

    def _remark(self, each: Field, behind: list[Field]) -> bool:
        if each.text.lower() not in _STATUS_BEHIND:
            self.said.append(each.text)
        return self.whole

    def line(self) -> str:
        """The line; empty where it does not say how much and when."""
        if not self.whole:
            return ""
        if self.hours:
            self.sig.append("at " + ", ".join(self.hours))
        why = [f"for {each}" for each in self.why]
        return ", ".join([" ".join([*self.product]) + "| " + " ".join([*self.sig, *why]), *self.said])


_LABELS_OF_DOSE = frozenset(("dose", "dosage", "dose amount", "doseamount"))
_OF_A_DOSE = frozenset((Kind.TIME, Kind.SIG, Kind.ROUTE))
_ROUTE_LETTERS = {"td": "transdermal"}
"""Letters of a route that say how often where no patch is meant."""


_STATUS_BEHIND = frozenset(("regular",))
"""What says behind the instruction that it goes on, and before it may be of the drug ("insulin", "regular")."""


def _never(each: Field, behind: list[Field]) -> bool:
    return False
