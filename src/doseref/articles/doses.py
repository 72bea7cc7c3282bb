"""Dose-like words in prose: numbers with a unit that doses are given in, and what makes them no dose after all."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from doseref.articles import asides, limits_in_words
from doseref.articles.how_often import has_frequency
from doseref.articles.kinds import AnyCase
from doseref.articles.misspelled import DoseWord
from doseref.articles.model import REMEMBERED
from doseref.dosage.tokens import Tokens
from doseref.dosage.vocabulary import NO_NAMES
from doseref.patterns import regex

_NUMBER = r"(?:\d{1,3}(?:[,\u00a0\u202f'’]\d{3}){1,4}(?:\.\d{1,6})?|\d{1,9}(?:[.,]\d{1,6})?|\.\d{1,6})[¼½¾]?"
_WORD_NUMBER = (
    r"(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|eighteen|twenty(?:[\s-]five)?|thirty|forty|fifty|sixty|seventy(?:[\s-]five)?|eighty|ninety)"
    r"(?:\s+(?:hundred|thousand)){0,2}(?:\s+(?:and\s+)?fifty)?|half\s+a|an?)"
)
_STRONG_UNIT = (
    r"(?:mg|mcg|[µμ]g|ug|milligrams?|micrograms?|IU|i\.u\.|international\s+units|mEq|mmol|MG|MCG|"
    r"(?:million|billion)\s+(?:\w{2,20}\s+){0,2}cells|cells)"
)
_WEAK_UNIT = (
    r"(?:g|gm|grams?|m[lL]|millilit(?:er|re)s?|units?|tab(?:let)?s?|cap(?:sule)?s?|caplets?|softgels?|pills?|gummies|"
    r"patch(?:es)?|plasters?|drops?|puffs?|sprays?|squirts?|"
    r"suppositor(?:y|ies)|lozenges?|sachets?|teaspoons?|tablespoons?|tsp|tbsp|injections?|scoops?)"
)
_RANGE = rf"{_NUMBER}(?:\s{{0,3}}(?:{_STRONG_UNIT}|{_WEAK_UNIT})?\s{{0,3}}(?:–|—|-|‑|−|to|or)\s{{0,3}}{_NUMBER})?"
_PAIR = r"\d{1,4}(?:\.\d{1,3})?/\d{1,4}(?:\.\d{1,3})?(?=[\s\u00a0-]{0,3}mg\b)"
"""The two amounts of a combination: "875/125 mg"."""
_AMOUNT = regex(
    rf"(?=[\d.aefhnostAEFHNOST])(?<![\w.,])(?<!\d/)(?P<number>{_RANGE}|{_PAIR}|(?i:{_WORD_NUMBER}(?:\s+(?:to|"
    rf"or)\s+(?:two|three|four|five|six|seven|eight|ten|twelve|fifteen|twenty|\d))?))"
    rf"(?P<power>\s{{0,2}}[×x]\s{{0,2}}10[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,2}})?[\s\u00a0\u202f-]{{0,3}}(?:(?P<strong>{_STRONG_UNIT})|"
    rf"(?P<weak>{_WEAK_UNIT}))(?![A-Za-z])"
)
_NOT_AFTER = regex(
    r"\s+of\s+(?:\w{3,8}\s+)?(?:water|juice|milk|liquid|fluids?|tea|coffee|beer|wine)\b|"
    r"\s?(?:/|per)\s?(?:dL|dl|[Ll]\b|litre|liter|mL\b|ml\b|100\s?g|g\b|m?mol|cm|m2|m²|deciliter|decilitre)|"
    r"\s+in\s+(?:an?|one|each|every|the)\s+(?:(?:average|typical|standard|small|large|regular|ordinary|strong|single)\s+)?(?:mug|can|shot|bar|espresso|cup)(?:\s+of\s+(?:coffee|tea|cola|chocolate|\w+\s+coffee))\b|"
    r"\s?[·*]\s?(?:h|hr|min)\b|"
    r"(?<=m[lL])\s?/\s?(?:min|h|hr|hour)\b|(?<=m[lL])\s+(?:a|per)\s+minute\b|\s?mm\s?Hg"
)
"""What follows a drink, a laboratory value, a concentration or a density."""
_LIMIT = AnyCase(
    rf"\b(?:{limits_in_words.BEFORE}|{limits_in_words.AFTER})\b|"
    r"\b(?:max(?:imum|imal)?\b|no\s+more\s+than|not?\s+(?:to\s+)?(?:more|exceed\w{0,5})|"
    r"(?:should|must|do|can)(?:\s+not|n[o'’]t)\s+(?:be\s+)?exceed\w{0,5}|never\s+(?:more|exceed\w{0,5})|"
    r"(?:do\s+not|don['’]t|never|should\s+not|must\s+not|shouldn['’]t)\s+(?:take|use|have|go|exceed)|"
    r"at\s+most|(?:the|your)\s+most\b|daily\s+limit|(?:stay|keep)\w{0,4}\s+(?:below|under|within)|"
    r"limit(?:ed)?\s+(?:is|of|to)|upper\s+limit|ceiling|without\s+exceeding|(?:go|going)\s+beyond)\b",
)
_NO_ADVICE = AnyCase(
    rf"\b(?:{asides.PAST}|"
    r"trials?|stud(?:y|ies)|participants|randomi[sz]ed|meta-analys\w{1,3}|researchers?|rats?|mice|(?:in|on|"
    r"with)\s+animals|"
    r"animal\s+(?:stud|model|data|test|trial|experiment)\w{0,4}|overdos\w{1,6}|poisoning|"
    r"poisons?\s+(?:lines?|cent(?:re|er)s?|units?|information|services?|control|helplines?|experts?)|enough\s+to\s+(?:make|put|call|ring|worry|harm|kill|poison|damage|cause|hurt|need\s+hospital)|"
    r"toxic(?:ity)?|contains?|containing|contained|provides?|(?:the|by)\s+law|purchases?|(?:sell|sold|buy|bought)\s+(?:you|us|them|me|one|anyone|anybody|customers|at\s+once|in\s+one\s+go)\b|delivers?\s+about|"
    r"found\s+in|servings?|comparisons?|"
    r"a\s+can\s+of|cup\s+of|costs?(?!\s+(?:more|less|a\s+little|a\s+bit|next\s+to|nothing|hardly|only\s+a)\b)|(?<!at the )price|\$\s?\d|blood\s+levels?|serum|plasma\s+levels?|urine|"
    r"calories|kcal|(?:has|have|holds?)\s+(?:about|roughly|around|some(?=\s+\d)|nearly|anything\s+(?:from|between))|"
    r"(?:liquid|suspension|syrup|solution|elixir|mixture|bottle)\s+(?:is|has|holds|comes)\s+(?:about\s+)?\d[\d.,]*\s?m?c?g\s?"
    r"(?:/|per|in)\s?\d+|"
    r"(?:gland|body|pancreas|brain|liver|skin)\s+(?:releases?|makes?|produces?|secretes?|manages?|turns?\s+out|needs)|been\s+(?:swallowing|taking)|"
    r"(?:have|has|had)\s+(?:already\s+)?(?:had|been\s+given|received|taken|swallowed)\s+(?:about\s+|up\s+to\s+)?\d[\d.,]*|"
    r"(?:do\s+not|don['’]t)\s+(?:suggest|recommend)\s+\d[\d.,]*|not\s+at\s+any\s+dose|went\s+out\s+with|no\s+longer\s+on\s+(?:our|the)|"
    r"(?:orange|banana|egg|apple)\s+(?:has|holds|gives)|"
    r"labell?ed\s+(?:as\s+)?\d[\d.]*\s?m?c?g|(?:was|were)\s+labell?ed|"
    r"(?:one|a|every)\s+(?:bag|vial|ampou?le|bottle|syringe|pen|sachet)\s+(?:is|has|holds|gives|carries)\s+(?:about\s+)?\d[\d.,]*|"
    r"(?:median|mean|average)\s+(?:daily\s+)?(?:dose\s+)?(?:of|was)|each\s+(?:bag|vial|ampou?le|bottle|syringe|pen|patch|tablet|capsule|caplet|sachet|puff|spray)\s+(?:is|has|"
    r"gives|carries)|"
    r"(?:damage|injury|harm|toxicity|deaths?)\b(?:(?!\b(?:not?|never|nor|avoid|don['’]t)\b)[^.;:\d]){0,60}\b(?:above|over|"
    r"beyond|at|from|after)\s+(?:about\s+|as\s+little\s+as\s+)?\d[\d.,]*\s?m?c?g|"
    r"(?:can|may|could|will)\s+(?:destroy|kill|damage|harm)|fatal\w{0,2}|lethal|(?:hair|nails|teeth)\b[^.;]{0,30}\bfall\s+out|poisonous|poisoned|(?:can|may)\s+make\s+(?:an?|your)\s+\w+\s+(?:very\s+)?ill|available\s+(?:as|in)|"
    r"comes?\s+(?:as|in(?!\s+(?:at|below|under|beneath|within|over|above)\b))|sold\s+(?:as|in)|supplied\s+(?:as|in)|marketed\s+(?:as|in)|equivalent\s+to|"
    r"(?:do\s+not|don['’]t|never)\s+(?:take|use)\s+(?:any\s+)?(?!over|above|about|until|"
    r"with)[a-z-]{4,30}\s+\d[\d.,]*(?:\s?m?c?g)?|died|"
    r"(?:a|an|each|one)\s+(?:glass|bowl|slice|bottle|ounce|portion)\s+of\s+(?:\w+\s+){1,3}(?:gives?|has|holds?|"
    r"provides?|adds?|supplies)|"
    r"(?:keeps?|stored?)\s+(?:well\s+)?(?:for\s+)?(?:up\s+to\s+)?\d{1,3}\s+(?:days|weeks|months)|"
    r"(?:was|were|has\s+been|have\s+been)\s+(?:removed|withdrawn|dropped|retired|deleted|struck|abandoned)|"
    r"past\s+practice|(?:reached|fell|rose|dropped)\s+(?:to\s+|from\s+|by\s+)?\d+|federal\s+law|"
    r"patient\s+(?:is\s+|was\s+)?(?:on|taking|receiving)\s+[a-z]{4,25}\s+\d[\d.,]*(?:\s?m?c?g)?|"
    r"(?:was|were)\s+(?:once|formerly|previously)|once\s+(?:printed|common|popular|routine|fashionable)|"
    r"(?:do\s+not|don['’]t|never)\s+(?:give|use|push|inject|start|order|prescribe)\s+(?:an?\s+)?"
    r"\d[\d.,]*\s?(?:m?c?g|m[lL]|units?)\b(?!\s+or\s+more)|"
    r"\d[\d.,]*\s?mg\s+(?:of\s+)?oral\s+\w+\s+(?:a|per|each)\s+day\s+for\s+(?:at\s+least\s+)?(?:an?|one|1|7)\s+"
    r"(?:weeks?|days)\s+or\s+(?:longer|more)|"
    r"toleran(?:t|ce)\b[^.;]{3,80}\bfor\s+(?:at\s+least\s+)?(?:an?|one|1|7)\s+(?:week|days)(?:\s+or\s+(?:longer|more))?|"
    r"(?:do\s+not|don['’]t|never)\s+(?:use|take|give|combine|mix)\s+(?:(?:it|this|them)\s+)?(?:together\s+)?with\s+(?:[a-z]+\s+){1,3}(?=\d)|"
    r"did\s+(?:nothing|little|not\s+(?:help|work))\b|"
    r"example(?=\s*:)|"
    r"(?:do\s+not|don['’]t|never)\s+(?:give|prescribe)\s+(?!more|for|if|"
    r"with|longer|in|when|on|at|to|over|above)[a-z]+|used\s+to\s+(?:be|stand|appear|recommend|send|give|prescribe|use)|(?:a|last)\s+century|"
    r"in\s+(?:1[5-8]\d\d|19[0-6]\d)|(?:years|decades|generations?)\s+ago|(?:rightly|long|since|now)\s+abandoned|"
    r"was\s+the\s+(?:usual\s+|recommended\s+)?dose\b|(?:up\s+to|until|till|before)\s+(?:19|20)\d\d|not\s+on\s+the\s+(?:formulary|list)\s+(?:now|any\s*more|any\s+longer)|"
    r"no\s+longer\s+(?:given|used|done|recommended|advised|prescribed|licensed|works?\s+(?:in|against|here)\b|effective\s+(?:in|against)\b)|"
    r"in\s+my\s+(?:student|training)\s+days|"
    r"(?:stay|keep)\s+(?:well\s+)?away\s+from|steer\s+clear\s+of|even\s+(?:though|if)\s+(?:the|your|an?)\s+(?:packet|label|box|leaflet|bottle|internet)|"
    r"in\s+the\s+(?:bad\s+)?(?:old|early|olden)\s+days|(?:was|were)\s+(?:all\s+|always\s+|often\s+)?(?:sent|put|kept)\s+(?:home\s+|off\s+)?(?:on|with)|"
    r"(?:an?|the)\s+(?:patient|person|woman|man|child|lady)\s+who\s+(?:usually\s+|normally\s+|already\s+)(?:takes?|is\s+on|has)\s+\d[\d.,]*|"
    r"(?:poor|bad|terrible|not\s+a\s+good)\s+idea|unwise|nothing\s+to\s+do\s+with|formerly|in\s+the\s+past|contrast|"
    r"barium|gadolinium|radiation|x-?ray)\b",
)
_TURN = AnyCase(r",\s+(?:al)?though\b|,\s+but\b|,\s+while\b|,\s+whereas\b|,\s+and\s+(?:the|we|this|it)\b")
_COST_CLAUSE = regex(r"(?<=[a-z]),\s+(?:and|but|which)\s+(?:[^,.;]{1,40}\s)?costs?\b[^.;]{0,80}[.;]?\s*\Z", re.I)
_FOOD = AnyCase(
    r"\b(?:sodium|salt|beer|wine|protein|fib(?:re|er)|sugar|caffeine|coffee|water|fluids?|cholesterol|carbohydrates?|"
    r"fats?|alcohol|fruit|vegetables?|diet|eat|drink(?!\s+(?:heavily|alcohol|regularly|daily|every|a\s+lot)\b))\b",
)
_SENTENCE = regex(r"[.!?](?=[\"”’')\]]{0,2}\s+[\"“‘'(\[]{0,2}[A-Z0-9])")
_ABBREVIATIONS = frozenset("e.g i.e approx max vs dr no min ca q.d b.i.d t.i.d q.i.d etc incl st fig i.u u.s".split())
_LONGEST_SENTENCE = 4000
"""Characters; a longer "sentence" is taken in parts, so that the time it takes grows with its length only."""


def dose_words(text: str, start: int = 0, end: int | None = None) -> list[DoseWord]:
    """Every amount in ``text[start:end]`` that may be a dose; laboratory values and concentrations are none."""
    stop = len(text) if end is None else end
    found: list[DoseWord] = []
    for hit in _AMOUNT.finditer(text, start, stop):
        if _NOT_AFTER.match(text, hit.end(), stop):
            continue
        number = hit["number"]
        if (number.lower() in ("a", "an") and hit["strong"]) or _is_threshold(text, hit.start(), hit.end()):
            continue
        if _PART_OF.search(text, max(start, hit.start() - 30), hit.start()):
            continue
        if _HELD_BY.search(text, max(start, hit.start() - 50), hit.start()):
            continue
        if _STEPWISE.search(text, max(start, hit.start() - 60), hit.start()):
            continue
        if _EACH_WEEK.match(text, hit.end(), stop) and _ADDING.search(text, max(start, hit.start() - 20), hit.start()):
            continue
        found.append(DoseWord(hit.start(), hit.end(), bool(hit["strong"])))
    return found


_HELD_BY = regex(
    r"\b(?:tablet|capsule|caplet|pill|sachet|patch|plaster|lozenge|ampou?le|vial|pen|mug|cup|can|espresso|coffee)s?\s+(?:alone\s+|already\s+)?"
    r"(?:holds?|carr(?:y|ies)|packs?|bears?)\s+(?:(?:about|around|roughly|some|only|just|up\s+to)\s+)?\Z",
    re.I,
)
"""In front of what a tablet or a mug of coffee holds, which nobody is told to take."""
_PART_OF = regex(r"\b(?:quarter|third|fifth)s?\s+(?:of\s+)?(?:an?|the|one|each)\s+\Z", re.I)
"""In front of what a tablet holds of which a part is taken ("a quarter of a 5 mg tablet")."""
_ADDING = regex(r"\b(?:add(?:s|ing)?|drop(?:s|ping)?)\s+(?:another\s+)?\Z", re.I)
_EACH_WEEK = regex(
    r"\s+(?:each|every|a|per)\s+(?:few\s+\w+|week|month|fortnight|(?:other|second|third)\s+day|"
    r"(?:\d{1,2}|two|three|four|five|seven)(?:\s?(?:–|-|to|or)\s?(?:\d{1,2}|three|four|five|seven))?\s+(?:days|weeks|months))\b",
    re.I,
)
"""Behind what is added each week until a dose is reached: no dose of its own."""
_DIGIT = regex(r"\d")


def has_figure(text: str) -> bool:
    """Whether a text holds a digit, or an amount in words: without one there is no dose in it."""
    return bool(_DIGIT.search(text) or _AMOUNT.search(text))


_ABOVE = regex(
    r"(?:[>≥]=?|(?<![<≤])\b(?:greater|higher|more)\s+than(?:\s+or\s+equal\s+to)?|"
    r"\b(?:doses?|amounts?|intakes?|ingest(?:ions?|ed)|exposures?)\s+(?:of\s+)?(?:above|over|beyond|past|exceeding|in\s+excess\s+of)|"
    r"(?:(?:\A|[.:;,]\s+|\b(?:going|goes|and|but)\s+)|\b(?:anybody|anyone|whoever|people|those)\s+(?:who\s+)?(?:takes?|taking)\s+)"
    r"(?:past|beyond|above|over))\s{0,3}\Z",
    re.I,
)
_EDGES = (">", "≥", "=", "than", "to", "above", "over", "past", "beyond", "exceeding", "excess of")
"""How everything ends that :data:`_ABOVE` finds."""
_FORBIDDEN = regex(
    r"\b(?:no|not|never|don['’]t|n['’]t|without|nor|avoid|do\s+not|must|limit\w{0,2}|maximum|rarely|seldom|hardly|few|"
    r"nobody|nothing|cannot)\b",
    re.I,
)


_STEPWISE = regex(
    r"\b(?:go(?:es|ing)?|went|increas\w{1,3}|rais\w{1,3}|step\w{0,4}|titrat\w{1,3}|climb\w{0,3}|reduc\w{1,3}|"
    r"lower\w{0,3}|cut(?:ting)?|drop\w{0,4}|taper\w{0,3}|adjust\w{0,3}|chang\w{1,3})\s+(?:(?:it|the\s+dose|up|down|upwards?|"
    r"downwards?|daily|weekly)\s+){0,2}by\s+(?:about\s+)?\Z|\b(?:increments|steps)\s+of\s+\Z|"
    r"\b(?:faster|quicker)\s+than\s+\Z|\b(?:up|further),?\s+by\s+\Z",
    re.I,
)
"""Words in front of how much a dose is changed by, or of how fast one may run in, which is nobody's dose."""


