"""What a sentence says that its dose is for, and whom it limits it to: the disease, a start, a condition, a group.

Where a label or a heading says so, :mod:`doseref.articles.contexts` reads it; here are the turns of prose.
"""

from __future__ import annotations

import re
from functools import lru_cache

from doseref.articles.bands import raised_risk
from doseref.articles.contexts import PURPOSES, context_of, earlier_pregnancy, indication_end, is_indication
from doseref.articles.kinds import AnyCase
from doseref.articles.model import REMEMBERED
from doseref.articles.named_uses import named_use
from doseref.articles.parts import BEGINS, LATER, part_of
from doseref.context import Context
from doseref.indications import use_at, uses_in
from doseref.patterns import regex
from doseref.same_use import prevents

_DISEASES = AnyCase(
    r"\b(?:asthma|copd|croup|gout|hypertension|high\s+blood\s+pressure|panic\s+disorder|bulimia|mania|adhd|acne|"
    r"rosacea|"
    r"(?:genital\s+)?herpes(?:\s+(?:zoster|encephalitis|labialis))?|polymyalgia|(?:giant[- ]cell|"
    r"temporal)\s+arteritis|rheumatoid\s+arthritis|"
    r"heart\s+failure|atrial\s+fibrillation|angina|"
    r"epilepsy|depression|schizophrenia|psychosis|bipolar|malaria|tuberculosis|shingles|cystitis|pneumonia|cellulitis|"
    r"meningitis|sepsis|psoriasis|lupus|"
    r"wilson['’]?s?\s+disease|crohn['’]?s?(?:\s+disease)?|ulcerative\s+colitis|migraines?|"
    r"parkinson['’]?s?(?:\s+disease)?|multiple\s+sclerosis|osteoporosis)\b",
)
"""Diseases that have doses of their own; symptoms, which many doses are for, are none."""


def disease_of(text: str) -> str | None:
    """The one disease that a sentence names; ``None`` where it names none or several."""
    named = {" ".join(hit.group().lower().split()) for hit in _DISEASES.finditer(text)}
    return named.pop() if len(named) == 1 else None


def disease_or_its_prevention(text: str) -> str | None:
    """The one disease that a sentence names, as what its dose is to prevent where it says so ("For keeping gout at bay")."""
    named = disease_of(text)
    return f"prevention of {named}" if named and prevents(text) and use_of(text) == f"prevention of {named}" else named


_FIRST_OR_AGAIN = AnyCase(
    r"\b(primary|secondary)\s+prevention\b|"
    r"\b(?:with\s+no|without\s+(?:an?\s+|any\s+)?|(?:had|having)\s+no|never\s+had\s+an?)\s*(?:earlier\s+|previous\s+|past\s+)?"
    r"(?:heart\s+attacks?\s+(?:or|and)\s+strokes?|strokes?\s+(?:or|and)\s+heart\s+attacks?)\b"
)
"""Whether a dose is to prevent the first attack or another one; who has had neither a heart attack nor a stroke has it
for the first.
"""
_FIRST_ATTACK = AnyCase(
    r"\b(?:an?|the|his|her|their|your)\s+first\s+(?:heart\s+attack|stroke|coronary|attack|cardiac\s+event)s?\b"
)
_BOTH_KINDS = AnyCase(r"\b(?:primary|secondary)\s?(?:and|or|/|&|,)\s?(?:primary|secondary)\b")
_PREVENTED = AnyCase(
    r"\b(?:prevent(?:s|ing)?|prevention\s+of|prophylaxis\s+(?:of|against))\s+((?:[a-z-]+\s+){0,3}[a-z-]+)"
)
_IN_SENTENCE = AnyCase(
    r"\b(?:in|for|with|if|as\s+an?|after(?=\s+an?\s)|treat(?:s|ing)?|against|(?:to\s+)?(?:lessen|reduc|eas|calm|reliev|control)(?:e|"
    r"ing)?)\s+((?:[a-z-]+(?:['’]s)?\s+){0,4}[a-z-]+)",
)


