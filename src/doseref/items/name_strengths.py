"""Strengths that stand inside or right behind a name: "Arthrotec 75 mg/200 mcg", "7.5-325 mg/15 mL",
"Catapres-TTS-2".
"""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.dosage.tokens import Tokens
from doseref.dosage.vocabulary import NO_NAMES, Vocabulary
from doseref.dosage.words import LEXICON
from doseref.names import Found, Names
from doseref.names.model import Named
from doseref.names.tokens import Token, tokenize
from doseref.patterns import regex
from doseref.quantities import is_whole, printed
from doseref.records import replace

JOIN = frozenset(("and", "with", "+", "/", "plus", "&"))
STRENGTH_UNITS = {
    "mg": (Decimal(1), "mg"),
    "mcg": (Decimal("0.001"), "mg"),
    "ug": (Decimal("0.001"), "mg"),
    "g": (Decimal(1000), "mg"),
    "meq": (Decimal(1), "meq"),
}
"""Units a plain strength is written in: the factor and the unit that it leads to."""


def plain(amount: Decimal, unit: str) -> tuple[Decimal, str]:
    """A strength in mg, or in its own unit where it has no mass, so that two can be compared."""
    factor, into = STRENGTH_UNITS.get(unit, (Decimal(1), unit))
    return amount * factor, into


def not_per_volume(tokens: list[Token], found: Found, names: Names) -> Found:
    """The name without its strength where the text says that strength per volume: "7.5/325 mg/15 mL" is no tablet."""
    after = found.last
    while after < len(tokens) and tokens[after].text in STRENGTH_UNITS:
        after += 1
    words = [token.text for token in tokens[after : after + 3]]
    if not found.entry.products or words[:1] not in (["/"], ["per"]) or "ml" not in words:
        return found
    if any(product.per_unit == "mL" for product in found.entry.products):
        return found
    for last in range(found.last - 1, found.first, -1):
        shorter = names.at(tokens[:last], found.first)
        if shorter is not None and shorter.entry.substance:
            return shorter
    return found


def strength_tail(tokens: list[Token], found: Found) -> int:
    """Where the strengths of a product end that the text writes out behind its label ("Arthrotec 75 mg/200 mcg").

    That is at ``found.last`` unless they are just the product's own.
    """
    if len({product.composition for product in found.entry.products}) != 1 or not tokens[found.last - 1].text.isdigit():
        return found.last
    own = [plain(i.strength, i.unit) for i in found.entry.products[0].ingredients]
    last = found.last - 1
    written: list[tuple[Decimal, str]] = []
    while True:
        after, strength = strength_at(tokens, last)
        if strength is None:
            return found.last
        written.append(plain(Decimal(strength[0]), strength[1]))
        if written == own:
            return after
        if len(written) == len(own) or after >= len(tokens) or tokens[after].text not in JOIN:
            return found.last
        last = after + 1


def bare_strength(tokens: list[Token], found: Found) -> int:
    """Where the one strength of a product ends that the text repeats without its unit ("Tylenol Arthritis 650,
    two pills"); 0 where it does not.
    """
    last = found.last
    products = found.entry.products
    if (
        last >= len(tokens)
        or not tokens[last].text.isdigit()
        or len({product.composition for product in products}) != 1
    ):
        return 0
    own = products[0].ingredients
    follows = tokens[last + 1].text if last + 1 < len(tokens) else ""
    if len(own) != 1 or follows.isdigit() or follows in (*STRENGTH_UNITS, "ml", "iu", "units", "/", "+"):
        return 0
    return last + 1 if Decimal(tokens[last].text) == own[0].strength and own[0].strength >= _LEAST_BARE else 0


_LEAST_BARE = 20
"""A smaller number could be how many are taken."""


def numbered_name(text: str, tokens: list[Token], found: Found) -> str:
    """The name with a number that a hyphen ties to it ("Catapres-TTS-2");
    empty where that number has a unit or goes on.
    """
    last = found.last
    if last >= len(tokens) or not tokens[last].text.isdigit() or text[found.end : tokens[last].start] not in ("-", "–"):
        return ""
    if text[tokens[last].end : tokens[last].end + 1] not in ("", " ", ",", ":", ")", "®", "™"):
        return ""
    follows = tokens[last + 1].text if last + 1 < len(tokens) else ""
    return "" if follows in (*STRENGTH_UNITS, "ml", "iu", "units") else text[found.start : tokens[last].end]


