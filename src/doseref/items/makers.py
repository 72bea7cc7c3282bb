"""Words around a name that say who makes it or how it is packed, and nothing of what is in it."""

from __future__ import annotations

import re
from decimal import Decimal

from doseref.dosage.words import LEXICON
from doseref.names import Found, Named, Names
from doseref.names.tokens import tokenize
from doseref.patterns import regex

_SHOPS = tuple(
    "boots|superdrug|tesco|asda|sainsbury's|sainsburys|morrisons|waitrose|wilko|poundland|aldi|lidl|lloydspharmacy|"
    "lloyds pharmacy|numark|savers|well pharmacy|holland & barrett|holland and barrett|h&b|"
    "walmart|target|costco|kroger|meijer|publix|h-e-b|trader joe's|walgreens|cvs health|cvs|rite aid|sam's club|"
    "chemist warehouse|priceline|amcal|woolworths|coles|terry white chemists|terry white|terrywhite|"
    "blooms the chemist|blooms|soul pattinson|guardian|discount drug stores|pharmacy action|"
    "shoppers drug mart|london drugs|life brand|rexall|loblaws|jean coutu".split("|")
)
"""Shops and chemists whose name on a pack says where it was bought."""
_MAKERS = _SHOPS + tuple(
    "nordic naturals|nature made|nature's bounty|natures bounty|nature's way|nature's truth|"
    "kirkland signature|kirkland|spring valley|now foods|solgar|gnc|puritan's pride|garden of life|"
    "natrol|qunol|21st century|schiff|swanson|jarrow formulas|jarrow|life extension|thorne research|"
    "thorne|pure encapsulations|carlson labs|carlson|rainbow light|new chapter|megafood|doctor's best|"
    "sundown naturals|sundown|vitafusion|olly|zarbee's|barlean's|sports research|member's mark|"
    "berkley jensen|equate|goodsense|good sense|good neighbor pharmacy|"
    "up & up|up&up|up and up|amazon basic care|basic care|topcare|wellness basics|health mart|"
    "quality choice|sunmark|store brand|"
    "generic|brand name|ostelin|blackmores|swisse|nature's own|natures own|cenovis|bioceuticals|"
    "ethical nutrients|herbs of gold|healthy care|seven seas|"
    "apo|apx|arx|ogn|msd|psm|apohealth|apotex|genrx|chemmart|chem mart|pharmacor|arrow|aspen|btc|miro|"
    "noumed|amneal|teva|sandoz|mylan|accord|actavis|almus|chemists own|chemists' own|pharmacy choice|"
    "better you|betteryou|vitabiotics|healthaid|health aid|higher nature|nature's best|natures best|nature's aid|"
    "natures aid|viridian|pukka|lamberts|cytoplan|bell's|bells|galpharm|valupak|"
    "jamieson|webber naturals|sisu|organika|natural factors|canprev|exact|personnelle|equaline|compliments|"
    "bio island|source naturals|nature's plus|natures plus|life-space|life space|fusion health|metagenics|thompson's|"
    "thompsons|bioglan|caruso's|carusos|wagner|pharmacy care|pharmacy health|trust|"
    "himalaya|dabur|patanjali|tata 1mg|apollo|inlife|hk vitals|healthkart|carbamide forte|nutrilite|amway|"
    "usana|shaklee|herbalife|mary ruth's|maryruth's|ritual|care/of|bulksupplements|nutricost|doctors best".split("|")
)
"""House brands and makers of what is sold freely; each sells many things, so that the name behind says what it is."""
_ALONE = regex("(?:" + "|".join(re.escape(each).replace("'", "['’]?") for each in _MAKERS) + ")", re.I)
_MAKER = regex(
    "(?:" + "|".join(re.escape(each).replace("'", "['’]?") for each in _MAKERS) + r")[\s,:-]+(?=[A-Za-z])", re.I
)
_GENERIC_MAKERS = (
    "sandoz|teva|mylan|viatris|apotex|actavis|accord|zentiva|winthrop|ranbaxy|generichealth|hexal|aurobindo|cipla|lupin|"
    "ratiopharm|stada|heumann|krka|amneal|torrent|wockhardt|alphapharm|pharmacor|genrx|chemmart|chem mart|"
    "terry white chemists|noumed|sz|wgr|rbx|(?<!,)(?<!, )gh|bnm|multichem|sun pharma|dr\\.? reddy['’]?s|almus|1a pharma|ebewe|hospira"
)
"""Makers that Australia, Britain and Germany write behind the generic name; none is a word of an instruction."""
_BRACKETED_MAKER = regex(
    r"\s*\((?!target)(?:"
    + "|".join(re.escape(each).replace("'", "['’]?") for each in _MAKERS)
    + f"|{_GENERIC_MAKERS})"
    + r"(?:\s(?:own(?:[\s-](?:brand|label))?|brand|otc))?\)",
    re.I,
)
"""A shop or maker in brackets somewhere behind a generic name: "vitamin D3 1000 IU (Superdrug) once a day"; a
"(target)" is a dose to reach."""
_MAKER_BEHIND = regex(rf"[\s,-]+(\()?(?:{_GENERIC_MAKERS})(?(1)\)|(?=[\s,;:(]|$))", re.I)
_JOINS = regex(r"\s?[/+]\s?(?=[A-Za-z])")
_HOUSE = regex(
    r"(?:(?:pms|jamp|riva|ratio|novo|auro|taro|priva|septa|pdp|accel|nra|ach|zinda|vpi|act)(?:-| (?=[a-z]{5}))"
    r"|(?P<short>ran|mar|dom|mint|nat|bio|gd|pro|med|aa|ag(?!-sulf)|m|reddy)-)(?=[a-z])",
    re.I,
)
"""What Canadian houses put before a generic name (the Canadian Clinical Drug Data Set): "pms-lansoprazole", "ACT
olmesartan", "Ran-telmisartan". Those that are short or words of their own count with a hyphen, before a medicine."""
_HEADS = tuple(each.partition("'")[0] for each in _MAKERS)
"""How makers' names begin."""
_SUFFIX = regex(r"[-–]([A-Za-z]{4})(?![A-Za-z0-9-])")
_PACK = regex(
    r"[\s-]*\(?\b(?:21|24|28|84|91)(?:/(?:4|7))?"
    r"(?:[\s-]?(?:day|tabs?|tablets?|pills?)(?:[\s-]?(?:pack|kit|regimen))?|\s(?:pack|kit))?\)?(?=[\s,:;]|$)"
    r"(?!\s?(?:mg|mcg|ug|tab|tablet|pill|day))",
    re.I,
)
_CONTRACEPTIVE = frozenset(("estrogen", "progestin"))