_TREATED = regex(r"\A\s*((?:[A-Za-z-]+\s+){0,6}[A-Za-z]+)\s+(?:is|are)\s+(?:\w+\s+){0,2}treated\s+with\b")
_IF = AnyCase(r"\A\s*(?:but\s+|and\s+)?(?:if|when|where|once|after(?=\s+you\b))\s+([^,:;.\d]{3,60})[,:]")
"""A sentence that begins with a condition holds where that is so, and nowhere else."""
_IF_FIGURE = AnyCase(
    r"\A\s*(?:but\s+|and\s+)?if\s+((?:you|your|the|blood|pain|symptoms)\b(?!\s+weighs?\b)[^:;.]{3,60}?),"
)
"""Such a condition with a figure ("If you gain more than 3 pounds in two days, …")."""


@lru_cache(maxsize=REMEMBERED)
def condition_of(text: str, front: str = "") -> str | None:
    """What a sentence says that sets its dose apart from others of the page:
    "in severe gout", a start, "if there is a diuretic"; ``front`` is what stands before its amount.
    """
    return part_of(text, front) or use_of(text)


FIRST_DAYS = regex(
    r"(?<=for the )first\s+(?:(?:\d{1,3}|two|three|four|five|six|seven|eight|ten)\s+(?:days|weeks|months)|fortnight|week|month)\b",
    re.I,
)
"""The stretch of a treatment that a dose is limited to in its own words: "15 mg twice daily for the first 21 days"."""
_FOR = regex(
    r"\A\W*(?:but\s+|and\s+)?(?:for|in|against|to\s+treat)\s+((?:[A-Za-z-]+\s+){0,3}?[A-Za-z-]+)(?=,|\s+(?:the|we|i|"
    r"you|it|use|take|"
    r"give|start|begin|an?|doses?|there|are|is)\b)",
    re.I,
)
"""What a sentence begins with that says what its dose is for ("For bulimia the dose is higher")."""
_NOT_FOR = regex(
    r"\b(?:most|many|all|adults?|child(?:ren)?|kids?|grown-?ups?|infants?|bab(?:y|ies)|toddlers?|teen\w*|adolescents?|seniors?|"
    r"elderly|example|instance|now|general|short|long|this|that|these|those|addition|practice|"
    r"fact|theory|"
    r"people|patients|her|him|them|me|us|you|it|whom|those|everyone|anyone|the|first|some|hospital|my|our|your|study|"
    r"trials?|safety|best|contrast|case|which|what)\b",
    re.I,
)
_AS_A = regex(
    r"\bas\s+an?\s+(anti[a-z]{4,20}|sedative|hypnotic|sleep(?:ing)?\s+(?:aid|pill)|painkiller|diuretic)\b", re.I
)
_TREATED_BY = {
    "antidepressant": "depression",
    "anticonvulsant": "epilepsy",
    "antiepileptic": "epilepsy",
    "painkiller": "pain",
    "hypnotic": "insomnia",
    "sleep aid": "insomnia",
    "sleeping aid": "insomnia",
    "sleeping pill": "insomnia",
}
"""What somebody has who takes a drug as one of these."""
_WHOSE = regex(
    r"\b(?:wom[ae]n|m[ae]n|people|patients?|any(?:one|body)|some(?:one|body)|those|adults?|everyone)\s+"
    r"(?:who(?:se|['’]s|['’]ve)?|with|"
    r"without)\s+((?:[^,;:.()\d]|(?<=\btype )[12]){3,60})",
    re.I,
)
"""Whom a sentence limits its dose to in a clause of its own."""
_WITHOUT = regex(r"\bwithout\s+\Z", re.I)
_IDLE_WHO = regex(
    r"\A(?:\w+\s+)?(?:want|like|prefer|need|wish|rather|can|take|use|choose|tolerate|ask)\w{0,3}\b|"
    r"\balready\s+(?:have|has|use|uses|carry|carries)\s+(?:it|one|them)\b|"
    r"\A(?:kidneys?|livers?|organs?)(?:\s+(?:and\s+(?:kidneys|livers?)\s+)?(?:are|is|works?|function))?(?:\s+(?:healthy|normal(?:ly)?|well|sound|fine|good))?\Z|"
    r"\A(?:no\s+(?:special|particular|extra|other|known)\s+(?:risks?|problems?|conditions?)|nothing\s+else\s+wrong)\Z|"
    r"\A(?:healthy|normal|good|sound)\s+(?:ones|kidneys|livers?)\b(?!\s+(?:and|but|or|with)\b)(?!.*\b(?:who|taking|under|over)\b)|"
    r"\A(?:is|are|feels?)\s+(?:\w+\s+(?:or\s+)?){0,2}(?:tight|wheezy|itchy|sick|sore|stiff|constipated|unwell|feverish|breathless|anxious|sleepless)\b",
    re.I,
)
_MAIN_VERB = regex(
    r"\s(?:uses?|takes?|gets?|gives?|goe?s?|leaves?|needs?|should|can|may|must|receives?|starts?|begins?|will|has|have|"
    r"(?<!who )(?<!that )(?<!which )(?:is|are))\s.*\Z",
    re.I,
)
"""Where the clause of whom it is ends and its sentence goes on."""
_SMOKES = regex(
    r"\b(?:light(?:er)?|heav(?:y|ier))\s+smokers?\b|\b(?:more|fewer|less)\s+than\s+(?:\d+|ten|twenty)\s+cigarettes\b",
    re.I,
)
"""How much somebody smokes, by which nicotine is dosed."""


