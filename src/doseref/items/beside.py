"""What stands beside the name of an item: another drug, a word that goes on with the name,
what is no medicine at all.
"""

from __future__ import annotations

import re

from doseref.dosage.note_words import LOOKED_AT
from doseref.dosage.words import LEXICON
from doseref.items import not_helping
from doseref.items.composition import Reader
from doseref.items.identity import Identity, named_part, part_of, without
from doseref.items.line_words import NUMBER_WORDS
from doseref.items.model import Trouble
from doseref.items.name_strengths import touching_word
from doseref.items.no_medicine import is_test
from doseref.items.other_names import of_all
from doseref.names import Found, Named, Names
from doseref.names.tokens import Token, tokenize
from doseref.patterns import regex
from doseref.records import replace


def without_name(text: str, tokens: list[Token], first: int, last: int) -> str:
    """The text without the name that covers the tokens ``first`` to ``last``: what is left is the sig."""
    end = tokens[last - 1].end
    if (
        last < len(tokens)
        and last - first > 1
        and tokens[last - 1].text.isdigit()
        and tokens[last].text in ("mg", "mcg")
    ):
        end = tokens[last].end  # "Norco 5/325 mg": the unit belongs to the strength in the name
    if last - first > 1 and tokens[last - 1].text.isdigit() and text[end : end + 1] == "%":
        end += 1  # "Voltaren gel 1%": the sign belongs to the name's strength
    return without(text, tokens[first].start, end)


def another(tokens: list[Token], first: int, entry: Named, names: Names) -> Named | None:
    """Another drug named later in the item, if any."""
    position = first
    while position < len(tokens):
        found = names.at(tokens, position)
        if found is None:
            position += 1
            continue
        if (
            _is_one_more(tokens, found)
            and not means_same(entry, found.entry)
            and not (entry.products and _inside(entry, found.entry))
            and found.entry.substance not in entry.mixture
        ):
            return found.entry
        position = found.last
    return None


def _is_one_more(tokens: list[Token], found: Found) -> bool:
    """Whether a name in an instruction is of something taken, and not only told of."""
    return not (
        found.entry.care  # "BMP in 1 week", "with a spacer": nothing of it is added up
        or _related(tokens, found)
        or not_helping.told_of(tokens, found.first, found.last)
        or _common(tokens, found)
    )


def alone(named: Identity | None, names: Names) -> Identity | None:
    """An identity by a composition, told to be of two drugs where its instruction names one more ("Unisom (doxylamine)
    12.5 mg hs with vitamin B6 25 mg TID"): their doses would be taken for one drug's.
    """
    if named is None or named.trouble is not None:
        return named
    tokens = tokenize(named.sig)
    position = 0
    while position < len(tokens):
        found = names.at(tokens, position)
        position = found.last if found else position + 1
        if found is None or of_all(found.entry) <= named.substances or not _is_one_more(tokens, found):
            continue
        message = f"names two drugs, {named.matched} and {found.entry.name}; write one item for each"
        trouble = Trouble("ambiguous-name", message, "split the item", substances=tuple(sorted(of_all(found.entry))))
        return replace(named, trouble=trouble)
    return named


def _common(tokens: list[Token], found: Found) -> bool:
    """Whether a name inside an instruction is only a word of it ("with water"), or what is measured."""
    token = tokens[found.first]
    if found.entry.abbreviation and token.text in LOOKED_AT:
        return True  # "BMP on Friday"
    if token.text == "d" and found.first and tokens[found.first - 1].text.isdigit():
        return True  # "x3d, 3 tabs": days, and no vitamin D3
    if found.last > found.first + 1:  # "one a day" of an instruction is no One A Day
        return all(LEXICON.get(each.text, ("WORD",))[0] != "WORD" for each in tokens[found.first : found.last])
    if found.entry.abbreviation and is_test(token.text):
        return True  # "A1c"; but "lisinopril 10 mg daily, hctz" names two drugs
    return LEXICON.get(token.text, ("WORD",))[0] != "WORD"


_RELATIONS = frozenset(("after", "before", "near", "with", "taking", "starting", "than", "on", "from"))
_CHECKED = frozenset("avoid check checks recheck monitor repeat serum watch replaces replacing".split())
"""What stands before the name of what is measured, or of the drug whose place was taken."""


_ARTICLES = frozenset(("each", "every", "the", "your", "any", "last"))


_LOOKED_AT = frozenset(("level", "levels", "trough", "monitoring", "clinic"))