TOO_MUCH = regex(
    r"\s*(?:(?:a|per|each|in\s+a)\s+day|daily|in\s+24\s+hours)(?:\s+(?:of|from|in|as)\s+[a-z]+){0,2}\s+(?:(?:is|are)\s+(?:far\s+)?(?:too\s+much|"
    r"(?:not|never|rarely|seldom)\s+(?:needed|advised|recommended|wise|sensible|necessary|allowed))|"
    r"(?:should|must)\s+(?:not|never)\s+be\s+taken|tends\s+to\s+end|(?:only|mostly|just)\s+(?:upsets|brings|buys|means)|"
    r"(?:for\s+(?:months|weeks|years|long)\s+)?(?:(?:and\s+)?(?:adults|people|grown-?ups|you|many|most\s+people)\s+)?(?:may\s+|can\s+|will\s+)?"
    r"(?:run|runs|get|gets)\s+(?:into\s+trouble|short\s+of))\b",
    re.I,
)
"""Behind "more than 400 mg": that nobody is to take more."""


def _is_threshold(text: str, start: int, end: int) -> bool:
    """Whether an amount is the edge of what is looked at ("toxic at > 5 mg/kg"), and nobody's dose or limit."""
    before = text[max(0, start - 80) : start]
    if not before.rstrip().lower().endswith(_EDGES):
        return False
    edge = _ABOVE.search(before)
    if edge is not None and TOO_MUCH.match(text, end):
        return False
    return edge is not None and not _FORBIDDEN.search(before[: edge.start()])