_ORGAN = AnyCase(r"\b(?:kidneys?|renal|liver|hepatic)\s+(?:disease|failure|impairment|function|problems?)\b")


@lru_cache(maxsize=REMEMBERED)
def use_of(text: str) -> str | None:
    """What a sentence's dose is for, or whom it is limited to, in its own words; ``None`` where it says nothing."""
    kinds = {(hit.group(1) or "primary").lower() for hit in _FIRST_OR_AGAIN.finditer(text)}
    if len(kinds) == 1 and not _BOTH_KINDS.search(text):
        return f"{kinds.pop()} prevention"
    if prevents(text):
        if _FIRST_ATTACK.search(text):
            return "primary prevention"
        what = _PREVENTED.search(text)
        end = indication_end(what.group(1)) if what else 0
        known = what.group(1)[:end].lower() if what and end else named_use(text)
        return f"prevention of {known.removeprefix('prevention of ')}" if known else "prevention"
    treated = _TREATED.search(text)
    if treated and is_indication(treated.group(1)):
        return treated.group(1).lower()
    if (end := text.find(" to ")) >= 0 and (use := _use_after_to(text, end + 4)):
        return use
    for hit in _IN_SENTENCE.finditer(text):
        if _ORGAN.search(hit.group(1)):
            continue  # whose dose it is, and not what it is for
        if end := indication_end(hit.group(1)):
            after = "after " if hit.group().lower().startswith("after") else ""
            end = hit.start(1) + end
            return f"{after}{text[hit.start(1) : _whole_name(text, hit.start(1), end)].lower()}"
    needs = _NEEDS.match(text)
    if needs and is_indication(needs.group(1)):
        return needs.group(1).lower()
    for words, idle in (
        (_IF.match, _IDLE_IF),
        (_IF_FIGURE.match, None),
        (_FOR.match, _NOT_FOR),
        (_AS_A.search, None),
        (_WHOSE.search, _IDLE_WHO),
    ):
        told = words(text)
        said = context_of(told.group(1)) if told else None
        if told and words == _AS_A.search and (use := _TREATED_BY.get(told.group(1).lower())):
            return use
        if told and said and not (idle and idle.search(told.group(1))) and not said.setting:
            if words == _IF_FIGURE.match and (said.population or said.band):
                continue
            if words == _FOR.match and PURPOSES.first(told.group(1)):
                continue  # "For upkeep in an irregular pulse, …"
            whose = _MAIN_VERB.sub("", told.group(1)) if words == _WHOSE.search else told.group(1)
            lacking = "without " if words == _WHOSE.search and _WITHOUT.search(text, 0, told.start(1)) else ""
            return lacking + " ".join(whose.lower().split())
    return None