def only_a_maker(text: str) -> bool:
    """Whether a text is the name of a maker or shop and nothing besides, as a field of an export: "TEVA", "Sandoz"."""
    return _ALONE.fullmatch(text) is not None


def without_maker(text: str, names: Names) -> str:
    """``text`` without a maker or house brand before a known name ("Nature Made vitamin D3", "Equate ibuprofen").

    Where nothing known follows directly the maker stays, so that the whole is told as unknown.
    """
    maker = _MAKER.match(text) if text.lower().startswith(_HEADS) else None
    house = None if maker else _HOUSE.match(text)
    before = maker or house
    if before is None or names.at(tokenize(text), 0, head=True) is not None:
        return text
    rest = text[before.end() :]
    found = names.at(tokenize(rest), 0, head=True)
    if found is None or (house is not None and not _generic(found.entry, names, bool(house["short"]))):
        return text
    return rest


def _generic(entry: Named, names: Names, medicine: bool) -> bool:
    """Whether a name is that of a substance and no brand, or begins with one that it holds ("valsartan HCT"); where
    asked, of a medicine alone.
    """
    if not entry.substance:
        first = names.lookup(entry.name.split()[0])
        return first is not None and first.substance in entry.mixture and _generic(first, names, medicine)
    substance = names.data.substances.get(entry.substance)
    return entry.by != "brand" and substance is not None and (not medicine or substance.kind == "drug")


