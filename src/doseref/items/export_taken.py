"""What was read of a row of an export so far: the product, the dose, how it is given and when, and what was handed out.

Where a row has one whole instruction ("1 TAB PO BID"), every bare figure of it is of what was handed out, wherever it
stands; where its parts stand in columns of their own, a figure is so only behind all of them.
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.items.export_fields import WARD_OR_PAIR, Field, Kind, dosed, of_one_time, says_when
from doseref.patterns import regex

LARGEST_COUNT = Decimal(8)
"""Nobody counts more pieces in a column that only says a number."""
_SMALLEST_PACK = Decimal(10)
_TIMES_THE_DOSE = 4
"""So many times the dose is handed out, and not taken."""
_MOST_FIGURES = 5
"""How many, for how many days, how often again, of how many, and a price."""
_PAIR = regex(r"([0-9]+(?:\.[0-9]+)?)\s?[/-]\s?([0-9]+(?:\.[0-9]+)?)")
_LEAST_OF_PAIR = Decimal(10)
"""One of two strengths is so much; of two counts or parts neither is."""
_OF_ISSUES = regex(r"[0-9]{1,2}/[0-9]{1,2}")
_THOUSANDS = regex(r"(?<=[1-9]),(?=[0-9]{3}\b)|(?<=[1-9][0-9]),(?=[0-9]{3}\b)")
_FIRST = regex(r"[0-9]+(?:[.,/][0-9]+)?")


def value_of(each: Field) -> Decimal:
    """The first figure of a field; "1,000" is a thousand, "0,125" an eighth."""
    found = _FIRST.search(_THOUSANDS.sub("", each.text))
    if found is None:
        return Decimal(0)
    whole, _, part = found.group().replace(",", ".").partition("/")
    return Decimal(whole) / Decimal(part) if part and Decimal(part) else Decimal(whole)


def is_pair(each: Field) -> bool:
    """Whether a field is the strengths of two drugs without their unit: "25/100", "5-325"."""
    found = _PAIR.fullmatch(each.text)
    return found is not None and max(Decimal(found[1]), Decimal(found[2])) >= _LEAST_OF_PAIR


def _countable(value: Decimal, behind: list[Field]) -> bool:
    """Whether a bare figure before the time can only be how many are taken: four before "weekly" may be the pack."""
    seldom = any(_seldom(one.text) for one in behind)
    return Decimal(0) < value <= (1 if seldom else MOST_BARE)


MOST_BARE = Decimal(3)
_SELDOM = frozenset("weekly week wk qweek qwk qw monthly month qmonth mo biweekly fortnightly days".split())


def _seldom(text: str) -> bool:
    return not _SELDOM.isdisjoint(text.lower().split())


def _of_a_pack(each: Field) -> bool:
    """Whether an amount is in a unit of what is handed out: mL or g, never mg."""
    return _PACK.search(each.text) is not None


_PACK = regex(r"[0-9\s](?:ml|mls|g|gm|gms|grams?)\.?$", re.I)


def instructed(fields: list[Field]) -> bool:
    """Whether exactly one field is a whole instruction: how much and how often, in one."""
    whole = [each for each in fields if each.kind is Kind.SIG]
    if len(whole) != 1 or any(each.label == "dose" and each.kind is not Kind.SIG for each in fields):
        return False
    words = whole[0].words
    return not words or _ROW.issuperset(words) or (dosed(words) and says_when(words))


_ROW = frozenset("NUM FR DASH".split())
"""The words of "1-0-1"."""


class TakenFields:
    """What was read of a row so far: the product, the dose, how it is given and when, and what is said besides."""

    def __init__(self, instructed: bool = False) -> None:
        self.instructed = instructed
        """Whether one field holds the whole instruction."""
        self.rate = False
        self.alone = ""
        """An amount in a field of its own: what one holds, or the dose where nothing else can be."""
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
        if each.label == "dose" and each.kind in (Kind.AMOUNT, Kind.COUNT, Kind.NUMBER):
            if self.dose or each.kind is Kind.NUMBER:
                return False
            self._dosed(each, each.text)
            return True
        if each.label == "strength" and each.kind is Kind.AMOUNT and self.strength:
            return self._said(each)
        if each.label == "strength" and each.kind is Kind.AMOUNT:
            self.product.append(f"{each.text} strength")
            self.strength = True
            return True
        if each.label == "why":
            self.why.append(each.text)
            return True
        if each.label == "rate" or _RATE.fullmatch(each.text):
            self.rate = True
            return _RATE.fullmatch(each.text) is not None
        if self.handed_out and each.words == ("NUM", "T"):
            return True  # "135|90 d": how long it lasts
        if WARD_OR_PAIR.fullmatch(each.text) and (
            self.strength or self.sig or any(one.kind is Kind.AMOUNT for one in behind)
        ):
            return True  # a bed
        if each.text == "R" and self.whole and _SOLID.search(" ".join(self.product)) is not None:
            return True  # a repeat: the right side is of no tablet
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
            self.strength, self.alone = True, "" if _of_a_pack(each) else each.text
            return True
        if self.instructed and not self.dose and self._said(each):
            return True
        if self.instructed and not self.dose and _PER_ML.search(each.text) and not _OF_A_WEIGHT.search(self.product[0]):
            self.product.append(each.text)
            return True  # "GLARGINE U-100 PEN 3ML", "100 UNIT/ML": the name has only how much is in a pen
        return self._as_dose(each, behind)

    def _said(self, each: Field) -> bool:
        """Whether the product's name says an amount already."""
        return _SPACES.sub("", each.text.lower()) in _SPACES.sub("", " ".join(self.product).lower())

    def _count(self, each: Field, behind: list[Field]) -> bool:
        return self._as_dose(each, behind)

    def _as_dose(self, each: Field, behind: list[Field]) -> bool:
        """An amount or count is the dose, or how much was handed out behind it."""
        if not self.dose and self.instructed:
            return self._in_front(each, behind)
        if not self.dose:
            if self.timed and (each.kind is Kind.COUNT or _of_a_pack(each)) and not self._pack_told(each, behind):
                return False  # how much was handed out, or the dose?
            self._dosed(each, each.text)
            return True
        if self.of_one_time and behind and behind[0].kind is Kind.TIME and of_one_time(behind[0].words):
            self.sig[-1] += ","  # "3 mg", "QAM", "2 mg", "QPM"
            self._dosed(each, each.text)
            return True
        value, unit = value_of(each), each.text.split()[-1].lower()
        if not self.whole or (each.kind is Kind.AMOUNT and not _of_a_pack(each)):
            return False
        self.figures += 1
        if each.kind is Kind.AMOUNT and not self.dose.lower().rstrip(".").endswith(unit):
            return True  # so many mL of what is taken by drops or units
        return value >= self.dose_value * _TIMES_THE_DOSE and value >= LARGEST_COUNT

    def _pack_told(self, each: Field, behind: list[Field]) -> bool:
        """Whether a count behind the time is the dose, since how many were handed out stands behind it."""
        few = each.kind is Kind.COUNT and value_of(each) <= MOST_BARE and not _seldom(" ".join(self.sig))
        figures = [one for one in behind if one.kind is Kind.NUMBER]
        return few and bool(figures) and value_of(figures[0]) >= _SMALLEST_PACK

    def _in_front(self, each: Field, behind: list[Field]) -> bool:
        """Whether an amount or count before the whole instruction is how much was handed out."""
        sig = next(one for one in behind if one.kind is Kind.SIG)
        value, taken = value_of(each), max(value_of(sig), Decimal(1))
        self.figures += 1
        if each.kind is Kind.AMOUNT and not _of_a_pack(each):
            return False
        if each.kind is Kind.COUNT and not _CONTAINED.isdisjoint(each.text.lower().split()):
            return True  # "2 pens", and "inject 1 pen every 2 weeks" says how many at once
        if each.kind is Kind.AMOUNT and "C" in sig.words and "U" not in sig.words:
            return True  # so many mL or g of what is taken by puffs, drops, tablets
        if each.kind is Kind.AMOUNT and value >= _SMALLEST_PEN and _IN_UNITS.search(sig.text):
            return True  # "15 mL" of pens, of which units are taken
        return value >= taken * _TIMES_THE_DOSE and value > LARGEST_COUNT

    def _dosed(self, each: Field, text: str) -> None:
        self.dose, self.dose_value = text, value_of(each)
        self.sig.append(text)

    def _number(self, each: Field, behind: list[Field]) -> bool:
        value = value_of(each)
        plain = each.text.replace(".", "", 1).isdigit()
        if not self.strength and not self.sig and is_pair(each):
            self.product.append(each.text)
            self.strength = True
            return True  # "25/100"
        if self.instructed and not self.dose and self.strength and _WHOLE.fullmatch(each.text):
            self.figures += 1
            return self.figures <= _MOST_FIGURES  # of what was handed out, wherever it stands
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
            return f"{' '.join(self.product)}: {' '.join(self.sig)}, {self.handed_out}? {rest}"  # "1|BID|2|HS"
        one = each.kind is Kind.NUMBER and each.text.isdigit() and value_of(each) > 0
        if one and each.label == "dose":
            return f"{' '.join(self.product)}: {' '.join(self.sig)} {each.text}?"  # "Dose: 5": tablets, or milligrams?
        if not one or self.dose or self.timed or not any(later.kind is Kind.TIME for later in behind):
            return ""
        rest = " ".join(later.text for later in behind)
        return f"{' '.join(self.product)}: {' '.join(self.sig)} {each.text}? {rest}"

    def bottle(self) -> str:
        """The line with a question mark at a volume of 60 mL and more in a field of its own, without a verb or anything else that
        could be the dose ("500 mL|BID"): a bottle that is handed out, or one dose of it. Empty for all else.
        """
        volume = self.dose or next(filter(_BOTTLE.fullmatch, self.product), "")
        found = _BOTTLE.fullmatch(volume)
        if self.instructed or not self.timed or found is None or Decimal(found[1]) < _LEAST_BOTTLE:
            return ""
        product = " ".join(each for each in self.product if each != volume)
        return f"{product}: {volume}? {' '.join(each for each in self.sig if each != volume)}"

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
        if self.whole and _LENGTH.fullmatch(each.text) is not None:
            self.sig.append(f"for {each.text}")
            return True
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
        if _PACKED.fullmatch(each.text) and (self.whole or self.instructed):
            return True
        if each.text.lower() not in _STATUS_BEHIND:
            self.said.append(each.text)
        return self.whole

    def line(self) -> str:
        """The line; empty where it does not say how much and when."""
        if not self.dose and self.alone and not self.figures:
            self.dose = self.alone  # "500|mg|PO|BID" behind a product without its strength
        if not self.whole or (self.rate and _OF_A_WEIGHT.search(self.dose) is None):
            return ""
        if self.hours:
            self.sig.append("at " + ", ".join(self.hours))
        why = [f"for {each}" for each in self.why]
        sign = ":" if self.strength else "|"  # a bar stands behind a figure without its unit: "PAN 40"
        return ", ".join([" ".join(self.product) + f"{sign} " + " ".join([*self.sig, *why]), *self.said])