def is_about_food(text: str) -> bool:
    """Whether a sentence speaks of what is eaten and drunk."""
    return bool(_FOOD.search(text))


def has_limit(text: str) -> bool:
    """Whether a text speaks of a maximum."""
    return bool(_LIMIT.search(text)) or not _SAYS_MOST.isdisjoint(_kinds(text))


_SAYS_MOST = frozenset(("MAX", "MAXD", "MAX1", "MOST", "ATMOST"))
"""Kinds of tokens of the sig language that say the most that may be taken."""


@lru_cache(maxsize=REMEMBERED)
def _kinds(text: str) -> frozenset[str]:
    return frozenset(Tokens(text, NO_NAMES).kinds)


_MOST_PEOPLE = regex(
    r"(?<!the )most\s+(?:people|adults|patients|men|women|children|doctors|users|of\s+(?:my|our|the|them|us))\b", re.I
)


def limit_in_front(text: str, start: int, end: int) -> int | None:
    """Where the words begin that make a maximum of the amount at ``end`` ("the ceiling for tablets is 400 mg");
    ``None`` without such words.

    Between them and the amount stands no other figure and no end of a sentence.
    """
    tokens = Tokens(text[start:end], NO_NAMES)
    kinds = tokens.kinds
    for place in range(len(kinds) - 1, -1, -1):
        kind = kinds[place]
        if "LP" in (kind, *kinds[place - 2 : place - 1]) and "RP" in (kind, *kinds[place + 2 : place + 3]):
            continue  # the abbreviation of what stands before it: "upper intake level (UL)"
        if kind in _SAYS_MOST and kind != "ATMOST" and not _MOST_PEOPLE.match(text, start + tokens.span(place)[0]):
            return start + tokens.span(place)[0]
        if kind in ("NUM", "STOP", "U", "LP", "RP"):
            return None
    return None