def strength_at(tokens: list[Token], first: int) -> tuple[int, tuple[str, str] | None]:
    """A plain strength ("325 mg") at token ``first``: where it ends, and its number and unit."""
    if first + 1 >= len(tokens) or not tokens[first].text.isdigit():
        return first, None
    number, position = tokens[first].text, first + 1
    if (
        position + 1 < len(tokens)
        and tokens[position].text.isdigit()
        and tokens[position].start == tokens[first].end + 1
    ):
        number += "." + tokens[position].text
        position += 1
    if tokens[position].text in STRENGTH_UNITS:
        return position + 1, (number, tokens[position].text)
    return first, None


_NEXT_WORD = regex(r"\s*(?:[-–/+]\s?)?(?=[A-Za-z])")
_WORD = regex(r"[A-Za-z][\w'’-]*")


def touching_word(text: str, end: int, vocabulary: Vocabulary) -> str:
    """The words right behind a name, where the first is none that an instruction is made of:
    then the name goes on with them.
    """
    following = _NEXT_WORD.match(text, end)
    if following is None or following.end() == end:
        return ""
    words: list[str] = []
    rest = text[following.end() : following.end() + 80]
    first = _WORD.match(rest)
    if first is not None and first.group().lower() in vocabulary.salts:
        return ""
    while (word := _WORD.match(rest)) and len(words) < 4 and Tokens(rest, NO_NAMES).kinds[0] in ("WORD", "ID"):
        words.append(word.group())
        rest = rest[word.end() :].lstrip()
    return " ".join(words)


_LEAST_UNCOUNTED = 20
"""More than so many are taken at no time: such a number before a frequency is no count."""
_LEAST_OF_A_BRAND = 5
"""From here on a number behind a brand of tablets alone is the strength that it is sold in, not how many are taken."""
_IN_A_WEEK = ("weekly", "once")
"""A week's dose can be many tablets ("Trexall 5 weekly")."""
_KIND = (
    r"chew(?:able|ing)?|dispersible|soluble|evohaler|accuhaler|inhaler|mdi|rotacaps?|respules?|nebules?|eff(?:ervescent)?"
    r"|diskus|turb[uo]haler|ellipta|easyhaler|nexthaler|spiromax"
)
"""What may stand between a number of a brand and how many are taken."""
_COUNTED_BEHIND = regex(
    rf"(?:,|\s+[-–—])?\s+(?:(?:{_KIND})\s+)?(?:take\s+|inhale\s+)?"
    r"(?P<count>[0-9½¼¾/]{1,3}(?:\s?(?:-|to|or)\s?[0-9])?\s?|(?:one|two|half|i{1,3})\s+(?:a\s+)?)?"
    r"(?:tabs?|tablets?|pills?|caps?|capsules?|puffs?|inhalations?|inh)\b"
    r"|(?:\s+[-–—])?\s+(?P<parts>[0-9½०-९]{1,2}(?:/[24])?(?:\s?[-–—]\s?[0-9½०-९]{1,2}(?:/[24])?){2,3})(?![0-9./])",
    re.I,
)
"""How many pieces, with their name ("1 tab"), or so many in the parts of a day (1-0-1)."""
_BARE_COUNT_BEHIND = regex(
    rf"(?:\s+(?:{_KIND}))?(?:\s+[-–—])?\s+(?:[1-3](?:\s?(?:-|to|or)\s?[2-4])?|(?P<word>one|two|half)|i{{1,3}})\s+"
    r"(?P<often>at\s+night|in\s+the|[A-Za-z]+)",
    re.I,
)
_ON_DAYS_BEHIND = regex(r"\s+[1-7]\s(?:days?|x|times?)\s(?:a|per|/)\s?week\b", re.I)
_AT_A_MEAL = regex(r"\s+(?:after|before|with)\s+(?:breakfast|lunch|dinner|supper)\b(?!\s+(?:and|or)\b)", re.I)
_RELEASE_BEHIND = regex(r"\s+(?:SR|XR|ER|CR|MR|XL|DR|OD|DT|MD|LA)(?=\s)")
_FORM_HEAD = regex(r"\s*(?:tab(?:let)?|cap(?:sule)?|t|c)\.?\s*", re.I)
_WORD_BEHIND = regex(r"\s+([A-Za-z]+)")
_HOW_OFTEN = frozenset(("FREQ", "ADV", "ONCE", "WHEN", "EVERY", "PRN", "STAT"))
_WRITTEN = {"mg": "mg", "g": "g", "ug": "mcg", "[IU]": "units"}