_BOUT = regex(r"[\s-](?:flare(?:-?ups?)?s?|attacks?|exacerbations?|crisis|crises)\b", re.I)
_FURTHER = regex(r"[A-Za-z\s'’-]{0,40}")


def _whole_name(text: str, start: int, end: int) -> int:
    """Where a phrase ends that so far names no known use, where the words right behind it do ("an acute | bout of the runs")."""
    if uses_in(text[start:end]):
        bout = _BOUT.match(text, end)
        return bout.end() if bout else end
    behind = _FURTHER.match(text, end)
    named = uses_in(text[start : behind.end()]) if behind else ()
    return start + named[0].end if named else end


_GOES = regex(r"\b(?:go(?:es|ing)?|went|off|getting|get|before|return\w{0,3}|back|due|close|next|up|down)\Z", re.I)


def _use_after_to(text: str, start: int) -> str | None:
    """The use that stands right behind a "to" ("she takes them to sleep", "to stop smoking")."""
    named = use_at(text, start)
    return text[start : named.end].lower() if named and not _GOES.search(text, 0, start - 4) else None


_THEN = regex(r"\W*(?:and\s+)?(?:then|later(?:\s+on)?|thereafter|afterwards?|after\s+that|subsequently)\b", re.I)


def leads_up(text: str, end: int, before: Context) -> bool:
    """Whether the dose that ends at ``end`` is only what a treatment begins with: another one follows it ("2.5 mg twice
    daily, later 5 mg twice daily"), and it says no more than what it is for.
    """
    return before.condition is None and before.purpose is None and _THEN.match(text, end) is not None


_TREATS = regex(r"\bto\s+(heal|treat|cure)\b", re.I)


def treated_in(text: str) -> str | None:
    """What a clause says is done, where the one before it prevents: "15 mg to prevent ulcers; to heal one, 30 mg"."""
    hit = _TREATS.search(text)
    return f"{hit.group(1).lower()}ing" if hit else None


_NEEDS = regex(
    r"\W*((?:[A-Za-z-]+\s+){0,3}[A-Za-z-]+)\s+(?:needs?|requires?|calls?\s+for|asks?\s+for)\s+(?:more|less|an?\s+(?:higher|lower|bigger|larger|smaller)"
    r"\s+dose)\b",
    re.I,
)
"""How a sentence begins that says what a higher dose is for: "Long-lasting hives need more, …"."""
_IDLE_IF = AnyCase(
    r"\byou(?:\s+are|['’]re)\s+(?:using|taking)\s+your\s+own\s+(?!\w*(?:pump|meter|device)\b)[a-z]+\Z|"
    r"\b(?:you\s+(?:choose|chose|buy|bought|go\s+for|opt|decide|pick)\b|needed|necessary|required|you\s+(?:wish|want|like|prefer|do|take|use|can))\b|"
    r"\A(?:things|symptoms|matters|all|everything|it|that|your\s+\w+|the\s+\w+)\s+(?:(?:is|are|has|have)\s+)?(?:settl|improv|eas|clear|stabili[sz]|calm)\w{0,4}(?:\s+down)?\Z|"
    r"\A(?!.*\b(?:doses?|that|this|it|these|those|they|lower|first|treatment|alone|drug|tablets?)\b).*\b(?:ha(?:s|ve)\s+(?:failed|not\s+(?:worked|helped))|"
    r"fails?|did\s+not\s+(?:work|help))\Z"
)
"""Conditions that everybody may meet."""


_ANCESTRY = regex(r"\b((?!the\b|his\b|her\b|their\b)[A-Za-z]+\s+(?:ancestry|descent|origin|heritage))\b")
"""Whom a dose is for by where they come from."""


