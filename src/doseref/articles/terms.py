"""Short coded terms for what headings, timing lines and side-effect lines say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from doseref.articles.ages import ages_in_years
from doseref.articles.bands import without_normal_kidneys
from doseref.articles.kinds import AnyCase, SpokenKinds
from doseref.articles.model import REMEMBERED
from doseref.articles.spoken_words import spoken
from doseref.dosage.places_of_disease import without_complaints
from doseref.patterns import regex
from doseref.quantities import Range
from doseref.statements import SideEffect

_CONDITIONS = SpokenKinds(
    ("-if", AnyCase(r"\b(?:if|unless|when(?!\s+(?:to|needed)\b))\b")),
    ("-initially", AnyCase(r"\b(?:initially|at\s+first|to\s+start)\b")),
    ("-preferred", AnyCase(r"\b(?:preferred|preferably|ideally)\b")),
    ("-allowed", AnyCase(r"\b(?:can|may)\s+be\b")),
)

_TIMING = SpokenKinds(
    ("with-or-without-food", AnyCase(r"\bwith\s+or\s+without\s+(?:food|meals?)\b")),
    ("empty-stomach", AnyCase(r"\b(?:(?:on\s+an?|on)\s+empty\s+stomach|empty\s+stomach|without\s+food)\b")),
    ("after-meals", AnyCase(r"\bafter\s+(?:each\s+)?(?:meals?|food|eating|breakfast|lunch|dinner)\b")),
    ("before-meals", AnyCase(r"\bbefore\s+(?:each\s+)?(?:meals?|food|eating|breakfast|lunch|dinner)\b")),
    (
        "with-food",
        AnyCase(
            r"\b(?:with\s+(?:the\s+|a\s+|each\s+|main\s+|evening\s+|morning\s+)?(?:food|meals?|milk|breakfast|lunch|"
            r"dinner|supper|fatty\s+\w+)|"
            r"(?:morning|evening)(?:\s+and\s+evening)?\s+meals?|food\s+preferred)\b",
        ),
    ),
    ("with-water", AnyCase(r"\bwith\s+(?:a\s+(?:full\s+)?glass\s+of\s+)?water\b")),
    (
        "avoid-bedtime",
        AnyCase(
            r"\b(?:avoid|not|never)\b[^.;,]{0,25}\b(?:at\s+bedtime|bedtime|near\s+bedtime|at\s+night|before\s+bed|"
            r"in\s+the\s+evening)\b",
        ),
    ),
    ("bedtime", AnyCase(r"\b(?:at\s+|before\s+)?(?:bedtime|before\s+bed|before\s+sleep)\b")),
    ("night", AnyCase(r"\b(?:at\s+night|nightly|every\s+night|each\s+night|night-?time)\b")),
    ("morning", AnyCase(r"\b(?:mornings?|on\s+waking|with\s+breakfast)\b")),
    ("evening", AnyCase(r"\b(?:evenings?|with\s+(?:dinner|supper))\b")),
    ("prn", AnyCase(r"\b(?:as[\s-]needed|when\s+needed|if\s+needed|prn|on\s+demand)\b")),
    ("around-the-clock", AnyCase(r"\baround[\s-]the[\s-]clock\b")),
    ("regular-intervals", AnyCase(r"\b(?:regular\s+intervals?|fixed\s+schedule)\b")),
    ("scheduled", AnyCase(r"\bscheduled\b")),
    ("once-daily", AnyCase(r"\bonce\s+(?:daily|a\s+day|per\s+day)\b")),
    ("divided-doses", AnyCase(r"\bdivided\s+doses\b")),
    ("spread-evenly", AnyCase(r"\b(?:spread\s+evenly|evenly\s+(?:spaced|spread))\b")),
    ("taper", AnyCase(r"\btaper(?:ing|ed)?\b")),
    ("titrate-slowly", AnyCase(r"\btitrate\s+slowly\b")),
    ("start-low", AnyCase(r"\bstart\s+low\b")),
    ("any-time", AnyCase(r"\bany\s+time\b")),
    ("one-time", AnyCase(r"\bone-time\b")),
    ("inpatient", AnyCase(r"\binpatient\b")),
    ("severe-pain-only", AnyCase(r"\bonly\s+for\s+severe\b")),
    ("change-daily", AnyCase(r"\bchange\s+daily\b")),
    ("with-black-pepper", AnyCase(r"\bwith\s+black\s+pepper\b")),
    ("short-term", AnyCase(r"\b(?:short[\s-]term|short\s+course)\b")),
)

_NEVER_CONDITIONAL = frozenset(
    "prn with-or-without-food once-daily divided-doses taper titrate-slowly start-low any-time short-term".split()
)

_LONGEST = AnyCase(
    r"(?:≤|<=|\bup\s+to|\bno\s+(?:more|longer)\s+than|\bnot\s+(?:more|longer)\s+than|\bmax(?:imum)?\.?(?:\s+of)?|"
    r"\bat\s+most|\blimit(?:ed)?\s+to)\s*"
    r"(\d{1,3})(?:\s*(?:–|-|to)\s*(\d{1,3}))?\s*(days?|weeks?|wks?|months?)\b",
)
_TIME = {"d": "d", "w": "wk", "m": "mo"}

_ROUTES = spoken("ROUTE", "HEADING")
_RELEASES = spoken("REL", "HEADING")

_CITATION = regex(
    r"(?:\s+(?:NICE|PMC|NCBI|PubMed|Wikipedia|WebMD|Healthline|Medscape|BPS Publications|"
    r"Aalborg Universitets forskningsportal|\[\d{1,3}\]))+\s*\.?\s*\Z"
)

_SCOPES = SpokenKinds(
    (
        "children",
        AnyCase(
            r"\b(?:(?:school)?child(?:ren)?|youngsters?|little\s+ones|pa?ediatric|infants?|adolescents?|teen(?:ager)?s?|kids|(?:under|below|"
            r"younger than)\s+1[0-8]\b(?!\s?(?:m[Ll]|m?c?g\b|kg|lb|pound|%|mmol|mm|/|\.\d))|"
            r"aged\s+\d{1,2}\s*(?:–|-|to)\s*1[0-7]\b)"
        ),
    ),
    (
        "older adults",
        AnyCase(
            r"(?<!\bnon-)(?<!\bnot )\b(?:elderly|older\s+(?:adults?|people|patients|women|men|ladies|folk|than\s+[67]\d)|seniors?|pensioners?|frail|(?:past|beyond|"
            r"over)\s+(?:age\s+)?[67]\d(?![.,]?\d|\s?(?:m?c?g\b|[µμ]g|micro|milli|units?\b|IU\b|m[Ll]\b|kg\b|lbs?\b|%|days|weeks|hours|beats|/|–|-))|(?:past|over|above|after|from)\s+the\s+age\s+of\s+[678]\d|"
            r"from\s+[67]\d\s+on(?:wards?)?\b|from\s+(?:age\s+[67]\d\b|[67]\d\s+years)|"
            r"(?:over|after|above)\s+(?:the\s+age\s+of\s+)?(?:sixty|seventy|"
            r"eighty|[678]\d(?=[,;]|\s+years))|older\s+than\s+[678]\d|aged?\s+[67]\d\s+(?:and|or)\s+(?:over|"
            r"older|above))\b"
        ),
    ),
    (
        "kidney impairment",
        AnyCase(
            r"\b(?:(?:renal|kidney)\s+(?:impairment|disease|failure|function|problems?|insufficiency)|"
            r"kidneys?\s+(?:that\s+)?works?\s+(?:slowly|poorly|badly|less)|(?:weak|poor|damaged)\s+kidneys|"
            r"dialysis|clearance)\b"
        ),
    ),
    (
        "liver impairment",
        AnyCase(
            r"\b(?:(?:hepatic|liver)\s+(?:impairment|disease|failure|problems?)|cirrhosis|(?:heavy|regular|"
            r"daily|problem)\s+drinkers?|drink(?:s|ing)?\s+(?:alcohol|heavily|regularly|a\s+lot)|(?:two|three|"
            r"four|\d)\s+or\s+more\s+(?:alcoholic\s+)?drinks|alcohol\s+(?:use|intake|misuse|abuse|dependence)|"
            r"alcoholi(?:c|sm))\b"
        ),
    ),
    ("pregnancy", AnyCase(r"\b(?:pregnan\w{1,5}|breast-?feeding)\b")),
    (
        "over the counter",
        AnyCase(r"\b(?:over[\s-]the[\s-]counter|OTC|without\s+a\s+prescription|self-?care|self-?medicat\w{1,6})\b"),
    ),
    (
        "loading dose",
        AnyCase(
            r"\bloading\s+doses?\b(?<!after a loading dose)(?<!after the loading dose)(?<!following a loading dose)"
            r"(?<!without a loading dose)"
        ),
    ),
    ("migraine", AnyCase(r"\bmigraines?\b")),
    ("epilepsy", AnyCase(r"\b(?:epilepsy|seizures)\b")),
    (
        "prevention of heart attack or stroke",
        AnyCase(
            r"\b(?:(?:heart\s+attacks?|strokes?|cardiovascular)\s+prevention|"
            r"prevent(?:ion\s+of)?\s+(?:a\s+)?(?:heart\s+attacks?|strokes?)|(?:low-dose|baby)\s+aspirin|"
            r"blood\s+thinner)\b"
        ),
    ),
    ("deficiency", AnyCase(r"\b(?:(?<!no )deficien(?:cy|t)|anaemia|anemia)\b")),
)


class HeadingFacts(NamedTuple):
    """What a heading says beside the name."""

    routes: tuple[str, ...]
    release: str | None


@lru_cache(maxsize=REMEMBERED)
def heading_facts(text: str) -> HeadingFacts:
    """Route and release as a heading names them ("Morphine SR", "Methylprednisolone (IM/IV steroid)",
    "Lidocaine 5% Patch").
    """
    routes = tuple(_ROUTES.as_told(without_complaints(text)))
    if "transdermal" in routes:
        routes = tuple(route for route in routes if route != "topical")
    release = _RELEASES.first(text)
    return HeadingFacts(routes, release)


def timing_terms(*texts: str) -> tuple[str, ...]:
    """Coded terms of timing text, each once. One that the text makes conditional ends in ``-if`` ("if drowsiness
    occurs"), ``-initially``, ``-preferred`` or ``-allowed``, and is no more than that.
    """
    found: list[str] = []
    for text in texts:
        for part in re.split(r"[.;]", text):
            found.extend(_of_part(part))
    unique = list(dict.fromkeys(found))
    if any("morning or evening" in text.lower() for text in texts):
        unique = ["morning-or-evening" if term == "morning" else term for term in unique if term != "evening"]
    if "with-or-without-food" in unique:
        unique = [term for term in unique if term not in ("with-food", "empty-stomach")]
    return tuple(unique)


_RAISED = AnyCase(r"\b(?:can|may)\s+be\s+(?:increas|rais|titrat)\w{0,4}.*")
"""What is said of the dose after that is not said of the time."""


@lru_cache(maxsize=REMEMBERED)
def _of_part(part: str) -> tuple[str, ...]:
    if not _TIMING.any.search(part):
        return ()
    conditional = _CONDITIONS.first(_RAISED.blank(part)) or ""
    found: list[str] = []
    rest = part
    for term, words in _TIMING:
        hit = words.search(rest)
        if hit is None:
            continue
        found.append(term + (conditional if term not in _NEVER_CONDITIONAL else ""))
        if term in ("with-or-without-food", "avoid-bedtime", "empty-stomach", "bedtime"):
            rest = rest[: hit.start()] + " " * (hit.end() - hit.start()) + rest[hit.end() :]
    return tuple(found)


def longest_use(text: str) -> Range | None:
    """The maximum duration that a timing line states ("≤2–3 weeks"): a range of days, weeks or months;
    ``None`` without one.
    """
    hit = _LONGEST.search(text)
    if hit is None:
        return None
    low = Decimal(hit.group(1))
    high = Decimal(hit.group(2) or hit.group(1))
    return Range(min(low, high), max(low, high), _TIME[hit.group(3)[0].lower()])


@lru_cache(maxsize=REMEMBERED)
def scope_of(text: str) -> str | None:
    """Whom or what a text limits its dose to, ``None`` for adults in general."""
    return _SCOPES.first(without_normal_kidneys(ages_in_years(text)))


def without_citation(text: str) -> str:
    """``text`` without the name of a publication that the article hangs on its end."""
    return _CITATION.sub("", text).strip()


def side_effect_terms(text: str, phrases: Mapping[str, tuple[tuple[str, ...], str]]) -> tuple[SideEffect, ...]:
    """The phrases of a side-effect line, lower case, with the classes the reference gives them."""
    found: list[SideEffect] = []
    for part in re.split(r"[,;]|\band\b(?=[^,;]*\Z)", without_citation(text).rstrip(". ")):
        phrase = " ".join(part.split()).strip(" .").lower()
        if phrase:
            classes, qualifier = phrases.get(phrase, ((), ""))
            found.append(SideEffect(phrase, classes, qualifier or None))
    return tuple(found)