_FIGURE = r"([0-9]{1,7}(?:\.[0-9]{1,4})?)"
_OWN_PARTS = regex(rf"\s*\(\s?{_FIGURE}\s?(?:mg)?\s?[+/]\s?{_FIGURE}\s?(?:mg)?\s?\)", re.I)
_TWICE = regex(r"\s([0-9]+(?:\.[0-9]+)?)\s?(?=\([A-Za-z][A-Za-z ]{3,30}\s\1\s?(?:mg|mcg|µg|microg(?:rams?)?)\b)", re.I)


_OTHER_FIGURE = regex(r"\s?/\s?(?P<figure>[0-9]{1,4}(?:\.[0-9]{1,3})?)(?:\s?mg\b)?(?![0-9./])", re.I)


def without_own_parts(text: str, found: Found) -> str:
    """``text`` without a bracket behind a product that gives the strengths which its name stands for ("Augmentin 625
    (500+125)"), and without a brand's number that is said again in the bracket ("Durogesic 25 (fentanyl 25 mcg/hour)").
    """
    if (other := _OTHER_FIGURE.match(text, found.end)) is not None and text[found.end - 1].isdigit():
        seconds = {
            p.ingredients[1:] and p.ingredients[1].strength for p in found.entry.products if len(p.ingredients) == 2
        }
        if seconds == {Decimal(other["figure"])}:
            text = f"{text[: found.end]} {text[other.end() :]}"  # "Glycomet GP 2/500": the name has the first
    if "(" not in text:
        return text
    twice = _TWICE.match(text, found.end)
    if twice is not None and found.entry.by == "brand":
        return f"{text[: found.end]} {text[twice.end() :]}"
    parts = _OWN_PARTS.match(text, found.end)
    if parts is None or not found.entry.products:
        return text
    written = sorted(map(Decimal, parts.groups()))
    own = {tuple(sorted(i.strength for i in product.ingredients)) for product in found.entry.products}
    return f"{text[: found.end]}{text[parts.end() :]}" if tuple(written) in own else text


def without_its_number(text: str, tokens: list[Token], found: Found, names: Names) -> Found:
    """A brand of one substance without the number at the end of its name, where the name without it is the same brand:
    "Pan 40" is Pan in the strength that follows.
    """
    last, entry = found.last - 1, found.entry
    if (summed := _without_a_sum(text, found, names)) is not None:
        return summed
    if last <= found.first or not tokens[last].text.isdigit() or not entry.substance or entry.by != "brand":
        return found
    end = tokens[last - 1].end
    plain = names.lookup(text[found.start : end])
    if plain is None or plain.by != "brand" or plain.substance != entry.substance or plain.release != entry.release:
        return found
    if not marketed_units(entry.substance, Decimal(tokens[last].text), names):
        return found  # "Noriday 28": how many are in the pack
    return replace(found, entry=plain, end=end, last=last)


_GRAMS_BEHIND = regex(r"\s?g\b", re.I)
_NUMBER_AT_END = regex(r"\s[0-9]{1,2}(?:\.[0-9]{1,3})?$")