_STRENGTH_OF = regex(r"\b(?:extra|maximum|junior|children['’]s)[- ]strength\b", re.I)
"""A product of another strength than the usual one, which has a label of its own."""


_DOSE_NAMED = regex(
    r"\b(first|second|third|loading|maintenance)\s+dose\s+(?:of\s+(?:\w+\s+){1,3})?(?:is|was|being)\b", re.I
)


_DOSE_OF = regex(r"\b(loading|maintenance)\s+(?:dose\s+of\s+)?\Z", re.I)


def purpose_before(text: str) -> str | None:
    """The part of a treatment that stands right before an amount: "reduced to a maintenance dose of 200 mg"."""
    hit = _DOSE_OF.search(text)
    return hit.group(1).lower() if hit else None


_AIMED = AnyCase(
    r"\b(?:dose|amount)\s+(?:to\s+(?:aim\s+(?:for|at)|reach|work\s+(?:up\s+)?to(?:wards)?)|aimed\s+(?:for|at)|we\s+aim\s+(?:for|at))\b|"
    r"\b(?:target|goal)(?:\s+dose)?\s+(?:is|of)\b|\b(?:aim|aims|aiming)\s+(?:for|at)\s+(?=\d)"
)
"""Words for the dose at which a treatment is to end up."""


def named_purpose(text: str) -> str | None:
    """The part of a treatment that a sentence names its dose by: "the first dose of amiodarone is 300 mg", "the dose to
    aim for is 10 mg once daily".
    """
    if _AIMED.search(text) or _CLIMB.match(text):
        return "target"
    if _AS_MAINTENANCE.search(text):
        return "maintenance"
    hit = _DOSE_NAMED.search(text)
    return PURPOSES.first(hit.group()) if hit else None


_AS_MAINTENANCE = AnyCase(r"\bas\s+(?:a\s+)?maintenance\b")
_CLIMB = regex(
    r"\W*(?:some|most|many|a\s+few|few|other)\s+(?:people|patients|adults|of\s+(?:them|us))\s+(?:may\s+|can\s+|will\s+|need\s+to\s+|eventually\s+)?"
    r"(?:climbs?|goes|go|rise|move|get|build|work)\s+(?:up\s+)?to\b(?=\s+\d)",
    re.I,
)
"""How a sentence begins that says how far some people go ("Some people climb to 3,600 mg a day")."""
_NEGATED = regex(r"\b(?:not|no|never|without|none|neither)\b|n['’]t\b", re.I)


@lru_cache(maxsize=REMEMBERED)
def group_of(text: str) -> str | None:
    """Whom a sentence limits its dose to in words that are neither a population nor an indication
    ("If you already take a water pill, …", "people of Asian ancestry"); ``None`` where it limits it to nobody so.
    """
    if earlier := earlier_pregnancy(text) or raised_risk(text):
        return earlier
    if strength := _STRENGTH_OF.search(text):
        return strength.group().lower().replace(" ", "-")
    if smokes := _SMOKES.search(text):
        return smokes.group().lower()
    if ancestry := _ANCESTRY.search(text):
        return ancestry.group(1).lower()
    if LATER.match(text):
        return None
    for words, idle in ((_IF.match, _IDLE_IF), (_WHOSE.search, _IDLE_WHO)):
        told = words(text)
        if told is None or idle.search(told.group(1)) or is_indication(told.group(1)) or BEGINS.search(told.group(1)):
            continue
        said = context_of(told.group(1))
        if _NEGATED.search(told.group(1)):
            continue  # "anyone who isn't on a water tablet" is everybody but a few
        if not (said.setting or said.population or said.band):
            whose = _MAIN_VERB.sub("", told.group(1)) if words == _WHOSE.search else told.group(1)
            lacking = "without " if words == _WHOSE.search and _WITHOUT.search(text, 0, told.start(1)) else ""
            return lacking + " ".join(whose.lower().split())
    return None
