"""RxNorm's own names, read by their shape and put into the words of an item.

A name in RxNorm is ``[quantity] ingredient strength (/ ingredient strength)* form [[brand]]``, with units in capitals
and the form in title case: ``200 ACTUAT albuterol 0.09 MG/ACTUAT Metered Dose Inhaler [ProAir]``,
``24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet``. The quantity is the size of the package, or for
how many hours one piece works: it is no dose. A pack is ``{21 (…) / 7 (…) } Pack [brand]``. RxNorm's units and forms
are those of its technical documentation (NLM, RxNorm Overview, appendix "Dose forms").
"""

from __future__ import annotations

from doseref.patterns import regex

_NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,6})?"
_STRENGTH = (
    rf"{_NUMBER} (?:MG|MCG|UNT|MEQ|MMOL|ML|%|\[iU\]|IU|ACTUAT|CELLS|BAU|PNU)(?:/(?:ML|ACTUAT|HR|MG|SQCM|DAY|"
    rf"{_NUMBER} ML))?"
)
_FORM = (
    r"(?:(?:Extended|Delayed) Release |Chewable |Disintegrating |Effervescent |Sublingual |Buccal |Oral |"
    r"Metered Dose |Dry Powder |"
    r"Inhalation |Inhalant |Nasal |Injectable |Prefilled |Pen |Auto-|Jet |Topical |Medicated |Transdermal |"
    r"Ophthalmic |Otic |Rectal |"
    r"Vaginal |Urethral |Mucosal |Irrigation |Intrauterine |Drug |12 hour |24 hour )*"
    r"(?:Tablet|Capsule|Solution|Suspension|Powder|Granules|Lozenge|Gel|Paste|Wafer|Foam|Spray|Cream|Ointment|Lotion|"
    r"Oil|Film|"
    r"Inhaler|Injection|Injector|Syringe|Cartridge|Applicator|System|Patch|Tape|Pad|Shampoo|Suppository|Enema|Ring|"
    r"Insert|"
    r"Implant|Mouthwash|Toothpaste|Gum|Pack|Kit|Product|Pill)\b"
)
_UNIT = regex(r"[0-9] (?:[A-Z]{2}|%|\[iU\])")
"""A number with a unit as RxNorm has them: no name in its shape is without one."""
_QUANTITY = regex(rf"\{{?\s?{_NUMBER} (?:ACTUAT|ML|HR|DAY) (?=[a-zA-Z])")
_SHAPE = regex(rf"{_STRENGTH}(?: / [^/]{{2,80}}? {_STRENGTH})* (?:{_FORM})")
_PACK = regex(r"\{\s?[0-9]{1,3} \(")
_BRAND = regex(r"\[([^\[\]]{2,80})\]")

_WORDS = (
    (regex(r"\bUNT\b"), "units"),
    (regex(r"/ACTUAT\b"), "/actuation"),
    (regex(r"\bMetered Dose Inhaler\b|\bDry Powder Inhaler\b|\bInhalation Powder\b"), "inhaler"),
    (regex(r"\bMetered Dose Nasal Spray\b"), "nasal spray"),
    (regex(r"\bPen Injector\b|\bAuto-Injector\b|\bJet Injector\b"), "pen"),
    (regex(r"\bPrefilled Syringe\b|\bCartridge\b|\bPrefilled Applicator\b"), ""),
    (regex(r"\bTransdermal System\b"), "transdermal patch"),
    (regex(r"\b(?:Disintegrating|Effervescent) Oral Tablet\b"), "oral tablet"),
    (regex(r"\bInjectable (?=Solution|Suspension)"), ""),
)
"""RxNorm's words → those an instruction uses."""


def is_pack(text: str) -> bool:
    """Whether ``text`` begins with RxNorm's name of a pack: several different tablets in an order."""
    return _PACK.match(text.lstrip()) is not None


def pack_contents(text: str) -> str:
    """What stands inside the braces of a pack's name."""
    return text.lstrip()[1:].partition("}")[0]


def plain_words(text: str) -> tuple[str, str]:
    """An item that begins with a name in RxNorm's shape in plain words, and the brand in its brackets (empty without
    one).

    Any other text comes back as it is: "5 mL amoxicillin 50 mg/mL" is a dose of 5 mL.
    """
    if _UNIT.search(text) is None:
        return text, ""
    quantity = _QUANTITY.match(text)
    start = quantity.end() if quantity else 0
    shape = _SHAPE.search(text, start)
    if shape is None or shape.start() - start > 120:
        return text, ""
    rest = text[shape.end() :]
    bracket = _BRAND.match(rest.lstrip())
    brand = bracket.group(1).strip() if bracket else ""
    if bracket:
        rest = rest.lstrip()[bracket.end() :]
    named = text[start : shape.end()]
    for pattern, word in _WORDS:
        named = pattern.sub(word, named)
    return " ".join(f"{named} {rest}".split()), brand