def _related(tokens: list[Token], found: Found) -> bool:
    """Whether a drug is only told of ("the day after methotrexate", "while taking opioids"):
    no figure stands behind it.
    """
    if found.last < len(tokens) and tokens[found.last].text in _LOOKED_AT:
        return True  # "tacrolimus level due Friday"
    behind = [token.text for token in tokens[found.last : found.last + 2]]
    if behind[:1] in (["day"], ["days"]) and not (behind[1:] and _figure(behind[1])):
        return True  # "daily except methotrexate day (Monday)"
    before = found.first - 1
    while before > 0 and tokens[before].text in _ARTICLES:
        before -= 1  # "with each levodopa dose"
    if before > 0 and tokens[before].text == "of" and tokens[before - 1].text == "day":
        return not (behind and _figure(behind[0]))  # "except on the day of methotrexate"
    if before >= 0 and tokens[before].text in _CHECKED:
        return True  # what is said of it is left to the sig language
    instead = before > 0 and tokens[before].text == "of" and tokens[before - 1].text == "instead"
    if instead or before < 0 or tokens[before].text not in _RELATIONS:
        return instead
    end = found.last
    for token in tokens[found.last : found.last + 3]:
        if token.start > tokens[end - 1].end + 1:
            break  # a sign stands between
        if token.text.isdigit() or token.text in NUMBER_WORDS:
            return False
        end += 1
    return True


def _figure(word: str) -> bool:
    return word.isdigit() or word in NUMBER_WORDS


def _inside(entry: Named, other: Named) -> bool:
    """Whether ``other`` is an ingredient of the products of ``entry`` ("Percocet … max acetaminophen 3 g")."""
    return any(
        other.substance == ingredient.substance for product in entry.products for ingredient in product.ingredients
    )


def held(entry: Named) -> frozenset[str]:
    """Ids of the substances of a name that stands for no products."""
    return frozenset(entry.mixture or (entry.substance,))


def means_same(one: Named, other: Named) -> bool:
    """Whether a second name only repeats the first (a brand behind its substance, a synonym)."""
    if one.substance and one.substance == other.substance:
        return True
    if (one.mixture or other.mixture) and held(one) == held(other):
        return True  # "levonorgestrel IUD (Kyleena)"
    if one.products and other.products:
        return bool({product.id for product in one.products} & {product.id for product in other.products})
    return False


def longer_name(text: str, found: Found, touching: str, names: Names, sig: str) -> Identity:
    """A word that is not understood goes on with a known name ("Digoxin immune Fab"):
    another thing, as far as is known.
    """
    written = f"{text[found.start : found.end]} {touching}"
    message = f"'{written}' is not a name known here; it may be another thing than {found.entry.name}"
    close = tuple(name for name, _ in names.suggest(written))
    trouble = Trouble(
        "unknown-name", message, "check the spelling, or name its ingredients with their strengths", suggestions=close
    )
    parts = named_part(found.entry)
    return Identity(parts, matched=written, sig=sig, suggestions=close, trouble=trouble)


IN_MASS = regex(r"[0-9]\s?(?:mg|mcg|µg|μg|ug|micrograms?|milligrams?|units?|iu|meq|mmol)\b", re.I)
"""An amount as drugs have it."""


def care(reader: Reader, found: Found) -> Identity:
    """What is no medicine to be added up; never where a drug stands beside it, or an amount as drugs have it.

    A word of an instruction ("ensure") goes on with what is not understood behind it; a brand of such things does not.
    """
    text, tokens, names, entry = reader.text, reader.tokens, reader.names, found.entry
    sig = without_name(text, tokens, found.first, found.last)
    other = _beside(tokens, found.last, names)
    if other is not None:
        message = f"names {entry.name}, which is no medicine, and {other.name}; write one item for each"
        return Identity(
            by=entry.by, matched=entry.name, sig=sig, trouble=Trouble("ambiguous-name", message, "split the item")
        )
    behind = text[found.end :]
    unknown = touching_word(text, found.end, names.data.vocabulary) if entry.word else ""
    if unknown or IN_MASS.search(behind):
        return longer_name(text, found, unknown or behind.strip(" ,-"), names, sig)
    return Identity((part_of(entry),), by=entry.by, matched=entry.name, sig=sig, care=entry.care)


_IN_CREAMS = frozenset(("urea",))
"""What an emollient is made of ("Flexitol 25% urea heel balm"): no second item."""
_ONLY_TOLD = frozenset(("after", "before", "than", "taking", "between"))


def _beside(tokens: list[Token], first: int, names: Names) -> Named | None:
    """A drug named behind what is no medicine: "saline with albuterol" gives albuterol,
    "tears after latanoprost" does not.
    """
    position = first
    while position < len(tokens):
        found = names.at(tokens, position)
        if found is None:
            position += 1
            continue
        told = tokens[position - 1].text in _ONLY_TOLD or found.entry.substance in _IN_CREAMS
        if not told and not _common(tokens, found):
            return found.entry
        position = found.last
    return None


def supplements(run: list[Found], sig: str, names: Names) -> Identity | None:
    """Vitamins and minerals named together ("calcium 500 mg with vitamin D"):
    which of them the figure is of is told, and nobody warned.
    """
    known = [names.data.substances.get(each.entry.substance) for each in run]
    if not all(each is not None and each.kind == "supplement" for each in known):
        return None
    matched = " with ".join(each.entry.name for each in run)
    return Identity(
        tuple(part_of(each.entry) for each in run), by=run[0].entry.by, matched=matched, sig=sig, mixture=True
    )
