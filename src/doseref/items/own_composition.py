"""A product whose composition is written behind its name, whether or not the product is known.

product ::= head ("(" | "[") composition (")" | "]") | head ":" composition
head    ::= word {1,4} [figure (("/" | "-") figure)*]

"Naxdom 500 (naproxen 500/domperidone 10)", "Glycomet GP2 (metformin 500 mg + glimepiride 2 mg)",
"Montek-LC (montelukast 10 + levocetirizine 5)": every ingredient is named and known, every strength is written, and
each figure of the head is
one of them or their sum. Then the head says nothing more. Where the head is a name that stands for something else, or
for other strengths, the item is left to those who tell that.
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.dosage.words import DEVICES, LEXICON
from doseref.items.assign import assigned, fitted
from doseref.items.composition import Component, Composition, Reader, holds
from doseref.items.identity import Identity, part_of, without
from doseref.items.model import Part, Trouble
from doseref.names import Named, Names
from doseref.patterns import regex
from doseref.quantities import printed
from doseref.records import replace
from doseref.units import UNITS

_LEAD = regex(
    r"\s*(?:(?:tab(?:let)?s?|cap(?:sule)?s?|inj(?:ection)?|syp|syr(?:up)?|susp(?:ension)?|inh(?:aler)?|rotacaps?|"
    r"sachets?|take|rx)\b\.?:?\s+)*",
    re.I,
)
_HEAD = regex(
    r"(?P<words>[A-Z][A-Za-z0-9'’.&+-]{0,24}(?:[\s-][A-Z][A-Za-z0-9'’.&+-]{0,16}){0,3})"
    r"(?P<figures>(?:[\s-](?:[0-9]{1,5}(?:\.[0-9]{1,3})?)(?:\s?(?:mg|mcg))?(?:\s?[/-]\s?[0-9]{1,5}(?:\.[0-9]{1,3})?"
    r"(?:\s?(?:mg|mcg))?){0,3})?)(?:\s(?P<more>[A-Z][A-Za-z]{0,10}))?\s*(?P<opens>[(\[:])\s*",
)
_FIGURE = regex(r"[0-9]+(?:\.[0-9]+)?")
_OF_A_NAME = frozenset(("WORD", "SUBST", "REL", "FORM", "U", "A", "ROMAN", "T", "C", ""))
"""Kinds of words that a brand may have in it ("Plus", "Forte", "SR", "D", "M")."""
_NEVER = frozenset(
    "no not never without stop stopped hold held avoid allergic allergy none discontinue discontinued was change "
    "changed increase decrease increased decreased take taking with and or plus per for completed finished ended "
    "expired ceased history past old prior prev previous previously pending consider considered trial tried failed "
    "intolerant intolerance allergies contraindicated paused suspended off instead replaced replace "
    "alternative switched "
    "switch unknown other patient refused declined".split()
)
_BEHIND = regex(r"\s*(?:[,;.]|[-–]\s|$|(?=[0-9]|one\b|two\b|take\b|inhale\b))", re.I)


def own_composition(reader: Reader) -> Identity | None:
    """What an item is by the composition behind its name; ``None`` where there is no whole one, or the name says
    something else.
    """
    text, names = reader.text, reader.names
    if not any(sign in text for sign in "([:"):
        return None
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    head = _HEAD.match(text, start)
    if head is None or not _is_name(head["words"].split()):
        return None
    closing = text.find(")" if head["opens"] == "(" else "]", head.end()) if head["opens"] != ":" else -1
    read = reader.composition(head.end(), listed=True, figures=True)
    if read is None or not read.known or len(set(read.substances)) < len(read.components):
        return None
    if head["opens"] == ":":
        end = read.end
        if len(read.components) < 2 or _BEHIND.match(text, end) is None:
            return None
    elif closing < 0 or text[read.end : closing].strip(" ®™.,;"):
        return None
    else:
        end = closing + 1
    named = _entry(names, head)
    if named is False or (head["opens"] == ":" and not isinstance(named, Named)):
        return None
    if len(read.components) == 1:
        return _single(text, start, end, read.components[0], head, named or None, names)
    if not read.strong:
        return None
    parts = assigned(tuple(_part(each) for each in read.components), names, grouped=read.group)
    if isinstance(parts, Trouble) or not _said(head, [each.strength for each in read.components]):
        return None
    sig = without(text, start, end)
    if isinstance(named, Named) and not _goes_with(named, parts, read, bool(head["figures"] or head["more"]), head):
        return None
    products = named.products if isinstance(named, Named) else ()
    chosen = next((each for each in products if fitted(parts, each)), None)
    matched = text[start : head.start("opens")].strip()
    if chosen is not None and isinstance(named, Named):
        return Identity(product=chosen, by=named.by, matched=named.name, sig=sig, strong=True)
    return Identity(parts, by="synonym", matched=matched, sig=sig, strong=True)


def _is_name(words: list[str]) -> bool:
    """Whether words can be the name of a product: none that turns it round or belongs to an instruction."""
    for place, word in enumerate(words):
        low = word.lower().strip(".")
        if place and word == "Plus" and place == len(words) - 1:
            continue  # "Veltam Plus (tamsulosin 0.4 mg + dutasteride 0.5 mg)"
        if low in _NEVER or (low not in DEVICES and LEXICON.get(low, ("", None))[0] not in _OF_A_NAME):
            return False
    return len(words[0]) > 2


def _entry(names: Names, head: re.Match[str]) -> Named | bool | None:
    """The known name in the head: of all of it, or of its beginning; ``None`` where none of it is known,
    ``False`` where the known name goes on in a way that makes it a drug of its own (a generic name).
    """
    words = head["words"].split()
    for count in range(len(words), 0, -1):
        found = names.lookup(" ".join(words[:count]))
        if found is not None:
            return found if found.by == "brand" or found.products or found.mixture else False
    first = re.split(r"[-.]", words[0])[0]
    found = names.lookup(first) if len(first) > 3 else None
    if found is None:
        return None
    return found if found.by == "brand" or found.products else False


def _said(head: re.Match[str], strengths: list[Decimal | None]) -> bool:
    """Whether every figure of the head is a strength of the composition or the sum of them."""
    known = [each for each in strengths if each is not None]
    written = [Decimal(each) for each in _FIGURE.findall(f"{head['words']} {head['figures'] or ''}")]
    return all(each in (*known, sum(known)) for each in written)


def _goes_with(entry: Named, parts: tuple[Part, ...], read: Composition, more: bool, head: re.Match[str]) -> bool:
    """Whether a known name and the composition agree: the name itself holds just that, or the head goes on behind it
    to a product of the same line.
    """
    own = {entry.substance} if entry.substance else {i.substance for p in entry.products for i in p.ingredients}
    if entry.mixture and not entry.products:
        return set(entry.mixture) == set(read.substances)  # the brand is known, and not how much is in it
    whole = head["words"].replace("-", " ").lower() == entry.name.replace("-", " ").lower() and not more
    if entry.mixture and set(entry.mixture) == set(read.substances):
        return True  # the tables know what it holds, and the amounts are written
    if entry.substance:
        return not whole and entry.substance in read.substances
    if any(fitted(parts, product) for product in entry.products):
        return True
    return (
        not whole
        and (holds(entry, read.substances) or own <= set(read.substances))
        and _FIGURE.search(f"{head['words']}{head['figures'] or ''}") is not None
    )


def _single(
    text: str, start: int, end: int, only: Component, head: re.Match[str], named: Named | bool | None, names: Names
) -> Identity | None:
    """A product of one ingredient: unknown by its name, or with a number that is its strength."""
    if only.entry is None or only.entry.compound or isinstance(named, bool):
        return None
    if isinstance(named, Named) and (named.substance != only.entry.substance or not head["figures"]):
        return None  # "Advil (ibuprofen) 400 mg" is read as ever; "Norco (hydrocodone)" is told
    in_mg = (head["figures"] or "").rstrip().endswith("g")  # "LIPITOR 20mg (atorvastatin)" has its own
    if (named is None or in_mg) and (head["figures"] or head["more"]) and only.strength is None:
        return None  # what the number stands for is not said
    if only.strength is None:
        return Identity((part_of(only.entry),), by="synonym", matched=only.entry.name, sig=without(text, start, end))
    unit = only.unit or _unit(only, names)
    if not unit or not _said(head, [only.strength]):
        return None
    per = f"/{printed(only.per)} {only.per_unit}".replace("/1 {puff}", "/puff") if only.per_unit else ""
    strength = f"{printed(only.strength)} {UNITS[unit].singular if unit in UNITS else unit}{per}"
    rest = without(text, start, end)
    before, behind = text[:start].strip(), rest[len(text[:start].strip()) :].strip(" ,")
    sig = f"{before} {strength}, {behind}".strip(" ,")
    return Identity((part_of(only.entry),), by="synonym", matched=only.entry.name, sig=sig)


def _unit(only: Component, names: Names) -> str:
    """The unit of a bare figure that is a strength the drug is made in, where that is one unit."""
    if only.entry is None:
        return ""
    units = {
        i.unit
        for product in names.data.products_with(only.entry.substance)
        for i in product.ingredients
        if len(product.ingredients) == 1 and i.strength == only.strength and i.per_unit.startswith("{") and i.per == 1
    }
    listed = names.data.strength_rows.get(only.entry.substance, ())
    units |= {row["unit"] for row in listed if Decimal(row["strength"]) == only.strength}
    return units.pop() if len(units) == 1 else ""


def _part(each: Component) -> Part:
    part = part_of(each.entry) if each.entry else Part("", each.written)
    return replace(part, strength=each.strength, unit=each.unit, per=each.per, per_unit=each.per_unit)