def _without_a_sum(text: str, found: Found, names: Names) -> Found | None:
    """A brand of several strengths without the grams at the end of its label, which are then read as the amount: "Tazocin 4.5 g"."""
    entry = found.entry
    number = _NUMBER_AT_END.search(text, found.start, found.end) if len(entry.products) == 1 else None
    if number is None or _GRAMS_BEHIND.match(text, found.end) is None:
        return None
    plain = names.lookup(text[found.start : number.start()])
    if plain is None or not plain.products or entry.products[0] not in plain.products:
        return None
    last = found.first + len(tokenize(text[found.start : number.start()]))
    return replace(found, entry=plain, end=number.start(), last=last)


_BAR_BEFORE_ROW = regex(r"\s?\|\s?(?=[0-9½]\s?-\s?[0-9½]\s?-\s?[0-9½])")


def marketed(text: str, tokens: list[Token], found: Found, names: Names) -> str:
    """``text`` with the unit of a bare number behind a name, where that is a strength the drug is made in and can be no
    count.

    "Telma 40 1-0-0", "Incruse Ellipta 62.5 1 puff daily", "Breo Ellipta 100 1 puff daily" (then with the other
    ingredient's): how many are taken is said behind it, or (of a brand) more than 20 would be. ``text`` itself where
    any of that is missing.
    """
    last = found.last
    if last >= len(tokens) or not tokens[last].text.isdigit() or text[found.end : tokens[last].start].strip():
        return text
    if tokens[last - 1].text.isdigit() and tokens[last - 2].text == "/":
        return text  # "Junel Fe 1/20 1 tablet": the name has its strengths, and the number is a count
    end = tokens[last].end
    if last + 1 < len(tokens) and tokens[last + 1].text.isdigit() and text[end : tokens[last + 1].start] == ".":
        end = tokens[last + 1].end
    barred = _BAR_BEFORE_ROW.match(text, end)
    if barred is not None:  # "TAB PAN 40 | 1-0-0 | Before Food"
        turned = marketed(f"{text[:end]} {text[barred.end() :]}", tokens, found, names)
        return text if turned == f"{text[:end]} {text[barred.end() :]}" else turned
    written = text[tokens[last].start : end]
    if not written.replace(".", "", 1).isdecimal() or not written.isascii():
        return text
    figure = Decimal(written)
    word = _WORD_BEHIND.match(text, end)
    if word is not None and LEXICON.get(word[1].lower(), ("",))[0] == "U":
        return text  # "100 mg": it has its unit
    brand = found.entry.by == "brand"  # whose number is part of its name; behind a drug's own name the unit is missing
    released = _RELEASE_BEHIND.match(text, end)  # "Metformin 500 SR 1-0-1"
    pieces_behind = released is not None and _COUNTED_BEHIND.match(text, released.end()) is not None
    headed = _FORM_HEAD.fullmatch(text[: found.start]) is not None  # "Tab. Amlong 5 OD": a count would stand before it
    often = word is not None and LEXICON.get(word[1].lower(), ("",))[0] in _HOW_OFTEN
    often = often or _AT_A_MEAL.match(text, end) is not None  # "Tab Ecosprin 75 after lunch": once a day
    often = often or (headed and _ON_DAYS_BEHIND.match(text, end) is not None)  # "Tab Lanoxin 0.25 5 days a week"
    strong = figure >= _LEAST_OF_A_BRAND or (figure > 1 and not is_whole(figure))  # "Tab Torsemide 10 OD", "2.5 OD"
    in_a_week = word is not None and word[1].lower() in _IN_A_WEEK
    timed = (
        (brand or (headed and (figure > _LEAST_UNCOUNTED or (strong and not in_a_week))))  # "Tab Cefixime 200 BD"
        and (figure > _LEAST_UNCOUNTED or headed)
        and often
    )
    tablets_only = (  # "Eliquis 5 BID": nobody takes five tablets and does not say of what strength
        brand
        and often
        and not timed
        and figure >= _LEAST_OF_A_BRAND
        and (word is not None and word[1].lower() not in _IN_A_WEEK)
        and not _has_liquid(found.entry, names)
    )
    bare = _BARE_COUNT_BEHIND.match(text, end) if figure >= (_LEAST_OF_A_BRAND if brand else _LEAST_UNCOUNTED) else None
    if bare is not None and not bare["word"] and not (brand and figure >= _LEAST_UNCOUNTED):
        bare = None  # "Lasix 10 2 daily": ten or two?
    if bare is not None and figure < _LEAST_UNCOUNTED and _has_liquid(found.entry, names):
        bare = None  # "Oramorph 10 one daily"
    counted = bare is not None and (
        " " in bare["often"] or LEXICON.get(bare["often"].lower(), ("",))[0] in (*_HOW_OFTEN, "TIMES")
    )
    pieces = _COUNTED_BEHIND.match(text, end)
    if pieces is not None and not (pieces["count"] or pieces["parts"]) and figure <= _LEAST_UNCOUNTED:
        pieces = None  # "2 puffs", "5 tablets": the number itself is how many
    if not (timed or tablets_only or counted or pieces or (pieces_behind and figure > _LEAST_UNCOUNTED)):
        return text
    if found.entry.products:
        return _with_others(text, end, figure, found)
    units = marketed_units(found.entry.substance, figure, names)
    if pieces is not None and pieces.group().rstrip().lower().endswith(_BREATHED):  # no puff holds the mg of a tablet
        units = _units_of_a_puff(found.entry.substance, figure, names) or units & {"ug"}
    unit = _WRITTEN.get(units.pop(), "") if len(units) == 1 else ""
    return f"{text[:end]} {unit}{text[end:]}" if unit else text