def without_packing(text: str, found: Found, names: Names) -> str:
    """``text`` without what stands behind the name for its maker, its suffix or its pack."""
    return without_pack(without_suffix(without_maker_behind(text, found, names), found, names), found, names)


def without_maker_behind(text: str, found: Found, names: Names) -> str:
    """``text`` without the maker behind a generic name, or behind the last of several that are joined ("Amlodipine Sandoz
    5 mg daily", "pregabalin (Teva) 75 mg", "Perindopril/Indapamide Sandoz 4/1.25").

    Behind a brand it stays: "Losec Teva" is nobody's product.
    """
    if found.entry.by == "brand" and not _of_generics(text[found.start : found.end], names):
        return text
    end = _end_of_joined(text, found.end, names)
    match = _MAKER_BEHIND.match(text, end)
    if match is not None:
        return text[:end] + text[match.end() :]
    if "(" not in text[end:]:
        return text
    return text[:end] + _BRACKETED_MAKER.sub("", text[end:], count=1)


def _of_generics(written: str, names: Names) -> bool:
    """Whether the name of a product is nothing but the names of what it holds ("ezetimibe/simvastatin"), or the British
    name of such a pair ("co-codamol").
    """
    if written.lower().startswith("co-"):
        return True
    parts = [names.lookup(part) for part in written.split("/")]
    return len(parts) > 1 and all(part is not None and part.by != "brand" for part in parts)


def _end_of_joined(text: str, end: int, names: Names) -> int:
    """Where the last of the names ends that signs join to the one which ends at ``end``; none of them is a brand."""
    while (sign := _JOINS.match(text, end)) is not None:
        rest = text[sign.end() :]
        joined = names.at(tokenize(rest), 0)
        if joined is None or joined.start or joined.entry.by == "brand":
            break
        end = sign.end() + joined.end
    return end


def without_suffix(text: str, found: Found, names: Names) -> str:
    """``text`` without the four letters that FDA adds to the name of a biologic ("insulin glargine-yfgn"): devoid of
    meaning.
    """
    substance = names.data.substances.get(found.entry.substance)
    match = _SUFFIX.match(text, found.end) if text[found.end : found.end + 1] in ("-", "–") else None
    if match is None or substance is None or substance.kind != "biologic" or found.entry.by == "brand":
        return text
    if LEXICON.get(match[1].lower(), ("WORD",))[0] != "WORD" or names.lookup(match[1]) is not None:
        return text
    return text[: found.end] + text[match.end() :]


_TWO_PENS = regex(r"[\s,-]*\(?(?:2|two|twin)[\s-]?pac?k\b\)?", re.I)
_FOR_EMERGENCIES = frozenset(("epinephrine", "naloxone", "glucagon"))


def without_pack(text: str, found: Found, names: Names) -> str:
    """``text`` without how many tablets are in a pack of a contraceptive ("Sprintec 28", "Yasmin-28", "Yaz 24/4",
    "Apri (28)"), or how many pens for an emergency ("EpiPen 2-Pak").
    """
    pens = _TWO_PENS.match(text, found.end) if found.entry.substance in _FOR_EMERGENCIES else None
    if pens is not None:
        return f"{text[: found.end]} {text[pens.end() :].lstrip(' ,:;')}".rstrip()
    if found.entry.by != "brand" or not _hormones(found.entry, names):
        return text
    match = _PACK.match(text, found.end)
    return text if match is None else f"{text[: found.end]} {text[match.end() :].lstrip(' ,:;')}"


_PERCENT = r"[0-9]{1,2}(?:\.[0-9]{1,4})?\s?%"
_TWO_PERCENT = regex(
    rf"(?P<one>[A-Za-z][A-Za-z -]{{2,40}}?)\s(?P<first>{_PERCENT})\s?(?:[-–/+]|\band\b|&)\s?"
    rf"(?P<other>[A-Za-z][A-Za-z -]{{2,40}}?)\s(?P<second>{_PERCENT})",
    re.I,
)
_DASHED_PERCENT = regex(rf"({_PERCENT})\s?[-–]\s?(?={_PERCENT})")