_ASIDE = regex(r"[(;][^();\d]{0,120}(?=[);]|\Z)")
_EQUAL = AnyCase(
    r"[≈≅]|\bwhich\s+(?:is|comes\s+to|means)\s+(?:exactly\s+|just\s+)?the\s+same(?:\s+(?:thing|amount|dose))?\b|\b(?:equianalgesic|equipotent|as\s+potent|x\s+(?:more\s+)?poten|equivalent\s+to\b|corresponds\s+to\b|equal\s+to\s+\d|"
    r"(?:work\s+of|worth)\s+(?:about\s+|roughly\s+)?\d)|\d\s?=\s?\d"
)
"""What one amount is worth in another drug."""


def is_no_advice(text: str) -> bool:
    """Whether a sentence reports, describes a product or a food, rather than saying what to take.

    What a drug costs, told in a clause of its own behind the dose, does not turn the dose into a price.
    """
    bare = _COST_CLAUSE.sub("", _without_tail(asides.without_asides(text)))
    if has_frequency(bare):
        bare = _ASIDE.sub(" ", bare)
    return bool(_NO_ADVICE.search(bare) or _EQUAL.search(bare))


_THAN_ONCE = regex(
    r",\s+(?:(?:far|much|well|rather|a\s+lot|a\s+little)\s+)?(?:less|more|lower|higher|smaller|larger)\s+than\s+(?:was|were|is|what|we|they|people|doctors|it)\b"
    r"[^,;:.\d]{3,80}[.;]?\s*\Z",
    re.I,
)
"""How a dose compares with what was once given, behind it."""
_OWN_CLAUSE = AnyCase(
    rf"\b(?:{asides.PAST}|"
    r"comes?\s+(?:as|in(?!\s+(?:at|below|under|beneath|within|over|above)\b))|available\s+(?:as|in)|sold\s+(?:as|in)|supplied\s+(?:as|in)|"
    r"marketed\s+(?:as|in)|contains?|containing|"
    r"used\s+to\s+be|formerly|in\s+the\s+past|(?:do\s+not|don['’]t|never)\s+(?:give|prescribe)\s+(?:it|them|this|"
    r"that))\b",
)
"""What a product holds, and what was once so: said of its own clause alone."""
_CLAUSES = regex(
    r";\s|\s[—–]\s|,\s+(?:and|but|so|where|while|whereas)\s|,\s+(?=(?:it|they|which)\s+(?:comes?|(?:is|are)\s+(?:sold|available|supplied))\b)",
    re.I,
)
_IS_DOSE = regex(
    r"\bdose\s+(?:is|for\s+[^,;.\d]{3,40}\s+is)\s+(?:(?:halved|cut|reduced|lowered|raised|doubled)\s+to\s+)?\d", re.I
)
"""That an amount is the dose, without how often."""
_BRACKET = regex(r"\([^()]{3,160}\)")
_HELD = regex(
    r"\d\s?(?:m?c?g|[µμ]g|micrograms?|milligrams?|units)\s*(?:a|per|each|in\s+each|/)\s*(?:spray|puff|actuation|tablet|capsule|drop|squirt|dose\s+unit)\b",
    re.I,
)
"""What a product gives at a time ("50 micrograms a spray")."""
_REASON = regex(r",\s+(?:since|as)\s|,?\s+because\s", re.I)
"""Where the reason for what a sentence says begins."""


