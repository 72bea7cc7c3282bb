"""Several ingredients named together, with their strengths, read by their shape.

composition ::= component (joint component)* [alias] [group]
component   ::= name [strength]
joint       ::= "/" | "-" | "+" | "&" | "and" | "with" | "plus", in brackets also "," and ";"
alias       ::= "(" brand ")"
group       ::= figure (("/" | "-") figure)+ [per], one figure for each name
figure      ::= number [unit]
strength    ::= number unit [per]
per         ::= ("/" | "per") [number] (mL | actuation | tablet …)

What stands in a group is never a range of doses. A name that is not known stays in the composition as a component of
which nothing is known: the item is then not assessed, and its figures count for nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from decimal import Decimal

from doseref.dosage.words import DEVICES, LEXICON
from doseref.names import Found, Named, Names
from doseref.names.tokens import Token
from doseref.patterns import regex
from doseref.records import record, replace
from doseref.units import UNIT_WORDS, UNITS

_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,6})?|[0-9]{1,7}(?:\.[0-9]{1,6})?"
_FIGURE = regex(rf"({_NUMBER})(?![0-9]|[.,][0-9])(?:\s?(%|[A-Za-zµμ\[\]]+))?")
_PER = regex(
    rf"\s?(?:/|per\s)\s?(?:({_NUMBER})\s?)?(mls?|millilit(?:er|re)s?|actuations?|actuat|act\b|puffs?|sprays?|inhalations?|inh"
    r"|tablets?|tabs?|capsules?|caps?|caplets?|doses?|softgels?|gummy|gummies|chews?|gelcaps?|lozenges?|"
    r"packets?|sachets?)\b",
    re.I,
)
_JOINT = regex(r"\s*(?:/|[-–+&])\s*|\s+(?:and|with|w/|plus)\s*(?<=[\s/])", re.I)
_LIST_JOINT = regex(r"\s*(?:/|[-–+&;,])\s*(?:and\s+)?|\s+(?:and|with|plus)\s+", re.I)
_SPACE = regex(r"\s+(?=[A-Za-z])")
_TIGHT = regex(r"\s*(?:/|\+)\s*|[-–]")
_WORDS = regex(r"[A-Za-z][\w'’]*(?:\s(?!and\b|with\b|plus\b|per\b)[A-Za-z][\w'’]*){0,3}")
_ALIAS = regex(r"\s*([(\[])\s*")
_GAP = regex(r"[\s,:]*")
_RELEASE = regex(r"\s+(SR|XR|ER|CR|MR|XL|LA|DR|EC)(?=\s+[0-9])")  # "domperidone SR 30 mg"
_CLOSED = regex(
    r"\s*(?:[/+,&)\]]|[-–]|and\b|with\b|plus\b)|\s+(?:od|bd|bid|tds|tid|qid|hs|daily|once|twice|nocte|mane|sos)\b", re.I
)
"""What may stand behind a strength without a unit: a joint, the end of the bracket, how often it is taken."""
_SIGN = regex(r"\s?[/–-]\s?")
_CLOSING = {"(": ")", "[": "]"}
_BETWEEN_BRANDS = regex(rf"(?:\s?[®™])?(?:[\s-]+(?:{'|'.join(DEVICES)}|u-?[1-5]00|insulin|pen)\b)*\s*[,;/]?\s*", re.I)
_OF_THE_LINE = regex(r"[\s-](?:ES|XR|SR|CR|ER|LA)?-?[0-9]{2,4}(?=\s?\))", re.I)
"""A number by which a brand in brackets is called, where the strengths themselves stand behind it."""
_BRAND = regex(
    r"[A-Z][A-Za-z-]{2,20}(?: [A-Z][A-Za-z-]{2,20})?(?:[ -](?:ES|XR|SR|CR|ER|LA|DS)(?:-[0-9]{2,4})?|[ -][0-9]{2,4})?"
)
"""A brand as it is written in brackets: one or two words, each with a capital, and what they are called by."""
_UNIT_OF_PER = {"m": "mL", "a": "{puff}", "p": "{puff}", "s": "{puff}", "i": "{puff}"}
"""First letter of what a strength is per → unit code; a tablet or another piece is none."""
_PIECES = ("ta", "c", "d", "so", "g", "lo", "pa", "sa")
"""How the words for a whole piece begin: a strength per tablet, softgel or packet is that of one piece."""

_STRENGTHS = ("mass", "international units", "equivalents", "moles")
"""Dimensions in which a strength is stated."""


@record
class Component:
    """One ingredient as written; ``entry`` is what its name stands for, ``None`` for a name that is not known.

    ``strength`` of ``unit`` (empty where no unit is written) in ``per`` × ``per_unit`` (empty: in one piece).
    """

    written: str
    entry: Named | None
    strength: Decimal | None = None
    unit: str = ""
    per: Decimal = Decimal(1)
    per_unit: str = ""


@record
class Composition:
    """Components in the order in which they are written; ``start`` and ``end`` are offsets into the text."""

    components: tuple[Component, ...]
    start: int
    end: int
    alias: Named | None = None
    group: bool = False
    """Whether the strengths stood in a group behind the names, where their order may be another."""

    @property
    def known(self) -> bool:
        """Whether every name in it is known."""
        return all(each.entry is not None for each in self.components)

    @property
    def strong(self) -> bool:
        """Whether every component has its strength."""
        return all(each.strength is not None for each in self.components)

    @property
    def substances(self) -> tuple[str, ...]:
        """Ids of the substances named, in order."""
        return tuple(each.entry.substance for each in self.components if each.entry is not None)

    @property
    def written(self) -> str:
        """The names, joined: ``hydrocodone/acetaminophen``."""
        return "/".join(each.entry.name if each.entry else each.written for each in self.components)


@record
class Strong:
    """A strength as written, and where it ends."""

    amount: Decimal
    unit: str
    per: Decimal
    per_unit: str
    end: int


class Reader:
    """Reads compositions in one text."""

    def __init__(self, text: str, tokens: list[Token], names: Names) -> None:
        self.text, self.tokens, self.names = text, tokens, names
        self._starts = [token.start for token in tokens]
        self._figures = False

    def composition(
        self, start: int, listed: bool = False, unknown: bool = False, figures: bool = False
    ) -> Composition | None:
        """The composition at offset ``start``, ``None`` where no known or joined name stands there.

        ``listed`` says that it stands in brackets, where a comma joins too; ``unknown`` that its first name may be
        unknown; ``figures`` that a strength may lack its unit ("montelukast 10 + levocetirizine 5").
        """
        self._figures = figures
        head = self._component(start, unknown)
        if head is None:
            return None
        components, end = [head[0]], head[1]
        while (following := self._joined(components, end, listed)) is not None:
            component, end = following
            components.append(component)
        last = components[-1]
        if last.per_unit in ("mL", "{puff}") and all(
            each.strength is not None and not each.per_unit for each in components[:-1]
        ):
            components = [
                replace(each, per=last.per, per_unit=last.per_unit) for each in components
            ]  # "100 mg + 162.5 mg per 5 ml", "200 mcg + 6 mcg per inhalation"
        found = Composition(tuple(components), start, end)
        if not any(each.entry for each in components):
            return None
        return self._grouped(self._aliased(found))

    def _joined(self, components: list[Component], end: int, listed: bool) -> tuple[Component, int] | None:
        """The component that a joint ties to those before it."""
        joint = (_LIST_JOINT if listed else _JOINT).match(self.text, end)
        if joint is None and listed and components[-1].strength is not None:
            joint = _SPACE.match(self.text, end)  # "(irbesartan 300 mg hydrochlorothiazide 12.5 mg)"
        if joint is None:
            return None
        tight = _TIGHT.fullmatch(joint.group()) is not None
        # "lisinopril/HCTZ" names two though one is not known; behind "and" or "with" an unknown word may be anything.
        weak = components[-1].strength is None
        following = self._component(joint.end(), tight or listed, weak)
        if following is None:
            return None
        component, after = following
        if component.entry is None and component.strength is None and not weak:
            return None  # "400 mg/dose"
        mixed = (component.strength is None) != (components[-1].strength is None)
        loose = (
            not tight and not listed and joint.group().strip().lower() in ("and", "with", "w/", "plus", "&", "-", "–")
        )
        if mixed and loose and component.strength is None:
            return None
        return component, after

    def _component(self, start: int, or_unknown: bool, weak: bool = False) -> tuple[Component, int] | None:
        """One name with its strength at ``start``; ``weak`` says that the name before it has none,
        so that a group is of both.
        """
        place = bisect_left(self._starts, start)
        if place >= len(self.tokens) or self.tokens[place].start != start:
            return None
        found = self.substance_at(place)
        if found is not None:
            written, end, entry = self.text[found.start : found.end], found.end, found.entry
        else:
            words = _WORDS.match(self.text, start) if or_unknown else None
            written = self._unknown(words.group()) if words else ""
            if not written:
                return None
            end, entry = start + len(written), None
        slow = _RELEASE.match(self.text, end) if entry is not None else None
        gap = _GAP.match(self.text, slow.end() if slow else end)
        strong = self.strength(gap.end() if gap else end)
        if strong is None or (weak and self.group(end)):
            return Component(written, entry), end
        if not strong.unit and not (self._figures and _CLOSED.match(self.text, strong.end)):
            return Component(written, entry), end
        entry = replace(entry, release=LEXICON[slow[1].lower()][1]) if slow and entry else entry
        return Component(written, entry, strong.amount, strong.unit, strong.per, strong.per_unit), strong.end

    def substance_at(self, place: int) -> Found | None:
        """The longest name of one substance at token ``place``, of which no more than the name itself is taken."""
        found = self.names.at(self.tokens, place)
        while found is not None and not found.entry.substance:
            last = found.last - 1
            found = self.names.at(self.tokens[:last], place) if last > place else None
        return found

    def _unknown(self, words: str) -> str:
        """The words of a name that is not known: those that no instruction is made of."""
        taken: list[str] = []
        for word in words.split():
            if word.lower() in UNIT_WORDS or LEXICON.get(word.lower(), ("WORD", None))[0] not in ("WORD", "SUBST"):
                break
            taken.append(word)
        return " ".join(taken)

    def strength(self, start: int) -> Strong | None:
        """A figure at ``start`` with its unit (empty where the word behind it is none) and what it is per."""
        match = _FIGURE.match(self.text, start)
        if match is None or self.text[start - 1 : start] == ".":
            return None
        amount, word = Decimal(match.group(1).replace(",", "")), match.group(2) or ""
        unit = "[IU]" if word.lower() == "unt" else UNIT_WORDS.get(word.lower(), "")
        dimension = UNITS[unit].dimension if unit in UNITS else ""
        if word == "Mg" or dimension in ("percent", "volume", "time"):  # no strength; or not to be told apart
            return None
        end = match.end()
        if dimension not in _STRENGTHS:
            unit, end = "", match.end(1)
        per, per_unit, end = self._per(end)
        if self.text[end : end + 1] == "/" and re.match(
            r"/\s?(?:kg|m2|m²|h|hr|hour|day|d|min)\b", self.text[end:], re.I
        ):
            return None
        return Strong(amount, unit, per, per_unit, end)

    def _per(self, end: int) -> tuple[Decimal, str, int]:
        match = _PER.match(self.text, end)
        if match is None:
            return Decimal(1), "", end
        what = match.group(2).lower()
        unit = "" if what.startswith(_PIECES) else _UNIT_OF_PER[what[0]]
        number = Decimal(match.group(1).replace(",", "")) if match.group(1) else Decimal(1)
        return (number, unit, match.end()) if number > 0 else (Decimal(1), "", end)

    def _aliased(self, found: Composition) -> Composition:
        """The composition with the brands in brackets behind it, where they are brands of it."""
        brands = self.brands(found.end)
        if brands is None:
            return self._unknown_alias(found)
        entries, end = brands
        if not all(_brand_of(entry, found) for entry in entries):
            return found
        if self.text[end - 2].isdigit() and not entries[-1].name[-1:].isdigit() and self.group(end) is None:
            return found  # "(AUGMENTIN ES-600)", which is no label: its own strengths must follow
        return replace(found, end=end, alias=next((entry for entry in entries if entry.products), entries[0]))

    def another_behind(self, found: Composition) -> Named | None:
        """Another drug in brackets behind a composition, which is no brand of it."""
        brands = self.brands(found.end)
        return next((entry for entry in brands[0] if not _brand_of(entry, found)), None) if brands else None

    def _unknown_alias(self, found: Composition) -> Composition:
        """The composition with a brand that is not known behind it, where its own strengths follow ("(SINEMET) 25-100
        mg").

        Its ingredients and their strengths are all written, so that the brand could add nothing.
        """
        inside = self.bracket(found.end)
        if inside is None or len(found.components) < 2 or not found.known:
            return found
        start, end = inside
        words = _BRAND.fullmatch(self.text[start:end].strip())
        place = bisect_left(self._starts, start)
        group = self.group(end + 1)
        if words is None or any(each.strength is not None for each in found.components):
            return found
        if group is None or len(group) != len(found.components) or self._unknown(words.group()) != words.group():
            return found
        named = any(
            self.names.at(self.tokens, each) for each in range(place, len(self.tokens)) if self._starts[each] < end
        )
        return found if named else replace(found, end=end + 1)

    def brands(self, end: int) -> tuple[list[Named], int] | None:
        """The known names in a bracket that opens at ``end``, and where it closes:
        "(ADVIL,MOTRIN)", "(LANTUS SOLOSTAR)".
        """
        inside = self.bracket(end)
        if inside is None:
            return None
        place, closing = inside
        entries: list[Named] = []
        while place < closing:
            first = bisect_left(self._starts, place)
            inner = self.tokens[: bisect_left(self._starts, closing)]  # "(Symbicort) 160/4.5" is a label too
            named = self.names.at(inner, first) if first < len(inner) else None
            if named is None or named.start != place or named.end > closing:
                return None
            entries.append(named.entry)
            more = _OF_THE_LINE.match(self.text, named.end)
            between = _BETWEEN_BRANDS.match(self.text, more.end() if more else named.end)
            place = between.end() if between else named.end
        return (entries, closing + 1) if entries else None

    def bracket(self, end: int) -> tuple[int, int] | None:
        """Where the text inside a bracket that opens at ``end`` begins and ends, ``None`` without one."""
        opening = _ALIAS.match(self.text, end)
        if opening is None:
            return None
        closing = self.text.find(_CLOSING[opening.group(1)], opening.end())
        return None if closing < 0 else (opening.end(), closing)

    def _grouped(self, found: Composition) -> Composition:
        """The composition with the strengths of the group behind the names."""
        if len(found.components) < 2 or any(each.strength is not None for each in found.components):
            return found
        group = self.group(found.end)
        if group is None or len(group) != len(found.components):
            return found
        return replace(found, components=filled(found.components, group), end=group[-1].end, group=True)

    def group(self, end: int) -> list[Strong] | None:
        """The figures of a group behind ``end``, ``None`` for fewer than two;
        a unit that only the last has is that of all.
        """
        gap = _GAP.match(self.text, end)
        figure = self.strength(gap.end() if gap else end)
        found: list[Strong] = []
        while figure is not None:
            found.append(figure)
            sign = _SIGN.match(self.text, figure.end)
            if sign and len(found) > 1 and sign.group().startswith(" ") and sign.group().endswith(" "):
                break  # "25-100 - 1 tab": behind the strengths, how many
            figure = self.strength(sign.end()) if sign and not figure.per_unit else None
        if len(found) < 2:
            return None
        last = found[-1]
        if not all(each.unit for each in found[:-1]):
            found = [replace(each, unit=each.unit or last.unit) for each in found]
        return [replace(each, per=last.per, per_unit=last.per_unit) for each in found]


def filled(components: tuple[Component, ...], group: list[Strong]) -> tuple[Component, ...]:
    """The components with the strengths of a group, in the order in which both are written."""
    return tuple(
        replace(each, strength=one.amount, unit=one.unit, per=one.per, per_unit=one.per_unit)
        for each, one in zip(components, group, strict=True)
    )


def _brand_of(entry: Named, found: Composition) -> bool:
    return entry.substance in found.substances if entry.substance else holds(entry, found.substances)


def holds(entry: Named, substances: tuple[str, ...]) -> bool:
    """Whether a product of ``entry`` holds just these substances."""
    if entry.mixture:
        return set(entry.mixture) == set(substances)
    return any({i.substance for i in product.ingredients} == set(substances) for product in entry.products)


_FIGURE_ONLY = regex(r"\s+([0-9]+(?:\.[0-9]+)?)\s*")


def brought_forward(reader: Reader, end: int) -> str:
    """The text with a whole composition in brackets behind the name that ends at ``end``, wherever it stands behind the
    instruction.

    "Cyclopam 1-1-1 x 2 days (dicyclomine 20 mg + paracetamol 500 mg)" says what is in one. A number between name and
    bracket that is one of the strengths or their sum ("Madopar 125 (levodopa 100 mg/benserazide 25 mg)") says nothing
    more. The text itself where there is no such bracket, or it stands there already.
    """
    text = reader.text
    start = text.find("(", end)
    while start >= 0:
        inside = reader.bracket(start)
        read = reader.composition(inside[0], listed=True) if inside else None
        if inside and read is not None and read.known and read.strong and len(read.components) > 1:
            if text[read.end : inside[1]].strip(" .,;") or not text[end:start].strip():
                return text
            between = text[end:start]
            figure = _FIGURE_ONLY.fullmatch(between)
            figures = [each.strength for each in read.components if each.strength is not None]
            said = figure is not None and Decimal(figure[1]) in (*figures, sum(figures))
            behind = "" if said else between.rstrip()
            return f"{text[:end]} {text[start : inside[1] + 1]}{behind}{text[inside[1] + 1 :]}"
        start = text.find("(", start + 1)
    return text