def percents_behind(text: str, names: Names) -> str:
    """``text`` with the percentages of two drugs behind both names ("clindamycin 1%-benzoyl peroxide 5%"), a stroke
    between them.
    """
    two = _TWO_PERCENT.match(text) if "%" in text else None
    if two is not None and all(names.lookup(two[each]) is not None for each in ("one", "other")):
        return f"{two['one']}/{two['other']} {two['first']}/{two['second']}{text[two.end() :]}"
    return text


_FIGURE_BETWEEN = regex(
    r"(?P<one>[A-Za-z][A-Za-z -]{2,40}?)\s(?P<first>[0-9]{1,4}(?:\.[0-9]{1,3})?)\s?/\s?"
    r"(?P<other>[A-Za-z][A-Za-z -]{2,40}?)\s(?P<second>[0-9]{1,4}(?:\.[0-9]{1,3})?)\s?(?P<unit>mg|mcg)\b(?!\s?/)",
    re.I,
)


_NUMBER_AGAIN = regex(
    r"(?:(?:tab|cap|inj)s?\.?\s)?(?P<name>[A-Za-z][A-Za-z -]{2,40}?)\s(?P<number>[0-9]{1,4}(?:\.[0-9]{1,2})?)\s"
    r"\((?P<strength>(?P=number)\s?(?:mg|mcg|micrograms?|microg|µg|g)(?:\s?/\s?(?:h|hr|hour|24\s?h(?:rs?|ours?)?))?)\)",
    re.I,
)
"""The number of a brand and, in brackets, what it stands for: "Durogesic 25 (25 microg/h)"."""


def figures_behind(text: str, names: Names) -> str:
    """``text`` with the unit also behind the first of two strengths between names ("CARBIDOPA 25/LEVODOPA 100MG TAB"), and with
    what the number of a brand stands for in its place.
    """
    again = _NUMBER_AGAIN.match(text) if "(" in text else None
    if again is not None and names.lookup(again["name"]) is not None:
        return f"{text[: again.start('number')]}{again['strength']}{text[again.end() :]}"
    two = _FIGURE_BETWEEN.match(text)
    if two is not None and all(names.lookup(two[each]) is not None for each in ("one", "other")):
        return (
            f"{two['one']} {two['first']}{two['unit']}/{two['other']} {two['second']}{two['unit']}{text[two.end() :]}"
        )
    return text


_PERCENT_OF_TWO = regex(
    r"(?P<other>[-/][A-Za-z]{4,25})?\s+(?P<one>[0-9]{1,2}(?:\.[0-9]{1,3})?)\s?[-–]\s?(?P<two>[0-9]{1,2}(?:\.[0-9]{1,3})?)\s?%"
)
"""Two percentages with one sign, the first no less than the second: "0.3-0.1 %" of two drugs, and never a range."""


def percents_of_several(text: str, found: Found) -> str:
    """``text`` with a stroke for the dash between percentages behind several names ("dorzolamide-timolol 2%-0.5%"): no
    range.
    """
    if "%" not in text:
        return text
    behind = _DASHED_PERCENT.sub(r"\1/", text[found.end :])
    pair = _PERCENT_OF_TWO.match(behind)
    if pair is not None and (pair["other"] or found.entry.mixture) and Decimal(pair["one"]) >= Decimal(pair["two"]):
        behind = f"{pair['other'] or ''} {pair['one']}%/{pair['two']}%{behind[pair.end() :]}"
    return text[: found.end] + behind


def _hormones(entry: Named, names: Names) -> bool:
    """Whether all that a name stands for are estrogens and progestins."""
    ids = {entry.substance} if entry.substance else {*entry.mixture}
    ids |= {ingredient.substance for product in entry.products for ingredient in product.ingredients}
    known = [names.data.substances.get(each) for each in ids]
    return bool(known) and all(each is not None and _CONTRACEPTIVE & {*each.classes} for each in known)