def advised(text: str) -> list[tuple[int, int]]:
    """The stretches of a sentence that say what to take, as offsets: all of it, or less what a clause reports."""
    if text.rstrip(' *_"”’)').endswith("?"):
        return []  # who asks says nothing of what to take
    if "cost" in text and (price := _COST_CLAUSE.search(text)) and dose_words(text, price.start()):
        return advised(text[: price.start()])
    if " than " in text and (other := _THAN_ONCE.search(text)) and dose_words(head := text[: other.start()]):
        return advised(head)
    if "ecause" in text and (reason := _REASON.search(text)) and not is_no_advice(head := text[: reason.start()]):
        why = text[reason.end() :]
        told = has_frequency(head) or _IS_DOSE.search(head)
        if told and dose_words(head) and not any(word.strong for word in dose_words(why)):
            return advised(head)  # why it is so, behind the dose
    held = [hit.span() for hit in _BRACKET.finditer(text) if _HELD.search(hit.group())] if "(" in text else []
    if not held and not is_no_advice(text):
        last = text.rfind("; ")  # "…; it used to be three times a day"
        reported = (
            last > 0 and not any(word.strong for word in dose_words(text, last)) and _NO_ADVICE.search(text, last)
        )
        return [(0, last if reported else len(text))]
    aside = held or [hit.span() for hit in _BRACKET.finditer(text) if is_no_advice(hit.group())]
    if aside:
        bare = text
        for first, last in aside:
            bare = bare[:first] + " " * (last - first) + bare[last:]
        ends = [0, *(end for each in aside for end in each), len(text)]
        outside = list(zip(ends[::2], ends[1::2], strict=True))
        return [
            (max(first, begin), min(last, end))
            for first, last in (advised(bare) if dose_words(bare) and has_frequency(bare) else [])
            for begin, end in outside
            if max(first, begin) < min(last, end)
        ]
    for reason in _REASON.finditer(text):
        head = text[: reason.start()]
        if has_frequency(head) and dose_words(head) and not is_no_advice(head):
            return [(0, reason.start())]
    if is_no_advice(_OWN_CLAUSE.blank(text)):
        return []
    begins = [0, *(hit.start() for hit in _CLAUSES.finditer(text)), len(text)]
    parts = [(first, last) for first, last in itertools.pairwise(begins) if not is_no_advice(text[first:last])]
    return [part for part in parts if has_frequency(text[slice(*part)]) or _IS_DOSE.search(text[slice(*part)])]