_BOTTLE = regex(r"([0-9]{1,4}(?:\.[0-9]{1,2})?)\s?mls?\.?", re.I)
_LEAST_BOTTLE = Decimal(60)
"""Millilitres."""
_SMALLEST_PEN = Decimal(3)
_IN_UNITS = regex(r"[0-9]\s?(?:u|units?|iu)\b", re.I)
_RATE = regex(r"[0-9]{1,4}(?:\.[0-9]{1,2})?\s?mls?\s?(?:/|per)\s?h(?:r|our)?", re.I)
"""How fast an infusion runs; where the dose is a mass, that says nothing more of how much it is."""
_OF_A_WEIGHT = regex(r"[0-9]\s?(?:mg|g|mcg|units?)\b", re.I)
_PER_ML = regex(r"[0-9]\s?(?:mg|mcg|units?|iu)\s?/\s?ml\b", re.I)
_SOLID = regex(r"\b(?:tab|cap)(?:let|sule)?s?\b", re.I)
_LENGTH = regex(r"[0-9]{1,3}\s?(?:days?|weeks?|months?)", re.I)
_WHOLE = regex(r"[0-9]{1,4}(?:\.0{1,3})?")
_SPACES = regex(r"\s+")
_CONTAINED = frozenset("inhaler inhalers pen pens bottle bottles tube tubes vial vials box boxes pack packs".split())
_PACKED = regex(
    r"[0-9]{1,2}\s?x\s?(?:[0-9]{1,3}\s?(?:mls?|g|gm|doses?|tab(?:let)?s?|cap(?:sule)?s?|pens?|'?s|d)|[1-9][0-9]{1,2})",
    re.I,
)
"""So many packs of so much: "1 x 200 dose", "5x3ml", "2 x 28"."""
_OF_A_DOSE = frozenset((Kind.TIME, Kind.SIG, Kind.ROUTE))
_ROUTE_LETTERS = {"td": "transdermal"}
"""Letters of a route that say how often where no patch is meant."""


_STATUS_BEHIND = frozenset(("regular",))
"""What says behind the instruction that it goes on, and before it may be of the drug ("insulin", "regular")."""


def _never(each: Field, behind: list[Field]) -> bool:
    return False