_BREATHED = ("puff", "puffs", "inhalation", "inhalations", "inh")


def _units_of_a_puff(substance: str, figure: Decimal, names: Names) -> set[str]:
    """The units of what a puff holds of a drug in whichever product, where the figure lies among these strengths ("Flovent
    110 2 puffs").
    """
    held = [
        (i.strength, i.unit)
        for product in names.data.products_with(substance)
        for i in product.ingredients
        if i.substance == substance and i.per_unit == "{puff}" and i.per == 1
    ]
    among = bool(held) and min(held)[0] <= figure <= max(held)[0]
    return {unit for _, unit in held} if among else set()


def _has_liquid(entry: Named, names: Names) -> bool:
    """Whether a drug is sold as a liquid too, or a brand is one ("oral solution (Oramorph)"), of which a bare number may
    be mL.
    """
    forms = (limit.form.lower() for limit in names.data.limits.get(entry.substance, ()) if limit.form)
    return any(
        ingredient.per_unit == "mL"
        for product in names.data.products_with(entry.substance)
        for ingredient in product.ingredients
        if ingredient.substance == entry.substance
    ) or any(f"({entry.name.lower()})" in form and "solution" in form for form in forms)


def marketed_units(substance: str, figure: Decimal, names: Names) -> set[str]:
    """The units in which pieces of a drug are made in that strength."""
    units = {
        i.unit
        for product in names.data.products_with(substance)
        for i in product.ingredients
        if len(product.ingredients) == 1 and i.strength == figure and i.per_unit.startswith("{") and i.per == 1
    }
    listed = names.data.strength_rows.get(substance, ())
    units |= {row["unit"] for row in listed if Decimal(row["strength"]) == figure}
    units |= {"mg" for row in listed if row["unit"] == "g" and Decimal(row["strength"]) * _MG_IN_G == figure}
    in_mg = figure / _MCG_IN_MG  # "Synthroid 88": listed as 0.088 mg
    return units or {"ug" for row in listed if row["unit"] == "mg" and Decimal(row["strength"]) == in_mg}


_MCG_IN_MG = 1000
_MG_IN_G = 1000
"""Metformin of 1000 mg is listed as 1 g."""


def _with_others(text: str, end: int, figure: Decimal, found: Found) -> str:
    """The text with the strengths of the other ingredients behind the first one's,
    where one composition of the brand has it.
    """
    fitting = {
        tuple((i.strength, i.unit) for i in product.ingredients)
        for product in found.entry.products
        if not product.withdrawn and product.ingredients[0].strength == figure and len(product.ingredients) > 1
    }
    if len(fitting) != 1:
        return text
    others = "".join(f"/{printed(strength)}" for strength, _ in fitting.pop()[1:])
    return f"{text[:end]}{others}{text[end:]}"