def _without_tail(text: str) -> str:
    """A sentence without a last clause that turns to something else and holds no dose (", although trials are few")."""
    hit = max(_TURN.finditer(text), key=lambda found: found.start(), default=None)  # the last one
    if hit is None or dose_words(text, hit.start()) or not has_frequency(text[: hit.start()]):
        return text
    return text[: hit.start()]


@lru_cache(maxsize=REMEMBERED)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the sentences of ``text``, worked out once: a paragraph is asked about for each of its doses."""
    found: list[tuple[int, int]] = []
    start = 0
    for stop in _SENTENCE.finditer(text):
        while stop.start() - start > _LONGEST_SENTENCE:
            start = _chopped(text, start, found)
        word = text[max(start, stop.start() - 8) : stop.start()].split()[-1:] or [""]
        if word[0].lower().strip("(") in _ABBREVIATIONS:
            continue
        found.append((start, stop.end()))
        start = stop.end()
        while start < len(text) and text[start] in "\"”’')] ":
            start += 1
    while len(text) - start > _LONGEST_SENTENCE:
        start = _chopped(text, start, found)
    if start < len(text):
        found.append((start, len(text)))
    return tuple(found)


def _chopped(text: str, start: int, found: list[tuple[int, int]]) -> int:
    """Part of a sentence that is none any more, up to a space; the offset at which the rest begins."""
    space = text.rfind(" ", start, start + _LONGEST_SENTENCE)
    end = space if space > start else start + _LONGEST_SENTENCE
    found.append((start, end))
    return end
